#include "test.h"

#include "base/mem.h"
#include "daemon.h"
#include "support/proxy.h"

#include <string.h>

/*
 * Each fault at each step of a request, for each kind of verb: what the store says of it is true,
 * and the same verb again settles it.
 */
enum { STALL_MS = 20, TRIES_MAX = 3 };

struct bench {
	void *mem;
	struct daemon *daemon;
	struct proxy *proxy;
	struct store *store; /* of op0, over the proxy */
	struct uuid id;	     /* of the change of this case */
	int64_t generation;  /* of op0's claim of the second ticket */
	int64_t revision;    /* of the change, once it is acknowledged */
};

/* --- verbs --- */

static bool call_apply(struct bench *b, struct error *err)
{
	struct result result;
	struct change note = {.id = b->id,
		.kind = CHANGE_NOTE,
		.actor = store_actor(b->store),
		.ticket = FIRST_TICKET,
		.text = "Nota"};
	if (!store_apply(b->store, &note, 1, &result, err)) {
		return false;
	}
	*err = result.err;
	b->revision = result.revision;
	return result.ok;
}

static bool call_draft(struct bench *b, struct error *err)
{
	char text[] = "Um texto";
	struct draft draft = {.ticket = FIRST_TICKET + 1,
		.kind = DRAFT_REPLY,
		.generation = b->generation,
		.text = text};
	return store_draft_save(b->store, &draft, err);
}

static bool call_renew(struct bench *b, struct error *err)
{
	struct renewal renewal = {.ticket = FIRST_TICKET + 1, .generation = b->generation};
	return store_renew(b->store, &renewal, err);
}

static bool call_file(struct bench *b, struct error *err)
{
	char *key;
	return store_blob_put(b->store, b->mem, "conteúdo", 9, &key, err);
}

static bool call_queue(struct bench *b, struct error *err)
{
	struct queue_query query = {.limit = 10};
	struct queue_page page;
	return store_queue(b->store, b->mem, &query, &page, err);
}

static bool call_ticket(struct bench *b, struct error *err)
{
	struct ticket_view view;
	return store_ticket(b->store, b->mem, FIRST_TICKET, &view, err);
}

static bool call_counts(struct bench *b, struct error *err)
{
	struct counts counts;
	return store_counts(b->store, &counts, err);
}

static const struct verb {
	const char *name;
	bool (*call)(struct bench *b, struct error *err);
	bool is_change;
} verbs[] = {
	{"apply", call_apply, true},
	{"draft", call_draft, false},
	{"renew", call_renew, false},
	{"file", call_file, false},
	{"queue", call_queue, false},
	{"ticket", call_ticket, false},
	{"counts", call_counts, false},
};

/* --- faults --- */

/* What may be said of a broken line, and nothing else. Half a request is no request: INVALID. Half
 * an answer is none of this version (INVALID), of a change it is none. */
static void is_true(
	const struct verb *verb, const struct proxy_fault *fault, const struct error *err)
{
	enum error_code lost = verb->is_change ? ERROR_UNCERTAIN : ERROR_UNAVAILABLE;
	bool is_half = fault->kind == PROXY_TRUNCATE && err->code == ERROR_INVALID;
	if (err->code != lost && !is_half) {
		fail_msg("%s, fault %d at step %d: %s, %s", verb->name, fault->kind, fault->step,
			error_code_name(err->code), error_sentence(NULL, err, NULL));
	}
}

/* On a new connection, where libcurl sends nothing again by itself, or on one that is kept. */
static void try_fault(
	struct bench *b, const struct verb *verb, struct proxy_fault fault, bool is_kept)
{
	struct error err = {0};
	b->id = uuid_make(store_now(b->store));
	if (is_kept) {
		assert_true(call_counts(b, &err));
	} else {
		proxy_cut(b->proxy, true);
		proxy_cut(b->proxy, false);
	}
	int count = proxy_count(b->proxy);
	proxy_next(b->proxy, fault);
	int tries = 0;
	while (!verb->call(b, &err)) {
		is_true(verb, &fault, &err);
		assert_true(++tries < TRIES_MAX);
	}
	assert_int_equal(proxy_count(b->proxy), count + 1);
}

