#include "codec/zone.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "codec/zone_file.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Tables are made by asking for the offset again and again, and closing in on each change. No zone
 * has two changes that cancel out within a step. */

enum { FILE_MOST_BYTES = 256 * 1024 };

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

static int32_t ical_offset(void *data, int64_t at)
{
	struct icaltimetype utc = icaltime_from_timet_with_zone(
		(time_t)(at / MS_SECOND), 0, icaltimezone_get_utc_timezone());
	int is_daylight = 0;
	return icaltimezone_get_utc_offset_of_utc_time(data, &utc, &is_daylight) * MS_SECOND;
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

static bool is_utc(const char *name)
{
	static const char *const names[] = {"", "UTC", "Etc/UTC", "Z"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strcmp(name, names[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* Names are plain words and slashes: nothing of them leads out of the folder. */
static bool is_name(const char *name)
{
	return *name != '/' && *name != '.' && !strstr(name, "/.") &&
	       strspn(name,
		       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/.") ==
		       strlen(name);
}

static bool load_file(const void *mem, const char *name, struct zone *zone)
{
	void *scratch = mem_context(NULL);
	const char *folder = getenv("TZDIR");
	char *path = mem_printf(scratch, "%s/%s", folder ? folder : "/usr/share/zoneinfo", name);
	char *bytes;
	size_t size;
	bool ok = file_read(scratch, path, FILE_MOST_BYTES, &bytes, &size, NULL) &&
		  zone_file_parse(mem, bytes, size, zone);
	talloc_free(scratch);
	return ok;
}

bool zone_load(const void *mem, const char *name, struct zone *zone, struct error *err)
{
	name = name ? name : "";
	*zone = (struct zone){.name = mem_strdup(mem, *name ? name : "UTC")};
	if (is_utc(name)) {
		return true;
	}
	if (is_name(name) && load_file(mem, name, zone)) {
		return true;
	}
	icaltimezone *found = is_name(name) ? icaltimezone_get_builtin_timezone(name) : NULL;
	if (!found) {
		return error_set_reason(err, ERROR_INVALID, "zone",
			N_("there is no time zone {0}; give one such as America/Sao_Paulo"), name,
			NULL);
	}
	zone->count = 0;
	fill(mem, zone, ical_offset, found);
	return true;
}

void zone_local(const void *mem, struct zone *zone)
{
	*zone = (struct zone){.name = mem_strdup(mem, "local")};
	tzset();
	fill(mem, zone, local_offset, NULL);
}

int64_t zone_instant(const struct zone *zone, int64_t local_at)
{
	/* The offsets around it: one before and one after any change that is near. */
	int32_t before = zone_offset(zone, local_at - MS_DAY);
	int32_t after = zone_offset(zone, local_at + MS_DAY);
	int64_t first = local_at - before;
	if (zone_offset(zone, first) == before) {
		return first;
	}
	int64_t second = local_at - after;
	/* In a gap neither fits: moved forward by it. */
	return zone_offset(zone, second) == after ? second : first;
}
