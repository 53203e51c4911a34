#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* What the operator has written and is not sent for good. */

void outbox_ask(struct model *model, struct effects *effects)
{
	model->outbox.request = request_ask(model, EFFECT_OUTBOX, effects)->request;
}

void outbox_came(struct model *model, struct response *response, struct effects *effects)
{
	(void)effects;
	struct outbox_part *outbox = &model->outbox;
	if (response->effect->request != outbox->request) {
		return;
	}
	outbox->request = 0;
	outbox->problem = response->err;
	if (response->ok) {
		talloc_free(outbox->mem);
		outbox->mem = mem_context(model);
		outbox->list = response->outbox;
		outbox->pending = response->pending;
		talloc_steal(outbox->mem, outbox->list.rows);
		talloc_steal(outbox->mem, outbox->pending.items);
		for (size_t i = 0; i < outbox->list.count; i++) {
			talloc_steal(outbox->mem, outbox->list.rows[i].message.text);
		}
		for (size_t i = 0; i < outbox->pending.count; i++) {
			talloc_steal(outbox->mem, outbox->pending.items[i].text);
		}
		list_move(model, 0);
	}
}

const struct pending_change *outbox_pending(const struct model *model, size_t at)
{
	const struct pending_list *pending = &model->outbox.pending;
	return at < pending->count ? &pending->items[at] : NULL;
}

const struct outbox_row *outbox_message(const struct model *model, size_t at)
{
	const struct outbox_part *outbox = &model->outbox;
	size_t before = outbox->pending.count;
	return at >= before && at - before < outbox->list.count ? &outbox->list.rows[at - before]
								: NULL;
}

int64_t outbox_ticket(const struct model *model)
{
	size_t at = model->lists[SCREEN_OUTBOX].cursor;
	const struct pending_change *pending = outbox_pending(model, at);
	const struct outbox_row *row = outbox_message(model, at);
	return pending ? pending->ticket : row ? row->row.ticket.number : 0;
}

/* --- what the desk did not get, or did not take --- */

static const struct {
	enum change_kind change;
	enum draft_kind draft;
} texts[] = {
	{CHANGE_REPLY, DRAFT_REPLY},
	{CHANGE_NOTE, DRAFT_NOTE},
	{CHANGE_CUSTOMER_NOTE, DRAFT_CUSTOMER_NOTE},
	{CHANGE_MEMO, DRAFT_MEMO},
};

/* The desk keeps drafts by ticket; a memo about none is kept here. */
static bool has_place(const struct pending_change *pending)
{
	return pending->ticket || pending->kind == CHANGE_MEMO;
}

static const char *drop_title(const struct pending_change *pending)
{
	if (!has_place(pending)) {
		return _("Throw this text away? Nothing else keeps it");
	}
	if (!pending->is_refused) {
		return _("Not send this? Its text becomes a draft");
	}
	return pending->ticket ? _("Take this off the list? Its text is a draft")
			       : _("Take this off the list? Its text becomes a draft");
}

static void drop_confirmed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	if (item->value) {
		struct effect *effect = request_ask(model, EFFECT_PENDING_DROP, effects);
		effect->pending = prompt->change.id;
	}
}

void outbox_drop(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	const struct pending_change *pending =
		outbox_pending(model, model->lists[SCREEN_OUTBOX].cursor);
	if (!pending || pending->is_draft) {
		char *key = model_key(model, NULL, pending ? "continue" : "undo");
		const char *pattern =
			pending ? _("this is an unfinished text; {0} continues it")
				: _("the desk has this already; {0} takes back what was just sent");
		notice_fail(model, words_put(key, pattern, key, NULL));
		talloc_free(key);
		return;
	}
	struct prompt *prompt =
		prompt_create(model, PROMPT_ASK, drop_title(pending), NULL, drop_confirmed);
	prompt->change.id = pending->id;
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
}

static const struct pending_change *find_dropped(const struct model *model, const struct uuid *id)
{
	const struct pending_list *pending = &model->outbox.pending;
	for (size_t i = 0; i < pending->count; i++) {
		if (memcmp(&pending->items[i].id, id, sizeof *id) == 0) {
			return &pending->items[i];
		}
	}
	return NULL;
}

/* Before what was begun since. */
static void keep_as(struct model *model, const struct pending_change *pending, enum draft_kind kind,
	struct effects *effects)
{
	const struct draft *begun = drafts_find(model, pending->ticket, kind);
	const char *between = kind == DRAFT_MEMO ? " " : "\n\n";
	char *text = begun ? mem_printf(NULL, "%s%s%s", pending->text, between, begun->text)
			   : mem_strdup(NULL, pending->text);
	struct draft draft = {.ticket = pending->ticket,
		.operator_id = model->actor,
		.kind = kind,
		.text = text,
		.updated_at = model->now};
	draft_copy_effect(effects_add(effects, EFFECT_SPOOL_SAVE), &draft);
	draft_store(model, &draft, effects);
	drafts_keep(model, &draft);
	talloc_free(text);
}

/* What came back refused is a draft by then, where the desk keeps drafts of its kind. */
static void keep_text(
	struct model *model, const struct pending_change *pending, struct effects *effects)
{
	bool is_kept = pending->is_refused && pending->ticket;
	for (size_t i = 0; !is_kept && has_place(pending) && i < ARRAY_LEN(texts); i++) {
		if (texts[i].change == pending->kind) {
			keep_as(model, pending, texts[i].draft, effects);
		}
	}
	drafts_ask(model, effects);
}

void pending_dropped(struct model *model, struct response *response, struct effects *effects)
{
	const struct pending_change *pending = find_dropped(model, &response->effect->pending);
	if (!response->ok) {
		notice_error(model, &response->err);
	} else if (pending) {
		keep_text(model, pending, effects);
	}
	outbox_ask(model, effects);
}

void show_outbox(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	outbox_ask(model, effects);
	screen_show(model, SCREEN_OUTBOX);
	model->keys.awaited = model->outbox.request;
}
