#include "console.h"

#include "atende/answer.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"
#include "test.h"
#include "tui/view.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 100, ROWS = 30, ESCAPE_MS = 25, PREVIEW_MS = 300 };

/* Translation is the program's, so that consoles of two languages take turns with it. gettext
 * notices only with another locale. */
static void speak(struct console *console)
{
	const char *spoken = getenv("LANGUAGE");
	size_t size = console->lang ? strlen(console->lang) : 0;
	if (size && (!spoken || strncmp(spoken, console->lang, size) != 0)) {
		setlocale(LC_MESSAGES, "C");
		language_setup(console->lang);
	}
}

static void look_on(struct console *console, size_t from)
{
	for (size_t i = from; i < console->effects->count; i++) {
		watch_effect(console->watch, console->effects->items[i]);
	}
	watch_after(console->watch, console->model);
}

void console_send(struct console *console, struct msg *msg)
{
	speak(console);
	size_t before = console->effects->count;
	if (console->watch) {
		watch_before(console->watch, console->model, msg);
	}
	model_update(console->model, msg, console->effects);
	talloc_free(msg);
	if (console->watch) {
		look_on(console, before);
	}
}

/* --- what the program does, here at once --- */

static size_t spool_find(const struct draft_list *spool, const struct draft *draft)
{
	size_t at = 0;
	while (at < spool->count && (spool->drafts[at].ticket != draft->ticket ||
					    spool->drafts[at].kind != draft->kind)) {
		at++;
	}
	return at;
}

static void spool(struct draft_list *list, const struct effect *effect)
{
	size_t at = spool_find(list, &effect->draft);
	if (effect->type == EFFECT_SPOOL_REMOVE) {
		if (at < list->count) {
			list->drafts[at] = list->drafts[--list->count];
		}
		return;
	}
	if (at == list->count) {
		list->drafts = mem_grow(list, list->drafts, struct draft, ++list->count);
	}
	list->drafts[at] = effect->draft;
	list->drafts[at].text = mem_strdup(list->drafts, effect->draft.text);
}

static struct msg *unavailable(struct console *console, struct effect *effect)
{
	struct msg *msg = msg_create(MSG_RESPONSE, console->fixture->now);
	msg->response.effect = talloc_steal(msg, effect);
	error_set(&msg->response.err, ERROR_UNAVAILABLE, N_("the desk is busy"), NULL);
	return msg;
}

static struct msg *answer(struct console *console, struct effect *effect)
{
	if (console->is_unreachable) {
		return unavailable(console, effect);
	}
	struct msg *msg = effect_answer(console->store, effect);
	bool is_deed =
		effect->type == EFFECT_APPLY && effect->apply.changes[0].kind != CHANGE_WORKED;
	if (console->loses_answer && is_deed) {
		console->loses_answer = false;
		msg->response.ok = false;
		error_set(&msg->response.err, ERROR_UNCERTAIN, N_("no answer came"), NULL);
	}
	return msg;
}

void console_settle(struct console *console)
{
	struct effect *effect;
	while ((effect = effects_take(console->effects))) {
		if (effect_is_for_desk(effect->type)) {
			console_send(console, answer(console, effect));
			continue;
		}
		if (effect->type == EFFECT_SPOOL_SAVE || effect->type == EFFECT_SPOOL_REMOVE) {
			spool(console->spool, effect);
		} else if (!effect_is_for_spool(effect->type)) {
			console->did = mem_printf(
				console, "%s %s", console->did, effect_name(effect->type));
			bool is_copy = effect->type == EFFECT_COPY;
			console->copied =
				is_copy ? mem_strdup(console, effect->text) : console->copied;
		}
		talloc_free(effect);
	}
}

void console_forget(struct console *console)
{
	console->did = mem_strdup(console, "");
	console->copied = NULL;
}

void console_hear(struct console *console)
{
	struct msg *msg = msg_create(MSG_FEED, console->fixture->now);
	if (console->is_unreachable) {
		error_set(&msg->feed.err, ERROR_UNAVAILABLE, N_("the desk is busy"), NULL);
	} else {
		msg->feed.ok = store_feed(
			console->store, msg, console->fed, 0, &msg->feed.items, &msg->feed.err);
		assert_true(msg->feed.ok);
		console->fed = msg->feed.items.revision;
	}
	console_send(console, msg);
	console_settle(console);
}

/* --- beginning --- */

static void start(struct console *console)
{
	speak(console);
	model_start(console->model, console->effects);
	struct msg *msg = msg_create(MSG_SPOOLED, console->fixture->now);
	msg->drafts.count = console->spool->count;
	msg->drafts.drafts = mem_array(msg, struct draft, console->spool->count + 1);
	for (size_t i = 0; i < console->spool->count; i++) {
		msg->drafts.drafts[i] = console->spool->drafts[i];
		msg->drafts.drafts[i].text = mem_strdup(msg, console->spool->drafts[i].text);
	}
	console_send(console, msg);
	console_settle(console);
	console_wait(console, PREVIEW_MS);
	console_forget(console);
}

