#include "test.h"

#include "base/mailbox.h"
#include "base/mem.h"

#include <poll.h>
#include <pthread.h>

enum { SENDERS = 4, LETTERS = 5000 };

static int *letter_of(int number)
{
	int *letter = mem_new(NULL, int);
	*letter = number;
	return letter;
}

static bool is_readable(const struct mailbox *box)
{
	struct pollfd fd = {.fd = mailbox_fd(box), .events = POLLIN};
	return poll(&fd, 1, 0) == 1;
}

static void letters_come_in_order(void **state)
{
	(void)state;
	struct mailbox *box = mailbox_create();
	assert_null(mailbox_take(box));
	for (int i = 0; i < 3; i++) {
		mailbox_post(box, letter_of(i));
	}
	for (int i = 0; i < 3; i++) {
		int *letter = mailbox_take(box);
		assert_int_equal(*letter, i);
		talloc_free(letter);
	}
	assert_null(mailbox_take(box));
	mailbox_destroy(box);
	mailbox_destroy(NULL);
}

static void fd_is_readable_while_there_are_letters(void **state)
{
	(void)state;
	struct mailbox *box = mailbox_create();
	assert_false(is_readable(box));
	mailbox_post(box, letter_of(1));
	mailbox_post(box, letter_of(2));
	assert_true(is_readable(box));
	talloc_free(mailbox_take(box));
	assert_true(is_readable(box));
	talloc_free(mailbox_take(box));
	assert_false(is_readable(box));
	mailbox_destroy(box);
}

static void what_was_not_taken_is_freed(void **state)
{
	(void)state;
	struct mailbox *box = mailbox_create();
	mailbox_post(box, letter_of(1)); /* the leak sanitizer looks after it */
	mailbox_destroy(box);
}

static void *send_many(void *data)
{
	struct mailbox *box = data;
	for (int i = 0; i < LETTERS; i++) {
		mailbox_post(box, letter_of(i));
	}
	return NULL;
}

static void *wait_for_one(void *data)
{
	return mailbox_wait(data);
}

static void many_senders_lose_nothing(void **state)
{
	(void)state;
	struct mailbox *box = mailbox_create();
	pthread_t senders[SENDERS];
	for (size_t i = 0; i < SENDERS; i++) {
		assert_int_equal(pthread_create(&senders[i], NULL, send_many, box), 0);
	}
	int64_t sum = 0;
	for (int i = 0; i < SENDERS * LETTERS; i++) {
		int *letter = mailbox_wait(box);
		sum += *letter;
		talloc_free(letter);
	}
	for (size_t i = 0; i < SENDERS; i++) {
		pthread_join(senders[i], NULL);
	}
	assert_int_equal(sum, (int64_t)SENDERS * LETTERS * (LETTERS - 1) / 2);
	assert_null(mailbox_take(box));
	mailbox_destroy(box);
}

static void closing_wakes_who_waits(void **state)
{
	(void)state;
	struct mailbox *box = mailbox_create();
	pthread_t waiting;
	assert_int_equal(pthread_create(&waiting, NULL, wait_for_one, box), 0);
	mailbox_close(box);
	void *letter = box;
	pthread_join(waiting, &letter);
	assert_null(letter);
	mailbox_destroy(box);
}

static void letters_posted_before_the_close_arrive(void **state)
{
	(void)state;
	struct mailbox *box = mailbox_create();
	mailbox_post(box, letter_of(7));
	mailbox_close(box);
	int *letter = mailbox_wait(box);
	assert_int_equal(*letter, 7);
	talloc_free(letter);
	assert_null(mailbox_wait(box));
	mailbox_destroy(box);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_come_in_order),
		cmocka_unit_test(fd_is_readable_while_there_are_letters),
		cmocka_unit_test(what_was_not_taken_is_freed),
		cmocka_unit_test(many_senders_lose_nothing),
		cmocka_unit_test(closing_wakes_who_waits),
		cmocka_unit_test(letters_posted_before_the_close_arrive),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
