#include "store/copy.h"

#include "base/mem.h"
#include "base/text.h"
#include "store/record_row.h"
#include "store/statement.h"

#include <string.h>

/* What the desk tells goes into the copy, a group at a time. */

/* --- asking --- */

enum { RECORDS_MOST = 1000000 };

/* The desk made them clean; whoever answers in its name may not have. */
static void keep_value(const void *mem, struct record_value *value)
{
	value->name = mem_strdup(mem, value->name);
	if (value->is_text) {
		value->text = text_is_clean(value->text)
				      ? mem_strdup(mem, value->text)
				      : text_clean(mem, value->text, strlen(value->text), NULL);
	} else if (value->is_bytes) {
		value->text = mem_dup(mem, value->text, value->size);
	}
}

static bool keep_record(void *data, const struct record *record, struct error *err)
{
	struct told *answer = data;
	if (answer->count == RECORDS_MOST) {
		return error_set_reason(err, ERROR_INVALID, "record",
			N_("the desk tells more than it was asked for"), NULL);
	}
	if ((answer->count & (answer->count - 1)) == 0) {
		answer->records = mem_grow(answer, answer->records, struct record,
			answer->count ? 2 * answer->count : 1);
	}
	struct record *kept = &answer->records[answer->count++];
	*kept = *record;
	kept->type = mem_strdup(answer, record->type);
	kept->values = mem_dup(answer, record->values, record->count * sizeof *record->values);
	for (size_t i = 0; i < record->count; i++) {
		keep_value(kept->values, &kept->values[i]);
	}
	return true;
}

bool told_ask(const void *mem, struct store *inner, const struct mirror_query *query,
	struct told **answer, struct error *err)
{
	*answer = mem_new(mem, struct told);
	if (store_mirror(inner, query, keep_record, *answer, &(*answer)->mirror, err)) {
		return true;
	}
	talloc_free(*answer);
	*answer = NULL;
	return false;
}

/* --- taking --- */

enum group { GROUP_NONE, GROUP_DIRECTORY, GROUP_TICKET, GROUP_CUSTOMER, GROUP_CLAIMS, GROUP_OLD };

struct taking {
	struct desk *desk;
	const struct told *answer;
	struct copy_state *state;
	struct record_tables *tables;
	enum group group;
	int64_t subject; /* of the group: ticket or customer */
	struct error *err;
};

static bool run(struct taking *taking, int statement, int64_t a, int64_t b, int64_t c, int64_t d)
{
	struct sql_query *query = sql_query(taking->desk->sql, statement);
	sql_bind_int(query, 1, a);
	sql_bind_int(query, 2, b);
	sql_bind_int(query, 3, c);
	sql_bind_int(query, 4, d);
	return sql_run(query, taking->err);
}

static bool run_each(struct taking *taking, const int *statements, size_t count, int64_t id)
{
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		ok = run(taking, statements[i], id, 0, 0, 0);
	}
	return ok;
}

static bool senseless(struct taking *taking, const struct record *record)
{
	return error_set_reason(taking->err, ERROR_INVALID, "record",
		N_("the desk tells what makes no sense here: a record of type {0}"), record->type,
		NULL);
}

static bool begin_directory(struct taking *taking, const struct record *head)
{
	(void)head;
	if (taking->answer->mirror.directory < taking->state->directory) {
		taking->group = GROUP_OLD;
		return true;
	}
	taking->group = GROUP_DIRECTORY;
	taking->state->directory = taking->answer->mirror.directory;
	return sql_exec(taking->desk->sql,
		       "DELETE FROM setting; DELETE FROM calendar; DELETE FROM team; "
		       "DELETE FROM operator; DELETE FROM operator_team; DELETE FROM preference; "
		       "DELETE FROM reason; DELETE FROM answer; DELETE FROM target",
		       taking->err) &&
	       run(taking, COPY_DIRECTORY_MARK, taking->state->directory, 0, 0, 0);
}

static const int ticket_rows[] = {COPY_FILES_DELETE, COPY_MESSAGES_DELETE, COPY_NOTES_DELETE,
	COPY_QUESTIONS_DELETE, COPY_INVOLVEMENT_DELETE, COPY_MEMO_READERS_DELETE, COPY_MEMOS_DELETE,
	COPY_CLAIM_DELETE, COPY_DRAFT_FILES_DELETE, COPY_DRAFTS_DELETE, COPY_TICKET_DELETE};

/* -1: not here. */
static bool revision_here(
	struct taking *taking, int statement, int column, int64_t id, int64_t *revision)
{
	struct sql_query *query = sql_query(taking->desk->sql, statement);
	bool has_row;
	sql_bind_int(query, 1, id);
	bool ok = sql_first(query, &has_row, taking->err);
	*revision = ok && has_row ? sql_int(query, column) : -1;
	sql_done(query);
	return ok;
}

