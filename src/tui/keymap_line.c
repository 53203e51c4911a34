#include "tui/keymap.h"

#include "keymap_state.h"

#include "base/config.h"
#include "base/mem.h"

#include <string.h>

/* Lines of keys.conf. */

enum deed { SET, ADD, TAKE };

struct line {
	struct keymap *keymap;
	const char *where;
	const struct command *command;
	unsigned screens;
	bool is_of_section; /* the screen was named */
	enum deed deed;
};

/* "claim +" as inih has it: the name and what is to be done. */
static char *split_name(const void *mem, const char *name, enum deed *deed)
{
	size_t n = strlen(name);
	*deed = n && name[n - 1] == '+' ? ADD : n && name[n - 1] == '-' ? TAKE : SET;
	n -= *deed == SET ? 0 : 1;
	while (n && name[n - 1] == ' ') {
		n--;
	}
	return mem_strndup(mem, name, n);
}

static bool find_screens(struct line *line, const char *section, struct error *err)
{
	line->screens = line->command->screens;
	if (!*section) {
		return true;
	}
	int screen;
	if (!name_find(&screen_names, section, &screen)) {
		char *names = name_list(NULL, &screen_names);
		error_set(err, ERROR_USAGE, N_("{0}: there is no screen {1}; there are {2}"),
			line->where, section, names, NULL);
		talloc_free(names);
		return false;
	}
	line->is_of_section = true;
	line->screens &= ON(screen);
	return line->screens ||
	       error_set(err, ERROR_USAGE,
		       N_("{0}: {1} is no command of the screen {2}; put the line under another "
			  "one"),
		       line->where, line->command->name, section, NULL);
}

static void narrow(struct keymap *keymap, size_t at, unsigned screens)
{
	keymap->items[at].screens &= ~screens;
	if (keymap->items[at].screens == 0) {
		keymap->count--;
		memmove(&keymap->items[at], &keymap->items[at + 1],
			(keymap->count - at) * sizeof *keymap->items);
	}
}

static void take_all(struct line *line)
{
	for (size_t i = line->keymap->count; i-- > 0;) {
		if (line->keymap->items[i].command == line->command) {
			narrow(line->keymap, i, line->screens);
		}
	}
}

static bool take_one(struct line *line, const struct binding *wanted, struct error *err)
{
	bool found = false;
	for (size_t i = line->keymap->count; i-- > 0;) {
		const struct binding *item = &line->keymap->items[i];
		if (item->command == line->command && (item->screens & line->screens) &&
			item->count == wanted->count &&
			keymap_begin_alike(item->keys, item->count, wanted->keys, item->count)) {
			narrow(line->keymap, i, line->screens);
			found = true;
		}
	}
	return found || error_set(err, ERROR_USAGE,
				N_("{0}: {1} is no key of {2} there; remove it from this line"),
				line->where, wanted->text, line->command->name, NULL);
}

/* A letter is no command where letters are typed: without a section the other screens get it. */
static bool add_one(struct line *line, struct binding *binding, struct error *err)
{
	unsigned typed = keymap_text_screens(&binding->keys[0], line->screens);
	binding->screens = line->screens & ~typed;
	if (binding->screens == 0) {
		return error_set(err, ERROR_USAGE,
			N_("{0}: {1} would be typed into the text there; choose a key with Ctrl, "
			   "or F1 to F12"),
			line->where, binding->text, NULL);
	}
	if (!keymap_may_bind(binding, line->where, err)) {
		return false;
	}
	keymap_add(line->keymap, binding);
	return true;
}

static bool do_one(struct line *line, char *text, struct error *err)
{
	struct binding binding = {.command = line->command, .where = (char *)line->where};
	char *end = text + strlen(text);
	while (end > text && end[-1] == ' ') {
		*--end = '\0';
	}
	binding.text = text + strspn(text, " ");
	if (!keymap_parse(binding.text, binding.keys, &binding.count)) {
		return error_set(err, ERROR_USAGE,
			N_("{0}: \"{1}\" is no key; write keys like F5, Ctrl-X m, s w, with a "
			   "comma between them"),
			line->where, binding.text, NULL);
	}
	return line->deed == TAKE ? take_one(line, &binding, err) : add_one(line, &binding, err);
}

static bool do_all(struct line *line, char *value, struct error *err)
{
	while (value) {
		char *comma = strchr(value, ',');
		if (comma) {
			*comma = '\0';
		}
		if (!do_one(line, value, err)) {
			return false;
		}
		value = comma ? comma + 1 : NULL;
	}
	return true;
}

/* False when a line before set the keys of the command on one of these screens. */
static bool set_once(struct line *line, struct error *err)
{
	struct keymap *keymap = line->keymap;
	for (size_t i = 0; i < keymap->set_count; i++) {
		const struct keymap_set *set = &keymap->sets[i];
		if (set->command == line->command && set->screens == line->screens) {
			return config_twice(line->where, line->command->name, err);
		}
	}
	keymap->sets = mem_grow(keymap, keymap->sets, struct keymap_set, keymap->set_count + 1);
	keymap->sets[keymap->set_count++] = (struct keymap_set){line->command, line->screens};
	take_all(line);
	return true;
}

static bool do_line(struct line *line, const void *mem, const char *section, const char *value,
	struct error *err)
{
	if (!find_screens(line, section, err) || (line->deed == SET && !set_once(line, err))) {
		return false;
	}
	return (line->deed == SET && !*value) || do_all(line, mem_strdup(mem, value), err);
}

bool keymap_line(void *keymap, const char *where, const char *section, const char *name,
	const char *value, struct error *err)
{
	void *mem = mem_context(NULL);
	struct line line = {.keymap = keymap, .where = where};
	char *plain = split_name(mem, name, &line.deed);
	line.command = console_command_find(plain);
	bool ok = line.command ? do_line(&line, mem, section, value, err)
			       : error_set(err, ERROR_USAGE,
					 N_("{0}: there is no command {1}; \"atende keys\" lists "
					    "them"),
					 where, plain, NULL);
	talloc_free(mem);
	return ok;
}
