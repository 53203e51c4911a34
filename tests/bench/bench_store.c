#include "figure.h"

#include "base/mem.h"
#include "core/change.h"
#include "core/query.h"
#include "store/drivers.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * bench_store DESK LABEL OPERATOR: what the verbs of a desk cost, beside bare one-row commits on
 * the same disk. Writes into the desk (claims, releases, replies): give it a copy.
 */

enum { ROUNDS = 400, WRITES = 500 };

struct bench {
	struct store *store;
	const char *label;
	const char *path;
	struct queue_page page; /* of free tickets */
	void *mem;
	unsigned seed;
};

static void die(const char *what, const struct error *err)
{
	char *text = error_sentence(NULL, err, NULL);
	fprintf(stderr, "bench_store: %s: %s\n", what, text);
	exit(1);
}

static const struct store_driver *const drivers[] = {&store_sqlite};

static void open_desk(struct bench *bench, const char *login)
{
	struct error err = {0};
	struct store_options options = {0};
	if (!store_open(bench->mem, bench->path, drivers, ARRAY_LEN(drivers), &options,
		    &bench->store, &err) ||
		!store_act_as(bench->store, login, &err)) {
		die(bench->path, &err);
	}
}

/* --- baseline --- */

struct bare {
	sqlite3 *db;
	sqlite3_stmt *update;
	char *path;
	int count;
};

static void bare_open(const struct bench *bench, struct bare *bare)
{
	*bare = (struct bare){.path = mem_printf(bench->mem, "%s.bare", bench->path)};
	unlink(bare->path);
	sqlite3_open(bare->path, &bare->db);
	sqlite3_exec(bare->db,
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		"CREATE TABLE t(id INTEGER PRIMARY KEY, n BIGINT);"
		"WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i<10000)"
		" INSERT INTO t SELECT i, 0 FROM c;",
		NULL, NULL, NULL);
	sqlite3_prepare_v2(bare->db, "UPDATE t SET n=n+1 WHERE id=?1", -1, &bare->update, NULL);
}

static void bare_commit(struct bare *bare, struct figure *figure)
{
	double start = bench_now_us();
	sqlite3_bind_int(bare->update, 1, 1 + bare->count++ * 7919 % 10000);
	sqlite3_step(bare->update);
	sqlite3_reset(bare->update);
	figure_add(figure, bench_now_us() - start);
}

static void bare_close(const struct bench *bench, struct bare *bare)
{
	sqlite3_finalize(bare->update);
	sqlite3_close(bare->db);
	unlink(bare->path);
	unlink(mem_printf(bench->mem, "%s-wal", bare->path));
	unlink(mem_printf(bench->mem, "%s-shm", bare->path));
}

/* --- reads --- */

static void read_queue(struct bench *bench, const char *what, enum queue_list list,
	enum queue_order order, bool second_page)
{
	struct figure figure;
	struct error err = {0};
	figure_init(&figure, what, bench->label, "us");
	struct queue_query query = {.list = list, .order = order, .limit = 50};
	for (int i = 0; i < ROUNDS; i++) {
		void *mem = mem_context(bench->mem);
		struct queue_page page;
		double start = bench_now_us();
		if (!store_queue(bench->store, mem, &query, &page, &err)) {
			die(what, &err);
		}
		figure_add(&figure, bench_now_us() - start);
		if (second_page && page.count && !query.has_after) {
			const struct ticket *last = &page.rows[page.count - 1].ticket;
			query.after = (struct queue_key){.due_at = last->due_at,
				.waiting_since = last->waiting_since,
				.number = last->number,
				.priority = (int)last->priority};
			query.has_after = true;
			figure.count = 0;
		}
		talloc_free(mem);
	}
	figure_print(&figure);
}

static void read_counts(struct bench *bench)
{
	struct figure figure;
	struct error err = {0};
	struct counts counts;
	figure_init(&figure, "counts", bench->label, "us");
	for (int i = 0; i < ROUNDS; i++) {
		double start = bench_now_us();
		if (!store_counts(bench->store, &counts, &err)) {
			die("counts", &err);
		}
		figure_add(&figure, bench_now_us() - start);
	}
	figure_print(&figure);
}

static int64_t pick(struct bench *bench)
{
	bench->seed = bench->seed * 1103515245U + 12345U;
	return bench->page.rows[(bench->seed >> 8) % bench->page.count].ticket.number;
}

static void read_tickets(struct bench *bench)
{
	struct figure ticket, customer;
	struct error err = {0};
	figure_init(&ticket, "open a ticket", bench->label, "us");
	figure_init(&customer, "customer history", bench->label, "us");
	for (int i = 0; i < ROUNDS; i++) {
		void *mem = mem_context(bench->mem);
		struct ticket_view view;
		struct customer_view history;
		double start = bench_now_us();
		if (!store_ticket(bench->store, mem, pick(bench), &view, &err)) {
			die("ticket", &err);
		}
		double middle = bench_now_us();
		if (!store_customer(bench->store, mem, view.customer.customer.id, &history, &err)) {
			die("customer", &err);
		}
		figure_add(&ticket, middle - start);
		figure_add(&customer, bench_now_us() - middle);
		talloc_free(mem);
	}
	figure_print(&ticket);
	figure_print(&customer);
}

