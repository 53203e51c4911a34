#include "store/care.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "store/statement.h"
#include "store/text_index.h"

#include <assert.h>
#include <string.h>

/*
 * One write transaction from begin to end. A desk without customers and tickets is emptied first,
 * or the operator and the log it was made with would stand in the way of those that come.
 */
struct restore {
	bool was_empty; /* the desk's own rows were taken away */
	char *login;	/* of the handle's operator: his number may be another after it */
	struct table {
		size_t count;
		struct column_info {
			char *name;
			bool is_text, is_bytes;
			bool has_default; /* "", for records older than the column */
		} * columns;
	} * tables; /* as dump_tables */
};

static bool load_columns(
	struct desk *desk, struct restore *restore, size_t which, struct error *err)
{
	struct table *table = &restore->tables[which];
	char *text = mem_printf(restore, "PRAGMA table_info(%s)", dump_tables[which].type);
	struct sql_query *query = sql_prepare(desk->sql, text);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		table->columns = mem_grow(
			restore->tables, table->columns, struct column_info, table->count + 1);
		table->columns[table->count++] =
			(struct column_info){.name = sql_text(query, restore->tables, 1),
				.is_text = strcmp(sql_peek(query, 2), "TEXT") == 0,
				.is_bytes = strcmp(sql_peek(query, 2), "BLOB") == 0,
				.has_default = !sql_is_null(query, 4)};
	}
	sql_done(query);
	return ok;
}

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
	restore->tables = mem_array(restore, struct table, dump_table_count);
	for (size_t i = 0; i < dump_table_count; i++) {
		if (!load_columns(desk, restore, i, err)) {
			return false;
		}
	}
	return sql_exec(desk->sql, "PRAGMA defer_foreign_keys = ON", err) &&
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

static bool refuse(
	const struct record *record, const char *name, const char *text, struct error *err)
{
	return error_set_reason(err, ERROR_INVALID, "record", text, record->type, name, NULL);
}

static const struct record_value *value_of(const struct record *record, const char *name)
{
	for (size_t i = 0; i < record->count; i++) {
		if (strcmp(record->values[i].name, name) == 0) {
			return &record->values[i];
		}
	}
	return NULL;
}

static bool bind_uuid(struct sql_query *query, int n, const char *text, struct uuid *uuid)
{
	if (!uuid_parse(text, uuid)) {
		return false;
	}
	sql_bind_blob(query, n, uuid->bytes, sizeof uuid->bytes);
	return true;
}

/* One value of a record; false when it is of another type than its column. */
static bool bind_value(const struct column_info *column, bool is_uuid,
	const struct record_value *value, struct sql_query *query, int n, struct uuid *uuid)
{
	bool is_bytes = column->is_bytes && !is_uuid;
	if (value->is_null || value->is_text != (column->is_text || is_uuid) ||
		value->is_bytes != is_bytes) {
		return false;
	}
	if (is_uuid) {
		return bind_uuid(query, n, value->text, uuid);
	}
	if (column->is_text) {
		sql_bind_text(query, n, value->text);
	} else if (is_bytes) {
		sql_bind_blob(query, n, value->text, value->size);
	} else {
		sql_bind_int(query, n, value->number);
	}
	return true;
}

static bool bind_record(const struct dump_table *kind, const struct table *table,
	const struct record *record, struct sql_query *query, struct uuid *uuid, struct error *err)
{
	size_t known = 0;
	for (size_t i = 0; i < table->count; i++) {
		const struct column_info *column = &table->columns[i];
		const struct record_value *value = value_of(record, column->name);
		if (!value && column->has_default && column->is_text) {
			sql_bind_text(query, (int)i + 1, "");
			continue;
		}
		if (!value) {
			return refuse(record, column->name,
				N_("a record of type {0} has no {1}; was it made by this program?"),
				err);
		}
		known++;
		if (!bind_value(column, dump_is_uuid(kind, column->name), value, query, (int)i + 1,
			    uuid)) {
			return refuse(record, column->name,
				N_("a record of type {0} has a wrong value for {1}"), err);
		}
	}
	return record->count == known ||
	       refuse(record, "",
		       N_("a record of type {0} has more fields than this program "
			  "knows; was it made by a newer one?"),
		       err);
}

bool desk_restore(struct store *store, const struct record *record, bool *added, struct error *err)
{
	struct desk *desk = desk_of(store);
	const struct dump_table *table = dump_table_find(record->type);
	struct uuid uuid;
	assert(desk->restore);
	*added = false;
	if (!table) {
		return refuse(record, "",
			N_("there is no type of record called {0}; was it made by this program?"),
			err);
	}
	struct sql_query *query = sql_query(desk->sql, table->insert);
	if (!bind_record(table, &desk->restore->tables[table - dump_tables], record, query, &uuid,
		    err)) {
		sql_done(query);
		return false;
	}
	bool ok = sql_run(query, err);
	*added = ok && sql_changed(desk->sql) > 0;
	return ok;
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
