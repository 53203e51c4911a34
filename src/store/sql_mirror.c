#include "store/care.h"

#include "base/mem.h"
#include "core/permission.h"
#include "store/reads.h"
#include "store/record_row.h"
#include "store/row.h"
#include "store/shape.h"
#include "store/statement.h"

#include <string.h>

/* What one operator may see, as records. What decides that is asked of the functions that the
 * other reading verbs ask. */

/* As much of a ticket and of a customer as the screens show, and one more to tell that there is. */
enum { MESSAGES_MOST = 501, HISTORY_MOST = 101, UNDER_WAY_MOST = MIRROR_TICKETS_MOST };

struct telling {
	struct desk *desk;
	struct scope scope;
	void *scratch;
	store_record_fn *each;
	void *data;
	int64_t *customers; /* told already */
	size_t customer_count;
	struct error *err;
};

/* --- records --- */

static bool tell_head(
	struct telling *telling, const char *type, const struct record_value *values, size_t count)
{
	struct record_value copy[2];
	for (size_t i = 0; i < count; i++) {
		copy[i] = values[i];
	}
	struct record record = {.type = type, .count = count, .values = copy};
	return telling->each(telling->data, &record, telling->err);
}

typedef bool choose_fn(struct telling *telling, struct record *record, bool *tells);

/* Every row of the query that is chosen (NULL: every row); gives it back. */
static bool tell_rows(
	struct telling *telling, const char *type, struct sql_query *query, choose_fn *choose)
{
	const struct dump_table *table = dump_table_find(type);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, telling->err)) && has_row) {
		void *scratch = mem_context(telling->scratch);
		struct record record;
		bool tells = true;
		dump_read(table, query, scratch, &record);
		ok = (!choose || choose(telling, &record, &tells)) &&
		     (!tells || telling->each(telling->data, &record, telling->err));
		talloc_free(scratch);
		if (!ok) {
			break;
		}
	}
	sql_done(query);
	return ok;
}

static struct sql_query *query_of(struct telling *telling, int statement, int64_t a, int64_t b)
{
	struct sql_query *query = sql_query(telling->desk->sql, statement);
	sql_bind_int(query, 1, a);
	sql_bind_int(query, 2, b);
	return query;
}

static bool tell_of(
	struct telling *telling, const char *type, int statement, int64_t id, choose_fn *choose)
{
	return tell_rows(telling, type, query_of(telling, statement, id, 0), choose);
}

/* --- the directory --- */

/* Settings that this program does not know may be secrets of others. */
static bool is_known_setting(struct telling *telling, struct record *record, bool *tells)
{
	(void)telling;
	*tells = false;
	for (size_t i = 0; i < setting_info_count; i++) {
		*tells = *tells || strcmp(record->values[0].text, setting_infos[i].name) == 0;
	}
	return true;
}

static bool tell_directory(struct telling *telling)
{
	static const struct {
		const char *type;
		int statement;
		choose_fn *choose;
	} tables[] = {
		{"setting", DUMP_SETTING, is_known_setting},
		{"calendar", DUMP_CALENDAR, NULL},
		{"team", DUMP_TEAM, NULL},
		{"operator", MIRROR_OPERATORS, NULL},
		{"operator_team", DUMP_OPERATOR_TEAM, NULL},
		{"preference", DUMP_PREFERENCE, NULL},
		{"reason", DUMP_REASON, NULL},
		{"answer", DUMP_ANSWER, NULL},
		{"target", DUMP_TARGET, NULL},
	};
	bool ok = tell_head(telling, "mirror_directory", NULL, 0);
	for (size_t i = 0; ok && i < ARRAY_LEN(tables); i++) {
		ok = tell_rows(telling, tables[i].type,
			sql_query(telling->desk->sql, tables[i].statement), tables[i].choose);
	}
	return ok;
}

/* --- a customer --- */

static bool tell_stub(struct telling *telling, int64_t number)
{
	struct sql_query *query = query_of(telling, MIRROR_STUB, number, telling->scope.now);
	sql_bind_int(query, 3, telling->scope.now - telling->scope.auto_resolve_ms);
	return tell_rows(telling, "ticket", query, NULL);
}

/* A claim on a ticket that is not the reader's covers those that are: how long its holder has
 * worked is nothing to him. */
static bool without_span(struct telling *telling, struct record *record, bool *tells)
{
	(void)telling;
	*tells = true;
	for (size_t i = 0; i < record->count; i++) {
		if (strncmp(record->values[i].name, "worked_", strlen("worked_")) == 0) {
			record->values[i].number = 0;
		}
	}
	return true;
}

/* Columns: the ticket's, then its claim's. */
static bool tell_other(struct telling *telling, struct sql_query *row, const void *mem)
{
	struct ticket ticket;
	struct claim claim;
	bool sees;
	shape_read(&claim_shape, row, mem, shape_read(&ticket_shape, row, mem, 0, &ticket), &claim);
	if (!row_sees(telling->desk, &telling->scope, &ticket, &claim, &sees, telling->err)) {
		return false;
	}
	bool is_live = claim_is_live(&claim, telling->scope.now);
	return (sees ? tell_of(telling, "ticket", TICKET_GET, ticket.number, NULL)
		     : tell_stub(telling, ticket.number)) &&
	       (!is_live || tell_of(telling, "claim", CLAIM_GET, ticket.number,
				    sees ? NULL : without_span));
}

