#include "test.h"

#include "byte_source.h"

#include "base/mem.h"
#include "codec/csv.h"

#include <string.h>

/* All of a file in brackets: line:[field|field], line!raw for what is bad; in one piece and byte
 * by byte. */
static char *read_chunks(const void *mem, const char *bytes, size_t size, size_t chunk)
{
	struct byte_source source = {bytes, size, chunk, false};
	struct csv_reader *reader = csv_open(mem, byte_source_give, &source, 0);
	char *all = mem_strdup(mem, "");
	struct csv_row row;
	enum csv_step step;
	struct error err = {0};
	while ((step = csv_next(reader, mem, &row, &err)) != CSV_END) {
		assert_int_not_equal(step, CSV_FAILED);
		all = talloc_asprintf_append(
			all, "%lld%s", (long long)row.line, step == CSV_BAD ? "!" : ":");
		if (step == CSV_BAD) {
			assert_int_equal(err.code, ERROR_INVALID);
			assert_int_equal(row.count, 0);
			all = talloc_asprintf_append(all, "%s ", row.raw);
			continue;
		}
		for (size_t i = 0; i < row.count; i++) {
			all = talloc_asprintf_append(all, "%s%s", i ? "|" : "[", row.fields[i]);
		}
		all = talloc_strdup_append(all, "] ");
	}
	assert_int_equal(csv_next(reader, mem, &row, &err), CSV_END);
	return all;
}

static void expect_bytes(const char *bytes, size_t size, const char *expected)
{
	void *mem = mem_context(NULL);
	assert_string_equal(read_chunks(mem, bytes, size, SIZE_MAX), expected);
	assert_string_equal(read_chunks(mem, bytes, size, 1), expected);
	talloc_free(mem);
}

static void expect(const char *text, const char *expected)
{
	expect_bytes(text, strlen(text), expected);
}

static void rows_have_fields(void **state)
{
	(void)state;
	expect("", "");
	expect("a,b,c\n1,2,3\n", "1:[a|b|c] 2:[1|2|3] ");
	expect("a,b\n1", "1:[a|b] 2:[1] ");
	expect("a,,\n,\n", "1:[a||] 2:[|] ");
	expect(" a , b \n", "1:[ a | b ] ");
	expect("\xEF\xBB\xBF"
	       "a,b\n",
		"1:[a|b] ");
	expect("\xEF\xBB\xBF", "");
	expect("a\xEF\xBB\xBF,b\n", "1:[a\xEF\xBB\xBF|b] ");
}

static void lines_end_in_three_ways(void **state)
{
	(void)state;
	expect("a\r\nb\nc\rd", "1:[a] 2:[b] 3:[c] 4:[d] ");
	expect("\r\n\n\ra\r\r\n\nb\n\n", "4:[a] 7:[b] ");
	expect("a\r", "1:[a] ");
	expect(" \n", "1:[ ] ");
}

static void quotes_hold_anything(void **state)
{
	(void)state;
	expect("\"a,b\",c\n", "1:[a,b|c] ");
	expect("a,\"x\ny\"\nb,c\n", "1:[a|x\ny] 3:[b|c] ");
	expect("a,\"x\r\ny\rz\"\nb,c\n", "1:[a|x\r\ny\rz] 4:[b|c] ");
	expect("\"say \"\"hi\"\"\"\n", "1:[say \"hi\"] ");
	expect("\"\",\"\"\"\"\n", "1:[|\"] ");
	expect("5\" disk,b\"\n", "1:[5\" disk|b\"] ");
	expect("\"a\"", "1:[a] ");
}

static void the_first_line_tells_the_delimiter(void **state)
{
	(void)state;
	expect("a;b;c\n1,5;2;3\n", "1:[a|b|c] 2:[1,5|2|3] ");
	expect("a\tb\n1,2\t3\n", "1:[a|b] 2:[1,2|3] ");
	expect("\"a,b,c\";d\n1;2\n", "1:[a,b,c|d] 2:[1|2] ");
	expect("a,b;c,d\n", "1:[a|b;c|d] ");
	expect("a;b,c\n", "1:[a;b|c] ");
	expect("a\n1;2\n", "1:[a] 2:[1;2] ");
	expect("\n\na;b\n", "3:[a|b] ");
	void *mem = mem_context(NULL);
	struct byte_source source = {"a;b,c\n", 6, SIZE_MAX, false};
	struct csv_row row;
	assert_int_equal(
		csv_next(csv_open(mem, byte_source_give, &source, ';'), mem, &row, NULL), CSV_ROW);
	assert_int_equal(row.count, 2);
	talloc_free(mem);
}

static void what_is_malformed_costs_one_line(void **state)
{
	(void)state;
	static const char zero[] = "a,b\n1,\0\n\"\0\n2,3\n";
	expect("a,b\n1,\"open\n2,3\n", "1:[a|b] 2!1,\"open 3:[2|3] ");
	expect("a,b\n\"x\"y,z\n2,3\n", "1:[a|b] 2!\"x\"y,z 3:[2|3] ");
	expect("a,b\n\"x\ny\" ,z\n2,3\n", "1:[a|b] 2!\"x 3:[y\" |z] 4:[2|3] ");
	expect("\"", "1!\" ");
	expect_bytes(zero, sizeof zero - 1, "1:[a|b] 2!1, 3!\" 4:[2|3] ");
}

