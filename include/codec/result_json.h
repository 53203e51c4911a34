#ifndef ATENDE_CODEC_RESULT_JSON_H
#define ATENDE_CODEC_RESULT_JSON_H

#include "base/error.h"
#include "codec/json.h"
#include "core/change.h"
#include "core/directory.h"

#include <stdbool.h>

/* What became of a change, and errors, as JSON for programs, and back. */

/*
 * Applied:
 *   {"ok":true,"repeat":false,"revision":17,"ticket":1001,"customer":12,"generation":17}
 * and "queued":true when it is only kept here as yet (core/change.h); refused:
 *   {"ok":false,"error":{…as error_json…},"ticket":1001,"holder":"bruno","holder_since":"…",
 *    "newest":15,"customer":null,"generation":null}
 * Ids that are none are null. `sentence` is the refusal in the reader's language, NULL for English.
 */
struct json *result_json(const void *mem, const struct result *result,
	const struct directory *directory, const char *sentence);

/* Reads it back, by the rules of object_from_json (codec/field_json.h). */
bool result_from_json(const void *mem, const struct json *object, struct result *result,
	const struct directory *directory, struct error *err);

/* {"code":"conflict","reason":"held","message":"…","text":"{0} has it","args":["bruno"]}: the
 * inside of {"error":…}; reason may be null, text is the msgid of the message. */
void error_add_json(
	struct json *parent, const char *key, const struct error *err, const char *sentence);

/* {"error":{…}}: what a subcommand with --json prints when it fails. */
struct json *error_json(const void *mem, const struct error *err, const char *sentence);

/*
 * Problem details (RFC 9457): {"type":"about:blank","title":"Conflict","status":409,
 * "detail":"bruno has it","code":"conflict","reason":"held","text":"{0} has it","args":["bruno"],
 * "request":17}. Who answers may add more. `status` and `title` are those of HTTP.
 */
struct json *problem_json(
	const void *mem, const struct error *err, int status, const char *title, int64_t request);

/*
 * An error back out of problem details or of the inside of {"error":…}, in *out: false when the
 * object is no such. A remark that is no error has the code "none". What it says is made clean. Its
 * text and reason are kept texts (base/kept.h); when no more are kept, the text is "{0}" with the
 * whole sentence for {0}.
 */
bool error_from_json(const struct json *object, struct error *out);

#endif
