#include "service/attempts.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

/* Growing delays for each account and each address, in a table of one size. */

static int64_t now = INT64_C(1795262400000);

static int64_t try(struct attempts *attempts, const char *login, const char *address)
{
	int64_t wait_ms;
	bool ok = attempts_take(attempts, login, address, now, &wait_ms);
	assert_int_equal(ok, wait_ms == 0);
	return wait_ms;
}

/* An address that is new each time. */
static char *other_address(void *mem)
{
	static int last;
	return mem_printf(mem, "10.0.0.%d", ++last);
}

static void an_account_has_some_free_and_then_waits_longer_and_longer(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct attempts *attempts = attempts_create();
	for (int i = 0; i < ATTEMPTS_ACCOUNT; i++) {
		assert_int_equal(try(attempts, "ana", other_address(mem)), 0);
	}
	for (int64_t wait_ms = ATTEMPTS_FIRST_MS; wait_ms < ATTEMPTS_ACCOUNT_MOST_MS;
		wait_ms *= 2) {
		assert_int_equal(try(attempts, "ana", other_address(mem)), wait_ms);
		now += wait_ms - 1;
		assert_int_equal(try(attempts, "ana", other_address(mem)), 1);
		now++;
		assert_int_equal(try(attempts, "ana", other_address(mem)), 0);
	}
	for (int i = 0; i < 100; i++) {
		assert_int_equal(
			try(attempts, "ana", other_address(mem)), ATTEMPTS_ACCOUNT_MOST_MS);
		now += ATTEMPTS_ACCOUNT_MOST_MS;
		assert_int_equal(try(attempts, "ana", other_address(mem)), 0);
	}
	/* Nobody else waits for it. */
	assert_int_equal(try(attempts, "bruno", other_address(mem)), 0);
	now += ATTEMPTS_FORGOTTEN_MS;
	assert_int_equal(try(attempts, "ana", other_address(mem)), 0);
	assert_int_equal(try(attempts, "ana", other_address(mem)), 0);
	attempts_destroy(attempts);
	talloc_free(mem);
}

static void an_address_that_goes_from_account_to_account_waits(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct attempts *attempts = attempts_create();
	for (int i = 0; i < ATTEMPTS_ADDRESS; i++) {
		assert_int_equal(try(attempts, mem_printf(mem, "op%d", i), "10.9.9.9"), 0);
	}
	for (int i = 0; i < 100; i++) {
		assert_int_equal(try(attempts, "ana", "10.9.9.9"), ATTEMPTS_FIRST_MS);
	}
	/* What was turned away did not count against the account. */
	assert_int_equal(try(attempts, "ana", "10.9.9.8"), 0);
	attempts_destroy(attempts);
	talloc_free(mem);
}

static void who_gets_in_begins_anew(void **state)
{
	(void)state;
	struct attempts *attempts = attempts_create();
	for (int i = 0; i < 10 * ATTEMPTS_ADDRESS; i++) {
		assert_int_equal(try(attempts, "ana", "10.1.1.1"), 0);
		attempts_succeeded(attempts, "ana", "10.1.1.1");
	}
	attempts_destroy(attempts);
}

/* Names are an attacker's to invent. */
static void the_table_does_not_grow_and_the_recent_stay(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct attempts *attempts = attempts_create();
	for (int i = 0; i < ATTEMPTS_ACCOUNT; i++) {
		try(attempts, "ana", other_address(mem));
	}
	for (int i = 0; i < 1000; i++) {
		now++;
		try(attempts, mem_printf(mem, "inventado%d", i), mem_printf(mem, "172.16.0.%d", i));
	}
	assert_int_equal(try(attempts, "ana", other_address(mem)), 0 /* a second has passed */);
	assert_true(try(attempts, "ana", other_address(mem)) > 0);
	size_t blocks = talloc_total_blocks(attempts);
	for (int i = 0; i < 50000; i++) {
		try(attempts, mem_printf(mem, "x%d", i), mem_printf(mem, "y%d", i));
	}
	assert_int_equal(talloc_total_blocks(attempts), blocks);
	attempts_destroy(attempts);
	talloc_free(mem);
}

/* Whoever guesses at one account cannot have it forgotten by inventing others. */
static void who_was_guessed_at_is_not_forgotten_for_others(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct attempts *attempts = attempts_create();
	for (int i = 0; i < ATTEMPTS_ACCOUNT + 6; i++) {
		now += try(attempts, "ana", other_address(mem));
		try(attempts, "ana", other_address(mem));
	}
	for (int i = 0; i < 20000; i++) {
		try(attempts, mem_printf(mem, "inventado%d", i), mem_printf(mem, "172.16.0.%d", i));
	}
	assert_true(try(attempts, "ana", other_address(mem)) > ATTEMPTS_FIRST_MS);
	attempts_destroy(attempts);
	talloc_free(mem);
}

static void a_clock_that_was_put_right_keeps_nobody_out(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct attempts *attempts = attempts_create();
	now += 10 * (int64_t)ATTEMPTS_FORGOTTEN_MS; /* wrong by hours, until somebody sees it */
	for (int i = 0; i < ATTEMPTS_ACCOUNT; i++) {
		assert_int_equal(try(attempts, "ana", other_address(mem)), 0);
	}
	now -= 10 * (int64_t)ATTEMPTS_FORGOTTEN_MS;
	assert_int_equal(try(attempts, "ana", other_address(mem)), ATTEMPTS_FIRST_MS);
	now += ATTEMPTS_FIRST_MS;
	assert_int_equal(try(attempts, "ana", other_address(mem)), 0);
	attempts_destroy(attempts);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_has_some_free_and_then_waits_longer_and_longer),
		cmocka_unit_test(an_address_that_goes_from_account_to_account_waits),
		cmocka_unit_test(who_gets_in_begins_anew),
		cmocka_unit_test(the_table_does_not_grow_and_the_recent_stay),
		cmocka_unit_test(who_was_guessed_at_is_not_forgotten_for_others),
		cmocka_unit_test(a_clock_that_was_put_right_keeps_nobody_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
