#include "test.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"

#define T1 INT64_C(1795262400000) /* 2026-11-21T12:00:00Z, a Saturday */

static void times_are_written_as_rfc_3339(void **state)
{
	(void)state;
	static const struct {
		int64_t at;
		const char *text;
	} all[] = {{0, "1970-01-01T00:00:00Z"}, {T1, "2026-11-21T12:00:00Z"},
		{T1 + 7, "2026-11-21T12:00:00.007Z"}, {-1, "1969-12-31T23:59:59.999Z"},
		{INT64_C(951782400000), "2000-02-29T00:00:00Z"},
		{INT64_C(253402300799999), "9999-12-31T23:59:59.999Z"}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		char *text = timestamp_format(NULL, all[i].at);
		assert_string_equal(text, all[i].text);
		int64_t back;
		assert_true(timestamp_parse(text, MS_HOUR, &back));
		assert_int_equal(back, all[i].at);
		talloc_free(text);
	}
}

static void they_are_read_in_all_their_forms(void **state)
{
	(void)state;
	static const char *const same[] = {"2026-11-21T12:00:00Z", "2026-11-21t12:00:00z",
		"2026-11-21 12:00", "2026-11-21T09:00:00-03:00", "2026-11-21T14:30:00.000+02:30",
		"2026-11-21T12:00:00,0Z", "2026-11-21T09:00-03"};
	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		int64_t at = 0;
		assert_true(timestamp_parse(same[i], 0, &at));
		assert_int_equal(at, T1);
	}
	int64_t at;
	assert_true(timestamp_parse("2026-11-21T09:00:00", -3 * (int64_t)MS_HOUR, &at));
	assert_int_equal(at, T1);
	assert_true(timestamp_parse("2026-11-21", -3 * (int64_t)MS_HOUR, &at));
	assert_int_equal(at, T1 - 9 * (int64_t)MS_HOUR);
	assert_true(timestamp_parse("2026-11-21T12:00:00.1239Z", 0, &at));
	assert_int_equal(at, T1 + 123);
}

static void what_is_no_time_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "2026", "2026-13-01", "2026-02-29", "2026-00-10",
		"2026-04-31", "2026-11-21T", "2026-11-21T25:00:00Z", "2026-11-21T12:60:00Z",
		"2026-11-21T12:00:61Z", "2026-11-21T12:00:00Zx", "2026-11-21T12:00:00.Z",
		"2026-11-21T12:00:00+25:00", "21/11/2026", "2026-11-21T1:00:00Z",
		"2026-11-21T12:00:00+02:3", " 2026-11-21"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int64_t at;
		assert_false(timestamp_parse(bad[i], 0, &at));
	}
}

static void days_and_dates_agree(void **state)
{
	(void)state;
	for (int64_t day = -800000; day < 800000; day += 37) {
		struct civil civil = civil_of(day * MS_DAY + 1);
		assert_int_equal(civil_days(civil.year, civil.month, civil.day), day);
		assert_int_equal(civil.weekday, ((day + 4) % 7 + 7) % 7);
		assert_int_equal(civil_at(&civil), day * MS_DAY);
	}
	struct civil civil = civil_of(T1 + 3723000);
	assert_int_equal(civil.hour, 13);
	assert_int_equal(civil.minute, 2);
	assert_int_equal(civil.second, 3);
	assert_int_equal(civil.weekday, 6);
}

static void spans_are_short(void **state)
{
	(void)state;
	static const struct {
		int64_t span_ms;
		const char *text;
	} all[] = {{0, "0s"}, {59999, "59s"}, {60000, "1m"}, {41 * (int64_t)MS_MINUTE, "41m"},
		{3 * (int64_t)MS_HOUR + 2 * (int64_t)MS_MINUTE, "3h02"},
		{26 * (int64_t)MS_HOUR + 10 * (int64_t)MS_MINUTE, "26h10"},
		{8 * (int64_t)MS_DAY + 1, "8d"}, {-12 * (int64_t)MS_MINUTE, "-12m"}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		char *text = timestamp_span(NULL, all[i].span_ms);
		assert_string_equal(text, all[i].text);
		talloc_free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_written_as_rfc_3339),
		cmocka_unit_test(they_are_read_in_all_their_forms),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(days_and_dates_agree),
		cmocka_unit_test(spans_are_short),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
