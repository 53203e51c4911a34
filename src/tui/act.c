#include "tui/act.h"

#include "base/mem.h"
#include "core/name.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* One change for one ticket or for the marked ones. */

static bool ends_claim(const struct change *change)
{
	static const bool kinds[CHANGE_KINDS] = {
		[CHANGE_WAIT] = true,
		[CHANGE_RESOLVE] = true,
		[CHANGE_SNOOZE] = true,
		[CHANGE_NO_ANSWER] = true,
		[CHANGE_DISCARD] = true,
		[CHANGE_MERGE] = true,
		[CHANGE_TRANSFER] = true,
		[CHANGE_RELEASE] = true,
	};
	return kinds[change->kind] || change->outcome == OUTCOME_WAIT ||
	       change->outcome == OUTCOME_RESOLVE ||
	       (change->kind == CHANGE_CALL && change->until_at);
}

static void succeeded(struct model *model, const struct change *change, const struct result *result,
	struct effects *effects)
{
	if (ends_claim(change)) {
		claims_drop(model, change->ticket, effects);
	} else if (result->generation) {
		claims_took(model, change->ticket, result->generation);
	}
	jot_done(model, change, effects);
	jot_line_done(model, change);
	struct touched touched = {change->ticket, model->actor, (int)change->kind};
	queue_touch(model, &touched, 0);
	if (model->ticket.number == change->ticket) {
		ticket_ask(model, effects);
	}
}

static const char *said_done(const struct model *model, const struct change *change)
{
	bool has_draft =
		change->kind == CHANGE_RELEASE && drafts_find(model, change->ticket, DRAFT_REPLY);
	return has_draft		    ? _("{0}: {1}; your draft stays ({3} continues it)")
	       : change_undos[change->kind] ? _("{0}: {1} ({2} takes it back)")
					    : _("{0}: you {1}");
}

static void say_done(struct model *model, const struct change *change, size_t count)
{
	void *work = mem_context(NULL);
	const char *what = _(change_kinds[change->kind].summary);
	const char *subject =
		count == 1 ? words_number(work, change->ticket)
			   : words_put(work, ngettext("{0} ticket", "{0} tickets", count),
				     words_number(work, (int64_t)count), NULL);
	/* TRANSLATORS: {0} "10479" or "12 tickets", {1} what was done: "resolved it" */
	char *text = words_put(work, said_done(model, change), subject, what,
		model_key(model, work, "undo"), model_key(model, work, "continue"), NULL);
	(change_undos[change->kind] ? notice_undoable : notice_say)(model, text);
	talloc_free(work);
}

static void say_refused(
	struct model *model, const struct applied *applied, size_t refused, struct effects *effects)
{
	if (applied->count == 1) {
		jot_refused(model, &applied->changes[0], &applied->results[0].err, effects);
		return;
	}
	void *work = mem_context(NULL);
	char *numbers = mem_strdup(work, "");
	for (size_t i = 0; i < applied->count; i++) {
		if (!applied->results[i].ok) {
			numbers = mem_check(talloc_asprintf_append_buffer(numbers, "%s%lld",
				*numbers ? ", " : "", (long long)applied->changes[i].ticket));
			notice_record(model, &applied->results[i].err);
		}
	}
	notice_fail(model, words_put(work,
				   ngettext("{0} was refused: {1}; {2} says why",
					   "{0} were refused: {1}; {2} says why", refused),
				   words_number(work, (int64_t)refused), numbers,
				   model_key(model, work, "messages"), NULL));
	talloc_free(work);
}

static void acted(struct model *model, const struct applied *applied, struct effects *effects)
{
	if (!applied->ok) {
		jot_refused(model, &applied->changes[0], applied->err, effects);
		return;
	}
	size_t done = 0;
	const struct change *last = NULL;
	for (size_t i = 0; i < applied->count; i++) {
		if (applied->results[i].ok) {
			succeeded(model, &applied->changes[i], &applied->results[i], effects);
			last = &applied->changes[i];
			done++;
		}
	}
	queue_ask(model, effects);
	if (done && model->screen == SCREEN_SHIFT) {
		shift_ask(model, effects);
	}
	if (done) {
		next_after(model, last->ticket, effects);
		if (change_undos[last->kind]) {
			undo_offer(model, applied);
		}
		say_done(model, last, done);
	}
	if (done < applied->count) {
		say_refused(model, applied, applied->count - done, effects);
	}
}

static void apply_to(struct model *model, const struct change *change, const int64_t *tickets,
	size_t count, struct effects *effects)
{
	struct change *changes = mem_array(NULL, struct change, count);
	for (size_t i = 0; i < count; i++) {
		struct held *held = claims_find(model, tickets[i]);
		changes[i] = *change;
		changes[i].ticket = tickets[i];
		if (held && ends_claim(change)) {
			claims_end_span(model, held, effects);
		}
	}
	request_apply(model, changes, count, acted, effects);
	talloc_free(changes);
}

