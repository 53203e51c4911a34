#include "codec/json_write.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "core/ticket.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/*
 * What is written goes to its text at once: a tree, with a piece of memory for each key and value,
 * costs several times as much (doc/decisions/0031-json-is-written-as-text.md).
 */

enum { TEXT_ROOM = 512, POOL_PIECES = 8, POOL_BYTES = 1024 };

struct text {
	char *bytes;
	size_t size, room;
	int depth; /* of the containers that are open */
	struct json *open[JSON_DEPTH];
};

/* One container. */
struct json {
	const void *mark; /* a tree of cJSON's begins with another pointer */
	struct text *text;
	int depth;
	char end; /* what closes it */
	bool has_member;
};

static const char written;

bool json_is_written(const struct json *json)
{
	return json && json->mark == &written;
}

/* --- bytes --- */

static char *make_room(struct text *text, size_t size)
{
	if (text->room - text->size < size) {
		while (text->room - text->size < size) {
			text->room = text->room ? 2 * text->room : TEXT_ROOM;
		}
		text->bytes = mem_grow(text, text->bytes, char, text->room);
	}
	return text->bytes + text->size;
}

static void put(struct text *text, const char *bytes, size_t size)
{
	memcpy(make_room(text, size), bytes, size);
	text->size += size;
}

static void put_char(struct text *text, char c)
{
	*make_room(text, 1) = c;
	text->size++;
}

/* The short forms of RFC 8259, 7. */
static void put_escaped(struct text *text, unsigned char c)
{
	static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *known = strchr(plain, c);
	char escape[8];
	int size = known ? snprintf(escape, sizeof escape, "\\%c", letters[known - plain])
			 : snprintf(escape, sizeof escape, "\\u%04x", c);
	put(text, escape, (size_t)size);
}

static void put_text(struct text *text, const char *value)
{
	put_char(text, '"');
	for (const char *at = value; *at;) {
		const char *from = at;
		while ((unsigned char)*at >= ' ' && *at != '"' && *at != '\\') {
			at++;
		}
		put(text, from, (size_t)(at - from));
		if (*at) {
			put_escaped(text, (unsigned char)*at++);
		}
	}
	put_char(text, '"');
}

/* --- containers --- */

static struct json *open_in(struct text *text, char begin, char end)
{
	assert(text->depth < JSON_DEPTH);
	struct json *json = mem_new(text, struct json);
	*json = (struct json){.mark = &written, .text = text, .depth = text->depth, .end = end};
	text->open[text->depth++] = json;
	put_char(text, begin);
	return json;
}

static struct json *begin_text(const void *mem, char begin, char end)
{
	struct text *text =
		mem_check(talloc_pooled_object(mem, struct text, POOL_PIECES, POOL_BYTES));
	*text = (struct text){0};
	return open_in(text, begin, end);
}

struct json *json_object(const void *mem)
{
	return begin_text(mem, '{', '}');
}

struct json *json_array(const void *mem)
{
	return begin_text(mem, '[', ']');
}

/* What is still open within the parent ends here. */
static struct text *begin_value(struct json *parent, const char *key)
{
	struct text *text = parent->text;
	assert(parent->depth < text->depth && text->open[parent->depth] == parent);
	assert((key != NULL) == (parent->end == '}'));
	while (text->depth > parent->depth + 1) {
		put_char(text, text->open[--text->depth]->end);
	}
	if (parent->has_member) {
		put_char(text, ',');
	}
	parent->has_member = true;
	if (key) {
		put_text(text, key);
		put_char(text, ':');
	}
	return text;
}

struct json *json_add_object(struct json *parent, const char *key)
{
	return open_in(begin_value(parent, key), '{', '}');
}

struct json *json_add_array(struct json *parent, const char *key)
{
	return open_in(begin_value(parent, key), '[', ']');
}

/* --- values --- */

static void add(struct json *parent, const char *key, const char *bytes)
{
	put(begin_value(parent, key), bytes, strlen(bytes));
}

void json_add_null(struct json *parent, const char *key)
{
	add(parent, key, "null");
}

void json_add_bool(struct json *parent, const char *key, bool value)
{
	add(parent, key, value ? "true" : "false");
}

void json_add_text(struct json *parent, const char *key, const char *text)
{
	if (text) {
		put_text(begin_value(parent, key), text);
	} else {
		json_add_null(parent, key);
	}
}

/* By hand, as times are: a page has hundreds of numbers. */
void json_add_int(struct json *parent, const char *key, int64_t value)
{
	char digits[24], *at = digits + sizeof digits - 1;
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	*at = '\0';
	do {
		*--at = (char)('0' + left % 10);
	} while (left /= 10);
	if (value < 0) {
		*--at = '-';
	}
	if (value >= -JSON_INT_MAX && value <= JSON_INT_MAX) {
		add(parent, key, at);
	} else {
		json_add_text(parent, key, at);
	}
}

void json_add_id(struct json *parent, const char *key, int64_t id)
{
	if (id == 0) {
		json_add_null(parent, key);
	} else {
		json_add_int(parent, key, id);
	}
}

void json_add_time(struct json *parent, const char *key, int64_t at)
{
	if (at == 0 || at == DUE_NEVER) {
		json_add_null(parent, key);
		return;
	}
	char *text = timestamp_format(NULL, at);
	json_add_text(parent, key, text);
	talloc_free(text);
}

/* Within four digits of a year each time comes back as it was. */
void json_add_exact_time(struct json *parent, const char *key, int64_t at)
{
	int64_t first = civil_days(0, 1, 1) * MS_DAY, far = civil_days(10000, 1, 1) * MS_DAY, back;
	char *text = at >= first && at <= DUE_NEVER ? timestamp_format(NULL, at) : NULL;
	if (text && (at < far || (timestamp_parse(text, 0, &back) && back == at))) {
		json_add_text(parent, key, text);
	} else {
		json_add_int(parent, key, at);
	}
	talloc_free(text);
}

/* --- all of it --- */

void json_add_raw(struct json *parent, const char *key, const char *text)
{
	add(parent, key, text && *text ? text : "{}");
}

void json_add_copy(struct json *parent, const char *key, const struct json *value)
{
	char *text = value ? json_print(NULL, value) : NULL;
	add(parent, key, text ? text : "null");
	talloc_free(text);
}

char *json_print(const void *mem, const struct json *json)
{
	if (!json_is_written(json)) {
		return json_print_read(mem, json);
	}
	const struct text *text = json->text;
	assert(json->depth == 0);
	char *copy = mem_array(mem, char, text->size + (size_t)text->depth + 1);
	char *end = copy + text->size;
	memcpy(copy, text->bytes, text->size);
	for (int depth = text->depth; depth > 0; depth--) {
		*end++ = text->open[depth - 1]->end;
	}
	*end = '\0';
	return copy;
}
