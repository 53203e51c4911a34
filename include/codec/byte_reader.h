#ifndef ATENDE_CODEC_BYTE_READER_H
#define ATENDE_CODEC_BYTE_READER_H

#include "codec/csv.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A window on a stream of bytes: what csv.c and import.c look into before they take it. Nobody
 * outside codec includes this.
 */
struct byte_reader {
	const void *mem; /* on which the window grows */
	csv_read_fn *read;
	void *data;
	char *bytes; /* the window, all that was read and not taken: from start to end */
	size_t start, end, room;
	int64_t read_bytes; /* from the source, so far */
	bool is_over;	    /* nothing more will come: the end, or a failure */
	bool has_failed;
	struct error err; /* of the failure */
};

/*
 * The byte `at` places after the first that was not taken, 0 to 255, or -1 beyond the end (or
 * where the source failed). Reads on as far as needed.
 */
int byte_reader_at(struct byte_reader *reader, size_t at);

/* Where the window begins; until the next byte_reader_at. */
const char *byte_reader_bytes(const struct byte_reader *reader);

/* Lets `count` bytes go that were looked at. */
void byte_reader_take(struct byte_reader *reader, size_t count);

/* Looks past the end of the line in which `at` stands, for the rest of which nobody asks: gives the
 * size of its end, 1 or 2, or 0 at the end of all. */
size_t byte_reader_line_end(struct byte_reader *reader, size_t at);

/* Passes a byte-order mark at the very beginning. */
void byte_reader_pass_mark(struct byte_reader *reader);

/* A csv_read_fn on a struct byte_reader: what it holds, then what follows. */
bool byte_reader_read(void *reader, char *bytes, size_t size, size_t *got, struct error *err);

#endif
