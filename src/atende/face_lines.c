#include "atende/face.h"

#include "atende/lines.h"
#include "base/mem.h"
#include "tui/linear.h"
#include "tui/model.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/*
 * A terminal that takes lines, edited by its person as he is used to: it stays in the mode in which
 * it was found. Also files and pipes, for scripts.
 */

struct lines_face {
	struct face face;
	int input, output;
	bool is_terminal; /* the input: echoes what is typed */
	struct lines lines;
	bool has_prompt; /* stands at the end of what was written */
};

static struct lines_face *own(const struct face *face)
{
	return (struct lines_face *)face;
}

static void write_out(struct lines_face *lines, const char *text)
{
	size_t size = strlen(text);
	while (size > 0 && !lines->face.is_gone) {
		ssize_t n = write(lines->output, text, size);
		if (n < 0 && errno != EINTR) {
			lines->face.is_gone = true;
		}
		n = n > 0 ? n : 0;
		text += n;
		size -= (size_t)n;
	}
}

static int input_fd(const struct face *face, const struct model *model)
{
	return linear_is_ready(model) ? own(face)->input : -1;
}

static int wait_ms(const struct face *face, const struct model *model)
{
	return linear_is_ready(model) && lines_has(&own(face)->lines) ? 0 : -1;
}

static struct msg *read_input(
	struct face *face, const struct model *model, int64_t now, bool *is_gone)
{
	struct lines_face *lines = own(face);
	*is_gone = face->is_gone;
	if (*is_gone || !linear_is_ready(model)) {
		return NULL;
	}
	struct msg *msg = msg_create(MSG_LINE, now);
	msg->line.is_scripted = !lines->is_terminal;
	msg->line.text = lines_take(&lines->lines, lines->input, msg, is_gone);
	if (!msg->line.text) {
		talloc_free(msg);
		return NULL;
	}
	lines->has_prompt = lines->has_prompt && !lines->is_terminal;
	return msg;
}

static void tell(struct face *face, const char *text)
{
	struct lines_face *lines = own(face);
	write_out(lines, lines->has_prompt ? "\n" : "");
	write_out(lines, text);
	lines->has_prompt = false;
}

static void show(struct face *face, const struct model *model)
{
	struct lines_face *lines = own(face);
	if (lines->has_prompt || !linear_is_ready(model)) {
		return;
	}
	void *work = mem_context(NULL);
	write_out(lines, linear_prompt(model, work));
	talloc_free(work);
	lines->has_prompt = true;
}

/* No size is known of what is no terminal, or does not tell it. */
static void resize(struct face *face, int *columns, int *rows)
{
	struct winsize size = {0};
	bool ok = ioctl(own(face)->output, TIOCGWINSZ, &size) == 0;
	*columns = ok ? size.ws_col : 0;
	*rows = ok ? size.ws_row : 0;
}

static void nothing(struct face *face)
{
	(void)face;
}

/* There is nothing to colour. */
static void dress(struct face *face, const struct theme *theme)
{
	(void)face;
	(void)theme;
}

static void come_back(struct face *face)
{
	own(face)->has_prompt = false;
}

static void close_lines(struct face *face)
{
	struct lines_face *lines = own(face);
	write_out(lines, lines->has_prompt ? "\n" : "");
	lines_finish(&lines->lines);
	talloc_free(face);
}

static const struct face_functions functions = {
	.fd = input_fd,
	.wait_ms = wait_ms,
	.read = read_input,
	.show = show,
	.tell = tell,
	.resize = resize,
	.repaint = come_back,
	.bell = nothing,
	.dress = dress,
	.leave = nothing,
	.come_back = come_back,
	.close = close_lines,
};

struct face *face_lines_open(const void *mem, const struct face_options *options)
{
	struct lines_face *lines = mem_new(mem, struct lines_face);
	lines->face.can = &functions;
	lines->face.is_linear = true;
	lines->input = options->input;
	lines->output = options->output;
	lines->is_terminal = isatty(options->input);
	return &lines->face;
}
