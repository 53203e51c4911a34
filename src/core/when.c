#include "core/when_said.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"

#include <string.h>

enum { DAY_MIN = 1440, NINE_MIN = 540, YEARS_TRIED = 9, HOURS_A_DAY = 24 };

#define FAR_MS (7305 * (int64_t)MS_DAY)

static bool has_day(const struct said *said)
{
	return said->form != DAY_NONE || said->weekday != WHEN_NOT_SAID || said->span_days > 0 ||
	       said->span_months > 0;
}

/* "14h", "9" and "3 da tarde" are times of day when what else was said makes them so. */
static bool settle_clock(struct said *said)
{
	bool is_span = said->is_in && !said->is_at;
	bool is_time = has_day(said) || said->is_at || said->part != WHEN_NOT_SAID ||
		       said->meridiem != WHEN_NOT_SAID;
	if (said->hours != WHEN_NOT_SAID) {
		bool is_late = said->is_short && said->hours >= 13 * MINUTES_AN_HOUR &&
			       said->hours < DAY_MIN;
		bool is_clock = said->clock == WHEN_NOT_SAID && said->span_min == 0 && !is_span;
		if (is_clock && (is_time || is_late)) {
			said->clock = said->hours;
		} else {
			said->span_min += said->hours;
		}
	}
	if (said->bare != WHEN_NOT_SAID) {
		if (!is_time || said->clock != WHEN_NOT_SAID || said->span_min ||
			said->bare >= HOURS_A_DAY) {
			return false;
		}
		said->clock = said->bare * MINUTES_AN_HOUR;
	}
	if (said->meridiem != WHEN_NOT_SAID) {
		if (said->clock < MINUTES_AN_HOUR || said->clock >= 13 * MINUTES_AN_HOUR) {
			return false;
		}
		said->clock = said->clock % WHEN_NOON + said->meridiem * MINUTES_AN_HOUR;
	} else if (said->part >= WHEN_NOON && said->clock >= 0 && said->clock < WHEN_NOON) {
		said->clock += WHEN_NOON;
	}
	return said->clock == WHEN_NOT_SAID || said->clock < DAY_MIN;
}

static int64_t local_now(const struct when *when)
{
	return when->now + zone_offset(when->zone, when->now);
}

static int64_t today_of(const struct when *when)
{
	struct civil now = civil_of(local_now(when));
	return civil_days(now.year, now.month, now.day);
}

static int weekday_of(int64_t day)
{
	return civil_of(day * MS_DAY).weekday;
}

static bool is_holiday(const struct calendar *calendar, int64_t day)
{
	for (size_t i = 0; i < calendar->holiday_count; i++) {
		if (calendar->holidays[i] == day) {
			return true;
		}
	}
	return false;
}

/* Work that goes on over midnight does not begin there. */
static int begin_of_work(const struct calendar *calendar, int64_t day, bool *is_working)
{
	int weekday = weekday_of(day);
	*is_working = !calendar;
	int from = NINE_MIN;
	bool is_free = calendar && is_holiday(calendar, day);
	for (size_t i = 0; calendar && !is_free && i < calendar->interval_count; i++) {
		const struct interval *interval = &calendar->intervals[i];
		if (interval->weekday != weekday) {
			continue;
		}
		*is_working = true;
		if (interval->from_min > 0) {
			return interval->from_min;
		}
	}
	return from;
}

static int64_t first_working_day(const struct calendar *calendar, int64_t day)
{
	bool is_working = false;
	int64_t found = day;
	for (int i = 0; i < 2 * DAYS_A_WEEK && !is_working; i++) {
		found = day + i;
		begin_of_work(calendar, found, &is_working);
	}
	return is_working ? found : day;
}

static bool find_date(int day, int month, int year, int64_t *days)
{
	*days = civil_days(year, month, day);
	struct civil c = civil_of(*days * MS_DAY);
	return c.day == day && c.month == month && c.year == year;
}

static bool next_date(const struct said *said, int64_t today, int64_t *days)
{
	struct civil now = civil_of(today * MS_DAY);
	if (said->year) {
		return find_date(said->day, said->month, said->year, days);
	}
	for (int i = 0; i < YEARS_TRIED; i++) {
		if (find_date(said->day, said->month, now.year + i, days) && *days >= today) {
			return true;
		}
	}
	return false;
}

static bool next_day_of_month(int day, int64_t today, int64_t *days)
{
	struct civil now = civil_of(today * MS_DAY);
	for (int i = 0; i < MONTHS_A_YEAR; i++) {
		int month = now.month - 1 + i;
		if (find_date(day, month % MONTHS_A_YEAR + 1, now.year + month / MONTHS_A_YEAR,
			    days) &&
			*days >= today) {
			return true;
		}
	}
	return false;
}

