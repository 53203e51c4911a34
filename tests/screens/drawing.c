#include "drawing.h"

#include "base/mem.h"
#include "base/text.h"
#include "test.h"
#include "tui/term.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* A pty holds less than a screen, so that a thread has to read while term.c writes. It hands over
 * what it read when the mark comes, a byte that no terminal is sent. */
enum { MARK = '\0', CHUNK = 4096 };

struct drawing {
	int master, slave;
	struct term *term;
	struct terminal *terminal;
	const struct theme *theme;
	bool lacks_underline; /* where there is colour */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t marked;
	char *bytes; /* of the thread until is_marked */
	size_t size;
	bool is_marked;
	size_t sent;
};

/* --- the thread --- */

static void take(struct drawing *drawing, const char *bytes, size_t size)
{
	bool has_mark = size > 0 && bytes[size - 1] == MARK;
	pthread_mutex_lock(&drawing->lock);
	drawing->bytes = mem_check(realloc(drawing->bytes, drawing->size + size));
	memcpy(drawing->bytes + drawing->size, bytes, size);
	drawing->size += size - has_mark;
	drawing->is_marked = has_mark;
	if (has_mark) {
		pthread_cond_signal(&drawing->marked);
	}
	pthread_mutex_unlock(&drawing->lock);
}

static void *read_on(void *data)
{
	struct drawing *drawing = data;
	char bytes[CHUNK];
	ssize_t n;
	while ((n = read(drawing->master, bytes, sizeof bytes)) > 0) {
		take(drawing, bytes, (size_t)n);
	}
	return NULL;
}

/* All that was sent by now goes to the terminal. */
static void flush(struct drawing *drawing)
{
	assert_int_equal(write(drawing->slave, &(char){MARK}, 1), 1);
	pthread_mutex_lock(&drawing->lock);
	while (!drawing->is_marked) {
		pthread_cond_wait(&drawing->marked, &drawing->lock);
	}
	terminal_feed(drawing->terminal, drawing->bytes, drawing->size);
	drawing->sent += drawing->size;
	drawing->size = 0;
	drawing->is_marked = false;
	pthread_mutex_unlock(&drawing->lock);
}

/* --- beginning and end --- */

static bool has_colours(const char *kind)
{
	static const char *const without[] = {"vt100", "xterm-mono"};
	for (size_t i = 0; i < ARRAY_LEN(without); i++) {
		if (strcmp(kind, without[i]) == 0) {
			return false;
		}
	}
	return true;
}

static void open_pty(struct drawing *drawing, int columns, int rows)
{
	drawing->master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(drawing->master >= 0);
	assert_int_equal(grantpt(drawing->master), 0);
	assert_int_equal(unlockpt(drawing->master), 0);
	drawing->slave = open(ptsname(drawing->master), O_RDWR | O_NOCTTY);
	assert_true(drawing->slave >= 0);
	struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
	assert_int_equal(ioctl(drawing->slave, TIOCSWINSZ, &size), 0);
}

struct drawing *drawing_open(
	const void *mem, int columns, int rows, const struct theme *theme, bool no_colour)
{
	return drawing_open_on(mem, "xterm-256color", columns, rows, theme, no_colour);
}

struct drawing *drawing_open_on(const void *mem, const char *kind, int columns, int rows,
	const struct theme *theme, bool no_colour)
{
	struct drawing *drawing = mem_new(mem, struct drawing);
	open_pty(drawing, columns, rows);
	drawing->terminal = terminal_create(drawing, rows, columns);
	drawing->theme = no_colour || !has_colours(kind) ? theme_mono() : theme;
	/* Its description says that colour and underline do not go together (ncv). */
	drawing->lacks_underline = strcmp(kind, "linux") == 0;
	pthread_mutex_init(&drawing->lock, NULL);
	pthread_cond_init(&drawing->marked, NULL);
	assert_int_equal(pthread_create(&drawing->thread, NULL, read_on, drawing), 0);
	struct term_options options = {.theme = theme,
		.input = drawing->slave,
		.output = drawing->slave,
		.no_colour = no_colour};
	setenv("TERM", kind, 1);
	assert_true(term_open(drawing, &options, &drawing->term, NULL));
	flush(drawing);
	return drawing;
}

