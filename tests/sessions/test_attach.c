#include "place.h"

#include "test.h"

#include "base/mem.h"

#include <string.h>

/* Files of this machine that go with a reply. */

/* The review, and the path asked for in it. */
static struct session *ask_for_path(struct place *place, const char *text)
{
	struct session *ana = place_open(place, "ana", NULL);
	place_write(ana, text);
	place_review(ana, "a");
	session_wait_for(ana, "attach the file:");
	return ana;
}

static void a_file_goes_with_the_reply(void **state)
{
	struct place *place = *state;
	desk_write(place->desk, "bill of March.txt", "41.90\n");
	struct session *ana = ask_for_path(place, "see the attached bill");
	session_send(ana, "~/bill");
	session_wait_for(ana, "bill of March.txt");
	session_send(ana, "\t");
	session_wait_for(ana, "attach the file: ~/bill of March.txt");
	session_send(ana, "\r");
	session_wait_for(ana, "[1] bill of March.txt  6 B  text/plain");
	session_send(ana, "y");
	session_wait_for(ana, "(u takes it back)");
	char *shown = desk_do(place->desk, "ana", NULL, "show", "1001", "--json", NULL);
	assert_non_null(strstr(shown, "bill of March.txt"));
}

static void what_cannot_be_attached_is_told(void **state)
{
	static const struct {
		const char *path, *said;
	} cases[] = {{"/nowhere/file", "cannot be attached"}, {"~", "no file that can be"},
		{"/dev/null", "no file that can be"}, {"~/empty", "is empty"}};
	struct place *place = *state;
	desk_write(place->desk, "empty", "");
	struct session *ana = ask_for_path(place, "here it is");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		session_send(ana, cases[i].path);
		session_send(ana, "\r");
		session_wait_for(ana, cases[i].said);
		session_send(ana, "a");
		session_wait_for(ana, "attach the file:");
	}
	session_send(ana, "\003y");
	session_wait_for(ana, "(u takes it back)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_PLACE(a_file_goes_with_the_reply),
		AT_A_PLACE(what_cannot_be_attached_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