/* The same day of a later month, or its last one. */
static int64_t months_later(int64_t today, int64_t months)
{
	struct civil now = civil_of(today * MS_DAY);
	int64_t month = now.month - 1 + months;
	int64_t year = now.year + month / MONTHS_A_YEAR;
	int64_t days = today;
	for (int day = now.day; day > 0; day--) {
		if (find_date(day, (int)(month % MONTHS_A_YEAR) + 1, (int)year, &days)) {
			break;
		}
	}
	return days;
}

static int64_t next_weekday(const struct when *when, const struct said *said, int64_t today)
{
	int ahead = (said->weekday - weekday_of(today) + DAYS_A_WEEK) % DAYS_A_WEEK;
	int64_t minute = local_now(when) % MS_DAY / MS_MINUTE;
	bool is_today = said->clock > minute && !said->is_next;
	return today + (ahead == 0 && !is_today ? DAYS_A_WEEK : ahead);
}

static bool find_day(const struct when *when, const struct said *said, int64_t *day)
{
	const struct calendar *calendar = when->calendar;
	int64_t today = today_of(when);
	switch (said->form) {
	case DAY_OFFSET:
		*day = today + said->day + said->is_after;
		return !said->is_after || said->day == 1;
	case DAY_DATE:
		return next_date(said, today, day);
	case DAY_OF_MONTH:
		return next_day_of_month(said->day, today, day);
	case DAY_NEXT_WEEK:
		*day = first_working_day(calendar, today + 7 - (weekday_of(today) + 6) % 7);
		return true;
	case DAY_NEXT_MONTH:
		*day = months_later(today - civil_of(today * MS_DAY).day + 1, 1);
		*day = first_working_day(calendar, *day);
		return true;
	case DAY_NONE:
		break;
	}
	*day = said->weekday != WHEN_NOT_SAID
		       ? next_weekday(when, said, today)
		       : months_later(today, said->span_months) + said->span_days;
	return said->weekday == WHEN_NOT_SAID || (said->span_days == 0 && said->span_months == 0);
}

static bool find_instant(const struct when *when, const struct said *said, int64_t *at)
{
	bool has_span = said->span_days || said->span_months;
	if (said->span_min) {
		*at = when->now + said->span_min * MS_MINUTE + said->span_days * MS_DAY;
		return said->clock == WHEN_NOT_SAID && said->form == DAY_NONE &&
		       said->weekday == WHEN_NOT_SAID && said->span_months == 0;
	}
	bool is_any = has_day(said) || said->clock != WHEN_NOT_SAID || said->part != WHEN_NOT_SAID;
	int64_t day;
	if (!is_any || (said->form != DAY_NONE && has_span) || !find_day(when, said, &day)) {
		return false;
	}
	bool is_named = said->form == DAY_DATE || said->form == DAY_OF_MONTH;
	if (said->weekday != WHEN_NOT_SAID && said->form != DAY_NONE &&
		(!is_named || weekday_of(day) != said->weekday)) {
		return false;
	}
	bool is_working;
	int minute = said->clock >= 0  ? said->clock
		     : said->part >= 0 ? said->part
				       : begin_of_work(when->calendar, day, &is_working);
	*at = zone_instant(when->zone, day * MS_DAY + minute * (int64_t)MS_MINUTE);
	if (!has_day(said) && *at <= when->now) {
		*at = zone_instant(when->zone, (day + 1) * MS_DAY + minute * (int64_t)MS_MINUTE);
	}
	return true;
}

/* A time with an offset of its own is the same wherever it is read. */
static bool parse_stamp(const char *text, int64_t *at)
{
	int64_t elsewhere;
	return timestamp_parse(text, 0, at) && timestamp_parse(text, MS_HOUR, &elsewhere) &&
	       *at == elsewhere;
}

bool when_parse(const struct when *when, const char *text, int64_t *at, struct error *err)
{
	char *line = text_clean_line(NULL, text, strlen(text), NULL);
	struct said said;
	bool ok = parse_stamp(line, at) ||
		  (said_read(line, text_fold(line, line), &said) && settle_clock(&said) &&
			  find_instant(when, &said, at));
	talloc_free(line);
	if (!ok) {
		return error_set_reason(err, ERROR_INVALID, "when",
			N_("that is no time; write 2h, tomorrow 9h, fri 14:00, 26/11 or next "
			   "week"),
			NULL);
	}
	if (*at > when->now + FAR_MS) {
		return error_set_reason(err, ERROR_INVALID, "far",
			N_("that is more than twenty years away; give a time that is nearer"),
			NULL);
	}
	if (*at <= when->now) {
		return error_set_reason(err, ERROR_INVALID, "past",
			N_("that time is past; give one to come, with its hour: today 17h"), NULL);
	}
	return true;
}
