#include "stage.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "stage_desk.h"
#include "test.h"
#include "tui/view.h"

#include <string.h>

const int64_t STAGE_NOW = INT64_C(1795361465000);

static int free_effects(struct effects **effects)
{
	effects_destroy(*effects);
	return 0;
}

static struct stage *create(const struct model_options *wanted)
{
	struct stage *stage = mem_new(NULL, struct stage);
	stage->now = STAGE_NOW;
	stage->done = mem_strdup(stage, "");
	stage->told = mem_strdup(stage, "");
	struct effects **holder = mem_new(stage, struct effects *);
	*holder = stage->effects = effects_create(NULL);
	talloc_set_destructor(holder, free_effects);
	stage->directory = stage_directory(stage);
	stage_fill(stage);
	struct model_options options = *wanted;
	options.actor = ANA;
	options.now = stage->now;
	options.zone =
		(struct zone){.name = (char *)"America/Sao_Paulo", .first_offset_ms = -3 * MS_HOUR};
	stage->model = model_create(stage, &options);
	model_start(stage->model, stage->effects);
	return stage;
}

struct stage *stage_create(int columns, int rows)
{
	return create(&(struct model_options){.columns = columns, .rows = rows});
}

struct stage *stage_create_calm(int columns, int rows)
{
	return create(&(struct model_options){.columns = columns, .rows = rows, .a11y = true});
}

struct stage *stage_create_linear(int columns, bool ascii)
{
	return create(&(struct model_options){.columns = columns, .linear = true, .ascii = ascii});
}

struct stage *stage_begin(int columns, int rows)
{
	struct stage *stage = stage_create(columns, rows);
	stage_answer(stage);
	stage_wait(stage, 200); /* the preview */
	stage_answer(stage);
	return stage;
}

void stage_destroy(struct stage *stage)
{
	talloc_free(stage);
}

/* --- what was asked for, as words --- */

static char *describe_changes(const void *mem, const struct effect *effect)
{
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < effect->apply.count; i++) {
		const struct change *change = &effect->apply.changes[i];
		text = mem_printf(
			mem, "%s%s%s", text, i ? ", " : "", change_kinds[change->kind].name);
		if (change->ticket) {
			text = mem_printf(mem, "%s %lld", text, (long long)change->ticket);
		}
		if (change->outcome) {
			text = mem_printf(
				mem, "%s %s", text, name_of(&outcome_names, change->outcome));
		}
	}
	return text;
}

static char *describe(const void *mem, const struct effect *effect)
{
	const char *name = effect_name(effect->type);
	switch (effect->type) {
	case EFFECT_APPLY:
		return mem_printf(mem, "%s(%s)", name, describe_changes(mem, effect));
	case EFFECT_RENEW:
		return mem_printf(mem, "%s(%lld%s)", name, (long long)effect->renewal.ticket,
			effect->renewal.grace ? " grace" : "");
	case EFFECT_TICKET:
		return mem_printf(mem, "%s(%lld)", name, (long long)effect->ticket);
	case EFFECT_DRAFT_SAVE:
	case EFFECT_DRAFT_DISCARD:
	case EFFECT_DRAFT_ADOPT:
	case EFFECT_SPOOL_SAVE:
	case EFFECT_SPOOL_REMOVE:
		return mem_printf(mem, "%s(%lld %s)", name, (long long)effect->draft.ticket,
			name_of(&draft_kind_names, (int)effect->draft.kind));
	default:
		return mem_strdup(mem, name);
	}
}

static void note_done(struct stage *stage, size_t from)
{
	for (size_t i = from; i < stage->effects->count; i++) {
		if (stage->effects->items[i]->type == EFFECT_TELL) {
			stage->told = mem_printf(
				stage, "%s%s", stage->told, stage->effects->items[i]->text);
			continue;
		}
		char *text = describe(stage, stage->effects->items[i]);
		stage->done =
			mem_printf(stage, "%s%s%s", stage->done, *stage->done ? " " : "", text);
	}
}

/* --- messages --- */

struct msg *stage_msg(struct stage *stage, enum msg_type type)
{
	return msg_create(type, stage->now);
}

static void look_on(struct stage *stage, size_t from)
{
	for (size_t i = from; i < stage->effects->count; i++) {
		watch_effect(stage->watch, stage->effects->items[i]);
	}
	watch_after(stage->watch, stage->model);
}

void stage_send(struct stage *stage, struct msg *msg)
{
	size_t before = stage->effects->count;
	if (stage->watch) {
		watch_before(stage->watch, stage->model, msg);
	}
	model_update(stage->model, msg, stage->effects);
	talloc_free(msg);
	if (stage->watch) {
		look_on(stage, before);
	} else {
		note_done(stage, before);
	}
}

static void press(struct stage *stage, struct key key)
{
	struct msg *msg = stage_msg(stage, MSG_KEY);
	msg->key = key;
	stage_send(stage, msg);
}

/* The next key, or the next letter between quotes; gives what is left. */
static const char *press_one(struct stage *stage, const char *at, bool *is_text)
{
	struct key key;
	if (!*is_text && *at != '\'') {
		if (!key_parse(&at, &key)) {
			fail_msg("no key: %s", at);
		}
		press(stage, key);
		return at;
	}
	at += !*is_text;
	*is_text = *at && *at != '\'';
	if (!*is_text) {
		at += *at == '\'';
		return at + strspn(at, " ");
	}
	size_t size;
	press(stage, (struct key){.rune = text_rune(at, &size)});
	return at + size;
}

