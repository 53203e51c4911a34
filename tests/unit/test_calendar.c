#include "test.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "core/calendar.h"
#include "core/ticket.h"

#include <string.h>

#define HOURS(n) ((n) * (int64_t)MS_HOUR)
#define MINUTES(n) ((n) * (int64_t)MS_MINUTE)

static int64_t at(const char *text)
{
	int64_t value;
	assert_true(timestamp_parse(text, 0, &value));
	return value;
}

static struct calendar make(void *mem, const char *hours, const char *holidays, struct zone zone)
{
	struct calendar calendar = {.id = 1, .zone = zone};
	struct error err = {0};
	assert_true(calendar_parse_hours(
		mem, hours, &calendar.intervals, &calendar.interval_count, &err));
	assert_true(calendar_parse_holidays(
		mem, holidays, &calendar.holidays, &calendar.holiday_count, &err));
	return calendar;
}

static const struct zone utc = {.first_offset_ms = 0};

/* Brazil's last summer: the clock goes from 00:00 to 01:00 on 2018-11-04, back on 2019-02-16 at
 * 24:00 (decree 9.242 of 2017). Times in UTC. */
static struct zone_change summer[2];
static struct zone sao_paulo(void)
{
	summer[0] = (struct zone_change){at("2018-11-04T03:00:00Z"), -2 * MS_HOUR};
	summer[1] = (struct zone_change){at("2019-02-17T02:00:00Z"), -3 * MS_HOUR};
	return (struct zone){.first_offset_ms = -3 * MS_HOUR, .count = 2, .changes = summer};
}

static int make_mem(void **state)
{
	*state = mem_context(NULL);
	return 0;
}

static int free_mem(void **state)
{
	talloc_free(*state);
	return 0;
}

static void without_a_calendar_all_time_counts(void **state)
{
	(void)state;
	assert_int_equal(calendar_work(NULL, 100, 350), 250);
	assert_int_equal(calendar_work(NULL, 350, 100), 0);
	assert_int_equal(calendar_work(NULL, INT64_MIN, INT64_MAX), 2 * DUE_NEVER);
	assert_int_equal(calendar_add(NULL, INT64_MAX, 1), DUE_NEVER);
	assert_int_equal(calendar_add(NULL, 100, 250), 350);
	assert_int_equal(calendar_add(NULL, 100, 0), 100);
	assert_int_equal(calendar_add(NULL, 100, DUE_NEVER), DUE_NEVER);
	assert_int_equal(calendar_add(NULL, DUE_NEVER - 10, 20), DUE_NEVER);
}

static void lunch_is_no_working_time(void **state)
{
	struct calendar calendar = make(*state, "mon-fri 09:00-12:00 13:00-18:00", "", utc);
	int64_t monday = at("2026-11-23");
	assert_int_equal(calendar_work(&calendar, monday, monday + MS_DAY), HOURS(8));
	assert_int_equal(
		calendar_work(&calendar, monday + HOURS(11), monday + HOURS(14)), HOURS(2));
	assert_int_equal(calendar_work(&calendar, monday + HOURS(12), monday + HOURS(13)), 0);
	assert_int_equal(calendar_add(&calendar, monday + HOURS(11), HOURS(2)), monday + HOURS(14));
	/* The end of an interval, not the start of the next. */
	assert_int_equal(calendar_add(&calendar, monday + HOURS(11), HOURS(1)), monday + HOURS(12));
	assert_int_equal(calendar_add(&calendar, monday + HOURS(12), 1), monday + HOURS(13) + 1);
	assert_int_equal(calendar_add(&calendar, monday + HOURS(12), 0), monday + HOURS(12));
}

static void nights_and_weekends_are_none(void **state)
{
	struct calendar calendar = make(*state, "mon-fri 09:00-18:00", "", utc);
	int64_t friday = at("2026-11-27");
	assert_int_equal(
		calendar_add(&calendar, friday + HOURS(17), HOURS(2)), friday + HOURS(72 + 10));
	assert_int_equal(calendar_work(&calendar, friday, friday + HOURS(24 * 14)), HOURS(9) * 10);
	assert_int_equal(calendar_work(&calendar, friday + HOURS(18), friday + HOURS(72 + 9)), 0);
}

static void a_holiday_is_none(void **state)
{
	struct calendar calendar =
		make(*state, "mon-fri 09:00-18:00", "2026-12-25 Natal; 2026-12-24", utc);
	int64_t wednesday = at("2026-12-23");
	assert_int_equal(calendar_work(&calendar, wednesday, wednesday + HOURS(24 * 3)), HOURS(9));
	/* Opened on the holiday: counts from Monday on. */
	assert_int_equal(calendar_add(&calendar, wednesday + HOURS(48 + 10), HOURS(1)),
		wednesday + HOURS(24 * 5 + 10));
}

