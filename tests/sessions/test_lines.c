#include "place.h"

#include "test.h"

#include "base/mem.h"

#include <signal.h>
#include <string.h>

/* The console line by line, in a terminal without a cursor. */

static const char *const dumb[] = {"TERM=dumb", NULL};

static struct session *lines_open(struct place *place, const char *as)
{
	struct session *session = place_start(place, as, dumb);
	session_wait_for(session, "1001 Maria: Broken kettle");
	session_wait_for(session, ">");
	return session;
}

/* Types a line and waits for what it leads to. */
static void type(struct session *session, const char *line, const char *wanted)
{
	session_send(session, line);
	session_send(session, "\r");
	session_wait_for(session, wanted);
}

static void check_bytes(struct session *session)
{
	size_t size;
	const char *bytes = session_bytes(session, 0, &size);
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		if (byte < ' ' && byte != '\r' && byte != '\n') {
			fail_msg("byte %zu of what was sent is %d", i, byte);
		}
	}
}

/* Claim, reply, review, send, resolve with its reason: the main job. */
static void a_ticket_from_the_queue_to_its_end(void **state)
{
	struct place *place = *state;
	desk_do(place->desk, "davi", NULL, "reasons", "set", "defect", "--name", "Defect", NULL);
	struct session *ana = lines_open(place, "ana");
	type(ana, "1", "It does not boil.");
	type(ana, "c", "1001 is with you");
	type(ana, "r", "1:");
	type(ana, "Please return it.", "2:");
	type(ana, "Ana", "3:");
	type(ana, ".", "d x: throw away");
	place_wait_review(ana);
	type(ana, "Y", "1: Defect");
	type(ana, "1", "resolved (u takes it back)");
	place_wait_unspooled(place, ana);
	char *shown = desk_do(place->desk, "bruno", NULL, "show", "1001", "--json", NULL);
	assert_non_null(strstr(shown, "Please return it.\\nAna"));
	assert_non_null(strstr(shown, "\"resolved\""));
	type(ana, "q", "");
	assert_int_equal(session_wait_end(ana), 0);
	check_bytes(ana);
}

/* All at once, as a paste with a dot in it: the review is not answered by what came with it. */
static void what_comes_with_a_text_sends_nothing(void **state)
{
	struct place *place = *state;
	struct session *ana = lines_open(place, "ana");
	type(ana, "r 1", "1:");
	session_send(ana, "Please return it.\r.\ry\rY\ro\r");
	session_wait_for(ana, "left out");
	place_wait_review(ana);
	assert_null(strstr(
		desk_do(place->desk, "bruno", NULL, "show", "1001", "--json", NULL), "Please"));
	type(ana, "e", "1: Please return it.");
}

static void a_killed_console_leaves_its_text(void **state)
{
	struct place *place = *state;
	struct session *ana = lines_open(place, "ana");
	type(ana, "r 1001", "1:");
	type(ana, "Please return it", "2:");
	place_wait_spooled(place, ana, "Please return it");
	session_signal(ana, SIGKILL);
	session_wait_end(ana);
	ana = lines_open(place, "ana");
	type(ana, "1001", "e continues it");
	type(ana, "e", "1: Please return it");
	session_send(ana, "and more\r");
	session_wait_for(ana, "3:");
	session_send(ana, "\004"); /* the end of what is typed */
	assert_int_equal(session_wait_end(ana), 0);
	assert_non_null(
		strstr(desk_do(place->desk, "ana", NULL, "drafts", "--json", NULL), "and more"));
}

static void both_faces_before_one_desk(void **state)
{
	struct session *ana = lines_open(*state, "ana");
	struct session *bruno = place_open(*state, "bruno", NULL);
	type(ana, "c 1", "1001 is with you");
	session_wait_for(bruno, "ana");
	session_send(bruno, "c");
	session_wait_for(bruno, "ana took 1001");
	type(ana, "x 1", "let it go");
	session_send(bruno, "c");
	session_wait_for(bruno, "1001 is with you");
	type(ana, "r 1", "bruno took 1001");
}

static void ctrl_c_leaves_a_question(void **state)
{
	struct session *ana = lines_open(*state, "ana");
	type(ana, "s d 1", "?");
	session_send(ana, "spa\003");
	type(ana, "mine", "With you or assigned to you");
	type(ana, "q", "");
	assert_int_equal(session_wait_end(ana), 0);
}

/* A script: nobody typed it ahead, so that it may answer the review. */
static void scripts_are_carried_out(void **state)
{
	struct place *place = *state;
	const char *arguments[] = {"--linear", NULL};
	struct program_result *result = desk_run(
		place->desk, "ana", arguments, "r 1\nPlease return it.\n.\ny\ni 2\nnot ended");
	assert_int_equal(result->status, 0);
	assert_non_null(strstr(result->out, "waits for the customer"));
	assert_non_null(strstr(result->out, "kept as a draft"));
	assert_non_null(
		strstr(desk_do(place->desk, "ana", NULL, "drafts", "--json", NULL), "not ended"));
}

/* Nobody is there to be asked. */
static void scripts_without_a_desk_fail(void **state)
{
	struct place *place = *state;
	const char *arguments[] = {"--linear", "--desk", "/nowhere/desk.db", NULL};
	struct program_result *result = desk_run(place->desk, "ana", arguments, "n\n\ny\n");
	assert_int_equal(result->status, 6);
	assert_string_equal(result->out, "");
}

static void who_one_is_is_asked_in_lines(void **state)
{
	struct session *session = place_start(*state, "zeca", dumb);
	session_wait_for(session, "Who are you on this desk?");
	session_wait_for(session, "2. ana, Ana");
	type(session, "2", "n: no");
	type(session, "n", "1001 Maria: Broken kettle");
	type(session, "c 1", "1001 is with you");
	check_bytes(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_PLACE(a_ticket_from_the_queue_to_its_end),
		AT_A_PLACE(what_comes_with_a_text_sends_nothing),
		AT_A_PLACE(a_killed_console_leaves_its_text),
		AT_A_PLACE(both_faces_before_one_desk),
		AT_A_PLACE(ctrl_c_leaves_a_question),
		AT_A_PLACE(scripts_are_carried_out),
		AT_A_PLACE(scripts_without_a_desk_fail),
		AT_A_PLACE(who_one_is_is_asked_in_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
