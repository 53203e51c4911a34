#include "tui/compose.h"

#include "base/mem.h"
#include "core/attachment.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* A text being written: begun, kept safe, put away. */

enum { RETRY_MS = 5000 };

static struct draft draft_of(const struct model *model)
{
	const struct compose *compose = &model->compose;
	return (struct draft){.ticket = compose->ticket,
		.operator_id = model->actor,
		.kind = compose->kind,
		.text = (char *)editor_text(compose->editor),
		.generation = compose->generation,
		.seen = compose->note ? compose->note : compose->seen,
		.updated_at = model->now,
		.address = compose->address,
		.attachments = compose->attachments};
}

struct effect *draft_copy_effect(struct effect *effect, const struct draft *draft)
{
	draft_copy(effect, &effect->draft, draft);
	return effect;
}

static bool has_something(const struct compose *compose)
{
	bool is_blank = compose->ticket == 0 || editor_is_blank(compose->editor);
	return !is_blank || compose->attachments.count > 0;
}

bool compose_is_empty(const struct model *model)
{
	const struct compose *compose = &model->compose;
	return !compose->is_touched || !has_something(compose);
}

void compose_changed(struct model *model)
{
	struct compose *compose = &model->compose;
	compose->is_touched = true;
	if (compose->unspooled_since == 0) {
		compose->unspooled_since = model->now;
	}
	if (compose->unstored_since == 0) {
		compose->unstored_since = model->now;
	}
}

void compose_paste(struct model *model, const char *text, struct effects *effects)
{
	struct compose *compose = &model->compose;
	size_t size = strlen(editor_text(compose->editor)) + strlen(text);
	claims_active(model, compose->ticket, effects);
	if (compose_is_closed(model)) {
		return;
	}
	if (size > CHANGE_TEXT_MAX) {
		char *why = words_put(NULL,
			_("the pasted text was left out: with it there would be more than {0} kB; "
			  "paste a shorter one"),
			words_number(model, CHANGE_TEXT_MAX / 1024), NULL);
		notice_fail(model, why);
		talloc_free(why);
		return;
	}
	editor_insert(compose->editor, text, true);
	compose_changed(model);
}

static void spool(struct model *model, struct effects *effects)
{
	struct draft draft = draft_of(model);
	model->compose.unspooled_since = 0;
	draft_copy_effect(effects_add(effects, EFFECT_SPOOL_SAVE), &draft);
	drafts_keep(model, &draft);
}

static void store(struct model *model, struct effects *effects)
{
	struct compose *compose = &model->compose;
	struct draft draft = draft_of(model);
	compose->unstored_since = 0;
	struct effect *effect =
		draft_copy_effect(request_ask(model, EFFECT_DRAFT_SAVE, effects), &draft);
	effect->known = compose->known ? mem_strdup(effect, compose->known) : NULL;
	talloc_free(compose->known);
	compose->known = mem_strdup(model, draft.text);
	compose->store_request = effect->request;
	compose->is_stored = true;
	drafts_keep(model, &draft);
}

void compose_save(struct model *model, bool all, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (compose->look_at && model->now >= compose->look_at) {
		compose->look_at = 0;
		ticket_ask(model, effects);
	}
	if (!has_something(compose) || compose->hold == HOLD_MOVED) {
		return;
	}
	if (compose->unspooled_since &&
		(all || model->now >= compose->unspooled_since + COMPOSE_SPOOL_MS)) {
		spool(model, effects);
	}
	bool is_free = compose->store_request == 0;
	if (compose->unstored_since &&
		(all || (is_free && model->now >= compose->unstored_since + COMPOSE_STORE_MS))) {
		store(model, effects);
	}
}

static int64_t save_deadline(const struct compose *compose)
{
	if (!has_something(compose)) {
		return 0;
	}
	if (compose->unspooled_since) {
		return compose->unspooled_since + COMPOSE_SPOOL_MS;
	}
	bool waits = compose->unstored_since && compose->store_request == 0;
	return waits ? compose->unstored_since + COMPOSE_STORE_MS : 0;
}

