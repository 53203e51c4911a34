#include "atende/start.h"

#include "atende/console.h"
#include "atende/keys.h"
#include "atende/signals.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "tui/canvas.h"
#include "tui/msg.h"
#include "tui/start.h"
#include "tui/style.h"
#include "tui/term.h"
#include "tui/update.h"
#include "tui/view.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct start {
	struct term *term;
	struct canvas *canvas;
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
		[START_AGAIN] = CLI_OPEN,
	};
	*start->wish = (struct cli_wish){.deed = deeds[effect->start.deed],
		.desk = mem_strdup(start->mem, effect->start.desk),
		.login = mem_strdup(start->mem, effect->start.login),
		.is_kept = effect->start.is_kept};
	start->is_over = true;
}

static void suspend(struct start *start)
{
	term_leave(start->term);
	signals_suspend();
	term_return(start->term);
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
		term_repaint(start->term);
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
	while (!start->is_over) {
		struct msg *msg = msg_create(MSG_KEY, clock_now(&start->clock));
		char *paste = NULL;
		enum term_event event = term_read(start->term, msg, &msg->key, &paste);
		if (event == TERM_PASTE) {
			msg->type = MSG_PASTE;
			msg->text = paste;
		} else if (event != TERM_KEY) {
			talloc_free(msg);
			start->is_over = event == TERM_GONE;
			start->ended_by = event == TERM_GONE ? SIGHUP : 0;
			return;
		}
		update(start, msg);
	}
}

static void take_size(struct start *start)
{
	struct msg *msg = msg_create(MSG_RESIZE, clock_now(&start->clock));
	term_size(start->term, &msg->size.columns, &msg->size.rows);
	talloc_free(start->canvas);
	start->canvas = canvas_create(start, msg->size.columns, msg->size.rows, start->ascii);
	update(start, msg);
}

static void read_signals(struct start *start)
{
	for (int number; (number = signals_take()) != 0;) {
		if (number == SIGCONT) {
			term_return(start->term);
		}
		if (number == SIGWINCH || number == SIGCONT) {
			take_size(start);
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
		{.fd = term_fd(start->term), .events = POLLIN},
	};
	canvas_clear(start->canvas);
	model_view(start->model, start->canvas);
	term_draw(start->term, start->canvas);
	int ready = poll(fds, ARRAY_LEN(fds), term_wait_ms(start->term));
	start->is_over = ready < 0 && errno != EINTR;
	read_signals(start);
	read_terminal(start);
}

static void start_model(struct start *start, const struct cli_lack *lack)
{
	int columns, rows;
	term_size(start->term, &columns, &rows);
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
		.lack = shown};
	start->canvas = canvas_create(start, columns, rows, start->ascii);
	start->model = model_create(start, &options);
	start->effects = effects_create(start);
	if (lack->failure) {
		model_tell(start->model, lack->failure);
	}
}

bool start_run(void *data, const void *mem, const struct cli_lack *lack, struct cli_wish *wish,
	struct error *err)
{
	const struct console_options *options = data;
	struct start *start = mem_new(NULL, struct start);
	const struct theme *theme = theme_find(lack->theme);
	struct term_options term_options = {.input = STDIN_FILENO,
		.output = STDOUT_FILENO,
		.theme = theme ? theme : theme_find(NULL),
		.no_colour = lack->no_colour};
	struct term_rescue rescue;
	start->clock = clock_system();
	start->ascii = lack->ascii || !options->is_utf8;
	start->mem = mem;
	start->wish = wish;
	*wish = (struct cli_wish){.deed = CLI_LEAVE};
	start->keymap = keys_load(start, err);
	if (!start->keymap || !term_open(start, &term_options, &start->term, err)) {
		talloc_free(start);
		return false;
	}
	term_rescue_prepare(start->term, &rescue);
	mem_check(signals_start(&rescue) ? start : NULL);
	start_model(start, lack);
	while (!start->is_over) {
		turn(start);
	}
	term_close(start->term);
	model_destroy(start->model);
	effects_destroy(start->effects);
	signals_stop();
	wish->ended_by = start->ended_by;
	talloc_free(start);
	return true;
}
