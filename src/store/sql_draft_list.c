#include "store/writes.h"

#include "base/mem.h"
#include "core/permission.h"
#include "store/shape.h"
#include "store/statement.h"

#include <stdlib.h>

/* The unfinished texts that an operator may go on with. */

static bool add_all(
	struct draft_list *list, const void *mem, struct sql_query *query, struct error *err)
{
	bool has_row;
	bool ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		list->drafts = mem_grow(mem, list->drafts, struct draft, (unsigned)list->count + 1);
		shape_read(&draft_shape, query, mem, 0, &list->drafts[list->count++]);
	}
	sql_done(query);
	return ok;
}

static bool add_files(
	struct desk *desk, const void *mem, struct draft_list *list, struct error *err)
{
	for (size_t i = 0; i < list->count; i++) {
		struct draft *draft = &list->drafts[i];
		if (!desk_draft_attachments(desk->sql, mem, draft->id, &draft->attachments, err)) {
			return false;
		}
	}
	return true;
}

static struct sql_query *query_two(struct desk *desk, int statement, int64_t a, int64_t b)
{
	struct sql_query *query = sql_query(desk->sql, statement);
	sql_bind_int(query, 1, a);
	sql_bind_int(query, 2, b);
	return query;
}

static int newest_first(const void *a, const void *b)
{
	const struct draft *x = a, *y = b;
	if (x->updated_at != y->updated_at) {
		return x->updated_at < y->updated_at ? 1 : -1;
	}
	return x->ticket < y->ticket ? 1 : x->ticket > y->ticket ? -1 : 0;
}

static bool is_listed(const struct draft_list *list, size_t own, const struct draft *draft)
{
	for (size_t i = 0; i < own; i++) {
		const struct draft *other = &list->drafts[i];
		if (other->ticket == draft->ticket && other->operator_id == draft->operator_id &&
			other->kind == draft->kind) {
			return true;
		}
	}
	return false;
}

static void drop_repeated(struct draft_list *list)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++) {
		if (!is_listed(list, kept, &list->drafts[i])) {
			list->drafts[kept++] = list->drafts[i];
		}
	}
	list->count = kept;
}

static bool list_alive(
	struct desk *desk, const void *mem, struct draft_list *list, struct error *err)
{
	const struct operator_ *actor = desk_actor(desk);
	int64_t now = store_now(&desk->store);
	if (!add_all(list, mem, query_two(desk, DRAFTS_OF_OPERATOR, desk->store.actor, 0), err) ||
		!add_all(list, mem, query_two(desk, DRAFTS_ON_HELD, desk->store.actor, now), err)) {
		return false;
	}
	for (size_t i = 0; i < desk->directory->operator_count; i++) {
		const struct operator_ *author = &desk->directory->operators[i];
		bool sees =
			!actor || (author->id != actor->id && permission_supervises(actor, author));
		if (sees && !add_all(list, mem, query_two(desk, DRAFTS_OF_OPERATOR, author->id, 0),
				    err)) {
			return false;
		}
	}
	drop_repeated(list);
	return true;
}

bool desk_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err)
{
	struct desk *desk = desk_of(store);
	*list = (struct draft_list){.drafts = mem_array(mem, struct draft, 0)};
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	int64_t oldest = store_now(store) - desk->directory->settings.bin_ms;
	bool ok =
		bin ? add_all(list, mem, query_two(desk, DRAFTS_IN_BIN, store->actor, oldest), err)
		    : list_alive(desk, mem, list, err);
	ok = ok && add_files(desk, mem, list, err);
	desk_read_end(desk);
	if (!bin && list->count > 1) {
		qsort(list->drafts, list->count, sizeof *list->drafts, newest_first);
	}
	return ok;
}
