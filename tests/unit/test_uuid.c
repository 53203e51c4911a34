#include "test.h"

#include "base/uuid.h"

#include <string.h>

static void what_is_written_can_be_read(void **state)
{
	(void)state;
	struct uuid uuid, upper;
	char text[UUID_TEXT_SIZE];
	assert_true(uuid_parse("0193f2a4-5b6c-7d8e-9fa0-b1c2d3e4f506", &uuid));
	uuid_format(&uuid, text);
	assert_string_equal(text, "0193f2a4-5b6c-7d8e-9fa0-b1c2d3e4f506");
	assert_true(uuid_parse("0193F2A4-5B6C-7D8E-9FA0-B1C2D3E4F506", &upper));
	assert_true(uuid_equal(&uuid, &upper));
}

static void anything_else_is_none(void **state)
{
	(void)state;
	static const char *const bad[] = {"", "0193f2a4", "0193f2a4-5b6c-7d8e-9fa0-b1c2d3e4f50",
		"0193f2a4-5b6c-7d8e-9fa0-b1c2d3e4f5066", "0193f2a45b6c-7d8e-9fa0-b1c2d3e4f5066-",
		"0193f2a4-5b6c-7d8e-9fa0-b1c2d3e4f50g", "{193f2a4-5b6c-7d8e-9fa0-b1c2d3e4f50}"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct uuid uuid;
		assert_false(uuid_parse(bad[i], &uuid));
	}
}

/* RFC 9562, 5.7: 48 bits of time first, so that ids sort as they are made. */
static void ours_are_of_version_7_and_grow_with_time(void **state)
{
	(void)state;
	struct uuid before = uuid_make(1795262400000);
	struct uuid after = uuid_make(1795262400001);
	char text[UUID_TEXT_SIZE];
	uuid_format(&before, text);
	assert_memory_equal(text, "01a1fdfa-4600", 13);
	assert_int_equal(text[14], '7');
	assert_non_null(strchr("89ab", text[19]));
	assert_true(memcmp(&before, &after, sizeof before) < 0);
	struct uuid same_time = uuid_make(1795262400000);
	assert_false(uuid_equal(&before, &same_time));
}

static void zero_is_none(void **state)
{
	(void)state;
	struct uuid uuid = {{0}};
	assert_true(uuid_is_zero(&uuid));
	uuid.bytes[15] = 1;
	assert_false(uuid_is_zero(&uuid));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_can_be_read),
		cmocka_unit_test(anything_else_is_none),
		cmocka_unit_test(ours_are_of_version_7_and_grow_with_time),
		cmocka_unit_test(zero_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
