#include "codec/mapping_parts.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

/* Patterns read: {alternative|alternative:cut} among text. */

enum { CUT_MOST = 1000000 };

struct cursor {
	const void *mem;
	const char *at;
	int64_t line;
	struct error *err;
};

static bool refuse(struct cursor *cursor, const char *text)
{
	char *line = mem_printf(NULL, "%lld", (long long)cursor->line);
	error_set(cursor->err, ERROR_INVALID, text, line, cursor->at, NULL);
	talloc_free(line);
	return false;
}

static void skip_blanks(struct cursor *cursor)
{
	cursor->at += strspn(cursor->at, " \t");
}

static char *add_bytes(char *text, const char *bytes, size_t size)
{
	return mem_check(talloc_strndup_append_buffer(text, bytes, size));
}

/* A name in double quotes; \" and \\ are signs of it. */
static bool take_quoted(struct cursor *cursor, char **name)
{
	*name = mem_strdup(cursor->mem, "");
	for (cursor->at++; *cursor->at != '"'; cursor->at++) {
		cursor->at += *cursor->at == '\\' && cursor->at[1] != '\0';
		if (!*cursor->at) {
			return refuse(cursor,
				N_("line {0} of the mapping: a name in quotes is not closed"));
		}
		*name = add_bytes(*name, cursor->at, 1);
	}
	cursor->at++;
	return **name ||
	       refuse(cursor, N_("line {0} of the mapping: a name is missing before \"{1}\""));
}

static bool take_name(struct cursor *cursor, char **name)
{
	const char *start = cursor->at;
	if (*start == '"') {
		return take_quoted(cursor, name);
	}
	size_t size;
	for (uint32_t rune; (rune = text_rune(cursor->at, &size)) != 0;) {
		if (!text_is_word(rune) && rune != '-') {
			break;
		}
		cursor->at += size;
	}
	*name = mem_strndup(cursor->mem, start, (size_t)(cursor->at - start));
	return cursor->at > start ||
	       refuse(cursor, N_("line {0} of the mapping: a name is missing before \"{1}\"; names "
				 "with other signs go in double quotes"));
}

static bool take_index(struct cursor *cursor, char **name)
{
	size_t digits = strspn(++cursor->at, "0123456789");
	*name = mem_strndup(cursor->mem, cursor->at, digits);
	cursor->at += digits;
	if (digits == 0 || *cursor->at != ']') {
		return refuse(cursor, N_("line {0} of the mapping: a number and ] are missing "
					 "before \"{1}\""));
	}
	cursor->at++;
	return true;
}

static void add_name(struct cursor *cursor, struct path *path, const char *name)
{
	path->names = mem_grow(cursor->mem, path->names, const char *, path->count + 1);
	path->names[path->count++] = name;
}

static bool take_path(struct cursor *cursor, struct path *path)
{
	const char *start = cursor->at;
	char *name = NULL;
	*path = (struct path){.is_own = *start == '.'};
	cursor->at += path->is_own;
	bool is_element = path->is_own && (!*cursor->at || strchr(" \t|:}", *cursor->at));
	if (!is_element) {
		do {
			if (!take_name(cursor, &name)) {
				return false;
			}
			add_name(cursor, path, name);
			while (*cursor->at == '[') {
				if (!take_index(cursor, &name)) {
					return false;
				}
				add_name(cursor, path, name);
			}
		} while (*cursor->at == '.' && *cursor->at++);
	}
	/* A column in quotes is named by what is in them. */
	bool is_quoted = path->count == 1 && *start == '"';
	path->whole = is_quoted ? path->names[0]
				: mem_strndup(cursor->mem, start, (size_t)(cursor->at - start));
	return true;
}

static bool take_constant(struct cursor *cursor, struct alternative *alternative)
{
	const char *start = cursor->at + 1;
	const char *end = strchr(start, '\'');
	if (!end) {
		return refuse(
			cursor, N_("line {0} of the mapping: a constant is not closed: \"{1}\""));
	}
	alternative->constant = mem_strndup(cursor->mem, start, (size_t)(end - start));
	cursor->at = end + 1;
	return true;
}

static bool take_cut(struct cursor *cursor, struct pattern_part *part)
{
	cursor->at++;
	skip_blanks(cursor);
	const char *digits = cursor->at;
	while (*cursor->at >= '0' && *cursor->at <= '9' && part->cut <= CUT_MOST) {
		part->cut = part->cut * 10 + (*cursor->at++ - '0');
	}
	skip_blanks(cursor);
	if (cursor->at == digits || part->cut < 1 || part->cut > CUT_MOST) {
		return refuse(cursor, N_("line {0} of the mapping: after : a place says how many "
					 "characters of it, from 1 on: \"{1}\""));
	}
	return true;
}

static bool take_alternative(struct cursor *cursor, struct pattern_part *part)
{
	part->alternatives =
		mem_grow(cursor->mem, part->alternatives, struct alternative, part->count + 1);
	struct alternative *alternative = &part->alternatives[part->count++];
	*alternative = (struct alternative){0};
	skip_blanks(cursor);
	bool ok = *cursor->at == '\'' ? take_constant(cursor, alternative)
				      : take_path(cursor, &alternative->path);
	skip_blanks(cursor);
	return ok;
}

static bool take_place(struct cursor *cursor, struct pattern_part *part)
{
	do {
		cursor->at++;
		if (!take_alternative(cursor, part)) {
			return false;
		}
	} while (*cursor->at == '|');
	if (*cursor->at == ':' && !take_cut(cursor, part)) {
		return false;
	}
	if (*cursor->at != '}') {
		return refuse(cursor, N_("line {0} of the mapping: } is missing before \"{1}\""));
	}
	cursor->at++;
	return true;
}

static bool take_literal(struct cursor *cursor, struct pattern_part *part)
{
	char *text = mem_strdup(cursor->mem, "");
	for (;;) {
		size_t plain = strcspn(cursor->at, "{}");
		text = add_bytes(text, cursor->at, plain);
		cursor->at += plain;
		bool is_double = *cursor->at && cursor->at[0] == cursor->at[1];
		if (!is_double) {
			break;
		}
		text = add_bytes(text, cursor->at, 1);
		cursor->at += 2;
	}
	part->literal = text;
	return *cursor->at != '}' ||
	       refuse(cursor, N_("line {0} of the mapping: a brace that belongs to the text is "
				 "written twice: \"{1}\""));
}

bool pattern_parse(
	const void *mem, const char *text, int64_t line, struct pattern *pattern, struct error *err)
{
	struct cursor cursor = {mem, text, line, err};
	*pattern = (struct pattern){0};
	while (*cursor.at) {
		pattern->parts =
			mem_grow(mem, pattern->parts, struct pattern_part, pattern->count + 1);
		struct pattern_part *part = &pattern->parts[pattern->count++];
		*part = (struct pattern_part){0};
		bool is_place = cursor.at[0] == '{' && cursor.at[1] != '{';
		if (!(is_place ? take_place(&cursor, part) : take_literal(&cursor, part))) {
			return false;
		}
	}
	return true;
}

bool path_parse(
	const void *mem, const char *text, int64_t line, struct path *path, struct error *err)
{
	struct cursor cursor = {mem, text, line, err};
	return take_path(&cursor, path) &&
	       (!*cursor.at ||
		       refuse(&cursor, N_("line {0} of the mapping: a path ends before \"{1}\"")));
}
