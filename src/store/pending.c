#include "store/pending.h"

#include "base/mem.h"
#include "base/os.h"
#include "codec/change_json.h"
#include "core/problem.h"
#include "store/sql.h"
#include "store/statement.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct pending {
	struct sql *sql;
	int lock;
};

const char pending_tables_text[] =
	"CREATE TABLE IF NOT EXISTS pending(position INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB "
	"NOT NULL UNIQUE, what BIGINT NOT NULL, ticket BIGINT NOT NULL, customer BIGINT NOT NULL, "
	"kind BIGINT NOT NULL, at BIGINT NOT NULL, body TEXT NOT NULL, tries BIGINT NOT NULL "
	"DEFAULT 0, is_refused BIGINT NOT NULL DEFAULT 0, code BIGINT NOT NULL DEFAULT 0, reason "
	"TEXT, text TEXT, arg0 TEXT, arg1 TEXT, arg2 TEXT, arg3 TEXT)";

static const enum change_kind kinds[] = {
	[DRAFT_REPLY] = CHANGE_REPLY,
	[DRAFT_NOTE] = CHANGE_NOTE,
	[DRAFT_CUSTOMER_NOTE] = CHANGE_CUSTOMER_NOTE,
	[DRAFT_CALL] = CHANGE_CALL,
	[DRAFT_QUESTION] = CHANGE_ASK,
	[DRAFT_QUESTION_ANSWER] = CHANGE_ANSWER_QUESTION,
	[DRAFT_TRANSFER] = CHANGE_TRANSFER,
	[DRAFT_ESCALATION] = CHANGE_ESCALATE,
	[DRAFT_MEMO] = CHANGE_MEMO,
	[DRAFT_CUSTOMER_NOTE_EDIT] = CHANGE_CUSTOMER_NOTE_EDIT,
};

static enum change_kind kind_of(enum draft_kind kind)
{
	return (size_t)kind < ARRAY_LEN(kinds) ? kinds[kind] : CHANGE_NONE;
}

static enum draft_kind draft_kind_of(enum change_kind kind)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (kinds[i] == kind) {
			return (enum draft_kind)i;
		}
	}
	return DRAFT_REPLY;
}

/* --- the file --- */

char *pending_path(const void *mem, const char *dir)
{
	return mem_printf(mem, "%s/pending.db", dir);
}

static bool set_up(struct pending *pending, const char *path, struct error *err)
{
	struct sql_open_options options = {.create = true, .sync = SYNC_FULL};
	char *lock = mem_printf(pending, "%s-lock", path);
	pending->lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (pending->lock < 0) {
		return error_set(err, ERROR_UNAVAILABLE,
			N_("{0} cannot be made, so that nothing is kept while the desk cannot be "
			   "reached"),
			lock, NULL);
	}
	/* Two that make it at the same time take turns. */
	os_lock(pending->lock, 1, -1);
	bool ok = sql_open(pending, path, &options, &pending->sql, err) &&
		  sql_use_wal(pending->sql, err) &&
		  sql_exec(pending->sql, pending_tables_text, err);
	os_unlock(pending->lock, 1);
	chmod(path, S_IRUSR | S_IWUSR);
	return ok;
}

bool pending_open(const void *mem, const char *dir, struct pending **pending, struct error *err)
{
	*pending = mem_new(mem, struct pending);
	char *path = pending_path(*pending, dir);
	(*pending)->lock = -1;
	if (set_up(*pending, path, err)) {
		return true;
	}
	pending_close(*pending);
	*pending = NULL;
	return false;
}

void pending_close(struct pending *pending)
{
	if (pending) {
		sql_close(pending->sql);
		if (pending->lock >= 0) {
			close(pending->lock);
		}
		talloc_free(pending);
	}
}

bool pending_lock(struct pending *pending)
{
	return os_try_lock(pending->lock, 0);
}

void pending_unlock(struct pending *pending)
{
	os_unlock(pending->lock, 0);
}

