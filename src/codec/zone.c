#include "codec/zone.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "codec/tzif.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILE_MAX_BYTES = 1024 * 1024 };

/* The local zone may be any rule that TZ can spell: its table is made by asking for the offset
 * again and again, and closing in on each change. No zone has two changes that cancel out within a
 * step. */

#define STEP_MS (10 * (int64_t)MS_DAY)

typedef int32_t offset_fn(void *data, int64_t at); /* ms east of UTC */

static void add_change(const void *mem, struct zone *zone, int64_t at, int32_t offset_ms)
{
	zone->changes = mem_grow(mem, zone->changes, struct zone_change, zone->count + 1);
	zone->changes[zone->count++] = (struct zone_change){at, offset_ms};
}

/* The first whole second in (before, after] with the offset of after. */
static int64_t find_change(offset_fn *offset, void *data, int64_t before, int64_t after)
{
	int32_t wanted = offset(data, after);
	while (after - before > MS_SECOND) {
		int64_t middle = before + (after - before) / 2 / MS_SECOND * MS_SECOND;
		if (offset(data, middle) == wanted) {
			after = middle;
		} else {
			before = middle;
		}
	}
	return after;
}

static void fill(const void *mem, struct zone *zone, offset_fn *offset, void *data)
{
	int64_t first = civil_days(ZONE_FIRST_YEAR, 1, 1) * MS_DAY;
	int64_t last = civil_days(ZONE_LAST_YEAR + 1, 1, 1) * MS_DAY;
	int32_t current = offset(data, first);
	zone->first_offset_ms = current;
	for (int64_t at = first; at < last; at += STEP_MS) {
		int32_t next = offset(data, at + STEP_MS);
		if (next != current) {
			add_change(mem, zone, find_change(offset, data, at, at + STEP_MS), next);
			current = next;
		}
	}
}

static int32_t local_offset(void *data, int64_t at)
{
	(void)data;
	time_t seconds = (time_t)(at / MS_SECOND);
	struct tm tm;
	if (!localtime_r(&seconds, &tm)) {
		return 0;
	}
	int64_t days = civil_days(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
	int64_t local = days * MS_DAY + tm.tm_hour * MS_HOUR + tm.tm_min * MS_MINUTE +
			tm.tm_sec * MS_SECOND;
	return (int32_t)(local - at);
}

/* A name is part of a path: nothing that could leave the folder. */
static bool is_name(const char *name)
{
	size_t length = strlen(name);
	for (const char *c = name; *c; c++) {
		bool is_letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
		if (!is_letter && !(*c >= '0' && *c <= '9') && !strchr("_+-/", *c)) {
			return false;
		}
	}
	return length > 0 && length < 100 && name[0] != '/';
}

static bool read_zone(const void *mem, struct zone *zone)
{
	const char *given = getenv("TZDIR");
	const char *folder = given && *given == '/' ? given : "/usr/share/zoneinfo";
	char *path = mem_printf(NULL, "%s/%s", folder, zone->name);
	char *bytes;
	size_t size;
	bool ok = file_read(path, path, FILE_MAX_BYTES, &bytes, &size, NULL) &&
		  tzif_parse(mem, bytes, size, ZONE_LAST_YEAR, zone);
	talloc_free(path);
	return ok;
}

bool zone_load(const void *mem, const char *name, struct zone *zone, struct error *err)
{
	*zone = (struct zone){.name = mem_strdup(mem, name && *name ? name : "UTC")};
	return strcmp(zone->name, "UTC") == 0 || (is_name(zone->name) && read_zone(mem, zone)) ||
	       error_set_reason(err, ERROR_INVALID, "zone",
		       N_("there is no time zone {0}; give one such as America/Sao_Paulo"),
		       zone->name, NULL);
}

bool calendar_load(const void *mem, const struct calendar_row *row, struct calendar *calendar,
	struct error *err)
{
	*calendar = (struct calendar){.id = row->id, .name = row->key};
	return zone_load(mem, row->zone, &calendar->zone, err) &&
	       calendar_parse_hours(
		       mem, row->hours, &calendar->intervals, &calendar->interval_count, err) &&
	       calendar_parse_holidays(
		       mem, row->holidays, &calendar->holidays, &calendar->holiday_count, err);
}

void zone_local(const void *mem, struct zone *zone)
{
	*zone = (struct zone){.name = mem_strdup(mem, "local")};
	tzset();
	fill(mem, zone, local_offset, NULL);
}
