#include "atende/start.h"

#include "atende/console.h"
#include "atende/face.h"
#include "atende/keys.h"
#include "atende/signals.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/secret.h"
#include "base/text.h"
#include "tui/msg.h"
#include "tui/start.h"
#include "tui/style.h"
#include "tui/update.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct start {
	struct face *face;
	const struct keymap *keymap;
	struct model *model;
	struct effects *effects;
	struct clock clock;
	bool ascii;
	bool is_over;
	int ended_by;	 /* signal; 0: none */
	const void *mem; /* of the wish */
	struct cli_wish *wish;
};

/* --- paths --- */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_folder(const char *path)
{
	struct stat about;
	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static char *list_folder(
	const void *mem, DIR *folder, const char *typed, size_t shown, const char *real)
{
	char **names = mem_array(mem, char *, PATHS_MOST);
	size_t count = 0;
	const char *begun = typed + shown;
	for (struct dirent *entry; count < PATHS_MOST && (entry = readdir(folder));) {
		bool is_dots = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
		bool is_wanted = !is_dots && strncmp(entry->d_name, begun, strlen(begun)) == 0 &&
				 (*entry->d_name != '.' || *begun == '.') &&
				 strchr(entry->d_name, '\n') == NULL &&
				 text_is_clean(entry->d_name);
		if (is_wanted) {
			char *path = mem_printf(names, "%s/%s", real, entry->d_name);
			names[count++] = mem_printf(names, "%.*s%s%s\n", (int)shown, typed,
				entry->d_name, is_folder(path) ? "/" : "");
		}
	}
	qsort(names, count, sizeof *names, by_name);
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < count; i++) {
		text = mem_check(talloc_strdup_append_buffer(text, names[i]));
	}
	talloc_free(names);
	return text;
}

char *start_paths(const void *mem, const char *typed)
{
	const char *slash = strrchr(typed, '/');
	size_t shown = slash ? (size_t)(slash - typed) + 1 : 0;
	char *given = mem_strndup(NULL, typed, shown);
	char *real = shown ? paths_expand(given, given) : mem_strdup(given, ".");
	DIR *folder = opendir(real);
	char *text = mem_strdup(mem, "");
	if (folder) {
		text = list_folder(mem, folder, typed, shown, real);
		closedir(folder);
	}
	talloc_free(given);
	return text;
}

/* --- the loop --- */

static void update(struct start *start, struct msg *msg);

static void answer_paths(struct start *start, const struct effect *effect)
{
	struct msg *msg = msg_create(MSG_PATHS, clock_now(&start->clock));
	msg->text = start_paths(msg, effect->text);
	update(start, msg);
}

static void take_wish(struct start *start, const struct effect *effect)
{
	static const enum cli_deed deeds[] = {
		[START_NONE] = CLI_LEAVE,
		[START_SAMPLE] = CLI_SAMPLE,
		[START_NEW] = CLI_NEW,
		[START_OPEN] = CLI_OPEN,
		[START_ACT] = CLI_OPEN,
		[START_SIGN_IN] = CLI_SIGN_IN,
		[START_AGAIN] = CLI_OPEN,
	};
	*start->wish = (struct cli_wish){.deed = deeds[effect->start.deed],
		.desk = mem_strdup(start->mem, effect->start.desk),
		.login = mem_strdup(start->mem, effect->start.login),
		.password = mem_strdup(start->mem, effect->start.password),
		.is_kept = effect->start.is_kept};
	secret_wipe_text(effect->start.password);
	start->is_over = true;
}

static void suspend(struct start *start)
{
	start->face->can->leave(start->face);
	signals_suspend();
	start->face->can->come_back(start->face);
}

static void perform(struct start *start, const struct effect *effect)
{
	if (effect->type == EFFECT_PATHS) {
		answer_paths(start, effect);
	} else if (effect->type == EFFECT_START) {
		take_wish(start, effect);
	} else if (effect->type == EFFECT_SUSPEND) {
		suspend(start);
	} else if (effect->type == EFFECT_REPAINT) {
		start->face->can->repaint(start->face);
	} else if (effect->type == EFFECT_TELL) {
		start->face->can->tell(start->face, effect->text);
	} else if (effect->type == EFFECT_QUIT) {
		start->is_over = true;
	}
}

