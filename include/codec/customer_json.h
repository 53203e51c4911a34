#ifndef ATENDE_CODEC_CUSTOMER_JSON_H
#define ATENDE_CODEC_CUSTOMER_JSON_H

#include "codec/json.h"
#include "core/directory.h"
#include "core/query.h"

/*
 * A customer as shown (see codec/ticket_json.h):
 * {"id","name","preferred_channel","do_not_call","shared","created_at","merged_into","ref",
 *  "address","addresses":[{"kind","value","key","id","customer"}],
 *  "notes":[{"id","author","at","text","pinned","removed","customer"}],
 *  "history":[{"number","state","opened_at","subject"}],"has_more_history"}
 * `address` is the first one or null. A subject that the reader may not see is null.
 */
struct json *customer_view_json(
	const void *mem, const struct customer_view *view, const struct directory *directory);

#endif
