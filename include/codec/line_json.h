#ifndef ATENDE_CODEC_LINE_JSON_H
#define ATENDE_CODEC_LINE_JSON_H

#include "codec/json.h"
#include "core/directory.h"
#include "core/line.h"

/* The internal line as shown (see codec/ticket_json.h). */

/* {"presences":[{"operator","terminal","ticket","doing","since","expires_at"}]} */
struct json *presence_list_json(
	const void *mem, const struct presence_list *list, const struct directory *directory);

/* {"memos":[{"id","author","at","operator","team","ticket","text","is_unread"}],"unread",
 *  "has_more"}: an author that is null is the desk itself. */
struct json *memo_list_json(
	const void *mem, const struct memo_list *list, const struct directory *directory);

#endif
