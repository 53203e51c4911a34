#include "atende/answer.h"

#include "atende/attach.h"
#include "atende/fetch.h"
#include "atende/start.h"
#include "base/mem.h"

#include <string.h>

/* Results point to one another below the message, which owns them all. */
typedef bool answer_fn(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err);

static bool answer_directory(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)effect;
	return store_directory_copy(store, msg, &msg->response.directory, err);
}

static bool answer_queue(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return store_queue(store, msg, &effect->queue, &msg->response.page, err);
}

static bool answer_rows(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return store_rows(
		store, msg, effect->rows.numbers, effect->rows.count, &msg->response.page, err);
}

static bool answer_next(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)effect;
	return store_next(store, msg, &msg->response.row, err);
}

static bool answer_counts(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)effect;
	return store_counts(store, &msg->response.counts, err);
}

static bool answer_outbox(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)effect;
	return store_pending(store, msg, &msg->response.pending, err) &&
	       store_outbox(store, msg, &msg->response.outbox, err);
}

static bool answer_pending_drop(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)msg;
	return store_pending_drop(store, &effect->pending, err);
}

static bool answer_loads(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)effect;
	return store_loads(store, msg, &msg->response.loads, err);
}

static bool answer_ticket(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	msg->response.ticket = mem_new(msg, struct ticket_view);
	return store_ticket(store, msg->response.ticket, effect->ticket, msg->response.ticket, err);
}

static bool answer_search(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return store_search(store, msg, &effect->search, &msg->response.found, err);
}

static bool answer_drafts(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return store_drafts(store, msg, effect->bin, &msg->response.drafts, err);
}

static bool answer_apply(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	size_t count = effect->apply.count;
	for (size_t i = 0; i < count; i++) {
		struct change *change = &effect->apply.changes[i];
		change->actor = store_actor(store);
		if (uuid_is_zero(&change->id)) {
			change->id = uuid_make(store_now(store));
		}
	}
	msg->response.results = mem_array(msg, struct result, count);
	return store_apply(store, effect->apply.changes, count, msg->response.results, err);
}

/* One person at several terminals: between the look and the save there is nobody else. */
static bool check_known(
	struct store *store, const void *mem, const struct effect *effect, struct error *err)
{
	const struct draft *draft = &effect->draft;
	const char *present = "";
	struct draft_list list;
	if (!store_drafts(store, mem, false, &list, err)) {
		return false;
	}
	for (size_t i = 0; i < list.count; i++) {
		const struct draft *other = &list.drafts[i];
		if (other->operator_id == store_actor(store) && other->ticket == draft->ticket &&
			other->kind == draft->kind) {
			present = other->text;
		}
	}
	if (strcmp(present, effect->known) == 0 || strcmp(present, draft->text) == 0) {
		return true;
	}
	return error_set(err, ERROR_CONFLICT,
		*present
			? N_("you went on with this text on another terminal (Ctrl-X c brings it "
			     "here)")
			: N_("this text was sent, thrown away or taken on elsewhere (Ctrl-X c goes "
			     "on with it here)"),
		NULL);
}

static bool answer_draft_save(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	if (effect->known && !check_known(store, msg, effect, err)) {
		return false;
	}
	return store_draft_save(store, &effect->draft, err);
}

static bool answer_draft_discard(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)msg;
	return store_draft_discard(store, effect->draft.ticket, effect->draft.kind, err);
}

static bool answer_draft_restore(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)msg;
	return store_draft_restore(store, effect->draft.ticket, effect->draft.kind, err);
}

static bool answer_draft_adopt(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)msg;
	return store_draft_adopt(
		store, effect->draft.ticket, effect->draft.operator_id, effect->draft.kind, err);
}

static bool answer_renew(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	msg->response.renewal = effect->renewal;
	return store_renew(store, &msg->response.renewal, err);
}

static bool answer_attach(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return attach_file(store, msg, effect->attach.path, effect->attach.max_bytes,
		&msg->response.attachment, err);
}

static bool answer_fetch(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return fetch_do(store, msg, &effect->fetch, &msg->response.path, err);
}

static bool answer_presence(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)msg;
	return store_presence(store, &effect->presence, err);
}

static bool answer_presences(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)effect;
	return store_presences(store, msg, 0, &msg->response.presences, err);
}

static bool answer_memos(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return store_memos(store, msg, &effect->memos, &msg->response.memos, err);
}

static answer_fn *const answers[EFFECT_TYPES] = {
	[EFFECT_DIRECTORY] = answer_directory,
	[EFFECT_QUEUE] = answer_queue,
	[EFFECT_ROWS] = answer_rows,
	[EFFECT_NEXT] = answer_next,
	[EFFECT_COUNTS] = answer_counts,
	[EFFECT_OUTBOX] = answer_outbox,
	[EFFECT_PENDING_DROP] = answer_pending_drop,
	[EFFECT_LOADS] = answer_loads,
	[EFFECT_TICKET] = answer_ticket,
	[EFFECT_SEARCH] = answer_search,
	[EFFECT_DRAFTS] = answer_drafts,
	[EFFECT_APPLY] = answer_apply,
	[EFFECT_DRAFT_SAVE] = answer_draft_save,
	[EFFECT_DRAFT_DISCARD] = answer_draft_discard,
	[EFFECT_DRAFT_RESTORE] = answer_draft_restore,
	[EFFECT_DRAFT_ADOPT] = answer_draft_adopt,
	[EFFECT_RENEW] = answer_renew,
	[EFFECT_ATTACH] = answer_attach,
	[EFFECT_FETCH] = answer_fetch,
	[EFFECT_PRESENCE] = answer_presence,
	[EFFECT_PRESENCES] = answer_presences,
	[EFFECT_MEMOS] = answer_memos,
};

static struct msg *paths_answer(struct store *store, struct effect *effect)
{
	struct msg *msg = msg_create(MSG_PATHS, store_now(store));
	msg->text = start_paths(msg, effect->text);
	talloc_free(effect);
	return msg;
}

struct msg *effect_answer(struct store *store, struct effect *effect)
{
	if (effect->type == EFFECT_PATHS) {
		return paths_answer(store, effect);
	}
	struct msg *msg = msg_create(MSG_RESPONSE, store_now(store));
	msg->response.effect = talloc_steal(msg, effect);
	msg->response.ok = answers[effect->type](store, msg, effect, &msg->response.err);
	msg->now = store_now(store);
	return msg;
}
