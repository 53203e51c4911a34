#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* Moving about: the cursor, the screens. */

static void move(struct model *model, long lines, struct effects *effects)
{
	if (model->screen == SCREEN_QUEUE) {
		queue_move(model, lines, effects);
	} else if (model->screen == SCREEN_TICKET) {
		ticket_scroll(model, lines);
	} else {
		list_move(model, lines);
		find_more(model, effects);
	}
}

static long page(const struct model *model)
{
	long rows = model->screen == SCREEN_TICKET
			    ? ticket_talk_rows(model)
			    : layout_queue(model->columns, model->rows, model->preview.is_wished)
				      .list.rows;
	return rows > 2 ? rows - 1 : 1;
}

void move_down(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	move(model, 1, effects);
}

void move_up(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	move(model, -1, effects);
}

void move_page_down(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	move(model, page(model), effects);
}

void move_page_up(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	move(model, -page(model), effects);
}

enum { FAR = 1000000 };

void move_home(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (model->screen == SCREEN_QUEUE) {
		queue_home(model, effects);
	} else {
		move(model, -FAR, effects);
	}
}

void move_end(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (model->screen == SCREEN_QUEUE) {
		queue_end(model, effects);
	} else {
		move(model, FAR, effects);
	}
}

/* The conversation above the text being written. */
static void scroll_talk(struct model *model, long lines)
{
	if (screen_is_review(model->screen)) {
		review_scroll(model, lines);
		return;
	}
	ticket_scroll(
		model, lines * (ticket_talk_rows(model) > 2 ? ticket_talk_rows(model) - 1 : 1));
}

void talk_up(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	scroll_talk(model, -1);
}

void talk_down(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	scroll_talk(model, 1);
}

void move_open(struct model *model, const struct call *call, struct effects *effects)
{
	ticket_open(model, call->ticket, effects);
	screen_show(model, SCREEN_TICKET);
}

void move_back(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	bool is_ticket = model->screen == SCREEN_TICKET;
	if (is_ticket && model->ticket.has_customer) {
		model->ticket.has_customer = false;
	} else if (!is_ticket || !ticket_back(model, effects)) {
		screen_back(model);
		preview_follow(model);
	}
}

/* --- leaving --- */

void console_leave(struct model *model, struct effects *effects)
{
	compose_save(model, true, effects);
	jot_save(model, true, effects);
	for (size_t i = 0; i < model->claims.count; i++) {
		claims_end_span(model, &model->claims.items[i], effects);
	}
	presence_leave(model, effects);
	effects_add(effects, EFFECT_QUIT);
	model->is_leaving = true;
}

void console_leave_asked(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)text;
	if (item->value) {
		console_leave(model, effects);
	}
}

void move_quit(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	size_t claims = model->claims.count;
	size_t drafts = drafts_count(model);
	if (claims == 0 && drafts == 0) {
		console_leave(model, effects);
		return;
	}
	void *work = mem_context(NULL);
	const char *what = claims ? words_put(work,
					    ngettext("{0} ticket is with you",
						    "{0} tickets are with you", claims),
					    words_number(work, (int64_t)claims), NULL)
				  : "";
	const char *texts =
		drafts ? words_put(work,
				 ngettext("{0} draft is kept", "{0} drafts are kept", drafts),
				 words_number(work, (int64_t)drafts), NULL)
		       : "";
	const char *title = words_put(work, _("{0}{1}{2}. Leave? (g e ends the shift)"), what,
		*what && *texts ? ", " : "", texts, NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_ASK, title, NULL, console_leave_asked);
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
	talloc_free(work);
}

/* --- from ticket to ticket --- */

static void go_beside(struct model *model, long step, struct effects *effects)
{
	int64_t before = queue_selected(model);
	queue_move(model, step, effects);
	int64_t number = queue_selected(model);
	if (number == 0 || number == before) {
		notice_say(model, _("the list ends here"));
		return;
	}
	ticket_open(model, number, effects);
}

void move_next_ticket(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	go_beside(model, 1, effects);
}

void move_previous_ticket(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	go_beside(model, -1, effects);
}

void move_next_tab(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	enum queue_list next = model->queue.list < LIST_OVERDUE
				       ? (enum queue_list)(model->queue.list + 1)
				       : LIST_QUEUE;
	queue_show(model, next, effects);
}
