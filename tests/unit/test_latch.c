#include "test.h"

#include "atende/latch.h"

#include <pthread.h>

enum { LONG_MS = 600000, WAITING = 3 };

static void it_opens_once_and_stays(void **state)
{
	struct latch latch;
	(void)state;
	latch_init(&latch);
	assert_false(latch_is_open(&latch));
	assert_false(latch_wait(&latch, 1));
	latch_open(&latch);
	latch_open(&latch);
	assert_true(latch_is_open(&latch));
	assert_true(latch_wait(&latch, LONG_MS));
	latch_finish(&latch);
}

static void *await(void *data)
{
	return latch_wait(data, LONG_MS) ? data : NULL;
}

static void all_that_wait_are_woken(void **state)
{
	struct latch latch;
	pthread_t threads[WAITING];
	(void)state;
	latch_init(&latch);
	for (int i = 0; i < WAITING; i++) {
		assert_int_equal(pthread_create(&threads[i], NULL, await, &latch), 0);
	}
	latch_open(&latch);
	for (int i = 0; i < WAITING; i++) {
		void *woken;
		assert_int_equal(pthread_join(threads[i], &woken), 0);
		assert_ptr_equal(woken, &latch);
	}
	latch_finish(&latch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_opens_once_and_stays),
		cmocka_unit_test(all_that_wait_are_woken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
