#include "fuzz.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/when.h"

#include <assert.h>

/* Any line: what is understood is to come, and not too far. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct interval week[] = {{1, 480, 1080}, {3, 0, 360}, {5, 480, 1440}};
	int64_t holiday = 20795;
	struct calendar calendar = {.interval_count = ARRAY_LEN(week),
		.intervals = (struct interval *)week,
		.holiday_count = 1,
		.holidays = &holiday};
	struct zone_change changes[] = {
		{INT64_C(1541300400000), -2 * MS_HOUR}, {INT64_C(1550368800000), -3 * MS_HOUR}};
	struct zone zone = {.first_offset_ms = -3 * MS_HOUR, .count = 2, .changes = changes};
	struct when when = {INT64_C(1541300000000) + (size ? bytes[0] : 0) * INT64_C(987654321),
		&zone, size & 1 ? &calendar : NULL};
	char *text = mem_strndup(NULL, (const char *)bytes, size);
	int64_t at = 0;
	struct error err = {0};
	bool ok = when_parse(&when, text, &at, &err);
	assert(ok ? at > when.now && at <= when.now + 7305 * (int64_t)MS_DAY
		  : err.code == ERROR_INVALID && err.text);
	talloc_free(text);
	return 0;
}
