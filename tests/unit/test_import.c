#include "test.h"

#include "byte_source.h"

#include "base/mem.h"
#include "codec/import.h"

#include <string.h>

static struct import_reader *opened(
	const void *mem, struct byte_source *source, const char *text, size_t chunk)
{
	static const char minimal[] = "[ticket]\nref = {ref}\n";
	struct mapping *mapping;
	assert_true(mapping_parse(mem, minimal, strlen(minimal), &mapping, NULL));
	*source = (struct byte_source){text, strlen(text), chunk, false};
	return import_open(mem, mapping, byte_source_give, source);
}

/* "line:ref" of each record, "line!raw" of the bad. */
static void expect(const char *text, const char *expected)
{
	static const size_t chunks[] = {1, SIZE_MAX};
	for (size_t i = 0; i < ARRAY_LEN(chunks); i++) {
		void *mem = mem_context(NULL);
		struct byte_source source;
		struct import_reader *reader = opened(mem, &source, text, chunks[i]);
		char *all = mem_strdup(mem, "");
		struct import_record record;
		struct error err = {0};
		enum import_step step;
		while ((step = import_next(reader, mem, &record, &err)) != IMPORT_END) {
			assert_int_not_equal(step, IMPORT_FAILED);
			all = talloc_asprintf_append(all, "%lld%s ", (long long)record.line,
				step == IMPORT_BAD
					? mem_printf(mem, "!%s", record.raw)
					: mem_printf(mem, ":%s", record.item.ticket_ref));
			assert_int_equal(record.raw_size, strlen(record.raw));
		}
		assert_string_equal(all, expected);
		assert_int_equal(import_next(reader, mem, &record, &err), IMPORT_END);
		assert_int_equal(import_bytes(reader), strlen(text));
		talloc_free(mem);
	}
}

static void lines_of_json(void **state)
{
	(void)state;
	expect("{\"ref\":1}\n{\"ref\":2}\n", "1:1 2:2 ");
	expect("{\"ref\":1}\r\n \t\r\n\n{\"ref\":2}", "1:1 4:2 ");
	expect("\xEF\xBB\xBF{\"ref\":1}", "1:1 ");
	expect("{\"ref\":1}\nno json\n[1]\n{\"ref\":3,\"ref\":4}\n{\"x\":1}\n{\"ref\":5}\n",
		"1:1 2!no json 3![1] 4!{\"ref\":3,\"ref\":4} 5!{\"x\":1} 6:5 ");
	expect("no json\n{\"ref\":2}\n", "1!no json 2:2 ");
	expect("{\"ref\":\"a\rb\"}\n{\"ref\":2}\n", "1!{\"ref\":\"a\rb\"} 2:2 ");
}

static void rows_of_csv(void **state)
{
	(void)state;
	expect("", "");
	expect("\n\n", "");
	expect("ref,x\n1,2\n", "2:1 ");
	expect("\xEF\xBB\xBF ref ;x\r\n1;\"a\nb\"\r\n\r\n2;\"y\"z\r\n;3\r\n4\r\n",
		"2:1 5!2;\"y\"z 6!;3 7:4 ");
}

static void spreadsheets_write_windows_text(void **state)
{
	(void)state;
	expect("r\xE9"
	       "f,ref\nx,caf\xE9 \x93\x80\x94\ny,caf\xC3\xA9\n",
		"2:caf\xC3\xA9 \xE2\x80\x9C\xE2\x82\xAC\xE2\x80\x9D 3:caf\xC3\xA9 ");
	/* What neither knows is taken out as anywhere. */
	expect("ref\n\xE9\x81\n", "2:\xC3\xA9 ");
}

static void what_the_file_turned_out_to_be(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct byte_source source;
	struct import_record record;
	struct import_reader *reader = opened(mem, &source, "ref;\"a\r\nb\"\r\n1;2\r\n", 7);
	assert_int_equal(import_next(reader, mem, &record, NULL), IMPORT_ITEM);
	assert_string_equal(import_header(reader), "ref;\"a\r\nb\"");
	assert_int_equal(record.line, 3);
	reader = opened(mem, &source, "{\"ref\":1}", SIZE_MAX);
	assert_int_equal(import_next(reader, mem, &record, NULL), IMPORT_ITEM);
	assert_null(import_header(reader));
	talloc_free(mem);
}

static void the_mapping_knows_better(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	static const char text[] =
		"[source]\nformat=csv\ndelimiter=semicolon\n[ticket]\nref={\"{a\"}";
	struct mapping *mapping;
	struct error err = {0};
	assert_true(mapping_parse(mem, text, strlen(text), &mapping, &err));
	struct byte_source source = {"{a;b,c,d\n1;2\n", 13, SIZE_MAX, false};
	struct import_reader *reader = import_open(mem, mapping, byte_source_give, &source);
	struct import_record record;
	assert_int_equal(import_next(reader, mem, &record, NULL), IMPORT_ITEM);
	assert_string_equal(record.item.ticket_ref, "1");
	talloc_free(mem);
}

static void a_source_that_fails(void **state)
{
	(void)state;
	static const char *const texts[] = {"{\"ref\":1}\n{\"ref\":2}", "ref\n1\n2"};
	void *mem = mem_context(NULL);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct byte_source source;
		struct import_record record;
		struct error err = {0};
		struct import_reader *reader = opened(mem, &source, texts[i], 3);
		source.fails = true;
		enum import_step step = import_next(reader, mem, &record, &err);
		while (step == IMPORT_ITEM) {
			/* Half a record is none. */
			assert_string_equal(record.item.ticket_ref, "1");
			step = import_next(reader, mem, &record, &err);
		}
		assert_int_equal(step, IMPORT_FAILED);
		assert_string_equal(err.text, "broken disk");
	}
	talloc_free(mem);
}

static void a_header_must_be_readable(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct byte_source source;
	struct import_record record;
	struct error err = {0};
	struct import_reader *reader = opened(mem, &source, "\"ref\"x,y\n1,2\n", SIZE_MAX);
	assert_int_equal(import_next(reader, mem, &record, &err), IMPORT_FAILED);
	assert_int_equal(err.code, ERROR_INVALID);
	talloc_free(mem);
}

static void a_line_has_its_limit(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	size_t size = (size_t)CSV_ROW_MAX * 2;
	char *text = mem_array(mem, char, size + 1);
	memset(text, 'x', size);
	memcpy(text, "{\"ref\":1}\n", 10);
	memcpy(text + size - 11, "\n{\"ref\":3}\n", 11);
	struct byte_source source;
	struct import_record record;
	struct error err = {0};
	struct import_reader *reader = opened(mem, &source, text, 1 << 20);
	assert_int_equal(import_next(reader, mem, &record, &err), IMPORT_ITEM);
	assert_int_equal(import_next(reader, mem, &record, &err), IMPORT_BAD);
	assert_int_equal(import_next(reader, mem, &record, &err), IMPORT_ITEM);
	assert_string_equal(record.item.ticket_ref, "3");
	assert_int_equal(record.line, 3);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_json),
		cmocka_unit_test(rows_of_csv),
		cmocka_unit_test(spreadsheets_write_windows_text),
		cmocka_unit_test(what_the_file_turned_out_to_be),
		cmocka_unit_test(the_mapping_knows_better),
		cmocka_unit_test(a_source_that_fails),
		cmocka_unit_test(a_header_must_be_readable),
		cmocka_unit_test(a_line_has_its_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
