#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* In a conversation: the cursor of its parts, what is folded. */

static bool is_in_sight(const struct model *model, const struct talk_part *part)
{
	const struct ticket_part *ticket = &model->ticket;
	return part->line >= ticket->top &&
	       part->line < ticket->top + (size_t)ticket_talk_rows(model);
}

/* From the cursor; from the edge of the screen when the cursor is out of sight or nowhere. */
static size_t part_beside(const struct model *model, bool is_forward)
{
	const struct ticket_part *ticket = &model->ticket;
	const struct talk *talk = ticket->talk;
	const struct talk_part *at = ticket_part(model);
	if (at && is_in_sight(model, at)) {
		return is_forward ? ticket->part + 1 : ticket->part - 1;
	}
	size_t bottom = ticket->top + (size_t)ticket_talk_rows(model);
	size_t below = 0;
	while (below < talk->part_count &&
		talk->parts[below].line < (is_forward ? ticket->top : bottom)) {
		below++;
	}
	return is_forward ? below + 1 : below;
}

static void go_to_part(struct model *model, bool is_forward)
{
	struct ticket_part *ticket = &model->ticket;
	if (!ticket->talk || ticket->talk->part_count == 0) {
		notice_say(model, _("there is nothing to open in this conversation"));
		return;
	}
	size_t part = part_beside(model, is_forward);
	if (part == 0 || part > ticket->talk->part_count) {
		notice_say(model, is_forward ? _("nothing more to open further down")
					     : _("nothing more to open further up"));
		return;
	}
	ticket->part = part;
	ticket_show_line(model, ticket->talk->parts[part - 1].line);
}

void part_next(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	go_to_part(model, true);
}

void part_previous(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	go_to_part(model, false);
}

/* The line at the top stays there. */
static void lay_out_anew(struct model *model)
{
	talloc_free(model->ticket.talk);
	model->ticket.talk = NULL;
	model->ticket.is_at_end = false;
	ticket_layout(model);
}

static void toggle(struct model *model)
{
	struct ticket_part *ticket = &model->ticket;
	struct talk_place place = talk_part_place(ticket->talk, ticket->part - 1);
	talk_folds_toggle(&ticket->folds, model, &place);
	lay_out_anew(model);
}

void part_open(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	const struct talk_part *part = ticket_part(model);
	if (!part || !is_in_sight(model, part)) {
		go_to_part(model, true);
	} else if (part->kind == PART_FOLD) {
		toggle(model);
	}
}

void part_folds(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	struct ticket_part *ticket = &model->ticket;
	if (!ticket->talk) {
		return;
	}
	ticket->folds.all = !ticket->folds.all;
	ticket->folds.count = 0;
	notice_say(model, ticket->folds.all ? _("quoted lines and signatures are shown")
					    : _("quoted lines and signatures are folded"));
	lay_out_anew(model);
}
