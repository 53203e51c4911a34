#include "codec/desk_json.h"

#include "base/mem.h"
#include "codec/objects.h"
#include "codec/zone.h"
#include "core/change.h"
#include "core/name.h"

static const struct field_info count_fields[] = {
	FIELD_INFO(counts, "open", SHAPE_INT, open, NULL),
	FIELD_INFO(counts, "free", SHAPE_INT, free, NULL),
	FIELD_INFO(counts, "mine", SHAPE_INT, mine, NULL),
	FIELD_INFO(counts, "overdue", SHAPE_INT, overdue, NULL),
	FIELD_INFO(counts, "overdue_is_capped", SHAPE_BOOL, overdue_is_capped, NULL),
	FIELD_INFO(counts, "waiting", SHAPE_INT, waiting, NULL),
	FIELD_INFO(counts, "snoozed", SHAPE_INT, snoozed, NULL),
	FIELD_INFO(counts, "drafts", SHAPE_INT, drafts, NULL),
};
const struct object_info counts_object = OBJECT_INFO(counts, count_fields);

static const struct field_info load_fields[] = {
	FIELD_INFO(load, "operator", SHAPE_OPERATOR, operator_id, NULL),
	FIELD_INFO(load, "tickets", SHAPE_INT, tickets, NULL),
};
static const struct object_info load_object = OBJECT_INFO(load, load_fields);

static const struct field_info load_list_fields[] = {
	ROWS_INFO(load_list, "loads", items, count, load_object),
};
const struct object_info load_list_object = OBJECT_INFO(load_list, load_list_fields);

static const struct field_info renewal_fields[] = {
	FIELD_INFO(renewal, "ticket", SHAPE_ID, ticket, NULL),
	FIELD_INFO(renewal, "generation", SHAPE_ID, generation, NULL),
	FIELD_INFO(renewal, "grace", SHAPE_BOOL, grace, NULL),
	FIELD_INFO(renewal, "from", SHAPE_TIME, worked_from, NULL),
	FIELD_INFO(renewal, "to", SHAPE_TIME, worked_to, NULL),
	FIELD_INFO(renewal, "expires_at", SHAPE_TIME, expires_at, NULL),
};
const struct object_info renewal_object = OBJECT_INFO(renewal, renewal_fields);

/* --- the log --- */

static const struct field_info item_fields[] = {
	FIELD_INFO(feed_item, "revision", SHAPE_INT, revision, NULL),
	FIELD_INFO(feed_item, "at", SHAPE_TIME, at, NULL),
	FIELD_INFO(feed_item, "actor", SHAPE_OPERATOR, actor, NULL),
	FIELD_INFO(feed_item, "ticket", SHAPE_ID, ticket, NULL),
	FIELD_INFO(feed_item, "customer", SHAPE_ID, customer, NULL),
	FIELD_INFO(feed_item, "other", SHAPE_ID, other, NULL),
	FIELD_INFO(feed_item, "to", SHAPE_OPERATOR, to, NULL),
	FIELD_INFO(feed_item, "imported", SHAPE_BOOL, imported, NULL),
	FIELD_INFO(feed_item, "kind", SHAPE_KIND, kind, NULL),
	FIELD_INFO(feed_item, "id", SHAPE_UUID, id, NULL),
	FIELD_INFO(feed_item, "detail", SHAPE_JSON, detail, NULL),
};
const struct object_info feed_item_object = OBJECT_INFO(feed_item, item_fields);

static const struct field_info feed_fields[] = {
	ROWS_INFO(feed, "changes", items, count, feed_item_object),
	FIELD_INFO(feed, "revision", SHAPE_INT, revision, NULL),
	FIELD_INFO(feed, "presence", SHAPE_INT, presence, NULL),
};
const struct object_info feed_object = OBJECT_INFO(feed, feed_fields);

static struct json *shown(const void *mem, const struct object_info *info, const void *row,
	const struct directory *directory)
{
	struct json *object = json_object(mem);
	object_add_json(object, info, row, &(struct field_scope){directory, 0});
	return object;
}

struct json *counts_json(const void *mem, const struct counts *counts)
{
	return shown(mem, &counts_object, counts, NULL);
}

struct json *loads_json(
	const void *mem, const struct load_list *loads, const struct directory *directory)
{
	return shown(mem, &load_list_object, loads, directory);
}

struct json *renewal_json(const void *mem, const struct renewal *renewal)
{
	return shown(mem, &renewal_object, renewal, NULL);
}

void feed_item_add_json(
	struct json *object, const struct feed_item *item, const struct directory *directory)
{
	object_add_json(object, &feed_item_object, item, &(struct field_scope){directory, 0});
}

struct json *feed_json(const void *mem, const struct feed *feed, const struct directory *directory)
{
	return shown(mem, &feed_object, feed, directory);
}
