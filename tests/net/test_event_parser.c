#include "test.h"

#include "base/mem.h"
#include "net/event_parser.h"

#include <string.h>

enum { MAX_BYTES = 64 };

/* All events of a stream, as "name|data|id;", given in pieces of `piece` bytes. */
static char *parse(const void *mem, const char *bytes, size_t size, size_t piece)
{
	struct event_parser *parser = event_parser_create(mem, MAX_BYTES);
	char *all = mem_strdup(mem, "");
	for (size_t at = 0; at < size; at += piece) {
		size_t n = size - at < piece ? size - at : piece;
		struct event event;
		assert_true(event_parser_give(parser, bytes + at, n, NULL));
		while (event_parser_take(parser, mem, &event)) {
			all = mem_check(talloc_asprintf_append_buffer(
				all, "%s|%s|%s;", event.name, event.data, event.id));
		}
	}
	return all;
}

#define CASE(bytes, wanted)                                                                        \
	{                                                                                          \
		bytes, sizeof(bytes) - 1, wanted                                                   \
	}

static void streams_become_events(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t size;
		const char *wanted;
	} cases[] = {
		CASE("data: a\n\n", "message|a|;"),
		CASE("data:a\n\n", "message|a|;"),
		CASE("data:  a\n\n", "message| a|;"),
		CASE("data: a\r\rdata: b\r\n\r\ndata: c\n\n", "message|a|;message|b|;message|c|;"),
		CASE("data: a\r\n\n", "message|a|;"),
		CASE("data: a\ndata: b\ndata\n\n", "message|a\nb\n|;"),
		CASE("data\n\n", "message||;"),
		CASE("event: x\nid: 1\n\n", ""),
		CASE("event: x\ndata: a\n\ndata: b\n\n", "x|a|;message|b|;"),
		CASE("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
			"message|a|1;message|b|1;message|c|;"),
		CASE("id: 1\n\ndata: a\n\n", "message|a|1;"),
		CASE("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n", "message|a|1;message|b|1;"),
		CASE(": comment\n:\ndata: a\n: more\n\n", "message|a|;"),
		CASE("Data: a\ndata : b\nunknown: c\n\n", ""),
		CASE("data: a\n", ""),
		CASE("data: a", ""),
		CASE("\xEF\xBB\xBF"
		     "data: a\n\n",
			"message|a|;"),
		CASE("data: \xEF\xBB\xBF\n\xEF\xBB\xBF"
		     "data: b\n\n",
			"message|\xEF\xBB\xBF|;"),
		CASE("\xEF\xBB\xBF\n\ndata: a\n\n", "message|a|;"),
		CASE("data: \xFF\xC3\xA9\xC3\n\n", "message|\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD|;"),
		CASE("data: a\0b\n\n", "message|a\xEF\xBF\xBD"
				       "b|;"),
		CASE("\n\n\ndata: a:b\n\n", "message|a:b|;"),
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		void *mem = mem_context(NULL);
		for (size_t piece = 1; piece <= cases[i].size; piece++) {
			assert_string_equal(
				parse(mem, cases[i].bytes, cases[i].size, piece), cases[i].wanted);
		}
		talloc_free(mem);
	}
}

static void lines_and_events_are_bounded(void **state)
{
	(void)state;
	static const char *const cases[] = {
		"data: 0123456789012345678901234567890123456789012345678901234567890",
		"data: 012345678901234567890123456789012\ndata: "
		"0123456789012345678901234567890\ndata\n",
		": 0123456789012345678901234567890123456789012345678901234567890123",
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (size_t piece = 1; piece < 20; piece += 6) {
			struct event_parser *parser = event_parser_create(NULL, MAX_BYTES);
			struct error err = {0};
			bool ok = true;
			for (size_t at = 0; ok && at < strlen(cases[i]); at += piece) {
				size_t left = strlen(cases[i]) - at;
				ok = event_parser_give(
					parser, cases[i] + at, left < piece ? left : piece, &err);
			}
			assert_false(ok);
			assert_int_equal(err.code, ERROR_UNAVAILABLE);
			assert_string_equal(err.reason, "too_big");
			talloc_free(parser);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_become_events),
		cmocka_unit_test(lines_and_events_are_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
