#include "codec/ticket_json.h"

#include "base/mem.h"
#include "codec/customer_json.h"
#include "codec/field_json.h"
#include "core/name.h"

#include <string.h>

/* --- rows --- */

#define ROW(name, shape, member, names)                                                            \
	{                                                                                          \
		name, shape, offsetof(struct ticket_row, member), names                            \
	}

static const struct field_info row_fields[] = {
	ROW("number", SHAPE_INT, ticket.number, NULL),
	ROW("state", SHAPE_NAME, ticket.state, &ticket_state_names),
	ROW("subject", SHAPE_TEXT, ticket.subject, NULL),
	ROW("channel", SHAPE_NAME, ticket.channel, &channel_names),
	ROW("team", SHAPE_TEAM, ticket.team, NULL),
	ROW("priority", SHAPE_NAME, ticket.priority, &priority_names),
	ROW("claimed_by", SHAPE_OPERATOR, claim.operator_id, NULL),
	ROW("claim_since", SHAPE_TIME, claim.since, NULL),
	ROW("claim_expires_at", SHAPE_TIME, claim.expires_at, NULL),
	ROW("claim_generation", SHAPE_ID, claim.generation, NULL),
	ROW("claim_grace", SHAPE_BOOL, claim.grace, NULL),
	ROW("covered_by", SHAPE_OPERATOR, covered_by, NULL),
	ROW("waiting_since", SHAPE_TIME, ticket.waiting_since, NULL),
	ROW("due_at", SHAPE_TIME, ticket.due_at, NULL),
	ROW("answer_due_at", SHAPE_TIME, ticket.answer_due_at, NULL),
	ROW("resolve_due_at", SHAPE_TIME, ticket.resolve_due_at, NULL),
	ROW("opened_at", SHAPE_TIME, ticket.opened_at, NULL),
	ROW("opened_by", SHAPE_OPERATOR, ticket.opened_by, NULL),
	ROW("first_answer_at", SHAPE_TIME, ticket.first_answer_at, NULL),
	ROW("snoozed_until", SHAPE_TIME, ticket.snoozed_until, NULL),
	ROW("resolved_at", SHAPE_TIME, ticket.resolved_at, NULL),
	ROW("resolved_by_time", SHAPE_BOOL, ticket.resolved_by_time, NULL),
	ROW("reason", SHAPE_REASON, ticket.reason, NULL),
	ROW("merged_into", SHAPE_ID, ticket.merged_into, NULL),
	ROW("linked_to", SHAPE_ID, ticket.linked_to, NULL),
	ROW("escalated_at", SHAPE_TIME, ticket.escalated_at, NULL),
	ROW("ref", SHAPE_WORD, ticket.ref, NULL),
	ROW("message_count", SHAPE_INT, ticket.message_count, NULL),
	ROW("note_count", SHAPE_INT, ticket.note_count, NULL),
	ROW("newest_message", SHAPE_ID, ticket.newest_public, NULL),
	ROW("newest_is_ours", SHAPE_BOOL, ticket.newest_is_ours, NULL),
	ROW("has_draft", SHAPE_BOOL, has_draft, NULL),
	ROW("revision", SHAPE_INT, ticket.revision, NULL),
};

static const struct field_info row_customer_fields[] = {
	ROW("id", SHAPE_ID, ticket.customer, NULL),
	ROW("name", SHAPE_TEXT, customer_name, NULL),
	ROW("address", SHAPE_WORD, customer_address, NULL),
	ROW("shared", SHAPE_BOOL, customer_shared, NULL),
};

static void add_tags(struct json *object, const char *tags)
{
	struct json *array = json_add_array(object, "tags");
	for (const char *at = tags + strspn(tags, " "); *at; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");
		char *tag = mem_strndup(NULL, at, size);
		json_add_text(array, NULL, tag);
		talloc_free(tag);
		at += size;
	}
}

