#include "codec/csv.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

struct csv_reader {
	csv_read_fn *read;
	void *data;
	char delimiter; /* 0: not known yet */
	char *bytes;	/* not consumed yet: from start on */
	size_t start, size, room;
	int64_t line; /* of bytes[start] */
	bool is_over, has_begun;
	struct error failure;
};

/* A row under way: `at` counts from the reader's start. */
struct row {
	struct csv_reader *reader;
	const void *mem;
	size_t at;
	int64_t line_ends;
	char *field;
	size_t field_size, field_room;
	struct csv_row *out;
	struct error *err;
};

bool csv_read_fd(void *fd, char *bytes, size_t size, size_t *got, struct error *err)
{
	ssize_t n;
	do {
		n = read(*(int *)fd, bytes, size);
	} while (n < 0 && errno == EINTR);
	*got = n < 0 ? 0 : (size_t)n;
	return n >= 0 || error_set(err, ERROR_INTERNAL, N_("the file cannot be read: {0}"),
				 strerror(errno), NULL);
}

struct csv_reader *csv_open(const void *mem, csv_read_fn *read_bytes, void *data, char delimiter)
{
	struct csv_reader *reader = mem_new(mem, struct csv_reader);
	reader->read = read_bytes;
	reader->data = data;
	reader->delimiter = delimiter;
	reader->line = 1;
	return reader;
}

/* More bytes behind those that are there; false at the end and after a failure. */
static bool read_more(struct csv_reader *reader)
{
	size_t got = 0;
	if (reader->is_over) {
		return false;
	}
	if (reader->start > 0) {
		memmove(reader->bytes, reader->bytes + reader->start, reader->size - reader->start);
		reader->size -= reader->start;
		reader->start = 0;
	}
	if (reader->room - reader->size < CHUNK) {
		reader->room = (reader->room + CHUNK) * 2;
		reader->bytes = mem_grow(reader, reader->bytes, char, reader->room);
	}
	bool ok = reader->read(
		reader->data, reader->bytes + reader->size, CHUNK, &got, &reader->failure);
	reader->is_over = !ok || got == 0;
	reader->size += ok ? got : 0;
	return ok && got > 0;
}

/* The byte `at` bytes after the start; −1 behind the end. */
static int peek(struct csv_reader *reader, size_t at)
{
	while (reader->start + at >= reader->size) {
		if (!read_more(reader)) {
			return -1;
		}
	}
	return (unsigned char)reader->bytes[reader->start + at];
}

static bool is_line_end(int byte)
{
	return byte == '\n' || byte == '\r';
}

/* Bytes of the line end at `at`: CR LF is one. */
static size_t line_end(struct csv_reader *reader, size_t at)
{
	int byte = peek(reader, at);
	if (!is_line_end(byte)) {
		return 0;
	}
	return byte == '\r' && peek(reader, at + 1) == '\n' ? 2 : 1;
}

static void begin(struct csv_reader *reader)
{
	static const char mark[] = "\xef\xbb\xbf";
	reader->has_begun = true;
	for (size_t i = 0; i < 3; i++) {
		if (peek(reader, i) != (unsigned char)mark[i]) {
			return;
		}
	}
	reader->start += 3;
}

/* The one of , ; tab that the first line has most of, outside of quotes. */
static char find_delimiter(struct csv_reader *reader)
{
	static const char delimiters[] = ",;\t";
	size_t counts[3] = {0}, best = 0;
	bool quoted = false;
	int byte;
	for (size_t at = 0; (byte = peek(reader, at)) >= 0 && at < CSV_ROW_MAX; at++) {
		if (is_line_end(byte) && !quoted) {
			break;
		}
		const char *found = byte ? strchr(delimiters, byte) : NULL;
		quoted ^= byte == '"';
		if (found && !quoted) {
			counts[found - delimiters]++;
		}
	}
	for (size_t i = 1; i < 3; i++) {
		best = counts[i] > counts[best] ? i : best;
	}
	return delimiters[best];
}

static void skip_blank_lines(struct csv_reader *reader)
{
	size_t n;
	while ((n = line_end(reader, 0)) > 0) {
		reader->start += n;
		reader->line++;
	}
}

