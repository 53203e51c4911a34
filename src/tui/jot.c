#include "tui/jot.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* What was begun before stands in the line, and since when beside it until the first key. */
static void take_up(struct model *model, struct prompt *prompt, const struct draft *draft)
{
	char *when = words_moment(NULL, &model->zone, draft->updated_at, model->now);
	/* TRANSLATORS: beside a text that was begun earlier: {0} a time or a day */
	char *note = words_put(when, _("begun {0}"), when, NULL);
	editor_set(prompt->line, draft->text);
	prompt_note(prompt, note);
	prompt->is_mild = true;
	model->jot.text = mem_strdup(model, draft->text);
	talloc_free(when);
}

void jot_begin(struct model *model, struct prompt *prompt, int64_t ticket, enum draft_kind kind,
	struct effects *effects)
{
	const struct draft *draft = drafts_find(model, ticket, kind);
	jot_save(model, true, effects);
	prompt->draft = kind;
	talloc_free(model->jot.text);
	model->jot = (struct jot){.ticket = ticket, .kind = kind};
	if (draft) {
		take_up(model, prompt, draft);
	}
}

void jot_typed(struct model *model, const char *text)
{
	struct jot *jot = &model->jot;
	talloc_free(jot->text);
	jot->text = mem_strdup(model, text);
	if (model->prompt) {
		prompt_note(model->prompt, NULL);
	}
	if (jot->unspooled_since == 0) {
		jot->unspooled_since = model->now;
	}
	if (jot->unstored_since == 0) {
		jot->unstored_since = model->now;
	}
}

static struct draft draft_of(const struct model *model)
{
	return (struct draft){.ticket = model->jot.ticket,
		.operator_id = model->actor,
		.kind = model->jot.kind,
		.text = model->jot.text,
		.updated_at = model->now};
}

/* One that was emptied is none any more. */
static void spool(struct model *model, struct effects *effects)
{
	struct draft draft = draft_of(model);
	bool is_blank = text_is_blank(draft.text);
	model->jot.unspooled_since = 0;
	draft_copy_effect(
		effects_add(effects, is_blank ? EFFECT_SPOOL_REMOVE : EFFECT_SPOOL_SAVE), &draft);
	if (is_blank) {
		drafts_forget(model, draft.ticket, draft.kind);
	} else {
		drafts_keep(model, &draft);
	}
}

void jot_save(struct model *model, bool all, struct effects *effects)
{
	struct jot *jot = &model->jot;
	if (jot->unspooled_since &&
		(all || model->now >= jot->unspooled_since + COMPOSE_SPOOL_MS)) {
		spool(model, effects);
	}
	if (jot->unstored_since && (all || model->now >= jot->unstored_since + COMPOSE_STORE_MS)) {
		struct draft draft = draft_of(model);
		jot->unstored_since = 0;
		draft_store(model, &draft, effects);
	}
}

int64_t jot_deadline(const struct model *model)
{
	const struct jot *jot = &model->jot;
	if (jot->unspooled_since) {
		return jot->unspooled_since + COMPOSE_SPOOL_MS;
	}
	return jot->unstored_since ? jot->unstored_since + COMPOSE_STORE_MS : 0;
}

void jot_leave(struct model *model, struct effects *effects)
{
	jot_save(model, true, effects);
	if (drafts_find(model, model->jot.ticket, model->jot.kind)) {
		notice_say(model, _("kept as a draft; the same key goes on with it"));
	}
}

static enum draft_kind kind_of(const struct change *change)
{
	static const struct {
		enum change_kind change;
		enum draft_kind draft;
	} kinds[] = {{CHANGE_CALL, DRAFT_CALL}, {CHANGE_ASK, DRAFT_QUESTION},
		{CHANGE_ANSWER_QUESTION, DRAFT_QUESTION_ANSWER},
		{CHANGE_CUSTOMER_NOTE, DRAFT_CUSTOMER_NOTE}, {CHANGE_TRANSFER, DRAFT_TRANSFER},
		{CHANGE_ESCALATE, DRAFT_ESCALATION}, {CHANGE_MEMO, DRAFT_MEMO}};
	/* A call may have lasted minutes and left no words; what else has none was not typed. */
	bool is_typed = change->text || change->kind == CHANGE_CALL;
	for (size_t i = 0; is_typed && i < ARRAY_LEN(kinds); i++) {
		if (kinds[i].change == change->kind) {
			return kinds[i].draft;
		}
	}
	return DRAFT_NONE;
}

