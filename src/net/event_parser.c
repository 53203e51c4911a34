#include "net/event_parser.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";
static const char byte_order_mark[] = "\xEF\xBB\xBF";

/* Bytes that grow; never NULL. */
struct buffer {
	char *bytes;
	size_t size;
	size_t room;
};

struct complete {
	struct event event;
	struct complete *next;
};

struct event_parser {
	size_t max_bytes;
	struct buffer line;
	struct buffer data; /* each line of it with an LF behind */
	char *name;
	char *id;
	bool is_after_cr;	/* an LF now belongs to the line end before */
	bool is_first_line;	/* may begin with a byte order mark */
	struct complete *first; /* not taken yet, oldest first */
	struct complete **last;
};

static struct buffer buffer_create(const void *mem)
{
	enum { ROOM = 256 };
	return (struct buffer){.bytes = mem_array(mem, char, ROOM), .room = ROOM};
}

static void buffer_add(
	struct event_parser *parser, struct buffer *buffer, const char *bytes, size_t size)
{
	if (buffer->size + size > buffer->room) {
		size_t wanted = buffer->size + size;
		buffer->room = wanted > 2 * buffer->room ? wanted : 2 * buffer->room;
		buffer->bytes = mem_grow(parser, buffer->bytes, char, buffer->room);
	}
	memcpy(buffer->bytes + buffer->size, bytes, size);
	buffer->size += size;
}

struct event_parser *event_parser_create(const void *mem, size_t max_bytes)
{
	struct event_parser *parser = mem_new(mem, struct event_parser);
	parser->max_bytes = max_bytes;
	parser->line = buffer_create(parser);
	parser->data = buffer_create(parser);
	parser->name = mem_strdup(parser, "");
	parser->id = mem_strdup(parser, "");
	parser->is_first_line = true;
	parser->last = &parser->first;
	return parser;
}

/* The bytes as valid UTF-8 without NUL, on mem. */
static char *repair(const void *mem, const char *bytes, size_t size)
{
	struct buffer text = {.bytes = mem_array(mem, char, 3 * size + 1)};
	char *source = mem_array(mem, char, size + 1); /* ends with a NUL, which text_rune wants */
	memcpy(source, bytes, size);
	for (size_t at = 0; at < size;) {
		size_t n;
		uint32_t rune = text_rune(source + at, &n);
		bool is_bad = n == 0 || (n == 1 && rune >= 0x80);
		n = n ? n : 1;
		size_t length = is_bad ? sizeof replacement - 1 : n;
		memcpy(text.bytes + text.size, is_bad ? replacement : source + at, length);
		text.size += length;
		at += n;
	}
	talloc_free(source);
	return text.bytes;
}

static bool too_big(struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "too_big",
		N_("the server sent an event that is longer than is allowed"), NULL);
}

static bool add_data(struct event_parser *parser, const char *value, struct error *err)
{
	size_t size = strlen(value);
	if (size + 1 > parser->max_bytes - parser->data.size) {
		return too_big(err);
	}
	buffer_add(parser, &parser->data, value, size);
	buffer_add(parser, &parser->data, "\n", 1);
	return true;
}

static void set_text(struct event_parser *parser, char **text, const char *value)
{
	talloc_free(*text);
	*text = mem_strdup(parser, value);
}

static void dispatch(struct event_parser *parser)
{
	if (parser->data.size > 0) {
		struct complete *complete = mem_new(parser, struct complete);
		complete->event = (struct event){
			.name = mem_strdup(complete, *parser->name ? parser->name : "message"),
			.data = mem_strndup(complete, parser->data.bytes, parser->data.size - 1),
			.id = mem_strdup(complete, parser->id),
		};
		*parser->last = complete;
		parser->last = &complete->next;
	}
	parser->data.size = 0;
	set_text(parser, &parser->name, "");
}

static bool take_field(struct event_parser *parser, const char *field, const char *value,
	bool has_nul, struct error *err)
{
	if (strcmp(field, "data") == 0) {
		return add_data(parser, value, err);
	}
	if (strcmp(field, "event") == 0) {
		set_text(parser, &parser->name, value);
	} else if (strcmp(field, "id") == 0 && !has_nul) {
		set_text(parser, &parser->id, value);
	}
	return true;
}

static bool end_line(struct event_parser *parser, struct error *err)
{
	const char *bytes = parser->line.bytes;
	size_t size = parser->line.size;
	size_t mark = sizeof byte_order_mark - 1;
	if (parser->is_first_line && size >= mark && memcmp(bytes, byte_order_mark, mark) == 0) {
		bytes += mark;
		size -= mark;
	}
	parser->is_first_line = false;
	parser->line.size = 0;
	if (size == 0) {
		dispatch(parser);
		return true;
	}
	char *line = repair(parser, bytes, size);
	char *colon = strchr(line, ':');
	const char *value = colon ? colon + 1 + (colon[1] == ' ') : "";
	if (colon) {
		*colon = '\0';
	}
	bool ok = take_field(parser, line, value, memchr(bytes, '\0', size) != NULL, err);
	talloc_free(line);
	return ok;
}

bool event_parser_give(
	struct event_parser *parser, const char *bytes, size_t size, struct error *err)
{
	for (size_t at = 0; at < size;) {
		if (parser->is_after_cr && bytes[at] == '\n') {
			at++;
		}
		parser->is_after_cr = false;
		size_t n = 0;
		while (at + n < size && bytes[at + n] != '\n' && bytes[at + n] != '\r') {
			n++;
		}
		if (n > parser->max_bytes - parser->line.size) {
			return too_big(err);
		}
		buffer_add(parser, &parser->line, bytes + at, n);
		at += n;
		if (at < size) {
			parser->is_after_cr = bytes[at] == '\r';
			at++;
			if (!end_line(parser, err)) {
				return false;
			}
		}
	}
	return true;
}

bool event_parser_take(struct event_parser *parser, const void *mem, struct event *event)
{
	struct complete *complete = parser->first;
	if (!complete) {
		return false;
	}
	parser->first = complete->next;
	if (!parser->first) {
		parser->last = &parser->first;
	}
	*event = complete->event;
	talloc_steal(mem, complete);
	return true;
}
