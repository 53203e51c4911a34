#include "store/care.h"

#include "base/mem.h"
#include "store/record_row.h"
#include "store/statement.h"
#include "store/text_index.h"

#include <assert.h>

/*
 * One write transaction from begin to end. A desk without customers and tickets is emptied first,
 * or the operator and the log it was made with would stand in the way of those that come.
 */
struct restore {
	bool was_empty; /* the desk's own rows were taken away */
	char *login;	/* of the handle's operator: his number may be another after it */
	struct record_tables *tables;
};

static bool is_unused(struct desk *desk, bool *unused, struct error *err)
{
	int64_t rows;
	bool ok = sql_number(sql_query(desk->sql, RESTORE_ROWS), &rows, err);
	*unused = ok && rows == 0;
	return ok;
}

/* From the last table to the first, for rows refer to earlier tables. What is no record goes with
 * the operators it was of. */
static bool empty_tables(struct desk *desk, struct error *err)
{
	bool ok = sql_exec(desk->sql, "DELETE FROM credential; DELETE FROM token", err);
	for (size_t i = dump_table_count; ok && i-- > 0;) {
		char *text = mem_printf(NULL, "DELETE FROM %s", dump_tables[i].type);
		ok = sql_exec(desk->sql, text, err);
		talloc_free(text);
	}
	return ok;
}

static bool begin(struct desk *desk, struct error *err)
{
	struct restore *restore = desk->restore;
	const struct operator_ *actor = desk_actor(desk);
	restore->login = mem_strdup(restore, actor ? actor->login : "");
	return record_tables_load(desk->sql, restore, &restore->tables, err) &&
	       sql_exec(desk->sql, "PRAGMA defer_foreign_keys = ON", err) &&
	       is_unused(desk, &restore->was_empty, err) &&
	       (!restore->was_empty || empty_tables(desk, err));
}

bool desk_restore_begin(struct store *store, struct error *err)
{
	struct desk *desk = desk_of(store);
	if (!desk_write_begin(desk, desk->sql, err)) {
		return false;
	}
	desk->restore = mem_new(desk, struct restore);
	if (desk_may_care(desk, err) && begin(desk, err)) {
		return true;
	}
	talloc_free(desk->restore);
	desk->restore = NULL;
	desk_write_end(desk, desk->sql, false, NULL);
	return false;
}

/* --- a record --- */

bool desk_restore(struct store *store, const struct record *record, bool *added, struct error *err)
{
	struct desk *desk = desk_of(store);
	assert(desk->restore);
	return record_insert(desk->sql, desk->restore->tables, record, added, err);
}

/* --- the end --- */

static bool check_references(struct desk *desk, struct error *err)
{
	struct sql_query *query = sql_prepare(desk->sql, "PRAGMA foreign_key_check");
	bool has_row;
	bool ok = sql_first(query, &has_row, err);
	if (ok && has_row) {
		ok = error_set_reason(err, ERROR_INVALID, "record",
			N_("the records do not fit together: {0} {1} belongs to a {2} that is not "
			   "there; nothing was kept"),
			sql_peek(query, 0), sql_peek(query, 1), sql_peek(query, 2), NULL);
	}
	sql_done(query);
	return ok;
}

static bool check_admin(struct desk *desk, struct error *err)
{
	int64_t admins;
	if (!desk->restore->was_empty) {
		return true;
	}
	return sql_number(sql_query(desk->sql, RESTORE_ADMINS), &admins, err) &&
	       (admins > 0 ||
		       error_set_reason(err, ERROR_INVALID, "record",
			       N_("there is no admin among the records, so that nobody could "
				  "manage the desk; nothing was kept"),
			       NULL));
}

static bool rebuild(struct desk *desk, struct error *err)
{
	return sql_run(sql_query(desk->sql, RESTORE_COUNTERS_CLEAR), err) &&
	       sql_run(sql_query(desk->sql, RESTORE_COUNTERS), err) &&
	       text_index_rebuild(desk->sql, NULL, NULL, err);
}

/* The handle acts for the same person as before. */
static bool find_actor(struct desk *desk, const char *login, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, RESTORE_ACTOR);
	int64_t id;
	sql_bind_text(query, 1, login);
	bool ok = sql_number(query, &id, err);
	if (ok && desk->store.actor) {
		desk->store.actor = id ? id : INT64_MAX;
	}
	return ok;
}

bool desk_restore_end(struct store *store, bool commit, struct error *err)
{
	struct desk *desk = desk_of(store);
	struct restore *restore = desk->restore;
	bool ok = !commit ||
		  (check_references(desk, err) && check_admin(desk, err) && rebuild(desk, err));
	bool keep = commit && ok;
	bool ended = desk_write_end(desk, desk->sql, keep, keep ? err : NULL);
	if (keep && ended) {
		ok = find_actor(desk, restore->login, err);
	}
	/* The newest change of the directory may have the same number as before. */
	talloc_free(desk->directory);
	desk->directory = NULL;
	talloc_free(restore);
	desk->restore = NULL;
	return ok && ended;
}
