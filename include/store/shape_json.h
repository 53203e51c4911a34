#ifndef ATENDE_STORE_SHAPE_JSON_H
#define ATENDE_STORE_SHAPE_JSON_H

#include "codec/json.h"
#include "store/shape.h"

/* A row as a JSON object, exact both ways: columns by name, those that are 0 or "" left out. */
void shape_add_json(
	struct json *parent, const char *key, const struct shape *shape, const void *row);

/* Strings on mem; what is missing is 0 or "". */
void shape_from_json(
	const struct shape *shape, const struct json *object, const void *mem, void *row);

#endif
