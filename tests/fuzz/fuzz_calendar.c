#include "fuzz.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/calendar.h"
#include "core/ticket.h"

#include <assert.h>
#include <string.h>

static void hours_are_sane(const struct calendar *calendar)
{
	for (size_t i = 0; i < calendar->interval_count; i++) {
		const struct interval *interval = &calendar->intervals[i];
		assert(interval->weekday >= 0 && interval->weekday < 7);
		assert(interval->from_min >= 0 && interval->from_min < interval->to_min);
		assert(interval->to_min <= 1440);
		if (i > 0 && interval[-1].weekday == interval->weekday) {
			assert(interval[-1].to_min <= interval->from_min);
		} else if (i > 0) {
			assert(interval[-1].weekday < interval->weekday);
		}
	}
	for (size_t i = 1; i < calendar->holiday_count; i++) {
		assert(calendar->holidays[i - 1] < calendar->holidays[i]);
	}
}

static void times_agree(const struct calendar *calendar, uint8_t seed)
{
	int64_t from = INT64_C(1541300000000) + seed * INT64_C(7654321);
	int64_t work_ms = 1 + seed * (int64_t)MS_HOUR;
	int64_t due = calendar_add(calendar, from, work_ms);
	assert(due == DUE_NEVER || calendar_work(calendar, from, due) == work_ms);
	assert(due == DUE_NEVER || calendar_work(calendar, from, due - 1) == work_ms - 1);
	int64_t year = calendar_work(calendar, from, from + 365 * INT64_C(86400000));
	assert(year >= 0 && year <= 365 * INT64_C(86400000));
}

/* The hours, a zero byte, the holidays; the first byte also chooses the times. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	char *text = mem_strndup(mem, (const char *)bytes, size);
	const uint8_t *zero = size ? memchr(bytes, '\0', size) : NULL;
	size_t rest = zero ? size - (size_t)(zero - bytes) - 1 : 0;
	char *holidays = mem_strndup(mem, zero ? (const char *)zero + 1 : "", rest);
	struct zone_change changes[] = {
		{INT64_C(1541300400000), -2 * MS_HOUR}, {INT64_C(1550368800000), -3 * MS_HOUR}};
	struct calendar calendar = {
		.zone = {.first_offset_ms = -3 * MS_HOUR, .count = 2, .changes = changes}};
	bool ok = calendar_parse_hours(
		mem, text, &calendar.intervals, &calendar.interval_count, NULL);
	ok = calendar_parse_holidays(
		     mem, holidays, &calendar.holidays, &calendar.holiday_count, NULL) &&
	     ok;
	if (ok) {
		hours_are_sane(&calendar);
		times_agree(&calendar, size ? bytes[size - 1] : 0);
	}
	talloc_free(mem);
	return 0;
}
