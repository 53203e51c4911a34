#ifndef ATENDE_CODEC_IMPORT_H
#define ATENDE_CODEC_IMPORT_H

#include "base/error.h"
#include "codec/csv.h"
#include "codec/mapping.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file of records read one by one through a mapping: JSONL or CSV, bad records told and passed
 * over. Fields of CSV that are no UTF-8 are read as Windows-1252, which spreadsheets still write.
 */
struct import_reader;

enum import_step {
	IMPORT_ITEM,
	IMPORT_BAD, /* this record cannot be taken in: *err says why; line and raw are set */
	IMPORT_END,
	IMPORT_FAILED, /* the source cannot be read at all: *err */
};

struct import_record {
	int64_t line;	 /* on which it begins, from 1 */
	const char *raw; /* as it stood, without its line end: to be kept aside */
	size_t raw_size;
	struct import_item item; /* IMPORT_ITEM */
};

/* The format is the mapping's; where it says none, a file with a line among its first that begins
 * with { is JSONL. */
struct import_reader *import_open(
	const void *mem, const struct mapping *mapping, csv_read_fn *read, void *data);

/* The next record, all of it on mem. Blank lines are passed over; a byte-order mark too. */
enum import_step import_next(struct import_reader *reader, const void *mem,
	struct import_record *record, struct error *err);

/* Bytes taken so far, for progress. */
int64_t import_bytes(const struct import_reader *reader);

/* The header of a CSV file as a line of its own, to begin a file of records kept aside; NULL
 * without one. Valid after the first record. */
const char *import_header(const struct import_reader *reader);

#endif
