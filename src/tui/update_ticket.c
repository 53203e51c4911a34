#include "base/mem.h"
#include "tui/customer_lines.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* The ticket on the screen, and the one beside the list. */

enum { PREVIEW_MS = 150 };

void ticket_ask(struct model *model, struct effects *effects)
{
	if (model->ticket.number == 0) {
		return;
	}
	struct effect *effect = request_ask(model, EFFECT_TICKET, effects);
	effect->ticket = model->ticket.number;
	model->ticket.request = effect->request;
}

static void forget_view(struct ticket_part *ticket)
{
	talloc_free(ticket->talk);
	talloc_free(ticket->view);
	ticket->talk = NULL;
	ticket->view = NULL;
}

void ticket_open(struct model *model, int64_t number, struct effects *effects)
{
	struct ticket_part *ticket = &model->ticket;
	if (ticket->number != number) {
		forget_view(ticket);
		talloc_free(ticket->find);
		*ticket = (struct ticket_part){
			.number = number, .is_at_end = true, .has_customer = ticket->has_customer};
	}
	ticket_ask(model, effects);
}

static struct area talk_area(const struct model *model)
{
	struct layout layout = screen_is_writing(model->screen)
				       ? layout_compose(model->columns, model->rows)
				       : layout_ticket(model->columns, model->rows, false);
	return layout.list;
}

static bool has_draft(const struct model *model)
{
	return drafts_find(model, model->ticket.number, DRAFT_REPLY) ||
	       drafts_find(model, model->ticket.number, DRAFT_NOTE);
}

int ticket_talk_rows(const struct model *model)
{
	int rows = talk_area(model).rows;
	if (!screen_is_writing(model->screen) && has_draft(model)) {
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

void ticket_layout(struct model *model)
{
	struct ticket_part *ticket = &model->ticket;
	int columns = talk_area(model).columns;
	if (!ticket->view || columns == 0) {
		return;
	}
	if (!ticket->talk || ticket->talk->columns != columns) {
		talloc_free(ticket->talk);
		ticket->talk = talk_create(model, ticket->view, columns, ticket->new_after);
	}
	if (ticket->is_at_end || ticket->top > last_top(model)) {
		ticket->top = last_top(model);
	}
}

static void customer_scroll(struct model *model, struct area area, long lines)
{
	struct ticket_part *ticket = &model->ticket;
	struct customer_lines *all = customer_lines_create(NULL, model, ticket->view, area.columns);
	long last = (long)all->count - area.rows;
	long top = (long)ticket->customer_top + lines;
	top = top > last ? last : top;
	ticket->customer_top = top < 0 ? 0 : (size_t)top;
	talloc_free(all);
}

void ticket_scroll(struct model *model, long lines)
{
	struct ticket_part *ticket = &model->ticket;
	struct layout layout = layout_ticket(model->columns, model->rows, ticket->has_customer);
	if (ticket->view && model->screen == SCREEN_TICKET && layout.list.rows == 0) {
		customer_scroll(model, layout.customer, lines);
		return;
	}
	long last = (long)last_top(model);
	long top = (long)ticket->top + lines;
	top = top > last ? last : top;
	ticket->top = top < 0 ? 0 : (size_t)top;
	ticket->is_at_end = (long)ticket->top == last;
}

static void take_view(struct model *model, struct ticket_view *view)
{
	struct ticket_part *ticket = &model->ticket;
	bool is_first = !ticket->view;
	int64_t newest = is_first ? 0 : ticket->view->row.ticket.newest_public;
	forget_view(ticket);
	ticket->view = talloc_steal(model, view);
	if (is_first) {
		ticket->new_after = talk_newest_ours(view);
	}
	ticket->look_at = claim_look_at(&view->row.claim, model->now);
	claims_learn(model, &view->row.claim);
	ticket_layout(model);
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

static void preview_came(struct model *model, struct response *response)
{
	struct preview_part *preview = &model->preview;
	if (response->effect->request != preview->request) {
		return;
	}
	preview->request = 0;
	talloc_free(preview->talk);
	talloc_free(preview->view);
	preview->talk = NULL;
	preview->view = response->ok ? talloc_steal(model, response->ticket) : NULL;
}

void ticket_came(struct model *model, struct response *response, struct effects *effects)
{
	(void)effects;
	struct ticket_part *ticket = &model->ticket;
	if (response->effect->request != ticket->request) {
		preview_came(model, response);
		return;
	}
	ticket->request = 0;
	ticket->problem = response->err;
	if (response->ok) {
		ticket->problem = (struct error){0};
		take_view(model, response->ticket);
	} else {
		notice_error(model, &response->err);
	}
}

/* --- the preview follows the cursor when the keys rest --- */

static bool is_preview_shown(const struct model *model)
{
	struct layout layout = layout_queue(model->columns, model->rows, model->preview.is_wished);
	return model->screen == SCREEN_QUEUE && layout.preview.rows > 0;
}

void preview_layout(struct model *model)
{
	struct preview_part *preview = &model->preview;
	struct layout layout = layout_queue(model->columns, model->rows, preview->is_wished);
	bool is_laid_out = preview->talk && preview->talk->columns == layout.preview.columns;
	if (!preview->view || layout.preview.rows == 0 || is_laid_out) {
		return;
	}
	talloc_free(preview->talk);
	preview->talk = talk_create(
		model, preview->view, layout.preview.columns, talk_newest_ours(preview->view));
}

void preview_follow(struct model *model)
{
	struct preview_part *preview = &model->preview;
	int64_t selected = queue_selected(model);
	if (!is_preview_shown(model) || selected == preview->number) {
		return;
	}
	preview->number = selected;
	preview->request = 0;
	preview->ask_at = selected ? model->now + PREVIEW_MS : 0;
}

void preview_tick(struct model *model, struct effects *effects)
{
	struct preview_part *preview = &model->preview;
	if (preview->ask_at == 0 || model->now < preview->ask_at) {
		return;
	}
	preview->ask_at = 0;
	struct effect *effect = request_ask(model, EFFECT_TICKET, effects);
	effect->ticket = preview->number;
	preview->request = effect->request;
}
