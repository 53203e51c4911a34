#include "tui/words.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "tui/i18n.h"

#include <string.h>

/* Dates and times of day: how they are shown, and how people type one to come. */

/* TRANSLATORS: months in dates: short names, or numbers of two digits */
static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"),
	N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};

/* Arguments of a pattern: 0 day, 1 month as a word, 2 month, 3 year, 4 hour, 5 minute, 6 second. */
static char *put_time(const void *mem, const char *pattern, const struct zone *zone, int64_t at)
{
	struct civil c = civil_of(at + zone_offset(zone, at));
	void *work = mem_context(NULL);
	char *text = words_put(mem, pattern, mem_printf(work, "%d", c.day), _(months[c.month - 1]),
		mem_printf(work, "%02d", c.month), mem_printf(work, "%d", c.year),
		mem_printf(work, "%02d", c.hour), mem_printf(work, "%02d", c.minute),
		mem_printf(work, "%02d", c.second), NULL);
	talloc_free(work);
	return text;
}

char *words_clock(const void *mem, const struct zone *zone, int64_t at)
{
	/* TRANSLATORS: times are put together from {0} day, {1} month's name, {2} month's number,
	 * {3} year, {4} hour, {5} minute, {6} second */
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

char *words_moment(const void *mem, const struct zone *zone, int64_t at)
{
	return put_time(mem, _("{0} {1} {4}:{5}"), zone, at);
}

enum { MORNING_HOUR = 9 };

static const char *const weekdays[] = {N_("sunday"), N_("monday"), N_("tuesday"), N_("wednesday"),
	N_("thursday"), N_("friday"), N_("saturday")};

/* Days from today to the day of that name, in the reader's language or in English; -1: no name. */
static int days_to(const char *folded, int weekday_today)
{
	static const char tomorrow[] = N_("tomorrow");
	char *name = text_fold(NULL, _(tomorrow));
	bool is_tomorrow = strcmp(folded, name) == 0 || strcmp(folded, tomorrow) == 0;
	talloc_free(name);
	if (is_tomorrow) {
		return 1;
	}
	for (int day = 0; day < 7; day++) {
		name = text_fold(NULL, _(weekdays[day]));
		bool is_it = strcmp(folded, name) == 0 || strcmp(folded, weekdays[day]) == 0;
		talloc_free(name);
		if (is_it) {
			return (day - weekday_today + 6) % 7 + 1;
		}
	}
	return -1;
}

/* "30m", "2h", "1d" after now. */
static bool parse_span(const char *text, int64_t *span_ms)
{
	static const char units[] = "mhd";
	static const int64_t unit_ms[] = {MS_MINUTE, MS_HOUR, MS_DAY};
	int64_t number = 0;
	const char *at = text;
	for (; *at >= '0' && *at <= '9' && number < 10000; at++) {
		number = number * 10 + (*at - '0');
	}
	const char *unit = *at ? strchr(units, *at) : NULL;
	if (at == text || !unit || at[1]) {
		return false;
	}
	*span_ms = number * unit_ms[unit - units];
	return number > 0;
}

/* "18:30", today or else tomorrow. */
static bool parse_clock(const char *text, const struct zone *zone, int64_t now, int64_t *at)
{
	int64_t offset = zone_offset(zone, now);
	struct civil c = civil_of(now + offset);
	char *whole = mem_printf(NULL, "%04d-%02d-%02d %s%s", c.year, c.month, c.day,
		strlen(text) == 4 ? "0" : "", text);
	bool ok = strchr(text, ':') && timestamp_parse(whole, offset, at);
	talloc_free(whole);
	if (ok && *at <= now) {
		*at += MS_DAY;
	}
	return ok;
}

static int64_t morning_after(const struct zone *zone, int64_t now, int days)
{
	struct civil c = civil_of(now + zone_offset(zone, now) + days * (int64_t)MS_DAY);
	c.hour = MORNING_HOUR;
	c.minute = 0;
	c.second = 0;
	int64_t local = civil_at(&c);
	return local - zone_offset(zone, local - zone_offset(zone, local));
}

bool words_parse_time(const char *text, const struct zone *zone, int64_t now, int64_t *at)
{
	char *line = text_clean_line(NULL, text, strlen(text), NULL);
	char *folded = text_fold(line, line);
	int64_t span;
	bool ok = true;
	int days = days_to(folded, civil_of(now + zone_offset(zone, now)).weekday);
	if (parse_span(folded, &span)) {
		*at = now + span;
	} else if (days > 0) {
		*at = morning_after(zone, now, days);
	} else if (!parse_clock(line, zone, now, at)) {
		ok = timestamp_parse(line, zone_offset(zone, now), at);
		if (ok && strlen(line) == 10) {
			*at += MORNING_HOUR * (int64_t)MS_HOUR;
		}
	}
	talloc_free(line);
	return ok && *at > now;
}
