#include "place.h"

#include "test.h"

#include "base/clock.h"
#include "base/mem.h"

#include <dirent.h>
#include <string.h>

/* The review takes no key for a moment, so that what was typed ahead sends nothing. */
enum { REVIEW_MS = 600 };

int place_setup(void **state)
{
	struct place *place = mem_new(NULL, struct place);
	place->desk = desk_create(place);
	const struct desk *desk = place->desk;
	desk_do(desk, "davi", NULL, "init", desk->file, NULL);
	desk_do(desk, "davi", NULL, "operator", "set", "ana", "--name", "Ana", NULL);
	desk_do(desk, "davi", NULL, "operator", "set", "bruno", "--name", "Bruno", NULL);
	static const char *const tickets[][4] = {
		{"maria@example.com", "Maria", "Broken kettle", "It does not boil."},
		{"joao@example.com", "Joao", "Late parcel", "Where is it?"},
		{"lina@example.com", "Lina", "Wrong colour", "I wanted blue."},
	};
	for (size_t i = 0; i < ARRAY_LEN(tickets); i++) {
		desk_do(desk, "davi", NULL, "new", "--channel", "email", "--customer",
			tickets[i][0], "--name", tickets[i][1], "--subject", tickets[i][2], "-m",
			tickets[i][3], NULL);
	}
	place->group = session_group_create();
	*state = place;
	return 0;
}

int place_teardown(void **state)
{
	struct place *place = *state;
	session_group_destroy(place->group);
	talloc_free(place);
	return 0;
}

struct session *place_start(struct place *place, const char *as, const char *const *more)
{
	const char *argv[] = {desk_program(), NULL};
	const char **all = mem_array(place, const char *, 1);
	size_t count = 0;
	all[count++] = mem_printf(place, "ATENDE_AS=%s", as);
	for (; more && *more; more++) {
		all = mem_grow(place, all, const char *, count + 1);
		all[count++] = *more;
	}
	all = mem_grow(place, all, const char *, count + 1);
	all[count] = NULL;
	struct session_options options = {
		.argv = argv, .environment = desk_environment(place->desk, all)};
	return session_start(place->group, &options);
}

struct session *place_open(struct place *place, const char *as, const char *const *more)
{
	struct session *session = place_start(place, as, more);
	session_wait_for(session, "Wrong colour");
	return session;
}

void place_write(struct session *session, const char *text)
{
	session_send(session, "r");
	session_wait_for(session, "REPLY to maria@example.com");
	session_wait_for(session, "with you");
	session_send(session, text);
	session_wait_for(session, text);
}

static bool is_due(struct session *session, void *data)
{
	(void)session;
	return clock_monotonic() >= *(int64_t *)data;
}

void place_wait_review(struct session *session)
{
	session_wait_for(session, "REVIEW");
	int64_t due = clock_monotonic() + REVIEW_MS;
	session_wait(session, is_due, &due, "a review that takes keys");
}

void place_review(struct session *session, const char *key)
{
	session_send(session, SESSION_KEY_ESC);
	place_wait_review(session);
	session_send(session, key);
}

struct look {
	struct place *place;
	const char *text; /* NULL: no file at all */
	const char *as, *command, *argument;
};

static bool is_spooled(struct session *session, void *data)
{
	const struct look *look = data;
	char *folder = desk_path(look->place->desk, "state/atende/drafts");
	DIR *files = opendir(folder);
	bool found = false, any = false;
	(void)session;
	for (struct dirent *file; files && (file = readdir(files)) != NULL;) {
		size_t length = strlen(file->d_name);
		if (length > 6 && strcmp(file->d_name + length - 6, ".draft") == 0) {
			char *name = mem_printf(folder, "state/atende/drafts/%s", file->d_name);
			any = true;
			found = found || (look->text && strstr(desk_read(look->place->desk, name),
								look->text));
		}
	}
	if (files) {
		closedir(files);
	}
	talloc_free(folder);
	return look->text ? found : !any;
}

void place_wait_spooled(struct place *place, struct session *session, const char *text)
{
	struct look look = {.place = place, .text = text};
	session_wait(session, is_spooled, &look, "the text in the spool");
}

void place_wait_unspooled(struct place *place, struct session *session)
{
	struct look look = {.place = place};
	session_wait(session, is_spooled, &look, "an empty spool");
}

static bool is_on_desk(struct session *session, void *data)
{
	const struct look *look = data;
	(void)session;
	return strstr(desk_do(look->place->desk, look->as, NULL, look->command, look->argument,
			      "--json", NULL),
		       look->text) != NULL;
}

void place_wait_desk(struct place *place, struct session *session, const char *as, const char *text,
	const char *command, const char *argument)
{
	struct look look = {place, text, as, command, argument};
	session_wait(session, is_on_desk, &look, text);
}

bool place_has_row(struct session *session, const char *name, const char *mark)
{
	struct terminal *terminal = session_terminal(session);
	int row = terminal_find(terminal, 0, name, NULL);
	char *line = row < 0 ? NULL : terminal_line(NULL, terminal, row);
	bool has = line && strstr(line, mark) != NULL;
	talloc_free(line);
	return has;
}
