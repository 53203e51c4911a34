#include "core/calendar.h"

#include "base/mem.h"
#include "base/timestamp.h"

#include <stdlib.h>
#include <string.h>

/* Working hours and holidays as people write them. */

enum { MINUTES_A_DAY = 1440, DAYS_A_WEEK = 7 };

static const char *const day_words[DAYS_A_WEEK] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

struct hours {
	const void *mem;
	const char *at;
	struct interval *intervals;
	size_t count;
};

static bool refuse(struct error *err, const char *at)
{
	char *word = mem_strndup(NULL, at, strcspn(at, " \t\n;"));
	error_set_reason(err, ERROR_INVALID, "hours",
		N_("\"{0}\" is not understood; write hours like \"mon-fri 09:00-12:00 13:00-18:00; "
		   "sat 09:00-13:00\""),
		word, NULL);
	talloc_free(word);
	return false;
}

static void skip_blanks(struct hours *hours)
{
	hours->at += strspn(hours->at, " \t");
}

static bool take(struct hours *hours, char c)
{
	bool is_there = *hours->at == c;
	hours->at += is_there;
	return is_there;
}

static int take_day(struct hours *hours)
{
	for (int day = 0; day < DAYS_A_WEEK; day++) {
		if (strncmp(hours->at, day_words[day], 3) == 0) {
			hours->at += 3;
			return day;
		}
	}
	return -1;
}

/* "mon", "mon-fri", "fri-mon", "mon,wed": the days as bits. 0 when it is none. */
static unsigned take_days(struct hours *hours)
{
	unsigned days = 0;
	do {
		int from = take_day(hours);
		int to = from >= 0 && take(hours, '-') ? take_day(hours) : from;
		if (from < 0 || to < 0) {
			return 0;
		}
		for (int day = from; day != to; day = (day + 1) % DAYS_A_WEEK) {
			days |= 1u << day;
		}
		days |= 1u << to;
	} while (take(hours, ','));
	return days;
}

/* "09:00" as minutes; -1 when it is none. */
static int take_minute(struct hours *hours)
{
	int value[2] = {0, 0};
	for (int part = 0; part < 2; part++) {
		int digits = 0;
		while (digits < 2 && *hours->at >= '0' && *hours->at <= '9') {
			value[part] = value[part] * 10 + (*hours->at++ - '0');
			digits++;
		}
		if (digits == 0 || (part == 0 && !take(hours, ':')) || (part == 1 && digits != 2)) {
			return -1;
		}
	}
	int minute = value[0] * 60 + value[1];
	return value[1] < 60 && minute <= MINUTES_A_DAY ? minute : -1;
}

static void add(struct hours *hours, int weekday, int from_min, int to_min)
{
	if (from_min >= to_min) {
		return;
	}
	if (hours->count % 16 == 0) {
		hours->intervals =
			mem_grow(hours->mem, hours->intervals, struct interval, hours->count + 16);
	}
	hours->intervals[hours->count++] = (struct interval){weekday, from_min, to_min};
}

static void add_days(struct hours *hours, unsigned days, int from_min, int to_min)
{
	for (int day = 0; day < DAYS_A_WEEK; day++) {
		if (!(days & 1u << day)) {
			continue;
		}
		if (from_min < to_min) {
			add(hours, day, from_min, to_min);
		} else {
			add(hours, day, from_min, MINUTES_A_DAY);
			add(hours, (day + 1) % DAYS_A_WEEK, 0, to_min);
		}
	}
}

static bool at_clause_end(const struct hours *hours)
{
	return *hours->at == '\0' || *hours->at == ';' || *hours->at == '\n';
}

/* Days, then one interval or more. */
static bool take_clause(struct hours *hours, struct error *err)
{
	const char *start = hours->at;
	if (strncmp(start, "always", 6) == 0) {
		hours->at += 6;
		add_days(hours, 0x7F, 0, MINUTES_A_DAY);
		skip_blanks(hours);
		return at_clause_end(hours) || refuse(err, hours->at);
	}
	unsigned days = take_days(hours);
	if (days == 0 || !strchr(" \t", *hours->at) || *hours->at == '\0') {
		return refuse(err, start);
	}
	do {
		skip_blanks(hours);
		start = hours->at;
		int from = take_minute(hours);
		int to = from >= 0 && take(hours, '-') ? take_minute(hours) : -1;
		if (to < 0 || from == to || from == MINUTES_A_DAY) {
			return refuse(err, start);
		}
		add_days(hours, days, from, to);
		if (!at_clause_end(hours) && !strchr(" \t", *hours->at)) {
			return refuse(err, start);
		}
		skip_blanks(hours);
	} while (!at_clause_end(hours));
	return true;
}

