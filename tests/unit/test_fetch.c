#include "atende/fetch.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "store/drivers.h"
#include "support/desk.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Files of texts on a desk in a file, saved and given to a program. */

static const struct store_driver *const drivers[] = {&store_sqlite};

struct place {
	struct desk *desk;
	struct store *store;
	struct fetch fetch; /* of a file */
};

static const char content[] = "%PDF-1.4 \001\002";

static void add_ticket(struct place *place)
{
	struct error err = {0};
	struct attachment file = {.name = mem_strdup(place, "nota.pdf"),
		.media_type = mem_strdup(place, "application/pdf")};
	assert_true(store_blob_put(place->store, place, content, sizeof content, &file.blob, &err));
	struct change change = {.kind = CHANGE_NEW,
		.id = uuid_make(store_now(place->store)),
		.actor = store_actor(place->store),
		.address = "joao@example.com",
		.subject = "Nota",
		.text = "segue",
		.channel = CHANNEL_EMAIL,
		.attachments = {1, &file}};
	struct result *result = mem_new(place, struct result);
	if (!store_apply(place->store, &change, 1, result, &err) || result->err.code) {
		fail_msg("%s", result->err.code ? result->err.text : err.text);
	}
	place->fetch = (struct fetch){.ticket = result->ticket,
		.blob = file.blob,
		.name = file.name,
		.folder = desk_path(place->desk, "new/folder")};
}

static int begin(void **state)
{
	struct place *place = mem_new(NULL, struct place);
	struct store_options options = {.create = true, .creator = "ana"};
	struct error err = {0};
	place->desk = desk_create(place);
	setenv("XDG_STATE_HOME", desk_path(place->desk, "state"), 1);
	if (!store_open(NULL, place->desk->file, drivers, ARRAY_LEN(drivers), &options,
		    &place->store, &err) ||
		!store_act_as(place->store, "ana", &err)) {
		fail_msg("%s", err.text);
	}
	add_ticket(place);
	*state = place;
	return 0;
}

static int end(void **state)
{
	struct place *place = *state;
	store_close(place->store);
	talloc_free(place);
	return 0;
}

static void it_saves_and_never_writes_over(void **state)
{
	struct place *place = *state;
	struct error err = {0};
	char *path;
	struct stat info;
	assert_true(fetch_do(place->store, place, &place->fetch, &path, &err));
	assert_string_equal(path, desk_path(place->desk, "new/folder/nota.pdf"));
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(info.st_size, sizeof content);
	assert_true(fetch_do(place->store, place, &place->fetch, &path, &err));
	assert_string_equal(path, desk_path(place->desk, "new/folder/nota (2).pdf"));
}

static void a_name_leads_nowhere_else(void **state)
{
	struct place *place = *state;
	struct error err = {0};
	char *path;
	place->fetch.name = mem_strdup(place, "../../-rf.sh");
	assert_true(fetch_do(place->store, place, &place->fetch, &path, &err));
	char *folder = desk_path(place->desk, "new/folder/");
	assert_memory_equal(path, folder, strlen(folder));
	assert_null(strchr(path + strlen(folder), '/'));
	assert_true(path[strlen(folder)] != '-');
}

/* A program that tells by a pipe what it was given. */
static char *teller(const struct place *place)
{
	char *pipe = desk_path(place->desk, "pipe");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	char *script = mem_printf(NULL, "#!/bin/sh\nfor a; do echo \"<$a>\"; done >'%s'\n", pipe);
	char *path = desk_write(place->desk, "teller", script);
	assert_int_equal(chmod(path, 0700), 0);
	talloc_free(script);
	return path;
}

static void it_opens_without_a_shell(void **state)
{
	struct place *place = *state;
	struct error err = {0};
	char *path;
	place->fetch.command = mem_printf(place, " %s  $(id)  ;", teller(place));
	place->fetch.folder = NULL;
	assert_true(fetch_do(place->store, place, &place->fetch, &path, &err));
	char *told = desk_read(place->desk, "pipe");
	assert_string_equal(told, mem_printf(place, "<$(id)>\n<;>\n<%s>\n", path));
	assert_non_null(strstr(path, "/state/atende/opened/nota.pdf"));
	struct stat info;
	assert_int_equal(stat(desk_path(place->desk, "state/atende/opened"), &info), 0);
	assert_int_equal(info.st_mode & 0777, 0700);
}

static void only_links_are_opened_as_links(void **state)
{
	struct place *place = *state;
	struct error err = {0};
	char *path;
	struct fetch fetch = {.command = mem_printf(place, "%s", teller(place)),
		.name = mem_strdup(place, "https://loja.example/?a=$(id)")};
	assert_true(fetch_do(place->store, place, &fetch, &path, &err));
	assert_string_equal(desk_read(place->desk, "pipe"), "<https://loja.example/?a=$(id)>\n");
	static const char *const bad[] = {
		"-x", "/etc/passwd", "javascript:1", "https://a.example x", ""};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		fetch.name = mem_strdup(place, bad[i]);
		assert_false(fetch_do(place->store, place, &fetch, &path, &err));
		assert_int_equal(err.code, ERROR_INVALID);
	}
}

static void it_says_what_cannot_be_run(void **state)
{
	(void)state;
	struct error err = {0};
	assert_false(fetch_open("no-such-program-here --x", "/file", &err));
	assert_string_equal(err.text, "{0} cannot be run: {1}; set open_command in atende.conf");
	assert_false(fetch_open("  ", "/file", &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_saves_and_never_writes_over, begin, end),
		cmocka_unit_test_setup_teardown(a_name_leads_nowhere_else, begin, end),
		cmocka_unit_test_setup_teardown(it_opens_without_a_shell, begin, end),
		cmocka_unit_test_setup_teardown(only_links_are_opened_as_links, begin, end),
		cmocka_unit_test(it_says_what_cannot_be_run),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