static void holidays_are_of_local_days(void **state)
{
	struct zone zone = {.first_offset_ms = -3 * MS_HOUR};
	struct calendar calendar = make(*state, "always", "2026-12-25", zone);
	int64_t from = at("2026-12-25T03:00:00Z");
	assert_int_equal(calendar_work(&calendar, from, from + HOURS(24)), 0);
	assert_int_equal(calendar_work(&calendar, from - 1, from + HOURS(24) + 1), 2);
}

static void the_hour_that_a_zone_skips_is_never_worked(void **state)
{
	struct calendar calendar = make(*state, "sat,sun 22:00-06:00", "", sao_paulo());
	int64_t evening = at("2018-11-04T01:00:00Z"); /* Saturday 22:00 */
	/* 22–24, then 01–06: seven hours between 22:00 and 06:00. */
	assert_int_equal(calendar_work(&calendar, evening, evening + HOURS(12)), HOURS(7));
	assert_int_equal(calendar_add(&calendar, evening, HOURS(3)), evening + HOURS(3));
	assert_int_equal(calendar_add(&calendar, evening, HOURS(8)), at("2018-11-05T01:00:00Z"));
}

static void the_hour_that_a_zone_repeats_is_worked_twice(void **state)
{
	struct calendar calendar = make(*state, "sat 22:00-24:00", "", sao_paulo());
	int64_t evening = at("2019-02-17T00:00:00Z"); /* Saturday 22:00, summer time */
	assert_int_equal(
		calendar_work(&calendar, evening - HOURS(5), evening + HOURS(5)), HOURS(3));
	assert_int_equal(calendar_add(&calendar, evening, HOURS(3)), evening + HOURS(3));
}

static void office_hours_keep_to_the_wall_clock(void **state)
{
	struct calendar calendar = make(*state, "mon-fri 09:00-18:00", "", sao_paulo());
	int64_t before = at("2018-11-01T12:00:00Z"); /* Thursday 09:00 */
	int64_t due = calendar_add(&calendar, before, HOURS(18 + 1));
	assert_int_equal(
		due, at("2018-11-05T12:00:00Z")); /* Monday 10:00, an hour earlier in UTC */
	assert_int_equal(calendar_work(&calendar, before, due), HOURS(19));
	assert_int_equal(zone_offset(&calendar.zone, before), -3 * MS_HOUR);
	assert_int_equal(zone_offset(&calendar.zone, summer[0].at - 1), -3 * MS_HOUR);
	assert_int_equal(zone_offset(&calendar.zone, summer[0].at), -2 * MS_HOUR);
	assert_int_equal(zone_offset(&calendar.zone, due), -2 * MS_HOUR);
	assert_int_equal(zone_offset(&calendar.zone, summer[1].at), -3 * MS_HOUR);
}

static void without_working_time_nothing_is_ever_due(void **state)
{
	struct calendar calendar = {.zone = utc};
	assert_int_equal(calendar_add(&calendar, 0, 1), DUE_NEVER);
	assert_int_equal(calendar_work(&calendar, 0, HOURS(100000)), 0);
	/* One day a week, each of them a holiday for eleven years; then there is one more. */
	char *holidays = mem_strdup(*state, "");
	int64_t sunday = at("2026-11-22");
	for (int week = 0; week < 11 * 53; week++) {
		char *day = timestamp_format(*state, sunday + week * HOURS(24 * 7));
		holidays = mem_check(talloc_strndup_append(holidays, day, 10));
		holidays = mem_check(talloc_strdup_append(holidays, " "));
	}
	calendar = make(*state, "sun 10:00-11:00", holidays, utc);
	assert_int_equal(calendar_add(&calendar, sunday, 1), DUE_NEVER);
	assert_int_equal(calendar_add(&calendar, sunday + HOURS(24 * 7) * 200, 1),
		sunday + HOURS(24 * 7) * 11 * 53 + HOURS(10) + 1);
	assert_int_equal(calendar_work(&calendar, sunday, sunday + HOURS(24 * 7) * 583), 0);
}

/* Adding what was worked leads back, over any stretch. */
static void adding_and_counting_agree(void **state)
{
	struct calendar calendar =
		make(*state, "mon-fri 09:00-12:00 13:00-18:00; sat 09:00-13:00; sun 23:30-24:00",
			"2018-10-12 2018-11-02 2018-11-15 2018-12-25", sao_paulo());
	int64_t from = at("2018-09-01T00:13:00Z");
	for (int i = 0; i < 600; i++) {
		int64_t work_ms = 1 + i * MINUTES(97);
		int64_t due = calendar_add(&calendar, from, work_ms);
		assert_int_equal(calendar_work(&calendar, from, due), work_ms);
		assert_int_equal(calendar_work(&calendar, from, due - 1), work_ms - 1);
		int64_t half = from + (due - from) / 2;
		assert_int_equal(
			calendar_work(&calendar, from, half) + calendar_work(&calendar, half, due),
			work_ms);
	}
}