/* All but the customer, which a view shows at more length. */
static void add_row(struct json *object, const struct ticket_row *row,
	const struct directory *directory, int64_t now)
{
	const char *assignee = directory_login_of(directory, ticket_assignee(&row->ticket, now));
	fields_add_json(object, row_fields, ARRAY_LEN(row_fields), row, directory);
	json_add_text(object, "assignee", *assignee ? assignee : NULL);
	add_tags(object, row->ticket.tags ? row->ticket.tags : "");
}

void ticket_row_add_json(struct json *object, const struct ticket_row *row,
	const struct directory *directory, int64_t now)
{
	add_row(object, row, directory, now);
	fields_add_json(json_add_object(object, "customer"), row_customer_fields,
		ARRAY_LEN(row_customer_fields), row, directory);
}

/* --- pages --- */

/* {"tickets":[…]}; found: with what was found in each. */
static struct json *rows_json(const void *mem, const struct ticket_row *rows, size_t count,
	bool found, const struct directory *directory, int64_t now)
{
	struct json *object = json_object(mem);
	struct json *array = json_add_array(object, "tickets");
	for (size_t i = 0; i < count; i++) {
		struct json *row = json_add_object(array, NULL);
		ticket_row_add_json(row, &rows[i], directory, now);
		if (found) {
			json_add_text(row, "snippet", rows[i].snippet);
		}
	}
	return object;
}

struct json *queue_page_json(const void *mem, const struct queue_page *page,
	const struct directory *directory, int64_t now)
{
	struct json *object = rows_json(mem, page->rows, page->count, false, directory, now);
	json_add_bool(object, "has_more", page->has_more);
	json_add_int(object, "revision", page->revision);
	return object;
}

struct json *search_page_json(const void *mem, const struct search_page *page,
	const struct directory *directory, int64_t now)
{
	struct json *object = rows_json(mem, page->rows, page->count, true, directory, now);
	json_add_bool(object, "has_more", page->has_more);
	json_add_id(object, "before", page->before);
	json_add_int(object, "candidates", (int64_t)page->candidates);
	json_add_time(object, "looked_back_to", page->looked_back_to);
	return object;
}

/* --- a ticket and its texts --- */

#define MESSAGE(name, shape, member, names)                                                        \
	{                                                                                          \
		name, shape, offsetof(struct message, member), names                               \
	}
#define NOTE(name, shape, member)                                                                  \
	{                                                                                          \
		name, shape, offsetof(struct note, member), NULL                                   \
	}
#define QUESTION(name, shape, member)                                                              \
	{                                                                                          \
		name, shape, offsetof(struct question, member), NULL                               \
	}
#define DRAFT(name, shape, member, names)                                                          \
	{                                                                                          \
		name, shape, offsetof(struct draft, member), names                                 \
	}
#define ATTACHMENT(name, shape, member)                                                            \
	{                                                                                          \
		name, shape, offsetof(struct attachment, member), NULL                             \
	}

static const struct field_info message_fields[] = {
	MESSAGE("id", SHAPE_ID, id, NULL),
	MESSAGE("direction", SHAPE_NAME, direction, &direction_names),
	MESSAGE("author", SHAPE_OPERATOR, author, NULL),
	MESSAGE("at", SHAPE_TIME, at, NULL),
	MESSAGE("text", SHAPE_TEXT, text, NULL),
	MESSAGE("state", SHAPE_NAME, state, &message_state_names),
	MESSAGE("channel", SHAPE_NAME, channel, &channel_names),
	MESSAGE("send_at", SHAPE_TIME, send_at, NULL),
	MESSAGE("message_id", SHAPE_WORD, message_id, NULL),
	MESSAGE("contact", SHAPE_NAME, contact, &contact_outcome_names),
	MESSAGE("from", SHAPE_TIME, from_at, NULL),
	MESSAGE("to", SHAPE_TIME, to_at, NULL),
	MESSAGE("address", SHAPE_WORD, address, NULL),
};

static const struct field_info note_fields[] = {
	NOTE("id", SHAPE_ID, id),
	NOTE("author", SHAPE_OPERATOR, author),
	NOTE("at", SHAPE_TIME, at),
	NOTE("text", SHAPE_TEXT, text),
};