static bool begin_ticket(struct taking *taking, const struct record *head)
{
	int64_t number = record_number(head, "number");
	int64_t here;
	if (!revision_here(taking, COPY_HAS, 1, number, &here)) {
		return false;
	}
	if (here > taking->answer->mirror.revision) {
		taking->group = GROUP_OLD;
		return true;
	}
	taking->group = GROUP_TICKET;
	taking->subject = number;
	return run_each(taking, ticket_rows, ARRAY_LEN(ticket_rows), number) &&
	       run(taking, COPY_TICKET_PUT, number, taking->answer->mirror.revision,
		       record_number(head, "is_there") == 0, store_now(&taking->desk->store));
}

static bool begin_customer(struct taking *taking, const struct record *head)
{
	static const int rows[] = {COPY_CUSTOMER_DELETE, COPY_ADDRESSES_DELETE,
		COPY_CUSTOMER_NOTES_DELETE, COPY_OTHERS_DELETE};
	int64_t id = record_number(head, "id");
	int64_t here;
	if (!revision_here(taking, COPY_CUSTOMER_REVISION, 0, id, &here)) {
		return false;
	}
	if (here > taking->answer->mirror.revision) {
		taking->group = GROUP_OLD;
		return true;
	}
	taking->group = GROUP_CUSTOMER;
	taking->subject = id;
	return run_each(taking, rows, ARRAY_LEN(rows), id) &&
	       run(taking, COPY_CUSTOMER_PUT, id, taking->answer->mirror.revision, 0, 0);
}

static bool begin_claims(struct taking *taking, const struct record *head)
{
	(void)head;
	if (taking->answer->mirror.revision < taking->state->newest) {
		taking->group = GROUP_OLD;
		return true;
	}
	taking->group = GROUP_CLAIMS;
	return run(taking, COPY_CLAIMS_DELETE, 0, 0, 0, 0);
}

/* A ticket that is here as a whole is not replaced by what is told of it beside another. */
static bool is_whole(struct taking *taking, int64_t number, bool *whole)
{
	bool ignored;
	return copy_has(taking->desk, number, whole, &ignored, taking->err);
}

static bool make_room(struct taking *taking, const struct record *record, bool *takes)
{
	*takes = true;
	if (strcmp(record->type, "address") == 0) {
		struct sql_query *query = sql_query(taking->desk->sql, COPY_ADDRESS_DELETE);
		sql_bind_int(query, 1, record_number(record, "id"));
		sql_bind_text(query, 2, record_text(record, "key"));
		return sql_run(query, taking->err);
	}
	bool is_ticket = strcmp(record->type, "ticket") == 0;
	if (taking->group != GROUP_CUSTOMER || (!is_ticket && strcmp(record->type, "claim") != 0)) {
		return true;
	}
	int64_t number = record_number(record, is_ticket ? "number" : "ticket");
	bool whole;
	if (!is_whole(taking, number, &whole)) {
		return false;
	}
	*takes = !whole;
	return whole ||
	       run(taking, is_ticket ? COPY_TICKET_DELETE : COPY_CLAIM_DELETE, number, 0, 0, 0);
}

/* Which column of a row says what it belongs to, for each type in each group. */
static const struct belonging {
	enum group group;
	const char *type, *column; /* NULL: to the group as such */
} belongings[] = {
	{GROUP_DIRECTORY, "setting", NULL},
	{GROUP_DIRECTORY, "calendar", NULL},
	{GROUP_DIRECTORY, "team", NULL},
	{GROUP_DIRECTORY, "operator", NULL},
	{GROUP_DIRECTORY, "operator_team", NULL},
	{GROUP_DIRECTORY, "preference", NULL},
	{GROUP_DIRECTORY, "reason", NULL},
	{GROUP_DIRECTORY, "answer", NULL},
	{GROUP_DIRECTORY, "target", NULL},
	{GROUP_TICKET, "ticket", "number"},
	{GROUP_TICKET, "message", "ticket"},
	{GROUP_TICKET, "note", "ticket"},
	{GROUP_TICKET, "question", "ticket"},
	{GROUP_TICKET, "involvement", "ticket"},
	{GROUP_TICKET, "memo", "ticket"},
	{GROUP_TICKET, "memo_reader", NULL},
	{GROUP_TICKET, "claim", "ticket"},
	{GROUP_TICKET, "draft", "ticket"},
	{GROUP_TICKET, "draft_attachment", NULL},
	{GROUP_TICKET, "attachment", NULL},
	{GROUP_CUSTOMER, "customer", "id"},
	{GROUP_CUSTOMER, "address", "customer"},
	{GROUP_CUSTOMER, "customer_note", "customer"},
	{GROUP_CUSTOMER, "ticket", "customer"},
	{GROUP_CUSTOMER, "claim", NULL},
	{GROUP_CLAIMS, "claim", NULL},
};

