#include "fuzz.h"

#include "base/mem.h"
#include "net/event_parser.h"

#include <assert.h>
#include <string.h>

enum { MAX_BYTES = 1 << 10 };

/* What the events of a stream are, however it is cut into pieces. */
static char *parse(const void *mem, const char *bytes, size_t size, size_t piece)
{
	struct event_parser *parser = event_parser_create(mem, MAX_BYTES);
	char *all = mem_strdup(mem, "");
	struct error err = {0};
	for (size_t at = 0; at < size; at += piece) {
		size_t n = size - at < piece ? size - at : piece;
		bool ok = event_parser_give(parser, bytes + at, n, &err);
		struct event event;
		while (event_parser_take(parser, mem, &event)) {
			assert(strlen(event.data) < MAX_BYTES);
			all = mem_check(talloc_asprintf_append_buffer(
				all, "%s|%s|%s;", event.name, event.data, event.id));
		}
		if (!ok) {
			assert(err.code == ERROR_UNAVAILABLE);
			return mem_check(talloc_strdup_append_buffer(all, "too big"));
		}
	}
	return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	char *whole = parse(mem, (const char *)bytes, size, size ? size : 1);
	for (size_t piece = 1; piece < 4; piece++) {
		assert(strcmp(parse(mem, (const char *)bytes, size, piece), whole) == 0);
	}
	talloc_free(mem);
	return 0;
}
