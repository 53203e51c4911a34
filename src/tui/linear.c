#include "tui/linear.h"

#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/linear_tell.h"
#include "tui/model.h"
#include "tui/words.h"

/* What is told, and when. */

bool linear_is_ready(const struct model *model)
{
	bool is_listed = model->screen != SCREEN_MEMOS || model->memos.mem;
	return is_listed && model->link.outstanding == 0 && model->keys.awaited == 0 &&
	       !model->compose.is_editing && !model->is_leaving;
}

char *linear_prompt(const struct model *model, const void *mem)
{
	if (model->prompt) {
		return mem_strdup(mem, "? ");
	}
	if (model->screen == SCREEN_COMPOSE) {
		size_t lines = linear_count_lines(editor_text(model->compose.editor));
		return mem_printf(mem, "%zu: ", lines + 1);
	}
	if (screen_is_review(model->screen)) {
		return words_put(
			mem, _("review {0}> "), words_number(mem, model->compose.ticket), NULL);
	}
	int64_t number = model->screen == SCREEN_TICKET ? model->ticket.number : 0;
	return number ? mem_printf(mem, "%lld> ", (long long)number) : mem_strdup(mem, "> ");
}

/* --- notices --- */

static void tell_notices(struct model *model, struct paper *paper)
{
	const struct notices *notices = &model->notices;
	size_t fresh = (size_t)(notices->said - model->linear.notices);
	fresh = fresh < notices->count ? fresh : notices->count;
	for (size_t i = notices->count - fresh; i < notices->count; i++) {
		const struct notice *notice = &notices->items[i];
		if (notice->is_quiet) {
			continue;
		}
		/* What went wrong is answer enough. */
		model->linear.is_asked = model->linear.is_asked && !notice->is_error;
		paper_line(paper, mem_printf(paper->frame.mem, "%s %s",
					  notice->is_error ? "!" : "*", notice->text));
	}
	model->linear.notices = notices->said;
}

/* --- screens --- */

static size_t top_row(const struct model *model)
{
	const struct queue_part *queue = &model->queue;
	for (size_t i = 0; i < queue->count; i++) {
		if (queue->rows[i]->row.ticket.number == model->linear.top) {
			return i;
		}
	}
	return 0;
}

/* The numbers stay with their tickets until other ones are told. */
static void number_rows(struct model *model, size_t first)
{
	struct linear_part *linear = &model->linear;
	const struct queue_part *queue = &model->queue;
	size_t count = queue->count - first;
	linear->row_count = count < LINEAR_ROWS ? count : (size_t)LINEAR_ROWS;
	linear->rows = mem_grow(model, linear->rows, int64_t, LINEAR_ROWS);
	for (size_t i = 0; i < linear->row_count; i++) {
		linear->rows[i] = queue->rows[first + i]->row.ticket.number;
	}
	linear->top = linear->row_count ? linear->rows[0] : 0;
}

static void tell_queue_screen(struct model *model, struct paper *paper)
{
	struct linear_part *linear = &model->linear;
	bool is_back = linear->screen != SCREEN_QUEUE && linear->row_count > 0 &&
		       linear->list == (int)model->queue.list;
	linear->list = (int)model->queue.list;
	if (is_back) {
		tell_counts(paper);
		return;
	}
	size_t first = top_row(model);
	number_rows(model, first);
	tell_queue(paper, first, LINEAR_ROWS);
}

/* Words were just looked for: the text they are in is enough. */
static bool is_found(const struct model *model)
{
	const struct linear_part *linear = &model->linear;
	return linear->has_found && model->ticket.talk && model->ticket.found.id &&
	       linear->screen == SCREEN_TICKET && linear->ticket == model->ticket.number;
}

static void tell_ticket_screen(struct model *model, struct paper *paper)
{
	if (is_found(model)) {
		tell_found(paper);
		return;
	}
	tell_ticket(paper, model->linear.page);
	model->linear.read = model->ticket.number;
}

/* Who answers has heard what he answers. */
static void tell_compose_screen(struct model *model, struct paper *paper)
{
	if (model->linear.read != model->compose.ticket && model->ticket.view) {
		tell_ticket_screen(model, paper);
	}
	tell_compose(paper);
}

static void tell_review_screen(struct model *model, struct paper *paper)
{
	tell_review(paper);
	model->compose.review.shown_at =
		model->now; /* what was typed before it is not meant for it */
}

static void tell_help_screen(struct model *model, struct paper *paper)
{
	screen_back(model);
	tell_commands(paper, model->help_find);
}

static void tell_paused_screen(struct model *model, struct paper *paper)
{
	void *mem = paper->frame.mem;
	paper_line(paper, words_put(mem, _("Pause since {0}"),
				  words_clock(mem, &model->zone, model->paused_at), NULL));
	paper_line(paper, _("An empty line ends it."));
}

static void tell_messages_screen(struct model *model, struct paper *paper)
{
	tell_messages(paper, model->linear.page);
}

static void tell_start_screen(struct model *model, struct paper *paper)
{
	(void)model;
	tell_start(paper);
}