static void confirmed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	if (item->value) {
		size_t count = model->queue.marked_count;
		int64_t *tickets = mem_array(NULL, int64_t, count);
		for (size_t i = 0; i < count; i++) {
			tickets[i] = model->queue.marked[i]->row.ticket.number;
		}
		apply_to(model, &prompt->change, tickets, count, effects);
		queue_unmark_all(model);
		talloc_free(tickets);
	}
}

/* The command that makes such a change, for what it says about itself. */
static const char *const command_names[CHANGE_KINDS] = {
	[CHANGE_CLAIM] = "claim",
	[CHANGE_RELEASE] = "release",
	[CHANGE_WAIT] = "wait",
	[CHANGE_RESOLVE] = "resolve",
	[CHANGE_SNOOZE] = "snooze",
	[CHANGE_NO_ANSWER] = "no-answer",
	[CHANGE_REOPEN] = "reopen",
	[CHANGE_DISCARD] = "discard",
	[CHANGE_TRANSFER] = "transfer",
	[CHANGE_ASK] = "ask",
	[CHANGE_ESCALATE] = "escalate",
	[CHANGE_TAG] = "tag",
	[CHANGE_UNTAG] = "untag",
	[CHANGE_SUBJECT] = "subject",
	[CHANGE_CALL] = "call",
	[CHANGE_TAKE_OVER] = "take-over",
};

/* With what was chosen; where nothing was, the command says all. */
static const char *const chosen_patterns[CHANGE_KINDS] = {
	[CHANGE_RESOLVE] = N_("resolve, {0}"),
	[CHANGE_SNOOZE] = N_("put off to {0}"),
	[CHANGE_TRANSFER] = N_("transfer to {0}"),
	[CHANGE_ASK] = N_("ask {0}"),
};

/* NULL: nothing that has a name on the desk. */
static const char *what_was_chosen(
	const void *mem, const struct model *model, const struct change *change)
{
	const struct directory *directory = model->directory;
	const struct team *team = directory_team(directory, change->team);
	const struct operator_ *operator_ = directory_operator(directory, change->operator_id);
	const struct reason *reason = directory_reason(directory, change->reason);
	if (change->until_at) {
		return words_when(mem, &model->zone, change->until_at, model->now);
	}
	return team ? team->name : operator_ ? operator_->name : reason ? reason->name : NULL;
}

static const char *what_it_does(
	const void *mem, const struct model *model, const struct change *change)
{
	const char *chosen = what_was_chosen(mem, model, change);
	if (chosen && chosen_patterns[change->kind]) {
		return words_put(mem, _(chosen_patterns[change->kind]), chosen, NULL);
	}
	const char *name = change->kind == CHANGE_PRIORITY
				   ? name_of(&priority_names, change->priority)
				   : command_names[change->kind];
	const struct command *command = name ? console_command_find(name) : NULL;
	return _(command ? command->summary : change_kinds[change->kind].summary);
}

static void ask_for_all(struct model *model, const struct change *change)
{
	void *work = mem_context(NULL);
	size_t count = model->queue.marked_count;
	const char *title = words_put(work,
		ngettext("{0} marked ticket: {1}?", "{0} marked tickets: {1}?", count),
		words_number(work, (int64_t)count), what_it_does(work, model, change), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_ASK, title, NULL, confirmed);
	change_copy(prompt, &prompt->change, change);
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
	talloc_free(work);
}

void act_on(
	struct model *model, const struct change *change, int64_t ticket, struct effects *effects)
{
	if (model->screen == SCREEN_QUEUE && model->queue.marked_count) {
		ask_for_all(model, change);
		return;
	}
	apply_to(model, change, &ticket, 1, effects);
}

int64_t act_first(const struct model *model, int64_t ticket)
{
	bool is_marked = model->screen == SCREEN_QUEUE && model->queue.marked_count;
	return is_marked ? model->queue.marked[0]->row.ticket.number : ticket;
}

void act_on_each(
	struct model *model, const struct change *changes, size_t count, struct effects *effects)
{
	request_apply(model, changes, count, acted, effects);
}

static void acted_on_customer(
	struct model *model, const struct applied *applied, struct effects *effects)
{
	const struct error *err = applied->ok ? &applied->results[0].err : applied->err;
	if (!applied->ok || !applied->results[0].ok) {
		jot_refused(model, &applied->changes[0], err, effects);
		return;
	}
	jot_done(model, &applied->changes[0], effects);
	notice_say(model, applied->results[0].is_queued
				  ? _("no connection: this is kept and sent later")
				  : _(change_kinds[applied->changes[0].kind].summary));
	ticket_ask(model, effects);
}

void act_on_customer(struct model *model, const struct change *change, struct effects *effects)
{
	request_apply(model, change, 1, acted_on_customer, effects);
}