void drawing_close(struct drawing *drawing)
{
	term_close(drawing->term);
	close(drawing->slave);
	pthread_join(drawing->thread, NULL);
	close(drawing->master);
	pthread_mutex_destroy(&drawing->lock);
	pthread_cond_destroy(&drawing->marked);
	free(drawing->bytes);
	talloc_free(drawing);
}

void drawing_draw(struct drawing *drawing, const struct canvas *canvas)
{
	term_draw(drawing->term, canvas);
	flush(drawing);
}

void drawing_resize(struct drawing *drawing, int columns, int rows)
{
	struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
	assert_int_equal(ioctl(drawing->slave, TIOCSWINSZ, &size), 0);
	terminal_resize(drawing->terminal, rows, columns);
}

/* --- what is shown against what was meant --- */

static char *cell_text(const void *mem, const struct canvas *canvas, const struct cell *cell)
{
	uint32_t marks[CELL_MARKS];
	size_t count = cell->width ? canvas_marks(canvas, cell, marks) : 0;
	char *text = mem_array(mem, char, (count + 1) * 4 + 1);
	size_t size = cell->width ? text_encode(cell->rune, text) : 0;
	for (size_t i = 0; i < count; i++) {
		size += text_encode(marks[i], text + size);
	}
	return text;
}

static bool looks_as_meant(
	const struct drawing *drawing, const struct terminal_cell *cell, const struct look *look)
{
	bool has_colour = look->foreground != COLOUR_DEFAULT || look->background != COLOUR_DEFAULT;
	bool underline =
		(look->flags & LOOK_UNDERLINE) && !(drawing->lacks_underline && has_colour);
	return cell->foreground == look->foreground && cell->background == look->background &&
	       cell->bold == ((look->flags & LOOK_BOLD) != 0) &&
	       cell->reverse == ((look->flags & LOOK_REVERSE) != 0) &&
	       cell->underline == underline && !cell->blink && !cell->italic;
}

static char *cell_fault(const void *mem, const struct drawing *drawing, const struct canvas *canvas,
	int row, int column)
{
	const struct cell *meant = canvas_cell(canvas, row, column);
	struct terminal_cell shown = terminal_cell(drawing->terminal, row, column);
	char *text = cell_text(mem, canvas, meant);
	if (strcmp(text, shown.text) != 0) {
		return mem_printf(mem, "row %d, column %d: \"%s\" instead of \"%s\"", row, column,
			shown.text, text);
	}
	talloc_free(text);
	const char *style = style_name(meant->style);
	if (meant->width > 0 &&
		!looks_as_meant(drawing, &shown, &drawing->theme->looks[meant->style])) {
		return mem_printf(
			mem, "row %d, column %d does not look like %s", row, column, style);
	}
	return NULL;
}

static char *cursor_fault(
	const void *mem, const struct drawing *drawing, const struct canvas *canvas)
{
	int row, column, wanted_row, wanted_column;
	bool visible;
	bool wanted = canvas_cursor_at(canvas, &wanted_row, &wanted_column);
	terminal_cursor(drawing->terminal, &row, &column, &visible);
	if (visible != wanted) {
		return mem_strdup(mem, wanted ? "the cursor is hidden" : "the cursor is shown");
	}
	if (wanted && (row != wanted_row || column != wanted_column)) {
		return mem_printf(mem, "the cursor is at %d, %d instead of %d, %d", row, column,
			wanted_row, wanted_column);
	}
	return NULL;
}

char *drawing_fault(const void *mem, const struct drawing *drawing, const struct canvas *canvas)
{
	const char *sent = terminal_fault(drawing->terminal);
	if (sent) {
		return mem_strdup(mem, sent);
	}
	for (int row = 0; row < canvas_rows(canvas); row++) {
		for (int column = 0; column < canvas_columns(canvas); column++) {
			char *fault = cell_fault(mem, drawing, canvas, row, column);
			if (fault) {
				return fault;
			}
		}
	}
	return cursor_fault(mem, drawing, canvas);
}

size_t drawing_sent(struct drawing *drawing)
{
	size_t sent = drawing->sent;
	drawing->sent = 0;
	return sent;
}

const struct terminal *drawing_terminal(const struct drawing *drawing)
{
	return drawing->terminal;
}
