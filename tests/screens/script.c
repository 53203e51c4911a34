#include "script.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 20 };

void script_fail(struct script *script, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = mem_check(talloc_vasprintf(script, format, args));
	va_end(args);
	print_error("%s:%zu: %s\n", script->path, script->at + 1, text);
	fail();
	abort();
}

/* --- lines and words --- */

static void add_line(struct script *script, const char *text, size_t size)
{
	script->lines = mem_grow(script, script->lines, char *, script->line_count + 1);
	script->lines[script->line_count++] = mem_strndup(script->lines, text, size);
}

struct script *script_read(const void *mem, const char *path)
{
	struct script *script = mem_new(mem, struct script);
	struct error err = {0};
	char *text = NULL;
	size_t size;
	script->path = mem_strdup(script, path);
	if (!file_read(script, path, FILE_MAX, &text, &size, &err)) {
		fail_msg("%s cannot be read", path);
	}
	for (const char *at = text; *at;) {
		size_t n = strcspn(at, "\n");
		add_line(script, at, n);
		at += n + (at[n] == '\n');
	}
	return script;
}

static char *take_escape(char **to, char *from)
{
	static const char letters[] = "ent\"\\";
	static const char meant[] = "\033\n\t\"\\";
	const char *known = *from ? strchr(letters, *from) : NULL;
	if (*from == 'x') {
		char digits[3] = {from[1], from[1] ? from[2] : '\0'};
		*(*to)++ = (char)strtol(digits, NULL, 16);
		return from + 1 + strlen(digits);
	}
	*(*to)++ = known ? meant[known - letters] : *from;
	return from + (*from != '\0');
}

static char *take_quoted(struct script *script, struct word *word, char *from)
{
	char *to = word->text = from;
	while (*from && *from != '"') {
		if (*from == '\\') {
			from = take_escape(&to, from + 1);
		} else {
			*to++ = *from++;
		}
	}
	if (*from != '"') {
		script_fail(script, "a quote is open");
	}
	*to = '\0';
	word->size = (size_t)(to - word->text);
	word->is_quoted = true;
	return from + 1;
}

static void split(struct script *script, const char *line)
{
	talloc_free(script->words);
	script->words = mem_array(script, struct word, strlen(line) + 1);
	script->word_count = 0;
	char *at = mem_strdup(script->words, line);
	for (at += strspn(at, " \t,"); *at; at += strspn(at, " \t,")) {
		struct word *word = &script->words[script->word_count++];
		if (*at == '"') {
			at = take_quoted(script, word, at + 1);
			continue;
		}
		word->text = at;
		at += strcspn(at, " \t,\"");
		word->size = (size_t)(at - word->text);
		if (*at == '"' && at[-1] == '=') { /* name="text" is two words */
			struct word *value = &script->words[script->word_count++];
			char *after = take_quoted(script, value, at + 1);
			at[-1] = '\0';
			at = after;
			continue;
		}
		at += *at != '\0';
		word->text[word->size] = '\0';
	}
}

bool script_is(const struct script *script, size_t at, const char *text)
{
	return at < script->word_count && !script->words[at].is_quoted &&
	       strcmp(script->words[at].text, text) == 0;
}

const char *script_word(struct script *script, size_t at)
{
	if (at >= script->word_count) {
		script_fail(script, "a word is missing");
	}
	return script->words[at].text;
}

int64_t script_number(struct script *script, size_t at)
{
	char *end;
	const char *word = script_word(script, at);
	int64_t number = strtoll(word, &end, 10);
	if (end == word || *end) {
		script_fail(script, "%s is no number", word);
	}
	return number;
}

int64_t script_duration(struct script *script, size_t at)
{
	static const struct {
		const char *unit;
		int64_t ms;
	} units[] = {{"ms", 1}, {"s", MS_SECOND}, {"m", MS_MINUTE}, {"h", MS_HOUR}, {"d", MS_DAY}};
	char *end;
	const char *word = script_word(script, at);
	int64_t number = strtoll(word, &end, 10);
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (end != word && strcmp(end, units[i].unit) == 0) {
			return number * units[i].ms;
		}
	}
	script_fail(script, "%s is no duration", word);
}

/* --- time --- */

void script_wait(struct script *script, int64_t ms)
{
	struct fixture *fixture = script->fixture;
	int64_t end = fixture->now + ms;
	while (fixture->now < end) {
		int64_t next = end;
		for (size_t i = 0; i < SEATS; i++) {
			struct console *console = script->seats[i].console;
			int64_t at = console ? console_deadline(console) : 0;
			next = at > fixture->now && at < next ? at : next;
		}
		fixture->now = next;
		for (size_t i = 0; i < SEATS; i++) {
			if (script->seats[i].console) {
				console_tick(script->seats[i].console);
			}
		}
	}
}