/* A call's text goes without the minutes in front of it. */
static bool is_made_of(const struct change *change, const char *typed)
{
	const char *text = change->text ? change->text : "";
	size_t size = strlen(text);
	size_t typed_size = strlen(typed);
	return size <= typed_size && strcmp(typed + typed_size - size, text) == 0;
}

/* A remark on a customer names no ticket. */
static bool is_about(const struct change *change, int64_t ticket)
{
	return change->ticket == ticket || change->kind == CHANGE_CUSTOMER_NOTE;
}

static const struct draft *draft_of_change(const struct model *model, const struct change *change)
{
	enum draft_kind kind = kind_of(change);
	for (size_t i = 0; kind && i < model->drafts.count; i++) {
		const struct draft *draft = &model->drafts.items[i];
		if (draft->operator_id == model->actor && draft->kind == kind &&
			is_about(change, draft->ticket) && is_made_of(change, draft->text)) {
			return draft;
		}
	}
	return NULL;
}

/* The next one has been begun, and the desk has dropped its copy with the other. */
static bool is_of_next(const struct model *model, const struct change *change)
{
	const struct jot *jot = &model->jot;
	enum draft_kind kind = kind_of(change);
	bool is_it = kind && jot->kind == kind && jot->text && is_about(change, jot->ticket);
	bool is_typed = model->prompt && model->prompt->draft == kind;
	return is_it && (is_typed || !is_made_of(change, jot->text));
}

void jot_done(struct model *model, const struct change *change, struct effects *effects)
{
	struct jot *jot = &model->jot;
	const struct draft *draft = draft_of_change(model, change);
	if (is_of_next(model, change)) {
		char *text = mem_strdup(NULL, jot->text);
		jot_typed(model, text);
		talloc_free(text);
		return;
	}
	if (!draft) {
		return;
	}
	struct draft gone = {
		.ticket = draft->ticket, .operator_id = model->actor, .kind = draft->kind};
	effects_add(effects, EFFECT_SPOOL_REMOVE)->draft = gone;
	drafts_forget(model, gone.ticket, gone.kind);
	if (jot->ticket == gone.ticket && jot->kind == gone.kind) {
		talloc_free(jot->text);
		*jot = (struct jot){0};
	}
}

/* One that was written behind its command is no draft yet. */
static bool keep(struct model *model, const struct change *change, struct effects *effects)
{
	enum draft_kind kind = kind_of(change);
	bool is_kept = !kind || draft_of_change(model, change);
	bool has_place = kind == DRAFT_MEMO || change->ticket;
	if (is_kept || !has_place || !change->text || drafts_find(model, change->ticket, kind)) {
		return kind && is_kept;
	}
	struct draft draft = {.ticket = change->ticket,
		.operator_id = model->actor,
		.kind = kind,
		.text = (char *)change->text,
		.updated_at = model->now};
	draft_copy_effect(effects_add(effects, EFFECT_SPOOL_SAVE), &draft);
	draft_store(model, &draft, effects);
	drafts_keep(model, &draft);
	return true;
}

void jot_refused(struct model *model, const struct change *change, const struct error *err,
	struct effects *effects)
{
	if (!keep(model, change, effects)) {
		notice_error(model, err);
		return;
	}
	char *why = words_error(NULL, err);
	char *text = words_put(why, _("{0}; your text is kept as a draft ({1} lists it)"), why,
		model_key(model, why, "drafts"), NULL);
	if (err->code == ERROR_UNAVAILABLE) {
		notice_outage(model, text);
	} else {
		notice_fail(model, text);
	}
	talloc_free(why);
}

void jot_line_begin(struct model *model, struct prompt *prompt)
{
	const struct jot_line *left = &model->left;
	prompt->is_left = true;
	if (left->kind == prompt->change.kind && left->ticket == prompt->change.ticket &&
		left->text) {
		editor_set(prompt->line, left->text);
	}
}

void jot_line_leave(struct model *model, const struct prompt *prompt)
{
	struct jot_line *left = &model->left;
	if (!prompt->is_left) {
		return;
	}
	talloc_free(left->text);
	*left = (struct jot_line){prompt->change.kind, prompt->change.ticket,
		mem_strdup(model, editor_text(prompt->line))};
}

void jot_line_done(struct model *model, const struct change *change)
{
	struct jot_line *left = &model->left;
	if (left->kind == change->kind && left->ticket == change->ticket) {
		talloc_free(left->text);
		*left = (struct jot_line){0};
	}
}
