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
 * {"number","state","subject","customer":{"id","name","address","shared"},"channel","team",
 *  "priority","assignee","claimed_by","claim_since","claim_expires_at","claim_generation",
 *  "claim_grace","covered_by","waiting_since","due_at","answer_due_at","resolve_due_at",
 *  "opened_at","opened_by","first_answer_at","snoozed_until","resolved_at","resolved_by_time",
 *  "reason","merged_into","linked_to","escalated_at","tags":[…],"ref","message_count",
 *  "note_count","newest_message","newest_is_ours","has_draft","revision"}
 */
void ticket_row_add_json(struct json *object, const struct ticket_row *row,
	const struct directory *directory, int64_t now);

/* {"tickets":[…],"has_more","revision"} */
struct json *queue_page_json(const void *mem, const struct queue_page *page,
	const struct directory *directory, int64_t now);

/* {"tickets":[{…,"snippet"}],"has_more","before","candidates","looked_back_to"} */
struct json *search_page_json(const void *mem, const struct search_page *page,
	const struct directory *directory, int64_t now);

/*
 * A row's fields and
 *  "messages":[{"id","direction","author","at","text","state","channel","send_at",
 *    "message_id","contact","from","to","address","attachments":[{"id","name","media_type",
 *    "size_bytes","blob"}]}],
 *  "notes":[{"id","author","at","text","attachments":[…]}],
 *  "questions":[{"id","asked_by","team","at","due_at","text","answered_at","answered_by",
 *    "answer"}],
 *  "drafts":[…as in draft_list_json…], "has_more_messages",
 *  "customer":{"id","name","address","shared", … as in customer_view_json}
 * An author that is null is the customer.
 */
struct json *ticket_view_json(const void *mem, const struct ticket_view *view,
	const struct directory *directory, int64_t now);

/* {"id","name","media_type","size_bytes","blob"} */
void attachment_add_json(struct json *object, const struct attachment *attachment);

/* {"drafts":[{"ticket","operator","kind","text","generation","seen","updated_at",
 *  "discarded_at","address","attachments":[…]}]} */
struct json *draft_list_json(
	const void *mem, const struct draft_list *list, const struct directory *directory);

#endif
