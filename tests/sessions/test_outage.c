#include "place.h"

#include "test.h"

#include "base/clock.h"
#include "base/mem.h"
#include "server/daemon.h"
#include "support/proxy.h"

#include <stdio.h>
#include <string.h>

/*
 * The line is cut in the middle of four replies, for longer than a claim lives. Two are sent when
 * it has just been cut, two are written through it and sent afterwards; of each kind one finds its
 * ticket free, one finds it with a colleague. Whatever happens, each goes out once in the end.
 * With --long the claims are those of a new desk and the line is gone for ten minutes.
 */

enum { LONG_CUT_MS = 10 * MS_MINUTE, TYPING_MS = 20 * MS_SECOND };

static bool is_long;

struct writer {
	const char *login, *number, *address, *keys, *text;
	bool is_early, is_taken;
	struct session *session;
};

struct outage {
	struct place *place;
	struct daemon daemon;
	struct proxy *proxy;
	const char *const *more; /* of the consoles' environment */
	struct writer writers[4];
};

static const struct writer writers[] = {
	{"ana", "1001", "maria@example.com", "r", "Please return it, we pay.", true, false, NULL},
	{"bruno", "1002", "joao@example.com", "jr", "It arrives on Monday.", true, true, NULL},
	{"carla", "1003", "lina@example.com", "jjr", "A blue one goes out today.", false, false,
		NULL},
	{"dora", "1004", "nina@example.com", "jjjr", "The lid was forgotten.", false, true, NULL},
};

static void fill(const struct desk *desk)
{
	if (!is_long) {
		desk_do(desk, "davi", NULL, "setting", "set", "claim", "20s", NULL);
	}
	desk_do(desk, "davi", NULL, "operator", "set", "carla", NULL);
	desk_do(desk, "davi", NULL, "operator", "set", "dora", NULL);
	desk_do(desk, "davi", NULL, "new", "--channel", "email", "--customer", "nina@example.com",
		"--subject", "No lid", "-m", "The lid is missing.", NULL);
}

static int begin(void **state)
{
	struct outage *outage = mem_new(NULL, struct outage);
	void *place;
	if (place_setup(&place) != 0) {
		return -1;
	}
	outage->place = place;
	struct desk *desk = outage->place->desk;
	fill(desk);
	outage->daemon.desk = desk;
	outage->daemon.location = mem_printf(outage, "unix:%s", desk_path(desk, "server"));
	daemon_start(&outage->daemon);
	outage->proxy = proxy_start(desk_path(desk, "line"), outage->daemon.location);
	const char **more = mem_array(outage, const char *, 2);
	more[0] = mem_printf(outage, "ATENDE_DESK=%s", proxy_location(outage->proxy));
	outage->more = more;
	memcpy(outage->writers, writers, sizeof writers);
	*state = outage;
	return 0;
}

static int end(void **state)
{
	struct outage *outage = *state;
	void *place = outage->place;
	session_group_destroy(outage->place->group);
	outage->place->group = NULL;
	proxy_stop(outage->proxy);
	daemon_stop(&outage->daemon);
	daemon_check(&outage->daemon);
	place_teardown(&place);
	talloc_free(outage);
	return 0;
}

/* --- what is on the desk --- */

static const char *show(const struct outage *outage, const struct writer *writer)
{
	return desk_do(outage->place->desk, "davi", NULL, "show", writer->number, "--json", NULL);
}

static int times_sent(const struct outage *outage, const struct writer *writer)
{
	const char *messages = strstr(show(outage, writer), "\"messages\":");
	assert_non_null(messages);
	const char *end = strstr(messages, "\"drafts\":");
	assert_non_null(end);
	int times = 0;
	for (const char *at = messages; (at = strstr(at, writer->text)) && at < end; at++) {
		times++;
	}
	return times;
}

struct look {
	const struct outage *outage;
	const struct writer *writer;
};

static bool is_free(struct session *session, void *data)
{
	const struct look *look = data;
	(void)session;
	return !strstr(show(look->outage, look->writer), "\"claimed_by\":\"");
}

static bool is_sent(struct session *session, void *data)
{
	const struct look *look = data;
	(void)session;
	return times_sent(look->outage, look->writer) > 0;
}

/* --- the parts of the story --- */

static void begin_reply(struct outage *outage, struct writer *writer)
{
	char *half = mem_strndup(outage, writer->text, strlen(writer->text) / 2);
	writer->session = place_open(outage->place, writer->login, outage->more);
	terminal_may_ring(session_terminal(writer->session));
	session_wait_for(writer->session, "No lid");
	session_wait_for(writer->session, "online");
	session_send(writer->session, writer->keys);
	session_wait_for(writer->session, mem_printf(outage, "REPLY to %s", writer->address));
	session_wait_for(writer->session, "with you");
	session_send(writer->session, half);
	session_wait_for(writer->session, half);
}

static void write_on(struct outage *outage)
{
	for (size_t i = 0; i < ARRAY_LEN(outage->writers); i++) {
		struct writer *writer = &outage->writers[i];
		session_send(writer->session, writer->text + strlen(writer->text) / 2);
		session_wait_for(writer->session, writer->text);
		if (writer->is_early) {
			session_send(writer->session, SESSION_KEY_ESC);
		}
	}
}

