#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* Sharing out the marked tickets among those present, so that all have about as much. */

struct hand {
	const struct operator_ *operator_;
	int64_t had, gets;
};

static bool is_present(const struct operator_ *operator_)
{
	return operator_->enabled && operator_->role == ROLE_OPERATOR && operator_->signed_in_at &&
	       !operator_->paused_at;
}

static size_t present_hands(
	const struct model *model, const struct load_list *loads, struct hand *hands)
{
	const struct directory *directory = model->directory;
	size_t count = 0;
	for (size_t i = 0; i < directory->operator_count; i++) {
		const struct operator_ *operator_ = &directory->operators[i];
		if (!is_present(operator_)) {
			continue;
		}
		hands[count] = (struct hand){.operator_ = operator_};
		for (size_t n = 0; n < loads->count; n++) {
			if (loads->items[n].operator_id == operator_->id) {
				hands[count].had = loads->items[n].tickets;
			}
		}
		count++;
	}
	return count;
}

/* Who has least of those who belong to the team; NULL: nobody does. */
static struct hand *least(struct hand *hands, size_t count, int64_t team)
{
	struct hand *found = NULL;
	for (size_t i = 0; i < count; i++) {
		bool belongs = team == 0 || operator_in_team(hands[i].operator_, team);
		int64_t has = hands[i].had + hands[i].gets;
		if (belongs && (!found || has < found->had + found->gets)) {
			found = &hands[i];
		}
	}
	return found;
}

static void add_hands(struct prompt *prompt, const struct hand *hands, size_t count)
{
	void *work = mem_context(NULL);
	for (size_t i = 0; i < count; i++) {
		/* TRANSLATORS: {0} a number of tickets */
		char *gets =
			words_put(work, _("gets {0}"), words_number(work, hands[i].gets), NULL);
		char *has =
			words_put(work, _("has {0} now"), words_number(work, hands[i].had), NULL);
		if (hands[i].gets) {
			char *label = mem_printf(work, "%s  %s", hands[i].operator_->login, gets);
			prompt_add(prompt, NULL, label, has, hands[i].operator_->id, 0);
		}
	}
	talloc_free(work);
}

static void loads_came(struct model *model, struct response *response)
{
	struct prompt *prompt = model->prompt;
	struct share_part *share = &model->share;
	if (!response->ok) {
		char *why = words_error(prompt, &response->err);
		prompt_note(prompt, why);
		talloc_free(why);
		return;
	}
	struct hand *hands = mem_array(NULL, struct hand, model->directory->operator_count + 1);
	size_t count = present_hands(model, &response->loads, hands);
	size_t kept = 0;
	for (size_t i = 0; i < share->count; i++) {
		struct hand *hand = least(hands, count, share->teams[i]);
		if (hand) {
			hand->gets++;
			share->tickets[kept] = share->tickets[i];
			share->to[kept++] = hand->operator_->id;
		}
	}
	bool has_rest = kept < share->count;
	share->count = kept;
	add_hands(prompt, hands, count);
	prompt_note(prompt, kept == 0  ? _("nobody of these teams is present")
			    : has_rest ? _("some stay: nobody of their team is present")
				       : _("Enter shares them out"));
	talloc_free(hands);
}

static void share_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)text;
	(void)item;
	const struct share_part *share = &model->share;
	struct change *changes = mem_array(NULL, struct change, share->count);
	for (size_t i = 0; i < share->count; i++) {
		changes[i] = (struct change){.kind = CHANGE_TRANSFER,
			.ticket = share->tickets[i],
			.operator_id = share->to[i]};
	}
	act_on_each(model, changes, share->count, effects);
	queue_unmark_all(model);
	talloc_free(changes);
}

static void offer_nothing(const struct model *model, struct prompt *prompt, const char *text)
{
	(void)model;
	(void)prompt;
	(void)text;
}

static void take_tickets(struct model *model, int64_t ticket)
{
	struct share_part *share = &model->share;
	const struct queue_part *queue = &model->queue;
	bool is_marked = model->screen == SCREEN_QUEUE && queue->marked_count;
	size_t count = is_marked ? queue->marked_count : 1;
	share->tickets = mem_grow(model, share->tickets, int64_t, count);
	share->teams = mem_grow(model, share->teams, int64_t, count);
	share->to = mem_grow(model, share->to, int64_t, count);
	share->count = count;
	for (size_t i = 0; i < count; i++) {
		const struct ticket_row *row =
			is_marked ? &queue->marked[i]->row : model_row(model, ticket);
		share->tickets[i] = row ? row->ticket.number : ticket;
		share->teams[i] = row ? row->ticket.team : 0;
	}
}

void team_share(struct model *model, const struct call *call, struct effects *effects)
{
	if (!model->directory) {
		notice_fail(model, _("the desk has not answered yet; try again in a moment"));
		return;
	}
	take_tickets(model, call->ticket);
	void *work = mem_context(NULL);
	size_t count = model->share.count;
	const char *title = words_put(work,
		ngettext("share {0} ticket out among those present:",
			"share {0} tickets out among those present:", count),
		words_number(work, (int64_t)count), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_PICK, title, NULL, share_done);
	prompt->offer = offer_nothing;
	prompt->answered = loads_came;
	prompt->request = request_ask(model, EFFECT_LOADS, effects)->request;
	prompt_ask(model, prompt);
	talloc_free(work);
}
