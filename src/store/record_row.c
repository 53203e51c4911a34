#include "store/record_row.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "store/care.h"

#include <string.h>

struct column_info {
	char *name;
	bool is_text, is_bytes;
	bool has_default; /* "", for records older than the column */
};

struct record_tables {
	struct table {
		size_t count;
		struct column_info *columns;
	} * tables; /* as dump_tables */
};

static bool load_columns(
	struct sql *sql, struct record_tables *tables, size_t which, struct error *err)
{
	struct table *table = &tables->tables[which];
	char *text = mem_printf(tables, "PRAGMA table_info(%s)", dump_tables[which].type);
	struct sql_query *query = sql_prepare(sql, text);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		table->columns =
			mem_grow(tables, table->columns, struct column_info, table->count + 1);
		table->columns[table->count++] =
			(struct column_info){.name = sql_text(query, tables, 1),
				.is_text = strcmp(sql_peek(query, 2), "TEXT") == 0,
				.is_bytes = strcmp(sql_peek(query, 2), "BLOB") == 0,
				.has_default = !sql_is_null(query, 4)};
	}
	sql_done(query);
	return ok;
}

bool record_tables_load(
	struct sql *sql, const void *mem, struct record_tables **tables, struct error *err)
{
	*tables = mem_new(mem, struct record_tables);
	(*tables)->tables = mem_array(*tables, struct table, dump_table_count);
	bool ok = true;
	for (size_t i = 0; ok && i < dump_table_count; i++) {
		ok = load_columns(sql, *tables, i, err);
	}
	return ok;
}

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

bool record_insert(struct sql *sql, const struct record_tables *tables, const struct record *record,
	bool *added, struct error *err)
{
	const struct dump_table *table = dump_table_find(record->type);
	struct uuid uuid;
	*added = false;
	if (!table) {
		return refuse(record, "",
			N_("there is no type of record called {0}; was it made by this program?"),
			err);
	}
	struct sql_query *query = sql_query(sql, table->insert);
	if (!bind_record(table, &tables->tables[table - dump_tables], record, query, &uuid, err)) {
		sql_done(query);
		return false;
	}
	bool ok = sql_run(query, err);
	*added = ok && sql_changed(sql) > 0;
	return ok;
}

int64_t record_number(const struct record *record, const char *name)
{
	const struct record_value *value = value_of(record, name);
	return value ? value->number : 0;
}

const char *record_text(const struct record *record, const char *name)
{
	const struct record_value *value = value_of(record, name);
	return value && value->is_text ? value->text : "";
}
