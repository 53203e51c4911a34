#ifndef ATENDE_TESTS_UNIT_AGAIN_H
#define ATENDE_TESTS_UNIT_AGAIN_H

#include "codec/json.h"
#include "test.h"

#include <string.h>

/* What was written, as its reader has it. */
static inline const struct json *again(const void *mem, const struct json *written)
{
	char *text = json_print(mem, written);
	const struct json *read;
	assert_true(json_parse(mem, text, strlen(text), 1, &read, NULL));
	return read;
}

#endif
