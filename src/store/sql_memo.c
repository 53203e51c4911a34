#include "store/apply.h"

#include "base/mem.h"
#include "store/shape.h"
#include "store/statement.h"
#include "store/writes.h"

/* Memos: a row each, and one for everybody whose it is. */

/* --- what changes write --- */

static bool add_reader(struct work *work, int64_t operator_id, int64_t read_at)
{
	struct sql_query *query = sql_query(work->sql, MEMO_READER_INSERT);
	sql_bind_int(query, 1, operator_id);
	sql_bind_int(query, 2, work->decision.memo.id);
	sql_bind_int(query, 3, read_at);
	return sql_run(query, work->err);
}

bool write_memo(struct work *work)
{
	const struct decision *decision = &work->decision;
	struct sql_query *query = sql_query(work->sql, MEMO_INSERT);
	shape_bind(&memo_shape, query, 1, &decision->memo);
	bool ok = sql_run(query, work->err) &&
		  (!decision->memo.author ||
			  add_reader(work, decision->memo.author, decision->memo.at));
	for (size_t i = 0; ok && i < decision->reader_count; i++) {
		ok = add_reader(work, decision->readers[i], 0);
	}
	return ok;
}

bool write_memo_read(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, MEMO_READ);
	sql_bind_int(query, 1, work->change.actor);
	sql_bind_int(query, 2, work->change.seen);
	sql_bind_int(query, 3, work->facts.now);
	return sql_run(query, work->err);
}

/* --- reading --- */

enum { MEMOS_USUAL = 50, MEMOS_MAX = 200, MEMOS_OF_TICKET = 100 };

/* The query's rows, of which the last column tells whether it is unread. */
static bool read_memos(struct sql_query *query, const void *mem, size_t limit,
	struct memo_list *list, struct error *err)
{
	bool has_row, ok;
	list->items = mem_array(mem, struct memo, (unsigned)limit);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		if (list->count == limit) {
			list->has_more = true;
			break;
		}
		struct memo *memo = &list->items[list->count++];
		int after = shape_read(&memo_shape, query, list->items, 0, memo);
		memo->is_unread = sql_int(query, after) != 0;
	}
	sql_done(query);
	return ok;
}

static bool veil(struct desk *desk, struct memo *memo, struct error *err)
{
	bool sees;
	bool ok = desk_sees_number(desk, memo->ticket, &sees, err);
	memo->ticket = sees ? memo->ticket : 0;
	return ok;
}

static bool list_memos(struct desk *desk, const void *mem, const struct memo_query *asked,
	struct memo_list *list, struct error *err)
{
	int64_t actor = desk->store.actor;
	size_t limit = !asked->limit		  ? MEMOS_USUAL
		       : asked->limit < MEMOS_MAX ? asked->limit
						  : MEMOS_MAX;
	struct sql_query *query = sql_query(desk->sql, actor ? READ_MEMOS : READ_MEMOS_ALL);
	sql_bind_int(query, 1, actor);
	sql_bind_int(query, 2, asked->before ? asked->before : INT64_MAX);
	sql_bind_int(query, 3, (int64_t)limit + 1);
	bool ok = read_memos(query, mem, limit, list, err);
	for (size_t i = 0; ok && i < list->count; i++) {
		ok = veil(desk, &list->items[i], err);
	}
	query = sql_query(desk->sql, READ_MEMOS_UNREAD);
	sql_bind_int(query, 1, actor);
	return sql_number(query, &list->unread, ok ? err : NULL) && ok;
}

bool desk_memos(struct store *store, const void *mem, const struct memo_query *query,
	struct memo_list *list, struct error *err)
{
	struct desk *desk = desk_of(store);
	bool ok = desk_read_begin(desk, err) && list_memos(desk, mem, query, list, err);
	desk_read_end(desk);
	return ok;
}

bool desk_memos_of(struct desk *desk, const void *mem, int64_t ticket, struct memo **memos,
	size_t *count, struct error *err)
{
	struct memo_list list = {0};
	struct sql_query *query = sql_query(desk->sql, READ_MEMOS_OF_TICKET);
	sql_bind_int(query, 1, ticket);
	sql_bind_int(query, 2, desk->store.actor);
	sql_bind_int(query, 3, MEMOS_OF_TICKET);
	bool ok = read_memos(query, mem, MEMOS_OF_TICKET, &list, err);
	for (size_t i = 0, last = list.count; i + 1 < last; i++) {
		struct memo memo = list.items[i];
		list.items[i] = list.items[--last];
		list.items[last] = memo;
	}
	*memos = list.items;
	*count = list.count;
	return ok;
}
