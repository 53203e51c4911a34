#include "codec/import.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/byte_reader.h"
#include "codec/windows_text.h"

#include <string.h>

enum { HEAD_SIZE = 4096 };

struct import_reader {
	const struct mapping *mapping;
	struct byte_reader bytes;
	enum import_format format; /* IMPORT_ANY: nothing read yet */
	int64_t line;		   /* JSONL: of the next byte */
	struct csv_reader *csv;
	size_t column_count;
	char **columns;
	char *header; /* as it stood */
};

struct import_reader *import_open(
	const void *mem, const struct mapping *mapping, csv_read_fn *read, void *data)
{
	struct import_reader *reader = mem_new(mem, struct import_reader);
	reader->mapping = mapping;
	reader->bytes = (struct byte_reader){.mem = reader, .read = read, .data = data};
	reader->line = 1;
	return reader;
}

static bool is_white(int byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* A line that begins with a brace makes it JSONL: lines before may be bad. */
static enum import_format guess(struct import_reader *reader)
{
	bool is_start = true;
	for (size_t at = 0; at < HEAD_SIZE; at++) {
		int byte = byte_reader_at(&reader->bytes, at);
		if (byte == -1) {
			break;
		}
		if (is_start && byte == '{') {
			return IMPORT_JSONL;
		}
		is_start = byte == '\n' || (is_start && is_white(byte));
	}
	return IMPORT_CSV;
}

static void begin(struct import_reader *reader)
{
	byte_reader_pass_mark(&reader->bytes);
	reader->format = mapping_format(reader->mapping);
	if (reader->format == IMPORT_ANY) {
		reader->format = guess(reader);
	}
	if (reader->format == IMPORT_CSV) {
		reader->csv = csv_open(reader, byte_reader_read, &reader->bytes,
			mapping_delimiter(reader->mapping));
	}
}

/* --- JSONL --- */

/* A line, without its end; false at the end of all. One that is too long is cut. */
static bool next_line(struct import_reader *reader, const void *mem, struct import_record *record)
{
	size_t size = 0;
	int byte;
	while ((byte = byte_reader_at(&reader->bytes, size)) != -1 && byte != '\n' &&
		size <= CSV_ROW_MAX) {
		size++;
	}
	if (size == 0 && byte == -1) {
		return false;
	}
	const char *start = byte_reader_bytes(&reader->bytes);
	size_t shown = size > 0 && start[size - 1] == '\r' ? size - 1 : size;
	record->line = reader->line++;
	char *raw = mem_array(mem, char, shown + 1);
	memcpy(raw, start, shown);
	record->raw = raw;
	record->raw_size = shown;
	byte_reader_take(&reader->bytes, size);
	while ((byte = byte_reader_at(&reader->bytes, 0)) != -1 && byte != '\n') {
		byte_reader_take(&reader->bytes, 1);
	}
	byte_reader_take(&reader->bytes, byte == '\n');
	return true;
}

static bool is_blank(const struct import_record *record)
{
	for (size_t i = 0; i < record->raw_size; i++) {
		if (!is_white((unsigned char)record->raw[i])) {
			return false;
		}
	}
	return true;
}

static bool read_line(const struct import_reader *reader, const void *mem,
	struct import_record *record, struct error *err)
{
	const struct json *json;
	if (record->raw_size > CSV_ROW_MAX) {
		return error_set(err, ERROR_INVALID,
			N_("the line is longer than 4 MiB; is this a file of JSON lines?"), NULL);
	}
	if (!json_parse(mem, record->raw, record->raw_size, record->line, &json, err)) {
		return false;
	}
	if (json_type_of(json) != JSON_OBJECT) {
		return error_set(err, ERROR_INVALID,
			N_("a record is an object in braces, one a line"), NULL);
	}
	return mapping_apply_json(mem, reader->mapping, json, &record->item, err);
}

static enum import_step next_json(struct import_reader *reader, const void *mem,
	struct import_record *record, struct error *err)
{
	bool found;
	do {
		found = next_line(reader, mem, record);
	} while (found && is_blank(record));
	if (reader->bytes.has_failed) {
		*err = reader->bytes.err;
		return IMPORT_FAILED;
	}
	if (!found) {
		return IMPORT_END;
	}
	return read_line(reader, mem, record, err) ? IMPORT_ITEM : IMPORT_BAD;
}

/* --- CSV --- */

static enum import_step read_header(
	struct import_reader *reader, struct import_record *record, struct error *err)
{
	struct csv_row row;
	enum csv_step step = csv_next(reader->csv, reader, &row, err);
	record->line = row.line;
	record->raw = row.raw ? row.raw : "";
	record->raw_size = row.raw_size;
	if (step == CSV_BAD) {
		/* Without its names no row can be read. */
		return IMPORT_FAILED;
	}
	if (step != CSV_ROW) {
		return step == CSV_END ? IMPORT_END : IMPORT_FAILED;
	}
	reader->header = row.raw;
	reader->column_count = row.count;
	reader->columns = row.fields;
	for (size_t i = 0; i < row.count; i++) {
		char *text = windows_text(reader, row.fields[i]);
		reader->columns[i] = text_clean_line(reader, text, strlen(text), NULL);
	}
	return IMPORT_ITEM;
}

static enum import_step next_row(struct import_reader *reader, const void *mem,
	struct import_record *record, struct error *err)
{
	static const enum import_step steps[] = {
		[CSV_ROW] = IMPORT_ITEM,
		[CSV_BAD] = IMPORT_BAD,
		[CSV_END] = IMPORT_END,
		[CSV_FAILED] = IMPORT_FAILED,
	};
	if (!reader->columns) {
		enum import_step step = read_header(reader, record, err);
		if (step != IMPORT_ITEM) {
			return step;
		}
	}
	struct csv_row row;
	enum csv_step step = csv_next(reader->csv, mem, &row, err);
	record->line = row.line;
	record->raw = row.raw ? row.raw : "";
	record->raw_size = row.raw_size;
	for (size_t i = 0; i < row.count; i++) {
		row.fields[i] = windows_text(mem, row.fields[i]);
	}
	bool is_bad = step == CSV_ROW &&
		      !mapping_apply_row(mem, reader->mapping, reader->column_count,
			      reader->columns, row.count, row.fields, &record->item, err);
	return is_bad ? IMPORT_BAD : steps[step];
}

enum import_step import_next(struct import_reader *reader, const void *mem,
	struct import_record *record, struct error *err)
{
	*record = (struct import_record){.raw = ""};
	if (reader->format == IMPORT_ANY) {
		begin(reader);
	}
	return reader->format == IMPORT_CSV ? next_row(reader, mem, record, err)
					    : next_json(reader, mem, record, err);
}

int64_t import_bytes(const struct import_reader *reader)
{
	return reader->bytes.read_bytes;
}

const char *import_header(const struct import_reader *reader)
{
	return reader->header;
}
