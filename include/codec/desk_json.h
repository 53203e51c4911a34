#ifndef ATENDE_CODEC_DESK_JSON_H
#define ATENDE_CODEC_DESK_JSON_H

#include "codec/json.h"
#include "core/directory.h"
#include "core/query.h"

/* The desk as shown (see codec/ticket_json.h): counts, log, and what the directory holds. */

/* {"open","free","mine","overdue","overdue_is_capped","waiting","snoozed","drafts"} */
struct json *counts_json(const void *mem, const struct counts *counts);

/* {"revision","at","kind","actor","ticket","customer","other","id","imported","detail":{…}}: an
 * actor that is null is the desk itself. */
void feed_item_add_json(
	struct json *object, const struct feed_item *item, const struct directory *directory);
/* {"changes":[…],"revision"} */
struct json *feed_json(const void *mem, const struct feed *feed, const struct directory *directory);

/* {"operators":[{"id","login","name","role","enabled","teams":[key…],"paused_at","pause_reason",
 *  "signed_in_at"}]} */
struct json *operators_json(const void *mem, const struct directory *directory);
/* {"teams":[{"id","key","name","calendar","question_ms"}]} */
struct json *teams_json(const void *mem, const struct directory *directory);
/* {"reasons":[{"id","key","name","parent":key,"enabled"}]} */
struct json *reasons_json(const void *mem, const struct directory *directory);
/* {"answers":[{"id","key","name","text","team","enabled"}]} */
struct json *answers_json(const void *mem, const struct directory *directory);
/* {"targets":[{"team","channel","priority","first_answer_ms","next_answer_ms","resolution_ms"}]}:
 * null is any, a span of 0 is no target. */
struct json *targets_json(const void *mem, const struct directory *directory);
/* {"calendars":[{"id","key","zone","hours","holidays"}]} */
struct json *calendars_json(const void *mem, const struct directory *directory);
/* {"settings":{name:value…}}: texts, spans in ms, numbers, booleans, as setting_infos has them. */
struct json *settings_json(const void *mem, const struct directory *directory);
/* All of the above in one object. */
struct json *directory_json(const void *mem, const struct directory *directory);

#endif
