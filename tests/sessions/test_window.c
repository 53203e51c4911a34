#include "place.h"

#include "test.h"

#include "base/mem.h"

#include <string.h>
#include <unistd.h>

/* Windows of every size, terminals of every kind, both languages, hostile text. */

/* covers: 7.resize */
static void sizes_come_and_go(void **state)
{
	struct session *ana = place_open(*state, "ana", NULL);
	session_resize(ana, 6, 30);
	session_wait_for(ana, "40×8 at least");
	session_resize(ana, 12, 40);
	session_wait_for(ana, "Broken kettle");
	session_resize(ana, 24, 80);
	session_wait_for(ana, "It does not boil.");
	session_resize(ana, 40, 132);
	session_wait_for(ana, "maria@example.com");
}

static void a_text_outlives_a_small_window(void **state)
{
	struct place *place = *state;
	struct session *ana = place_open(place, "ana", NULL);
	place_write(ana, "kept");
	session_resize(ana, 6, 30);
	session_wait_for(ana, "40×8 at least");
	session_send(ana, " and more");
	place_wait_spooled(place, ana, "kept and more");
	session_resize(ana, 24, 80);
	session_wait_for(ana, "kept and more");
}

static void unknown_terminals_get_a_usual_one(void **state)
{
	static const char *const names[] = {"TERM=no-such-terminal", "TERM=vt100"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		/* newterm of ncurses 6.4 leaks when it knows no such terminal. */
		const char *more[] = {names[i], "ASAN_OPTIONS=detect_leaks=0", NULL};
		struct session *ana = place_open(*state, "ana", more);
		session_send(ana, "q");
		assert_int_equal(session_wait_end(ana), 0);
	}
}

static void without_a_terminal_a_command_is_named(void **state)
{
	struct place *place = *state;
	const char *arguments[] = {NULL};
	struct program_result *result = desk_run(place->desk, "ana", arguments, "");
	assert_int_not_equal(result->status, 0);
	assert_non_null(strstr(result->err, "atende queue --json"));
	assert_string_equal(result->out, "");
}

/* covers: 7.stderr */
static void what_libraries_print_goes_to_a_log(void **state)
{
	struct session *ana = place_open(*state, "ana", NULL);
	char *link = mem_printf(NULL, "/proc/%ld/fd/2", (long)session_pid(ana));
	char target[4096] = "";
	assert_true(readlink(link, target, sizeof target - 1) > 0);
	assert_non_null(strstr(target, "/console.log"));
	talloc_free(link);
}

static void speaks_portuguese(void **state)
{
	const char *more[] = {"LC_ALL=", "LANGUAGE=", "LANG=pt_BR.UTF-8", NULL};
	struct session *ana = place_open(*state, "ana", more);
	session_wait_for(ana, "Fila 3");
	session_wait_for(ana, "ajuda");
}

/* What a customer may send: none of it may reach the terminal but as text. */
static const char hostile[] =
	"\x1B[2Jevil\x1B]0;title\x07 \x1B]52;c;eA==\x07 a\rb\bc\x7F \xC2\x9B"
	"31m \xE2\x80\xAEright\xE2\x80\xAC \xE2\x80\x8Bzero\xEF\xBB\xBF "
	"\xE7\x94\xB0\xE4\xB8\xAD \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB "
	"e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81 \xF0\x9F\x87\xA7\xF0\x9F\x87\xB7 end";

static void make_hostile_desk(struct place *place)
{
	const struct desk *desk = place->desk;
	desk_do(desk, "davi", hostile, "new", "--channel", "email", "--customer", "eve@example.com",
		"--name", hostile, "--subject", hostile, "--priority", "urgent", "-F", "-", NULL);
	desk_do(desk, "davi", hostile, "note", "1004", "-F", "-", NULL);
}

static void hostile_text_is_but_text(void **state)
{
	static const char *const keys[] = {"\r", "v", "q", "v", "f", "evil\r", SESSION_KEY_ESC,
		"gd", SESSION_KEY_ESC, "gm", SESSION_KEY_ESC, "/evil\r", SESSION_KEY_ESC, "?",
		SESSION_KEY_ESC, "r"};
	static const int sizes[][2] = {{24, 80}, {12, 40}, {40, 132}};
	struct place *place = *state;
	make_hostile_desk(place);
	struct session *ana = place_open(place, "ana", NULL);
	session_wait_for(ana, "evil");
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		session_resize(ana, sizes[i][0], sizes[i][1]);
		for (size_t k = 0; k + 1 < ARRAY_LEN(keys); k++) {
			session_send(ana, keys[k]);
			session_poll(ana);
		}
	}
	session_send(ana, SESSION_KEY_ESC SESSION_KEY_ESC);
	session_send(ana, "\014");
	session_wait_for(ana, "evil");
	session_send(ana, "gg\r");
	session_wait_for(ana, "evil");
	session_send(ana, "r");
	session_wait_for(ana, "REPLY to");
	session_send(ana, SESSION_PASTE("pasted \x1B[31m\x07 text"));
	session_wait_for(ana, "pasted");
	place_wait_spooled(place, ana, "pasted");
	place_review(ana, "y");
	session_wait_for(ana, "(u takes it back)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_PLACE(sizes_come_and_go),
		AT_A_PLACE(a_text_outlives_a_small_window),
		AT_A_PLACE(unknown_terminals_get_a_usual_one),
		AT_A_PLACE(without_a_terminal_a_command_is_named),
		AT_A_PLACE(what_libraries_print_goes_to_a_log),
		AT_A_PLACE(speaks_portuguese),
		AT_A_PLACE(hostile_text_is_but_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