static bool belongs(const struct taking *taking, const struct record *record)
{
	for (size_t i = 0; i < ARRAY_LEN(belongings); i++) {
		const struct belonging *row = &belongings[i];
		if (row->group == taking->group && strcmp(row->type, record->type) == 0) {
			return !row->column ||
			       record_number(record, row->column) == taking->subject;
		}
	}
	return false;
}

static bool take_row(struct taking *taking, const struct record *record)
{
	bool takes, added;
	if (taking->group == GROUP_OLD) {
		return true;
	}
	if (!belongs(taking, record)) {
		return senseless(taking, record);
	}
	return make_room(taking, record, &takes) &&
	       (!takes || record_insert(
				  taking->desk->sql, taking->tables, record, &added, taking->err));
}

static bool take_record(struct taking *taking, const struct record *record)
{
	static const struct {
		const char *type;
		bool (*begin)(struct taking *taking, const struct record *head);
	} heads[] = {
		{"mirror_directory", begin_directory},
		{"mirror_ticket", begin_ticket},
		{"mirror_customer", begin_customer},
		{"mirror_claims", begin_claims},
	};
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		if (strcmp(heads[i].type, record->type) == 0) {
			return heads[i].begin(taking, record);
		}
	}
	return take_row(taking, record);
}

static bool take_all(struct taking *taking)
{
	const struct told *answer = taking->answer;
	bool ok =
		record_tables_load(taking->desk->sql, taking->state, &taking->tables, taking->err);
	for (size_t i = 0; ok && i < answer->count; i++) {
		ok = take_record(taking, &answer->records[i]);
	}
	if (ok && answer->mirror.revision > taking->state->newest) {
		taking->state->newest = answer->mirror.revision;
	}
	return ok;
}

bool copy_take(struct desk *desk, const struct told *answer, struct error *err)
{
	struct copy_state *state = mem_new(NULL, struct copy_state);
	struct taking taking = {.desk = desk, .answer = answer, .state = state, .err = err};
	bool ok = copy_state_read(desk, state, err) && take_all(&taking);
	if (ok && answer->mirror.revision >= state->known) {
		state->known = answer->mirror.revision;
		state->known_id = answer->mirror.id;
	}
	ok = ok && copy_state_write(desk, state, err);
	talloc_free(state);
	return ok;
}

/* --- the log and what is kept --- */

enum { LOG_KEPT = 20000 };

static bool trim_log(struct desk *desk, struct copy_state *state, struct error *err)
{
	struct sql_query *trim = sql_query(desk->sql, COPY_LOG_TRIM);
	sql_bind_int(trim, 1, LOG_KEPT);
	if (!sql_run(trim, err)) {
		return false;
	}
	return sql_changed(desk->sql) == 0 ||
	       sql_exec_int(
		       desk->sql, "SELECT min(revision) FROM change_log", &state->log_from, err);
}

bool copy_hear(
	struct desk *desk, const struct feed *feed, struct copy_state *state, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < feed->count; i++) {
		const struct feed_item *item = &feed->items[i];
		struct sql_query *query = sql_query(desk->sql, COPY_LOG_PUT);
		const char *detail = item->detail ? item->detail : "{}";
		sql_bind_int(query, 1, item->revision);
		sql_bind_blob(query, 2, item->id.bytes, sizeof item->id.bytes);
		sql_bind_int(query, 3, item->at);
		sql_bind_int(query, 4, item->actor);
		sql_bind_text(query, 5, change_kinds[item->kind].name);
		sql_bind_int(query, 6, item->ticket);
		sql_bind_int(query, 7, item->customer);
		sql_bind_int(query, 8, item->other);
		sql_bind_int(query, 9, item->imported);
		sql_bind_text(query, 10, detail);
		ok = sql_run(query, err);
	}
	return ok && trim_log(desk, state, err);
}

bool copy_trim(struct desk *desk, size_t most, struct error *err)
{
	struct taking taking = {.desk = desk, .err = err};
	struct sql_query *query = sql_query(desk->sql, COPY_OLDEST);
	int64_t *numbers = mem_array(NULL, int64_t, 0);
	size_t count = 0;
	bool has_row, ok;
	sql_bind_int(query, 1, (int64_t)most);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		numbers = mem_grow(NULL, numbers, int64_t, count + 1);
		numbers[count++] = sql_int(query, 0);
	}
	sql_done(query);
	for (size_t i = 0; ok && i < count; i++) {
		ok = run_each(&taking, ticket_rows, ARRAY_LEN(ticket_rows), numbers[i]) &&
		     run(&taking, COPY_FORGET, numbers[i], 0, 0, 0);
	}
	talloc_free(numbers);
	return ok && copy_files_trim(desk, err);
}