bool pending_begin(struct pending *pending, struct error *err)
{
	return sql_begin_write(pending->sql, err);
}

bool pending_end(struct pending *pending, bool commit, struct error *err)
{
	if (commit) {
		return sql_commit(pending->sql, err);
	}
	sql_rollback(pending->sql);
	return true;
}

/* --- putting --- */

static struct sql_query *of_id(struct pending *pending, int statement, const struct uuid *id)
{
	struct sql_query *query = sql_query(pending->sql, statement);
	sql_bind_blob(query, 1, id->bytes, sizeof id->bytes);
	return query;
}

static struct sql_query *of_number(struct pending *pending, int statement, int64_t number)
{
	struct sql_query *query = sql_query(pending->sql, statement);
	sql_bind_int(query, 1, number);
	return query;
}

static bool delete_draft(
	struct pending *pending, int64_t ticket, enum change_kind kind, struct error *err)
{
	struct sql_query *query = of_number(pending, PENDING_DRAFT_DELETE, ticket);
	sql_bind_int(query, 2, (int64_t)kind);
	return sql_run(query, err);
}

static bool put(struct pending *pending, const struct change *change, enum pending_what what,
	int64_t at, struct error *err)
{
	void *scratch = mem_context(NULL);
	char *body = json_print(scratch, change_json(scratch, change));
	struct sql_query *query = of_id(pending, PENDING_PUT, &change->id);
	sql_bind_int(query, 2, (int64_t)what);
	sql_bind_int(query, 3, change->ticket);
	sql_bind_int(query, 4, change->customer);
	sql_bind_int(query, 5, (int64_t)change->kind);
	sql_bind_int(query, 6, at);
	sql_bind_text(query, 7, body);
	bool ok = sql_run(query, err);
	talloc_free(scratch);
	return ok;
}

bool pending_put(struct pending *pending, const struct change *changes, size_t count, int64_t at,
	struct error *err)
{
	if (!pending_begin(pending, err)) {
		return false;
	}
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		ok = delete_draft(pending, changes[i].ticket, changes[i].kind, err) &&
		     put(pending, &changes[i], PENDING_CHANGE, at, err);
	}
	return pending_end(pending, ok, err) && ok;
}

bool pending_put_draft(struct pending *pending, const struct draft *draft, enum pending_what what,
	int64_t at, struct error *err)
{
	struct change change = {.id = uuid_make(at),
		.kind = kind_of(draft->kind),
		.ticket = draft->ticket,
		.text = draft->text ? draft->text : "",
		.generation = draft->generation,
		.seen = draft->seen,
		.address = draft->address && *draft->address ? draft->address : NULL,
		.attachments = draft->attachments};
	if (!pending_begin(pending, err)) {
		return false;
	}
	bool ok = delete_draft(pending, draft->ticket, change.kind, err) &&
		  put(pending, &change, what, at, err);
	return pending_end(pending, ok, err) && ok;
}

bool pending_drop_draft(
	struct pending *pending, int64_t ticket, enum draft_kind kind, struct error *err)
{
	return delete_draft(pending, ticket, kind_of(kind), err);
}

/* --- listing --- */

/* Refusals of the rules come back as they were; of any other the sentence is kept. */
static void read_error(struct sql_query *query, struct error *err)
{
	const char *text = sql_peek(query, 12);
	*err = (struct error){.code = (enum error_code)sql_int(query, 10)};
	for (int i = 0; i < ERROR_ARGS; i++) {
		const char *arg = sql_peek(query, 13 + i);
		size_t n = strlen(arg);
		n = n < ERROR_ARG_SIZE ? n : ERROR_ARG_SIZE - 1;
		memcpy(err->arg[i], arg, n);
	}
	for (int i = 0; i < PROBLEMS; i++) {
		if (problem_infos[i].text && strcmp(problem_infos[i].text, text) == 0) {
			err->text = problem_infos[i].text;
			err->reason = problem_infos[i].reason;
			return;
		}
	}
	char *sentence = error_sentence(NULL, err, text);
	error_set_reason(
		err, err->code, "refused", N_("the desk did not take it: {0}"), sentence, NULL);
	talloc_free(sentence);
}

