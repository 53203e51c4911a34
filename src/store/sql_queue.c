#include "store/reads.h"

#include "base/mem.h"
#include "store/row.h"
#include "store/statement.h"
#include "store/stream.h"

/* Lists: keys merged from the streams of the teams, then row by row what is to be shown. */

enum { LIMIT_DEFAULT = 50, LIMIT_MAX = 1000, SCAN_MAX = 5000 };

struct walk {
	struct desk *desk;
	const void *mem;
	void *scratch;
	struct scope scope;
	const struct queue_query *query;
	const struct list *list;
	int64_t actor;
	size_t limit;
	struct merge merge;
	struct queue_page *page;
	size_t room;
};

/* --- what belongs into a list, by the row as it counts now --- */

static bool is_open(const struct walk *walk, const struct ticket_row *row)
{
	return ticket_is_open(&row->ticket, walk->scope.now);
}

static bool is_mine(const struct walk *walk, const struct ticket_row *row)
{
	return is_open(walk, row) &&
	       (row->claim.operator_id == walk->actor ||
		       ticket_assignee(&row->ticket, walk->scope.now) == walk->actor);
}

static bool is_free(const struct walk *walk, const struct ticket_row *row)
{
	return is_open(walk, row) && row->claim.operator_id == 0 && row->covered_by == 0;
}

static bool is_mine_and_free(const struct walk *walk, const struct ticket_row *row)
{
	return is_mine(walk, row) && is_free(walk, row);
}

static bool is_overdue(const struct walk *walk, const struct ticket_row *row)
{
	return is_open(walk, row) && row->ticket.due_at <= walk->scope.now;
}

static bool is_waiting(const struct walk *walk, const struct ticket_row *row)
{
	(void)walk;
	return row->ticket.state == TICKET_WAITING;
}

static bool is_snoozed(const struct walk *walk, const struct ticket_row *row)
{
	(void)walk;
	return row->ticket.state == TICKET_SNOOZED;
}

static bool is_any(const struct walk *walk, const struct ticket_row *row)
{
	(void)walk;
	(void)row;
	return true;
}

/* --- where the keys come from --- */

/* Where to go on; without such a place, before the first key there can be. */
static struct queue_key place_of(const struct queue_query *query)
{
	static const struct queue_key last = {
		INT64_MAX, INT64_MAX, INT64_MAX, INT32_MAX, INT64_MAX};
	static const struct queue_key first = {
		INT64_MIN, INT64_MIN, INT64_MIN, INT32_MIN, INT64_MIN};
	return query->has_after ? query->after : query->backwards ? last : first;
}

/* As place_of, for what is sorted by a number, newest first. */
static int64_t newest_place(const struct queue_query *query, int64_t value)
{
	return query->has_after ? value : query->backwards ? INT64_MIN : INT64_MAX;
}

static bool add_scope_keys(
	struct walk *walk, const struct scope_key *from, size_t count, struct error *err)
{
	struct queue_key *keys = mem_array(walk->scratch, struct queue_key, count + 1);
	for (size_t i = 0; i < count; i++) {
		keys[i] = from[i].key;
	}
	return merge_add_keys(&walk->merge, keys, count,
		walk->query->has_after ? &walk->query->after : NULL, err);
}

static bool add_team(struct walk *walk, enum ticket_state state, int64_t team, struct error *err)
{
	const struct queue_query *query = walk->query;
	struct queue_key place = place_of(query);
	bool overdue = query->list == LIST_OVERDUE;
	if (overdue && query->order == ORDER_DUE && place.due_at > walk->scope.now) {
		/* The way back begins at the end of what is overdue, not of all that is open. */
		place = (struct queue_key){
			walk->scope.now, INT64_MAX, INT64_MAX, INT32_MAX, INT64_MAX};
	}
	struct sql_query *list = sql_query(walk->desk->sql,
		READ_LIST_DUE + 2 * (int)query->order + (query->backwards ? 1 : 0));
	sql_bind_int(list, 1, (int64_t)state);
	sql_bind_int(list, 2, team);
	sql_bind_int(list, 3, overdue ? walk->scope.now : INT64_MAX);
	if (query->order == ORDER_DUE || query->order == ORDER_PRIORITY) {
		sql_bind_int(list, 4, place.due_at);
		sql_bind_int(list, 5, place.priority);
	}
	if (query->order == ORDER_NEWEST) {
		place.number = newest_place(query, place.number);
	} else {
		sql_bind_int(list, 6, place.waiting_since);
	}
	sql_bind_int(list, 7, place.number);
	return merge_add_query(&walk->merge, list, err);
}

static bool is_wanted_team(const struct walk *walk, int64_t team)
{
	int64_t wanted = walk->query->team;
	return wanted == 0 || team == (wanted == TEAM_NONE ? 0 : wanted);
}