static void a_row_has_its_limit(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	size_t size = (size_t)CSV_ROW_MAX + 100;
	char *bytes = mem_array(mem, char, size + 1);
	memset(bytes, 'x', size);
	memcpy(bytes, "a,b\n", 4);
	memcpy(bytes + size - 5, "\n1,2\n", 5);
	struct byte_source source = {bytes, size, 1 << 20, false};
	struct csv_reader *reader = csv_open(mem, byte_source_give, &source, 0);
	struct csv_row row;
	struct error err = {0};
	assert_int_equal(csv_next(reader, mem, &row, &err), CSV_ROW);
	assert_int_equal(csv_next(reader, mem, &row, &err), CSV_BAD);
	assert_int_equal(row.raw_size, CSV_ROW_MAX);
	assert_int_equal(csv_next(reader, mem, &row, &err), CSV_ROW);
	assert_int_equal(row.line, 3);
	assert_string_equal(row.fields[1], "2");
	/* Just within. */
	memset(bytes, 'x', size);
	bytes[CSV_ROW_MAX - 1] = '\n';
	source = (struct byte_source){bytes, CSV_ROW_MAX, SIZE_MAX, false};
	assert_int_equal(
		csv_next(csv_open(mem, byte_source_give, &source, 0), mem, &row, &err), CSV_ROW);
	assert_int_equal(row.raw_size, CSV_ROW_MAX - 1);
	talloc_free(mem);
}

static void a_source_that_fails_gives_no_half_row(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct byte_source source = {"a,b\n1,2", 7, 3, true};
	struct csv_reader *reader = csv_open(mem, byte_source_give, &source, 0);
	struct csv_row row;
	struct error err = {0};
	assert_int_equal(csv_next(reader, mem, &row, &err), CSV_ROW);
	assert_int_equal(csv_next(reader, mem, &row, &err), CSV_FAILED);
	assert_string_equal(err.text, "broken disk");
	assert_int_equal(csv_next(reader, mem, &row, &err), CSV_FAILED);
	talloc_free(mem);
}

static void raw_is_the_row_as_it_stood(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct byte_source source = {"\"a\"\"\r\n\",b\r\nc", 13, SIZE_MAX, false};
	struct csv_reader *reader = csv_open(mem, byte_source_give, &source, 0);
	struct csv_row row;
	assert_int_equal(csv_next(reader, mem, &row, NULL), CSV_ROW);
	assert_string_equal(row.raw, "\"a\"\"\r\n\",b");
	assert_int_equal(row.raw_size, strlen(row.raw));
	talloc_free(mem);
}

static void printed(const char *field, const char *expected)
{
	void *mem = mem_context(NULL);
	char *row = csv_print(mem, (const char *const[]){"x", field}, 2);
	assert_string_equal(row, mem_printf(mem, "x,%s\r\n", expected));
	talloc_free(mem);
}

static void fields_are_quoted_where_they_must(void **state)
{
	(void)state;
	printed("plain text", "plain text");
	printed("a,b", "\"a,b\"");
	printed("a;b", "\"a;b\"");
	printed("a\"b\"", "\"a\"\"b\"\"\"");
	printed("a\nb", "\"a\nb\"");
	printed("a\rb", "\"a\rb\"");
	printed("", "");
	printed(NULL, "");
}

static void no_field_is_a_formula(void **state)
{
	(void)state;
	static const char *const formulas[] = {"=1+1", "+SUM(A1)", "-2+3", "@x", "\tx",
		"=cmd|' /C calc'!A0", "-", "+55 11", "-1.5e3"};
	static const char *const plain[] = {"-5", "+5", "-1.5", "1+1", "a=b", "-10,25"};
	void *mem = mem_context(NULL);
	for (size_t i = 0; i < ARRAY_LEN(formulas); i++) {
		const char *row = csv_print(mem, &formulas[i], 1);
		assert_int_equal(strncmp(row, "\"'", 2), 0);
		char *guarded = mem_printf(mem, "'%s", formulas[i]);
		assert_string_equal(csv_unguarded(guarded), formulas[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		assert_null(strchr(csv_print(mem, &plain[i], 1), '\''));
		char *quoted = mem_printf(mem, "'%s", plain[i]);
		assert_string_equal(csv_unguarded(quoted), quoted);
	}
	assert_string_equal(csv_unguarded("'tis"), "'tis");
	assert_string_equal(csv_unguarded("="), "=");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_have_fields),
		cmocka_unit_test(lines_end_in_three_ways),
		cmocka_unit_test(quotes_hold_anything),
		cmocka_unit_test(the_first_line_tells_the_delimiter),
		cmocka_unit_test(what_is_malformed_costs_one_line),
		cmocka_unit_test(a_row_has_its_limit),
		cmocka_unit_test(a_source_that_fails_gives_no_half_row),
		cmocka_unit_test(raw_is_the_row_as_it_stood),
		cmocka_unit_test(fields_are_quoted_where_they_must),
		cmocka_unit_test(no_field_is_a_formula),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
