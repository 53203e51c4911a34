#ifndef ATENDE_CODEC_DESK_JSON_H
#define ATENDE_CODEC_DESK_JSON_H

#include "codec/json.h"
#include "core/directory.h"
#include "core/query.h"

/* The desk as shown (see codec/ticket_json.h): counts, loads, renewals, log. */

/* {"open","free","mine","overdue","overdue_is_capped","waiting","snoozed","drafts"} */
struct json *counts_json(const void *mem, const struct counts *counts);

/* {"loads":[{"operator","tickets"}]} */
struct json *loads_json(
	const void *mem, const struct load_list *loads, const struct directory *directory);

/* {"ticket","generation","grace","from","to","expires_at"} */
struct json *renewal_json(const void *mem, const struct renewal *renewal);

/* {"revision","at","kind","actor","ticket","customer","other","to","id","imported","detail":{…}}:
 * an actor that is null is the desk itself. */
void feed_item_add_json(
	struct json *object, const struct feed_item *item, const struct directory *directory);
/* {"changes":[…],"revision","presence"} */
struct json *feed_json(const void *mem, const struct feed *feed, const struct directory *directory);

#endif