const char *stage_play(struct stage *stage, const char *keys)
{
	stage->done = mem_strdup(stage, "");
	for (bool is_text = false; *keys;) {
		keys = press_one(stage, keys, &is_text);
	}
	return stage->done;
}

void stage_follow(struct stage *stage, const char *keys)
{
	for (bool is_text = false; *keys;) {
		keys = press_one(stage, keys, &is_text);
		stage_answer(stage);
	}
}

bool stage_answer_one(struct stage *stage, enum effect_type type)
{
	struct effects *effects = stage->effects;
	for (size_t i = 0; i < effects->count; i++) {
		struct effect *effect = effects->items[i];
		if (effect->type != type) {
			continue;
		}
		effects->count--;
		memmove(effects->items + i, effects->items + i + 1,
			(effects->count - i) * sizeof *effects->items);
		stage_send(stage, stage_respond(stage, effect));
		return true;
	}
	return false;
}

/* Of a folder with a few files. */
static void name_files(struct stage *stage, struct effect *effect)
{
	struct msg *msg = stage_msg(stage, MSG_PATHS);
	bool is_inside = strncmp(effect->text, "fotos/", 6) == 0;
	msg->text = mem_strdup(msg, is_inside ? "fotos/frente.png\nfotos/verso.png\n"
					      : "boleto.pdf\nfoto.png\nfotos/\n");
	talloc_free(effect);
	stage_send(stage, msg);
}

void stage_answer(struct stage *stage)
{
	struct effect *effect;
	while ((effect = effects_take(stage->effects))) {
		if (effect_is_for_desk(effect->type)) {
			stage_send(stage, stage_respond(stage, effect));
		} else if (effect->type == EFFECT_PATHS) {
			name_files(stage, effect);
		} else {
			talloc_free(effect);
		}
	}
}

struct stage *stage_begin_linear(int columns)
{
	struct stage *stage = stage_create_linear(columns, false);
	stage_answer(stage);
	return stage;
}

void stage_line(struct stage *stage, const char *line)
{
	char *prompt = linear_prompt(stage->model, stage);
	int shown = (int)strlen(prompt) - !*line; /* no blank at the end of a line */
	stage->told = mem_printf(stage, "%s%.*s%s\n", stage->told, shown, prompt, line);
	stage->now += MS_SECOND;
	struct msg *msg = stage_msg(stage, MSG_LINE);
	msg->line.text = mem_strdup(msg, line);
	stage->done = mem_strdup(stage, "");
	stage_send(stage, msg);
	stage_answer(stage);
}

void stage_do(struct stage *stage, const char *keys)
{
	stage_play(stage, keys);
	stage_answer(stage);
}

const char *stage_wait(struct stage *stage, int64_t ms)
{
	int64_t end = stage->now + ms;
	stage->done = mem_strdup(stage, "");
	while (stage->now < end) {
		int64_t at = model_deadline(stage->model);
		stage->now = at > stage->now && at < end ? at
			     : at <= stage->now		 ? stage->now + 1
							 : end;
		stage_send(stage, stage_msg(stage, MSG_TICK));
	}
	return stage->done;
}

void stage_link(struct stage *stage, enum link_state state)
{
	struct msg *msg = stage_msg(stage, MSG_LINK);
	stage->link.state = state;
	stage->is_offline = state == LINK_STATE_OFFLINE;
	msg->link = stage->link;
	stage->done = mem_strdup(stage, "");
	stage_send(stage, msg);
}

void stage_feed(struct stage *stage, enum change_kind kind, int64_t actor, int64_t ticket)
{
	struct msg *msg = stage_msg(stage, MSG_FEED);
	const struct ticket_view *view = stage_ticket(stage, ticket);
	msg->feed.ok = true;
	msg->feed.items.count = 1;
	msg->feed.items.items = mem_array(msg, struct feed_item, 1);
	msg->feed.items.items[0] = (struct feed_item){.revision = ++stage->revision,
		.at = stage->now,
		.kind = kind,
		.actor = actor,
		.ticket = ticket,
		.customer = view ? view->row.ticket.customer : 0};
	stage->done = mem_strdup(stage, "");
	stage_send(stage, msg);
}

/* --- the screen --- */

char *stage_screen(struct stage *stage)
{
	struct canvas *canvas =
		canvas_create(stage, stage->model->columns, stage->model->rows, false);
	model_view(stage->model, canvas);
	char *text = canvas_dump(stage, canvas);
	talloc_free(canvas);
	return text;
}

bool stage_shows(struct stage *stage, const char *text)
{
	char *screen = stage_screen(stage);
	bool shows = strstr(screen, text) != NULL;
	if (!shows) {
		print_message("not on the screen: %s\n%s", text, screen);
	}
	talloc_free(screen);
	return shows;
}

const char *stage_text(const struct stage *stage)
{
	return editor_text(stage->model->compose.editor);
}

void stage_look(struct stage *stage)
{
	stage_wait(stage, 300);
}

const struct effect *stage_first(const struct stage *stage, enum effect_type type)
{
	for (size_t i = 0; i < stage->effects->count; i++) {
		if (stage->effects->items[i]->type == type) {
			return stage->effects->items[i];
		}
	}
	return NULL;
}
