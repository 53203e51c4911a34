#include "tui/term.h"

#include "base/language.h"
#include "base/mem.h"
#include "support/terminal.h"
#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* The real thing on a pty whose other end is a terminal in memory. */

enum { COLUMNS = 40, ROWS = 6 };

struct place {
	int master, slave;
	struct term *term;
	struct terminal *terminal;
	struct canvas *canvas;
	size_t received;
};

static void set_size(const struct place *place, int columns, int rows)
{
	struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
	assert_int_equal(ioctl(place->slave, TIOCSWINSZ, &size), 0);
}

/* What the terminal was sent by now; the pty holds less than a screen, so often. */
static void drain(struct place *place)
{
	struct pollfd poll_fd = {.fd = place->master, .events = POLLIN};
	char bytes[4096];
	while (poll(&poll_fd, 1, 0) == 1) {
		ssize_t n = read(place->master, bytes, sizeof bytes);
		if (n <= 0) {
			break;
		}
		place->received += (size_t)n;
		terminal_feed(place->terminal, bytes, (size_t)n);
	}
	if (terminal_fault(place->terminal)) {
		fail_msg("%s", terminal_fault(place->terminal));
	}
}

static void open_term(struct place *place, const char *name)
{
	struct term_options options = {
		.theme = theme_find(NULL), .input = place->slave, .output = place->slave};
	setenv("TERM", name, 1);
	assert_true(term_open(place, &options, &place->term, NULL));
	drain(place);
}

static int begin(void **state)
{
	struct place *place = mem_new(NULL, struct place);
	place->master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(place->master >= 0 && grantpt(place->master) == 0);
	assert_int_equal(unlockpt(place->master), 0);
	place->slave = open(ptsname(place->master), O_RDWR | O_NOCTTY);
	assert_true(place->slave >= 0);
	place->terminal = terminal_create(place, ROWS, COLUMNS);
	place->canvas = canvas_create(place, COLUMNS, ROWS, false);
	set_size(place, COLUMNS, ROWS);
	setenv("ESCDELAY", "25", 1);
	*state = place;
	return 0;
}

/* The bytes that wait to be read, without a terminal's interpretation but its strict reading. */
static char *received(struct place *place)
{
	struct pollfd poll_fd = {.fd = place->master, .events = POLLIN};
	char *bytes = mem_strdup(place, "");
	char part[4096];
	while (poll(&poll_fd, 1, 0) == 1) {
		ssize_t n = read(place->master, part, sizeof part);
		if (n <= 0) {
			break;
		}
		terminal_feed(place->terminal, part, (size_t)n);
		bytes = mem_printf(place, "%s%.*s", bytes, (int)n, part);
	}
	assert_null(terminal_fault(place->terminal));
	return bytes;
}

static int end(void **state)
{
	struct place *place = *state;
	term_close(place->term);
	close(place->slave);
	close(place->master);
	talloc_free(place);
	return 0;
}

static void draw(struct place *place)
{
	term_draw(place->term, place->canvas);
	drain(place);
}

static void shows_the_canvas(void **state)
{
	struct place *place = *state;
	open_term(place, "xterm-256color");
	canvas_text(place->canvas, 0, 0, COLUMNS, STYLE_NORMAL, "ação 日本 x\u0302");
	canvas_text(place->canvas, 2, 3, COLUMNS, STYLE_ALERT, "late");
	canvas_text(place->canvas, 3, 0, COLUMNS, STYLE_TITLE, "subject");
	canvas_restyle(place->canvas, 4, 0, COLUMNS, STYLE_BAR);
	canvas_text(place->canvas, 5, COLUMNS - 1, 1, STYLE_NORMAL, "."); /* the last cell */
	canvas_cursor(place->canvas, 2, 5);
	draw(place);
	char *line = terminal_line(place, place->terminal, 0);
	assert_string_equal(line, "ação 日本 x\u0302");
	assert_true(terminal_cell(place->terminal, 3, 0).bold);
	assert_int_equal(terminal_cell(place->terminal, 2, 3).foreground, 1);
	assert_true(terminal_cell(place->terminal, 4, 39).reverse);
	assert_string_equal(terminal_cell(place->terminal, 5, 39).text, ".");
	int row, column;
	bool visible;
	terminal_cursor(place->terminal, &row, &column, &visible);
	assert_true(visible && row == 2 && column == 5);
}