static void search(struct bench *bench, const char *what, const char *text)
{
	struct figure figure;
	struct error err = {0};
	char *name = mem_printf(bench->mem, "search, %s", what);
	figure_init(&figure, name, bench->label, "us");
	for (int i = 0; i < 40; i++) {
		void *mem = mem_context(bench->mem);
		struct search_query query = {.text = text, .limit = 50};
		struct search_page page;
		double start = bench_now_us();
		if (!store_search(bench->store, mem, &query, &page, &err)) {
			die(what, &err);
		}
		if (i > 0) { /* warm */
			figure_add(&figure, bench_now_us() - start);
		}
		talloc_free(mem);
	}
	figure_print(&figure);
}

/* --- writes --- */

static struct result apply(struct bench *bench, struct change *change, struct figure *figure)
{
	struct error err = {0};
	struct result result = {0};
	change->id = uuid_make(store_now(bench->store));
	change->actor = store_actor(bench->store);
	double start = bench_now_us();
	if (!store_apply(bench->store, change, 1, &result, &err)) {
		die("apply", &err);
	}
	if (figure) {
		figure_add(figure, bench_now_us() - start);
	}
	if (!result.ok) {
		die("refused", &result.err);
	}
	return result;
}

/* One bare commit, one claim, one release in turn: what the disk does meanwhile hits all alike. */
static void claim_and_release(struct bench *bench)
{
	struct figure floor, claim, release;
	struct bare bare;
	figure_init(&floor, "bare one-row commit", bench->label, "us");
	figure_init(&claim, "claim", bench->label, "us");
	figure_init(&release, "release", bench->label, "us");
	bare_open(bench, &bare);
	for (int i = 0; i < WRITES; i++) {
		int64_t number = pick(bench);
		bare_commit(&bare, &floor);
		struct change change = {.kind = CHANGE_CLAIM, .ticket = number};
		apply(bench, &change, &claim);
		change = (struct change){.kind = CHANGE_RELEASE, .ticket = number};
		apply(bench, &change, &release);
	}
	bare_close(bench, &bare);
	figure_print(&floor);
	figure_print(&claim);
	figure_print(&release);
}

static void reply(struct bench *bench)
{
	struct figure figure;
	figure_init(&figure, "reply", bench->label, "us");
	for (size_t i = 0; i < bench->page.count; i++) {
		const struct ticket *ticket = &bench->page.rows[i].ticket;
		struct change change = {.kind = CHANGE_CLAIM, .ticket = ticket->number};
		struct result claimed = apply(bench, &change, NULL);
		change = (struct change){.kind = CHANGE_REPLY,
			.ticket = ticket->number,
			.text = "Bom dia, o pedido segue hoje e chega até sexta.",
			.outcome = OUTCOME_WAIT,
			.seen = ticket->newest_public,
			.generation = claimed.generation};
		apply(bench, &change, &figure);
	}
	figure_print(&figure);
}

static void load_free(struct bench *bench, size_t limit)
{
	struct error err = {0};
	struct queue_query query = {.list = LIST_FREE, .order = ORDER_DUE, .limit = limit};
	if (!store_queue(bench->store, bench->mem, &query, &bench->page, &err)) {
		die("queue", &err);
	}
	if (bench->page.count == 0) {
		fprintf(stderr, "bench_store: no free tickets\n");
		exit(1);
	}
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: bench_store DESK LABEL OPERATOR [NAME=WORDS …]\n");
		return 2;
	}
	struct bench bench = {.path = argv[1], .label = argv[2], .mem = mem_context(NULL)};
	open_desk(&bench, argv[3]);
	load_free(&bench, 30);
	read_queue(&bench, "queue, first page", LIST_QUEUE, ORDER_DUE, false);
	read_queue(&bench, "queue, second page", LIST_QUEUE, ORDER_DUE, true);
	read_queue(&bench, "queue by waiting", LIST_QUEUE, ORDER_WAITING, false);
	read_queue(&bench, "queue, free", LIST_FREE, ORDER_DUE, false);
	read_counts(&bench);
	read_tickets(&bench);
	for (int i = 4; i < argc; i++) {
		char *words = strchr(argv[i], '=');
		if (words) {
			*words = '\0';
			search(&bench, argv[i], words + 1);
		}
	}
	claim_and_release(&bench);
	reply(&bench);
	store_close(bench.store);
	talloc_free(bench.mem);
	return 0;
}
