#ifndef ATENDE_CODEC_CUSTOMER_JSON_H
#define ATENDE_CODEC_CUSTOMER_JSON_H

#include "codec/json.h"
#include "core/directory.h"
#include "core/query.h"

/*
 * A customer as shown (see codec/ticket_json.h):
 * {"id","name","address","addresses":[{"kind","value","key"}],"preferred_channel","do_not_call",
 *  "shared","created_at","merged_into","ref","notes":[{"id","author","at","text","pinned"}],
 *  "history":[{"number","state","opened_at","subject"}],"has_more_history"}
 * `address` is the first one or null. A removed note is left out. A subject that the reader may not
 * see is null.
 */
void customer_view_add_json(
	struct json *object, const struct customer_view *view, const struct directory *directory);
struct json *customer_view_json(
	const void *mem, const struct customer_view *view, const struct directory *directory);

#endif