static bool tell_history(struct telling *telling, int64_t customer)
{
	struct sql_query *query = query_of(telling, READ_HISTORY, customer, HISTORY_MOST);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, telling->err)) && has_row) {
		void *scratch = mem_context(telling->scratch);
		ok = tell_other(telling, query, scratch);
		talloc_free(scratch);
		if (!ok) {
			break;
		}
	}
	sql_done(query);
	return ok;
}

static bool is_told(struct telling *telling, int64_t customer)
{
	for (size_t i = 0; i < telling->customer_count; i++) {
		if (telling->customers[i] == customer) {
			return true;
		}
	}
	telling->customers = mem_grow(
		telling->scratch, telling->customers, int64_t, telling->customer_count + 1);
	telling->customers[telling->customer_count++] = customer;
	return false;
}

static bool tell_customer(struct telling *telling, int64_t id)
{
	struct record_value head = {.name = "id", .number = id};
	return is_told(telling, id) ||
	       (tell_head(telling, "mirror_customer", &head, 1) &&
		       tell_of(telling, "customer", READ_CUSTOMER, id, NULL) &&
		       tell_of(telling, "address", READ_ADDRESSES, id, NULL) &&
		       tell_of(telling, "customer_note", MIRROR_CUSTOMER_NOTES, id, NULL) &&
		       tell_history(telling, id));
}

/* --- a ticket --- */

/* The unfinished texts that the reader may see, each with its files. */
static bool tell_drafts(struct telling *telling, const struct ticket_row *row)
{
	struct desk *desk = telling->desk;
	void *rows;
	size_t count;
	if (!shape_read_all(&draft_shape,
		    query_of(telling, READ_DRAFTS_ALIVE, row->ticket.number, 0), telling->scratch,
		    &rows, &count, telling->err)) {
		return false;
	}
	const struct draft *drafts = rows;
	const struct operator_ *actor = telling->scope.actor;
	for (size_t i = 0; i < count; i++) {
		const struct operator_ *author =
			directory_operator(desk->directory, drafts[i].operator_id);
		bool sees = !actor || (author && permission_sees_draft(actor, author, &row->claim,
							 telling->scope.now));
		if (sees && (!tell_of(telling, "draft", MIRROR_DRAFT, drafts[i].id, NULL) ||
				    !tell_of(telling, "draft_attachment", MIRROR_DRAFT_FILES,
					    drafts[i].id, NULL))) {
			return false;
		}
	}
	return true;
}

static bool tell_texts(struct telling *telling, int64_t number)
{
	int64_t actor = telling->desk->store.actor;
	return tell_rows(telling, "message",
		       query_of(telling, READ_MESSAGES, number, MESSAGES_MOST), NULL) &&
	       tell_of(telling, "note", READ_NOTES, number, NULL) &&
	       tell_of(telling, "question", READ_QUESTIONS, number, NULL) &&
	       tell_of(telling, "attachment", READ_ATTACHMENTS, number, NULL) &&
	       tell_rows(telling, "involvement",
		       query_of(telling, MIRROR_INVOLVEMENT, number, actor), NULL) &&
	       tell_rows(telling, "memo", query_of(telling, MIRROR_MEMOS, number, actor), NULL) &&
	       tell_rows(telling, "memo_reader",
		       query_of(telling, MIRROR_MEMO_READERS, number, actor), NULL);
}

static bool tell_ticket(struct telling *telling, int64_t number)
{
	struct ticket_row row;
	bool sees;
	if (!row_load(telling->desk, telling->scratch, &telling->scope, number, &row, &sees,
		    telling->err)) {
		return false;
	}
	struct record_value head[] = {
		{.name = "number", .number = number}, {.name = "is_there", .number = sees}};
	return tell_head(telling, "mirror_ticket", head, ARRAY_LEN(head)) &&
	       (!sees || (tell_of(telling, "ticket", TICKET_GET, number, NULL) &&
				 tell_of(telling, "claim", CLAIM_GET, number, NULL) &&
				 tell_texts(telling, number) && tell_drafts(telling, &row) &&
				 tell_customer(telling, row.ticket.customer)));
}

static bool tell_tickets(struct telling *telling, const int64_t *numbers, size_t count)
{
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		ok = tell_ticket(telling, numbers[i]);
	}
	return ok;
}

static bool tell_mine(struct telling *telling)
{
	struct sql_query *query =
		query_of(telling, MIRROR_UNDER_WAY, telling->desk->store.actor, telling->scope.now);
	int64_t numbers[UNDER_WAY_MOST];
	size_t count = 0;
	bool has_row, ok;
	sql_bind_int(query, 3, UNDER_WAY_MOST);
	while ((ok = sql_step(query, &has_row, telling->err)) && has_row) {
		numbers[count++] = sql_int(query, 0);
	}
	sql_done(query);
	return ok && tell_tickets(telling, numbers, count);
}

