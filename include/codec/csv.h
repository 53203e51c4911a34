#ifndef ATENDE_CODEC_CSV_H
#define ATENDE_CODEC_CSV_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Comma-separated values (RFC 4180), read as a stream and written for spreadsheets.
 *
 * Read: fields in quotes may hold delimiters, line ends and "" for a quote; lines end with CR LF,
 * LF or CR; a byte-order mark is passed over; the delimiter is the one of , ; tab that the first
 * line has most of, outside of quotes. Blank lines are passed over. Bytes are given as they are:
 * making them clean text is the caller's matter (base/text.h).
 */
struct csv_reader;

enum { CSV_ROW_MAX = 4 * 1024 * 1024 }; /* bytes of one row */

/* Gives up to size bytes; *got 0 is the end. The same shape feeds codec/import.h. */
typedef bool csv_read_fn(void *data, char *bytes, size_t size, size_t *got, struct error *err);

struct csv_row {
	int64_t line; /* on which the row begins, from 1 */
	size_t count;
	char **fields; /* NUL-terminated */
	char *raw;     /* the row as it stood, without its line end: to be kept aside */
	size_t raw_size;
};

enum csv_step {
	CSV_ROW,
	CSV_BAD, /* the row is malformed: line and raw are set, no fields, *err says why */
	CSV_END,
	CSV_FAILED, /* the source could not be read: *err */
};

/* delimiter 0: found in the first line. */
struct csv_reader *csv_open(const void *mem, csv_read_fn *read, void *data, char delimiter);

/*
 * The next row, on mem. Malformed are: a quote that is never closed, anything between a closing
 * quote and the delimiter, a NUL, more than CSV_ROW_MAX bytes. After such a row reading goes on
 * with the line after the one on which it began.
 */
enum csv_step csv_next(
	struct csv_reader *reader, const void *mem, struct csv_row *row, struct error *err);

/*
 * One row with its CR LF, on mem; NULL fields are empty. A field that a spreadsheet would take for
 * a formula (it begins with = + - @ or tab, and is no plain number such as -5) gets a leading
 * apostrophe (OWASP, "CSV Injection").
 */
char *csv_print(const void *mem, const char *const *fields, size_t count);

/* The field without such an apostrophe: text, or the byte after. */
const char *csv_unguarded(const char *field);

#endif
