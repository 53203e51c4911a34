#include "walk.h"

#include "base/mem.h"
#include "httpd/route.h"
#include "test.h"

#include <string.h>

/*
 * Every route by everybody: who gets an answer, and that no byte of a ticket that he may not see is
 * in any. The routes come from the server's own table: one that nobody wrote down here fails.
 */

/* --- every route --- */

/*
 * What each of enum who is answered: Y yes, S yes and it has the mark, U 401, R 403, H 404 (as if
 * it were not there), C 409, B 400.
 */
struct step {
	const char *method, *route; /* as in the table of the server */
	const char *path, *body;    /* what is asked; NULL: the route, no body */
	const char *answers;	    /* nobody, reads, writes, carla, lia, ana, eva, desk */
};

static const struct step steps[] = {
	{"GET", "/healthz", NULL, NULL, "YYYYYYYY"},
	{"GET", "/readyz", NULL, NULL, "YYYYYYYY"},
	{"GET", "/metrics", NULL, NULL, "URRRYRYY"},
	{"GET", "/v1/directory", NULL, NULL, "UYRYYYYY"},
	{"GET", "/v1/counts", NULL, NULL, "UYRYYYYY"},
	{"GET", "/v1/outbox", NULL, NULL, "UYRYYSYY"},
	{"GET", "/v1/loads", NULL, NULL, "UYRYYYYY"},
	{"GET", "/v1/tickets", NULL, NULL, "UYRYYSSS"},
	{"GET", "/v1/tickets", "/v1/tickets?filter=" MARK, NULL, "UYRYYSSS"},
	{"GET", "/v1/tickets", "/v1/tickets?list=mine", NULL, "UYRYYSYY"},
	{"GET", "/v1/tickets", "/v1/tickets?list=overdue", NULL, "UYRYYYYY"},
	{"GET", "/v1/tickets", "/v1/tickets?list=answered", NULL, "UYRYYSYY"},
	{"GET", "/v1/tickets", "/v1/tickets?list=mentions", NULL, "UYRYYYYY"},
	{"GET", "/v1/tickets", "/v1/tickets?team=entrega", NULL, "UYRYYSSS"},
	{"GET", "/v1/rows", "/v1/rows?numbers=$n", NULL, "UYRYYSSS"},
	{"GET", "/v1/next", NULL, NULL, "UYRYYYYY"},
	{"GET", "/v1/tickets/{number}", "/v1/tickets/$n", NULL, "UHRHHSSS"},
	{"GET", "/v1/tickets/{number}/log", "/v1/tickets/$n/log", NULL, "UHRHHSSS"},
	{"GET", "/v1/log", NULL, NULL, "UYRYYSSS"},
	{"GET", "/v1/search", "/v1/search?q=" MARK, NULL, "UYRYYSSS"},
	{"GET", "/v1/search", "/v1/search?q=joana", NULL, "UYRYYSSS"},
	{"GET", "/v1/customers", "/v1/customers?address=joana@example.com", NULL, "UYRYYYYY"},
	{"GET", "/v1/customers/{id}", "/v1/customers/$c", NULL, "UYRYYSSS"},
	{"GET", "/v1/refs", "/v1/refs?ticket=ref-" MARK, NULL, "UYRYYYYY"},
	{"GET", "/v1/feed", "/v1/feed?since=0", NULL, "UYRYYSSS"},
	{"POST", "/v1/sign-in", NULL, "{\"login\":\"carla\",\"password\":\"x\"}", "RRRRRLLL"},
	{"GET", "/v1/me", NULL, NULL, "UYYYYYYY"},
	{"GET", "/v1/tokens", NULL, NULL, "URRYYYYY"},
	{"POST", "/v1/tokens", NULL, "{\"name\":\"x\",\"operator\":\"carla\"}", "URRYRRYY"},
	{"DELETE", "/v1/tokens/{id}", "/v1/tokens/999999", NULL, "URRHHHHH"},
	{"PUT", "/v1/operators/{login}/password", "/v1/operators/bruno/password",
		"{\"password\":\"uma senha boa\"}", "URRRRRYY"},
	{"GET", "/v1/drafts", NULL, NULL, "UYRYYSSS"},
	{"GET", "/v1/drafts", "/v1/drafts?bin=yes", NULL, "UYRYYYYY"},
	{"PUT", "/v1/tickets/{number}/drafts/{kind}", "/v1/tickets/$n/drafts/reply",
		"{\"text\":\"oi\"}", "URHHHYYY"},
	{"DELETE", "/v1/tickets/{number}/drafts/{kind}", "/v1/tickets/$n/drafts/reply", NULL,
		"URYYYYYY"},
	{"POST", "/v1/tickets/{number}/drafts/{kind}/restore", "/v1/tickets/$n/drafts/call/restore",
		NULL, "URHHHHHH"},
	{"POST", "/v1/tickets/{number}/drafts/{kind}/adopt", "/v1/tickets/$n/drafts/note/adopt",
		"{\"author\":\"ana\"}", "URHHHHYH"},
	{"GET", "/v1/mirror", NULL, NULL, "UYRYYYYY"},
	{"GET", "/v1/mirror", "/v1/mirror?part=open", NULL, "UYRYYSSS"},
	{"GET", "/v1/mirror", "/v1/mirror?part=snoozed", NULL, "UYRYYYYY"},
	{"GET", "/v1/mirror", "/v1/mirror?part=mine", NULL, "UYRYYYSY"},
	{"GET", "/v1/mirror", "/v1/mirror?part=claims", NULL, "UYRYYYYY"},
	{"GET", "/v1/mirror", "/v1/mirror?part=directory", NULL, "UYRYYYYY"},
	{"GET", "/v1/mirror", "/v1/mirror?part=tickets&numbers=$n", NULL, "UYRYYSSS"},
	{"POST", "/v1/changes", NULL, "[{\"kind\":\"note\",\"ticket\":$n,\"text\":\"oi\"}]",
		"URYYYYYY"},
	{"POST", "/v1/files", NULL, "x", "URYYYYYY"},
	{"GET", "/v1/tickets/{number}/files/{key}", "/v1/tickets/$n/files/$b", NULL, "UHRHHSSS"},
	{"POST", "/v1/renewals", NULL, "{\"ticket\":$n,\"generation\":1}", "URCCCCCC"},
	{"PUT", "/v1/presence", NULL, "{\"terminal\":\"t\",\"ticket\":$n,\"doing\":\"reading\"}",
		"URHHHYYH"},
	{"GET", "/v1/presence", NULL, NULL, "UYRYYYYY"},
	{"GET", "/v1/presence", "/v1/presence?ticket=$n", NULL, "UYRYYYYY"},
	{"GET", "/v1/memos", NULL, NULL, "UYRYYYYY"},
	{"GET", "/v1/backup", NULL, NULL, "URRRRRSS"},
	{"GET", "/v1/check", NULL, NULL, "UYRYYYYY"},
	{"GET", "/v1/records", NULL, NULL, "URRRRRSS"},
	{"POST", "/v1/restore", NULL, "{\"do\":\"end\",\"commit\":false}", "URRRRRCC"},
	{"POST", "/v1/restore/records", NULL, "{}", "URRRRRCC"},
	/* The last: it ends the sessions that ask. */
	{"POST", "/v1/sign-out", NULL, NULL, "UYYYYYYY"},
};

