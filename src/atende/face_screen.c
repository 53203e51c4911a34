#include "atende/face.h"

#include "base/mem.h"
#include "tui/canvas.h"
#include "tui/update.h"
#include "tui/view.h"

#include <string.h>

/* A terminal that is painted. */

struct screen_face {
	struct face face;
	struct term *term;
	struct term_rescue rescue;
	struct canvas *canvas;
	char *title;
	bool ascii;
};

static struct screen_face *own(const struct face *face)
{
	return (struct screen_face *)face;
}

static int input_fd(const struct face *face, const struct model *model)
{
	(void)model;
	return term_fd(own(face)->term);
}

static int wait_ms(const struct face *face, const struct model *model)
{
	(void)model;
	return term_wait_ms(own(face)->term);
}

static struct msg *read_input(
	struct face *face, const struct model *model, int64_t now, bool *is_gone)
{
	(void)model;
	struct msg *msg = msg_create(MSG_KEY, now);
	char *paste = NULL;
	enum term_event event = term_read(own(face)->term, msg, &msg->key, &paste);
	if (event == TERM_PASTE) {
		msg->type = MSG_PASTE;
		msg->text = paste;
	} else if (event != TERM_KEY) {
		*is_gone = event == TERM_GONE;
		talloc_free(msg);
		return NULL;
	}
	return msg;
}

static void show(struct face *face, const struct model *model)
{
	struct screen_face *screen = own(face);
	if (model_is_calm(model)) {
		model_view_foot(model, screen->canvas);
	} else {
		model_view(model, screen->canvas);
	}
	term_draw(screen->term, screen->canvas);
	char *title = model_title(model, screen);
	if (!screen->title || strcmp(title, screen->title) != 0) {
		term_title(screen->term, title);
	}
	talloc_free(screen->title);
	screen->title = title;
}

static void resize(struct face *face, int *columns, int *rows)
{
	struct screen_face *screen = own(face);
	term_size(screen->term, columns, rows);
	talloc_free(screen->canvas);
	screen->canvas = canvas_create(screen, *columns, *rows, screen->ascii);
}

static void repaint(struct face *face)
{
	term_repaint(own(face)->term);
}

static void bell(struct face *face)
{
	term_bell(own(face)->term);
}

static void dress(struct face *face, const struct theme *theme)
{
	term_dress(own(face)->term, theme);
}

static void copy(struct face *face, const char *text)
{
	term_copy(own(face)->term, text);
}

static void leave(struct face *face)
{
	term_leave(own(face)->term);
}

static void come_back(struct face *face)
{
	term_return(own(face)->term);
}

static void close_screen(struct face *face)
{
	term_close(own(face)->term);
	talloc_free(face);
}

static const struct face_functions functions = {
	.fd = input_fd,
	.wait_ms = wait_ms,
	.read = read_input,
	.show = show,
	.resize = resize,
	.repaint = repaint,
	.bell = bell,
	.dress = dress,
	.copy = copy,
	.leave = leave,
	.come_back = come_back,
	.close = close_screen,
};

bool face_screen_open(
	const void *mem, const struct face_options *options, struct face **face, struct error *err)
{
	struct screen_face *screen = mem_new(mem, struct screen_face);
	struct term_options term = {.theme = options->theme,
		.input = options->input,
		.output = options->output,
		.no_colour = options->no_colour};
	if (!term_open(screen, &term, &screen->term, err)) {
		talloc_free(screen);
		return false;
	}
	screen->face.can = &functions;
	screen->face.rescue = &screen->rescue;
	screen->face.can_copy = term_can_copy(screen->term);
	screen->ascii = options->ascii;
	term_rescue_prepare(screen->term, &screen->rescue);
	*face = &screen->face;
	return true;
}
