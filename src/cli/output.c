#include "cli/output.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "cli/call.h"
#include "codec/result_json.h"

#include <langinfo.h>
#include <stdarg.h>
#include <string.h>
#include <wchar.h>

/* Clean, and tabs (which text_clean leaves) as blanks. */
static char *safe(const void *mem, const char *text)
{
	char *clean = text_clean(mem, text, strlen(text), NULL);
	for (char *at = clean; (at = strchr(at, '\t'));) {
		*at = ' ';
	}
	return clean;
}

static void put(FILE *out, const char *text)
{
	char *clean = safe(NULL, text);
	fputs(clean, out);
	fputc('\n', out);
	talloc_free(clean);
}

void output_part(struct call *call, const char *text)
{
	char *clean = safe(NULL, text);
	fputs(clean, call->cli->out);
	talloc_free(clean);
}

void output_line(struct call *call, const char *text)
{
	put(call->cli->out, text);
}

void output_format(struct call *call, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = mem_check(talloc_vasprintf(NULL, format, args));
	va_end(args);
	put(call->cli->out, text);
	talloc_free(text);
}

void output_json(struct call *call, const struct json *json)
{
	char *text = json_print(NULL, json);
	put(call->cli->out, text);
	talloc_free(text);
}

void output_text(struct call *call, const char *text)
{
	char *clean = safe(NULL, text);
	for (const char *at = clean; *at;) {
		size_t length = strcspn(at, "\n");
		fprintf(call->cli->out, "%s%.*s\n", length ? "  " : "", (int)length, at);
		at += length + (at[length] == '\n');
	}
	talloc_free(clean);
}

void output_warning(struct cli *cli, const char *text)
{
	fputs("atende: ", cli->err);
	put(cli->err, text);
}

char *cli_sentence(const void *mem, const struct error *err)
{
	return error_sentence(mem, err, err->text ? _(err->text) : NULL);
}

void cli_error(struct cli *cli, const struct error *err, bool json)
{
	void *mem = mem_context(NULL);
	char *sentence = cli_sentence(mem, err);
	if (json) {
		put(cli->err, json_print(mem, error_json(mem, err, sentence)));
	} else {
		output_warning(cli, sentence);
	}
	talloc_free(mem);
}

void output_failure(struct cli *cli, const struct json *json)
{
	char *text = json_print(NULL, json);
	put(cli->err, text);
	talloc_free(text);
}

char *output_time(struct call *call, int64_t at)
{
	if (at <= 0 || at >= DUE_NEVER) {
		return mem_strdup(call->mem, "-");
	}
	struct civil civil = civil_of(at + zone_offset(&call->zone, at));
	return mem_printf(call->mem, "%04d-%02d-%02d %02d:%02d", civil.year, civil.month, civil.day,
		civil.hour, civil.minute);
}

char *output_since(struct call *call, int64_t at)
{
	if (at <= 0 || at >= DUE_NEVER) {
		return mem_strdup(call->mem, "-");
	}
	return timestamp_span(call->mem, store_now(call->store) - at);
}

char *output_until(struct call *call, int64_t at)
{
	if (at <= 0 || at >= DUE_NEVER) {
		return mem_strdup(call->mem, "-");
	}
	return timestamp_span(call->mem, at - store_now(call->store));
}

const char *output_word(const struct name_table *table, int value)
{
	const char *text = name_said(table, value);
	return *text ? _(text) : ""; /* gettext("") is the header of the catalogue */
}

char *output_fill(const void *mem, const char *text, ...)
{
	struct error filled = {.text = text};
	va_list args;
	va_start(args, text);
	for (size_t i = 0; i < ERROR_ARGS; i++) {
		const char *arg = va_arg(args, const char *);
		if (!arg) {
			break;
		}
		size_t length = text_cut(arg, ERROR_ARG_SIZE - 1);
		memcpy(filled.arg[i], arg, length);
	}
	va_end(args);
	return error_sentence(mem, &filled, text);
}

/* In a locale that does not know a sign, it still takes a cell or so. */
static int rune_width(uint32_t rune)
{
	int width = wcwidth((wchar_t)rune);
	return width < 0 ? 1 : width;
}

int output_width(const char *text)
{
	int width = 0;
	size_t size;
	for (const char *at = text; *at; at += size) {
		width += rune_width(text_rune(at, &size));
	}
	return width;
}

char *output_cut(const void *mem, const char *text, int width)
{
	if (output_width(text) <= width) {
		return mem_strdup(mem, text);
	}
	const char *end = strcmp(nl_langinfo(CODESET), "UTF-8") == 0 ? "…" : "...";
	int room = width - output_width(end);
	const char *at = text;
	for (size_t size; *at; at += size) {
		room -= rune_width(text_rune(at, &size));
		if (room < 0) {
			break;
		}
	}
	return mem_printf(mem, "%.*s%s", (int)(at - text), text, end);
}
