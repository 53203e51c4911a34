#include "console.h"

#include "base/mem.h"
#include "base/text.h"
#include "test.h"
#include "tui/canvas.h"
#include "tui/view.h"

#include <string.h>

enum { COLUMNS = 100, ROWS = 30 };

/* --- what the worker of the program does, here at once --- */

static bool queue(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return store_queue(store, msg, &effect->queue, &msg->response.page, err);
}

static bool rows(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return store_rows(
		store, msg, effect->rows.numbers, effect->rows.count, &msg->response.page, err);
}

static bool next(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)effect;
	return store_next(store, msg, &msg->response.row, err);
}

static bool counts(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)effect;
	return store_counts(store, &msg->response.counts, err);
}

static bool ticket(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	msg->response.ticket = mem_new(msg, struct ticket_view);
	return store_ticket(store, msg->response.ticket, effect->ticket, msg->response.ticket, err);
}

static bool search(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return store_search(store, msg, &effect->search, &msg->response.found, err);
}

static bool drafts(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	return store_drafts(store, msg, effect->bin, &msg->response.drafts, err);
}

static bool directory(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)effect;
	return store_directory_copy(store, msg, &msg->response.directory, err);
}

static bool apply(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	for (size_t i = 0; i < effect->apply.count; i++) {
		struct change *change = &effect->apply.changes[i];
		if (uuid_is_zero(&change->id)) {
			change->id = uuid_make(store_now(store));
		}
	}
	msg->response.results = mem_array(msg, struct result, effect->apply.count);
	return store_apply(
		store, effect->apply.changes, effect->apply.count, msg->response.results, err);
}

static bool save(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)msg;
	return store_draft_save(store, &effect->draft, err);
}

static bool discard(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)msg;
	return store_draft_discard(store, effect->draft.ticket, effect->draft.kind, err);
}

static bool restore(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)msg;
	return store_draft_restore(store, effect->draft.ticket, effect->draft.kind, err);
}

static bool adopt(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	(void)msg;
	return store_draft_adopt(
		store, effect->draft.ticket, effect->draft.operator_id, effect->draft.kind, err);
}

static bool renew(struct store *store, struct msg *msg, struct effect *effect, struct error *err)
{
	msg->response.renewal = effect->renewal;
	return store_renew(store, &msg->response.renewal, err);
}

typedef bool perform_fn(
	struct store *store, struct msg *msg, struct effect *effect, struct error *err);

static perform_fn *const performers[EFFECT_TYPES] = {
	[EFFECT_DIRECTORY] = directory,
	[EFFECT_QUEUE] = queue,
	[EFFECT_ROWS] = rows,
	[EFFECT_NEXT] = next,
	[EFFECT_COUNTS] = counts,
	[EFFECT_TICKET] = ticket,
	[EFFECT_SEARCH] = search,
	[EFFECT_DRAFTS] = drafts,
	[EFFECT_APPLY] = apply,
	[EFFECT_DRAFT_SAVE] = save,
	[EFFECT_DRAFT_DISCARD] = discard,
	[EFFECT_DRAFT_RESTORE] = restore,
	[EFFECT_DRAFT_ADOPT] = adopt,
	[EFFECT_RENEW] = renew,
};

static void send(struct console *console, struct msg *msg)
{
	model_update(console->model, msg, console->effects);
	talloc_free(msg);
}

void console_settle(struct console *console)
{
	struct effect *effect;
	while ((effect = effects_take(console->effects))) {
		if (!effect_is_for_desk(effect->type)) {
			talloc_free(effect);
			continue;
		}
		struct msg *msg = msg_create(MSG_RESPONSE, console->fixture->now);
		struct response *response = &msg->response;
		response->effect = talloc_steal(msg, effect);
		response->ok =
			performers[effect->type](console->store, msg, effect, &response->err);
		send(console, msg);
	}
}

void console_hear(struct console *console)
{
	struct msg *msg = msg_create(MSG_FEED, console->fixture->now);
	msg->feed.ok =
		store_feed(console->store, msg, console->fed, 0, &msg->feed.items, &msg->feed.err);
	assert_true(msg->feed.ok);
	console->fed = msg->feed.items.revision;
	send(console, msg);
	console_settle(console);
}

/* --- beginning, keys, time --- */

struct console *console_create(struct fixture *fixture, const char *login)
{
	struct console *console = mem_new(NULL, struct console);
	console->fixture = fixture;
	console->store = fixture_as(fixture, login);
	console->effects = effects_create(console);
	struct feed feed;
	struct error err = {0};
	assert_true(store_feed(console->store, console, -1, 0, &feed, &err));
	console->fed = feed.revision;
	struct model_options options = {.actor = store_actor(console->store),
		.now = fixture->now,
		.columns = COLUMNS,
		.rows = ROWS};
	console->model = model_create(console, &options);
	model_start(console->model, console->effects);
	console_settle(console);
	console_wait(console, 300);
	return console;
}

void console_destroy(struct console *console)
{
	effects_destroy(console->effects);
	model_destroy(console->model);
	talloc_free(console);
}

static void press(struct console *console, struct key key)
{
	struct msg *msg = msg_create(MSG_KEY, console->fixture->now);
	msg->key = key;
	send(console, msg);
}

static const char *press_one(struct console *console, const char *at)
{
	struct key key;
	if (*at != '\'') {
		assert_true(key_parse(&at, &key));
		press(console, key);
		return at;
	}
	for (at++; *at != '\'';) {
		size_t size;
		press(console, (struct key){.rune = text_rune(at, &size)});
		at += size;
	}
	at++;
	return at + strspn(at, " ");
}

void console_press(struct console *console, const char *keys)
{
	while (*keys) {
		keys = press_one(console, keys);
	}
}

void console_keys(struct console *console, const char *keys)
{
	while (*keys) {
		keys = press_one(console, keys);
		console_settle(console);
	}
}

void console_wait(struct console *console, int64_t ms)
{
	int64_t end = console->fixture->now + ms;
	while (console->fixture->now < end) {
		int64_t at = model_deadline(console->model);
		bool is_near = at > console->fixture->now && at < end;
		console->fixture->now = is_near ? at : end;
		send(console, msg_create(MSG_TICK, console->fixture->now));
		console_settle(console);
	}
}

char *console_screen(struct console *console)
{
	struct canvas *canvas = canvas_create(console, COLUMNS, ROWS, false);
	model_view(console->model, canvas);
	char *text = canvas_dump(console, canvas);
	talloc_free(canvas);
	return text;
}

bool console_shows(struct console *console, const char *text)
{
	char *screen = console_screen(console);
	bool shows = strstr(screen, text) != NULL;
	if (!shows) {
		print_message("not on the screen: %s\n%s", text, screen);
	}
	talloc_free(screen);
	return shows;
}
