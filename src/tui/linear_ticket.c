#include "base/bytes.h"
#include "base/mem.h"
#include "tui/customer_lines.h"
#include "tui/i18n.h"
#include "tui/linear_tell.h"
#include "tui/words.h"

/* A ticket in words: how it stands, what was written, the customer. */

static void tell_state(struct paper *paper, const struct ticket_row *row)
{
	const struct frame *frame = &paper->frame;
	const struct model *model = frame->model;
	const struct ticket *ticket = &row->ticket;
	void *mem = frame->mem;
	char *line = mem_strdup(mem, words_standing(ticket));
	line = frame_join(&paper->frame, line, frame_holder(frame, row));
	if (ticket->state == TICKET_SNOOZED) {
		line = frame_join(&paper->frame, line,
			words_put(mem, _("put off until {0}"),
				words_moment(mem, &model->zone, ticket->snoozed_until, model->now),
				NULL));
	} else if (ticket->due_at < DUE_NEVER) {
		int64_t left = ticket->due_at - model->now;
		line = frame_join(&paper->frame, line,
			words_put(mem, left < 0 ? _("overdue {0}") : _("due in {0}"),
				words_hours(mem, left < 0 ? -left : left), NULL));
	}
	line = frame_join(&paper->frame, line, words_channel(ticket->channel));
	paper_line(paper, line);
	paper_line(paper, ticket_facts(frame, row));
}

static void tell_draft(struct paper *paper)
{
	const struct frame *frame = &paper->frame;
	const struct model *model = frame->model;
	const struct draft *draft = ticket_draft(model);
	if (!draft) {
		return;
	}
	const char *key = model_key(model, frame->mem, "continue");
	const char *time = words_seconds(frame->mem, &model->zone, draft->updated_at);
	paper_line(
		paper, draft->operator_id == model->actor
			       ? words_put(frame->mem, _("draft kept {0}; {1} continues it:"), time,
					 key, NULL)
			       : words_put(frame->mem, _("text of {0}, {1}; {2} adopts it:"),
					 model_login(model, draft->operator_id), time, key, NULL));
	paper_body(paper, draft->text);
}

static void tell_file(struct paper *paper, const struct talk_part *part)
{
	void *mem = paper->frame.mem;
	paper_line(paper, words_put(mem, _("(file {0}: {1} {2}; {3} {0} saves or opens it)"),
				  words_number(mem, (int64_t)part->number), part->file->name,
				  bytes_format(mem, part->file->size_bytes),
				  model_key(paper->frame.model, mem, "file"), NULL));
}

/* The layout is as wide as any paragraph: its lines are those of the text, but for the folds. */
static void tell_entry(struct paper *paper, const struct talk *talk, size_t at)
{
	const struct frame *frame = &paper->frame;
	const struct talk_entry *entry = &talk->entries[at];
	enum style style;
	char *head = talk_head(frame, talk, entry);
	paper_line(paper, frame_join(frame, head, talk_tag(frame, entry, &style)));
	for (size_t i = entry->first_line; i < talk->line_count; i++) {
		const struct talk_line *line = &talk->lines[i];
		if (line->entry != at) {
			break;
		}
		if (line->kind == TALK_FOLD) {
			paper_line(paper, mem_printf(frame->mem, "(%s)",
						  talk_fold(frame, &talk->parts[line->part])));
		} else if (line->kind == TALK_FILE) {
			tell_file(paper, &talk->parts[line->part]);
		} else if (line->kind == TALK_BODY) {
			paper_body(paper, mem_printf(frame->mem, "%.*s\n", (int)line->length,
						  entry->text + line->offset));
		}
	}
}

static void tell_talk(struct paper *paper, size_t page)
{
	const struct talk *talk = paper->frame.model->ticket.talk;
	size_t count = talk ? talk->entry_count : 0;
	size_t behind = page * LINEAR_TEXTS;
	size_t end = behind < count ? count - behind : 0;
	size_t first = end > LINEAR_TEXTS ? end - LINEAR_TEXTS : 0;
	if (first > 0) {
		paper_line(paper, words_put(paper->frame.mem,
					  ngettext("{0} earlier text; - tells it",
						  "{0} earlier texts; - tells them", first),
					  words_number(paper->frame.mem, (int64_t)first), NULL));
	}
	for (size_t i = first; i < end; i++) {
		tell_entry(paper, talk, i);
	}
	if (end < count) {
		paper_line(paper,
			words_put(paper->frame.mem,
				ngettext("{0} later text; + tells it",
					"{0} later texts; + tells them", count - end),
				words_number(paper->frame.mem, (int64_t)(count - end)), NULL));
	}
}

void tell_found(struct paper *paper)
{
	const struct ticket_part *ticket = &paper->frame.model->ticket;
	size_t line = talk_place_line(ticket->talk, &ticket->found);
	if (line < ticket->talk->line_count) {
		tell_entry(paper, ticket->talk, ticket->talk->lines[line].entry);
	}
}

enum { CUSTOMER_COLUMNS = 10000 }; /* lines are broken later */

static void tell_customer(struct paper *paper)
{
	const struct model *model = paper->frame.model;
	struct customer_lines *lines = customer_lines_create(
		paper->frame.mem, model, model->ticket.view, CUSTOMER_COLUMNS);
	for (size_t i = 0; i < lines->count; i++) {
		const struct customer_line *line = &lines->lines[i];
		if (line->is_body) {
			paper_body(paper, line->text);
		} else if (*line->text) {
			paper_line(paper, line->text);
		}
	}
	paper_line(paper, _("v tells the conversation"));
}

void tell_ticket(struct paper *paper, size_t page)
{
	const struct frame *frame = &paper->frame;
	const struct ticket_part *ticket = &frame->model->ticket;
	if (!ticket->view) {
		paper_line(paper, ticket->problem.code ? words_error(frame->mem, &ticket->problem)
						       : words_number(frame->mem, ticket->number));
		return;
	}
	const struct ticket_row *row = &ticket->view->row;
	paper_line(paper, mem_printf(frame->mem, "%lld %s", (long long)row->ticket.number,
				  row->ticket.subject));
	if (ticket->has_customer) {
		tell_customer(paper);
		return;
	}
	if (page == 0) {
		tell_state(paper, row);
		paper_line(paper, frame_person(frame, row));
	}
	tell_talk(paper, page);
	if (page == 0) {
		tell_draft(paper);
	}
}
