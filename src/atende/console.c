#include "atende/console.h"

#include "atende/edit.h"
#include "atende/face.h"
#include "atende/keys.h"
#include "atende/looks.h"
#include "atende/past.h"
#include "atende/signals.h"
#include "atende/spool.h"
#include "atende/spooler.h"
#include "atende/stderr.h"
#include "atende/watcher.h"
#include "atende/worker.h"
#include "base/file.h"
#include "base/mailbox.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/uuid.h"
#include "tui/msg.h"
#include "tui/style.h"
#include "tui/update.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A desk on a slow disk gets this long to take what is left when the console ends. */
enum { PATIENCE_MS = 5000, EDIT_LOOK_MS = 1000, LINK_LOOK_MS = 1000, FATAL_SIGNAL = 128 };

struct console {
	const struct cli_start *start;
	struct face *face;
	const struct keymap *keymap;
	struct model *model;
	struct effects *effects;
	struct mailbox *inbox;
	struct worker_place place;
	struct worker *worker;
	struct watcher *watcher;
	struct spool *spool;
	struct spooler *spooler;
	struct edit *edit; /* NULL: the terminal is ours */
	struct clock clock;
	struct link_status link; /* as the model knows it */
	bool ascii;
	bool is_over;
	int ended_by; /* signal; 0: none */
	int stderr_before;
};

/* --- effects --- */

static void update(struct console *console, struct msg *msg);

/* *err: it failed; NULL: it did not. */
static void send_edited(
	struct console *console, struct edit_text *text, bool done, const struct error *err)
{
	struct msg *msg = msg_create(MSG_EDITED, clock_now(&console->clock));
	msg->edited.done = done;
	msg->edited.ok = !err;
	msg->edited.err = err ? *err : (struct error){0};
	msg->edited.text = text->text ? talloc_steal(msg, text->text) : mem_strdup(msg, "");
	msg->edited.was_cleaned = text->was_cleaned;
	update(console, msg);
}

static void start_edit(struct console *console, struct effect *effect)
{
	struct error err = {0};
	char *folder = paths_state(effect, "editor");
	char *name = spool_name(console->spool, effect, effect->draft.ticket, effect->draft.kind);
	console->face->can->leave(console->face);
	console->edit = edit_start(console, folder, name, effect->draft.text, &err);
	if (!console->edit) {
		struct edit_text none = {0};
		console->face->can->come_back(console->face);
		send_edited(console, &none, true, &err);
	}
}

static void suspend(struct console *console, struct effect *effect)
{
	(void)effect;
	console->face->can->leave(console->face);
	signals_suspend();
	console->face->can->come_back(console->face);
}

static void cancel(struct console *console, struct effect *effect)
{
	(void)effect;
	worker_cancel(console->worker);
}

static void repaint(struct console *console, struct effect *effect)
{
	(void)effect;
	console->face->can->repaint(console->face);
}

static void bell(struct console *console, struct effect *effect)
{
	(void)effect;
	console->face->can->bell(console->face);
}

static void tell(struct console *console, struct effect *effect)
{
	console->face->can->tell(console->face, effect->text);
}

static void copy(struct console *console, struct effect *effect)
{
	console->face->can->copy(console->face, effect->text);
}

static void dress(struct console *console, struct effect *effect)
{
	console->face->can->dress(console->face, theme_find(effect->text));
}

static void quit(struct console *console, struct effect *effect)
{
	(void)effect;
	console->is_over = true;
}

typedef void effect_fn(struct console *console, struct effect *effect);

static effect_fn *const effect_functions[EFFECT_TYPES] = {
	[EFFECT_EDIT] = start_edit,
	[EFFECT_CANCEL] = cancel,
	[EFFECT_SUSPEND] = suspend,
	[EFFECT_REPAINT] = repaint,
	[EFFECT_BELL] = bell,
	[EFFECT_COPY] = copy,
	[EFFECT_TELL] = tell,
	[EFFECT_THEME] = dress,
	[EFFECT_QUIT] = quit,
};

static void perform(struct console *console)
{
	struct effect *effect;
	while ((effect = effects_take(console->effects)) != NULL) {
		if (effect_is_for_desk(effect->type) || effect->type == EFFECT_PATHS) {
			worker_ask(console->worker, effect);
			continue;
		}
		if (effect_is_for_spool(effect->type)) {
			spooler_ask(console->spooler, effect);
			continue;
		}
		effect_functions[effect->type](console, effect);
		talloc_free(effect);
	}
}

/* --- messages --- */

static void update(struct console *console, struct msg *msg)
{
	model_update(console->model, msg, console->effects);
	talloc_free(msg);
	perform(console);
}

static void send(struct console *console, enum msg_type type)
{
	update(console, msg_create(type, clock_now(&console->clock)));
}

static void end(struct console *console, int number)
{
	if (console->is_over) {
		return;
	}
	console->ended_by = number;
	struct edit_text text;
	if (console->edit && edit_abandon(console->edit, NULL, &text)) {
		send_edited(console, &text, true, NULL);
	}
	send(console, MSG_HANGUP);
	console->is_over = true;
}

