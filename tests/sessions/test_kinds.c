#include "place.h"

#include "test.h"

#include "base/clock.h"
#include "base/mem.h"
#include "support/program.h"

#include <string.h>
#include <sys/stat.h>

/*
 * Terminals of many kinds, tmux and screen around the console, and what a person's files say about
 * looks and keys.
 * covers: 7.term
 */

static void all_kinds_show_and_come_back(void **state)
{
	static const char *const kinds[] = {"TERM=linux", "TERM=screen", "TERM=tmux-256color",
		"TERM=xterm-mono", "TERM=vt100", "TERM=no-such-terminal"};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		/* newterm of ncurses 6.4 leaks when it knows no such terminal. */
		const char *more[] = {kinds[i], "ASAN_OPTIONS=detect_leaks=0", NULL};
		struct session *ana = place_open(*state, "ana", more);
		session_send(ana, "\033[B\033OB");
		session_send(ana, "\r");
		session_wait_for(ana, "I wanted blue.");
		session_resize(ana, 6, 30);
		session_wait_for(ana, "40×8 at least");
		session_resize(ana, 24, 80);
		session_wait_for(ana, "I wanted blue.");
		session_send(ana, "q");
		session_wait_for(ana, "Broken kettle");
		session_send(ana, "q");
		assert_int_equal(session_wait_end(ana), 0);
		assert_false(terminal_is_alternate(session_terminal(ana)));
	}
}

/* --- the person's files --- */

static void configure(struct place *place, const char *name, const char *text)
{
	mkdir(desk_path(place->desk, "mine"), 0700);
	desk_write(place->desk, mem_printf(place, "mine/%s", name), text);
}

static struct session *open_configured(struct place *place, const char *more)
{
	const char *all[] = {
		mem_printf(place, "ATENDE_CONFIG=%s", desk_path(place->desk, "mine")), more, NULL};
	return place_start(place, "ana", all);
}

static bool has_colour(struct session *session)
{
	struct terminal *terminal = session_terminal(session);
	for (int row = 0; row < terminal_rows(terminal); row++) {
		for (int column = 0; column < terminal_columns(terminal); column++) {
			struct terminal_cell cell = terminal_cell(terminal, row, column);
			if (cell.foreground >= 0 || cell.background >= 0) {
				return true;
			}
		}
	}
	return false;
}

static bool is_coloured(struct session *session, void *data)
{
	return has_colour(session) == (data != NULL);
}

static void colours_are_as_wished(void **state)
{
	struct place *place = *state;
	configure(place, "atende.conf", "theme = dark\n");
	struct session *ana = open_configured(place, NULL);
	session_wait_for(ana, "Wrong colour");
	assert_true(has_colour(ana));
	session_send(ana, ":theme mono\r");
	session_wait(ana, is_coloured, NULL, "no colour");
	session_send(ana, ":theme light\r");
	session_wait(ana, is_coloured, place, "colours");
	session_send(ana, "q");
	assert_int_equal(session_wait_end(ana), 0);
	ana = open_configured(place, "NO_COLOR=1");
	session_wait_for(ana, "Wrong colour");
	assert_false(has_colour(ana));
	configure(place, "atende.conf", "theme = beige\n");
	ana = open_configured(place, NULL);
	session_wait_for(ana, "there is no theme beige; there are default, dark");
	assert_int_equal(session_wait_end(ana), 2);
}

static void the_desk_keeps_the_colours(void **state)
{
	struct place *place = *state;
	struct session *ana = place_open(place, "ana", NULL);
	session_send(ana, ":theme mono\r");
	session_wait(ana, is_coloured, NULL, "no colour");
	session_send(ana, ":columns number subject\r");
	session_wait_gone(ana, "Channel");
	place_wait_desk(place, ana, "ana", "preference", "log", NULL);
	session_send(ana, "q");
	assert_int_equal(session_wait_end(ana), 0);
	ana = place_open(place, "ana", NULL);
	session_wait_gone(ana, "Channel");
	session_wait(ana, is_coloured, NULL, "no colour");
}

static bool has_bar(struct session *session, void *data)
{
	int row, column;
	bool visible;
	terminal_cursor(session_terminal(session), &row, &column, &visible);
	(void)data;
	return terminal_cell(session_terminal(session), row, 10).reverse;
}