static int by_start(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;
	int days = x->weekday - y->weekday;
	return days ? days : x->from_min - y->from_min;
}

static bool do_not_overlap(const struct hours *hours, struct error *err)
{
	for (size_t i = 1; i < hours->count; i++) {
		const struct interval *before = &hours->intervals[i - 1];
		const struct interval *after = &hours->intervals[i];
		if (before->weekday == after->weekday && after->from_min < before->to_min) {
			return error_set_reason(err, ERROR_INVALID, "hours",
				N_("two intervals of \"{0}\" overlap; make one of them"),
				day_words[after->weekday], NULL);
		}
	}
	return true;
}

static bool parse_hours(struct hours *hours, const char *text, struct error *err)
{
	for (;;) {
		hours->at += strspn(hours->at, " \t\n;");
		if (*hours->at == '\0') {
			break;
		}
		if (!take_clause(hours, err)) {
			return false;
		}
	}
	if (hours->count == 0) {
		return refuse(err, text);
	}
	qsort(hours->intervals, hours->count, sizeof *hours->intervals, by_start);
	return do_not_overlap(hours, err);
}

bool calendar_parse_hours(const void *mem, const char *text, struct interval **intervals,
	size_t *count, struct error *err)
{
	struct hours hours = {.mem = mem, .at = text};
	*intervals = NULL;
	*count = 0;
	if (!parse_hours(&hours, text, err)) {
		talloc_free(hours.intervals);
		return false;
	}
	*intervals = hours.intervals;
	*count = hours.count;
	return true;
}

/* --- holidays --- */

static bool is_dated(const char *word)
{
	return strspn(word, "0123456789") >= 4 && word[4] == '-';
}

static bool parse_date(const char *word, size_t length, int64_t *day)
{
	char *text = mem_strndup(NULL, word, length);
	int64_t at;
	bool ok = length == 10 && timestamp_parse(text, 0, &at);
	talloc_free(text);
	*day = ok ? at / INT64_C(86400000) : 0;
	return ok && at >= 0;
}

static int by_day(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static size_t sort_once(int64_t *days, size_t count)
{
	size_t kept = 0;
	if (count > 0) {
		qsort(days, count, sizeof *days, by_day);
	}
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || days[kept - 1] != days[i]) {
			days[kept++] = days[i];
		}
	}
	return kept;
}

static bool refuse_date(struct error *err, int64_t *days, const char *word, size_t length)
{
	char *text = mem_strndup(NULL, word, length);
	error_set_reason(err, ERROR_INVALID, "holidays",
		N_("\"{0}\" is no date; write holidays like \"2026-12-25; 2027-01-01\""), text,
		NULL);
	talloc_free(text);
	talloc_free(days);
	return false;
}

bool calendar_parse_holidays(
	const void *mem, const char *text, int64_t **days, size_t *count, struct error *err)
{
	size_t found = 0;
	int64_t *list = mem_array(mem, int64_t, strlen(text) / 10 + 1);
	bool is_named = false; /* a date came before in this clause, so words are its name */
	*days = NULL;
	*count = 0;
	for (;;) {
		size_t between = strspn(text, " \t\n;,");
		is_named = is_named && strcspn(text, "\n;") >= between;
		text += between;
		size_t length = strcspn(text, " \t\n;,");
		if (length == 0) {
			break;
		}
		if (is_dated(text)) {
			if (!parse_date(text, length, &list[found])) {
				return refuse_date(err, list, text, length);
			}
			found++;
			is_named = true;
		} else if (!is_named) {
			return refuse_date(err, list, text, length);
		}
		text += length;
	}
	*count = sort_once(list, found);
	*days = list;
	return true;
}
