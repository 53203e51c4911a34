#include "base/error.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdarg.h>
#include <string.h>

static const struct {
	const char *name;
	int exit_status;
} codes[ERROR_CODES] = {
	[ERROR_NONE] = {"none", 0},
	[ERROR_INVALID] = {"invalid", 1},
	[ERROR_USAGE] = {"usage", 2},
	[ERROR_DENIED] = {"denied", 5},
	[ERROR_NOT_FOUND] = {"not_found", 3},
	[ERROR_CONFLICT] = {"conflict", 4},
	[ERROR_UNCERTAIN] = {"uncertain", 6},
	[ERROR_UNAVAILABLE] = {"unavailable", 6},
	[ERROR_INTERNAL] = {"internal", 1},
};

static bool is_plain(const char *text, size_t size)
{
	size_t i = 0;
	while (i < size && text[i] >= ' ' && text[i] <= '~') {
		i++;
	}
	return i == size;
}

static void put_arg(char *to, const char *arg)
{
	size_t size = text_cut(arg, ERROR_ARG_SIZE - 1);
	char *clean = is_plain(arg, size) ? NULL : text_clean(NULL, arg, size, NULL);
	const char *text = clean ? clean : arg;
	size_t fits = clean ? text_cut(clean, ERROR_ARG_SIZE - 1) : size;
	memcpy(to, text, fits);
	to[fits] = '\0';
	talloc_free(clean);
}

static void fill(
	struct error *err, enum error_code code, const char *reason, const char *text, va_list args)
{
	*err = (struct error){.code = code, .reason = reason, .text = text};
	for (int i = 0; i < ERROR_ARGS; i++) {
		const char *arg = va_arg(args, const char *);
		if (!arg) {
			return;
		}
		put_arg(err->arg[i], arg);
	}
}

bool error_set(struct error *err, enum error_code code, const char *text, ...)
{
	if (err) {
		va_list args;
		va_start(args, text);
		fill(err, code, NULL, text, args);
		va_end(args);
	}
	return false;
}

bool error_set_reason(
	struct error *err, enum error_code code, const char *reason, const char *text, ...)
{
	if (err) {
		va_list args;
		va_start(args, text);
		fill(err, code, reason, text, args);
		va_end(args);
	}
	return false;
}

const char *error_code_name(enum error_code code)
{
	return codes[code].name;
}

int error_exit_status(enum error_code code)
{
	return codes[code].exit_status;
}

char *error_sentence(const void *mem, const struct error *err, const char *translated)
{
	const char *text = translated ? translated : err->text ? err->text : "";
	char *sentence = mem_strdup(mem, "");
	for (const char *at = text; *at;) {
		const char *open = strchr(at, '{');
		bool is_arg =
			open && open[1] >= '0' && open[1] < '0' + ERROR_ARGS && open[2] == '}';
		size_t n = !open ? strlen(at) : (size_t)(open - at) + (is_arg ? 0 : 1);
		sentence = mem_check(talloc_strndup_append_buffer(sentence, at, n));
		at += n;
		if (is_arg) {
			const char *arg = err->arg[open[1] - '0'];
			sentence = mem_check(talloc_strdup_append_buffer(sentence, arg));
			at += 3;
		}
	}
	return sentence;
}
