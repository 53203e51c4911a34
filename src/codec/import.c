#include "codec/import.h"

#include "base/mem.h"

#include <string.h>

enum { HEAD = 4096 };

/* What is read goes through here, so that its beginning can be looked at first. */
struct import_reader {
	const struct mapping *mapping;
	csv_read_fn *read;
	void *data;
	enum import_format format;
	bool has_begun;
	char head[HEAD];
	size_t head_size, head_at;
	int64_t bytes;
	struct csv_reader *csv;
	size_t column_count;
	char **columns;
	char *header;
	/* JSONL */
	char *line;
	size_t size, room, at; /* bytes read, and those taken */
	int64_t line_number;
	bool is_over;
};

static bool feed(void *data, char *bytes, size_t size, size_t *got, struct error *err)
{
	struct import_reader *reader = data;
	if (reader->head_at < reader->head_size) {
		size_t rest = reader->head_size - reader->head_at;
		*got = rest < size ? rest : size;
		memcpy(bytes, reader->head + reader->head_at, *got);
		reader->head_at += *got;
	} else if (!reader->read(reader->data, bytes, size, got, err)) {
		return false;
	}
	reader->bytes += (int64_t)*got;
	return true;
}

struct import_reader *import_open(
	const void *mem, const struct mapping *mapping, csv_read_fn *read, void *data)
{
	struct import_reader *reader = mem_new(mem, struct import_reader);
	reader->mapping = mapping;
	reader->read = read;
	reader->data = data;
	reader->line_number = 1;
	return reader;
}

static bool look(struct import_reader *reader, struct error *err)
{
	size_t got = 1;
	while (got > 0 && reader->head_size < HEAD) {
		if (!reader->read(reader->data, reader->head + reader->head_size,
			    HEAD - reader->head_size, &got, err)) {
			return false;
		}
		reader->head_size += got;
	}
	return true;
}