/* How long the rest of a sequence is waited for behind an ESC.
 * covers: 7.escdelay */
static int escape_ms(struct place *place)
{
	open_term(place, "xterm-256color");
	assert_int_equal(write(place->master, "\033", 1), 1);
	struct key key;
	char *paste;
	bool is_over = term_read(place->term, place, &key, &paste) == TERM_KEY;
	int wait_ms = is_over ? 0 : term_wait_ms(place->term);
	term_close(place->term);
	place->term = NULL;
	return wait_ms;
}

static void escape_is_waited_for_as_told(void **state)
{
	struct place *place = *state;
	setenv("ESCDELAY", "4000", 1);
	assert_true(escape_ms(place) > 100);
	unsetenv("ESCDELAY");
	unsetenv("SSH_CONNECTION");
	unsetenv("SSH_TTY");
	assert_in_range(escape_ms(place), 0, 25);
	setenv("SSH_TTY", "/dev/pts/1", 1);
	assert_in_range(escape_ms(place), 0, 100);
	unsetenv("SSH_TTY");
}

static void sends_what_differs_alone(void **state)
{
	struct place *place = *state;
	open_term(place, "xterm-256color");
	for (int row = 0; row < ROWS; row++) {
		canvas_text(place->canvas, row, 0, COLUMNS, STYLE_NORMAL, "a line of some words");
	}
	draw(place);
	place->received = 0;
	draw(place);
	assert_int_equal(place->received, 0);
	canvas_text(place->canvas, 3, 2, 4, STYLE_NORMAL, "LINE");
	draw(place);
	assert_true(place->received > 0 && place->received < 24);
	assert_true(terminal_shows(place->terminal, "a LINE of"));
	place->received = 0;
	term_repaint(place->term);
	draw(place);
	assert_true(place->received > 100);
}

static void covers_halves_of_wide_characters(void **state)
{
	struct place *place = *state;
	open_term(place, "xterm-256color");
	canvas_text(place->canvas, 0, 0, COLUMNS, STYLE_NORMAL, "日本語|");
	draw(place);
	canvas_text(place->canvas, 0, 1, 1, STYLE_NORMAL, "x");
	draw(place);
	char *line = terminal_line(place, place->terminal, 0);
	assert_string_equal(line, " x本語|");
	canvas_text(place->canvas, 0, 0, 4, STYLE_NORMAL, "a日b");
	draw(place);
	line = terminal_line(place, place->terminal, 0);
	assert_string_equal(line, "a日b語|");
}

static void follows_the_size(void **state)
{
	struct place *place = *state;
	open_term(place, "xterm-256color");
	draw(place);
	set_size(place, 20, 3);
	terminal_resize(place->terminal, 3, 20);
	canvas_text(place->canvas, 0, 0, COLUMNS, STYLE_NORMAL, "wider than the new screen is");
	draw(place); /* a canvas of the former size is cut */
	char *line = terminal_line(place, place->terminal, 0);
	assert_string_equal(line, "wider than the new s");
	int columns, rows;
	term_size(place->term, &columns, &rows);
	assert_int_equal(columns, 20);
	assert_int_equal(rows, 3);
}

static void comes_back_after_leaving(void **state)
{
	struct place *place = *state;
	open_term(place, "xterm-256color");
	canvas_text(place->canvas, 1, 0, COLUMNS, STYLE_NORMAL, "still here");
	draw(place);
	assert_true(terminal_is_alternate(place->terminal));
	term_leave(place->term);
	drain(place);
	assert_false(terminal_is_alternate(place->terminal));
	term_return(place->term);
	draw(place);
	assert_true(terminal_is_alternate(place->terminal));
	assert_true(terminal_shows(place->terminal, "still here"));
}

static void crash_bytes_restore_the_terminal(void **state)
{
	struct place *place = *state;
	struct termios before, after;
	tcgetattr(place->slave, &before);
	open_term(place, "xterm-256color");
	draw(place);
	struct term_rescue rescue;
	term_rescue_prepare(place->term, &rescue);
	term_rescue_run(&rescue);
	drain(place);
	assert_false(terminal_is_alternate(place->terminal));
	tcgetattr(place->slave, &after);
	assert_int_equal(before.c_lflag, after.c_lflag);
	assert_int_equal(before.c_iflag, after.c_iflag);
}

