#include "codec/tzif.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "core/ticket.h"

#include <stdint.h>
#include <string.h>

/* --- bytes --- */

struct reader {
	const unsigned char *at, *end;
	bool failed;
};

static int64_t take_int(struct reader *reader, int bytes)
{
	if (reader->end - reader->at < bytes) {
		reader->failed = true;
		return 0;
	}
	uint64_t value = reader->at[0] & 0x80 ? UINT64_MAX : 0;
	for (int i = 0; i < bytes; i++) {
		value = value << 8 | reader->at[i];
	}
	reader->at += bytes;
	return (int64_t)value;
}

static void skip(struct reader *reader, int64_t bytes)
{
	if (bytes < 0 || reader->end - reader->at < bytes) {
		reader->failed = true;
		return;
	}
	reader->at += bytes;
}

struct header {
	int64_t isut, isstd, leap, time, type, name; /* counts */
};

enum { COUNT_MAX = 100000 };
#define SECONDS_MAX (DUE_NEVER / MS_SECOND)

static bool take_header(struct reader *reader, struct header *header)
{
	bool is_file = reader->end - reader->at >= 44 && memcmp(reader->at, "TZif", 4) == 0 &&
		       reader->at[4] >= '2';
	if (!is_file) {
		return false;
	}
	skip(reader, 20);
	int64_t *counts[] = {&header->isut, &header->isstd, &header->leap, &header->time,
		&header->type, &header->name};
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		*counts[i] = take_int(reader, 4);
		if (*counts[i] < 0 || *counts[i] > COUNT_MAX) {
			return false;
		}
	}
	return !reader->failed;
}

/* Bytes behind the times and their types, time_size being that of one instant. */
static int64_t rest_size(const struct header *header, int time_size)
{
	return header->name + header->leap * (time_size + 4) + header->isstd + header->isut;
}

/* --- the table --- */

struct table {
	const void *mem;
	struct zone *zone;
	size_t capacity;
	int32_t offset_ms; /* after the last change */
};

static void add_change(struct table *table, int64_t at, int32_t offset_ms)
{
	struct zone *zone = table->zone;
	if (offset_ms == table->offset_ms) {
		return;
	}
	table->offset_ms = offset_ms;
	if (at <= 0) {
		zone->first_offset_ms = offset_ms;
		return;
	}
	if (zone->count == table->capacity) {
		table->capacity = table->capacity ? 2 * table->capacity : 32;
		zone->changes =
			mem_grow(table->mem, zone->changes, struct zone_change, table->capacity);
	}
	zone->changes[zone->count++] = (struct zone_change){at, offset_ms};
}

static int32_t offset_of_type(const unsigned char *types, int64_t type)
{
	struct reader reader = {types + 6 * type, types + 6 * type + 6, false};
	return (int32_t)(take_int(&reader, 4) * MS_SECOND);
}

static bool take_changes(
	struct reader *reader, const struct header *header, struct table *table, int64_t *last_at)
{
	const unsigned char *times = reader->at;
	skip(reader, header->time * 8);
	const unsigned char *kinds = reader->at;
	skip(reader, header->time);
	const unsigned char *types = reader->at;
	skip(reader, header->type * 6);
	if (reader->failed || header->type == 0) {
		return false;
	}
	table->offset_ms = offset_of_type(types, 0);
	table->zone->first_offset_ms = table->offset_ms;
	*last_at = INT64_MIN;
	for (int64_t i = 0; i < header->time; i++) {
		struct reader time = {times + 8 * i, times + 8 * i + 8, false};
		int64_t at = take_int(&time, 8);
		if (kinds[i] >= header->type || at > SECONDS_MAX || at < -SECONDS_MAX ||
			(i > 0 && at * MS_SECOND <= *last_at)) {
			return false;
		}
		*last_at = at * MS_SECOND;
		add_change(table, *last_at, offset_of_type(types, kinds[i]));
	}
	return true;
}

/* --- the rule of the last line: "EST5EDT,M3.2.0,M11.1.0" --- */

struct date_rule {
	int month, week, weekday; /* week 5: the last one */
	int64_t time_ms;	  /* of the day, local */
};

struct rule {
	int64_t standard_ms, summer_ms; /* east of UTC */
	struct date_rule begin, end;	/* of summer */
};

static bool take_char(const char **at, char c)
{
	if (**at != c) {
		return false;
	}
	(*at)++;
	return true;
}

static bool take_number(const char **at, int max, int *value)
{
	*value = 0;
	const char *start = *at;
	while (**at >= '0' && **at <= '9' && *value <= max) {
		*value = *value * 10 + (*(*at)++ - '0');
	}
	return *at > start && *value <= max;
}

