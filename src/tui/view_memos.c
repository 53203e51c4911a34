#include "base/mem.h"
#include "base/text.h"
#include "tui/frame.h"
#include "tui/i18n.h"
#include "tui/words.h"

#include <string.h>

/* What operators told each other. */

static const struct memo *memo_at(const struct frame *frame, size_t at)
{
	return &frame->model->memos.list.items[at];
}

static char *parties(const struct frame *frame, const struct memo *memo)
{
	const struct model *model = frame->model;
	const char *author = memo->author ? model_login(model, memo->author) : _("the desk");
	const char *to = memo->operator_id  ? model_login(model, memo->operator_id)
			 : model->directory ? memo_receiver_word(model->directory, memo, _("all"))
					    : "";
	char *text = words_put(frame->mem, _("{0} to {1}"), author, to, NULL);
	return memo->ticket ? frame_join(frame, text, words_number(frame->mem, memo->ticket))
			    : text;
}

static char *memo_text(const struct frame *frame, size_t at)
{
	const struct memo *memo = memo_at(frame, at);
	char *line = text_clean_line(frame->mem, memo->text, strlen(memo->text), NULL);
	char *when = words_moment(frame->mem, &frame->model->zone, memo->at, frame->model->now);
	return mem_printf(frame->mem, "%s %s  %s: %s", memo->is_unread ? "*" : " ", when,
		parties(frame, memo), line);
}

static char *memos_title(const struct frame *frame)
{
	return mem_strdup(frame->mem, _("Memos: r answers one, Enter opens its ticket"));
}

static const char *memos_empty(const struct frame *frame)
{
	const struct memos_part *memos = &frame->model->memos;
	return memos->mem	     ? _("no memos yet; t r writes one")
	       : memos->problem.code ? words_error(frame->mem, &memos->problem)
				     : "…";
}

static size_t memo_count(const struct model *model)
{
	return model->memos.list.count;
}

const struct list_words memo_words = {memo_count, memos_title, memos_empty, memo_text};

static void memo_line(const struct frame *frame, const void *rows, size_t at, struct area line)
{
	(void)rows;
	enum style style = memo_at(frame, at)->is_unread ? STYLE_NEW : STYLE_NORMAL;
	canvas_text(frame->canvas, line.row, 1, line.columns - 2, style, memo_text(frame, at));
}

static void memo_preview(const struct frame *frame, const struct memo *memo)
{
	const struct model *model = frame->model;
	int first = 2 + list_rows(model);
	int rows = model->rows - 2 - first - 1;
	if (rows < 1) {
		return;
	}
	char *when = words_moment(frame->mem, &model->zone, memo->at, model->now);
	frame_rule(frame, (struct area){first, 0, 1, model->columns}, STYLE_RULE,
		frame_join(frame, parties(frame, memo), when), "");
	struct wrap wrap = wrap_text(frame->mem, memo->text, model->columns - 2 * TALK_GUTTER);
	frame_text(frame, (struct area){first + 1, 0, rows, model->columns}, memo->text, &wrap, 0);
}

void view_memos(const struct frame *frame)
{
	const struct memo *memo = memos_selected(frame->model);
	frame_list(frame, memos_title(frame), memos_empty(frame), memo_line, NULL);
	if (memo) {
		memo_preview(frame, memo);
	}
}
