#ifndef ATENDE_CODEC_MIRROR_JSON_H
#define ATENDE_CODEC_MIRROR_JSON_H

#include "base/error.h"
#include "core/mirror.h"
#include "core/record.h"

#include <stdbool.h>

/*
 * What ends an answer to a question of core/mirror.h, as a record of its own: without it the answer
 * is not complete.
 *   {"mirror":{"revision":17,"id":"0190…","known_id":"…","directory":3,"has_more":1,"next":"…"}}
 * Ids that are none are "", so is `next` without more.
 */
struct record *mirror_record(const void *mem, const struct mirror *mirror);

/* *is_end false: it is a record of another type. INVALID for one that makes no sense. */
bool mirror_from_record(
	const struct record *record, struct mirror *mirror, bool *is_end, struct error *err);

#endif
