#ifndef ATENDE_CODEC_DIRECTORY_JSON_H
#define ATENDE_CODEC_DIRECTORY_JSON_H

#include "base/error.h"
#include "codec/json.h"
#include "core/directory.h"

#include <stdbool.h>

/* What the directory holds, as shown (see codec/ticket_json.h), and back. */

/* {"operators":[{"id","login","name","role","enabled","paused_at","pause_reason",
 *  "signed_in_at","worked_until","teams":[key…],"preferences":[{"name","value"}]}]} */
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
/* All of the above in one object, and "revision". */
struct json *directory_json(const void *mem, const struct directory *directory);

/*
 * Reads what directory_json wrote, by the rules of object_from_json; all of it on the directory,
 * which lies on mem. Calendars are made of the time zones of this machine. INVALID also for a
 * setting that is out of its range.
 */
bool directory_from_json(const void *mem, const struct json *object, struct directory **directory,
	struct error *err);

#endif