static void hours_are_read_in_order(void **state)
{
	struct interval *intervals;
	size_t count;
	assert_true(calendar_parse_hours(*state,
		" sat 9:00-13:00;\n mon,wed 13:00-18:00 08:30-12:00 ", &intervals, &count, NULL));
	static const struct interval want[] = {
		{1, 510, 720}, {1, 780, 1080}, {3, 510, 720}, {3, 780, 1080}, {6, 540, 780}};
	assert_int_equal(count, ARRAY_LEN(want));
	assert_memory_equal(intervals, want, sizeof want);
	assert_true(calendar_parse_hours(*state, "always", &intervals, &count, NULL));
	assert_int_equal(count, 7);
	assert_true(calendar_parse_hours(*state, "fri-mon 22:00-02:00", &intervals, &count, NULL));
	assert_int_equal(count, 8);
	assert_true(calendar_parse_hours(*state, "mon 18:00-24:00", &intervals, &count, NULL));
	assert_int_equal(intervals[0].to_min, 1440);
	assert_true(calendar_parse_hours(
		*state, "sun-tue 00:00-02:00 22:00-00:00 2:00-3:00", &intervals, &count, NULL));
	assert_int_equal(count, 9);
	assert_int_equal(intervals[0].from_min, 0);
	assert_int_equal(intervals[2].to_min, 1440);
	assert_int_equal(intervals[8].weekday, 2);
}

static void bad_hours_are_told(void **state)
{
	static const char *const bad[] = {"", " ; ", "mon", "mon ", "09:00-10:00", "mon 9-10",
		"mon 09:00", "mon 09:00-", "mon 09:00-09:00", "mon 25:00-26:00", "mon 09:60-10:00",
		"mon 24:00-02:00", "monday 09:00-10:00", "mon- 09:00-10:00", "mon 09:00-10:00x",
		"always mon", "mon 09:00-12:00 11:00-13:00", "mon 09:00-12:00; mon-tue 10:00-11:00",
		"sun 22:00-04:00; mon 03:00-09:00", "mon 09:00-10:00,11:00-12:00",
		"mon 009:00-10:00", "mon :30-10:00", "mon 09:00-09:60", "mon\t", "always;mon"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct interval *intervals;
		size_t count;
		struct error err = {0};
		assert_false(calendar_parse_hours(*state, bad[i], &intervals, &count, &err));
		assert_int_equal(err.code, ERROR_INVALID);
		assert_string_equal(err.reason, "hours");
		assert_null(intervals);
	}
}

static void holidays_may_have_names(void **state)
{
	int64_t *days;
	size_t count;
	assert_true(calendar_parse_holidays(*state,
		"2027-01-01 Ano novo; 2026-12-25, 2026-12-24 véspera 2026-12-31\n2026-12-25", &days,
		&count, NULL));
	assert_int_equal(count, 4);
	assert_int_equal(days[0], civil_days(2026, 12, 24));
	assert_int_equal(days[3], civil_days(2027, 1, 1));
	assert_true(calendar_parse_holidays(*state, "", &days, &count, NULL));
	assert_int_equal(count, 0);
	static const char *const bad[] = {"Natal", "2026-02-30", "2026-12-25T10:00:00Z",
		"2026-12-25; Natal", "25/12/2026", "1960-01-01"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct error err = {0};
		assert_false(calendar_parse_holidays(*state, bad[i], &days, &count, &err));
		assert_string_equal(err.reason, "holidays");
	}
}

#define WITH_MEM(function) cmocka_unit_test_setup_teardown(function, make_mem, free_mem)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_calendar_all_time_counts),
		WITH_MEM(lunch_is_no_working_time),
		WITH_MEM(nights_and_weekends_are_none),
		WITH_MEM(a_holiday_is_none),
		WITH_MEM(holidays_are_of_local_days),
		WITH_MEM(the_hour_that_a_zone_skips_is_never_worked),
		WITH_MEM(the_hour_that_a_zone_repeats_is_worked_twice),
		WITH_MEM(office_hours_keep_to_the_wall_clock),
		WITH_MEM(without_working_time_nothing_is_ever_due),
		WITH_MEM(adding_and_counting_agree),
		WITH_MEM(hours_are_read_in_order),
		WITH_MEM(bad_hours_are_told),
		WITH_MEM(holidays_may_have_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