static void send_early(struct outage *outage)
{
	for (size_t i = 0; i < ARRAY_LEN(outage->writers); i++) {
		if (outage->writers[i].is_early) {
			place_wait_review(outage->writers[i].session);
			session_send(outage->writers[i].session, "y");
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(outage->writers); i++) {
		if (outage->writers[i].is_early) {
			session_wait_for(outage->writers[i].session, "1 to send");
		}
	}
}

static bool is_due(struct session *session, void *data)
{
	(void)session;
	return clock_monotonic() >= *(int64_t *)data;
}

/* Those that are still being written get a word now and then. */
static void wait_until(struct outage *outage, int64_t due)
{
	while (clock_monotonic() < due) {
		int64_t now = clock_monotonic();
		int64_t next = due - now < TYPING_MS ? due : now + TYPING_MS;
		session_wait(outage->writers[0].session, is_due, &next, "the time to pass");
		for (size_t i = 0; i < ARRAY_LEN(outage->writers); i++) {
			struct writer *writer = &outage->writers[i];
			if (!writer->is_early) {
				session_send(writer->session, " x" SESSION_KEY_BACKSPACE);
				session_send(writer->session, SESSION_KEY_BACKSPACE);
				session_wait_for(writer->session, writer->text);
			}
		}
	}
}

/* The claims run out; a colleague takes two of the tickets. */
static void lose_claims(struct outage *outage)
{
	if (is_long) {
		wait_until(outage, clock_monotonic() + LONG_CUT_MS);
	}
	for (size_t i = 0; i < ARRAY_LEN(outage->writers); i++) {
		struct writer *writer = &outage->writers[i];
		struct look look = {outage, writer};
		session_wait(writer->session, is_free, &look, "a claim that ran out");
		if (writer->is_taken) {
			desk_do(outage->place->desk, "davi", NULL, "claim", writer->number, NULL);
		}
	}
}

static void send(struct outage *outage, struct writer *writer)
{
	struct look look = {outage, writer};
	place_review(writer->session, "y");
	session_wait(writer->session, is_sent, &look, "the reply on the desk");
}

static void claim_again(const struct writer *writer, const char *keys)
{
	session_send(writer->session, keys);
	session_wait_gone(writer->session, "Ctrl-X c");
	session_wait_for(writer->session, "with you");
	session_wait_for(writer->session, writer->text);
}

static bool is_let_go(struct session *session, void *data)
{
	(void)data;
	return !place_has_row(session, "Late parcel", "davi");
}

/* The colleague lets it go; its author claims again, and finds every word. */
static void send_again(struct outage *outage, struct writer *writer, const char *keys)
{
	assert_int_equal(times_sent(outage, writer), 0);
	desk_do(outage->place->desk, "davi", NULL, "release", writer->number, NULL);
	session_wait(writer->session, is_let_go, NULL, "a ticket that is free again");
	claim_again(writer, keys);
	send(outage, writer);
}

/* Sent in time, and nobody claimed meanwhile: good. */
static void early_and_free(struct outage *outage, struct writer *writer)
{
	struct look look = {outage, writer};
	session_wait(writer->session, is_sent, &look, "the reply on the desk");
	session_wait_gone(writer->session, "to send");
}

/* Refused, with the reason; the text is a draft again. */
static void early_and_taken(struct outage *outage, struct writer *writer)
{
	session_wait_for(writer->session, "1 text came back");
	session_send(writer->session, "go");
	session_wait_for(writer->session, "your claim on ticket 1002 is over");
	session_send(writer->session, "gq");
	session_wait_for(writer->session, "Late parcel");
	send_again(outage, writer, "r");
}

static void late_and_free(struct outage *outage, struct writer *writer)
{
	session_wait_for(writer->session, "your text is kept (Ctrl-X c claims again)");
	claim_again(writer, "\030c");
	send(outage, writer);
}

static void late_and_taken(struct outage *outage, struct writer *writer)
{
	session_wait_for(writer->session, "davi took 1004; your text is kept");
	session_wait_for(writer->session, writer->text);
	send_again(outage, writer, "\030c");
}

static void (*const ends[])(struct outage *outage, struct writer *writer) = {
	early_and_free,
	early_and_taken,
	late_and_free,
	late_and_taken,
};

static void the_line_is_gone_longer_than_the_claims(void **state)
{
	struct outage *outage = *state;
	for (size_t i = 0; i < ARRAY_LEN(outage->writers); i++) {
		begin_reply(outage, &outage->writers[i]);
	}
	proxy_cut(outage->proxy, true);
	write_on(outage);
	send_early(outage);
	lose_claims(outage);
	for (size_t i = 0; i < ARRAY_LEN(outage->writers); i++) {
		assert_int_equal(times_sent(outage, &outage->writers[i]), 0);
	}
	proxy_cut(outage->proxy, false);
	for (size_t i = 0; i < ARRAY_LEN(outage->writers); i++) {
		ends[i](outage, &outage->writers[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(outage->writers); i++) {
		assert_int_equal(times_sent(outage, &outage->writers[i]), 1);
	}
}

int main(int argc, char **argv)
{
	is_long = argc > 1 && strcmp(argv[1], "--long") == 0;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_line_is_gone_longer_than_the_claims, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
