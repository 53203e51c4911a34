#include "base/digest.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static void check(const char *text, const char *hex)
{
	struct digest digest;
	unsigned char result[DIGEST_SIZE];
	char seen[2 * DIGEST_SIZE + 1];
	digest_init(&digest);
	digest_add(&digest, text, strlen(text));
	digest_finish(&digest, result);
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		snprintf(seen + 2 * i, 3, "%02x", result[i]);
	}
	assert_string_equal(seen, hex);
}

/* FIPS 180-4, the examples of NIST. */
static void test_known(void **state)
{
	(void)state;
	check("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	check("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	check("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void test_parts_are_told_apart(void **state)
{
	(void)state;
	struct digest a, b;
	digest_init(&a);
	digest_init(&b);
	digest_text(&a, "ab");
	digest_text(&a, "c");
	digest_text(&b, "a");
	digest_text(&b, "bc");
	struct uuid left = digest_uuid(&a, 0), right = digest_uuid(&b, 0);
	assert_false(uuid_equal(&left, &right));
	assert_int_equal(left.bytes[6] >> 4, 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_parts_are_told_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