static bool read_row(
	struct sql_query *query, const void *mem, struct pending_row *row, struct error *err)
{
	*row = (struct pending_row){.position = sql_int(query, 0),
		.what = (enum pending_what)sql_int(query, 2),
		.at = sql_int(query, 6),
		.tries = sql_int(query, 8),
		.is_refused = sql_int(query, 9) != 0};
	const char *body = sql_text(query, mem, 7);
	const struct json *json;
	if (!json_parse(mem, body, strlen(body), 1, &json, err) ||
		!change_from_json(mem, json, &row->change, err)) {
		return false;
	}
	row->draft_kind = draft_kind_of(row->change.kind);
	if (row->is_refused) {
		read_error(query, &row->err);
	}
	return true;
}

static bool read_rows(
	struct sql_query *query, const void *mem, struct pending_rows *rows, struct error *err)
{
	bool has_row, ok;
	*rows = (struct pending_rows){0};
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		rows->items = mem_grow(mem, rows->items, struct pending_row, rows->count + 1);
		ok = read_row(query, mem, &rows->items[rows->count++], err);
		if (!ok) {
			break;
		}
	}
	sql_done(query);
	return ok;
}

bool pending_list(
	struct pending *pending, const void *mem, struct pending_rows *rows, struct error *err)
{
	return read_rows(sql_query(pending->sql, PENDING_ALL), mem, rows, err);
}

bool pending_waiting(struct pending *pending, const void *mem, size_t limit,
	struct pending_rows *rows, struct error *err)
{
	return read_rows(of_number(pending, PENDING_WAITING, (int64_t)limit), mem, rows, err);
}

bool pending_count(struct pending *pending, bool refused, size_t *count, struct error *err)
{
	int64_t n;
	bool ok = sql_number(of_number(pending, PENDING_COUNT, refused), &n, err);
	*count = ok ? (size_t)n : 0;
	return ok;
}

bool pending_has(struct pending *pending, const struct uuid *id, bool *has, bool *is_refused,
	struct error *err)
{
	int64_t n;
	bool ok = sql_number(of_id(pending, PENDING_HAS, id), &n, err);
	*has = ok && n != 0;
	*is_refused = ok && n == 2;
	return ok;
}

/* --- sending --- */

bool pending_tried(
	struct pending *pending, const struct pending_row *rows, size_t count, struct error *err)
{
	if (!pending_begin(pending, err)) {
		return false;
	}
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		ok = sql_run(of_number(pending, PENDING_TRIED, rows[i].position), err) &&
		     (sql_changed(pending->sql) == 1 ||
			     error_set_reason(err, ERROR_UNAVAILABLE, "busy",
				     N_("what waits to be sent changed meanwhile"), NULL));
	}
	return pending_end(pending, ok, err) && ok;
}

bool pending_settle(struct pending *pending, int64_t position, struct error *err)
{
	return sql_run(of_number(pending, PENDING_DELETE, position), err);
}

bool pending_refuse(
	struct pending *pending, int64_t position, const struct error *why, struct error *err)
{
	struct sql_query *query = of_number(pending, PENDING_REFUSE, position);
	sql_bind_int(query, 2, (int64_t)why->code);
	sql_bind_text(query, 3, why->reason ? why->reason : "");
	sql_bind_text(query, 4, why->text ? why->text : "");
	for (int i = 0; i < ERROR_ARGS; i++) {
		sql_bind_text(query, 5 + i, why->arg[i]);
	}
	return sql_run(query, err);
}

bool pending_drop(struct pending *pending, const struct uuid *id, bool *dropped, struct error *err)
{
	bool ok = sql_run(of_id(pending, PENDING_DROP, id), err);
	*dropped = ok && sql_changed(pending->sql) == 1;
	return ok;
}