static void add_byte(struct row *row, char byte)
{
	if (row->field_size + 1 >= row->field_room) {
		row->field_room = row->field_room ? row->field_room * 2 : 32;
		row->field = mem_grow(row->mem, row->field, char, row->field_room);
	}
	row->field[row->field_size++] = byte;
}

static void end_field(struct row *row)
{
	struct csv_row *out = row->out;
	out->fields = mem_grow(row->mem, out->fields, char *, out->count + 1);
	out->fields[out->count++] =
		mem_strndup(row->mem, row->field ? row->field : "", row->field_size);
	row->field_size = 0;
}

static bool refuse(struct row *row, const char *text)
{
	return error_set_reason(row->err, ERROR_INVALID, "csv", text, NULL);
}

static bool take_quoted(struct row *row)
{
	struct csv_reader *reader = row->reader;
	for (row->at++;;) {
		int byte = peek(reader, row->at);
		size_t end = line_end(reader, row->at);
		if (byte < 0 || row->at > CSV_ROW_MAX) {
			return refuse(row, N_("a quote is opened and never closed; double the "
					      "quotes inside of fields"));
		}
		if (byte == 0) {
			return refuse(row, N_("there is a zero byte in it; take it out"));
		}
		if (byte == '"' && peek(reader, row->at + 1) != '"') {
			row->at++;
			return true;
		}
		row->at += byte == '"';
		row->line_ends += end > 0;
		for (size_t i = 0; i < (end ? end : 1); i++) {
			add_byte(row, (char)peek(reader, row->at++));
		}
	}
}

static bool take_plain(struct row *row)
{
	struct csv_reader *reader = row->reader;
	int byte;
	while ((byte = peek(reader, row->at)) >= 0 && byte != reader->delimiter &&
		!is_line_end(byte)) {
		if (byte == 0) {
			return refuse(row, N_("there is a zero byte in it; take it out"));
		}
		if (row->at > CSV_ROW_MAX) {
			return refuse(row, N_("the row is longer than any record; is it CSV?"));
		}
		add_byte(row, (char)byte);
		row->at++;
	}
	return true;
}

/* All fields up to the line end, which is not taken. */
static bool take_fields(struct row *row)
{
	struct csv_reader *reader = row->reader;
	for (;;) {
		bool quoted = peek(reader, row->at) == '"';
		if (!(quoted ? take_quoted(row) : take_plain(row))) {
			return false;
		}
		end_field(row);
		int byte = peek(reader, row->at);
		if (byte < 0 || is_line_end(byte)) {
			return true;
		}
		if (byte != reader->delimiter) {
			return refuse(row, N_("something stands between a closing quote and the "
					      "next delimiter; double the quotes inside of "
					      "fields"));
		}
		row->at++;
	}
}

/* The first line of a malformed row is passed over, and nothing else. */
static void pass_line(struct row *row)
{
	struct csv_reader *reader = row->reader;
	int byte;
	row->at = 0;
	row->line_ends = 0;
	while ((byte = peek(reader, row->at)) >= 0 && !is_line_end(byte)) {
		row->at++;
	}
	row->out->count = 0;
	row->out->fields = NULL;
}

enum csv_step csv_next(
	struct csv_reader *reader, const void *mem, struct csv_row *out, struct error *err)
{
	*out = (struct csv_row){0};
	if (!reader->has_begun) {
		begin(reader);
	}
	skip_blank_lines(reader);
	if (!reader->delimiter) {
		reader->delimiter = find_delimiter(reader);
	}
	out->line = reader->line;
	if (peek(reader, 0) < 0) {
		*err = reader->failure;
		return reader->failure.code ? CSV_FAILED : CSV_END;
	}
	struct row row = {.reader = reader, .mem = mem, .out = out, .err = err};
	bool ok = take_fields(&row);
	if (reader->failure.code) {
		*err = reader->failure;
		return CSV_FAILED;
	}
	if (!ok) {
		pass_line(&row);
	}
	out->raw = mem_array(mem, char, row.at + 1);
	memcpy(out->raw, reader->bytes + reader->start, row.at);
	out->raw_size = row.at;
	reader->start += row.at;
	reader->line += row.line_ends;
	size_t end = line_end(reader, 0);
	reader->start += end;
	reader->line += end > 0;
	return ok ? CSV_ROW : CSV_BAD;
}
