#include "fuzz.h"

#include "base/mem.h"
#include "codec/json.h"
#include "codec/record_json.h"

#include <assert.h>
#include <string.h>

static void check_record(const void *mem, const char *bytes, size_t size)
{
	struct record record;
	struct error err = {0};
	if (!record_parse(mem, bytes, size, 1, &record, &err)) {
		assert(err.code == ERROR_INVALID);
		return;
	}
	char *first = record_print(mem, &record);
	assert(record_parse(mem, first, strlen(first), 1, &record, NULL));
	assert(strcmp(record_print(mem, &record), first) == 0);
}

/* What is read and printed is read again as the same; whole numbers stay whole. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	const struct json *json;
	struct error err = {0};
	if (json_parse(mem, (const char *)bytes, size, 1, &json, &err)) {
		char *first = json_print(mem, json);
		assert(!strpbrk(first, "\n\r\t"));
		assert(json_parse(mem, first, strlen(first), 1, &json, NULL));
		assert(strcmp(json_print(mem, json), first) == 0);
	} else {
		assert(err.code == ERROR_INVALID && !json);
	}
	check_record(mem, (const char *)bytes, size);
	talloc_free(mem);
	return 0;
}
