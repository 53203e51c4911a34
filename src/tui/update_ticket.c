#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* The ticket on the screen. */

void ticket_ask(struct model *model, struct effects *effects)
{
	if (model->ticket.number == 0) {
		return;
	}
	struct effect *effect = request_ask(model, EFFECT_TICKET, effects);
	effect->ticket = model->ticket.number;
	model->ticket.request = effect->request;
}

void ticket_forget_view(struct ticket_part *ticket)
{
	talloc_free(ticket->talk);
	talloc_free(ticket->view);
	ticket->talk = NULL;
	ticket->view = NULL;
}

static struct area talk_area(const struct model *model)
{
	struct layout layout = screen_is_writing(model->screen)
				       ? layout_compose(model->columns, model->rows)
				       : layout_ticket(model->columns, model->rows, false);
	return layout.list;
}

const struct draft *ticket_draft(const struct model *model)
{
	const struct ticket_part *ticket = &model->ticket;
	const struct draft *draft = drafts_find(model, ticket->number, DRAFT_REPLY);
	draft = draft ? draft : drafts_find(model, ticket->number, DRAFT_NOTE);
	for (size_t i = 0; !draft && ticket->view && i < ticket->view->draft_count; i++) {
		if (ticket->view->drafts[i].operator_id != model->actor) {
			draft = &ticket->view->drafts[i];
		}
	}
	return draft;
}

int ticket_talk_rows(const struct model *model)
{
	int rows = talk_area(model).rows;
	if (!screen_is_writing(model->screen) && ticket_draft(model)) {
		rows -= DRAFT_ROWS;
	}
	return rows > 1 ? rows : 1;
}

static size_t last_top(const struct model *model)
{
	const struct talk *talk = model->ticket.talk;
	size_t rows = (size_t)ticket_talk_rows(model);
	return talk && talk->line_count > rows ? talk->line_count - rows : 0;
}

/* Where reading goes on: at the end, or at the beginning of what is new when that is more than the
 * screen holds. */
static size_t first_unread(const struct model *model)
{
	const struct talk *talk = model->ticket.talk;
	size_t entry = 0;
	while (entry + 1 < talk->entry_count && !talk->entries[entry].is_new) {
		entry++;
	}
	size_t line = talk->entry_count ? talk->entries[entry].first_line : 0;
	size_t last = last_top(model);
	return line < last ? line : last;
}

static void lay_out(struct model *model, int columns)
{
	struct ticket_part *ticket = &model->ticket;
	talloc_free(ticket->talk);
	ticket->talk = talk_create(model, ticket->view, columns, ticket->new_after, &ticket->folds);
	ticket->top = talk_place_line(ticket->talk, &ticket->top_place);
	size_t part = talk_part_at(ticket->talk, &ticket->part_place);
	ticket->part = ticket->part && part < ticket->talk->part_count ? part + 1 : 0;
}

void ticket_layout(struct model *model)
{
	struct ticket_part *ticket = &model->ticket;
	int columns = talk_area(model).columns;
	int rows = ticket_talk_rows(model);
	if (!ticket->view || columns == 0) {
		return;
	}
	bool is_new = !ticket->talk || ticket->talk->columns != columns;
	if (is_new) {
		lay_out(model, columns);
	}
	if (ticket->is_at_end && (is_new || rows != ticket->placed_rows)) {
		ticket->top = first_unread(model);
	}
	ticket->top = ticket->top > last_top(model) ? last_top(model) : ticket->top;
	ticket->placed_rows = rows;
	ticket->top_place = talk_place_of(ticket->talk, ticket->top);
	if (ticket->part) {
		ticket->part_place = talk_part_place(ticket->talk, ticket->part - 1);
	}
}

const struct talk_part *ticket_part(const struct model *model)
{
	const struct ticket_part *ticket = &model->ticket;
	return ticket->talk && ticket->part ? &ticket->talk->parts[ticket->part - 1] : NULL;
}

