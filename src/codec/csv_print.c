#include "codec/csv.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* A number of a spreadsheet is no formula. */
static bool is_plain_number(const char *text)
{
	size_t sign = *text == '-' || *text == '+';
	size_t whole = strspn(text + sign, "0123456789");
	const char *rest = text + sign + whole;
	rest += *rest == '.' || *rest == ',' ? 1 + strspn(rest + 1, "0123456789") : 0;
	return whole > 0 && *rest == '\0';
}

static bool is_formula(const char *text)
{
	return *text && strchr("=+-@\t", *text) && !is_plain_number(text);
}

static char *print_field(char *line, const char *text)
{
	const char *guard = is_formula(text) ? "'" : "";
	if (!strpbrk(text, ",;\"\r\n\t") && !*guard) {
		return mem_check(talloc_strdup_append_buffer(line, text));
	}
	line = mem_check(talloc_asprintf_append_buffer(line, "\"%s", guard));
	for (const char *at = text; *at;) {
		size_t n = strcspn(at, "\"");
		n += at[n] == '"';
		bool quote = n > 0 && at[n - 1] == '"';
		line = mem_check(talloc_asprintf_append_buffer(
			line, "%.*s%s", (int)n, at, quote ? "\"" : ""));
		at += n;
	}
	return mem_check(talloc_strdup_append_buffer(line, "\""));
}

char *csv_print(const void *mem, const char *const *fields, size_t count)
{
	char *line = mem_strdup(mem, "");
	for (size_t i = 0; i < count; i++) {
		if (i > 0) {
			line = mem_check(talloc_strdup_append_buffer(line, ","));
		}
		line = print_field(line, fields[i] ? fields[i] : "");
	}
	return mem_check(talloc_strdup_append_buffer(line, "\r\n"));
}

const char *csv_unguarded(const char *field)
{
	return *field == '\'' && is_formula(field + 1) ? field + 1 : field;
}
