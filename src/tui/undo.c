#include "tui/request.h"

#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* Taking back what was just done, while it is offered. */

static void keep_reply(struct model *model, const struct change *change)
{
	struct draft draft = {.ticket = change->ticket,
		.operator_id = model->actor,
		.kind = DRAFT_REPLY,
		.text = (char *)change->text,
		.address = (char *)change->address,
		.attachments = change->attachments};
	draft_copy(model, &model->undo.reply, &draft);
}

void undo_offer(struct model *model, const struct applied *applied)
{
	struct undo *undo = &model->undo;
	talloc_free(undo->reply.text);
	undo->reply = (struct draft){0};
	undo->request = 0;
	undo->steps = mem_grow(model, undo->steps, struct undo_step, applied->count + 1);
	undo->until_at = model->now + UNDO_OFFER_MS;
	undo->count = 0;
	for (size_t i = 0; i < applied->count; i++) {
		if (!applied->results[i].ok) {
			continue;
		}
		undo->steps[undo->count++] = (struct undo_step){
			applied->results[i].revision, applied->changes[i].ticket};
		if (applied->changes[i].kind == CHANGE_REPLY) {
			keep_reply(model, &applied->changes[i]);
		}
	}
}

/* The reply is being written once more, claimed again when nobody else took the ticket. */
static void write_again(struct model *model, const struct applied *applied, struct effects *effects)
{
	int64_t ticket = applied->changes[0].ticket;
	const struct draft *begun = drafts_find(model, ticket, DRAFT_REPLY);
	struct draft draft = model->undo.reply;
	char *both = begun ? mem_printf(NULL, "%s\n\n%s", begun->text, draft.text)
			   : mem_strdup(NULL, draft.text);
	draft.text = both;
	draft.generation = applied->results[0].generation;
	draft.updated_at = model->now;
	drafts_keep(model, &draft);
	talloc_free(both);
	compose_open(model, ticket, DRAFT_REPLY, effects);
	ticket_ask(model, effects);
	if (model->screen == SCREEN_COMPOSE) {
		notice_say(model, _("taken back: nothing was sent, the text is here again"));
	}
}

static void undone(struct model *model, const struct applied *applied, struct effects *effects)
{
	uint64_t request = model->undo.request;
	model->undo.request = 0;
	if (!applied->ok) {
		notice_error(model, applied->err);
		return;
	}
	size_t done = 0;
	for (size_t i = 0; i < applied->count; i++) {
		const struct result *result = &applied->results[i];
		if (!result->ok) {
			notice_error(model, &result->err);
			continue;
		}
		done++;
		if (result->generation) {
			claims_took(model, applied->changes[i].ticket, result->generation);
		}
	}
	if (done == 0) {
		return;
	}
	drafts_ask(model, effects);
	if (request && model->keys.awaited == request) {
		write_again(model, applied, effects);
	} else {
		char *key = model_key(model, NULL, "continue");
		const char *pattern =
			request ? _("taken back: your text is a draft again ({0} continues it)")
				: _("taken back");
		notice_say(model, words_put(key, pattern, key, NULL));
		talloc_free(key);
		ticket_ask(model, effects);
	}
}

void undo_run(struct model *model, struct effects *effects)
{
	struct undo *undo = &model->undo;
	if (undo->count == 0 || model->now > undo->until_at) {
		notice_fail(model, _("there is nothing to take back; it can be done for 10 s "
				     "after a change"));
		return;
	}
	struct change *changes = mem_array(NULL, struct change, undo->count);
	for (size_t i = 0; i < undo->count; i++) {
		changes[i].kind = CHANGE_UNDO;
		changes[i].ticket = undo->steps[i].ticket;
		changes[i].undo = undo->steps[i].revision;
	}
	uint64_t request = request_apply(model, changes, undo->count, undone, effects);
	if (undo->reply.text) {
		undo->request = request;
		model->keys.awaited = request; /* what is typed is for the text that comes back */
	}
	talloc_free(changes);
	undo->count = 0;
	undo->until_at = 0;
}