static void update(struct start *start, struct msg *msg)
{
	model_update(start->model, msg, start->effects);
	talloc_free(msg);
	for (struct effect *effect; (effect = effects_take(start->effects));) {
		perform(start, effect);
		talloc_free(effect);
	}
}

static void read_terminal(struct start *start)
{
	bool is_gone = false;
	struct msg *msg;
	while (!start->is_over && (msg = start->face->can->read(start->face, start->model,
					   clock_now(&start->clock), &is_gone))) {
		update(start, msg);
	}
	if (is_gone) {
		start->is_over = true;
		start->ended_by = start->face->is_linear && !start->face->is_gone ? 0 : SIGHUP;
	}
}

static void take_size(struct start *start)
{
	struct msg *msg = msg_create(MSG_RESIZE, clock_now(&start->clock));
	start->face->can->resize(start->face, &msg->size.columns, &msg->size.rows);
	update(start, msg);
}

static void read_signals(struct start *start)
{
	for (int number; (number = signals_take()) != 0;) {
		if (number == SIGCONT) {
			start->face->can->come_back(start->face);
		}
		if (number == SIGWINCH || number == SIGCONT) {
			take_size(start);
		} else if (number == SIGTSTP) {
			suspend(start);
		} else if (number != SIGCHLD) {
			start->is_over = true;
			start->ended_by = number;
		}
	}
}

static void turn(struct start *start)
{
	struct pollfd fds[] = {
		{.fd = signals_fd(), .events = POLLIN},
		{.fd = start->face->can->fd(start->face, start->model), .events = POLLIN},
	};
	start->face->can->show(start->face, start->model);
	int ready = poll(fds, ARRAY_LEN(fds), start->face->can->wait_ms(start->face, start->model));
	start->is_over = ready < 0 && errno != EINTR;
	read_signals(start);
	read_terminal(start);
}

static void start_model(struct start *start, const struct cli_lack *lack)
{
	int columns, rows;
	start->face->can->resize(start->face, &columns, &rows);
	struct start_lack *shown = mem_new(start, struct start_lack);
	*shown = (struct start_lack){.problem = lack->problem,
		.is_first = lack->is_first,
		.sample_path = paths_shorten(start, paths_data(start, "sample.db")),
		.new_path = paths_shorten(start, paths_data(start, "desk.db")),
		.login = lack->login ? lack->login : "",
		.directory = lack->directory};
	struct model_options options = {.now = clock_now(&start->clock),
		.columns = columns,
		.rows = rows,
		.zone = *lack->zone,
		.keymap = start->keymap,
		.lack = shown,
		.a11y = lack->a11y,
		.linear = start->face->is_linear,
		.ascii = start->ascii};
	start->model = model_create(start, &options);
	start->effects = effects_create(start);
	if (lack->failure) {
		model_tell(start->model, lack->failure);
	}
	take_size(start); /* a face of lines tells after a message */
}

bool start_run(void *data, const void *mem, const struct cli_lack *lack, struct cli_wish *wish,
	struct error *err)
{
	const struct console_options *options = data;
	struct start *start = mem_new(NULL, struct start);
	const struct theme *theme = theme_find(lack->theme);
	struct face_options face = {.input = STDIN_FILENO,
		.output = STDOUT_FILENO,
		.theme = theme ? theme : theme_find(NULL),
		.no_colour = lack->no_colour,
		.ascii = lack->ascii || !options->is_utf8,
		.is_linear = lack->linear};
	start->clock = clock_system();
	start->ascii = face.ascii;
	start->mem = mem;
	start->wish = wish;
	*wish = (struct cli_wish){.deed = CLI_LEAVE};
	start->keymap = keys_load(start, err);
	if (!start->keymap || !face_open(start, &face, &start->face, err)) {
		talloc_free(start);
		return false;
	}
	mem_check(signals_start(start->face->rescue) ? start : NULL);
	start_model(start, lack);
	while (!start->is_over) {
		turn(start);
	}
	start->face->can->close(start->face);
	model_destroy(start->model);
	effects_destroy(start->effects);
	signals_stop();
	wish->ended_by = start->ended_by;
	talloc_free(start);
	return true;
}