int64_t compose_deadline(const struct model *model)
{
	const struct compose *compose = &model->compose;
	int64_t told_at = compose->sent_at + COMPOSE_PATIENCE_MS;
	int64_t look_at = compose->look_at;
	if (compose->send_request && model->now < told_at) {
		return told_at;
	}
	int64_t save_at = save_deadline(compose);
	return look_at && (save_at == 0 || look_at < save_at) ? look_at : save_at;
}

void compose_stored(struct model *model, const struct response *response, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (response->effect->request != compose->store_request) {
		return;
	}
	compose->store_request = 0;
	if (response->ok) {
		compose->saved_at = model->now;
		compose->handed_by = 0;
		return;
	}
	talloc_free(compose->known);
	compose->known = NULL;
	if (response->err.code == ERROR_CONFLICT) {
		char *why = words_error(NULL, &response->err);
		compose_differs(model, why, effects);
		talloc_free(why);
	} else if (compose->unstored_since == 0) {
		/* The spool has it; the desk gets it a little later. */
		compose->unstored_since = model->now + RETRY_MS;
	}
}

/* --- beginning --- */

/* A note on a ticket that a colleague holds is most likely for him: a mention tells him. */
static void address_holder(struct model *model)
{
	struct compose *compose = &model->compose;
	const struct ticket_row *row = model_row(model, compose->ticket);
	const struct claim *claim = row ? model_holder(model, row) : NULL;
	if (!claim || claim->operator_id == model->actor || !model->directory) {
		return;
	}
	char *mention =
		mem_printf(NULL, "@%s ", directory_login_of(model->directory, claim->operator_id));
	editor_set(compose->editor, mention);
	talloc_free(mention);
}

static void begin(struct model *model, int64_t ticket, enum draft_kind kind)
{
	struct compose *compose = &model->compose;
	*compose = (struct compose){.ticket = ticket,
		.kind = kind,
		.talk_top = -1,
		.review.top = -1,
		.wants_stored = true};
	compose->editor = editor_create(model, false);
	const struct draft *draft = drafts_find(model, ticket, kind);
	if (draft) {
		editor_set(compose->editor, draft->text);
		compose->address = mem_strdup(model, draft->address);
		compose->attachments = attachment_list_copy(compose->editor, &draft->attachments);
		compose->saved_at = draft->updated_at;
		bool is_remark = kind == DRAFT_CUSTOMER_NOTE_EDIT;
		compose->note = is_remark ? draft->seen : 0;
		compose->seen = is_remark ? 0 : draft->seen;
		compose->acknowledged = compose->seen;
		compose->is_stored = true;
		compose->is_touched = true;
	} else if (kind == DRAFT_NOTE) {
		address_holder(model);
	}
	const struct ticket_view *view = model->ticket.view;
	if (view && model->ticket.number == ticket) {
		compose_shown(model, view);
	}
	compose_resize(model);
}

/* Away without a word: kept, or thrown away when there is nothing to keep. */
static void put_down(struct model *model, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (compose->send_request || compose->hold == HOLD_MOVED) {
		compose_close(model); /* spool and store have it */
		return;
	}
	if (compose_is_empty(model)) {
		compose_discard(model, effects);
		return;
	}
	compose_save(model, true, effects);
	compose_close(model);
}

void compose_open(
	struct model *model, int64_t ticket, enum draft_kind kind, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (kind == DRAFT_REPLY && compose_is_readable_only(model, ticket)) {
		return;
	}
	if (compose->ticket && (compose->ticket != ticket || compose->kind != kind)) {
		put_down(model, effects);
	}
	if (model->ticket.number != ticket || !model->ticket.view || compose->ticket == 0) {
		ticket_open(model, ticket, effects); /* also for what another terminal has saved */
	}
	if (compose->ticket == 0) {
		begin(model, ticket, kind);
		compose_hold(model, effects);
	}
	screen_show(model, SCREEN_COMPOSE);
}

/* A ticket has one such draft. */
static void make_room(struct model *model, int64_t ticket, const struct customer_note *note,
	struct effects *effects)
{
	const struct draft *draft = drafts_find(model, ticket, DRAFT_CUSTOMER_NOTE_EDIT);
	if (!draft || draft->seen == note->id) {
		return;
	}
	draft_copy_effect(request_ask(model, EFFECT_DRAFT_DISCARD, effects), draft);
	drafts_forget(model, ticket, DRAFT_CUSTOMER_NOTE_EDIT);
	char *key = model_key(model, NULL, "bin");
	notice_say(
		model, words_put(key, _("what you had begun to another note is in the bin ({0})"),
			       key, NULL));
	talloc_free(key);
}

