#include "hearer.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <sched.h>

/*
 * What comes true by the clock alone the server tells when it does: nobody writes anything here
 * once the time has passed.
 */

static void is_told(struct hearer *hearer, const char *kind, int64_t ticket)
{
	struct told told = hearer_must(hearer, "change");
	int64_t number;
	assert_string_equal(json_text(json_get(told.json, "kind")), kind);
	assert_true(json_int(json_get(told.json, "ticket"), &number));
	assert_int_equal(number, ticket);
}

static struct hearer *hear(struct service *s)
{
	struct hearer *hearer = hearer_open(s, NULL, "", "");
	hearer_must(hearer, "heartbeat");
	return hearer;
}

static void snooze(struct service *s, int64_t number, int64_t ms)
{
	fixture_do(s->f, "ana",
		(struct change){
			.kind = CHANGE_SNOOZE, .ticket = number, .until_at = s->f->now + ms});
}

static void a_snooze_that_ends_is_told(void **state)
{
	struct service *s = *state;
	int64_t late = fixture_ticket(s->f, "joana@exemplo.com", "entrega");
	int64_t soon = fixture_ticket(s->f, "joao@exemplo.com", "entrega");
	snooze(s, late, 2 * MS_HOUR);
	snooze(s, soon, MS_HOUR);
	struct hearer *hearer = hear(s);
	service_pass(s, MS_HOUR);
	is_told(hearer, "wake", soon);
	service_pass(s, MS_HOUR);
	is_told(hearer, "wake", late);
}

static void a_claim_that_expires_is_told(void **state)
{
	struct service *s = *state;
	int64_t number = fixture_ticket(s->f, "joana@exemplo.com", "entrega");
	fixture_claim(s->f, "ana", number);
	struct hearer *hearer = hear(s);
	service_pass(s, MS_HOUR);
	is_told(hearer, "expire", number);
}

static void a_wait_that_ends_is_told(void **state)
{
	struct service *s = *state;
	int64_t number = fixture_ticket(s->f, "joana@exemplo.com", "entrega");
	fixture_do(s->f, "ana", (struct change){.kind = CHANGE_WAIT, .ticket = number});
	struct hearer *hearer = hear(s);
	service_pass(s, 6 * (int64_t)MS_DAY);
	is_told(hearer, "auto_resolve", number);
}

/* More than one transaction takes; and nobody reads the feed meanwhile. */
static void all_of_it_is_entered(void **state)
{
	enum { TICKETS = 120 };
	struct service *s = *state;
	for (int i = 0; i < TICKETS; i++) {
		snooze(s, fixture_ticket(s->f, mem_printf(s, "c%d@exemplo.com", i), ""), MS_HOUR);
	}
	int64_t before = fixture_feed(s->f, NULL, -1).revision;
	service_pass(s, MS_HOUR);
	while (fixture_feed(s->f, NULL, -1).revision < before + TICKETS) {
		sched_yield();
	}
	struct feed feed = fixture_feed(s->f, NULL, before);
	for (size_t i = 0; i < feed.count; i++) {
		assert_int_equal(feed.items[i].kind, CHANGE_WAKE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_service(a_snooze_that_ends_is_told),
		with_service(a_claim_that_expires_is_told),
		with_service(a_wait_that_ends_is_told),
		with_service(all_of_it_is_entered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
