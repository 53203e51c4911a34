#ifndef ATENDE_CODEC_TICKET_JSON_H
#define ATENDE_CODEC_TICKET_JSON_H

#include "base/error.h"
#include "codec/json.h"
#include "core/directory.h"
#include "core/query.h"
#include "core/ticket.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Tickets as JSON, as command line and API give them to programs. `now` is the store's clock, for
 * the assignee as it counts.
 *
 * Times are RFC 3339 or null, due times that are never are null; operators are logins, teams
 * and reasons keys, or null; states, channels, priorities their words.
 */

/*
 * {"number","state","subject","channel","team","priority","claimed_by","claim_since",
 *  "claim_expires_at","claim_generation","claim_grace","claim":{"ticket","customer","separate",
 *  "is_logged","worked_from","worked_to"},"covered_by","waiting_since","due_at","answer_due_at",
 *  "resolve_due_at","opened_at","opened_by","run_at","first_answer_at","snoozed_until",
 *  "waited_at","resolved_at","resolved_by_time","former_state","reason","merged_into","linked_to",
 *  "escalated_at","ref","message_count","note_count","newest_message","newest_is_ours",
 *  "has_draft","revision","assignee","assigned_to","tags":[…],"cursor",
 *  "customer":{"id","name","address","shared"}}
 *
 * "assignee" is whose ticket it counts as now, "assigned_to" whose it was made; "claim" is null
 * without one; "cursor" is the place of the row in its list (codec/cursor.h).
 */
void ticket_row_add_json(struct json *object, const struct ticket_row *row,
	const struct directory *directory, int64_t now);

/* {"tickets":[…],"has_more","next","revision","scanned"}; next is a cursor or null */
struct json *queue_page_json(const void *mem, const struct queue_page *page,
	const struct directory *directory, int64_t now);

/* {"tickets":[{…,"snippet"}],"has_more","before","candidates","looked_back_to"} */
struct json *search_page_json(const void *mem, const struct search_page *page,
	const struct directory *directory, int64_t now);

/* {"outbox":[{"message":{… as below},"ticket":{… as a row}}]} */
struct json *outbox_json(const void *mem, const struct outbox *outbox,
	const struct directory *directory, int64_t now);

/*
 * A row's fields and
 *  "messages":[{"id","direction","author","at","text","state","channel","send_at",
 *    "message_id","contact","from","to","address","ticket","run_at","is_first",
 *    "attachments":[{"id","name","media_type","size_bytes","blob","of"}]}],
 *  "notes":[{"id","author","at","text","ticket","attachments":[…]}],
 *  "questions":[{"id","asked_by","team","at","due_at","text","answered_at","answered_by",
 *    "answer","ticket"}],
 *  "drafts":[…as in draft_list_json…],
 *  "memos":[… as in memo_list_json…],"has_more_messages","desk_revision",
 *  "customer":{"id","name","address","shared", … as in customer_view_json}
 * An author that is null is the customer; "of" is the text that a file came with, null for a
 * draft's.
 */
struct json *ticket_view_json(const void *mem, const struct ticket_view *view,
	const struct directory *directory, int64_t now);

/* Reads it back, by the rules of object_from_json (codec/field_json.h). */
bool ticket_view_from_json(const void *mem, const struct json *object, struct ticket_view *view,
	const struct directory *directory, struct error *err);

/* {"id","name","media_type","size_bytes","blob","of"} */
void attachment_add_json(struct json *object, const struct attachment *attachment);

/* {"drafts":[{"ticket","operator","kind","text","generation","seen","updated_at",
 *  "discarded_at","address","id","attachments":[…]}]} */
struct json *draft_list_json(
	const void *mem, const struct draft_list *list, const struct directory *directory);

#endif
