#include "base/mem.h"
#include "core/attachment.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"

/* What can be done with a finished text. */

void write_review(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (compose_is_empty(model)) {
		compose_put_away(model, effects);
	} else {
		review_open(model, effects);
	}
}

void review_wait(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	review_send(model, OUTCOME_WAIT, 0, effects);
}

void review_stay_open(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	review_send(model, OUTCOME_STAY_OPEN, 0, effects);
}

void review_resolve(struct model *model, const struct call *call, struct effects *effects)
{
	struct change change = {.kind = CHANGE_REPLY, .ticket = call->ticket};
	reason_ask(model, &change, 0, effects);
}

void review_edit(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	if (!compose_is_sending(model)) {
		screen_back(model);
	}
}

void review_keep(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	compose_put_away(model, effects);
}

void review_discard(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (compose_is_sending(model)) {
		return;
	}
	compose_discard(model, effects);
	notice_say(model, _("thrown away; g b finds it for seven days"));
}

/* The text goes below a note that was begun before; the reply's draft goes to the bin. */
void review_to_note(struct model *model, const struct call *call, struct effects *effects)
{
	if (compose_is_sending(model)) {
		return;
	}
	struct draft reply = {.text = (char *)editor_text(model->compose.editor),
		.attachments = model->compose.attachments};
	struct draft kept;
	draft_copy(NULL, &kept, &reply);
	compose_discard(model, effects);
	compose_open(model, call->ticket, DRAFT_NOTE, effects);
	struct compose *note = &model->compose;
	if (!editor_is_blank(note->editor)) {
		editor_move(note->editor, MOVE_TEXT_END);
		editor_insert(note->editor, "\n\n", true);
	}
	editor_insert(note->editor, kept.text, true);
	for (size_t i = 0; i < kept.attachments.count; i++) {
		attachment_list_add(note->editor, &note->attachments, &kept.attachments.items[i]);
	}
	compose_changed(model);
	compose_save(model, true, effects); /* the reply's copy has left the spool */
	notice_say(model, _("an internal note now: colleagues who see the ticket read it, the "
			    "customer does not"));
	talloc_free(kept.text);
}