static char letter_of(const struct reply *answer)
{
	switch (answer->status) {
	case 200:
		return walk_has_mark(answer) ? 'S' : 'Y';
	case 204:
		return 'Y';
	case 400:
		return 'B';
	case 401:
		return 'U';
	case 403:
		return 'R';
	case 404:
		return 'H';
	case 409:
		return 'C';
	case 429:
		return 'L';
	default:
		return '?';
	}
}

static void everybody_is_answered_what_is_his(void **state)
{
	struct walk *w = *state;
	int wrong = 0;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		const struct step *step = &steps[i];
		char got[PEOPLE + 1] = "";
		for (int who = 0; who < PEOPLE; who++) {
			struct reply answer = walk_ask(w, (enum who)who, step->method,
				walk_fill(w, step->path ? step->path : step->route),
				walk_fill(w, step->body));
			got[who] = letter_of(&answer);
			if (!walk_sees((enum who)who) && walk_has_mark(&answer)) {
				print_error("%s %s tells %d what he may not see\n", step->method,
					step->path ? step->path : step->route, who);
				wrong++;
			}
		}
		if (strcmp(got, step->answers) != 0) {
			print_error("%s %s: %s, not %s\n", step->method,
				step->path ? step->path : step->route, got, step->answers);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

static void every_route_is_walked(void **state)
{
	(void)state;
	for (size_t r = 0; r < route_count; r++) {
		bool found = false;
		for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
			found = found || (strcmp(steps[i].method, routes[r].method) == 0 &&
						 strcmp(steps[i].route, routes[r].path) == 0);
		}
		if (!found) {
			fail_msg("who may %s %s? Say so in steps (tests/http/test_walk.c)",
				routes[r].method, routes[r].path);
		}
	}
}

/* --- where a colleague is --- */

static void a_colleague_is_on_no_ticket_that_one_may_not_see(void **state)
{
	struct walk *w = *state;
	char *path = walk_fill(w, "/v1/presence?ticket=$n"), *number = walk_fill(w, "$n");
	struct reply answer = walk_ask(w, ANA, "PUT", "/v1/presence",
		walk_fill(w, "{\"terminal\":\"t\",\"ticket\":$n,\"doing\":\"reading\"}"));
	assert_int_equal(answer.status, 204);
	for (int who = READS; who < PEOPLE; who++) {
		answer = walk_ask(w, (enum who)who, "GET", "/v1/presence", NULL);
		assert_int_equal(strstr(answer.body, number) != NULL, walk_sees((enum who)who));
		answer = walk_ask(w, (enum who)who, "GET", path, NULL);
		assert_int_equal(
			reply_count(&answer, "presences"), walk_sees((enum who)who) ? 1 : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_is_walked),
		with_walk(everybody_is_answered_what_is_his),
		with_walk(a_colleague_is_on_no_ticket_that_one_may_not_see),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