struct console *console_open(struct fixture *fixture, const struct console_options *options)
{
	struct console *console = mem_new(NULL, struct console);
	console->fixture = fixture;
	console->store = fixture_as(fixture, options->login);
	console->effects = effects_create(console);
	console->lang = options->lang ? mem_strdup(console, options->lang) : NULL;
	console->ascii = options->ascii;
	console->spool = options->spool ? options->spool : mem_new(console, struct draft_list);
	console->decoder = decoder_create(console);
	console->did = mem_strdup(console, "");
	struct feed feed;
	struct error err = {0};
	assert_true(store_feed(console->store, console, -1, 0, &feed, &err));
	console->fed = feed.revision;
	struct model_options model = {.actor = store_actor(console->store),
		.now = fixture->now,
		.columns = options->columns ? options->columns : COLUMNS,
		.rows = options->rows ? options->rows : ROWS,
		.zone = options->zone,
		.terminal = mem_printf(console, "%p", (void *)console)};
	console->model = model_create(console, &model);
	start(console);
	return console;
}

struct console *console_create(struct fixture *fixture, const char *login)
{
	return console_open(fixture, &(struct console_options){.login = login});
}

void console_destroy(struct console *console)
{
	effects_destroy(console->effects);
	model_destroy(console->model);
	talloc_free(console);
}

/* --- keys --- */

static void press(struct console *console, struct key key)
{
	struct msg *msg = msg_create(MSG_KEY, console->fixture->now);
	msg->key = key;
	console_send(console, msg);
}

/* The next key, or letter between quotes, of which `quote` says which it is. */
static const char *press_one(struct console *console, const char *at, char *quote)
{
	if (!*quote && (*at == '\'' || *at == '"')) {
		*quote = *at++;
	} else if (!*quote) {
		struct key key;
		if (!key_parse(&at, &key)) {
			fail_msg("no key: %s", at);
		}
		press(console, key);
		return at;
	}
	if (*at == *quote || !*at) {
		*quote = '\0';
		at += *at != '\0';
		return at + strspn(at, " ");
	}
	size_t size;
	press(console, (struct key){.rune = text_rune(at, &size)});
	return at + size;
}

void console_press(struct console *console, const char *keys)
{
	for (char quote = '\0'; *keys;) {
		keys = press_one(console, keys, &quote);
	}
}

void console_keys(struct console *console, const char *keys)
{
	for (char quote = '\0'; *keys;) {
		keys = press_one(console, keys, &quote);
		console_settle(console);
	}
}

static void decode(struct console *console)
{
	for (;;) {
		struct msg *msg = msg_create(MSG_KEY, console->fixture->now);
		char *paste = NULL;
		enum decoded decoded = decoder_next(console->decoder, msg, &msg->key, &paste);
		if (decoded == DECODED_NOTHING) {
			talloc_free(msg);
			return;
		}
		if (decoded == DECODED_PASTE) {
			msg->type = MSG_PASTE;
			msg->text = paste;
		}
		console_send(console, msg);
		console_settle(console);
	}
}

void console_bytes(struct console *console, const char *bytes, size_t size)
{
	decoder_feed(console->decoder, bytes, size);
	console->bytes_at = console->fixture->now;
	decode(console);
}

/* --- time --- */

static int64_t escape_deadline(const struct console *console)
{
	return decoder_is_waiting(console->decoder) ? console->bytes_at + ESCAPE_MS : 0;
}

int64_t console_deadline(const struct console *console)
{
	int64_t escape = escape_deadline(console);
	int64_t at = model_deadline(console->model);
	return escape && (!at || escape < at) ? escape : at;
}

void console_tick(struct console *console)
{
	int64_t escape = escape_deadline(console);
	if (escape && escape <= console->fixture->now) {
		decoder_expire(console->decoder);
		decode(console);
	}
	console_send(console, msg_create(MSG_TICK, console->fixture->now));
	console_settle(console);
}

void console_wait(struct console *console, int64_t ms)
{
	int64_t end = console->fixture->now + ms;
	while (console->fixture->now < end) {
		int64_t at = console_deadline(console);
		bool is_near = at > console->fixture->now && at < end;
		console->fixture->now = is_near ? at : end;
		console_tick(console);
	}
}

/* --- the screen --- */

struct canvas *console_canvas(struct console *console)
{
	speak(console);
	const struct model *model = console->model;
	struct canvas *canvas = canvas_create(console, model->columns, model->rows, console->ascii);
	model_view(model, canvas);
	return canvas;
}

char *console_screen(struct console *console)
{
	struct canvas *canvas = console_canvas(console);
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
