#ifndef ATENDE_TUI_TERM_H
#define ATENDE_TUI_TERM_H

#include "base/error.h"
#include "tui/canvas.h"
#include "tui/key.h"
#include "tui/style.h"

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/*
 * The terminal: raw mode, painting, keys. The only module that knows ncurses; one at a time.
 * Drops LINES and COLUMNS from the environment, honours TERM and falls back to xterm-256color and
 * vt100 for one that is unknown.
 */
struct term;

struct term_options {
	const struct theme *theme;
	int input, output; /* file descriptors of the terminal */
	bool no_colour;	   /* NO_COLOR */
};

/* UNAVAILABLE: reason "no_terminal" when there is none, "poor_terminal" when it can do too little.
 */
bool term_open(
	const void *mem, const struct term_options *options, struct term **term, struct error *err);
void term_close(struct term *term); /* the terminal as it was; NULL is fine */

/* A serial line of 19,200 baud or less: every byte can be seen coming. */
bool term_line_is_slow(int fd);

/* The present size, asked of the terminal. */
void term_size(struct term *term, int *columns, int *rows);

/* Shows the canvas: only what differs from the one before goes out, the cursor last. A canvas of
 * another size than the screen is cut. */
void term_draw(struct term *term, const struct canvas *canvas);

/* Another theme, from the next term_draw on. */
void term_dress(struct term *term, const struct theme *theme);

/* The next term_draw sends everything: Ctrl-L, after a stop. */
void term_repaint(struct term *term);

/* --- input: poll term_fd, then take events until TERM_NOTHING --- */

enum term_event { TERM_NOTHING, TERM_KEY, TERM_PASTE, TERM_GONE };

int term_fd(const struct term *term);
/* How long to wait for the rest of an escape sequence; -1: nothing is pending. */
int term_wait_ms(const struct term *term);
/* Never blocks. *paste is clean text on mem. GONE: hung up. */
enum term_event term_read(struct term *term, const void *mem, struct key *key, char **paste);

/* --- leaving for a while: $EDITOR, Ctrl-Z --- */

void term_leave(struct term *term);
void term_return(struct term *term);

void term_bell(struct term *term);
/*
 * Text for the clipboard of whoever sits at the terminal: OSC 52 (xterm, "Operating System
 * Commands"), in base 64, through GNU screen as it passes strings on. Whether it gets there nobody
 * tells: terminals ask for leave, tmux wants `set-clipboard on`. text is clean, at most COPY_MOST
 * bytes. term_can_copy: false for terminals that are not known to swallow it.
 */
bool term_can_copy(const struct term *term);
void term_copy(struct term *term, const char *text);
/* Sets the window's title where the terminal has one; text is clean. */
void term_title(struct term *term, const char *text);

/* What brings the terminal back after a crash, prepared beforehand: plain data, copied where the
 * handler finds it. */
struct term_rescue {
	int output;
	size_t size;
	char bytes[256];
	struct termios modes;
};
void term_rescue_prepare(const struct term *term, struct term_rescue *rescue);
/* May be called in a signal handler. */
void term_rescue_run(const struct term_rescue *rescue);

#endif
