#ifndef ATENDE_CODEC_RECORD_JSON_H
#define ATENDE_CODEC_RECORD_JSON_H

#include "base/error.h"
#include "core/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A row of the desk as one line of JSON, exact both ways:
 *   {"ticket":{"number":1001,"subject":"…","ref":null}}
 * Texts are strings, numbers numbers; a number beyond ±2^53 is {"int":"9007199254740993"}, bytes
 * are {"bytes":"…"} in base 64.
 */

/* One line without its newline, on mem. Texts must be UTF-8. */
char *record_print(const void *mem, const struct record *record);

/* Reads one line (number `line` of its file, for messages); all of the record on mem. INVALID for
 * what record_print does not write. */
bool record_parse(const void *mem, const char *bytes, size_t size, int64_t line,
	struct record *record, struct error *err);

#endif
