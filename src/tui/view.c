#include "tui/view.h"

#include "base/mem.h"
#include "tui/frame.h"
#include "tui/i18n.h"

/* From the model to the canvas: one function a screen, then the lines that all screens have. */

static view_fn *const views[SCREENS] = {
	[SCREEN_QUEUE] = view_queue,
	[SCREEN_TICKET] = view_ticket,
	[SCREEN_COMPOSE] = view_compose,
	[SCREEN_REVIEW] = view_review,
	[SCREEN_NOTE_REVIEW] = view_review,
	[SCREEN_FIND] = view_find,
	[SCREEN_DRAFTS] = view_drafts,
	[SCREEN_MESSAGES] = view_messages,
	[SCREEN_HELP] = view_help,
	[SCREEN_OUTBOX] = view_outbox,
	[SCREEN_MEMOS] = view_memos,
	[SCREEN_SHIFT] = view_shift,
	[SCREEN_PAUSED] = view_paused,
	[SCREEN_START] = view_start,
};

bool view_has(enum screen screen)
{
	return views[screen] != NULL;
}

static bool has_status(enum screen screen)
{
	return !screen_is_writing(screen) && screen != SCREEN_PAUSED && screen != SCREEN_START;
}

static bool is_too_small(const struct model *model)
{
	return model->columns < LAYOUT_MIN_COLUMNS || model->rows < LAYOUT_MIN_ROWS;
}

static void paint(const struct model *model, struct canvas *canvas)
{
	if (is_too_small(model)) {
		canvas_text(canvas, 0, 0, model->columns, STYLE_STRONG,
			_("40×8 at least; all is kept"));
		canvas_cursor(canvas, 0, 0);
		return;
	}
	struct frame frame = {model, canvas, mem_context(NULL)};
	views[model->screen](&frame);
	if (has_status(model->screen)) {
		frame_status(&frame);
	}
	frame_last_line(&frame);
	talloc_free(frame.mem);
}

void model_view(const struct model *model, struct canvas *canvas)
{
	canvas_clear(canvas);
	if (model->calm.is_on) {
		struct model still = *model; /* ages and due times are those of the last key */
		still.now = model->calm.at;
		paint(&still, canvas);
	} else {
		paint(model, canvas);
	}
}

void model_view_foot(const struct model *model, struct canvas *canvas)
{
	if (is_too_small(model)) {
		return;
	}
	int row, column;
	bool has_cursor = canvas_cursor_at(canvas, &row, &column);
	struct frame frame = {model, canvas, mem_context(NULL)};
	if (notices_shown(&model->notices) && has_status(model->screen)) {
		frame_status(&frame); /* the one before may have been a line longer */
	}
	frame_last_line(&frame);
	talloc_free(frame.mem);
	if (has_cursor) {
		canvas_cursor(canvas, row, column);
	}
}
