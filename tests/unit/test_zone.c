#include "codec/zone.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "codec/zone_file.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t at(const char *text)
{
	int64_t instant;
	assert_true(timestamp_parse(text, 0, &instant));
	return instant;
}

static void check_offsets(const struct zone *zone)
{
	/* São Paulo gave up daylight saving in 2019. */
	assert_int_equal(zone_offset(zone, at("2018-07-01T00:00:00Z")), -3 * MS_HOUR);
	assert_int_equal(zone_offset(zone, at("2018-11-04T02:59:59Z")), -3 * MS_HOUR);
	assert_int_equal(zone_offset(zone, at("2018-11-04T03:00:00Z")), -2 * MS_HOUR);
	assert_int_equal(zone_offset(zone, at("2019-02-17T01:59:59Z")), -2 * MS_HOUR);
	assert_int_equal(zone_offset(zone, at("2019-02-17T02:00:00Z")), -3 * MS_HOUR);
	assert_int_equal(zone_offset(zone, at("2026-12-25T12:00:00Z")), -3 * MS_HOUR);
}

static void test_by_file_and_by_library(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct zone zone;
	assert_true(zone_load(mem, "America/Sao_Paulo", &zone, NULL));
	check_offsets(&zone);
	setenv("TZDIR", "/nonexistent", 1);
	assert_true(zone_load(mem, "America/Sao_Paulo", &zone, NULL));
	unsetenv("TZDIR");
	check_offsets(&zone);
	talloc_free(mem);
}

static void test_names(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct zone zone;
	struct error err = {0};
	assert_true(zone_load(mem, NULL, &zone, &err));
	assert_int_equal(zone_offset(&zone, at("2026-07-01")), 0);
	assert_true(zone_load(mem, "UTC", &zone, &err));
	static const char *const wrong[] = {
		"Lua/Mar", "../etc/passwd", "/etc/passwd", "america/sao_paulo", "America", "a\nb"};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_false(zone_load(mem, wrong[i], &zone, &err));
		assert_int_equal(err.code, ERROR_INVALID);
	}
	talloc_free(mem);
}

static void test_local(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct zone zone;
	setenv("TZ", "America/Sao_Paulo", 1);
	zone_local(mem, &zone);
	check_offsets(&zone);
	setenv("TZ", "XYZ-5:30", 1);
	zone_local(mem, &zone);
	assert_int_equal(zone_offset(&zone, at("2026-07-01")), 5 * MS_HOUR + 30 * MS_MINUTE);
	unsetenv("TZ");
	talloc_free(mem);
}

static void test_instants(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct zone zone;
	assert_true(zone_load(mem, "America/Sao_Paulo", &zone, NULL));
	assert_int_equal(
		zone_instant(&zone, at("2026-06-01T14:00:00Z")), at("2026-06-01T17:00:00Z"));
	/* 2018-11-04 00:30 never was, 2019-02-16 23:30 was twice. */
	assert_int_equal(
		zone_instant(&zone, at("2018-11-04T00:30:00Z")), at("2018-11-04T03:30:00Z"));
	assert_int_equal(
		zone_instant(&zone, at("2019-02-16T23:30:00Z")), at("2019-02-17T01:30:00Z"));
	talloc_free(mem);
}

/* No byte of a damaged file is read beyond its end (the sanitizer sees to it). */
static void test_damaged_files(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct zone zone = {0};
	char bytes[200];
	for (size_t size = 0; size <= sizeof bytes; size++) {
		char *copy = mem_array(mem, char, size + 1);
		memset(bytes, 0xff, sizeof bytes);
		memcpy(bytes, "TZif2", 5);
		memcpy(copy, bytes, size);
		assert_false(zone_file_parse(mem, copy, size, &zone));
		memset(bytes + 5, 0, sizeof bytes - 5);
		memcpy(copy, bytes, size);
		assert_false(zone_file_parse(mem, copy, size, &zone));
	}
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_file_and_by_library),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_local),
		cmocka_unit_test(test_instants),
		cmocka_unit_test(test_damaged_files),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