static const struct field_info question_fields[] = {
	QUESTION("id", SHAPE_ID, id),
	QUESTION("asked_by", SHAPE_OPERATOR, asked_by),
	QUESTION("team", SHAPE_TEAM, team),
	QUESTION("at", SHAPE_TIME, at),
	QUESTION("due_at", SHAPE_TIME, due_at),
	QUESTION("text", SHAPE_TEXT, text),
	QUESTION("answered_at", SHAPE_TIME, answered_at),
	QUESTION("answered_by", SHAPE_OPERATOR, answered_by),
	QUESTION("answer", SHAPE_WORD, answer),
};

static const struct field_info draft_fields[] = {
	DRAFT("ticket", SHAPE_ID, ticket, NULL),
	DRAFT("operator", SHAPE_OPERATOR, operator_id, NULL),
	DRAFT("kind", SHAPE_NAME, kind, &draft_kind_names),
	DRAFT("text", SHAPE_TEXT, text, NULL),
	DRAFT("generation", SHAPE_ID, generation, NULL),
	DRAFT("seen", SHAPE_ID, seen, NULL),
	DRAFT("updated_at", SHAPE_TIME, updated_at, NULL),
	DRAFT("discarded_at", SHAPE_TIME, discarded_at, NULL),
	DRAFT("address", SHAPE_WORD, address, NULL),
};

static const struct field_info attachment_fields[] = {
	ATTACHMENT("id", SHAPE_ID, id),
	ATTACHMENT("name", SHAPE_TEXT, name),
	ATTACHMENT("media_type", SHAPE_TEXT, media_type),
	ATTACHMENT("size_bytes", SHAPE_INT, size_bytes),
	ATTACHMENT("blob", SHAPE_TEXT, blob),
};

void attachment_add_json(struct json *object, const struct attachment *attachment)
{
	fields_add_json(object, attachment_fields, ARRAY_LEN(attachment_fields), attachment, NULL);
}

/* Texts with files: as rows_add_json, and the files of each. `files` is where they lie in a row. */
static void texts_add_json(struct json *object, const char *key, const struct field_info *fields,
	size_t count, const void *rows, size_t row_count, size_t size, size_t files,
	const struct directory *directory)
{
	struct json *array = json_add_array(object, key);
	for (size_t i = 0; i < row_count; i++) {
		const char *row = (const char *)rows + i * size;
		const struct attachment_list *list = (const void *)(row + files);
		struct json *text = json_add_object(array, NULL);
		fields_add_json(text, fields, count, row, directory);
		rows_add_json(text, "attachments", attachment_fields, ARRAY_LEN(attachment_fields),
			list->items, list->count, sizeof(struct attachment), directory);
	}
}

static void add_drafts(struct json *object, const struct draft *drafts, size_t count,
	const struct directory *directory)
{
	texts_add_json(object, "drafts", draft_fields, ARRAY_LEN(draft_fields), drafts, count,
		sizeof(struct draft), offsetof(struct draft, attachments), directory);
}

struct json *ticket_view_json(const void *mem, const struct ticket_view *view,
	const struct directory *directory, int64_t now)
{
	struct json *object = json_object(mem);
	add_row(object, &view->row, directory, now);
	texts_add_json(object, "messages", message_fields, ARRAY_LEN(message_fields),
		view->messages, view->message_count, sizeof(struct message),
		offsetof(struct message, attachments), directory);
	texts_add_json(object, "notes", note_fields, ARRAY_LEN(note_fields), view->notes,
		view->note_count, sizeof(struct note), offsetof(struct note, attachments),
		directory);
	rows_add_json(object, "questions", question_fields, ARRAY_LEN(question_fields),
		view->questions, view->question_count, sizeof(struct question), directory);
	add_drafts(object, view->drafts, view->draft_count, directory);
	json_add_bool(object, "has_more_messages", view->has_more_messages);
	customer_view_add_json(json_add_object(object, "customer"), &view->customer, directory);
	return object;
}

struct json *draft_list_json(
	const void *mem, const struct draft_list *list, const struct directory *directory)
{
	struct json *object = json_object(mem);
	add_drafts(object, list->drafts, list->count, directory);
	return object;
}
