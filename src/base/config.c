#include "base/config.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *unit;
	int64_t ms;
} units[] = {{"ms", 1}, {"s", MS_SECOND}, {"m", MS_MINUTE}, {"min", MS_MINUTE}, {"h", MS_HOUR},
	{"d", MS_DAY}, {"w", 7 * (int64_t)MS_DAY}};

/* A thousand years: sums of times and spans stay in range. */
#define DURATION_MAX_MS (INT64_C(365250) * MS_DAY)

static int64_t unit_ms(const char *at, size_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		if (strlen(units[i].unit) == n && strncmp(units[i].unit, at, n) == 0) {
			return units[i].ms;
		}
	}
	return 0;
}

bool config_duration(const char *text, int64_t *span_ms)
{
	int64_t total = 0;
	const char *at = text;
	do {
		char *end;
		errno = 0;
		bool is_number = *at >= '0' && *at <= '9'; /* strtoll would take blanks and signs */
		long long value = strtoll(at, &end, 10);
		size_t n = strspn(end, "mshdinw");
		int64_t ms = unit_ms(end, n);
		if (!is_number || errno || !ms || value > (DURATION_MAX_MS - total) / ms) {
			return false;
		}
		total += value * ms;
		at = end + n;
	} while (*at);
	*span_ms = total;
	return true;
}

/* --- lines --- */

struct reading {
	FILE *file;
	const char *path;
	int line;
	bool is_too_long;
	config_line_fn *take;
	void *data;
	struct error *err;
};

static char *place(const struct reading *reading, int line)
{
	return mem_printf(NULL, "%s:%d", reading->path, line);
}

/* inih takes 200 bytes of a line, and the rest for a line of its own. */
static char *next_line(char *text, int size, void *data)
{
	struct reading *reading = data;
	if (!fgets(text, size, reading->file)) {
		return NULL;
	}
	reading->line++;
	size_t n = strlen(text);
	reading->is_too_long = n + 1 >= (size_t)size && text[n - 1] != '\n';
	return reading->is_too_long ? NULL : text;
}

static int take_entry(void *data, const char *section, const char *name, const char *value)
{
	struct reading *reading = data;
	if (reading->err->code) {
		return 1; /* inih goes on behind a mistake: the first one counts */
	}
	char *where = place(reading, reading->line);
	bool ok = reading->take(reading->data, where,
		text_clean_line(where, section, strlen(section), NULL),
		text_clean_line(where, name, strlen(name), NULL),
		text_clean_line(where, value, strlen(value), NULL), reading->err);
	talloc_free(where);
	return ok;
}

static bool mistake(const struct reading *reading, int line, const char *text, struct error *err)
{
	char *where = place(reading, line);
	error_set(err, ERROR_USAGE, text, where, NULL);
	talloc_free(where);
	return false;
}

bool config_read(const char *path, config_line_fn *take, void *data, struct error *err)
{
	if (access(path, F_OK) != 0) {
		return true;
	}
	FILE *file = fopen(path, "re");
	if (!file) {
		return error_set(err, ERROR_USAGE, N_("{0} cannot be opened: {1}"), path,
			strerror(errno), NULL);
	}
	struct error inner = {0};
	struct reading reading = {
		.file = file, .path = path, .take = take, .data = data, .err = &inner};
	int line = ini_parse_stream(next_line, &reading, take_entry, &reading);
	bool failed = ferror(file);
	fclose(file);
	if (failed) {
		return error_set(err, ERROR_USAGE, N_("{0} cannot be read"), path, NULL);
	}
	if (inner.code) {
		if (err) {
			*err = inner;
		}
		return false;
	}
	if (reading.is_too_long) {
		return mistake(&reading, reading.line,
			N_("{0}: this line is too long; make it shorter than 200 bytes"), err);
	}
	return line == 0 ||
	       mistake(&reading, line,
		       N_("{0} cannot be read as a configuration file; correct this line"), err);
}

bool config_unknown(const char *where, const char *name, struct error *err)
{
	return error_set(err, ERROR_USAGE,
		N_("{0}: unknown key {1}; remove it or correct its name"), where, name, NULL);
}

bool config_wrong(const char *where, const char *name, const char *value, struct error *err)
{
	return error_set(err, ERROR_USAGE, N_("{0}: \"{1}\" is no value for {2}; correct it"),
		where, value, name, NULL);
}

bool config_twice(const char *where, const char *name, struct error *err)
{
	return error_set(err, ERROR_USAGE,
		N_("{0}: {1} is set twice; remove one line, and indent none"), where, name, NULL);
}

/* --- tables of keys --- */

struct loading {
	const void *mem;
	const struct config_key *keys;
	size_t count;
	char *target;
	config_line_fn *others;
	void *data;
	uint64_t seen; /* keys, as bits: no program has more than 64 */
};

static bool set_word(const char *const *words, const char *value, int *index)
{
	for (int i = 0; words[i]; i++) {
		if (strcmp(words[i], value) == 0) {
			*index = i;
			return true;
		}
	}
	return false;
}

static bool set_value(struct loading *loading, const struct config_key *key, const char *value)
{
	char *at = loading->target + key->offset;
	switch (key->type) {
	case CONFIG_TEXT:
		*(char **)at = mem_strdup(loading->mem, value);
		return true;
	case CONFIG_BOOL:
		*(bool *)at = strcmp(value, "yes") == 0 || strcmp(value, "true") == 0;
		return *(bool *)at || strcmp(value, "no") == 0 || strcmp(value, "false") == 0;
	case CONFIG_DURATION:
		return config_duration(value, (int64_t *)at);
	case CONFIG_INT: {
		char *end;
		errno = 0;
		*(int64_t *)at = strtoll(value, &end, 10);
		return *value && !*end && !errno;
	}
	case CONFIG_WORD:
		return set_word(key->words, value, (int *)at);
	}
	return false;
}

static bool take_key(void *data, const char *where, const char *section, const char *name,
	const char *value, struct error *err)
{
	struct loading *loading = data;
	for (size_t i = 0; i < loading->count; i++) {
		const struct config_key *key = &loading->keys[i];
		if (strcmp(key->section, section) != 0 || strcmp(key->name, name) != 0) {
			continue;
		}
		if (loading->seen & UINT64_C(1) << i) {
			return config_twice(where, name, err);
		}
		loading->seen |= UINT64_C(1) << i;
		return set_value(loading, key, value) || config_wrong(where, name, value, err);
	}
	return loading->others ? loading->others(loading->data, where, section, name, value, err)
			       : config_unknown(where, name, err);
}

bool config_load_with(const void *mem, const char *path, const struct config_key *keys,
	size_t count, void *target, config_line_fn *others, void *data, struct error *err)
{
	struct loading loading = {mem, keys, count, target, others, data, 0};
	assert(count <= 64);
	return config_read(path, take_key, &loading, err);
}

bool config_load(const void *mem, const char *path, const struct config_key *keys, size_t count,
	void *target, struct error *err)
{
	return config_load_with(mem, path, keys, count, target, NULL, NULL, err);
}
