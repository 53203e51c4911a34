#include "place.h"

#include "test.h"

#include "base/mem.h"

#include <string.h>
#include <unistd.h>

/* A machine where no desk was ever named, or nobody who is known to it. */

/* Whoever runs the tests has a login of his own; here nobody does. */
static const char *const nobody[] = {
	"ATENDE_DESK=", "ATENDE_AS=", "USER=nobody9", "LOGNAME=nobody9", NULL};

static void a_sample_desk_is_made_and_opened(void **state)
{
	struct place *place = *state;
	struct session *new = place_start(place, "", nobody);
	session_wait_for(new, "Welcome to atende.");
	session_send(new, "s");
	session_wait_for(new, "file of the sample desk: ~");
	session_send(new, SESSION_KEY_ENTER);
	session_wait_for(new, "The same the next time");
	session_send(new, "y");
	session_wait_for(new, "1 Queue");
	session_wait_for(new, "1304");
	session_send(new, "q");
	assert_int_equal(session_wait_end(new), 0);
	/* What was chosen holds the next time. */
	struct session *again = place_start(place, "", nobody);
	session_wait_for(again, "1304");
	session_send(again, "q");
	assert_int_equal(session_wait_end(again), 0);
}

static void an_empty_desk_is_made_for_its_admin(void **state)
{
	struct place *place = *state;
	struct session *new = place_start(place, "", nobody);
	session_wait_for(new, "Welcome to atende.");
	session_send(new, "n");
	session_wait_for(new, "file of the new desk: ~");
	session_send(new, SESSION_KEY_ENTER);
	session_wait_for(new, "your name on it");
	session_send(new, "\025rita" SESSION_KEY_ENTER);
	session_wait_for(new, "The same the next time");
	session_send(new, "n");
	session_wait_for(new, "rita");
	session_wait_for(new, "1 Queue 0");
	session_send(new, "q");
	assert_int_equal(session_wait_end(new), 0);
	assert_int_not_equal(access(desk_path(place->desk, ".config/atende/atende.conf"), F_OK), 0);
}

static void who_one_is_can_be_chosen(void **state)
{
	struct place *place = *state;
	struct session *session = place_start(place, "zoe", NULL);
	session_wait_for(session, "Who are you on this desk?");
	session_wait_for(session, "Bruno");
	session_send(session, "jj" SESSION_KEY_ENTER);
	session_wait_for(session, "The same the next time");
	session_send(session, "n");
	session_wait_for(session, "Wrong colour");
	session_wait_for(session, "bruno");
}

static void a_desk_that_is_there_is_found_by_its_path(void **state)
{
	struct place *place = *state;
	const char *more[] = {"ATENDE_DESK=/nonexistent/desk.db", NULL};
	struct session *ana = place_start(place, "ana", more);
	session_wait_for(ana, "there is no desk /nonexistent/desk.db");
	session_send(ana, "o");
	session_wait_for(ana, "file of the desk");
	session_send(ana, "~/des");
	session_wait_for(ana, "~/desk.db");
	session_send(ana, SESSION_KEY_TAB);
	session_send(ana, SESSION_KEY_ENTER);
	session_wait_for(ana, "The same the next time");
	session_send(ana, "n");
	session_wait_for(ana, "Wrong colour");
}

static void a_desk_that_is_none_is_told_and_can_be_left(void **state)
{
	struct place *place = *state;
	char *file = desk_write(place->desk, "letter.db", "Dear customer, this is no database.");
	const char *more[] = {mem_printf(place, "ATENDE_DESK=%s", file), NULL};
	struct session *ana = place_start(place, "ana", more);
	session_wait_for(ana, "is no desk");
	session_send(ana, "q");
	assert_int_equal(session_wait_end(ana), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_PLACE(a_sample_desk_is_made_and_opened),
		AT_A_PLACE(an_empty_desk_is_made_for_its_admin),
		AT_A_PLACE(who_one_is_can_be_chosen),
		AT_A_PLACE(a_desk_that_is_there_is_found_by_its_path),
		AT_A_PLACE(a_desk_that_is_none_is_told_and_can_be_left),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
