#include "tui/words.h"

#include "base/mem.h"
#include "base/timestamp.h"
#include "tui/i18n.h"

#include <stdbool.h>

/* Dates and times of day: how they are shown. */

/* TRANSLATORS: months in dates: short names, or numbers of two digits */
static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"),
	N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

static const char *const weekdays[] = {N_("Sunday"), N_("Monday"), N_("Tuesday"), N_("Wednesday"),
	N_("Thursday"), N_("Friday"), N_("Saturday")};

/* Arguments of a pattern: 0 day, 1 month as a word, 2 month, 3 year, 4 hour, 5 minute, 6 second,
 * 7 day of the week. */
static char *put_time(const void *mem, const char *pattern, const struct zone *zone, int64_t at)
{
	struct civil c = civil_of(at + zone_offset(zone, at));
	void *work = mem_context(NULL);
	char *text = words_put(mem, pattern, mem_printf(work, "%d", c.day), _(months[c.month - 1]),
		mem_printf(work, "%02d", c.month), mem_printf(work, "%d", c.year),
		mem_printf(work, "%02d", c.hour), mem_printf(work, "%02d", c.minute),
		mem_printf(work, "%02d", c.second), _(weekdays[c.weekday]), NULL);
	talloc_free(work);
	return text;
}

char *words_clock(const void *mem, const struct zone *zone, int64_t at)
{
	/* TRANSLATORS: times are put together from {0} day, {1} month's name, {2} month's number,
	 * {3} year, {4} hour, {5} minute, {6} second, {7} day of the week */
	return put_time(mem, _("{4}:{5}"), zone, at);
}

char *words_seconds(const void *mem, const struct zone *zone, int64_t at)
{
	return put_time(mem, _("{4}:{5}:{6}"), zone, at);
}

char *words_day(const void *mem, const struct zone *zone, int64_t at)
{
	return put_time(mem, _("{0} {1} {3}"), zone, at);
}

static bool is_same_year(const struct zone *zone, int64_t a, int64_t b)
{
	return civil_of(a + zone_offset(zone, a)).year == civil_of(b + zone_offset(zone, b)).year;
}

char *words_moment(const void *mem, const struct zone *zone, int64_t at, int64_t now)
{
	return put_time(mem,
		is_same_year(zone, at, now) ? _("{0} {1} {4}:{5}") : _("{0} {1} {3} {4}:{5}"), zone,
		at);
}

char *words_when(const void *mem, const struct zone *zone, int64_t at, int64_t now)
{
	return put_time(mem,
		is_same_year(zone, at, now) ? _("{7}, {0} {1} {4}:{5}")
					    : _("{7}, {0} {1} {3} {4}:{5}"),
		zone, at);
}