static void read_inbox(struct console *console)
{
	struct msg *msg;
	while ((msg = mailbox_take(console->inbox)) != NULL) {
		update(console, msg);
	}
}

static void take_size(struct console *console)
{
	struct msg *msg = msg_create(MSG_RESIZE, clock_now(&console->clock));
	console->face->can->resize(console->face, &msg->size.columns, &msg->size.rows);
	update(console, msg);
}

/* Whoever had the terminal while we were stopped left it in his modes. */
static void go_on(struct console *console)
{
	if (!console->edit) {
		console->face->can->come_back(console->face);
	}
	take_size(console);
}

/* Keys that the driver of a terminal in lines makes signals of. */
static bool is_key(struct console *console, int number)
{
	char rune = number == SIGINT ? 'c' : number == SIGTSTP ? 'z' : 0;
	if (!console->face->is_linear || !rune) {
		return false;
	}
	struct msg *msg = msg_create(MSG_KEY, clock_now(&console->clock));
	msg->key = (struct key){.rune = (uint32_t)rune, .ctrl = true};
	update(console, msg);
	console->face->can->tell(console->face, ""); /* its echo stands behind the prompt */
	return true;
}

static void read_signals(struct console *console)
{
	int number;
	while ((number = signals_take()) != 0) {
		if (number == SIGWINCH) {
			take_size(console);
		} else if (number == SIGCONT) {
			go_on(console);
		} else if ((number == SIGINT || number == SIGQUIT) && console->edit) {
			continue; /* meant for the editor */
		} else if (number != SIGCHLD && !is_key(console, number)) {
			end(console, number);
		}
	}
}

static void read_terminal(struct console *console)
{
	struct face *face = console->face;
	bool is_gone = false;
	struct msg *msg;
	while (!console->is_over && !console->edit &&
		(msg = face->can->read(
			 face, console->model, clock_now(&console->clock), &is_gone))) {
		read_signals(console); /* Ctrl-C came before the line that is behind it */
		if (console->is_over) {
			talloc_free(msg);
			return;
		}
		update(console, msg);
	}
	if (is_gone) {
		/* The end of what is read in lines is an end that was meant. */
		end(console, face->is_linear && !face->is_gone ? 0 : SIGHUP);
	}
}

static void look_at_edit(struct console *console)
{
	struct error err = {0};
	struct edit_text text = {0};
	bool ok;
	if (!console->edit) {
		return;
	}
	if (!edit_is_over(console->edit, NULL, &text, &ok, &err)) {
		if (edit_changed(console->edit, NULL, &text)) {
			send_edited(console, &text, false, NULL);
		}
		return;
	}
	struct edit *edit = console->edit;
	console->edit = NULL;
	console->face->can->come_back(console->face);
	take_size(console);
	send_edited(console, &text, true, ok ? NULL : &err);
	edit_finish(edit);
}

/* --- the loop --- */

static void show(struct console *console)
{
	if (!console->edit && model_is_dirty(console->model)) {
		console->face->can->show(console->face, console->model);
	}
}

/* What a server's store finds out by itself, without a question: whether it is reached. */
static void look_at_link(struct console *console)
{
	struct link_status status;
	store_link(console->start->store, &status);
	if (link_status_equal(&status, &console->link)) {
		return;
	}
	console->link = status;
	struct msg *msg = msg_create(MSG_LINK, clock_now(&console->clock));
	msg->link = status;
	update(console, msg);
}

static int timeout_ms(struct console *console)
{
	int64_t deadline = model_deadline(console->model);
	int64_t wait = deadline ? deadline - clock_now(&console->clock) : -1;
	int escape = console->edit ? EDIT_LOOK_MS
				   : console->face->can->wait_ms(console->face, console->model);
	wait = deadline && wait < 0 ? 0 : wait;
	wait = escape >= 0 && (wait < 0 || escape < wait) ? escape : wait;
	bool is_file = console->link.state == LINK_STATE_FILE;
	wait = !is_file && (wait < 0 || wait > LINK_LOOK_MS) ? LINK_LOOK_MS : wait;
	return wait > EDIT_LOOK_MS * 60 ? EDIT_LOOK_MS * 60 : (int)wait;
}

static void turn(struct console *console)
{
	struct pollfd fds[] = {
		{.fd = mailbox_fd(console->inbox), .events = POLLIN},
		{.fd = signals_fd(), .events = POLLIN},
		{.fd = console->edit ? -1 : console->face->can->fd(console->face, console->model),
			.events = POLLIN},
	};
	int ready = poll(fds, ARRAY_LEN(fds), timeout_ms(console));
	if (ready < 0 && errno != EINTR) {
		end(console, SIGTERM);
		return;
	}
	read_signals(console);
	look_at_edit(console);
	read_terminal(console);
	read_inbox(console);
	look_at_link(console);
	int64_t deadline = model_deadline(console->model);
	if (!console->is_over && deadline && clock_now(&console->clock) >= deadline) {
		send(console, MSG_TICK);
	}
}

/* --- beginning and end --- */

