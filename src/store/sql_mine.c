#include "store/reads.h"

#include "base/mem.h"
#include "store/row.h"
#include "store/shape.h"
#include "store/statement.h"

/* What is under way: the operator's own unsent messages, and how much each operator has. */

enum { OUTBOX_MAX = 200 };

static bool add_unsent(struct desk *desk, const struct scope *scope, struct message *message,
	struct outbox *outbox, struct error *err)
{
	struct outbox_row *row = &outbox->rows[outbox->count];
	bool sees;
	if (!row_load(desk, outbox->rows, scope, message->ticket, &row->row, &sees, err)) {
		return false;
	}
	row->message = *message;
	outbox->count += sees;
	return true;
}

bool desk_outbox(struct store *store, const void *mem, struct outbox *outbox, struct error *err)
{
	struct desk *desk = desk_of(store);
	struct scope scope;
	void *rows = NULL;
	size_t count = 0;
	*outbox = (struct outbox){0};
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	void *scratch = mem_context(NULL);
	scope_init(&scope, desk, scratch);
	struct sql_query *query = sql_query(desk->sql, READ_OUTBOX);
	sql_bind_int(query, 1, desk->store.actor);
	sql_bind_int(query, 2, OUTBOX_MAX);
	bool ok = shape_read_all(&message_shape, query, mem, &rows, &count, err);
	struct message *messages = rows;
	outbox->rows = mem_array(mem, struct outbox_row, count + 1);
	for (size_t i = 0; ok && i < count; i++) {
		ok = add_unsent(desk, &scope, &messages[i], outbox, err);
	}
	desk_read_end(desk);
	talloc_free(scratch);
	return ok;
}

bool desk_loads(struct store *store, const void *mem, struct load_list *loads, struct error *err)
{
	struct desk *desk = desk_of(store);
	*loads = (struct load_list){0};
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	const struct directory *directory = desk->directory;
	int64_t now = store_now(store);
	loads->items = mem_array(mem, struct load, directory->operator_count + 1);
	bool ok = true;
	for (size_t i = 0; ok && i < directory->operator_count; i++) {
		struct load *load = &loads->items[loads->count++];
		load->operator_id = directory->operators[i].id;
		struct sql_query *query = sql_query(desk->sql, READ_LOAD);
		sql_bind_int(query, 1, load->operator_id);
		sql_bind_int(query, 2, now);
		ok = sql_number(query, &load->tickets, err);
	}
	desk_read_end(desk);
	return ok;
}
