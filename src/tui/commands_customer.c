#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* Notes that stay with a customer: pinned, changed, taken away. */

enum note_deed { NOTE_PIN, NOTE_UNPIN, NOTE_EDIT, NOTE_REMOVE };

static void removal_confirmed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	change.enabled = FLAG_NO;
	if (item->value == 1) {
		act_on_customer(model, &change, effects);
	}
}

static void deed_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	if (item->value == NOTE_EDIT) {
		const struct customer_note note = {.id = change.note, .text = prompt->data};
		compose_open_customer_note(model, model->ticket.number, &note, effects);
	} else if (item->value == NOTE_REMOVE) {
		struct prompt *next = prompt_create(
			model, PROMPT_ASK, _("Take this note away?"), prompt, removal_confirmed);
		prompt_yes_no(next);
		prompt_ask(model, next);
	} else {
		change.pinned = item->value == NOTE_PIN ? FLAG_YES : FLAG_NO;
		act_on_customer(model, &change, effects);
	}
}

void customer_note_ask(struct model *model, const struct customer_note *note)
{
	struct prompt *prompt =
		prompt_create(model, PROMPT_KEYS, _("note on the customer"), NULL, deed_chosen);
	prompt->change.kind = CHANGE_CUSTOMER_NOTE_EDIT;
	prompt->change.customer = note->customer;
	prompt->change.note = note->id;
	prompt->data = mem_strdup(prompt, note->text);
	if (note->pinned) {
		prompt_add(prompt, "p", _("unpin: below the pinned ones"), "", NOTE_UNPIN, 0);
	} else {
		prompt_add(prompt, "p", _("pin: above the others"), "", NOTE_PIN, 0);
	}
	prompt_add(prompt, "e", _("change its text"), "", NOTE_EDIT, 0);
	prompt_add(prompt, "r", _("take it away"), "", NOTE_REMOVE, 0);
	prompt_ask(model, prompt);
}
