#include "base/mem.h"
#include "base/text.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* The text in the person's own editor, and what comes back. */

void compose_edit(struct model *model, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (compose_is_closed(model)) {
		return;
	}
	if (compose->note) {
		compose_changed(model); /* only the spool knows which note it is */
	}
	compose_save(model, true, effects);
	struct effect *effect = request_ask(model, EFFECT_EDIT, effects);
	effect->draft = (struct draft){.ticket = compose->ticket,
		.kind = compose->kind,
		.text = mem_strdup(effect, editor_text(compose->editor))};
	talloc_free(compose->before_edit);
	compose->before_edit = mem_strdup(model, editor_text(compose->editor));
	compose->is_editing = true;
}

static void take(struct model *model, const char *text)
{
	struct compose *compose = &model->compose;
	if (!text_is_blank(text) && strcmp(text, editor_text(compose->editor)) != 0) {
		editor_replace(compose->editor, text);
		compose_changed(model);
	}
}

/* What the file held meanwhile is undone in one step, and comes back by undo in one. */
static void give_back(struct model *model)
{
	struct compose *compose = &model->compose;
	if (strcmp(compose->before_edit, editor_text(compose->editor)) != 0) {
		editor_replace(compose->editor, compose->before_edit);
		compose_changed(model);
	}
}

static void fail(struct model *model, const struct error *err)
{
	bool has_words =
		strcmp(model->compose.before_edit, editor_text(model->compose.editor)) != 0;
	give_back(model);
	char *why = words_error(NULL, err);
	char *whole = words_put(why,
		has_words ? _("{0}: your text is as before; Ctrl-_ brings the editor's")
			  : _("{0}: your text is as before"),
		why, NULL);
	notice_fail(model, whole);
	talloc_free(why);
}

void compose_edited(struct model *model, const struct msg *msg, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (compose->ticket == 0 || !compose->is_editing) {
		return;
	}
	compose->is_editing = !msg->edited.done;
	claims_active(model, compose->ticket, effects);
	take(model, msg->edited.text);
	if (!msg->edited.ok) {
		fail(model, &msg->edited.err);
	} else if (msg->edited.done && text_is_blank(msg->edited.text) &&
		   !text_is_blank(compose->before_edit)) {
		struct error err;
		error_set(&err, ERROR_INVALID, N_("the editor left an empty text"), NULL);
		fail(model, &err);
	} else if (msg->edited.done && msg->edited.was_cleaned) {
		notice_fail(model, _("the editor's text held control characters or broken letters; "
				     "they were taken out, look it over"));
	}
}