static enum term_event next_event(struct place *place, struct key *key, char **paste)
{
	enum term_event event = TERM_NOTHING;
	while (event == TERM_NOTHING) {
		struct pollfd poll_fd = {.fd = term_fd(place->term), .events = POLLIN};
		poll(&poll_fd, 1, term_wait_ms(place->term));
		event = term_read(place->term, place, key, paste);
	}
	return event;
}

static void send_keys(const struct place *place, const char *bytes)
{
	assert_int_equal(write(place->master, bytes, strlen(bytes)), strlen(bytes));
}

static void reads_keys_and_pastes(void **state)
{
	struct place *place = *state;
	struct key key;
	char *paste = NULL;
	open_term(place, "xterm-256color");
	assert_int_equal(term_read(place->term, place, &key, &paste), TERM_NOTHING);
	send_keys(place, "\033[B\003\033[200~a\rb\033]0;x\007\033[201~\033");
	assert_int_equal(next_event(place, &key, &paste), TERM_KEY);
	assert_int_equal(key.name, K_DOWN);
	assert_int_equal(next_event(place, &key, &paste), TERM_KEY);
	assert_true(key.ctrl && key.rune == 'c'); /* raw: no signal */
	assert_int_equal(next_event(place, &key, &paste), TERM_PASTE);
	assert_string_equal(paste, "a\nb]0;x");
	assert_int_equal(next_event(place, &key, &paste), TERM_KEY);
	assert_int_equal(key.name, K_ESC);
}

static void unknown_terminals_have_a_fallback(void **state)
{
	struct place *place = *state;
	open_term(place, "no-such-terminal");
	canvas_text(place->canvas, 0, 0, COLUMNS, STYLE_NORMAL, "shown all the same");
	draw(place);
	assert_true(terminal_shows(place->terminal, "shown all the same"));
}

static void says_when_there_is_no_terminal(void **state)
{
	struct place *place = *state;
	struct term_options options = {.theme = theme_find(NULL)};
	options.input = options.output = open("/dev/null", O_RDWR);
	struct error err = {0};
	assert_false(term_open(place, &options, &place->term, &err));
	assert_string_equal(err.reason, "no_terminal");
	assert_non_null(strstr(err.text, "atende queue --json"));
	close(options.input);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

static void it_copies_in_base_64(void **state)
{
	struct place *place = *state;
	unsetenv("STY");
	open_term(place, "xterm-256color");
	assert_true(term_can_copy(place->term));
	term_copy(place->term, "Olá\n; x");
	assert_string_equal(received(place), "\033]52;c;T2zDoQo7IHg=\007");
}

/* GNU screen drops a long string. */
static void it_copies_through_screen_in_pieces(void **state)
{
	struct place *place = *state;
	char text[301];
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	setenv("STY", "1.pts", 1);
	open_term(place, "screen");
	term_copy(place->term, text);
	unsetenv("STY");
	char *bytes = received(place);
	assert_int_equal(strlen(bytes), 400 + strlen("\033P\033]52;c;\033\\\033P\007\033\\"));
	assert_memory_equal(bytes, "\033P\033]52;c;YWFh", 13);
	assert_non_null(strstr(bytes, "YWFh\033\\\033PYWFh"));
}

static void a_terminal_unknown_takes_no_copy(void **state)
{
	struct place *place = *state;
	open_term(place, "vt100");
	assert_false(term_can_copy(place->term));
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		TEST(shows_the_canvas),
		TEST(sends_what_differs_alone),
		TEST(covers_halves_of_wide_characters),
		TEST(follows_the_size),
		TEST(comes_back_after_leaving),
		TEST(escape_is_waited_for_as_told),
		TEST(crash_bytes_restore_the_terminal),
		TEST(reads_keys_and_pastes),
		TEST(unknown_terminals_have_a_fallback),
		TEST(says_when_there_is_no_terminal),
		cmocka_unit_test_setup_teardown(it_copies_in_base_64, begin, end),
		cmocka_unit_test_setup_teardown(it_copies_through_screen_in_pieces, begin, end),
		cmocka_unit_test_setup_teardown(a_terminal_unknown_takes_no_copy, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
