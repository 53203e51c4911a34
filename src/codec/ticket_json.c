#include "codec/ticket_json.h"

#include "base/mem.h"
#include "codec/objects.h"
#include "core/name.h"

/* --- texts with files --- */

static const struct field_info attachment_fields[] = {
	FIELD_INFO(attachment, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(attachment, "name", SHAPE_LINE, name, NULL),
	FIELD_INFO(attachment, "media_type", SHAPE_LINE, media_type, NULL),
	FIELD_INFO(attachment, "size_bytes", SHAPE_INT, size_bytes, NULL),
	FIELD_INFO(attachment, "blob", SHAPE_LINE, blob, NULL),
	FIELD_INFO(attachment, "of", SHAPE_ID, text, NULL),
};
const struct object_info attachment_object = OBJECT_INFO(attachment, attachment_fields);

static const struct field_info message_fields[] = {
	FIELD_INFO(message, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(message, "direction", SHAPE_NAME, direction, &direction_names),
	FIELD_INFO(message, "author", SHAPE_OPERATOR, author, NULL),
	FIELD_INFO(message, "at", SHAPE_TIME, at, NULL),
	FIELD_INFO(message, "text", SHAPE_TEXT, text, NULL),
	FIELD_INFO(message, "state", SHAPE_NAME, state, &message_state_names),
	FIELD_INFO(message, "channel", SHAPE_NAME, channel, &channel_names),
	FIELD_INFO(message, "send_at", SHAPE_TIME, send_at, NULL),
	FIELD_INFO(message, "message_id", SHAPE_WORD, message_id, NULL),
	FIELD_INFO(message, "contact", SHAPE_NAME, contact, &contact_outcome_names),
	FIELD_INFO(message, "from", SHAPE_TIME, from_at, NULL),
	FIELD_INFO(message, "to", SHAPE_TIME, to_at, NULL),
	FIELD_INFO(message, "address", SHAPE_WORD, address, NULL),
	FIELD_INFO(message, "ticket", SHAPE_ID, ticket, NULL),
	FIELD_INFO(message, "run_at", SHAPE_TIME, run_at, NULL),
	FIELD_INFO(message, "is_first", SHAPE_BOOL, is_first, NULL),
	ROWS_INFO(message, "attachments", attachments.items, attachments.count, attachment_object),
};
const struct object_info message_object = OBJECT_INFO(message, message_fields);

static const struct field_info note_fields[] = {
	FIELD_INFO(note, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(note, "author", SHAPE_OPERATOR, author, NULL),
	FIELD_INFO(note, "at", SHAPE_TIME, at, NULL),
	FIELD_INFO(note, "text", SHAPE_TEXT, text, NULL),
	FIELD_INFO(note, "ticket", SHAPE_ID, ticket, NULL),
	ROWS_INFO(note, "attachments", attachments.items, attachments.count, attachment_object),
};
const struct object_info note_object = OBJECT_INFO(note, note_fields);

static const struct field_info question_fields[] = {
	FIELD_INFO(question, "id", SHAPE_ID, id, NULL),
	FIELD_INFO(question, "asked_by", SHAPE_OPERATOR, asked_by, NULL),
	FIELD_INFO(question, "team", SHAPE_TEAM, team, NULL),
	FIELD_INFO(question, "at", SHAPE_TIME, at, NULL),
	FIELD_INFO(question, "due_at", SHAPE_DUE, due_at, NULL),
	FIELD_INFO(question, "text", SHAPE_TEXT, text, NULL),
	FIELD_INFO(question, "answered_at", SHAPE_TIME, answered_at, NULL),
	FIELD_INFO(question, "answered_by", SHAPE_OPERATOR, answered_by, NULL),
	FIELD_INFO(question, "answer", SHAPE_PASSAGE, answer, NULL),
	FIELD_INFO(question, "ticket", SHAPE_ID, ticket, NULL),
};
const struct object_info question_object = OBJECT_INFO(question, question_fields);

static const struct field_info draft_fields[] = {
	FIELD_INFO(draft, "ticket", SHAPE_ID, ticket, NULL),
	FIELD_INFO(draft, "operator", SHAPE_OPERATOR, operator_id, NULL),
	FIELD_INFO(draft, "kind", SHAPE_NAME, kind, &draft_kind_names),
	FIELD_INFO(draft, "text", SHAPE_TEXT, text, NULL),
	FIELD_INFO(draft, "generation", SHAPE_ID, generation, NULL),
	FIELD_INFO(draft, "seen", SHAPE_ID, seen, NULL),
	FIELD_INFO(draft, "updated_at", SHAPE_TIME, updated_at, NULL),
	FIELD_INFO(draft, "discarded_at", SHAPE_TIME, discarded_at, NULL),
	FIELD_INFO(draft, "address", SHAPE_WORD, address, NULL),
	FIELD_INFO(draft, "id", SHAPE_ID, id, NULL),
	ROWS_INFO(draft, "attachments", attachments.items, attachments.count, attachment_object),
};
const struct object_info draft_object = OBJECT_INFO(draft, draft_fields);

static const struct field_info draft_list_fields[] = {
	ROWS_INFO(draft_list, "drafts", drafts, count, draft_object),
};
const struct object_info draft_list_object = OBJECT_INFO(draft_list, draft_list_fields);

void attachment_add_json(struct json *object, const struct attachment *attachment)
{
	object_add_json(object, &attachment_object, attachment, &(struct field_scope){0});
}

struct json *draft_list_json(
	const void *mem, const struct draft_list *list, const struct directory *directory)
{
	struct json *object = json_object(mem);
	object_add_json(object, &draft_list_object, list, &(struct field_scope){directory, 0});
	return object;
}

/* --- rows --- */

/* What only the holder's programs ask of a claim. */
static const struct field_info claim_fields[] = {
	FIELD_INFO(claim, "ticket", SHAPE_ID, ticket, NULL),
	FIELD_INFO(claim, "customer", SHAPE_ID, customer, NULL),
	FIELD_INFO(claim, "separate", SHAPE_BOOL, separate, NULL),
	FIELD_INFO(claim, "is_logged", SHAPE_BOOL, is_logged, NULL),
	FIELD_INFO(claim, "worked_from", SHAPE_TIME, worked_from, NULL),
	FIELD_INFO(claim, "worked_to", SHAPE_TIME, worked_to, NULL),
};
static const struct object_info claim_object = OBJECT_INFO(claim, claim_fields);

static const struct field_info row_fields[] = {
	FIELD_INFO(ticket_row, "number", SHAPE_INT, ticket.number, NULL),
	FIELD_INFO(ticket_row, "state", SHAPE_NAME, ticket.state, &ticket_state_names),
	FIELD_INFO(ticket_row, "subject", SHAPE_LINE, ticket.subject, NULL),
	FIELD_INFO(ticket_row, "channel", SHAPE_NAME, ticket.channel, &channel_names),
	FIELD_INFO(ticket_row, "team", SHAPE_TEAM, ticket.team, NULL),
	FIELD_INFO(ticket_row, "priority", SHAPE_NAME, ticket.priority, &priority_names),
	FIELD_INFO(ticket_row, "claimed_by", SHAPE_OPERATOR, claim.operator_id, NULL),
	FIELD_INFO(ticket_row, "claim_since", SHAPE_TIME, claim.since, NULL),
	FIELD_INFO(ticket_row, "claim_expires_at", SHAPE_TIME, claim.expires_at, NULL),
	FIELD_INFO(ticket_row, "claim_generation", SHAPE_ID, claim.generation, NULL),
	FIELD_INFO(ticket_row, "claim_grace", SHAPE_BOOL, claim.grace, NULL),
	{"claim", SHAPE_OPTIONAL, offsetof(struct ticket_row, claim), NULL, &claim_object, 0},
	FIELD_INFO(ticket_row, "covered_by", SHAPE_OPERATOR, covered_by, NULL),
	FIELD_INFO(ticket_row, "waiting_since", SHAPE_TIME, ticket.waiting_since, NULL),
	FIELD_INFO(ticket_row, "due_at", SHAPE_DUE, ticket.due_at, NULL),
	FIELD_INFO(ticket_row, "answer_due_at", SHAPE_DUE, ticket.answer_due_at, NULL),
	FIELD_INFO(ticket_row, "resolve_due_at", SHAPE_DUE, ticket.resolve_due_at, NULL),
	FIELD_INFO(ticket_row, "opened_at", SHAPE_TIME, ticket.opened_at, NULL),
	FIELD_INFO(ticket_row, "opened_by", SHAPE_OPERATOR, ticket.opened_by, NULL),
	FIELD_INFO(ticket_row, "run_at", SHAPE_TIME, ticket.run_at, NULL),
	FIELD_INFO(ticket_row, "first_answer_at", SHAPE_TIME, ticket.first_answer_at, NULL),
	FIELD_INFO(ticket_row, "snoozed_until", SHAPE_TIME, ticket.snoozed_until, NULL),
	FIELD_INFO(ticket_row, "waited_at", SHAPE_TIME, ticket.waited_at, NULL),
	FIELD_INFO(ticket_row, "resolved_at", SHAPE_TIME, ticket.resolved_at, NULL),
	FIELD_INFO(ticket_row, "resolved_by_time", SHAPE_BOOL, ticket.resolved_by_time, NULL),
	FIELD_INFO(
		ticket_row, "former_state", SHAPE_NAME, ticket.former_state, &ticket_state_names),
	FIELD_INFO(ticket_row, "reason", SHAPE_REASON, ticket.reason, NULL),
	FIELD_INFO(ticket_row, "merged_into", SHAPE_ID, ticket.merged_into, NULL),
	FIELD_INFO(ticket_row, "linked_to", SHAPE_ID, ticket.linked_to, NULL),
	FIELD_INFO(ticket_row, "escalated_at", SHAPE_TIME, ticket.escalated_at, NULL),
	FIELD_INFO(ticket_row, "ref", SHAPE_WORD, ticket.ref, NULL),
	FIELD_INFO(ticket_row, "message_count", SHAPE_INT, ticket.message_count, NULL),
	FIELD_INFO(ticket_row, "note_count", SHAPE_INT, ticket.note_count, NULL),
	FIELD_INFO(ticket_row, "newest_message", SHAPE_ID, ticket.newest_public, NULL),
	FIELD_INFO(ticket_row, "newest_is_ours", SHAPE_BOOL, ticket.newest_is_ours, NULL),
	FIELD_INFO(ticket_row, "has_draft", SHAPE_BOOL, has_draft, NULL),
	FIELD_INFO(ticket_row, "revision", SHAPE_INT, ticket.revision, NULL),
	FIELD_INFO(ticket_row, "assignee", SHAPE_ASSIGNEE, ticket, NULL),
	FIELD_INFO(ticket_row, "assigned_to", SHAPE_OPERATOR, ticket.assignee, NULL),
	FIELD_INFO(ticket_row, "tags", SHAPE_TAGS, ticket.tags, NULL),
	FIELD_INFO(ticket_row, "cursor", SHAPE_CURSOR, key, NULL),
	FIELD_INFO(ticket_row, "snippet", SHAPE_EXTRA, snippet, NULL),
};
/* All but the customer, which a view shows at more length. */
static const struct object_info row_object = OBJECT_INFO(ticket_row, row_fields);

static const struct field_info row_customer_fields[] = {
	FIELD_INFO(ticket_row, "id", SHAPE_ID, ticket.customer, NULL),
	FIELD_INFO(ticket_row, "name", SHAPE_LINE, customer_name, NULL),
	FIELD_INFO(ticket_row, "address", SHAPE_WORD, customer_address, NULL),
	FIELD_INFO(ticket_row, "shared", SHAPE_BOOL, customer_shared, NULL),
};
static const struct object_info row_customer_object = OBJECT_INFO(ticket_row, row_customer_fields);

static const struct field_info whole_row_fields[] = {
	{NULL, SHAPE_INLINE, 0, NULL, &row_object, 0},
	{"customer", SHAPE_OBJECT, 0, NULL, &row_customer_object, 0},
};
const struct object_info ticket_row_object = OBJECT_INFO(ticket_row, whole_row_fields);

void ticket_row_add_json(struct json *object, const struct ticket_row *row,
	const struct directory *directory, int64_t now)
{
	object_add_json(object, &ticket_row_object, row, &(struct field_scope){directory, now});
}

/* --- pages --- */

static const struct field_info queue_page_fields[] = {
	ROWS_INFO(queue_page, "tickets", rows, count, ticket_row_object),
	FIELD_INFO(queue_page, "has_more", SHAPE_BOOL, has_more, NULL),
	FIELD_INFO(queue_page, "next", SHAPE_CURSOR, next, NULL),
	FIELD_INFO(queue_page, "revision", SHAPE_INT, revision, NULL),
	FIELD_INFO(queue_page, "scanned", SHAPE_COUNT, scanned, NULL),
};
const struct object_info queue_page_object = OBJECT_INFO(queue_page, queue_page_fields);

static const struct field_info search_page_fields[] = {
	ROWS_INFO(search_page, "tickets", rows, count, ticket_row_object),
	FIELD_INFO(search_page, "has_more", SHAPE_BOOL, has_more, NULL),
	FIELD_INFO(search_page, "before", SHAPE_ID, before, NULL),
	FIELD_INFO(search_page, "candidates", SHAPE_COUNT, candidates, NULL),
	FIELD_INFO(search_page, "looked_back_to", SHAPE_TIME, looked_back_to, NULL),
};
const struct object_info search_page_object = OBJECT_INFO(search_page, search_page_fields);

static const struct field_info outbox_row_fields[] = {
	{"message", SHAPE_OBJECT, offsetof(struct outbox_row, message), NULL, &message_object, 0},
	{"ticket", SHAPE_OBJECT, offsetof(struct outbox_row, row), NULL, &ticket_row_object, 0},
};
static const struct object_info outbox_row_object = OBJECT_INFO(outbox_row, outbox_row_fields);

static const struct field_info outbox_fields[] = {
	ROWS_INFO(outbox, "outbox", rows, count, outbox_row_object),
};
const struct object_info outbox_object = OBJECT_INFO(outbox, outbox_fields);

static struct json *shown(const void *mem, const struct object_info *info, const void *row,
	const struct directory *directory, int64_t now)
{
	struct json *object = json_object(mem);
	object_add_json(object, info, row, &(struct field_scope){directory, now});
	return object;
}

struct json *queue_page_json(const void *mem, const struct queue_page *page,
	const struct directory *directory, int64_t now)
{
	return shown(mem, &queue_page_object, page, directory, now);
}

struct json *search_page_json(const void *mem, const struct search_page *page,
	const struct directory *directory, int64_t now)
{
	return shown(mem, &search_page_object, page, directory, now);
}

struct json *outbox_json(const void *mem, const struct outbox *outbox,
	const struct directory *directory, int64_t now)
{
	return shown(mem, &outbox_object, outbox, directory, now);
}

/* --- a ticket with all that is on it --- */

static const struct field_info view_fields[] = {
	{NULL, SHAPE_INLINE, offsetof(struct ticket_view, row), NULL, &row_object, 0},
	ROWS_INFO(ticket_view, "messages", messages, message_count, message_object),
	ROWS_INFO(ticket_view, "notes", notes, note_count, note_object),
	ROWS_INFO(ticket_view, "questions", questions, question_count, question_object),
	ROWS_INFO(ticket_view, "drafts", drafts, draft_count, draft_object),
	ROWS_INFO(ticket_view, "memos", memos, memo_count, memo_object),
	FIELD_INFO(ticket_view, "has_more_messages", SHAPE_BOOL, has_more_messages, NULL),
	FIELD_INFO(ticket_view, "desk_revision", SHAPE_INT, revision, NULL),
	{"customer", SHAPE_OBJECT, offsetof(struct ticket_view, customer), NULL,
		&customer_view_object, 0},
};
const struct object_info ticket_view_object = OBJECT_INFO(ticket_view, view_fields);

struct json *ticket_view_json(const void *mem, const struct ticket_view *view,
	const struct directory *directory, int64_t now)
{
	return shown(mem, &ticket_view_object, view, directory, now);
}

bool ticket_view_from_json(const void *mem, const struct json *object, struct ticket_view *view,
	const struct directory *directory, struct error *err)
{
	if (!object_from_json(mem, object, &ticket_view_object, view, directory, err)) {
		return false;
	}
	const struct customer_view *customer = &view->customer;
	view->row.ticket.customer = customer->customer.id;
	view->row.customer_name = customer->customer.name;
	view->row.customer_shared = customer->customer.shared;
	view->row.customer_address =
		customer->address_count ? customer->addresses[0].value : mem_strdup(mem, "");
	return true;
}
