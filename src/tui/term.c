#include "tui/term.h"

#include "term_input.h"

#include "base/base64.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <ncurses.h>

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"

struct term {
	SCREEN *screen;
	FILE *in, *out;
	struct term_input input;
	struct termios modes; /* as they were found */
	attr_t attributes[STYLES];
	short pairs[STYLES];
	struct canvas *shown; /* what the terminal shows; NULL: unknown */
	int cursor;	      /* as curs_set: 0, 1 */
	bool no_colour;
	bool is_ansi; /* may be sent what terminfo does not describe */
	bool has_title;
	bool is_in_screen; /* GNU screen, not tmux, which may call itself so */
};

/* A string of the terminal's description, NULL when it has none. */
static char *capability(const char *name)
{
	char *text = tigetstr(name);
	return text != (char *)-1 ? text : NULL;
}

static SCREEN *open_screen(FILE *out, FILE *in)
{
	static const char *const fallbacks[] = {NULL, "xterm-256color", "vt100"};
	for (size_t i = 0; i < ARRAY_LEN(fallbacks); i++) {
		const char *name = fallbacks[i] ? fallbacks[i] : getenv("TERM");
		SCREEN *screen = name && *name ? newterm(name, out, in) : NULL;
		if (screen) {
			return screen;
		}
	}
	return NULL;
}

static bool no_terminal(struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "no_terminal",
		N_("there is no terminal here to draw on; for the list of open tickets run: "
		   "atende queue --json"),
		NULL);
}

static bool poor_terminal(struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "poor_terminal",
		N_("this terminal cannot place its cursor; use another one, or set TERM to what it "
		   "is"),
		NULL);
}

static void close_files(struct term *term)
{
	if (term->in) {
		fclose(term->in);
	}
	if (term->out) {
		fclose(term->out);
	}
}

/* Colours that the terminal lacks would come out black on black: then there are none. */
static const struct theme *usable_theme(const struct theme *theme, bool no_colour)
{
	bool colours = !no_colour && has_colors() && start_color() == OK && COLORS >= 8 &&
		       use_default_colors() == OK;
	return colours ? theme : theme_mono();
}

static short pair_of(struct term *term, const struct theme *theme, int style, short *count)
{
	const struct look *look = &theme->looks[style];
	if (look->foreground == COLOUR_DEFAULT && look->background == COLOUR_DEFAULT) {
		return 0;
	}
	for (int i = 0; i < style; i++) {
		if (theme->looks[i].foreground == look->foreground &&
			theme->looks[i].background == look->background) {
			return term->pairs[i];
		}
	}
	short pair = ++*count;
	return pair < COLOR_PAIRS && init_pair(pair, look->foreground, look->background) == OK
		       ? pair
		       : 0;
}

static void set_looks(struct term *term, const struct theme *theme)
{
	static const struct {
		uint8_t flag;
		attr_t attribute;
	} flags[] = {{LOOK_BOLD, A_BOLD}, {LOOK_DIM, A_DIM}, {LOOK_REVERSE, A_REVERSE},
		{LOOK_UNDERLINE, A_UNDERLINE}};
	short count = 0;
	for (int style = 0; style < STYLES; style++) {
		term->attributes[style] = 0;
		for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
			if (theme->looks[style].flags & flags[i].flag) {
				term->attributes[style] |= flags[i].attribute;
			}
		}
		term->pairs[style] = pair_of(term, theme, style, &count);
	}
}

/* Keys as this terminal's description has them, for those whose sequences are its own. */
static void learn_keys(struct decoder *decoder)
{
	static const struct {
		const char *capability;
		enum key_name name;
	} keys[] = {{"kcuu1", K_UP}, {"kcud1", K_DOWN}, {"kcub1", K_LEFT}, {"kcuf1", K_RIGHT},
		{"khome", K_HOME}, {"kend", K_END}, {"kpp", K_PAGE_UP}, {"knp", K_PAGE_DOWN},
		{"kdch1", K_DELETE}, {"kich1", K_INSERT}, {"kf1", K_F1}, {"kf2", K_F2},
		{"kf3", K_F3}, {"kf4", K_F4}, {"kf5", K_F5}, {"kf6", K_F6}, {"kf7", K_F7},
		{"kf8", K_F8}, {"kf9", K_F9}, {"kf10", K_F10}, {"kf11", K_F11}, {"kf12", K_F12}};
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		char *sequence = capability(keys[i].capability);
		if (sequence) {
			decoder_learn(decoder, sequence, (struct key){.name = keys[i].name});
		}
	}
}

static void send_bytes(const struct term *term, const char *bytes)
{
	fputs(bytes, term->out);
	fflush(term->out);
}

