#include "base/config.h"

#include "base/file.h"
#include "base/mem.h"

#include <libgen.h>
#include <string.h>

enum { CONFIG_MAX = 1024 * 1024 };

/* Blanks at the ends go when the file is read, " ;" begins a comment, and a line has its length. */
static bool can_hold(const char *value)
{
	size_t length = strlen(value);
	return length > 0 && length < 180 && !strpbrk(value, "\n\r") && !strstr(value, " ;") &&
	       !strchr(" \t;\"", value[0]) && !strchr(" \t", value[length - 1]);
}

static bool is_line_of(const char *line, const char *name)
{
	size_t length = strlen(name);
	const char *behind = line + length;
	return strncmp(line, name, length) == 0 && strchr("=: \t", *behind) && *behind;
}

static char *put(const void *mem, const char *text, const struct config_value *value)
{
	char *out = mem_strdup(mem, "");
	char *line = mem_printf(mem, "%s = %s\n", value->name, value->value);
	bool is_put = false;
	bool has_section = false;
	for (const char *at = text; *at;) {
		size_t length = strcspn(at, "\n");
		length += at[length] == '\n';
		has_section = has_section || *at == '[';
		bool is_it = !has_section && is_line_of(at, value->name);
		if (!is_put && (is_it || has_section)) {
			out = mem_check(talloc_strdup_append_buffer(out, line));
			is_put = true;
		}
		if (!is_it) {
			out = mem_check(talloc_strndup_append_buffer(out, at, length));
		}
		at += length;
	}
	bool is_ended = !*out || out[strlen(out) - 1] == '\n';
	return is_put ? out : mem_printf(mem, "%s%s%s", out, is_ended ? "" : "\n", line);
}

bool config_put(
	const char *path, const struct config_value *values, size_t count, struct error *err)
{
	void *work = mem_context(NULL);
	struct error fault = {0};
	char *text = mem_strdup(work, "");
	size_t size = 0;
	bool ok = file_read(work, path, CONFIG_MAX, &text, &size, &fault) ||
		  fault.code == ERROR_NOT_FOUND;
	if (!ok && err) {
		*err = fault;
	}
	for (size_t i = 0; ok && i < count; i++) {
		ok = can_hold(values[i].value) ||
		     error_set(err, ERROR_INVALID,
			     N_("\"{0}\" cannot be written into {1}; choose another name, or write "
				"it there by hand"),
			     values[i].value, path, NULL);
		text = ok ? put(work, text, &values[i]) : text;
	}
	ok = ok && file_make_dirs(dirname(mem_strdup(work, path)), err) &&
	     file_replace(path, text, strlen(text), err);
	talloc_free(work);
	return ok;
}