static bool begin_state(struct walk *walk, enum ticket_state state, struct error *err)
{
	const struct scope *scope = &walk->scope;
	struct scope_key *beside;
	size_t count;
	merge_init(&walk->merge, walk->scratch, (int)walk->query->order, walk->query->backwards,
		scope->team_count + 2);
	for (size_t i = 0; i < scope->team_count; i++) {
		if (is_wanted_team(walk, scope->teams[i]) &&
			!add_team(walk, state, scope->teams[i], err)) {
			return false;
		}
	}
	return scope_beside(walk->desk, walk->scratch, scope, state, &beside, &count, err) &&
	       add_scope_keys(walk, beside, count, err);
}

static bool begin_open(struct walk *walk, struct error *err)
{
	struct scope_key *due;
	size_t count;
	return begin_state(walk, TICKET_OPEN, err) &&
	       scope_due(walk->desk, walk->scratch, &walk->scope, &due, &count, err) &&
	       add_scope_keys(walk, due, count, err);
}

/* Of those whom one operator answers there are few, however many others are put off: all of them,
 * instead of looking for them among the others. */
static bool begin_state_of(struct walk *walk, enum ticket_state state, struct error *err)
{
	int64_t assignee = filter_assignee(walk->query->filter, walk->actor);
	struct scope_key *keys;
	size_t count;
	if (!assignee) {
		return begin_state(walk, state, err);
	}
	merge_init(&walk->merge, walk->scratch, (int)walk->query->order, walk->query->backwards, 1);
	return scope_assigned(walk->desk, walk->scratch, assignee, state, &keys, &count, err) &&
	       add_scope_keys(walk, keys, count, err);
}

static bool begin_waiting(struct walk *walk, struct error *err)
{
	return begin_state_of(walk, TICKET_WAITING, err);
}

static bool begin_snoozed(struct walk *walk, struct error *err)
{
	return begin_state_of(walk, TICKET_SNOOZED, err);
}

static bool begin_mine(struct walk *walk, struct error *err)
{
	struct scope_key *mine;
	size_t count;
	merge_init(&walk->merge, walk->scratch, (int)walk->query->order, walk->query->backwards, 1);
	return scope_mine(walk->desk, walk->scratch, &walk->scope, &mine, &count, err) &&
	       add_scope_keys(walk, mine, count, err);
}

/* A list of what happened to texts, newest first: one statement, the way back beside it. */
static bool add_texts(struct walk *walk, int statement, struct error *err)
{
	const struct queue_query *query = walk->query;
	struct sql_query *list = sql_query(walk->desk->sql, statement + (query->backwards ? 1 : 0));
	sql_bind_int(list, 1, walk->actor);
	sql_bind_int(list, 2, newest_place(query, query->after.text));
	return merge_add_query(&walk->merge, list, err);
}

static bool begin_answered(struct walk *walk, struct error *err)
{
	merge_init(&walk->merge, walk->scratch, STREAM_TEXT, walk->query->backwards, 1);
	return add_texts(walk, READ_ANSWERED, err);
}

static bool begin_mentions(struct walk *walk, struct error *err)
{
	struct scope_key *asked;
	size_t count;
	merge_init(&walk->merge, walk->scratch, STREAM_TEXT, walk->query->backwards, 2);
	return add_texts(walk, READ_MENTIONED, err) &&
	       scope_asked(walk->desk, walk->scratch, &walk->scope, &asked, &count, err) &&
	       add_scope_keys(walk, asked, count, err);
}

static bool begin_discarded(struct walk *walk, struct error *err)
{
	const struct queue_query *query = walk->query;
	merge_init(&walk->merge, walk->scratch, ORDER_NEWEST, query->backwards, 1);
	struct sql_query *list =
		sql_query(walk->desk->sql, READ_DISCARDED + (query->backwards ? 1 : 0));
	sql_bind_int(list, 1, newest_place(query, query->after.number));
	return merge_add_query(&walk->merge, list, err);
}

/* The lists of enum queue_list, and those that only `next` asks for. */
enum { LIST_NEXT_MINE = QUEUE_LISTS, LISTS };

static const struct list {
	bool (*begin)(struct walk *walk, struct error *err);
	bool (*accepts)(const struct walk *walk, const struct ticket_row *row);
	bool is_actors; /* nobody's list without an actor */
} lists[LISTS] = {
	[LIST_QUEUE] = {begin_open, is_open, false},
	[LIST_MINE] = {begin_mine, is_mine, true},
	[LIST_FREE] = {begin_open, is_free, false},
	[LIST_OVERDUE] = {begin_open, is_overdue, false},
	[LIST_WAITING] = {begin_waiting, is_waiting, false},
	[LIST_SNOOZED] = {begin_snoozed, is_snoozed, false},
	[LIST_ANSWERED] = {begin_answered, is_any, true},
	[LIST_MENTIONS] = {begin_mentions, is_any, true},
	[LIST_DISCARDED] = {begin_discarded, is_any, false},
	[LIST_NEXT_MINE] = {begin_mine, is_mine_and_free, true},
};

/* --- the walk --- */

