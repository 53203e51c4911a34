#include "place.h"

#include "test.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

/* The file of the desk goes away under a console, comes back, or another lies in its place. */

static void move_part(const char *from, const char *to, const char *part)
{
	char *source = mem_printf(NULL, "%s%s", from, part);
	char *target = mem_printf(source, "%s%s", to, part);
	rename(source, target); /* the log may have none */
	talloc_free(source);
}

/* The file itself goes first and comes last: a desk without its log is another one. */
static void move_away(const char *from, const char *to)
{
	move_part(from, to, "");
	move_part(from, to, "-wal");
	move_part(from, to, "-shm");
}

static void move_back(const char *from, const char *to)
{
	move_part(from, to, "-shm");
	move_part(from, to, "-wal");
	move_part(from, to, "");
}

static void a_text_waits_until_the_desk_is_back(void **state)
{
	struct place *place = *state;
	char *away = desk_path(place->desk, "away.db");
	struct session *ana = place_open(place, "ana", NULL);
	place_write(ana, "It is on");
	move_away(place->desk->file, away);
	session_wait_for(ana, "moved,");
	session_send(ana, " its way");
	place_wait_spooled(place, ana, "It is on its way");
	place_review(ana, "y");
	session_wait_for(ana, "moved,");
	move_back(away, place->desk->file);
	session_wait_for(ana, "the desk answers again");
	session_send(ana, "y");
	session_wait_for(ana, "reply kept");
	place_wait_desk(place, ana, "ana", "It is on its way", "show", "1001");
	place_wait_unspooled(place, ana);
}

/* A backup that was put back: the console goes on with what is there now. */
static void another_file_in_its_place_is_opened(void **state)
{
	struct place *place = *state;
	const struct desk *desk = place->desk;
	char *copy = desk_path(desk, "copy.db");
	desk_do(desk, "davi", NULL, "backup", copy, NULL);
	struct session *ana = place_open(place, "ana", NULL);
	desk_do(desk, "davi", NULL, "new", "--channel", "email", "--customer", "z@example.com",
		"--subject", "Only in the old", "-m", "Gone later.", NULL);
	session_wait_for(ana, "+1 new");
	session_send(ana, "R");
	session_wait_for(ana, "Only in the old");
	move_away(desk->file, desk_path(desk, "away.db"));
	session_wait_for(ana, "moved,");
	move_back(copy, desk->file);
	session_wait_for(ana, "the desk answers again");
	session_wait_gone(ana, "Only in the old");
	session_send(ana, "j" SESSION_KEY_ENTER);
	session_wait_for(ana, "Where is it?");
	session_send(ana, "c");
	session_wait_for(ana, "with you");
	place_wait_desk(place, ana, "bruno", "ana", "show", "1002");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_PLACE(a_text_waits_until_the_desk_is_back),
		AT_A_PLACE(another_file_in_its_place_is_opened),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
