#include "conformance.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "fault_vfs.h"
#include "store/drivers.h"
#include "test.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * The disk or the power fails at every write and every sync of a morning's work in turn (with
 * --long; at some of them without). What was acknowledged is there afterwards, what was not is
 * there whole or not at all, and doing it again with the same ids does it once.
 */

static const char *const text = "O pedido segue hoje.";

enum { STEPS = 5, QUICK_STRIDE = 6 };

/* From one write or sync to the next that fails; 1 with --long. */
static int64_t stride = QUICK_STRIDE;

/* The same ids at each try. */
struct morning {
	struct fixture *f;
	char *file;
	int64_t now;
	int64_t first, second;
	struct change changes[STEPS];
	bool is_told[STEPS];
};

static int64_t morning_now(void *data)
{
	return *(int64_t *)data;
}

static bool open_desk(struct morning *m, const char *login, struct store **store)
{
	const struct store_driver *drivers[] = {&store_sqlite};
	struct store_options options = {.clock = {morning_now, &m->now}};
	struct error err = {0};
	if (!store_open(NULL, m->file, drivers, 1, &options, store, &err)) {
		return false;
	}
	if (login && !store_act_as(*store, login, &err)) {
		store_close(*store);
		return false;
	}
	return true;
}

static void plan(struct morning *m)
{
	int64_t ana = fixture_id(m->f, "ana");
	m->changes[0] = (struct change){.kind = CHANGE_CLAIM, .ticket = m->first};
	m->changes[1] = fixture_reply(m->first, text, OUTCOME_WAIT);
	m->changes[2] = (struct change){.kind = CHANGE_NOTE,
		.ticket = m->second,
		.text = "@bruno: ver com a transportadora"};
	m->changes[3] =
		(struct change){.kind = CHANGE_MERGE, .ticket = m->second, .other = m->first};
	m->changes[4] = (struct change){.kind = CHANGE_SIGN_OUT};
	for (size_t i = 0; i < STEPS; i++) {
		m->changes[i].id = uuid_make(m->now);
		m->changes[i].actor = ana;
	}
}

static void draft(struct morning *m, struct store *store)
{
	struct error err = {0};
	struct draft draft = {
		.ticket = m->first, .kind = DRAFT_REPLY, .text = mem_strdup(m->f, "O pedido")};
	store_draft_save(store, &draft, &err); /* may be lost: it does not wait for the disk */
}

/* As far as it goes. A failed change is tried again once: the next write may go through. */
static void work(struct morning *m)
{
	struct store *store;
	if (!open_desk(m, "ana", &store)) {
		return;
	}
	for (size_t i = 0; i < STEPS; i++) {
		struct result result;
		struct error err = {0};
		draft(m, store);
		bool ok = store_apply(store, &m->changes[i], 1, &result, &err);
		if (!ok) {
			assert_true(err.code == ERROR_INTERNAL || err.code == ERROR_UNCERTAIN);
			assert_false(result.ok);
			ok = store_apply(store, &m->changes[i], 1, &result, &err);
		}
		if (!ok) {
			break;
		}
		if (!result.ok) {
			fail_msg("step %d: %s", (int)i, result.err.reason);
		}
		m->is_told[i] = true;
	}
	store_close(store);
}

/* --- a fresh copy for each try --- */

static char *path_of(struct morning *m, const char *suffix)
{
	return mem_printf(m->f, "%s%s", m->file, suffix);
}

static void copy_desk(struct morning *m, const char *from)
{
	char *bytes;
	size_t size;
	struct error err = {0};
	unlink(path_of(m, "-wal"));
	unlink(path_of(m, "-shm"));
	assert_true(file_read(m->f, from, SIZE_MAX / 2, &bytes, &size, &err));
	FILE *file = fopen(m->file, "w");
	assert_true(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
	talloc_free(bytes);
	memset(m->is_told, 0, sizeof m->is_told);
}

static void begin(struct morning *m, struct fixture *f)
{
	m->f = f;
	m->now = f->now;
	m->file = mem_printf(f, "%s/manha.db", f->dir);
	m->first = fixture_ticket(f, "joao@exemplo.com", "entrega");
	m->second = fixture_ticket(f, "joao@exemplo.com", "entrega");
	plan(m);
	fixture_rest(f); /* the last to leave empties the log into the file */
}

/* --- afterwards --- */

static void check_whole(struct morning *m, struct store *store)
{
	struct findings findings;
	struct error err = {0};
	assert_true(store_check(store, m->f, NULL, NULL, &findings, &err));
	for (size_t i = 0; i < findings.count; i++) {
		if (findings.items[i].is_error) {
			fail_msg("%s", findings.items[i].text);
		}
	}
}

static bool is_logged(struct morning *m, struct store *store, const struct uuid *id)
{
	struct feed feed;
	struct error err = {0};
	assert_true(store_feed(store, m->f, 0, 0, &feed, &err));
	for (size_t i = 0; i < feed.count; i++) {
		if (uuid_equal(&feed.items[i].id, id)) {
			return true;
		}
	}
	return false;
}

static void check_promises(struct morning *m, struct store *store)
{
	for (size_t i = 0; i < STEPS; i++) {
		if (m->is_told[i] && !is_logged(m, store, &m->changes[i].id)) {
			fail_msg("step %d was told and is lost", (int)i);
		}
	}
}

/* All of it once more: each change is there once. */
static void check_end(struct morning *m)
{
	struct store *store;
	struct ticket_view view;
	struct error err = {0};
	work(m);
	assert_true(open_desk(m, NULL, &store));
	check_whole(m, store);
	check_promises(m, store);
	assert_true(m->is_told[STEPS - 1]);
	assert_true(store_ticket(store, m->f, m->first, &view, &err));
	assert_int_equal(view.message_count, 3);
	assert_int_equal(view.note_count, 1);
	store_close(store);
}

static void try_once(struct morning *m, const char *base, enum fault fault, int64_t at)
{
	copy_desk(m, base);
	fault_set(fault, at, (uint64_t)at);
	work(m);
	if (fault == FAULT_POWER) {
		fault_settle();
		unlink(path_of(m, "-shm")); /* memory */
	}
	fault_set(FAULT_NONE, 0, 0);
	struct store *store;
	assert_true(open_desk(m, NULL, &store));
	check_whole(m, store);
	check_promises(m, store);
	store_close(store);
	check_end(m);
}

static void try_all(struct fixture *f, enum fault fault)
{
	struct morning m = {0};
	begin(&m, f);
	char *base = mem_printf(f, "%s/desk.db", f->dir);
	copy_desk(&m, base);
	fault_set(FAULT_NONE, 0, 0);
	work(&m);
	int64_t total = fault_count();
	assert_true(fault_log_writes() > STEPS);
	check_end(&m);
	for (int64_t at = 1 + (int64_t)fault % stride; at <= total; at += stride) {
		try_once(&m, base, fault, at);
	}
	fixture_wake(f);
}

static void a_full_disk_loses_nothing(void **state)
{
	try_all(*state, FAULT_FULL);
}

static void a_failing_disk_loses_nothing(void **state)
{
	try_all(*state, FAULT_ERROR);
}

static void a_power_failure_loses_nothing_that_was_told(void **state)
{
	try_all(*state, FAULT_POWER);
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--long") == 0) {
		stride = 1;
	}
	fault_install();
	const struct CMUnitTest tests[] = {
		with_fixture(a_full_disk_loses_nothing),
		with_fixture(a_failing_disk_loses_nothing),
		with_fixture(a_power_failure_loses_nothing_that_was_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
