#include "test.h"

#include "base/mem.h"
#include "base/timestamp.h"
#include "codec/tzif.h"
#include "codec/zone.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t at(const char *text)
{
	int64_t instant;
	assert_true(timestamp_parse(text, 0, &instant));
	return instant;
}

static struct zone load(const void *mem, const char *name)
{
	struct zone zone;
	struct error err = {0};
	assert_true(zone_load(mem, name, &zone, &err));
	assert_string_equal(zone.name, name);
	return zone;
}

static void expect(const struct zone *zone, const char *instant, double hours)
{
	assert_int_equal(zone_offset(zone, at(instant)), (int64_t)(hours * 3600000));
}

static void brazil_had_summer_time_until_2019(void **state)
{
	struct zone zone = load(*state, "America/Sao_Paulo");
	expect(&zone, "2018-11-04T02:59:59Z", -3);
	expect(&zone, "2018-11-04T03:00:00Z", -2);
	expect(&zone, "2019-02-17T01:59:59Z", -2);
	expect(&zone, "2019-02-17T02:00:00Z", -3);
	expect(&zone, "2019-12-01T00:00:00Z", -3);
	expect(&zone, "2037-12-01T00:00:00Z", -3);
}

static void rules_go_on_to_the_last_year(void **state)
{
	struct zone zone = load(*state, "America/New_York");
	expect(&zone, "1970-01-01T00:00:00Z", -5);
	expect(&zone, "2037-03-08T06:59:59Z", -5);
	expect(&zone, "2037-03-08T07:00:00Z", -4);
	expect(&zone, "2037-11-01T06:00:00Z", -5);
}

static void a_time_that_happens_twice_is_the_first(void **state)
{
	struct zone zone = load(*state, "America/Sao_Paulo");
	assert_int_equal(
		zone_instant(&zone, at("2019-02-16T23:30:00Z")), at("2019-02-17T01:30:00Z"));
}

static void a_time_that_never_happens_moves_forward(void **state)
{
	struct zone zone = load(*state, "America/Sao_Paulo");
	assert_int_equal(
		zone_instant(&zone, at("2018-11-04T00:30:00Z")), at("2018-11-04T03:30:00Z"));
}

static void plain_times_come_back(void **state)
{
	struct zone zone = load(*state, "Europe/Lisbon");
	for (int64_t local = at("2024-01-01"); local < at("2025-01-01"); local += 7 * 3600000) {
		int64_t instant = zone_instant(&zone, local);
		int64_t back = instant + zone_offset(&zone, instant);
		assert_true(back == local || back == local + 3600000);
	}
}

static void names_cannot_leave_the_folder(void **state)
{
	static const char *const bad[] = {
		"Nowhere/Town", "../passwd", "/etc/localtime", "A b", "ação"};
	struct zone zone;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct error err = {0};
		assert_false(zone_load(*state, bad[i], &zone, &err));
		assert_int_equal(err.code, ERROR_INVALID);
	}
}

static void no_name_is_utc(void **state)
{
	struct zone zone;
	assert_true(zone_load(*state, NULL, &zone, NULL));
	assert_int_equal(zone.count, 0);
	assert_int_equal(zone.first_offset_ms, 0);
}

static void the_local_zone_follows_tz(void **state)
{
	struct zone zone;
	setenv("TZ", "BRT3BRST,M10.3.0/0,M2.3.0/0", 1);
	zone_local(*state, &zone);
	expect(&zone, "2020-07-01T00:00:00Z", -3);
	expect(&zone, "2020-12-01T00:00:00Z", -2);
	unsetenv("TZ");
	tzset();
}

/* A file of two halves: no listed changes, one type, and the rule in the last line. */
static size_t make_file(char *bytes, const char *rule)
{
	static const char header[44] = {'T', 'Z', 'i', 'f', '2', [39] = 1, [43] = 4};
	static const char type[10] = {
		(char)0xFF, (char)0xFF, (char)0xD5, (char)0xD0, 0, 0, 'B', 'R', 'T'};
	size_t n = 0;
	for (int half = 0; half < 2; half++) {
		memcpy(bytes + n, header, sizeof header);
		memcpy(bytes + n + sizeof header, type, sizeof type);
		n += sizeof header + sizeof type;
	}
	bytes[n++] = '\n';
	memcpy(bytes + n, rule, strlen(rule));
	n += strlen(rule);
	bytes[n++] = '\n';
	return n;
}

static void the_last_line_rules_where_nothing_is_listed(void **state)
{
	char bytes[256];
	struct zone zone = {0};
	size_t size = make_file(bytes, "<-03>3<-02>,M11.1.0/0,M2.3.0/0");
	assert_true(tzif_parse(*state, bytes, size, 2037, &zone));
	expect(&zone, "2018-11-04T02:59:59Z", -3);
	expect(&zone, "2018-11-04T03:00:00Z", -2);
	expect(&zone, "2019-02-17T02:00:00Z", -3);
	size = make_file(bytes, "<-03>3");
	assert_true(tzif_parse(*state, bytes, size, 2037, &zone));
	assert_int_equal(zone.count, 0);
}

static void a_cut_file_is_refused(void **state)
{
	char bytes[256];
	struct zone zone = {0};
	make_file(bytes, "<-03>3");
	for (size_t size = 0; size < 108; size++) {
		assert_false(tzif_parse(*state, bytes, size, 2037, &zone));
	}
}

static int begin(void **state)
{
	*state = mem_context(NULL);
	return 0;
}

static int end(void **state)
{
	talloc_free(*state);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(brazil_had_summer_time_until_2019),
		TEST(rules_go_on_to_the_last_year),
		TEST(a_time_that_happens_twice_is_the_first),
		TEST(a_time_that_never_happens_moves_forward),
		TEST(plain_times_come_back),
		TEST(names_cannot_leave_the_folder),
		TEST(no_name_is_utc),
		TEST(the_local_zone_follows_tz),
		TEST(the_last_line_rules_where_nothing_is_listed),
		TEST(a_cut_file_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