static void check_once(struct bench *b, const struct uuid *id)
{
	size_t count;
	struct logged *log = daemon_log(b->daemon, NULL, &count);
	int64_t revision = 0;
	assert_int_equal(daemon_logged(log, count, id, &revision), 1);
	assert_int_equal(revision, b->revision);
	talloc_free(log);
}

static void a_verb_is_settled_by_itself(void **state)
{
	struct bench *b = *state;
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		for (int kind = 0; kind < PROXY_KINDS; kind++) {
			for (int step = 0; step < PROXY_STEPS; step++) {
				struct proxy_fault fault = {kind, step, STALL_MS};
				try_fault(b, &verbs[i], fault, step % 2);
				if (verbs[i].is_change) {
					check_once(b, &b->id);
				}
			}
		}
	}
}

static void a_feed_goes_on_where_it_was(void **state)
{
	struct bench *b = *state;
	struct feed feed;
	struct error err = {0};
	assert_true(store_feed(b->store, b->mem, -1, 0, &feed, &err));
	int64_t since = feed.revision;
	for (int step = 0; step < PROXY_STEPS; step++) {
		b->id = uuid_make(store_now(b->store));
		assert_true(call_apply(b, &err));
		proxy_cut(b->proxy, true);
		proxy_cut(b->proxy, false);
		proxy_next(b->proxy, (struct proxy_fault){PROXY_CUT, step, 0});
		feed.count = 0;
		while (feed.count == 0) {
			if (!store_feed(b->store, b->mem, since, 10000, &feed, &err)) {
				assert_int_equal(err.code, ERROR_UNAVAILABLE);
				feed.count = 0;
			}
		}
		assert_int_equal(feed.count, 1);
		assert_true(uuid_equal(&feed.items[0].id, &b->id));
		since = feed.revision;
	}
}

static void a_cut_line_leaves_nothing_uncertain_but_changes(void **state)
{
	struct bench *b = *state;
	proxy_cut(b->proxy, true);
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		struct error err = {0};
		b->id = uuid_make(store_now(b->store));
		assert_false(verbs[i].call(b, &err));
		assert_true(err.code == ERROR_UNAVAILABLE ||
			    (verbs[i].is_change && err.code == ERROR_UNCERTAIN));
	}
	proxy_cut(b->proxy, false);
	struct error err = {0};
	assert_true(call_counts(b, &err));
}

static void where_nobody_listens_nothing_was_sent(void **state)
{
	struct bench *b = *state;
	struct error err = {0};
	struct store *through = b->store;
	b->store = daemon_open(b->daemon->location, 0);
	daemon_stop(b->daemon);
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		b->id = uuid_make(store_now(b->store));
		assert_false(verbs[i].call(b, &err));
		assert_int_equal(err.code, ERROR_UNAVAILABLE);
		assert_string_equal(err.reason, "refused");
	}
	daemon_start(b->daemon);
	assert_true(call_apply(b, &err));
	check_once(b, &b->id);
	store_close(b->store);
	b->store = through;
}

static int setup(void **state)
{
	struct bench *b = mem_new(NULL, struct bench);
	b->mem = mem_context(b);
	b->daemon = daemon_create(b, 1, 2);
	daemon_start(b->daemon);
	b->proxy = proxy_start(desk_path(b->daemon->desk, "line"), b->daemon->location);
	b->store = daemon_open(proxy_location(b->proxy), 0);
	struct change claim = {.id = uuid_make(store_now(b->store)),
		.kind = CHANGE_CLAIM,
		.actor = store_actor(b->store),
		.ticket = FIRST_TICKET + 1};
	struct result result;
	struct error err = {0};
	assert_true(store_apply(b->store, &claim, 1, &result, &err));
	b->generation = result.generation;
	*state = b;
	return result.ok ? 0 : -1;
}

static int teardown(void **state)
{
	struct bench *b = *state;
	store_close(b->store);
	daemon_stop(b->daemon);
	proxy_stop(b->proxy);
	daemon_check(b->daemon);
	talloc_free(b);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_verb_is_settled_by_itself, setup, teardown),
		cmocka_unit_test_setup_teardown(a_feed_goes_on_where_it_was, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_cut_line_leaves_nothing_uncertain_but_changes, setup, teardown),
		cmocka_unit_test_setup_teardown(
			where_nobody_listens_nothing_was_sent, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