static void tell_list_screen(struct model *model, struct paper *paper)
{
	tell_list(paper, model->linear.page);
}

typedef void tell_fn(struct model *model, struct paper *paper);

static tell_fn *const tellers[SCREENS] = {
	[SCREEN_QUEUE] = tell_queue_screen,
	[SCREEN_TICKET] = tell_ticket_screen,
	[SCREEN_COMPOSE] = tell_compose_screen,
	[SCREEN_REVIEW] = tell_review_screen,
	[SCREEN_NOTE_REVIEW] = tell_review_screen,
	[SCREEN_FIND] = tell_list_screen,
	[SCREEN_DRAFTS] = tell_list_screen,
	[SCREEN_MESSAGES] = tell_messages_screen,
	[SCREEN_HELP] = tell_help_screen,
	[SCREEN_OUTBOX] = tell_list_screen,
	[SCREEN_MEMOS] = tell_list_screen,
	[SCREEN_SHIFT] = tell_list_screen,
	[SCREEN_PAUSED] = tell_paused_screen,
	[SCREEN_START] = tell_start_screen,
};

bool linear_has(enum screen screen)
{
	return tellers[screen] != NULL;
}

static bool is_elsewhere(const struct model *model)
{
	const struct linear_part *linear = &model->linear;
	return !linear->has_told || linear->screen != model->screen ||
	       linear->ticket != model_work(model) ||
	       (model->screen == SCREEN_QUEUE && linear->list != (int)model->queue.list);
}

static void tell_screen(struct model *model, struct paper *paper)
{
	struct linear_part *linear = &model->linear;
	bool is_new = is_elsewhere(model);
	linear->page = is_new ? 0 : linear->page;
	tellers[model->screen](model, paper);
	linear->screen = model->screen;
	linear->ticket = model_work(model);
	linear->has_told = true;
}

static void tell_extra(struct model *model, struct paper *paper)
{
	char *extra = model->linear.extra;
	if (!extra) {
		return;
	}
	paper->text = mem_printf(paper->frame.mem, "%s%s", paper->text, extra);
	talloc_free(extra);
	model->linear.extra = NULL;
}

static void tell_outcome(struct model *model, struct paper *paper)
{
	struct linear_part *linear = &model->linear;
	const struct prompt *prompt = model->prompt;
	if (prompt) {
		if (linear->has_line || prompt->serial != linear->prompt) {
			tell_prompt(paper);
		}
		linear->prompt = prompt->serial;
	} else if (is_elsewhere(model) || linear->is_asked) {
		tell_screen(model, paper);
	}
	linear->has_line = false;
	/* A chain of questions that alters nothing ends with the screen. */
	linear->is_asked = linear->is_asked && prompt;
}

void linear_tell(struct model *model, struct effects *effects)
{
	if (!model->linear.is_on) {
		return;
	}
	struct paper paper = {.frame = {.model = model, .mem = mem_context(NULL)}};
	paper.text = mem_strdup(paper.frame.mem, "");
	tell_notices(model, &paper);
	if (linear_is_ready(model)) {
		tell_extra(model, &paper);
		tell_outcome(model, &paper);
	}
	if (*paper.text) {
		struct effect *effect = effects_add(effects, EFFECT_TELL);
		effect->text = paper_fit(&paper, effect);
	}
	talloc_free(paper.frame.mem);
}

/* --- pages --- */

static void turn_queue(struct model *model, int by, struct effects *effects)
{
	struct linear_part *linear = &model->linear;
	struct queue_part *queue = &model->queue;
	long at = (long)top_row(model) + (long)by * LINEAR_ROWS;
	if (at >= (long)queue->count) {
		notice_say(model, _("the list ends here"));
		return;
	}
	at = at < 0 ? 0 : at;
	queue_move(model, at - (long)queue->cursor, effects);
	linear->top = queue_selected(model);
	linear->is_asked = true;
}

/* Told from the end: the newest first, what was before them on demand. */
static bool is_from_end(enum screen screen)
{
	return screen == SCREEN_TICKET || screen == SCREEN_MESSAGES;
}

static size_t page_count(const struct model *model)
{
	const struct talk *talk = model->ticket.talk;
	bool is_ticket = model->screen == SCREEN_TICKET;
	size_t count = is_ticket			  ? (talk ? talk->entry_count : 0)
		       : model->screen == SCREEN_MESSAGES ? model->notices.count
							  : list_count(model);
	size_t size = is_ticket ? LINEAR_TEXTS : LINEAR_ROWS;
	return count ? (count + size - 1) / size : 1;
}

void linear_page(struct model *model, int by, struct effects *effects)
{
	struct linear_part *linear = &model->linear;
	if (model->screen == SCREEN_QUEUE) {
		turn_queue(model, by, effects);
		return;
	}
	by = is_from_end(model->screen) ? -by : by;
	if ((by < 0 && linear->page == 0) || (by > 0 && linear->page + 1 >= page_count(model))) {
		notice_say(model, _("there is no more"));
		return;
	}
	linear->page = by < 0 ? linear->page - 1 : linear->page + 1;
	linear->is_asked = true;
}