void compose_open_customer_note(struct model *model, int64_t ticket,
	const struct customer_note *note, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (compose->ticket) {
		put_down(model, effects);
	}
	make_room(model, ticket, note, effects);
	compose_open(model, ticket, DRAFT_CUSTOMER_NOTE_EDIT, effects);
	compose->note_text = mem_strdup(model, note->text);
	if (compose->note == 0) {
		compose->note = note->id;
		editor_set(compose->editor, note->text);
	}
}

/* Its copies here go to the bin: the words are in the other text, and in the spool with it. */
void compose_carry(
	struct model *model, int64_t ticket, enum draft_kind kind, struct effects *effects)
{
	struct draft old = draft_of(model);
	struct draft kept;
	draft_copy(NULL, &kept, &old);
	compose_discard(model, effects);
	compose_open(model, ticket, kind, effects);
	struct compose *compose = &model->compose;
	if (compose->ticket != ticket) { /* a colleague has it */
		kept.ticket = ticket;
		drafts_keep(model, &kept);
		draft_copy_effect(request_ask(model, EFFECT_DRAFT_SAVE, effects), &kept);
		talloc_free(kept.text);
		return;
	}
	if (!editor_is_blank(compose->editor)) {
		editor_move(compose->editor, MOVE_TEXT_END);
		editor_insert(compose->editor, "\n\n", true);
	}
	editor_insert(compose->editor, kept.text, true);
	for (size_t i = 0; i < kept.attachments.count; i++) {
		attachment_list_add(
			compose->editor, &compose->attachments, &kept.attachments.items[i]);
	}
	compose_changed(model);
	compose_save(model, true, effects); /* the former copy has left the spool */
	talloc_free(kept.text);
}

void compose_resize(struct model *model)
{
	struct compose *compose = &model->compose;
	struct layout layout = layout_compose(model->columns, model->rows);
	if (compose->editor && layout.preview.rows > 1) {
		editor_resize(compose->editor, layout.preview.columns - 2 * TALK_GUTTER,
			layout.preview.rows - 1);
	}
}

/* --- ending --- */

/* Also those that would come back from under the help. */
static void leave_screens(struct model *model)
{
	size_t kept = 0;
	for (size_t i = 0; i < model->back_count; i++) {
		if (!screen_is_writing(model->back[i])) {
			model->back[kept++] = model->back[i];
		}
	}
	model->back_count = kept;
	if (screen_is_writing(model->screen)) {
		screen_back(model);
	}
}

void compose_close(struct model *model)
{
	struct compose *compose = &model->compose;
	talloc_free(compose->editor);
	talloc_free(compose->hold_why);
	talloc_free(compose->address);
	talloc_free(compose->known);
	talloc_free(compose->before_edit);
	talloc_free(compose->note_text);
	review_free(&compose->review);
	*compose = (struct compose){.talk_top = -1};
	leave_screens(model);
}

bool compose_is_sending(struct model *model)
{
	if (model->compose.send_request) {
		notice_say(model, _("this text is being sent; its desk has not answered yet"));
	}
	return model->compose.send_request != 0;
}

void compose_put_away(struct model *model, struct effects *effects)
{
	bool is_empty = compose_is_empty(model);
	put_down(model, effects);
	if (!is_empty) {
		notice_kept(model);
	}
}

/* To the bin: what the store has not yet is brought there first. */
void compose_discard(struct model *model, struct effects *effects)
{
	struct compose *compose = &model->compose;
	struct draft draft = draft_of(model);
	bool is_empty = compose_is_empty(model);
	if (!is_empty && compose->unstored_since) {
		store(model, effects);
	}
	if (compose->is_stored) {
		draft_copy_effect(request_ask(model, EFFECT_DRAFT_DISCARD, effects), &draft);
	}
	if (compose->is_stored || !is_empty) {
		draft_copy_effect(effects_add(effects, EFFECT_SPOOL_REMOVE), &draft);
	}
	drafts_forget(model, compose->ticket, compose->kind);
	compose_close(model);
}
