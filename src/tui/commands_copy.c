#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* What goes to the clipboard of the terminal. */

/* `what` names it to the operator. */
static void copy(struct model *model, const char *text, const char *what, struct effects *effects)
{
	void *work = mem_context(NULL);
	size_t size = strlen(text);
	if (model->no_copy) {
		notice_fail(model, _(model->no_copy));
	} else if (size > COPY_MOST) {
		notice_fail(model,
			words_put(work,
				_("too long for the clipboard: {0} KB, terminals take {1} KB"),
				words_number(work, (int64_t)(size / 1024 + 1)),
				words_number(work, COPY_MOST / 1024), NULL));
	} else {
		struct effect *effect = effects_add(effects, EFFECT_COPY);
		effect->text = mem_strdup(effect, text);
		notice_say(model,
			words_put(work, _("copied: {0} (if the terminal allows it)"), what, NULL));
	}
	talloc_free(work);
}

void copy_number(struct model *model, const struct call *call, struct effects *effects)
{
	char *number = words_number(NULL, call->ticket);
	copy(model, number, number, effects);
	talloc_free(number);
}

void copy_address(struct model *model, const struct call *call, struct effects *effects)
{
	const struct ticket_row *row = model_row(model, call->ticket);
	if (!row || !*row->customer_address) {
		notice_fail(model, _("no address of this customer is known"));
		return;
	}
	copy(model, row->customer_address, row->customer_address, effects);
}

/* In the list it is the preview's. */
static const struct talk *talk_of(const struct model *model, int64_t ticket)
{
	const struct preview_part *preview = &model->preview;
	if (model->screen == SCREEN_TICKET) {
		return model->ticket.talk;
	}
	bool is_there = preview->view && preview->view->row.ticket.number == ticket;
	return is_there ? preview->talk : NULL;
}

/* The text the cursor is in; the newest of those that went between customer and desk. */
static const struct talk_entry *entry_of(const struct model *model, const struct talk *talk)
{
	const struct talk_part *part = model->screen == SCREEN_TICKET ? ticket_part(model) : NULL;
	if (part) {
		return &talk->entries[part->entry];
	}
	size_t i = talk->entry_count;
	while (i > 0 && talk->entries[i - 1].kind != TALK_MESSAGE) {
		i--;
	}
	return i > 0 ? &talk->entries[i - 1] : NULL;
}

void copy_message(struct model *model, const struct call *call, struct effects *effects)
{
	const struct talk *talk = talk_of(model, call->ticket);
	const struct talk_entry *entry = talk ? entry_of(model, talk) : NULL;
	if (!entry) {
		notice_fail(model, _("the text is not on the screen; Enter opens the ticket"));
		return;
	}
	void *work = mem_context(NULL);
	const char *author = entry->author ? model_login(model, entry->author) : talk->customer;
	const char *what = words_put(work, _("text of {0}, {1}"), author,
		words_moment(work, &model->zone, entry->at, model->now), NULL);
	copy(model, entry->text, what, effects);
	talloc_free(work);
}

void copy_link(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	const struct talk_part *part = ticket_part(model);
	if (!part || part->kind != PART_LINK) {
		notice_fail(model, _("no link is under the cursor; ] goes to the next"));
		return;
	}
	const char *text = model->ticket.talk->entries[part->entry].text + part->offset;
	char *link = mem_strndup(NULL, text, part->length);
	copy(model, link, link, effects);
	talloc_free(link);
}
