#include "place.h"

#include "test.h"

#include "base/mem.h"

#include <string.h>

/* Two operators before one desk. */

struct row {
	const char *name, *mark;
};

static bool has_row(struct session *session, void *data)
{
	const struct row *row = data;
	return place_has_row(session, row->name, row->mark);
}

static void wait_row(struct session *session, const char *name, const char *mark)
{
	struct row row = {name, mark};
	session_wait(session, has_row, &row, mark);
}

static void start_shows_the_queue(void **state)
{
	struct session *ana = place_open(*state, "ana", NULL);
	session_wait_for(ana, "Queue 3");
	session_wait_for(ana, "Broken kettle");
	session_wait_for(ana, "It does not boil.");
	assert_true(terminal_is_alternate(session_terminal(ana)));
	session_send(ana, "q");
	assert_int_equal(session_wait_end(ana), 0);
	assert_false(terminal_is_alternate(session_terminal(ana)));
}

static void claim_is_seen_by_the_other(void **state)
{
	struct session *ana = place_open(*state, "ana", NULL);
	struct session *bruno = place_open(*state, "bruno", NULL);
	session_send(ana, "c");
	wait_row(ana, "Broken kettle", "*");
	wait_row(bruno, "Broken kettle", "=");
	wait_row(bruno, "Broken kettle", "ana");
	session_send(bruno, "c");
	session_wait_for(bruno, "ana took 1001");
	session_send(ana, "x");
	wait_row(bruno, "Broken kettle", ">    1001 ");
}

static void reply_leaves_the_others_queue(void **state)
{
	struct place *place = *state;
	struct session *ana = place_open(place, "ana", NULL);
	struct session *bruno = place_open(place, "bruno", NULL);
	place_write(ana, "Please return it.");
	place_review(ana, "y");
	session_wait_for(ana, "waits for the customer (u");
	session_wait_for(ana, "Queue 2");
	session_wait_for(bruno, "Queue 2");
	session_wait_for(bruno, "ana");
	place_wait_unspooled(place, ana);
	assert_non_null(strstr(desk_do(place->desk, "bruno", NULL, "show", "1001", "--json", NULL),
		"Please return it."));
	assert_null(strstr(desk_do(place->desk, "ana", NULL, "drafts", "--json", NULL), "return"));
}

/* What a colleague does is seen without a key. */
static void the_other_is_seen_at_work(void **state)
{
	struct session *ana = place_open(*state, "ana", NULL);
	struct session *bruno = place_open(*state, "bruno", NULL);
	session_send(ana, "\r");
	wait_row(bruno, "Broken kettle", ">o");
	wait_row(bruno, "Broken kettle", "ana");
	session_send(bruno, "\r");
	session_wait_for(bruno, "ana is here too");
	session_send(ana, "r");
	session_wait_for(bruno, "answering: read only");
	terminal_may_ring(session_terminal(ana));
	terminal_may_ring(session_terminal(bruno));
	session_send(bruno, "tp");
	session_wait_for(ana, "bruno asks for 1001");
	session_send(ana, "\x18h");
	session_wait_for(ana, "Hand 1001 over to bruno?");
	session_send(ana, "y");
	session_wait_for(bruno, "ana handed 1001 over to you");
	session_wait_for(ana, "1001 is with bruno now");
}

/* What undo gives back is the text, to be gone on with. */
static void reply_can_be_taken_back(void **state)
{
	struct place *place = *state;
	struct session *ana = place_open(place, "ana", NULL);
	place_write(ana, "Please return it.");
	place_review(ana, "y");
	session_wait_for(ana, "waits for the customer (u");
	session_send(ana, "u");
	session_wait_for(ana, "REPLY to");
	session_wait_for(ana, "the text is here again");
	place_wait_desk(place, ana, "ana", "Please return it.", "drafts", NULL);
}

static void note_is_written(void **state)
{
	struct place *place = *state;
	struct session *ana = place_open(place, "ana", NULL);
	session_send(ana, "i");
	session_wait_for(ana, "INTERNAL NOTE");
	session_send(ana, "knows the courier");
	session_wait_for(ana, "knows the courier");
	place_review(ana, "y");
	session_wait_for(ana, "note written");
	place_wait_desk(place, ana, "bruno", "knows the courier", "show", "1001");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_PLACE(start_shows_the_queue),
		AT_A_PLACE(claim_is_seen_by_the_other),
		AT_A_PLACE(the_other_is_seen_at_work),
		AT_A_PLACE(reply_leaves_the_others_queue),
		AT_A_PLACE(reply_can_be_taken_back),
		AT_A_PLACE(note_is_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
