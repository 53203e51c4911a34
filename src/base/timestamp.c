#include "base/timestamp.h"

#include "base/clock.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>

/* Days from civil and back: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
int64_t civil_days(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

struct civil civil_of(int64_t at)
{
	int64_t days = floor_div(at, MS_DAY);
	int64_t ms = at - days * MS_DAY;
	int64_t shifted = days + 719468;
	int64_t era = floor_div(shifted, 146097);
	int64_t day_of_era = shifted - era * 146097;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;
	struct civil civil = {
		.day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.hour = (int)(ms / MS_HOUR),
		.minute = (int)(ms / MS_MINUTE % 60),
		.second = (int)(ms / MS_SECOND % 60),
		.weekday = (int)(((days + 4) % 7 + 7) % 7),
	};
	civil.year = (int)(year_of_era + era * 400 + (civil.month <= 2));
	return civil;
}

int64_t civil_at(const struct civil *civil)
{
	return civil_days(civil->year, civil->month, civil->day) * MS_DAY +
	       civil->hour * (int64_t)MS_HOUR + civil->minute * (int64_t)MS_MINUTE +
	       civil->second * (int64_t)MS_SECOND;
}

static char *put(char *at, int value, int digits, char after)
{
	for (int i = digits; i-- > 0; value /= 10) {
		at[i] = (char)('0' + value % 10);
	}
	at[digits] = after;
	return at + digits + 1;
}

/* A year that has not four digits. */
static char *format_far(const void *mem, const struct civil *c, int ms)
{
	char fraction[8] = "";
	if (ms) {
		snprintf(fraction, sizeof fraction, ".%03d", ms);
	}
	return mem_printf(mem, "%04d-%02d-%02dT%02d:%02d:%02d%sZ", c->year, c->month, c->day,
		c->hour, c->minute, c->second, fraction);
}

/* By hand: pages of tickets are full of times. */
char *timestamp_format(const void *mem, int64_t at)
{
	struct civil c = civil_of(at);
	int ms = (int)(at - floor_div(at, MS_SECOND) * MS_SECOND);
	if (c.year < 0 || c.year > 9999) {
		return format_far(mem, &c, ms);
	}
	char text[sizeof "2026-11-22T12:31:05.250Z"], *end = text;
	end = put(end, c.year, 4, '-');
	end = put(end, c.month, 2, '-');
	end = put(end, c.day, 2, 'T');
	end = put(end, c.hour, 2, ':');
	end = put(end, c.minute, 2, ':');
	end = put(end, c.second, 2, ms ? '.' : 'Z');
	end = ms ? put(end, ms, 3, 'Z') : end;
	return mem_strndup(mem, text, (size_t)(end - text));
}

/* Exactly n digits. */
static bool take_digits(const char **at, int n, int *value)
{
	*value = 0;
	for (int i = 0; i < n; i++) {
		char c = (*at)[i];
		if (c < '0' || c > '9') {
			return false;
		}
		*value = *value * 10 + (c - '0');
	}
	*at += n;
	return true;
}

static bool take_char(const char **at, const char *set)
{
	if (!**at || !strchr(set, **at)) {
		return false;
	}
	(*at)++;
	return true;
}

static bool is_date(const struct civil *c)
{
	struct civil back = civil_of(civil_days(c->year, c->month, c->day) * MS_DAY);
	return c->month >= 1 && c->month <= 12 && back.day == c->day && back.month == c->month;
}

static bool take_fraction(const char **at, int64_t *ms)
{
	int64_t scale = 100;
	*ms = 0;
	if (!take_char(at, ".,")) {
		return true;
	}
	bool any = false;
	for (; **at >= '0' && **at <= '9'; (*at)++) {
		*ms += (**at - '0') * scale;
		scale /= 10;
		any = true;
	}
	return any;
}

static bool take_offset(const char **at, int64_t *offset_ms)
{
	int hours, minutes = 0;
	if (take_char(at, "Zz")) {
		*offset_ms = 0;
		return true;
	}
	char sign = **at;
	if (!take_char(at, "+-")) {
		return true; /* none: the caller's */
	}
	if (!take_digits(at, 2, &hours)) {
		return false;
	}
	take_char(at, ":");
	if (**at && !take_digits(at, 2, &minutes)) {
		return false;
	}
	*offset_ms = (hours * 60 + minutes) * (int64_t)MS_MINUTE * (sign == '-' ? -1 : 1);
	return hours < 24 && minutes < 60;
}

bool timestamp_parse(const char *text, int64_t offset_ms, int64_t *at)
{
	struct civil c = {0};
	int64_t ms = 0;
	const char *p = text;
	if (!take_digits(&p, 4, &c.year) || !take_char(&p, "-") || !take_digits(&p, 2, &c.month) ||
		!take_char(&p, "-") || !take_digits(&p, 2, &c.day) || !is_date(&c)) {
		return false;
	}
	if (*p) {
		if (!take_char(&p, "Tt ") || !take_digits(&p, 2, &c.hour) || !take_char(&p, ":") ||
			!take_digits(&p, 2, &c.minute)) {
			return false;
		}
		if (take_char(&p, ":") &&
			(!take_digits(&p, 2, &c.second) || !take_fraction(&p, &ms))) {
			return false;
		}
		if (!take_offset(&p, &offset_ms) || *p) {
			return false;
		}
	}
	if (c.hour > 23 || c.minute > 59 || c.second > 59) {
		return false;
	}
	*at = civil_at(&c) + ms - offset_ms;
	return true;
}

char *timestamp_span(const void *mem, int64_t span_ms)
{
	const char *sign = span_ms < 0 ? "-" : "";
	long long s = (long long)((span_ms < 0 ? -span_ms : span_ms) / MS_SECOND);
	if (s < 60) {
		return mem_printf(mem, "%s%llds", sign, s);
	}
	if (s < 3600) {
		return mem_printf(mem, "%s%lldm", sign, s / 60);
	}
	if (s < 48 * 3600) {
		return mem_printf(mem, "%s%lldh%02lld", sign, s / 3600, s / 60 % 60);
	}
	return mem_printf(mem, "%s%lldd", sign, s / 86400);
}
