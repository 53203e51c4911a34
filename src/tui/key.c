#include "tui/key.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

static const char *const names[KEY_NAMES] = {
	[K_ENTER] = "Enter",
	[K_ESC] = "Esc",
	[K_TAB] = "Tab",
	[K_BACKSPACE] = "Backspace",
	[K_DELETE] = "Delete",
	[K_INSERT] = "Insert",
	[K_UP] = "Up",
	[K_DOWN] = "Down",
	[K_LEFT] = "Left",
	[K_RIGHT] = "Right",
	[K_HOME] = "Home",
	[K_END] = "End",
	[K_PAGE_UP] = "PgUp",
	[K_PAGE_DOWN] = "PgDn",
	[K_F1] = "F1",
	[K_F2] = "F2",
	[K_F3] = "F3",
	[K_F4] = "F4",
	[K_F5] = "F5",
	[K_F6] = "F6",
	[K_F7] = "F7",
	[K_F8] = "F8",
	[K_F9] = "F9",
	[K_F10] = "F10",
	[K_F11] = "F11",
	[K_F12] = "F12",
};

static const struct {
	const char *name;
	size_t offset;
} modifiers[] = {
	{"Ctrl-", offsetof(struct key, ctrl)},
	{"Meta-", offsetof(struct key, meta)},
	{"Shift-", offsetof(struct key, shift)},
};

/* What would not be seen, or would be lost in a line of keys.conf. */
static const struct {
	const char *name;
	uint32_t rune;
} runes[] = {{"Space", ' '}, {"Comma", ','}, {"Semicolon", ';'}};

bool key_equal(const struct key *a, const struct key *b)
{
	return a->rune == b->rune && a->name == b->name && a->ctrl == b->ctrl &&
	       a->meta == b->meta && a->shift == b->shift;
}

static bool parse_modifier(const char **at, size_t *left, struct key *key)
{
	for (size_t i = 0; i < ARRAY_LEN(modifiers); i++) {
		size_t n = strlen(modifiers[i].name);
		if (*left > n && strncasecmp(*at, modifiers[i].name, n) == 0) {
			*(bool *)((char *)key + modifiers[i].offset) = true;
			*at += n;
			*left -= n;
			return true;
		}
	}
	return false;
}

static bool parse_name(const char *at, size_t size, struct key *key)
{
	for (int i = 0; i < KEY_NAMES; i++) {
		if (names[i] && strlen(names[i]) == size && strncasecmp(at, names[i], size) == 0) {
			key->name = (enum key_name)i;
			return true;
		}
	}
	size_t n;
	uint32_t rune = text_rune(at, &n);
	for (size_t i = 0; i < ARRAY_LEN(runes); i++) {
		if (strlen(runes[i].name) == size && strncasecmp(at, runes[i].name, size) == 0) {
			rune = runes[i].rune;
			n = size;
		}
	}
	if (n != size || rune < 0x20 || key->shift) {
		return false;
	}
	key->rune = key->ctrl && rune >= 'A' && rune <= 'Z' ? rune - 'A' + 'a' : rune;
	return true;
}

bool key_parse(const char **text, struct key *key)
{
	*key = (struct key){0};
	const char *at = *text + strspn(*text, " ");
	size_t left = strcspn(at, " ");
	const char *end = at + left;
	while (parse_modifier(&at, &left, key)) {
	}
	if (left == 0 || !parse_name(at, left, key)) {
		return false;
	}
	*text = end + strspn(end, " ");
	return true;
}

char *key_format(const void *mem, const struct key *key)
{
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < ARRAY_LEN(modifiers); i++) {
		if (*(const bool *)((const char *)key + modifiers[i].offset)) {
			text = mem_check(talloc_strdup_append_buffer(text, modifiers[i].name));
		}
	}
	if (key->name != K_RUNE) {
		return mem_check(talloc_strdup_append_buffer(text, names[key->name]));
	}
	for (size_t i = 0; i < ARRAY_LEN(runes); i++) {
		if (key->rune == runes[i].rune) {
			return mem_check(talloc_strdup_append_buffer(text, runes[i].name));
		}
	}
	/* Ctrl-X is how it stands on keyboards and in manuals. */
	bool is_upper = key->ctrl && key->rune >= 'a' && key->rune <= 'z';
	char bytes[4];
	size_t n = text_encode(is_upper ? key->rune - 'a' + 'A' : key->rune, bytes);
	return mem_check(talloc_strndup_append_buffer(text, bytes, n));
}