static void recover_drafts(struct console *console)
{
	struct msg *msg = msg_create(MSG_SPOOLED, clock_now(&console->clock));
	struct error err = {0};
	size_t bad_count = 0;
	bool ok = spool_read(console->spool, msg, store_actor(console->start->store), &msg->drafts,
		&bad_count, &err);
	edit_recover(msg, paths_state(msg, "editor"), console->spool,
		store_actor(console->start->store), &msg->drafts);
	console->spooler = spooler_start(console->spool, console->inbox);
	update(console, msg);
	if (ok && bad_count > 0) {
		char *folder = paths_state(console, "drafts");
		ok = error_set(&err, ERROR_INVALID,
			N_("an unfinished text is damaged; its file ends in .bad now, look at it "
			   "in {0}"),
			folder, NULL);
	}
	if (!ok) {
		msg = msg_create(MSG_SPOOL_FAILED, clock_now(&console->clock));
		msg->err = err;
		update(console, msg);
	}
}

static void recall(struct console *console)
{
	struct msg *msg = msg_create(MSG_HISTORY, clock_now(&console->clock));
	msg->text = past_read(msg);
	update(console, msg);
}

static void start_model(struct console *console)
{
	int columns, rows;
	console->face->can->resize(console->face, &columns, &rows);
	struct model_options options = {.actor = store_actor(console->start->store),
		.now = clock_now(&console->clock),
		.columns = columns,
		.rows = rows,
		.zone = *console->start->zone,
		.theme = looks_theme_given(console->start),
		.slow = looks_link_is_slow(console->start->profile),
		.keymap = console->keymap,
		.no_copy = looks_why_not_copy(console->start->profile, console->face->can_copy),
		.a11y = console->start->a11y || console->start->profile->a11y,
		.save_folder = console->start->profile->save_dir,
		.open_command = console->start->profile->open_command,
		.linear = console->face->is_linear,
		.ascii = console->ascii};
	char terminal[UUID_TEXT_SIZE];
	struct uuid uuid = uuid_make(options.now);
	uuid_format(&uuid, terminal);
	options.terminal = terminal;
	console->model = model_create(console, &options);
	console->effects = effects_create(console);
	model_start(console->model, console->effects);
	recover_drafts(console);
	recall(console);
}

static void start_threads(struct console *console, const struct console_options *options)
{
	struct feed feed = {.revision = 0};
	struct error ignored = {0}; /* the watcher finds the same fault and says it */
	store_feed(console->start->store, console, -1, 0, &feed, &ignored);
	struct watcher_options watcher = {.location = console->start->profile->desk,
		.login = console->start->profile->as,
		.drivers = options->drivers,
		.driver_count = options->driver_count,
		.store = *console->start->options,
		.since = feed.revision};
	console->place = (struct worker_place){watcher.location, watcher.login, watcher.drivers,
		watcher.driver_count, watcher.store};
	console->worker = worker_start(console->start->store, &console->place, console->inbox);
	console->watcher = watcher_start(&watcher, console->inbox);
}

static void finish(struct console *console)
{
	spooler_stop(console->spooler);
	watcher_stop(console->watcher);
	console->face->can->close(console->face);
	worker_stop(console->worker, PATIENCE_MS);
	edit_finish(console->edit);
	model_destroy(console->model);
	effects_destroy(console->effects);
	mailbox_destroy(console->inbox);
	signals_stop();
	stderr_restore(console->stderr_before);
}

static bool open_face(
	struct console *console, const struct console_options *options, struct error *err)
{
	const struct cli_start *start = console->start;
	struct face_options face = {.input = STDIN_FILENO,
		.output = STDOUT_FILENO,
		.is_linear = start->linear || start->profile->linear,
		.no_colour = start->profile->no_colour};
	console->ascii = start->ascii || start->profile->ascii || !options->is_utf8;
	face.ascii = console->ascii;
	return looks_find_theme(start, &face.theme, err) &&
	       face_open(console, &face, &console->face, err);
}

bool console_run(void *data, const struct cli_start *start, int *status, struct error *err)
{
	const struct console_options *options = data;
	struct console *console = mem_new(NULL, struct console);
	console->start = start;
	console->clock = clock_system();
	console->keymap = keys_load(console, err);
	if (start->profile->editor) {
		setenv("VISUAL", start->profile->editor, 1); /* before there are threads */
	}
	if (!console->keymap || !open_face(console, options, err)) {
		talloc_free(console);
		return false;
	}
	console->stderr_before = stderr_to_log(paths_state(console, ""));
	mem_check(signals_start(console->face->rescue) ? console : NULL);
	console->inbox = mailbox_create();
	char *folder = paths_state(console, "drafts");
	console->spool = spool_open(console, folder, start->profile->desk, start->profile->as);
	start_threads(console, options);
	start_model(console);
	look_at_link(console);
	while (!console->is_over) {
		show(console);
		turn(console);
	}
	*status = console->ended_by ? FATAL_SIGNAL + console->ended_by : 0;
	finish(console);
	talloc_free(console);
	return true;
}
