#include "place.h"

#include "test.h"

#include "base/mem.h"

#include <signal.h>
#include <string.h>

/* No end of the console loses a word. */

static const char text[] = "The spare part is on its way.";

static void killed_while_typing(void **state)
{
	struct place *place = *state;
	struct session *ana = place_open(place, "ana", NULL);
	place_write(ana, text);
	place_wait_spooled(place, ana, text);
	session_signal(ana, SIGKILL);
	assert_int_equal(session_wait_end(ana), 128 + SIGKILL);
	ana = place_open(place, "ana", NULL);
	session_wait_for(ana, "d  1001");
	session_wait_for(ana, "1 draft");
	place_wait_desk(place, ana, "ana", text, "drafts", NULL);
	session_send(ana, "e");
	session_wait_for(ana, "REPLY to maria@example.com");
	session_wait_for(ana, text);
	place_review(ana, "y");
	session_wait_for(ana, "(u takes it back)");
	place_wait_unspooled(place, ana);
}

static bool is_still_claimed(struct place *place)
{
	char *shown = desk_do(place->desk, "bruno", NULL, "show", "1001", "--json", NULL);
	return strstr(shown, "\"claimed_by\":\"ana\"") != NULL;
}

static void assert_all_is_kept(struct place *place)
{
	char *drafts = desk_do(place->desk, "ana", NULL, "drafts", "--json", NULL);
	assert_non_null(strstr(drafts, text));
	assert_true(is_still_claimed(place));
	struct session *ana = place_open(place, "ana", NULL);
	session_wait_for(ana, "1 draft");
	session_send(ana, "e");
	session_wait_for(ana, text);
	session_wait_for(ana, "with you");
}

/* The last key is neither in the spool nor on the desk when the end comes. */
static void ended_by_a_signal(void **state)
{
	static const int numbers[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
	struct place *place = *state;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct session *ana = place_open(place, "ana", NULL);
		if (i == 0) {
			place_write(ana, text);
		} else {
			session_wait_for(ana, "1 draft");
			session_send(ana, "e");
			session_wait_for(ana, text);
		}
		session_signal(ana, numbers[i]);
		assert_int_equal(session_wait_end(ana), 128 + numbers[i]);
		assert_false(terminal_is_alternate(session_terminal(ana)));
		assert_all_is_kept(place);
		session_group_destroy(place->group);
		place->group = session_group_create();
	}
}

static void hung_up(void **state)
{
	struct place *place = *state;
	struct session *ana = place_open(place, "ana", NULL);
	place_write(ana, text);
	session_hang_up(ana);
	assert_int_equal(session_wait_end(ana), 128 + SIGHUP);
	assert_all_is_kept(place);
}

/* A shell that started the console goes on in a terminal as it was, after a crash, too.
 * covers: 7.crash 7.hangup */
static void modes_come_back(void **state)
{
	static const char *const numbers[] = {"TERM", "HUP", "ABRT", "SEGV", "BUS", "FPE", "ILL"};
	struct place *place = *state;
	const char *argv[] = {"/bin/sh", "-c",
		"stty -a > \"$HOME/before\"; (echo $(exec sh -c 'echo $PPID') > \"$HOME/id\"; "
		"exec \"$ATENDE_PROGRAM\"); echo \"ended with $?\"; stty -a > \"$HOME/after\"; "
		"read word",
		NULL};
	const char *more[] = {
		mem_printf(place, "ATENDE_PROGRAM=%s", desk_program()), "ATENDE_AS=ana", NULL};
	struct session_options options = {
		.argv = argv, .environment = desk_environment(place->desk, more)};
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		struct session *shell = session_start(place->group, &options);
		session_wait_for(shell, "Wrong colour");
		char *command = mem_printf(place, "kill -%s $(cat \"$HOME/id\")", numbers[i]);
		const char *kill_argv[] = {"/bin/sh", "-c", command, NULL};
		struct program kill = {.argv = kill_argv, .environment = options.environment};
		assert_int_equal(program_run(place, &kill)->status, 0);
		session_wait_for(shell, "ended with ");
		assert_false(terminal_is_alternate(session_terminal(shell)));
		session_send(shell, "x\r");
		session_wait_end(shell);
		assert_string_equal(
			desk_read(place->desk, "before"), desk_read(place->desk, "after"));
	}
}

/* The operator is told; the text is on the screen and comes to the desk all the same. */
static void spool_that_fails_is_told(void **state)
{
	struct place *place = *state;
	struct session *ana = place_open(place, "ana", NULL);
	desk_write(place->desk, "state/atende/drafts", "in the way");
	place_write(ana, text);
	session_wait_for(ana, "not kept safe on this machine: ");
	session_wait_for(ana, text);
	place_wait_desk(place, ana, "ana", text, "drafts", NULL);
}

static void damaged_text_is_told(void **state)
{
	struct place *place = *state;
	struct session *ana = place_open(place, "ana", NULL);
	place_write(ana, text);
	place_wait_spooled(place, ana, text);
	session_signal(ana, SIGKILL);
	session_wait_end(ana);
	const char *argv[] = {"/bin/sh", "-c",
		"for f in \"$HOME\"/state/atende/drafts/*.draft; do echo x > \"$f\"; done", NULL};
	struct program command = {.argv = argv, .environment = desk_environment(place->desk, NULL)};
	assert_int_equal(program_run(place, &command)->status, 0);
	ana = place_start(place, "ana", NULL);
	session_wait_for(ana, "is damaged");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_PLACE(killed_while_typing),
		AT_A_PLACE(ended_by_a_signal),
		AT_A_PLACE(hung_up),
		AT_A_PLACE(modes_come_back),
		AT_A_PLACE(spool_that_fails_is_told),
		AT_A_PLACE(damaged_text_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