/* A line that begins with a brace makes it JSONL: the first ones may be bad. */
static enum import_format guess(const struct import_reader *reader)
{
	size_t at = reader->head_size >= 3 && memcmp(reader->head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	bool at_start = true;
	for (; at < reader->head_size; at++) {
		char byte = reader->head[at];
		if (at_start && byte == '{') {
			return IMPORT_JSONL;
		}
		at_start =
			byte == '\n' || (at_start && (byte == ' ' || byte == '\t' || byte == '\r'));
	}
	return IMPORT_CSV;
}

static enum import_step begin(struct import_reader *reader, struct error *err)
{
	reader->has_begun = true;
	if (!look(reader, err)) {
		return IMPORT_FAILED;
	}
	reader->format = mapping_format(reader->mapping);
	if (reader->format == IMPORT_ANY) {
		reader->format = guess(reader);
	}
	if (reader->format == IMPORT_JSONL) {
		return IMPORT_ITEM;
	}
	struct csv_row row;
	reader->csv = csv_open(reader, feed, reader, mapping_delimiter(reader->mapping));
	enum csv_step step = csv_next(reader->csv, reader, &row, err);
	if (step == CSV_ROW) {
		reader->column_count = row.count;
		reader->columns = row.fields;
		reader->header = row.raw;
		return IMPORT_ITEM;
	}
	return step == CSV_END ? IMPORT_END : IMPORT_FAILED;
}

/* --- JSONL --- */

static bool read_more(struct import_reader *reader, size_t *got, struct error *err)
{
	if (reader->at > 0) {
		memmove(reader->line, reader->line + reader->at, reader->size - reader->at);
		reader->size -= reader->at;
		reader->at = 0;
	}
	if (reader->room - reader->size < HEAD) {
		reader->room = reader->room * 2 + HEAD * 2;
		reader->line = mem_grow(reader, reader->line, char, reader->room);
	}
	if (!feed(reader, reader->line + reader->size, HEAD, got, err)) {
		return false;
	}
	reader->size += *got;
	reader->is_over = *got == 0;
	return true;
}

/* The next line, without its end, in [at, at + *length); *found false at the end. */
static bool next_line(struct import_reader *reader, size_t *length, bool *found, struct error *err)
{
	size_t searched = 0, got;
	for (;;) {
		char *from = reader->line ? reader->line + reader->at : NULL;
		size_t there = reader->size - reader->at;
		char *end =
			there > searched ? memchr(from + searched, '\n', there - searched) : NULL;
		if (end || reader->is_over) {
			*length = end ? (size_t)(end - from) : there;
			*found = end || there > 0;
			return true;
		}
		searched = there;
		if (!read_more(reader, &got, err)) {
			return false;
		}
	}
}

static void take_line(
	struct import_reader *reader, const void *mem, size_t length, struct import_record *record)
{
	const char *line = reader->line + reader->at;
	char *raw = mem_array(mem, char, length + 1);
	memcpy(raw, line, length);
	record->line = reader->line_number++;
	record->raw = raw;
	record->raw_size = length - (length > 0 && raw[length - 1] == '\r');
	reader->at += length + 1;
	reader->at = reader->at > reader->size ? reader->size : reader->at;
	if (record->line == 1 && record->raw_size >= 3 &&
		memcmp(record->raw, "\xef\xbb\xbf", 3) == 0) {
		record->raw += 3;
		record->raw_size -= 3;
	}
}

static bool is_blank(const struct import_record *record)
{
	for (size_t i = 0; i < record->raw_size; i++) {
		if (!strchr(" \t\r", record->raw[i]) || !record->raw[i]) {
			return false;
		}
	}
	return true;
}

static enum import_step next_json(struct import_reader *reader, const void *mem,
	struct import_record *record, struct error *err)
{
	size_t length;
	bool found;
	do {
		if (!next_line(reader, &length, &found, err)) {
			return IMPORT_FAILED;
		}
		if (!found) {
			return IMPORT_END;
		}
		take_line(reader, mem, length, record);
	} while (is_blank(record));
	if (record->raw_size > CSV_ROW_MAX) {
		error_set(err, ERROR_INVALID, N_("the line is longer than any record"), NULL);
		return IMPORT_BAD;
	}
	const struct json *json;
	bool ok = json_parse(mem, record->raw, record->raw_size, record->line, &json, err) &&
		  mapping_apply_json(mem, reader->mapping, json, &record->item, err);
	return ok ? IMPORT_ITEM : IMPORT_BAD;
}

static enum import_step next_row(struct import_reader *reader, const void *mem,
	struct import_record *record, struct error *err)
{
	struct csv_row row;
	enum csv_step step = csv_next(reader->csv, mem, &row, err);
	if (step == CSV_END) {
		return IMPORT_END;
	}
	if (step == CSV_FAILED) {
		return IMPORT_FAILED;
	}
	record->line = row.line;
	record->raw = row.raw;
	record->raw_size = row.raw_size;
	bool ok = step == CSV_ROW &&
		  mapping_apply_row(mem, reader->mapping, reader->column_count, reader->columns,
			  row.count, row.fields, &record->item, err);
	return ok ? IMPORT_ITEM : IMPORT_BAD;
}

enum import_step import_next(struct import_reader *reader, const void *mem,
	struct import_record *record, struct error *err)
{
	*record = (struct import_record){0};
	if (!reader->has_begun) {
		enum import_step step = begin(reader, err);
		if (step != IMPORT_ITEM) {
			return step;
		}
	}
	return reader->format == IMPORT_JSONL ? next_json(reader, mem, record, err)
					      : next_row(reader, mem, record, err);
}

int64_t import_bytes(const struct import_reader *reader)
{
	return reader->bytes;
}

enum import_format import_format(const struct import_reader *reader)
{
	return reader->format;
}

const char *import_header(const struct import_reader *reader)
{
	return reader->header;
}
