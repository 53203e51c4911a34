#include "tui/jot.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/i18n.h"
#include "tui/model.h"

#include <string.h>

void jot_begin(struct model *model, struct prompt *prompt, int64_t ticket, enum draft_kind kind)
{
	const struct draft *draft = drafts_find(model, ticket, kind);
	prompt->draft = kind;
	talloc_free(model->jot.text);
	model->jot = (struct jot){.ticket = ticket, .kind = kind};
	if (draft) {
		editor_set(prompt->line, draft->text);
		model->jot.text = mem_strdup(model, draft->text);
	}
}

void jot_typed(struct model *model, const char *text)
{
	struct jot *jot = &model->jot;
	talloc_free(jot->text);
	jot->text = mem_strdup(model, text);
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
		draft_copy_effect(request_ask(model, EFFECT_DRAFT_SAVE, effects), &draft);
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

static enum draft_kind kind_of(enum change_kind kind)
{
	static const struct {
		enum change_kind change;
		enum draft_kind draft;
	} kinds[] = {{CHANGE_CALL, DRAFT_CALL}, {CHANGE_ASK, DRAFT_QUESTION},
		{CHANGE_ANSWER_QUESTION, DRAFT_QUESTION_ANSWER},
		{CHANGE_CUSTOMER_NOTE, DRAFT_CUSTOMER_NOTE}};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (kinds[i].change == kind) {
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

void jot_done(struct model *model, const struct change *change, struct effects *effects)
{
	struct jot *jot = &model->jot;
	enum draft_kind kind = kind_of(change->kind);
	bool is_it = kind != DRAFT_NONE && jot->kind == kind && jot->text &&
		     (change->ticket == 0 || change->ticket == jot->ticket);
	if (!is_it) {
		return;
	}
	bool is_typed = model->prompt && model->prompt->draft == kind;
	if (is_typed || !is_made_of(change, jot->text)) {
		/* The next one has been begun, and the desk has dropped its copy with the other. */
		char *text = mem_strdup(NULL, jot->text);
		jot_typed(model, text);
		talloc_free(text);
		return;
	}
	struct draft draft = {.ticket = jot->ticket, .operator_id = model->actor, .kind = kind};
	effects_add(effects, EFFECT_SPOOL_REMOVE)->draft = draft;
	drafts_forget(model, draft.ticket, kind);
	talloc_free(jot->text);
	*jot = (struct jot){0};
}