/* Terminals that are known to take a title; others would print it. */
static bool takes_title(const char *name)
{
	static const char *const known[] = {"xterm", "rxvt", "screen", "tmux", "alacritty", "foot",
		"kitty", "konsole", "st-", "vte"};
	for (size_t i = 0; name && i < ARRAY_LEN(known); i++) {
		if (strncmp(name, known[i], strlen(known[i])) == 0) {
			return true;
		}
	}
	return false;
}

static bool start_screen(struct term *term, const struct term_options *options, struct error *err)
{
	term->in = fdopen(dup(options->input), "r");
	term->out = fdopen(dup(options->output), "w");
	if (!term->in || !term->out) {
		return no_terminal(err);
	}
	term->screen = open_screen(term->out, term->in);
	if (!term->screen) {
		return poor_terminal(err);
	}
	if (!capability("cup")) {
		endwin();
		delscreen(term->screen);
		term->screen = NULL;
		return poor_terminal(err);
	}
	return true;
}

bool term_open(const void *mem, const struct term_options *options, struct term **opened,
	struct error *err)
{
	if (!isatty(options->input) || !isatty(options->output)) {
		return no_terminal(err);
	}
	unsetenv("LINES");
	unsetenv("COLUMNS");
	struct term *term = mem_new(mem, struct term);
	tcgetattr(options->input, &term->modes);
	if (!start_screen(term, options, err)) {
		close_files(term);
		talloc_free(term);
		return false;
	}
	raw();
	noecho();
	nonl();
	typeahead(-1); /* a frame is never left half painted */
	idlok(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	term->cursor = 1;
	term->no_colour = options->no_colour;
	set_looks(term, usable_theme(options->theme, term->no_colour));
	term_input_init(&term->input, term, options->input);
	learn_keys(term->input.decoder);
	term->is_ansi = strncmp(capability("cup"), "\033[", 2) == 0;
	term->has_title = term->is_ansi && takes_title(getenv("TERM"));
	term->is_in_screen = getenv("STY") && !getenv("TMUX");
	refresh();
	send_bytes(term, term->is_ansi ? PASTE_ON : "");
	send_bytes(term, term->has_title ? "\033[22;0;0t" : "");
	*opened = term;
	return true;
}

void term_close(struct term *term)
{
	if (!term) {
		return;
	}
	send_bytes(term, term->is_ansi ? PASTE_OFF : "");
	send_bytes(term, term->has_title ? "\033[23;0;0t" : "");
	curs_set(1);
	endwin();
	delscreen(term->screen);
	tcsetattr(term->input.fd, TCSADRAIN, &term->modes);
	close_files(term);
	talloc_free(term);
}

bool term_line_is_slow(int fd)
{
	static const speed_t slow[] = {
		B110, B134, B150, B200, B300, B600, B1200, B1800, B2400, B4800, B9600, B19200};
	struct termios modes;
	if (tcgetattr(fd, &modes) != 0) {
		return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(slow); i++) {
		if (cfgetospeed(&modes) == slow[i]) {
			return true;
		}
	}
	return false;
}

void term_size(struct term *term, int *columns, int *rows)
{
	struct winsize size = {0};
	bool ok = ioctl(fileno(term->out), TIOCGWINSZ, &size) == 0;
	*columns = ok && size.ws_col > 0 ? size.ws_col : COLS;
	*rows = ok && size.ws_row > 0 ? size.ws_row : LINES;
}

static void put_cell(const struct term *term, const struct canvas *canvas, int row, int column)
{
	const struct cell *cell = canvas_cell(canvas, row, column);
	if (cell->width == 0) {
		return;
	}
	uint32_t marks[CELL_MARKS];
	size_t count = canvas_marks(canvas, cell, marks);
	wchar_t text[CELL_MARKS + 2] = {(wchar_t)cell->rune};
	for (size_t i = 0; i < count; i++) {
		text[i + 1] = (wchar_t)marks[i];
	}
	cchar_t picture;
	setcchar(&picture, text, term->attributes[cell->style], term->pairs[cell->style], NULL);
	mvadd_wch(row, column, &picture);
}

/* Fits curses and the memory of what is shown to the present size. */
static void follow_size(struct term *term, const struct canvas *canvas)
{
	int columns, rows;
	term_size(term, &columns, &rows);
	if (columns != COLS || rows != LINES) {
		resizeterm(rows, columns);
		clearok(curscr, TRUE);
		talloc_free(term->shown);
		term->shown = NULL;
	}
	if (term->shown && (canvas_columns(term->shown) != canvas_columns(canvas) ||
				   canvas_rows(term->shown) != canvas_rows(canvas))) {
		talloc_free(term->shown);
		term->shown = NULL;
	}
}

static void put_cursor(struct term *term, const struct canvas *canvas)
{
	int row, column;
	bool visible = canvas_cursor_at(canvas, &row, &column);
	if (visible != (term->cursor != 0)) {
		term->cursor = visible;
		curs_set(term->cursor);
	}
	if (visible) {
		move(row < LINES ? row : LINES - 1, column < COLS ? column : COLS - 1);
	}
}

void term_draw(struct term *term, const struct canvas *canvas)
{
	follow_size(term, canvas);
	if (!term->shown) {
		erase();
	}
	int columns = canvas_columns(canvas) < COLS ? canvas_columns(canvas) : COLS;
	int rows = canvas_rows(canvas) < LINES ? canvas_rows(canvas) : LINES;
	for (int row = 0; row < rows; row++) {
		for (int column = 0; column < columns; column++) {
			if (!term->shown || !canvas_cell_equal(term->shown, canvas, row, column)) {
				put_cell(term, canvas, row, column);
			}
		}
	}
	if (!term->shown) {
		term->shown = canvas_create(
			term, canvas_columns(canvas), canvas_rows(canvas), canvas_is_ascii(canvas));
	}
	canvas_copy(term->shown, canvas);
	put_cursor(term, canvas);
	refresh();
}

void term_repaint(struct term *term)
{
	talloc_free(term->shown);
	term->shown = NULL;
	clearok(curscr, TRUE);
}

void term_dress(struct term *term, const struct theme *theme)
{
	set_looks(term, usable_theme(theme, term->no_colour));
	term_repaint(term);
}

int term_fd(const struct term *term)
{
	return term->input.fd;
}

int term_wait_ms(const struct term *term)
{
	return term_input_wait_ms(&term->input);
}

enum term_event term_read(struct term *term, const void *mem, struct key *key, char **paste)
{
	return term_input_read(&term->input, mem, key, paste);
}

void term_leave(struct term *term)
{
	send_bytes(term, term->is_ansi ? PASTE_OFF : "");
	curs_set(1);
	endwin();
	tcsetattr(term->input.fd, TCSADRAIN, &term->modes);
}

void term_return(struct term *term)
{
	reset_prog_mode();
	curs_set(term->cursor);
	term_repaint(term);
	refresh();
	send_bytes(term, term->is_ansi ? PASTE_ON : "");
}

void term_bell(struct term *term)
{
	(void)term;
	beep();
}

void term_title(struct term *term, const char *text)
{
	if (term->has_title) {
		fprintf(term->out, "\033]2;%s\007", text);
		fflush(term->out);
	}
}

bool term_can_copy(const struct term *term)
{
	return term->has_title;
}

/* screen passes on what stands in a string of its own, and drops one of more than 256 bytes. */
static void send_through_screen(const struct term *term, const char *base64)
{
	enum { CHUNK = 200 };
	fputs("\033P\033]52;c;", term->out);
	for (size_t at = 0; base64[at]; at += strnlen(base64 + at, CHUNK)) {
		fprintf(term->out, "%s%.*s", at ? "\033\\\033P" : "", CHUNK, base64 + at);
	}
	fputs("\007\033\\", term->out);
}

void term_copy(struct term *term, const char *text)
{
	char *base64 = base64_encode(NULL, text, strlen(text));
	if (term->is_in_screen) {
		send_through_screen(term, base64);
	} else {
		fprintf(term->out, "\033]52;c;%s\007", base64);
	}
	fflush(term->out);
	talloc_free(base64);
}

/* Without the padding that tputs would have waited for. */
static void append_text(struct term_rescue *rescue, const char *text)
{
	for (const char *at = text; at && *at; at++) {
		if (at[0] == '$' && at[1] == '<') {
			at = strchr(at, '>');
			if (!at) {
				return;
			}
			continue;
		}
		if (rescue->size < sizeof rescue->bytes) {
			rescue->bytes[rescue->size++] = *at;
		}
	}
}

void term_rescue_prepare(const struct term *term, struct term_rescue *rescue)
{
	*rescue = (struct term_rescue){.output = fileno(term->out), .modes = term->modes};
	append_text(rescue, term->is_ansi ? PASTE_OFF : "");
	append_text(rescue, capability("sgr0"));
	append_text(rescue, capability("op"));
	append_text(rescue, capability("cnorm"));
	append_text(rescue, capability("rmcup"));
	append_text(rescue, "\r\n");
}

void term_rescue_run(const struct term_rescue *rescue)
{
	size_t sent = 0;
	while (sent < rescue->size) {
		ssize_t n = write(rescue->output, rescue->bytes + sent, rescue->size - sent);
		if (n <= 0) {
			break;
		}
		sent += (size_t)n;
	}
	tcsetattr(rescue->output, TCSANOW, &rescue->modes);
}
