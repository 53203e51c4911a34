#include "test.h"

#include "base/mem.h"
#include "codec/mapping.h"

#include <string.h>

static const struct mapping *parsed(const void *mem, const char *text)
{
	struct mapping *mapping;
	struct error err = {0};
	if (!mapping_parse(mem, text, strlen(text), &mapping, &err)) {
		fail_msg("%s: %s", text, error_sentence(mem, &err, NULL));
	}
	return mapping;
}

/* Refused, naming the line. */
static void refused(const char *text, const char *line)
{
	void *mem = mem_context(NULL);
	struct mapping *mapping;
	struct error err = {0};
	if (mapping_parse(mem, text, strlen(text), &mapping, &err)) {
		fail_msg("accepted: %s", text);
	}
	assert_int_equal(err.code, ERROR_INVALID);
	char *expected = mem_printf(mem, "line %s ", line);
	if (!strstr(error_sentence(mem, &err, NULL), expected)) {
		fail_msg("%s: %s", text, error_sentence(mem, &err, NULL));
	}
	talloc_free(mem);
}

static void a_mapping_says_what_it_says(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	const struct mapping_line *lines;
	const struct mapping *mapping =
		parsed(mem, "\xEF\xBB\xBF[source]\r\ndelimiter = tab\r\nformat = csv\r\n"
			    "[ticket]\r\nsubject = \" x \"\r\n[words ticket.state]\na b = open\n");
	assert_int_equal(mapping_delimiter(mapping), '\t');
	assert_int_equal(mapping_format(mapping), IMPORT_CSV);
	assert_int_equal(mapping_lines(mapping, &lines), 4);
	assert_string_equal(lines[2].section, "ticket");
	assert_string_equal(lines[2].key, "subject");
	assert_string_equal(lines[2].value, "\" x \"");
	assert_int_equal(lines[2].line, 5);
	assert_string_equal(lines[3].section, "words ticket.state");
	assert_string_equal(lines[3].key, "a b");
	talloc_free(mem);
}

static const struct {
	const char *text, *line;
} wrong[] = {
	{"x = y", "1"},
	{"\n\nnonsense", "3"},
	{"[ticket", "1"},
	{"[tickets]", "1"},
	{"[ticket x]", "1"},
	{"[ticket]\n[ticket]", "2"},
	{"[source]\n[source]", "2"},
	{"[customer]\n[customer]", "2"},
	{"[ticket]\nsubjct = x", "2"},
	{"[ticket]\nref = 1\nref = 2", "3"},
	{"[ticket]\neach = x", "2"},
	{"[source]\nwhen = x", "2"},
	{"[source]\nzone = Mars/Base", "2"},
	{"[source]\nformat = xml", "2"},
	{"[source]\ndates = ymd", "2"},
	{"[source]\ndelimiter = |", "2"},
	{"[words]\na = b", "1"},
	{"[words ticket]\na = b", "1"},
	{"[words ticket.colour]\na = b", "1"},
	{"[words source.zone]\na = b", "1"},
	{"[words ticket.state]\na = b", "2"},
	{"[ticket]\nref = {", "2"},
	{"[ticket]\nref = {}", "2"},
	{"[ticket]\nref = {a", "2"},
	{"[ticket]\nref = a}", "2"},
	{"[ticket]\nref = {a|}", "2"},
	{"[ticket]\nref = {a:}", "2"},
	{"[ticket]\nref = {a:0}", "2"},
	{"[ticket]\nref = {a:99999999999999999999}", "2"},
	{"[ticket]\nref = {a b}", "2"},
	{"[ticket]\nref = {a.}", "2"},
	{"[ticket]\nref = {a[x]}", "2"},
	{"[ticket]\nref = {a[1}", "2"},
	{"[ticket]\nref = {\"a}", "2"},
	{"[ticket]\nref = {\"\"}", "2"},
	{"[ticket]\nref = {'a}", "2"},
	{"[ticket]\nref = \"a", "2"},
	{"[ticket]\nref = \"a\"b", "2"},
	{"[ticket]\nref = \"a\\x\"", "2"},
	{"[message]\neach = a b", "2"},
};

static void wrong_mappings_name_their_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		refused(wrong[i].text, wrong[i].line);
	}
}

static void what_is_no_mapping_is_refused(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct mapping *mapping;
	struct error err = {0};
	char *large = mem_array(mem, char, 70000);
	memset(large, '\n', 70000);
	assert_false(mapping_parse(mem, large, 70000, &mapping, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_false(mapping_parse(mem, "", 0, &mapping, &err));
	assert_false(mapping_parse(mem, "[source]\n", 9, &mapping, &err));
	assert_false(mapping_parse(mem, "[ticket]\nref=\xFF", 14, &mapping, &err));
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mapping_says_what_it_says),
		cmocka_unit_test(wrong_mappings_name_their_line),
		cmocka_unit_test(what_is_no_mapping_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
