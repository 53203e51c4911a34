#include "codec/csv.h"

#include "base/mem.h"
#include "codec/byte_reader.h"

#include <string.h>

struct csv_reader {
	struct byte_reader bytes;
	char delimiter; /* 0: not known yet */
	int64_t line;	/* of the next byte */
	bool has_begun;
};

struct csv_reader *csv_open(const void *mem, csv_read_fn *read, void *data, char delimiter)
{
	struct csv_reader *reader = mem_new(mem, struct csv_reader);
	reader->bytes = (struct byte_reader){.mem = reader, .read = read, .data = data};
	reader->delimiter = delimiter;
	reader->line = 1;
	return reader;
}

static bool is_line_end(int byte)
{
	return byte == '\n' || byte == '\r' || byte == -1;
}

static char find_delimiter(struct byte_reader *bytes)
{
	static const char delimiters[] = {',', ';', '\t'};
	size_t counts[sizeof delimiters] = {0}, best = 0;
	bool is_quoted = false;
	for (size_t at = 0; at < CSV_ROW_MAX; at++) {
		int byte = byte_reader_at(bytes, at);
		if (byte == -1 || (!is_quoted && is_line_end(byte))) {
			break;
		}
		is_quoted = is_quoted != (byte == '"');
		for (size_t i = 0; i < sizeof delimiters && !is_quoted; i++) {
			counts[i] += byte == delimiters[i];
		}
	}
	for (size_t i = 1; i < sizeof delimiters; i++) {
		best = counts[i] > counts[best] ? i : best;
	}
	return delimiters[best];
}

/* Lets a line end go. */
static void take_line_end(struct csv_reader *reader)
{
	size_t size = byte_reader_line_end(&reader->bytes, 0);
	byte_reader_take(&reader->bytes, size);
	reader->line += size > 0;
}

static void begin(struct csv_reader *reader)
{
	if (!reader->has_begun) {
		byte_reader_pass_mark(&reader->bytes);
		reader->has_begun = true;
	}
	/* Blank are lines without a byte: one of blanks is a field. */
	while (byte_reader_line_end(&reader->bytes, 0)) {
		take_line_end(reader);
	}
	if (!reader->delimiter) {
		reader->delimiter = find_delimiter(&reader->bytes);
	}
}

/* A row being taken apart. */
struct scan {
	struct byte_reader *bytes;
	const void *mem;
	char delimiter;
	size_t at;	/* the next byte, from the row's first */
	char *text;	/* the fields after one another, each with its NUL */
	size_t size;	/* of it */
	size_t *starts; /* of the fields, in text */
	size_t count;
	int64_t lines;	     /* ended inside of quotes */
	const char *problem; /* a msgid */
};

static int peek(struct scan *scan)
{
	if (scan->at >= CSV_ROW_MAX) {
		scan->problem = N_("the row is longer than 4 MiB; a quote may not be closed");
		return -1;
	}
	int byte = byte_reader_at(scan->bytes, scan->at);
	if (byte == 0) {
		scan->problem = N_("the row holds a NUL byte; this is no CSV, or in UTF-16: save "
				   "it as UTF-8");
		return -1;
	}
	return byte;
}

static void put(struct scan *scan, int byte)
{
	size_t room = talloc_array_length(scan->text);
	if (scan->size == room) {
		scan->text = mem_grow(scan->mem, scan->text, char, room * 2);
	}
	scan->text[scan->size++] = (char)byte;
}

static void take_plain(struct scan *scan)
{
	for (int byte; !is_line_end(byte = peek(scan)) && byte != scan->delimiter; scan->at++) {
		put(scan, byte);
	}
}

static void take_quoted(struct scan *scan)
{
	for (scan->at++;; scan->at++) {
		int byte = peek(scan);
		if (byte == -1) {
			scan->problem = scan->problem ? scan->problem
						      : N_("a quote is opened and never closed; "
							   "close it, or double it");
			return;
		}
		if (byte == '"') {
			scan->at++;
			if (peek(scan) != '"') {
				break;
			}
		}
		/* A pair of CR and LF is one line, counted by its LF. */
		scan->lines += byte == '\n' ||
			       (byte == '\r' && byte_reader_at(scan->bytes, scan->at + 1) != '\n');
		put(scan, byte);
	}
	int after = peek(scan);
	if (!scan->problem && !is_line_end(after) && after != scan->delimiter) {
		scan->problem = N_("text stands between a closing quote and the next delimiter; "
				   "double the quotes that belong to the text");
	}
}

static void take_field(struct scan *scan)
{
	scan->starts = mem_grow(scan->mem, scan->starts, size_t, scan->count + 1);
	scan->starts[scan->count++] = scan->size;
	if (peek(scan) == '"') {
		take_quoted(scan);
	} else {
		take_plain(scan);
	}
	put(scan, '\0');
}

static void set_fields(const struct scan *scan, struct csv_row *row)
{
	row->count = scan->count;
	row->fields = mem_array(scan->mem, char *, scan->count);
	for (size_t i = 0; i < scan->count; i++) {
		row->fields[i] = scan->text + scan->starts[i];
	}
}

static void set_raw(struct csv_reader *reader, const void *mem, size_t size, struct csv_row *row)
{
	row->raw = mem_array(mem, char, size + 1);
	memcpy(row->raw, byte_reader_bytes(&reader->bytes), size);
	row->raw_size = size;
}

/* Gives the line on which a malformed row began, and goes behind it, however long it is. */
static void pass_bad_line(struct csv_reader *reader, const void *mem, struct csv_row *row)
{
	size_t size = 0;
	while (size < CSV_ROW_MAX && !is_line_end(byte_reader_at(&reader->bytes, size))) {
		size++;
	}
	set_raw(reader, mem, size, row);
	byte_reader_take(&reader->bytes, size);
	while (!is_line_end(byte_reader_at(&reader->bytes, 0))) {
		byte_reader_take(&reader->bytes, 1);
	}
	take_line_end(reader);
}

enum csv_step csv_next(
	struct csv_reader *reader, const void *mem, struct csv_row *row, struct error *err)
{
	begin(reader);
	*row = (struct csv_row){.line = reader->line};
	struct scan scan = {
		.bytes = &reader->bytes, .mem = mem_context(mem), .delimiter = reader->delimiter};
	if (byte_reader_at(&reader->bytes, 0) != -1) {
		enum { TEXT_FIRST = 256 };
		scan.text = mem_array(scan.mem, char, TEXT_FIRST);
		take_field(&scan);
		while (!scan.problem && peek(&scan) == scan.delimiter) {
			scan.at++;
			take_field(&scan);
		}
	}
	/* What was cut off by a failure is no row. */
	if (reader->bytes.has_failed) {
		*err = reader->bytes.err;
		return CSV_FAILED;
	}
	if (scan.count == 0) {
		return CSV_END;
	}
	if (scan.problem) {
		pass_bad_line(reader, mem, row);
		error_set(err, ERROR_INVALID, scan.problem, NULL);
		return CSV_BAD;
	}
	set_fields(&scan, row);
	set_raw(reader, mem, scan.at, row);
	byte_reader_take(&reader->bytes, scan.at);
	reader->line += scan.lines;
	take_line_end(reader);
	return CSV_ROW;
}
