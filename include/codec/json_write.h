#ifndef ATENDE_CODEC_JSON_WRITE_H
#define ATENDE_CODEC_JSON_WRITE_H

#include "codec/json.h"

#include <stdbool.h>

/* What the two halves of codec/json.h, reading (json.c) and writing (json_write.c), ask of each
 * other. Nobody else includes this. */

/* Made by json_object, json_array and what adds such to them. NULL is not. */
bool json_is_written(const struct json *json);

/* The text of a value that was read, on mem. */
char *json_print_read(const void *mem, const struct json *json);

#endif
