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

struct loading {
	const void *mem;
	const char *path;
	const struct config_key *keys;
	size_t count;
	char *target;
	struct error *err;
	bool failed;
	uint64_t seen; /* keys, as bits: no program has more than 64 */
};

static bool set_value(struct loading *loading, const struct config_key *key, const char *value)
{
	char *at = loading->target + key->offset;
	switch (key->type) {
	case CONFIG_TEXT:
		*(char **)at = text_clean_line(loading->mem, value, strlen(value), NULL);
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
	}
	return false;
}

static int take_line(void *data, const char *section, const char *name, const char *value)
{
	struct loading *loading = data;
	for (size_t i = 0; i < loading->count; i++) {
		const struct config_key *key = &loading->keys[i];
		if (strcmp(key->section, section) != 0 || strcmp(key->name, name) != 0) {
			continue;
		}
		/* An indented line is a continuation to inih: the key before it again. */
		if (loading->seen & UINT64_C(1) << i) {
			loading->failed = true;
			error_set(loading->err, ERROR_USAGE,
				N_("{0}: {1} is set twice; remove one line, and indent none"),
				loading->path, name, NULL);
			return 0;
		}
		loading->seen |= UINT64_C(1) << i;
		if (!set_value(loading, key, value)) {
			loading->failed = true;
			error_set(loading->err, ERROR_USAGE,
				N_("{0}: \"{1}\" is no value for {2}; correct it"), loading->path,
				value, name, NULL);
		}
		return !loading->failed;
	}
	loading->failed = true;
	error_set(loading->err, ERROR_USAGE,
		N_("{0}: unknown key {1}; remove it or correct its name"), loading->path, name,
		NULL);
	return 0;
}

bool config_load(const void *mem, const char *path, const struct config_key *keys, size_t count,
	void *target, struct error *err)
{
	if (access(path, F_OK) != 0) {
		return true;
	}
	struct error inner = {0};
	struct loading loading = {mem, path, keys, count, target, &inner, false, 0};
	assert(count <= 64);
	int line = ini_parse(path, take_line, &loading);
	if (line == 0) {
		return true;
	}
	if (line < 0) {
		return error_set(err, ERROR_USAGE, N_("{0} cannot be opened: {1}"), path,
			strerror(errno), NULL);
	}
	char number[16];
	snprintf(number, sizeof number, "%d", line);
	char *where = mem_printf(NULL, "%s:%s", path, number);
	if (loading.failed) {
		error_set(err, inner.code, inner.text, where, inner.arg[1], inner.arg[2], NULL);
	} else {
		error_set(err, ERROR_USAGE,
			N_("{0} cannot be read as a configuration file; correct this line"), where,
			NULL);
	}
	talloc_free(where);
	return false;
}
