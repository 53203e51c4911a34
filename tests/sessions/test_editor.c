#include "place.h"

#include "test.h"

#include "base/mem.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* $EDITOR, Ctrl-Z, and the terminal given away and taken back. */

#define CTRL_X_E "\030\005"

static struct session *open_with_editor(struct place *place, const char *script)
{
	char *path = desk_write(place->desk, "editor", script);
	assert_int_equal(chmod(path, 0700), 0);
	const char *more[] = {mem_printf(place, "EDITOR=%s", path), NULL};
	struct session *ana = place_open(place, "ana", more);
	place_write(ana, "Dear Maria");
	return ana;
}

static void assert_no_file_is_left(struct place *place)
{
	char *path = desk_path(place->desk, "state/atende/editor");
	assert_int_equal(rmdir(path), 0);
}

static void editor_gives_its_text(void **state)
{
	struct place *place = *state;
	struct session *ana = open_with_editor(place,
		"#!/bin/sh\ncp \"$1\" \"$HOME/got\"\nstat -c %a \"$1\" > \"$HOME/mode\"\n"
		"printf 'Written \\033[31melsewhere\\n' > \"$1\"\n");
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "elsewhere");
	session_wait_for(ana, "REPLY to");
	assert_string_equal(desk_read(place->desk, "got"), "Dear Maria\n");
	assert_string_equal(desk_read(place->desk, "mode"), "600\n");
	session_send(ana, SESSION_KEY_END " and here");
	session_wait_for(ana, "elsewhere and here");
	assert_no_file_is_left(place);
}

static void editor_fails(void **state)
{
	struct place *place = *state;
	struct session *ana = open_with_editor(place, "#!/bin/sh\nprintf half > \"$1\"\nexit 3\n");
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "the editor failed");
	session_wait_for(ana, "Dear Maria");
	session_send(ana, "\037");
	session_wait_for(ana, "half");
	assert_no_file_is_left(place);
}

static void editor_is_killed(void **state)
{
	struct place *place = *state;
	struct session *ana = open_with_editor(place, "#!/bin/sh\nkill -9 $$\n");
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "the editor failed");
	session_wait_for(ana, "Dear Maria");
	assert_no_file_is_left(place);
}

static void editor_leaves_nothing(void **state)
{
	struct place *place = *state;
	struct session *ana = open_with_editor(place, "#!/bin/sh\n: > \"$1\"\n");
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "the editor left an empty text: your text is as before");
	session_wait_for(ana, "Dear Maria");
}

static void editor_removes_the_file(void **state)
{
	struct place *place = *state;
	struct session *ana = open_with_editor(place, "#!/bin/sh\nrm \"$1\"\n");
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "the editor left no file: your text is as before");
	session_wait_for(ana, "Dear Maria");
}

static void editor_leaves_what_no_text_may_hold(void **state)
{
	struct place *place = *state;
	struct session *ana = open_with_editor(place,
		"#!/bin/sh\nprintf 'one\\000two\\033]0;x\\007 \\377three\\r\\nfour\\n' > \"$1\"\n");
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "held control characters or broken letters");
	session_wait_for(ana, "onetwo]0;x");
	session_wait_for(ana, "four");
}

/* Where nobody could hand the text back any more: neither console nor editor. */
static void killed_while_editing(void **state)
{
	struct place *place = *state;
	struct session *ana = open_with_editor(place,
		"#!/bin/sh\necho editing\nread go\nprintf 'words of the editor\\n' > \"$1\"\n"
		"kill -9 $PPID\n");
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "editing");
	session_send(ana, "go\r");
	assert_int_equal(session_wait_end(ana), 128 + SIGKILL);
	ana = place_open(place, "ana", NULL);
	session_wait_for(ana, "1 draft");
	place_wait_desk(place, ana, "ana", "words of the editor", "drafts", NULL);
	session_send(ana, "e");
	session_wait_for(ana, "words of the editor");
	assert_no_file_is_left(place);
}

static void editor_is_missing(void **state)
{
	struct place *place = *state;
	const char *more[] = {"EDITOR=/nowhere/editor", NULL};
	struct session *ana = place_open(place, "ana", more);
	place_write(ana, "Dear Maria");
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "there is no editor");
	session_wait_for(ana, "Dear Maria");
}

