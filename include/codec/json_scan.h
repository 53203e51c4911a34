#ifndef ATENDE_CODEC_JSON_SCAN_H
#define ATENDE_CODEC_JSON_SCAN_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The strict reading of JSON that comes before cJSON, which is lenient: true only for a text that
 * RFC 8259 allows and that json_parse (codec/json.h, where the refusals are listed) can give
 * without loss. Nobody outside codec includes this.
 */
bool json_scan(const char *bytes, size_t size, int64_t line, struct error *err);

/* Bytes of the UTF-8 sequence at `at` (RFC 3629: shortest form, no surrogates), 0 if it is none. */
size_t json_utf8(const char *at, const char *end);

#endif
