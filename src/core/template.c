#include "core/template.h"

#include "base/mem.h"

#include <string.h>

enum { NAME_MAX_BYTES = 64 };

const char *template_next(const char *text, size_t *length)
{
	for (const char *at = text; (at = strstr(at, "{{")); at++) {
		size_t name = strcspn(at + 2, "{}\n");
		if (name > 0 && name <= NAME_MAX_BYTES && strncmp(at + 2 + name, "}}", 2) == 0) {
			*length = name + 4;
			return at;
		}
	}
	return NULL;
}

/* What stands between the braces, blanks at its ends left out. */
static const char *value_of(
	const char *variable, size_t length, const struct template_value *values, size_t count)
{
	const char *name = variable + 2;
	const char *end = variable + length - 2;
	while (name < end && *name == ' ') {
		name++;
	}
	while (end > name && end[-1] == ' ') {
		end--;
	}
	size_t size = (size_t)(end - name);
	for (size_t i = 0; i < count; i++) {
		if (strlen(values[i].name) == size && strncmp(values[i].name, name, size) == 0) {
			return values[i].value && *values[i].value ? values[i].value : NULL;
		}
	}
	return NULL;
}

char *template_fill(
	const void *mem, const char *text, const struct template_value *values, size_t count)
{
	char *filled = mem_strdup(mem, "");
	const char *at = text;
	size_t length;
	for (const char *variable; (variable = template_next(at, &length));
		at = variable + length) {
		const char *value = value_of(variable, length, values, count);
		size_t kept = (size_t)(variable - at) + (value ? 0 : length);
		filled = mem_check(talloc_strndup_append_buffer(filled, at, kept));
		if (value) {
			filled = mem_check(talloc_strdup_append_buffer(filled, value));
		}
	}
	return mem_check(talloc_strdup_append_buffer(filled, at));
}

char *template_unfilled(const void *mem, const char *text)
{
	size_t length;
	const char *variable = template_next(text, &length);
	return variable ? mem_strndup(mem, variable, length) : NULL;
}
