#include "fuzz.h"

#include "base/mem.h"
#include "codec/change_json.h"

#include <assert.h>
#include <string.h>

static void check_detail(const void *mem, const struct change *change)
{
	struct change back = {.kind = change->kind};
	struct json *detail = change_detail(mem, change);
	char *first = json_print(mem, detail);
	const struct json *json;
	json_add_text(detail, "kind", change_kinds[change->kind].name);
	char *whole = json_print(mem, detail);
	assert(json_parse(mem, whole, strlen(whole), 1, &json, NULL));
	assert(change_from_json(mem, json, &back, NULL));
	assert(strcmp(json_print(mem, change_detail(mem, &back)), first) == 0);
}

/* A change that was read is printed and read again without loss. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	const struct json *json;
	struct change change = {0};
	struct error err = {0};
	if (json_parse(mem, (const char *)bytes, size, 1, &json, NULL)) {
		if (change_from_json(mem, json, &change, &err)) {
			char *first = json_print(mem, change_json(mem, &change));
			struct change back = {0};
			assert(json_parse(mem, first, strlen(first), 1, &json, NULL));
			assert(change_from_json(mem, json, &back, NULL));
			assert(strcmp(json_print(mem, change_json(mem, &back)), first) == 0);
			check_detail(mem, &change);
		} else {
			assert(err.code == ERROR_INVALID);
		}
	}
	talloc_free(mem);
	return 0;
}