/* --- live claims --- */

/* Does the reader see a ticket that this claim covers? */
static bool covers(struct telling *telling, int64_t customer, bool *shows)
{
	struct sql_query *query = query_of(telling, MIRROR_COVERED, customer, 0);
	bool has_row, ok = true;
	while (ok && !*shows && (ok = sql_step(query, &has_row, telling->err)) && has_row) {
		ok = desk_sees_number(telling->desk, sql_int(query, 0), shows, telling->err);
	}
	sql_done(query);
	return ok;
}

static bool is_shown_claim(struct telling *telling, struct record *record, bool *tells)
{
	if (!desk_sees_number(
		    telling->desk, record_number(record, "ticket"), tells, telling->err)) {
		return false;
	}
	int64_t customer = record_number(record, "customer");
	if (*tells || customer == 0) {
		return true;
	}
	if (!covers(telling, customer, tells)) {
		return false;
	}
	bool ignored;
	return without_span(telling, record, &ignored);
}

static bool tell_claims(struct telling *telling)
{
	return tell_head(telling, "mirror_claims", NULL, 0) &&
	       tell_rows(telling, "claim",
		       query_of(telling, MIRROR_LIVE_CLAIMS, telling->scope.now, 0),
		       is_shown_claim);
}

/* --- the verb --- */

static bool log_id(struct telling *telling, int64_t revision, struct uuid *id)
{
	struct sql_query *query = query_of(telling, MIRROR_LOG_ID, revision, 0);
	bool has_row;
	bool ok = sql_first(query, &has_row, telling->err);
	if (ok && has_row) {
		size_t size;
		const void *bytes = sql_blob(query, 0, &size);
		memcpy(id->bytes, bytes, size < sizeof id->bytes ? size : sizeof id->bytes);
	}
	sql_done(query);
	return ok;
}

static bool tell_state(struct telling *telling, int64_t known, struct mirror *mirror)
{
	mirror->directory = telling->desk->directory->revision;
	return desk_revision(telling->desk, &mirror->revision, telling->err) &&
	       log_id(telling, mirror->revision, &mirror->id) &&
	       log_id(telling, known, &mirror->known_id);
}

/* Which tickets a page of the list has. What becomes of them until they are told the feed
 * says. */
static bool list_open(struct desk *desk, const void *mem, const struct mirror_query *query,
	struct mirror *mirror, int64_t **numbers, size_t *count, struct error *err)
{
	struct queue_query list = {.list = query->part == MIRROR_OPEN ? LIST_QUEUE : LIST_SNOOZED,
		.after = query->after,
		.has_after = query->has_after,
		.limit = query->limit ? query->limit : MIRROR_PAGE};
	struct queue_page page;
	if (!desk_queue(&desk->store, mem, &list, &page, err)) {
		return false;
	}
	*numbers = mem_array(mem, int64_t, page.count + 1);
	*count = page.count;
	for (size_t i = 0; i < page.count; i++) {
		(*numbers)[i] = page.rows[i].ticket.number;
	}
	mirror->has_more = page.has_more;
	mirror->next = page.next;
	return true;
}

static bool tell(struct telling *telling, const struct mirror_query *query, const int64_t *numbers,
	size_t count, struct mirror *mirror)
{
	bool ok = tell_state(telling, query->known, mirror);
	switch (query->part) {
	case MIRROR_DIRECTORY:
		return ok && tell_directory(telling);
	case MIRROR_OPEN:
	case MIRROR_SNOOZED:
	case MIRROR_TICKETS:
		return ok && tell_tickets(telling, numbers, count);
	case MIRROR_MINE:
		return ok && tell_mine(telling);
	case MIRROR_CLAIMS:
		return ok && tell_claims(telling);
	case MIRROR_STATE:
	case MIRROR_PARTS:
		break;
	}
	return ok;
}

bool desk_mirror(struct store *store, const struct mirror_query *query, store_record_fn *each,
	void *data, struct mirror *mirror, struct error *err)
{
	struct desk *desk = desk_of(store);
	struct telling telling = {
		.desk = desk, .scratch = mem_context(NULL), .each = each, .data = data, .err = err};
	int64_t *open = NULL;
	size_t open_count = 0;
	bool is_list = query->part == MIRROR_OPEN || query->part == MIRROR_SNOOZED;
	bool ok = !is_list ||
		  list_open(desk, telling.scratch, query, mirror, &open, &open_count, err);
	if (ok && desk_read_begin(desk, err)) {
		scope_init(&telling.scope, desk, telling.scratch);
		ok = tell(&telling, query, open ? open : query->numbers,
			open ? open_count : query->count, mirror);
		desk_read_end(desk);
	} else {
		ok = false;
	}
	talloc_free(telling.scratch);
	return ok;
}
