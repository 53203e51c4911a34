#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* The internal line: memos, asking for a ticket, handing one over. */

/* --- writing a memo --- */

/* Of whom it is written to; the operator before the team. */
static const char *receiver_of(const struct model *model, const struct change *change)
{
	struct memo memo = {.operator_id = change->operator_id, .team = change->team};
	return memo_receiver_word(model->directory, &memo, _("all"));
}

static void written(struct model *model, const struct applied *applied, struct effects *effects)
{
	const struct error *err = applied->ok ? &applied->results[0].err : applied->err;
	if (!applied->ok || !applied->results[0].ok) {
		jot_refused(model, &applied->changes[0], err, effects);
		return;
	}
	jot_done(model, &applied->changes[0], effects);
	void *work = mem_context(NULL);
	notice_say(
		model, words_put(work,
			       applied->results[0].is_queued
				       ? _("no connection: the memo to {0} is kept and sent later")
				       : _("memo to {0} written"),
			       receiver_of(model, &applied->changes[0]), NULL));
	talloc_free(work);
	memos_ask(model, effects);
}

static void memo_typed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	if (!prompt_has_text(model, text)) {
		return;
	}
	struct change change = prompt->change;
	change.text = text;
	request_apply(model, &change, 1, written, effects);
}

static void ask_text(struct model *model, const struct change *to, struct effects *effects)
{
	char *title = words_put(NULL, _("memo to {0}:"), receiver_of(model, to), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_LINE, title, NULL, memo_typed);
	change_copy(prompt, &prompt->change, to);
	jot_begin(model, prompt, to->ticket, DRAFT_MEMO, effects);
	prompt_ask(model, prompt);
	talloc_free(title);
}

enum { TO_ALL, TO_TEAM, TO_OPERATOR };

static void receiver_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	change.team = item->kind == TO_TEAM ? item->value : 0;
	change.operator_id = item->kind == TO_OPERATOR ? item->value : 0;
	ask_text(model, &change, effects);
}

static void ask_receiver(struct model *model, const struct change *change)
{
	const struct directory *directory = model->directory;
	const struct operator_ *actor = model_operator(model);
	struct prompt *prompt =
		prompt_create(model, PROMPT_PICK, _("memo to:"), NULL, receiver_chosen);
	change_copy(prompt, &prompt->change, change);
	colleagues_offer(model, prompt, TO_OPERATOR);
	for (size_t i = 0; i < directory->team_count; i++) {
		const struct team *team = &directory->teams[i];
		prompt_add(prompt, NULL, team->name, team->key, team->id, TO_TEAM);
	}
	if (actor && actor->role >= ROLE_SUPERVISOR) {
		prompt_add(prompt, NULL, _("all"), _("whom you supervise"), 0, TO_ALL);
	}
	prompt_ask(model, prompt);
}

/* "bruno can you look?": the first word says to whom. */
void memo_write_about(struct model *model, const struct call *call, struct effects *effects)
{
	struct change change = {.kind = CHANGE_MEMO, .ticket = call->ticket};
	size_t size = strcspn(call->argument, " ");
	const char *text = call->argument + size + strspn(call->argument + size, " ");
	struct error err = {0};
	if (!model->directory) {
		notice_fail(model, _("the desk has not answered yet; try again in a moment"));
		return;
	}
	if (!*call->argument) {
		ask_receiver(model, &change);
		return;
	}
	char *word = mem_strndup(NULL, call->argument, size);
	if (!memo_receiver(model->directory, word, &change.operator_id, &change.team, &err)) {
		notice_error(model, &err);
	} else if (!*text) {
		ask_text(model, &change, effects);
	} else {
		change.text = text;
		request_apply(model, &change, 1, written, effects);
	}
	talloc_free(word);
}

/* From a list it is about no ticket: what is under the cursor there may be anything. */
void memo_write(struct model *model, const struct call *call, struct effects *effects)
{
	struct call about = *call;
	about.ticket = model_work(model) ? call->ticket : 0;
	memo_write_about(model, &about, effects);
}

void memo_answer(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	const struct memo *memo = memos_selected(model);
	if (!memo || !model->directory) {
		notice_say(model, _("there is no memo to answer"));
		return;
	}
	bool is_own = memo->author == model->actor;
	struct change change = {.kind = CHANGE_MEMO,
		.ticket = memo->ticket,
		.operator_id = is_own ? memo->operator_id : memo->author,
		.team = is_own ? memo->team : 0};
	if (!is_own && !memo->author) {
		notice_say(model, _("the desk itself wrote this; nobody reads an answer"));
		return;
	}
	ask_text(model, &change, effects);
}

void show_memos(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	model->lists[SCREEN_MEMOS] = (struct list_part){0};
	screen_show(model, SCREEN_MEMOS);
	memos_ask(model, effects);
}

/* --- asking for a ticket --- */

static void asked(struct model *model, const struct applied *applied, struct effects *effects)
{
	(void)effects;
	const struct error *err = applied->ok ? &applied->results[0].err : applied->err;
	if (!applied->ok || !applied->results[0].ok) {
		notice_error(model, err);
		return;
	}
	const struct ticket_row *row = model_row(model, applied->changes[0].ticket);
	const struct claim *claim = row ? model_holder(model, row) : NULL;
	void *work = mem_context(NULL);
	notice_say(
		model, words_put(work, _("{0} is told that you ask for {1}"),
			       claim ? model_login(model, claim->operator_id) : _("whoever has it"),
			       words_number(work, applied->changes[0].ticket), NULL));
	talloc_free(work);
}