/* While the editor has the screen the others still come and go, and its file is kept safe. */
static void long_editing_is_kept(void **state)
{
	struct place *place = *state;
	struct session *ana = open_with_editor(place,
		"#!/bin/sh\nprintf 'first words\\n' > \"$1\"\necho editing\nread go\n"
		"printf 'last words\\n' > \"$1\"\n");
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "editing");
	place_wait_spooled(place, ana, "first words");
	place_wait_desk(place, ana, "ana", "first words", "drafts", NULL);
	session_send(ana, "\r");
	session_wait_for(ana, "last words");
}

static void hung_up_while_editing(void **state)
{
	static const char script[] =
		"#!/bin/sh\nprintf 'words of the editor\\n' > \"$1\"\necho editing\nread go\n"
		"echo ended > \"$HOME/fate\"\n";
	struct place *place = *state;
	struct session *ana = open_with_editor(place, script);
	session_send(ana, CTRL_X_E);
	session_wait_for(ana, "editing");
	session_signal(ana, SIGTERM);
	assert_int_equal(session_wait_end(ana), 128 + SIGTERM);
	char *drafts = desk_do(place->desk, "ana", NULL, "drafts", "--json", NULL);
	assert_non_null(strstr(drafts, "words of the editor"));
	assert_no_file_is_left(place);
}

/* Under a shell with jobs, as people have it. */
static struct session *start_in_shell(struct place *place, const char *script, const char *editor)
{
	const char *argv[] = {"/bin/sh", "-c", script, NULL};
	const char *more[] = {mem_printf(place, "ATENDE_PROGRAM=%s", desk_program()),
		"ATENDE_AS=ana", mem_printf(place, "EDITOR=%s", editor), NULL};
	struct session_options options = {
		.argv = argv, .environment = desk_environment(place->desk, more)};
	struct session *shell = session_start(place->group, &options);
	session_wait_for(shell, "Wrong colour");
	return shell;
}

#define STOP_SCRIPT                                                                                \
	"set -m; \"$ATENDE_PROGRAM\"; echo stopped; stty -a | grep -o ' icanon'; read word; fg; "  \
	"echo \"ended with $?\"; read word"

/* covers: 7.suspend */
static void stops_and_goes_on(void **state)
{
	struct place *place = *state;
	struct session *shell = start_in_shell(place, STOP_SCRIPT, "true");
	place_write(shell, "Dear Maria");
	session_send(shell, "\032");
	session_wait_for(shell, "stopped");
	session_wait_for(shell, " icanon");
	assert_false(terminal_is_alternate(session_terminal(shell)));
	session_resize(shell, 30, 100);
	session_send(shell, "\r");
	session_wait_for(shell, "Dear Maria");
	session_send(shell, " again");
	session_wait_for(shell, "Dear Maria again");
	assert_true(terminal_is_alternate(session_terminal(shell)));
	place_review(shell, "y");
	session_wait_for(shell, "(u takes it back)");
	session_send(shell, "q");
	session_wait_for(shell, "ended with 0");
}

/* The editor's Ctrl-Z stops the console with it: a shell knows but one job. */
static void stops_in_the_editor(void **state)
{
	struct place *place = *state;
	char *editor = desk_write(place->desk, "editor",
		"#!/bin/sh\necho editing\nread go\nprintf 'words of the editor\\n' > \"$1\"\n");
	assert_int_equal(chmod(editor, 0700), 0);
	struct session *shell = start_in_shell(place, STOP_SCRIPT, editor);
	place_write(shell, "Dear Maria");
	session_send(shell, CTRL_X_E);
	session_wait_for(shell, "editing");
	session_send(shell, "\032");
	session_wait_for(shell, "stopped");
	session_send(shell, "\rgo\r");
	session_wait_for(shell, "words of the editor");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		AT_A_PLACE(editor_gives_its_text),
		AT_A_PLACE(editor_fails),
		AT_A_PLACE(editor_is_killed),
		AT_A_PLACE(editor_leaves_nothing),
		AT_A_PLACE(editor_removes_the_file),
		AT_A_PLACE(editor_leaves_what_no_text_may_hold),
		AT_A_PLACE(killed_while_editing),
		AT_A_PLACE(editor_is_missing),
		AT_A_PLACE(long_editing_is_kept),
		AT_A_PLACE(hung_up_while_editing),
		AT_A_PLACE(stops_and_goes_on),
		AT_A_PLACE(stops_in_the_editor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
