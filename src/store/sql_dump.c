#include "store/care.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "core/name.h"
#include "core/problem.h"
#include "store/statement.h"

#include <string.h>

const struct dump_table dump_tables[] = {
	{"setting", DUMP_SETTING, RESTORE_SETTING},
	{"calendar", DUMP_CALENDAR, RESTORE_CALENDAR},
	{"team", DUMP_TEAM, RESTORE_TEAM},
	{"operator", DUMP_OPERATOR, RESTORE_OPERATOR},
	{"operator_team", DUMP_OPERATOR_TEAM, RESTORE_OPERATOR_TEAM},
	{"preference", DUMP_PREFERENCE, RESTORE_PREFERENCE},
	{"reason", DUMP_REASON, RESTORE_REASON},
	{"answer", DUMP_ANSWER, RESTORE_ANSWER},
	{"target", DUMP_TARGET, RESTORE_TARGET},
	{"customer", DUMP_CUSTOMER, RESTORE_CUSTOMER},
	{"address", DUMP_ADDRESS, RESTORE_ADDRESS},
	{"customer_note", DUMP_CUSTOMER_NOTE, RESTORE_CUSTOMER_NOTE},
	{"ticket", DUMP_TICKET, RESTORE_TICKET},
	{"message", DUMP_MESSAGE, RESTORE_MESSAGE},
	{"note", DUMP_NOTE, RESTORE_NOTE},
	{"question", DUMP_QUESTION, RESTORE_QUESTION},
	{"involvement", DUMP_INVOLVEMENT, RESTORE_INVOLVEMENT},
	{"claim", DUMP_CLAIM, RESTORE_CLAIM},
	{"draft", DUMP_DRAFT, RESTORE_DRAFT},
	{"blob", DUMP_BLOB, RESTORE_BLOB},
	{"blob_part", DUMP_BLOB_PART, RESTORE_BLOB_PART},
	{"attachment", DUMP_ATTACHMENT, RESTORE_ATTACHMENT},
	{"draft_attachment", DUMP_DRAFT_ATTACHMENT, RESTORE_DRAFT_ATTACHMENT},
	{"memo", DUMP_MEMO, RESTORE_MEMO},
	{"memo_reader", DUMP_MEMO_READER, RESTORE_MEMO_READER},
	{"change_log", DUMP_CHANGE_LOG, RESTORE_CHANGE_LOG},
	{"moved", DUMP_MOVED, RESTORE_MOVED},
};
const size_t dump_table_count = ARRAY_LEN(dump_tables);

const struct dump_table *dump_table_find(const char *type)
{
	for (size_t i = 0; i < dump_table_count; i++) {
		if (strcmp(dump_tables[i].type, type) == 0) {
			return &dump_tables[i];
		}
	}
	return NULL;
}

bool dump_is_uuid(const struct dump_table *table, const char *column)
{
	return table->select == DUMP_CHANGE_LOG && strcmp(column, "id") == 0;
}

bool desk_may_care(const struct desk *desk, struct error *err)
{
	const struct operator_ *actor = desk_actor(desk);
	return desk->store.actor == 0 || (actor && actor->role == ROLE_ADMIN) ||
	       problem(err, PROBLEM_ROLE, name_of(&role_names, ROLE_ADMIN), NULL);
}

static const char *uuid_text(struct sql_query *query, const void *mem, int column)
{
	struct uuid uuid = {{0}};
	size_t size;
	const void *bytes = sql_blob(query, column, &size);
	char *text = mem_array(mem, char, UUID_TEXT_SIZE);
	memcpy(uuid.bytes, bytes, size < sizeof uuid.bytes ? size : sizeof uuid.bytes);
	uuid_format(&uuid, text);
	return text;
}

void dump_read(const struct dump_table *table, struct sql_query *query, const void *mem,
	struct record *record)
{
	int count = sql_column_count(query);
	*record = (struct record){.type = table->type,
		.count = (size_t)count,
		.values = mem_array(mem, struct record_value, (size_t)count)};
	for (int i = 0; i < count; i++) {
		struct record_value *value = &record->values[i];
		value->name = sql_column_name(query, i);
		value->is_null = sql_is_null(query, i);
		if (dump_is_uuid(table, value->name)) {
			value->is_text = true;
			value->text = uuid_text(query, mem, i);
		} else if (sql_is_text(query, i)) {
			value->is_text = true;
			value->text = sql_peek(query, i);
		} else if (sql_is_blob(query, i)) {
			value->is_bytes = true;
			value->text = sql_blob(query, i, &value->size);
		} else {
			value->number = sql_int(query, i);
		}
	}
}

static bool dump_one(struct desk *desk, const struct dump_table *table, store_record_fn *each,
	void *data, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, table->select);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		void *scratch = mem_context(NULL);
		struct record record;
		dump_read(table, query, scratch, &record);
		ok = each(data, &record, err);
		talloc_free(scratch);
		if (!ok) {
			break;
		}
	}
	sql_done(query);
	return ok;
}

bool desk_dump(struct store *store, store_record_fn *each, void *data, struct error *err)
{
	struct desk *desk = desk_of(store);
	bool ok = desk_read_begin(desk, err) && desk_may_care(desk, err);
	for (size_t i = 0; ok && i < dump_table_count; i++) {
		ok = dump_one(desk, &dump_tables[i], each, data, err);
	}
	desk_read_end(desk);
	return ok;
}
