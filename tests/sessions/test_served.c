#include "place.h"

#include "test.h"

#include "base/mem.h"
#include "server/daemon.h"
#include "support/proxy.h"

#include <signal.h>
#include <string.h>

/* A console before a desk behind the real server, on a line that comes and goes. */

struct served {
	struct place *place;
	struct daemon daemon;
	struct proxy *proxy;
	const char *const *more; /* of the console's environment */
};

static int begin(void **state)
{
	struct served *served = mem_new(NULL, struct served);
	void *place;
	if (place_setup(&place) != 0) {
		return -1;
	}
	served->place = place;
	const struct desk *desk = served->place->desk;
	served->daemon.desk = served->place->desk;
	served->daemon.location = mem_printf(served, "unix:%s", desk_path(desk, "server"));
	daemon_start(&served->daemon);
	served->proxy = proxy_start(desk_path(desk, "line"), served->daemon.location);
	const char **more = mem_array(served, const char *, 2);
	more[0] = mem_printf(served, "ATENDE_DESK=%s", proxy_location(served->proxy));
	served->more = more;
	*state = served;
	return 0;
}

static int end(void **state)
{
	struct served *served = *state;
	void *place = served->place;
	session_group_destroy(served->place->group);
	served->place->group = NULL;
	proxy_stop(served->proxy);
	if (served->daemon.pid) {
		daemon_stop(&served->daemon);
	}
	daemon_check(&served->daemon);
	place_teardown(&place);
	talloc_free(served);
	return 0;
}

static struct session *open(struct served *served)
{
	struct session *ana = place_open(served->place, "ana", served->more);
	session_wait_for(ana, "online");
	return ana;
}

/* How often the text stands in the ticket at the desk. */
static int times_sent(const struct served *served, const char *text)
{
	const char *all =
		desk_do(served->place->desk, "davi", NULL, "show", "1001", "--json", NULL);
	int times = 0;
	for (const char *at = all; (at = strstr(at, text)); at++) {
		times++;
	}
	return times;
}

static void the_line_is_cut_in_the_middle_of_a_reply(void **state)
{
	struct served *served = *state;
	struct session *ana = open(served);
	place_write(ana, "Please return it");
	proxy_cut(served->proxy, true);
	session_send(ana, ", we pay.");
	session_wait_for(ana, "Please return it, we pay.");
	place_review(ana, "y");
	session_wait_for(ana, "the reply is kept and sent later");
	session_wait_for(ana, "1 to send");
	assert_int_equal(times_sent(served, "we pay."), 0);
	proxy_cut(served->proxy, false);
	session_wait_gone(ana, "to send");
	session_wait_for(ana, "online");
	assert_int_equal(times_sent(served, "we pay."), 1);
}

/* Neither the console nor the server lives to see it go out. */
static void what_waits_outlives_both(void **state)
{
	struct served *served = *state;
	struct session *ana = open(served);
	place_write(ana, "Please return it.");
	daemon_kill(&served->daemon);
	place_review(ana, "y");
	session_wait_for(ana, "the reply is kept and sent later");
	session_signal(ana, SIGKILL);
	session_wait_end(ana);
	ana = place_open(served->place, "ana", served->more);
	session_wait_for(ana, "1 to send");
	session_send(ana, "go");
	session_wait_for(ana, "Please return it.");
	daemon_start(&served->daemon);
	session_wait_gone(ana, "to send");
	assert_int_equal(times_sent(served, "Please return it."), 1);
}

/* What was being asked when the line went says so on the status line, until it was seen. */
static bool tells_of_the_cut(struct session *session, void *data)
{
	bool *was_seen = data;
	struct terminal *terminal = session_terminal(session);
	if (!*was_seen && terminal_shows(terminal, " ! ")) {
		session_send(session, "k");
		*was_seen = true;
	}
	return terminal_shows(terminal, "reconnecting");
}

static void a_claim_needs_the_server_and_says_so(void **state)
{
	struct served *served = *state;
	struct session *ana = open(served);
	bool was_seen = false;
	proxy_cut(served->proxy, true);
	session_wait(ana, tells_of_the_cut, &was_seen, "reconnecting");
	session_send(ana, "c");
	session_wait_for(ana, "cannot be done without it");
	proxy_cut(served->proxy, false);
	session_send(ana, "j"); /* the error was seen, and covers the status line no longer */
	session_wait_for(ana, "online");
	session_send(ana, "c");
	session_wait_for(ana, "with you");
}

/* A slow line does not slow the hand: what is moved to and read is here. */
static void a_colleague_is_seen_over_a_slow_line(void **state)
{
	struct served *served = *state;
	proxy_delay(served->proxy, 100);
	struct session *ana = open(served);
	desk_do(served->place->desk, "bruno", NULL, "claim", "1001", NULL);
	session_wait_for(ana, "bruno");
	session_send(ana, "\r");
	session_wait_for(ana, "It does not boil.");
	session_wait_for(ana, "with bruno");
}

static void read_all(struct session *ana)
{
	static const char *const texts[] = {"It does not boil.", "Where is it?", "I wanted blue."};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		session_send(ana, i == 0 ? SESSION_KEY_ENTER : "J");
		session_wait_for(ana, texts[i]);
	}
	session_send(ana, "qkk");
	session_wait_for(ana, "Late parcel");
}

static bool is_holding(struct session *session, void *data)
{
	(void)session;
	return proxy_is_holding(data);
}

/* Neither does one that says nothing at all, while presence is told and asked on it. */
static void what_was_read_waits_for_no_answer(void **state)
{
	enum { FOR_EVER_MS = 60 * 60 * 1000 };
	struct served *served = *state;
	struct session *ana = open(served);
	read_all(ana);
	proxy_delay(served->proxy, FOR_EVER_MS);
	session_send(ana, SESSION_KEY_ENTER);
	session_wait(ana, is_holding, served->proxy, "presence that gets no answer");
	session_send(ana, "q");
	read_all(ana);
	assert_false(terminal_shows(session_terminal(ana), "reconnecting"));
	assert_false(terminal_shows(session_terminal(ana), "no connection"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_line_is_cut_in_the_middle_of_a_reply, begin, end),
		cmocka_unit_test_setup_teardown(what_waits_outlives_both, begin, end),
		cmocka_unit_test_setup_teardown(a_claim_needs_the_server_and_says_so, begin, end),
		cmocka_unit_test_setup_teardown(a_colleague_is_seen_over_a_slow_line, begin, end),
		cmocka_unit_test_setup_teardown(what_was_read_waits_for_no_answer, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