void ticket_ask_for(struct model *model, const struct call *call, struct effects *effects)
{
	struct change change = {.kind = CHANGE_ASK_FOR, .ticket = call->ticket};
	request_apply(model, &change, 1, asked, effects);
}

/* --- handing it over --- */

static void forget_asked(struct model *model, int64_t ticket)
{
	if (model->memos.asked.ticket == ticket) {
		model->memos.asked.ticket = model->memos.asked.by = 0;
	}
}

/* The text went along; what the desk's bin keeps of it is enough. */
static void let_go(struct model *model, int64_t ticket, struct effects *effects)
{
	struct effect *effect = effects_add(effects, EFFECT_SPOOL_REMOVE);
	effect->draft =
		(struct draft){.ticket = ticket, .operator_id = model->actor, .kind = DRAFT_REPLY};
	drafts_forget(model, ticket, DRAFT_REPLY);
	claims_drop(model, ticket, effects);
	forget_asked(model, ticket);
	if (model->compose.ticket == ticket && model->compose.kind == DRAFT_REPLY) {
		compose_close(model);
	}
	queue_touch(model, &(struct touched){ticket, model->actor, CHANGE_HAND_OVER}, 0);
	queue_ask(model, effects);
	ticket_ask(model, effects);
	drafts_ask(model, effects);
}

static void handed(struct model *model, const struct applied *applied, struct effects *effects)
{
	const struct change *change = &applied->changes[0];
	const struct error *err = applied->ok ? &applied->results[0].err : applied->err;
	if (!applied->ok || !applied->results[0].ok) {
		notice_error(model, err);
		return;
	}
	let_go(model, change->ticket, effects);
	void *work = mem_context(NULL);
	notice_say(
		model, words_put(work, _("{0} is with {1} now"), words_number(work, change->ticket),
			       model_login(model, change->operator_id), NULL));
	talloc_free(work);
}

static void hand_to(
	struct model *model, int64_t ticket, int64_t operator_id, struct effects *effects)
{
	struct held *held = claims_find(model, ticket);
	struct change change = {.kind = CHANGE_HAND_OVER,
		.ticket = ticket,
		.operator_id = operator_id,
		.generation = held ? held->generation : 0};
	if (model->compose.ticket == ticket) {
		compose_save(model, true, effects);
	}
	if (held) {
		claims_end_span(model, held, effects);
	}
	/* Keys typed meanwhile are not for a text that is about to leave. */
	model->keys.awaited = request_apply(model, &change, 1, handed, effects);
}

static void refuse(struct model *model, int64_t ticket, struct effects *effects)
{
	void *work = mem_context(NULL);
	struct change change = {.kind = CHANGE_MEMO,
		.ticket = ticket,
		.operator_id = model->memos.asked.by,
		.text = words_put(
			work, _("{0} stays with me for now"), words_number(work, ticket), NULL)};
	request_apply(model, &change, 1, written, effects);
	forget_asked(model, ticket);
	talloc_free(work);
}

static void asker_answered(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	if (item->value) {
		hand_to(model, prompt->change.ticket, prompt->change.operator_id, effects);
	} else {
		refuse(model, prompt->change.ticket, effects);
	}
}

static void answer_asker(struct model *model)
{
	int64_t ticket = model->memos.asked.ticket, by = model->memos.asked.by;
	void *work = mem_context(NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_ASK,
		words_put(work, _("Hand {0} over to {1}?"), words_number(work, ticket),
			model_login(model, by), NULL),
		NULL, asker_answered);
	prompt->change.ticket = ticket;
	prompt->change.operator_id = by;
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
	talloc_free(work);
}

static void taker_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	hand_to(model, prompt->change.ticket, item->value, effects);
}

static void ask_taker(struct model *model, int64_t ticket)
{
	void *work = mem_context(NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_PICK,
		words_put(work, _("hand {0} over to:"), words_number(work, ticket), NULL), NULL,
		taker_chosen);
	prompt->change.ticket = ticket;
	colleagues_offer(model, prompt, TO_OPERATOR);
	prompt_ask(model, prompt);
	talloc_free(work);
}

/* Who asks comes first: for the ticket at hand, or when that one is not mine to give. */
void ticket_hand_over(struct model *model, const struct call *call, struct effects *effects)
{
	int64_t wanted = model->memos.asked.ticket;
	bool is_mine = call->ticket && claims_get(model, call->ticket);
	const struct operator_ *taker =
		model->directory ? directory_login(model->directory, call->argument) : NULL;
	if (taker) {
		hand_to(model, call->ticket, taker->id, effects);
	} else if (wanted && claims_get(model, wanted) && (call->ticket == wanted || !is_mine)) {
		answer_asker(model);
	} else if (is_mine && model->directory) {
		ask_taker(model, call->ticket);
	} else {
		notice_fail(model, _("only a ticket that is with you can be handed over"));
	}
}
