#ifndef ATENDE_CODEC_CHANGE_JSON_H
#define ATENDE_CODEC_CHANGE_JSON_H

#include "base/error.h"
#include "codec/json.h"
#include "core/change.h"
#include "core/directory.h"

#include <stdbool.h>

/*
 * Changes as JSON, by the tables of core/change.h: a field is a member of the name that
 * change_fields gives it; one that is unset has none.
 *
 *   {"id":"0190…","kind":"reply","ticket":1001,"customer":12,"actor":3,"group":1,"imported":true,
 *    "at":"2026-11-22T12:31:05Z","text":"…","outcome":"wait","until":"2026-11-23T12:00:00Z"}
 *
 * Texts and lines are strings; ids and spans (…_ms) numbers; times RFC 3339; names their words
 * ("email", "yes"). A team that is explicitly none (TEAM_NONE) is -1. Files are
 * "attachments":[{"name","media_type","blob"}].
 */

/* The change as a new object on mem, without loss. */
struct json *change_json(const void *mem, const struct change *change);

/*
 * Reads one back; strings belong to the tree of `object`, arrays to mem. INVALID for an unknown
 * key, kind or word, a value of the wrong type, a malformed id. What change_validate says is not
 * asked here, and texts are not made clean (it refuses unclean ones). A missing id stays zero, for
 * the caller to make.
 */
bool change_from_json(
	const void *mem, const struct json *object, struct change *change, struct error *err);

/* The same, and actor, operator, team, reason and calendar may also be a login or a key of the
 * directory, or "none" where the change may say so. NOT_FOUND for one that it does not have. */
bool change_from_json_by_name(const void *mem, const struct json *object,
	const struct directory *directory, struct change *change, struct error *err);

/* [{"name","media_type","blob"}], the member `key` of something: what a change or a draft carries.
 * NULL is an empty list. INVALID for what is no such array. */
bool files_from_json(const void *mem, const struct json *array, const char *key,
	struct attachment_list *list, struct error *err);

/* {key: [{"name","media_type","blob"}]}: the files that a change or a draft carries. */
void files_add_json(struct json *object, const char *key, const struct attachment_list *list);

/*
 * What change_log.detail keeps: the fields that are set (not id, kind, ticket, customer, actor,
 * group, imported, at: they are columns) but the long `text`, which lives in the row of its
 * message, note, question or answer, and `secret`, which the log never has. A text of an operator's
 * day (why he pauses) has no such row and is kept. The object may be added to ("former": …) before
 * it is printed.
 */
struct json *change_detail(const void *mem, const struct change *change);

#endif
