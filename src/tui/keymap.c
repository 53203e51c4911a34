#include "tui/keymap.h"

#include "keymap_state.h"

#include "base/mem.h"

#include <assert.h>
#include <string.h>

/* Which keys mean which command: made, and asked. */

bool screen_takes_text(enum screen screen)
{
	return screen == SCREEN_COMPOSE || screen == SCREEN_HELP;
}

bool keymap_parse(const char *text, struct key keys[KEYMAP_SEQUENCE], size_t *count)
{
	const char *at = text;
	*count = 0;
	while (*at) {
		if (*count == KEYMAP_SEQUENCE || !key_parse(&at, &keys[*count])) {
			return false;
		}
		(*count)++;
	}
	return *count > 0;
}

unsigned keymap_text_screens(const struct key *first, unsigned screens)
{
	bool is_letter = first->name == K_RUNE && !first->ctrl && !first->meta;
	unsigned found = 0;
	for (int screen = 0; screen < SCREENS && is_letter; screen++) {
		found |= screen_takes_text((enum screen)screen) ? screens & ON(screen) : 0;
	}
	return found;
}

bool keymap_begin_alike(const struct key *a, size_t a_count, const struct key *b, size_t b_count)
{
	for (size_t i = 0; i < a_count && i < b_count; i++) {
		if (!key_equal(&a[i], &b[i])) {
			return false;
		}
	}
	return true;
}

void keymap_add(struct keymap *keymap, const struct binding *binding)
{
	for (size_t i = 0; i < keymap->count; i++) {
		struct binding *item = &keymap->items[i];
		if (item->command == binding->command && item->count == binding->count &&
			keymap_begin_alike(item->keys, item->count, binding->keys, item->count)) {
			item->screens |= binding->screens;
			return;
		}
	}
	keymap->items = mem_grow(keymap, keymap->items, struct binding, keymap->count + 1);
	struct binding *item = &keymap->items[keymap->count++];
	*item = *binding;
	item->where = binding->where ? mem_strdup(keymap, binding->where) : NULL;
	item->text = mem_strdup(keymap, "");
	for (size_t i = 0; i < item->count; i++) {
		char *name = key_format(item->text, &item->keys[i]);
		item->text = mem_check(
			talloc_asprintf_append_buffer(item->text, "%s%s", i ? " " : "", name));
	}
}

struct keymap *keymap_create(const void *mem)
{
	struct keymap *keymap = mem_new(mem, struct keymap);
	for (size_t i = 0; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		for (size_t n = 0; n < COMMAND_KEYS && command->keys[n]; n++) {
			struct binding binding = {.command = command, .screens = command->screens};
			bool ok = keymap_parse(command->keys[n], binding.keys, &binding.count);
			assert(ok);
			binding.screens &= ~keymap_text_screens(binding.keys, binding.screens);
			if (binding.screens) {
				keymap_add(keymap, &binding);
			}
		}
	}
	return keymap;
}

static bool starts(
	const struct binding *binding, enum screen screen, const struct key *keys, size_t count)
{
	return (binding->screens & ON(screen)) && binding->count >= count &&
	       keymap_begin_alike(binding->keys, count, keys, count);
}

enum keymap_answer keymap_find(const struct keymap *keymap, enum screen screen,
	const struct key *keys, size_t count, const struct command **command)
{
	enum keymap_answer answer = KEYMAP_NONE;
	for (size_t i = 0; i < keymap->count; i++) {
		const struct binding *binding = &keymap->items[i];
		if (!starts(binding, screen, keys, count)) {
			continue;
		}
		if (binding->count == count) {
			*command = binding->command;
			return KEYMAP_COMMAND;
		}
		answer = KEYMAP_PREFIX;
	}
	return answer;
}

const char *keymap_rest(const struct keymap *keymap, enum screen screen,
	const struct command *command, const struct key *keys, size_t count)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct binding *binding = &keymap->items[i];
		if (binding->command != command || binding->count == count ||
			!starts(binding, screen, keys, count)) {
			continue;
		}
		const char *rest = binding->text;
		for (size_t n = 0; n < count; n++) {
			struct key key;
			key_parse(&rest, &key);
		}
		return rest;
	}
	return NULL;
}

const char *keymap_first(
	const struct keymap *keymap, enum screen screen, const struct command *command)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct binding *binding = &keymap->items[i];
		if (binding->command == command && (binding->screens & ON(screen))) {
			return binding->text;
		}
	}
	return NULL;
}

char *keymap_keys(const struct keymap *keymap, const void *mem, enum screen screen,
	const struct command *command)
{
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < keymap->count; i++) {
		const struct binding *binding = &keymap->items[i];
		if (binding->command == command && (binding->screens & ON(screen))) {
			text = mem_check(talloc_asprintf_append_buffer(
				text, "%s%s", *text ? ", " : "", binding->text));
		}
	}
	return text;
}

/* By what the commands usually stand under: their keys may be others. */
const char *keymap_title(const struct keymap *keymap, enum screen screen, const struct key *first)
{
	for (size_t i = 0; i < keymap->count; i++) {
		const struct binding *binding = &keymap->items[i];
		const char *usual = binding->command->keys[0] ? binding->command->keys[0] : "";
		if (binding->count < 2 || !starts(binding, screen, first, 1)) {
			continue;
		}
		for (size_t n = 0; n < command_prefix_count; n++) {
			size_t length = strlen(command_prefixes[n].key);
			if (strncmp(usual, command_prefixes[n].key, length) == 0 &&
				usual[length] == ' ') {
				return command_prefixes[n].title;
			}
		}
	}
	return "";
}