static void a_slow_link_has_no_bar(void **state)
{
	struct place *place = *state;
	configure(place, "atende.conf", "link = slow\n");
	struct session *ana = open_configured(place, NULL);
	session_wait_for(ana, "Wrong colour");
	assert_true(place_has_row(ana, "Maria", ">"));
	assert_false(has_bar(ana, NULL));
	configure(place, "atende.conf", "");
	ana = open_configured(place, NULL);
	session_wait(ana, has_bar, NULL, "a bar");
}

static void the_editor_is_the_persons(void **state)
{
	struct place *place = *state;
	char *script = desk_write(place->desk, "editor", "#!/bin/sh\necho 'mine' > \"$1\"\n");
	chmod(script, 0700);
	configure(place, "atende.conf", mem_printf(place, "editor = %s\n", script));
	struct session *ana = open_configured(place, "VISUAL=/nowhere/editor");
	session_wait_for(ana, "Wrong colour");
	place_write(ana, "Dear Maria");
	session_send(ana, "\030\005");
	session_wait_gone(ana, "Dear Maria");
	session_wait_for(ana, "mine");
}

static void keys_are_the_persons(void **state)
{
	struct place *place = *state;
	configure(place, "keys.conf", "claim = F5\n");
	struct session *ana = open_configured(place, NULL);
	session_wait_for(ana, "F5 takes");
	session_send(ana, "\033[15~");
	session_wait_for(ana, "1 with you");
	configure(place, "keys.conf", "claim = F5\nreply = F5\n");
	ana = open_configured(place, NULL);
	session_wait_for(ana, "keys.conf:2:");
	assert_int_equal(session_wait_end(ana), 2);
}

/* --- tmux and screen, where they are --- */

/* The output of a shell command with the desk's environment. */
static char *shell(struct place *place, const char *script)
{
	const char *argv[] = {"/bin/sh", "-c", script, NULL};
	const char *more[] = {mem_printf(place, "ATENDE_PROGRAM=%s", desk_program()),
		"ATENDE_AS=ana",
		mem_printf(place, "SCREENDIR=%s", desk_path(place->desk, "screen")),
		mem_printf(place, "TMUX_TMPDIR=%s", place->desk->path), NULL};
	struct program program = {.argv = argv, .environment = desk_environment(place->desk, more)};
	return program_run(place, &program)->out;
}

/* Asks again and again what the multiplexer shows. */
static void wait_shown(struct place *place, const char *ask, const char *text)
{
	int64_t until = clock_monotonic() + MS_MINUTE;
	char *out;
	do {
		out = shell(place, ask);
		if (strstr(out, text)) {
			return;
		}
	} while (clock_monotonic() < until);
	fail_msg("\"%s\" is not shown:\n%s", text, out);
}

static void try_inside(
	struct place *place, const char *start, const char *ask, const char *type, const char *end)
{
	shell(place, start);
	wait_shown(place, ask, "Wrong colour");
	shell(place, mem_printf(place, type, "jjr"));
	wait_shown(place, ask, "REPLY to lina@example.com");
	shell(place, mem_printf(place, type, "kind words"));
	wait_shown(place, ask, "kind words");
	shell(place, end);
}

static void runs_in_tmux(void **state)
{
	struct place *place = *state;
	if (!*shell(place, "command -v tmux")) {
		skip();
	}
	try_inside(place, "tmux -f /dev/null new-session -d -x 80 -y 24 -s a \"$ATENDE_PROGRAM\"",
		"tmux capture-pane -p -t a", "tmux send-keys -t a -l '%s'", "tmux kill-server");
}

/* hardcopy knows one byte a character. */
static void runs_in_screen(void **state)
{
	struct place *place = *state;
	if (!*shell(place, "command -v screen")) {
		skip();
	}
	try_inside(place,
		"mkdir -m 700 \"$SCREENDIR\"; screen -c /dev/null -U -d -m -S a "
		"\"$ATENDE_PROGRAM\" --ascii",
		"screen -S a -p 0 -X hardcopy \"$HOME/shown\"; cat \"$HOME/shown\"",
		"screen -S a -p 0 -X stuff '%s'", "screen -S a -X quit");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_PLACE(all_kinds_show_and_come_back),
		AT_A_PLACE(colours_are_as_wished),
		AT_A_PLACE(the_desk_keeps_the_colours),
		AT_A_PLACE(a_slow_link_has_no_bar),
		AT_A_PLACE(the_editor_is_the_persons),
		AT_A_PLACE(keys_are_the_persons),
		AT_A_PLACE(runs_in_tmux),
		AT_A_PLACE(runs_in_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