/* --- seats --- */

char *seat_login(struct script *script, const struct seat *seat)
{
	return mem_strndup(script, seat->name, strcspn(seat->name, "."));
}

static struct seat *find_seat(struct script *script, const char *name, size_t size)
{
	for (size_t i = 0; i < SEATS; i++) {
		struct seat *seat = &script->seats[i];
		if (!seat->name) {
			seat->name = mem_strndup(script, name, size);
			seat->spool = mem_new(script, struct draft_list);
		}
		if (strlen(seat->name) == size && strncmp(seat->name, name, size) == 0) {
			return seat;
		}
	}
	script_fail(script, "more than %d terminals", SEATS);
}

static void run_keys(struct script *script, const char *line, size_t size)
{
	struct seat *seat = find_seat(script, line, size);
	const char *keys = line + size + 1;
	bool waits = *keys == '>';
	if (!seat->console) {
		script_fail(script, "%s has no console", seat->name);
	}
	keys += waits;
	keys += strspn(keys, " ");
	console_forget(seat->console);
	if (waits) {
		console_press(seat->console, keys);
	} else {
		console_keys(seat->console, keys);
	}
}

static bool run_desk_verb(struct script *script)
{
	for (size_t i = 0; i < desk_verb_count; i++) {
		if (script_is(script, 0, desk_verbs[i].word)) {
			desk_verbs[i].run(script);
			return true;
		}
	}
	return false;
}

static bool run_seat_verb(struct script *script, const struct seat_verb *verbs, size_t count)
{
	const char *name = script_word(script, 0);
	for (size_t i = 0; i < count; i++) {
		if (script_is(script, 1, verbs[i].word)) {
			verbs[i].run(script, find_seat(script, name, strlen(name)));
			return true;
		}
	}
	return false;
}

static void open_console(struct script *script, int columns, int rows)
{
	const char *name = script_word(script, 0);
	struct seat *seat = find_seat(script, name, strlen(name));
	struct console_options options = {.login = seat_login(script, seat),
		.columns = columns,
		.rows = rows,
		.lang = "en",
		.zone = {.name = (char *)"America/Sao_Paulo", .first_offset_ms = -3 * MS_HOUR},
		.spool = seat->spool};
	for (size_t i = 2; i < script->word_count; i++) {
		if (script_is(script, i, "ascii")) {
			options.ascii = true;
		} else {
			options.lang = script_word(script, i);
		}
	}
	if (seat->console) {
		script_fail(script, "%s has a console", name);
	}
	seat->console = console_open(script->fixture, &options);
}

static void run_words(struct script *script)
{
	int columns, rows;
	if (run_desk_verb(script)) {
		return;
	}
	if (script->word_count > 1 &&
		sscanf(script->words[1].text, "%dx%d", &columns, &rows) == 2) {
		open_console(script, columns, rows);
		return;
	}
	if (!run_seat_verb(script, seat_verbs, seat_verb_count) &&
		!run_seat_verb(script, see_verbs, see_verb_count)) {
		script_fail(script, "not understood: %s", script->lines[script->at]);
	}
}

static void run_line(struct script *script)
{
	const char *line = script->lines[script->at];
	line += strspn(line, " \t");
	size_t name = strspn(line, "abcdefghijklmnopqrstuvwxyz.0123456789");
	if (!*line || *line == '#' || strncmp(line, "covers:", 7) == 0) {
		return;
	}
	if (name && line[name] == '>') {
		run_keys(script, line, name);
		return;
	}
	split(script, line);
	run_words(script);
}

static void rewrite(struct script *script)
{
	struct error err = {0};
	char *text = mem_strdup(script, "");
	for (size_t i = 0; i < script->line_count; i++) {
		text = mem_check(talloc_asprintf_append_buffer(text, "%s\n", script->lines[i]));
	}
	assert_true(file_replace(script->path, text, strlen(text), &err));
}

void script_run(struct script *script, struct fixture *fixture)
{
	script->fixture = fixture;
	for (script->at = 0; script->at < script->line_count; script->at++) {
		run_line(script);
	}
	if (script->is_altered) {
		rewrite(script);
	}
	script->is_over = true;
}

void script_finish(struct script *script)
{
	if (!script->is_over) {
		print_error("%s:%zu: %s\n", script->path, script->at + 1,
			script->at < script->line_count ? script->lines[script->at] : "");
	}
	for (size_t i = 0; i < SEATS; i++) {
		struct seat *seat = &script->seats[i];
		if (seat->console && !script->is_over) {
			print_error("--- %s ---\n%s", seat->name, console_screen(seat->console));
		}
		if (seat->console) {
			console_destroy(seat->console);
			seat->console = NULL;
		}
	}
}
