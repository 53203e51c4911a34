#include "test.h"

#include "base/mem.h"
#include "support/desk.h"
#include "support/session.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static struct session *shell(
	struct session_group *group, const struct desk *desk, const char *script)
{
	const char *argv[] = {"/bin/sh", "-c", script, NULL};
	struct session_options options = {
		.argv = argv, .environment = desk_environment(desk, NULL)};
	return session_start(group, &options);
}

static void keys_go_in_and_text_comes_out(void **state)
{
	struct session_group *group = session_group_create();
	struct session *session =
		shell(group, *state, "echo ready; read word; echo \"got $word\"; exit 7");
	session_wait_for(session, "ready");
	session_send(session, "abc" SESSION_KEY_ENTER);
	assert_int_equal(session_wait_end(session), 7);
	assert_true(terminal_shows(session_terminal(session), "got abc"));
	size_t size;
	const char *bytes = session_bytes(session, 0, &size);
	assert_int_equal(size, session_received(session));
	assert_non_null(strstr(bytes, "got abc\r\n"));
	session_group_destroy(group);
}

static void text_can_go_away(void **state)
{
	struct session_group *group = session_group_create();
	struct session *session =
		shell(group, *state, "echo first; read word; printf '\\033[H\\033[2J'; read word");
	session_wait_for(session, "first");
	session_send(session, SESSION_KEY_ENTER);
	session_wait_gone(session, "first");
	assert_true(session_poll(session));
	session_group_destroy(group);
}

static void resize_reaches_the_program(void **state)
{
	struct session_group *group = session_group_create();
	struct session *session = shell(group, *state, "stty size; read word; stty size");
	session_wait_for(session, "24 80");
	session_resize(session, 30, 100);
	session_send(session, SESSION_KEY_ENTER);
	session_wait_for(session, "30 100");
	assert_int_equal(session_wait_end(session), 0);
	session_group_destroy(group);
}

static void hang_up_and_signals_end_it(void **state)
{
	struct session_group *group = session_group_create();
	struct session *hung = shell(group, *state,
		"trap 'echo hung > \"$HOME/fate\"; exit 3' HUP; echo ready; read word; read word");
	struct session *killed = shell(group, *state, "echo ready; read word");
	session_wait_for(hung, "ready");
	session_wait_for(killed, "ready");
	session_hang_up(hung);
	assert_int_equal(session_wait_end(hung), 3);
	assert_string_equal(desk_read(*state, "fate"), "hung\n");
	session_signal(killed, SIGKILL);
	assert_int_equal(session_wait_end(killed), 128 + SIGKILL);
	session_group_destroy(group);
}

/* The other one would block on its full pty, and the first never be told. */
static void all_sessions_are_read_while_one_waits(void **state)
{
	struct session_group *group = session_group_create();
	struct session *waiting = shell(group, *state,
		"mkfifo \"$HOME/pipe\"; echo ready; read word < \"$HOME/pipe\"; echo \"$word\"");
	session_wait_for(waiting, "ready");
	shell(group, *state, "yes '' | head -n 100000; echo told > \"$HOME/pipe\"");
	session_wait_for(waiting, "told");
	session_group_destroy(group);
}

static bool is_third(struct session *session, void *data)
{
	(void)data;
	return session_received(session) > 10;
}

/* The test program runs itself: a wait that cannot come true must fail, and so must a fault. */
static void failing_waits(const char *kind)
{
	struct desk *desk = desk_create(NULL);
	struct session_group *group = session_group_create();
	struct session *session = shell(group, desk,
		strcmp(kind, "fault") == 0 ? "printf 'shown\\033[6n'; read word" : "echo shown");
	if (strcmp(kind, "fault") == 0) {
		session_wait_for(session, "shown");
	} else {
		session_wait(session, is_third, NULL, "more than ten bytes");
	}
}

static void fault_case(void **state)
{
	(void)state;
	failing_waits("fault");
}

static void never_case(void **state)
{
	(void)state;
	failing_waits("never");
}

static void waiting_in_vain_fails(void **state)
{
	static const char *const kinds[][2] = {
		{"fault", "ESC [ 6 n"}, {"never", "waited for: more than ten bytes"}};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const char *argv[] = {"/proc/self/exe", kinds[i][0], NULL};
		const char *more[] = {"CMOCKA_MESSAGE_OUTPUT=stdout", NULL};
		struct program program = {
			.argv = argv, .environment = desk_environment(*state, more)};
		struct program_result *result = program_run(*state, &program);
		assert_int_equal(result->status, 1);
		if (!strstr(result->err, kinds[i][1])) {
			fail_msg("%s does not say %s", result->err, kinds[i][1]);
		}
	}
}

static int give_desk(void **state)
{
	*state = desk_create(NULL);
	return 0;
}

static int take_desk(void **state)
{
	talloc_free(*state);
	return 0;
}

#define ON_A_DESK(test) cmocka_unit_test_setup_teardown(test, give_desk, take_desk)

int main(int argc, char **argv)
{
	if (argc > 1) {
		const struct CMUnitTest cases[] = {
			cmocka_unit_test(strcmp(argv[1], "fault") == 0 ? fault_case : never_case),
		};
		return cmocka_run_group_tests(cases, NULL, NULL);
	}
	const struct CMUnitTest tests[] = {
		ON_A_DESK(keys_go_in_and_text_comes_out),
		ON_A_DESK(text_can_go_away),
		ON_A_DESK(resize_reaches_the_program),
		ON_A_DESK(hang_up_and_signals_end_it),
		ON_A_DESK(all_sessions_are_read_while_one_waits),
		ON_A_DESK(waiting_in_vain_fails),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