/* "-3", "5:30", "+1:00:00" as milliseconds. */
static bool take_time(const char **at, int64_t *ms)
{
	int sign = take_char(at, '-') ? -1 : 1;
	int hours;
	int minutes = 0;
	int seconds = 0;
	if (sign > 0) {
		take_char(at, '+');
	}
	bool ok = take_number(at, 167, &hours) &&
		  (!take_char(at, ':') ||
			  (take_number(at, 59, &minutes) &&
				  (!take_char(at, ':') || take_number(at, 59, &seconds))));
	*ms = sign * ((hours * 60 + minutes) * (int64_t)60 + seconds) * MS_SECOND;
	return ok;
}

static bool take_name(const char **at)
{
	size_t length = **at == '<' ? strcspn(*at, ">") + 1 : strcspn(*at, "+-0123456789,");
	bool ok = length > 1 && length <= strlen(*at);
	*at += ok ? length : 0;
	return ok;
}

static bool take_date(const char **at, struct date_rule *date)
{
	date->time_ms = 2 * (int64_t)MS_HOUR;
	return take_char(at, ',') && take_char(at, 'M') && take_number(at, 12, &date->month) &&
	       date->month >= 1 && take_char(at, '.') && take_number(at, 5, &date->week) &&
	       date->week >= 1 && take_char(at, '.') && take_number(at, 6, &date->weekday) &&
	       (!take_char(at, '/') || take_time(at, &date->time_ms));
}

/* False where there is no summer time, or no such rule. Offsets are written west of UTC. */
static bool parse_rule(const char *text, struct rule *rule)
{
	int64_t west_ms;
	if (!take_name(&text) || !take_time(&text, &west_ms)) {
		return false;
	}
	rule->standard_ms = -west_ms;
	rule->summer_ms = rule->standard_ms + MS_HOUR;
	if (!take_name(&text)) {
		return false;
	}
	if (*text != ',') {
		if (!take_time(&text, &west_ms)) {
			return false;
		}
		rule->summer_ms = -west_ms;
	}
	return take_date(&text, &rule->begin) && take_date(&text, &rule->end) && !*text;
}

/* The local instant, as if it were UTC. */
static int64_t date_in(const struct date_rule *date, int year)
{
	int64_t first = civil_days(year, date->month, 1);
	int64_t next = civil_days(
		date->month == 12 ? year + 1 : year, date->month == 12 ? 1 : date->month + 1, 1);
	int weekday = civil_of(first * MS_DAY).weekday;
	int64_t day = first + (date->weekday - weekday + 7) % 7 + 7 * (date->week - 1);
	return (day < next ? day : day - 7) * MS_DAY + date->time_ms;
}

static void add_rule(struct table *table, const struct rule *rule, int64_t last_at, int last_year)
{
	int year = last_at > 0 ? civil_of(last_at).year : 1970;
	for (; year <= last_year; year++) {
		int64_t begin = date_in(&rule->begin, year) - rule->standard_ms;
		int64_t end = date_in(&rule->end, year) - rule->summer_ms;
		const struct zone_change both[] = {
			{begin, (int32_t)rule->summer_ms}, {end, (int32_t)rule->standard_ms}};
		for (int i = 0; i < 2; i++) {
			const struct zone_change *change = &both[begin < end ? i : 1 - i];
			if (change->at > last_at) {
				add_change(table, change->at, change->offset_ms);
			}
		}
	}
}

static char *footer(const void *mem, const struct reader *reader)
{
	size_t left = (size_t)(reader->end - reader->at);
	if (left < 2 || reader->at[0] != '\n') {
		return NULL;
	}
	const char *text = (const char *)reader->at + 1;
	const char *end = memchr(text, '\n', left - 1);
	return end ? mem_strndup(mem, text, (size_t)(end - text)) : NULL;
}

bool tzif_parse(const void *mem, const char *bytes, size_t size, int last_year, struct zone *zone)
{
	struct reader reader = {
		(const unsigned char *)bytes, (const unsigned char *)bytes + size, false};
	struct header header;
	struct table table = {.mem = mem, .zone = zone};
	int64_t last_at;
	zone->count = 0;
	zone->changes = NULL;
	/* The first half is for readers of version 1: times of four bytes. */
	if (!take_header(&reader, &header)) {
		return false;
	}
	skip(&reader, header.time * 5 + header.type * 6 + rest_size(&header, 4));
	if (reader.failed || !take_header(&reader, &header) ||
		!take_changes(&reader, &header, &table, &last_at)) {
		return false;
	}
	skip(&reader, rest_size(&header, 8));
	if (reader.failed) {
		return false;
	}
	char *text = footer(mem, &reader);
	struct rule rule;
	if (text && parse_rule(text, &rule)) {
		add_rule(&table, &rule, last_at, last_year);
	}
	talloc_free(text);
	return true;
}