static bool accepts(const struct walk *walk, const struct ticket_row *row)
{
	const struct filter *filter = walk->query->filter;
	struct filter_row filtered = row_filtered(row);
	return is_wanted_team(walk, row->ticket.team) && walk->list->accepts(walk, row) &&
	       (!filter || filter_matches(filter, &filtered, walk->actor, walk->scope.now));
}

static struct ticket_row *new_row(struct walk *walk)
{
	struct queue_page *page = walk->page;
	if (page->count == walk->room) {
		walk->room = walk->room ? 2 * walk->room : 64;
		page->rows = mem_grow(walk->mem, page->rows, struct ticket_row, walk->room);
	}
	return &page->rows[page->count];
}

/* The row of one key, kept when it belongs into the page. */
static bool take_key(struct walk *walk, const struct queue_key *key, struct error *err)
{
	struct ticket_row *row = new_row(walk);
	void *strings = mem_context(walk->page->rows);
	bool sees;
	if (!row_load(walk->desk, strings, &walk->scope, key->number, row, &sees, err)) {
		return false;
	}
	walk->page->scanned++;
	row->key.text = key->text;
	if (!sees || !accepts(walk, row)) {
		talloc_free(strings);
		return true;
	}
	walk->page->count++;
	return true;
}

/* One row more than asked for tells whether there is more. */
static bool fill_page(struct walk *walk, struct error *err)
{
	struct queue_page *page = walk->page;
	bool has_key = true;
	while (page->count <= walk->limit) {
		struct queue_key key;
		if (!merge_next(&walk->merge, &key, &has_key, err)) {
			return false;
		}
		if (!has_key) {
			break;
		}
		if (page->scanned >= SCAN_MAX) {
			page->has_more = true;
			break;
		}
		if (!take_key(walk, &key, err)) {
			return false;
		}
		if (page->count <= walk->limit) {
			page->next = key;
		}
	}
	if (page->count > walk->limit) {
		page->has_more = true;
		page->count = walk->limit;
		page->next = page->rows[page->count - 1].key;
	}
	return true;
}

static void reverse(struct queue_page *page)
{
	for (size_t i = 0, last = page->count; i + 1 < last; i++) {
		struct ticket_row row = page->rows[i];
		page->rows[i] = page->rows[--last];
		page->rows[last] = row;
	}
}

/* Within a transaction. `list` may be one of ours. */
static bool walk_list(struct desk *desk, const void *mem, const struct queue_query *query, int list,
	struct queue_page *page, struct error *err)
{
	struct walk walk = {.desk = desk,
		.mem = mem,
		.scratch = mem_context(NULL),
		.query = query,
		.list = &lists[list],
		.actor = desk->store.actor,
		.limit = query->limit == 0	    ? LIMIT_DEFAULT
			 : query->limit > LIMIT_MAX ? LIMIT_MAX
						    : query->limit,
		.page = page};
	*page = (struct queue_page){0};
	scope_init(&walk.scope, desk, walk.scratch);
	bool ok = true;
	if (walk.actor || !walk.list->is_actors) {
		ok = walk.list->begin(&walk, err) && fill_page(&walk, err);
		merge_finish(&walk.merge);
	}
	if (query->backwards) {
		reverse(page);
	}
	talloc_free(walk.scratch);
	return ok && desk_revision(desk, &page->revision, err);
}

bool desk_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err)
{
	struct desk *desk = desk_of(store);
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	bool ok = walk_list(desk, mem, query, (int)query->list, page, err);
	desk_read_end(desk);
	return ok;
}

bool desk_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err)
{
	static const int order[] = {LIST_NEXT_MINE, LIST_FREE};
	struct desk *desk = desk_of(store);
	struct queue_query query = {.order = ORDER_DUE, .limit = 1};
	struct queue_page page = {0};
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	bool ok = true;
	for (size_t i = 0; ok && page.count == 0 && i < ARRAY_LEN(order); i++) {
		ok = walk_list(desk, mem, &query, order[i], &page, err);
		while (ok && page.count == 0 && page.has_more) {
			query.after = page.next;
			query.has_after = true;
			ok = walk_list(desk, mem, &query, order[i], &page, err);
		}
		query.has_after = false;
	}
	desk_read_end(desk);
	*row = ok && page.count ? page.rows[0] : (struct ticket_row){0};
	return ok;
}

bool desk_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err)
{
	struct desk *desk = desk_of(store);
	void *scratch = mem_context(NULL);
	struct scope scope;
	if (!desk_read_begin(desk, err)) {
		talloc_free(scratch);
		return false;
	}
	scope_init(&scope, desk, scratch);
	*page = (struct queue_page){.rows = mem_array(mem, struct ticket_row, count + 1)};
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		bool sees;
		ok = row_load(
			desk, page->rows, &scope, numbers[i], &page->rows[page->count], &sees, err);
		page->count += ok && sees ? 1 : 0;
	}
	ok = ok && desk_revision(desk, &page->revision, err);
	desk_read_end(desk);
	talloc_free(scratch);
	return ok;
}
