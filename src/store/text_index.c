#include "store/text_index.h"

#include "base/mem.h"
#include "base/text.h"
#include "store/statement.h"

enum { PROGRESS_EACH = 1000 };

/* Subject, name, addresses of the ticket, folded. */
static bool about_of(
	struct sql *sql, const void *mem, int64_t ticket, char **about, struct error *err)
{
	struct sql_query *query = sql_query(sql, INDEX_ABOUT);
	char *text = mem_strdup(mem, "");
	bool has_row, ok;
	sql_bind_int(query, 1, ticket);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		text = mem_printf(mem, "%s%s\n", text, sql_peek(query, 0));
	}
	sql_done(query);
	*about = ok ? text_fold(mem, text) : NULL;
	return ok;
}

/* U+E000 is for private use: text_clean lets none through, unicode61 takes it for a letter. */
char *text_index_stretch(const void *mem, int64_t id)
{
	return mem_printf(mem, "\xEE\x80\x80%lld", (long long)(id / TEXT_STRETCH));
}

static bool write_entry(struct sql *sql, int statement, int64_t id, const char *text,
	const char *about, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct sql_query *query = sql_query(sql, statement);
	sql_bind_int(query, 1, id);
	sql_bind_text(query, 2, text_fold(scratch, text));
	sql_bind_text(
		query, 3, mem_printf(scratch, "%s%s", about, text_index_stretch(scratch, id)));
	bool ok = sql_run(query, err);
	talloc_free(scratch);
	return ok;
}

bool text_index_add(
	struct sql *sql, int64_t ticket, int64_t id, const char *text, struct error *err)
{
	void *scratch = mem_context(NULL);
	char *about;
	bool ok = about_of(sql, scratch, ticket, &about, err) &&
		  write_entry(sql, INDEX_PUT, id, text, about, err);
	talloc_free(scratch);
	return ok;
}

static bool write_ticket(struct sql *sql, int statement, int64_t ticket, struct error *err)
{
	void *scratch = mem_context(NULL);
	char *about;
	bool has_row, ok = about_of(sql, scratch, ticket, &about, err);
	struct sql_query *query = sql_query(sql, INDEX_TEXTS);
	sql_bind_int(query, 1, ticket);
	while (ok && (ok = sql_step(query, &has_row, err)) && has_row) {
		ok = write_entry(sql, statement, sql_int(query, 0), sql_peek(query, 1), about, err);
	}
	sql_done(query);
	talloc_free(scratch);
	return ok;
}

bool text_index_take(struct sql *sql, int64_t ticket, struct error *err)
{
	return write_ticket(sql, INDEX_TAKE, ticket, err);
}

bool text_index_put(struct sql *sql, int64_t ticket, struct error *err)
{
	return write_ticket(sql, INDEX_PUT, ticket, err);
}

static bool write_customer(struct sql *sql, int statement, int64_t customer, struct error *err)
{
	struct sql_query *query = sql_query(sql, INDEX_TICKETS);
	bool has_row, ok;
	sql_bind_int(query, 1, customer);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		if (!write_ticket(sql, statement, sql_int(query, 0), err)) {
			ok = false;
			break;
		}
	}
	sql_done(query);
	return ok;
}

bool text_index_take_customer(struct sql *sql, int64_t customer, struct error *err)
{
	return write_customer(sql, INDEX_TAKE, customer, err);
}

bool text_index_put_customer(struct sql *sql, int64_t customer, struct error *err)
{
	return write_customer(sql, INDEX_PUT, customer, err);
}

static bool rebuild_entries(struct sql *sql, struct sql_query *query, int64_t total,
	store_progress_fn *progress, void *data, struct error *err)
{
	bool has_row, ok;
	for (int64_t done = 0; (ok = sql_step(query, &has_row, err)) && has_row; done++) {
		void *scratch = mem_context(NULL);
		char *about;
		ok = about_of(sql, scratch, sql_int(query, 1), &about, err) &&
		     write_entry(sql, INDEX_PUT, sql_int(query, 0), sql_peek(query, 2), about, err);
		talloc_free(scratch);
		if (!ok) {
			break;
		}
		if (progress && done % PROGRESS_EACH == 0 && !progress(data, done, total)) {
			return error_set_reason(err, ERROR_UNAVAILABLE, "cancelled",
				N_("the request was cancelled"), NULL);
		}
	}
	return ok;
}

bool text_index_rebuild(struct sql *sql, store_progress_fn *progress, void *data, struct error *err)
{
	int64_t total;
	if (!sql_run(sql_query(sql, INDEX_CLEAR), err) ||
		!sql_number(sql_query(sql, INDEX_SIZE), &total, err)) {
		return false;
	}
	struct sql_query *query = sql_query(sql, INDEX_ALL);
	bool ok = rebuild_entries(sql, query, total, progress, data, err);
	sql_done(query);
	return ok;
}
