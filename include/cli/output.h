#ifndef ATENDE_CLI_OUTPUT_H
#define ATENDE_CLI_OUTPUT_H

#include "base/error.h"
#include "cli/cli.h"
#include "codec/json.h"
#include "core/name.h"

#include <stdint.h>

/*
 * Printing. The last door: whatever goes out passes text_clean here, whoever wrote the desk's
 * file, so that no control character but the newline reaches a terminal.
 */
struct call;

/* One line (or several) and a newline. */
void output_line(struct call *call, const char *text);
void output_format(struct call *call, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void output_json(struct call *call, const struct json *json);
/* A piece of a line: the line is ended by output_line. */
void output_part(struct call *call, const char *text);

/* A text of many lines with a gutter of two cells, so that it cannot look like our own lines;
 * tabs become blanks. */
void output_text(struct call *call, const char *text);

/* "atende: …" on err. */
void output_warning(struct cli *cli, const char *text);

/* The sentence of an error in the reader's language, on mem. */
char *cli_sentence(const void *mem, const struct error *err);
/* Says it on err: a sentence, or one line of JSON. */
void cli_error(struct cli *cli, const struct error *err, bool json);

/* A failure told by an object of its own, on err. */
void output_failure(struct cli *cli, const struct json *json);

/* The reader's local time, "2026-11-24 08:22"; "-" for never. On the call. */
char *output_time(struct call *call, int64_t at);
/* From `at` to now, "2h14"; "-" for never. */
char *output_since(struct call *call, int64_t at);
/* From now to `at`, "-0h12" when it has passed; "-" for never. */
char *output_until(struct call *call, int64_t at);

/* The word of a table that people are shown, in the reader's language. */
const char *output_word(const struct name_table *table, int value);

/* `text` with {0} … {3} replaced, on mem. */
char *output_fill(const void *mem, const char *text, ...) __attribute__((sentinel));

/* Cells that text takes, and text cut to so many, ended by "…" or "...". On mem. */
int output_width(const char *text);
char *output_cut(const void *mem, const char *text, int width);

#endif