void ticket_scroll(struct model *model, long lines)
{
	struct ticket_part *ticket = &model->ticket;
	struct layout layout = layout_ticket(model->columns, model->rows, ticket->has_customer);
	if (ticket->view && model->screen == SCREEN_TICKET && ticket->has_customer) {
		customer_move(model, layout.customer, lines);
		return;
	}
	long last = (long)last_top(model);
	long top = (long)ticket->top + lines;
	top = top > last ? last : top;
	ticket->top = top < 0 ? 0 : (size_t)top;
	ticket->is_at_end = (long)ticket->top == last;
}

void ticket_show_line(struct model *model, size_t line)
{
	struct ticket_part *ticket = &model->ticket;
	size_t rows = (size_t)ticket_talk_rows(model);
	if (line < ticket->top) {
		ticket_scroll(model, (long)line - (long)ticket->top);
	} else if (line >= ticket->top + rows) {
		ticket_scroll(model, (long)(line - rows + 1) - (long)ticket->top);
	}
}

/* What came moves nothing that is being read, but for one's own text. */
static void follow_news(struct model *model, size_t entries_before)
{
	struct ticket_part *ticket = &model->ticket;
	const struct talk *talk = ticket->talk;
	bool is_more = talk->entry_count > entries_before;
	bool is_mine = is_more && talk->entries[talk->entry_count - 1].author == model->actor;
	ticket->top = is_mine ? first_unread(model) : ticket->top;
	ticket->is_at_end = ticket->top == last_top(model);
}

static void take_view(struct model *model, struct ticket_view *view, struct effects *effects)
{
	struct ticket_part *ticket = &model->ticket;
	bool is_first = !ticket->view;
	int64_t newest = is_first ? 0 : ticket->newest_seen;
	size_t entries = ticket->talk ? ticket->talk->entry_count : 0;
	ticket_forget_view(ticket);
	ticket->view = talloc_steal(model, view);
	ticket->newest_seen =
		newest > view->row.ticket.newest_public ? newest : view->row.ticket.newest_public;
	if (is_first) {
		ticket->new_after = talk_newest_ours(view);
	}
	bool goes_on = ticket->is_kept && ticket->kept_newest == view->row.ticket.newest_public;
	ticket->is_at_end = is_first && !goes_on;
	ticket->look_at = claim_look_at(&view->row.claim, model->now);
	claims_learn(model, &view->row.claim, effects);
	ticket_layout(model);
	if (!is_first && ticket->talk) {
		follow_news(model, entries);
	}
	struct compose *compose = &model->compose;
	if (compose->ticket == ticket->number) {
		compose_shown(model, view);
	}
	if (screen_is_review(model->screen)) {
		review_check(model);
	}
	if (!is_first && view->row.ticket.newest_public > newest &&
		!view->row.ticket.newest_is_ours) {
		char *text =
			words_put(NULL, _("{0} wrote just now"), view->row.customer_name, NULL);
		notice_say(model, text);
		talloc_free(text);
	}
}

/* A colleague's claim is renewed unseen. */
void ticket_tick(struct model *model, struct effects *effects)
{
	struct ticket_part *ticket = &model->ticket;
	if (ticket->look_at == 0 || model->now < ticket->look_at) {
		return;
	}
	ticket->look_at = 0;
	if (!claims_get(model, ticket->number)) {
		ticket_ask(model, effects);
	}
}

/* It was left, and what a colleague did took it out of the reader's sight: nobody asked for it. */
static bool is_no_news(const struct model *model, const struct error *err)
{
	bool is_hidden = err->code == ERROR_NOT_FOUND || err->code == ERROR_DENIED;
	bool is_shown = model->screen == SCREEN_TICKET || screen_is_writing(model->screen);
	return is_hidden && model->ticket.view && !is_shown;
}

void ticket_came(struct model *model, struct response *response, struct effects *effects)
{
	struct ticket_part *ticket = &model->ticket;
	if (response->effect->request != ticket->request) {
		preview_came(model, response);
		return;
	}
	ticket->request = 0;
	ticket->problem = response->err;
	if (response->ok) {
		ticket->problem = (struct error){0};
		take_view(model, response->ticket, effects);
		return;
	}
	if (!is_no_news(model, &response->err)) {
		notice_error(model, &response->err);
	}
	if (!ticket->view && response->err.code != ERROR_UNAVAILABLE) {
		ticket_back(model, effects); /* an earlier ticket that is not to be seen */
	}
}
