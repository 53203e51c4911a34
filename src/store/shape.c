#include "store/shape.h"

#include "base/mem.h"
#include "core/claim.h"
#include "core/directory.h"
#include "core/line.h"
#include "core/ticket.h"
#include "core/token.h"

#include <string.h>

#define INT(type, field)                                                                           \
	{                                                                                          \
#field, COLUMN_INT, offsetof(struct type, field)                                   \
	}
#define ENUM(type, field)                                                                          \
	{                                                                                          \
#field, COLUMN_ENUM, offsetof(struct type, field)                                  \
	}
#define BOOL(type, field)                                                                          \
	{                                                                                          \
#field, COLUMN_BOOL, offsetof(struct type, field)                                  \
	}
#define TEXT(type, field)                                                                          \
	{                                                                                          \
#field, COLUMN_TEXT, offsetof(struct type, field)                                  \
	}
#define SHAPE(name, type, list)                                                                    \
	{                                                                                          \
		name, sizeof(struct type), ARRAY_LEN(list), list                                   \
	}

static const struct column ticket_columns[] = {
	INT(ticket, number),
	ENUM(ticket, state),
	TEXT(ticket, subject),
	INT(ticket, customer),
	ENUM(ticket, channel),
	INT(ticket, team),
	ENUM(ticket, priority),
	INT(ticket, assignee),
	INT(ticket, opened_at),
	INT(ticket, opened_by),
	INT(ticket, run_at),
	INT(ticket, waiting_since),
	INT(ticket, answer_due_at),
	INT(ticket, resolve_due_at),
	INT(ticket, due_at),
	INT(ticket, first_answer_at),
	INT(ticket, snoozed_until),
	INT(ticket, waited_at),
	INT(ticket, resolved_at),
	INT(ticket, reason),
	BOOL(ticket, resolved_by_time),
	ENUM(ticket, former_state),
	INT(ticket, merged_into),
	INT(ticket, linked_to),
	INT(ticket, newest_public),
	BOOL(ticket, newest_is_ours),
	INT(ticket, escalated_at),
	INT(ticket, message_count),
	INT(ticket, note_count),
	TEXT(ticket, tags),
	TEXT(ticket, ref),
	INT(ticket, revision),
};
const struct shape ticket_shape = SHAPE("ticket", ticket, ticket_columns);

static const struct column message_columns[] = {
	INT(message, id),
	INT(message, ticket),
	ENUM(message, direction),
	INT(message, author),
	ENUM(message, channel),
	INT(message, at),
	TEXT(message, text),
	ENUM(message, state),
	INT(message, send_at),
	TEXT(message, message_id),
	INT(message, run_at),
	BOOL(message, is_first),
	ENUM(message, contact),
	INT(message, from_at),
	INT(message, to_at),
	TEXT(message, address),
};
const struct shape message_shape = SHAPE("message", message, message_columns);

static const struct column note_columns[] = {
	INT(note, id),
	INT(note, ticket),
	INT(note, author),
	INT(note, at),
	TEXT(note, text),
};
const struct shape note_shape = SHAPE("note", note, note_columns);

static const struct column question_columns[] = {
	INT(question, id),
	INT(question, ticket),
	INT(question, asked_by),
	INT(question, team),
	INT(question, at),
	INT(question, due_at),
	TEXT(question, text),
	INT(question, answered_at),
	INT(question, answered_by),
	TEXT(question, answer),
};
const struct shape question_shape = SHAPE("question", question, question_columns);

static const struct column claim_columns[] = {
	INT(claim, ticket),
	INT(claim, customer),
	{"operator", COLUMN_INT, offsetof(struct claim, operator_id)},
	INT(claim, generation),
	INT(claim, since),
	INT(claim, expires_at),
	BOOL(claim, grace),
	BOOL(claim, separate),
	BOOL(claim, is_logged),
	INT(claim, worked_from),
	INT(claim, worked_to),
};
const struct shape claim_shape = SHAPE("claim", claim, claim_columns);

static const struct column draft_columns[] = {
	INT(draft, id),
	INT(draft, ticket),
	{"operator", COLUMN_INT, offsetof(struct draft, operator_id)},
	ENUM(draft, kind),
	TEXT(draft, text),
	INT(draft, generation),
	INT(draft, seen),
	INT(draft, updated_at),
	INT(draft, discarded_at),
	TEXT(draft, address),
};
const struct shape draft_shape = SHAPE("draft", draft, draft_columns);

static const struct column attachment_columns[] = {
	INT(attachment, id),
	INT(attachment, text),
	TEXT(attachment, name),
	TEXT(attachment, media_type),
	INT(attachment, size_bytes),
	TEXT(attachment, blob),
};
const struct shape attachment_shape = SHAPE("attachment", attachment, attachment_columns);

static const struct column customer_columns[] = {
	INT(customer, id),
	TEXT(customer, name),
	ENUM(customer, preferred_channel),
	BOOL(customer, do_not_call),
	BOOL(customer, shared),
	INT(customer, created_at),
	INT(customer, merged_into),
	TEXT(customer, ref),
};
const struct shape customer_shape = SHAPE("customer", customer, customer_columns);

static const struct column address_columns[] = {
	INT(address, id),
	INT(address, customer),
	ENUM(address, kind),
	TEXT(address, value),
	TEXT(address, key),
};
const struct shape address_shape = SHAPE("address", address, address_columns);

static const struct column customer_note_columns[] = {
	INT(customer_note, id),
	INT(customer_note, customer),
	INT(customer_note, author),
	INT(customer_note, at),
	TEXT(customer_note, text),
	BOOL(customer_note, pinned),
	BOOL(customer_note, removed),
};
const struct shape customer_note_shape =
	SHAPE("customer_note", customer_note, customer_note_columns);

static const struct column calendar_columns[] = {
	INT(calendar_row, id),
	TEXT(calendar_row, key),
	TEXT(calendar_row, zone),
	TEXT(calendar_row, hours),
	TEXT(calendar_row, holidays),
};
const struct shape calendar_shape = SHAPE("calendar", calendar_row, calendar_columns);

static const struct column team_columns[] = {
	INT(team, id),
	TEXT(team, key),
	TEXT(team, name),
	INT(team, calendar),
	INT(team, question_ms),
};
const struct shape team_shape = SHAPE("team", team, team_columns);

static const struct column operator_columns[] = {
	INT(operator_, id),
	TEXT(operator_, login),
	TEXT(operator_, name),
	ENUM(operator_, role),
	BOOL(operator_, enabled),
	INT(operator_, paused_at),
	TEXT(operator_, pause_reason),
	INT(operator_, signed_in_at),
	INT(operator_, worked_until),
};
const struct shape operator_shape = SHAPE("operator", operator_, operator_columns);

static const struct column reason_columns[] = {
	INT(reason, id),
	INT(reason, parent),
	TEXT(reason, key),
	TEXT(reason, name),
	BOOL(reason, enabled),
};
const struct shape reason_shape = SHAPE("reason", reason, reason_columns);

static const struct column answer_columns[] = {
	INT(answer, id),
	TEXT(answer, key),
	TEXT(answer, name),
	TEXT(answer, text),
	INT(answer, team),
	BOOL(answer, enabled),
};
const struct shape answer_shape = SHAPE("answer", answer, answer_columns);

static const struct column target_columns[] = {
	INT(target, team),
	ENUM(target, channel),
	ENUM(target, priority),
	INT(target, first_answer_ms),
	INT(target, next_answer_ms),
	INT(target, resolution_ms),
};
const struct shape target_shape = SHAPE("target", target, target_columns);

static const struct column token_columns[] = {
	INT(token, id),
	{"operator", COLUMN_INT, offsetof(struct token, operator_id)},
	TEXT(token, name),
	ENUM(token, kind),
	TEXT(token, hash),
	INT(token, rights),
	INT(token, created_at),
	INT(token, used_at),
	INT(token, expires_at),
	INT(token, revoked_at),
};
const struct shape token_shape = SHAPE("token", token, token_columns);
static const struct column memo_columns[] = {
	INT(memo, id),
	INT(memo, author),
	INT(memo, at),
	{"operator", COLUMN_INT, offsetof(struct memo, operator_id)},
	INT(memo, team),
	INT(memo, ticket),
	TEXT(memo, text),
};
const struct shape memo_shape = SHAPE("memo", memo, memo_columns);

static const struct column presence_columns[] = {
	{"operator", COLUMN_INT, offsetof(struct presence, operator_id)},
	TEXT(presence, terminal),
	INT(presence, ticket),
	ENUM(presence, doing),
	INT(presence, since),
	INT(presence, expires_at),
};
const struct shape presence_shape = SHAPE("presence", presence, presence_columns);

const struct shape *const shapes[] = {
	&ticket_shape,
	&message_shape,
	&note_shape,
	&question_shape,
	&claim_shape,
	&draft_shape,
	&attachment_shape,
	&customer_shape,
	&address_shape,
	&customer_note_shape,
	&calendar_shape,
	&team_shape,
	&operator_shape,
	&reason_shape,
	&answer_shape,
	&target_shape,
	&token_shape,
	&memo_shape,
	&presence_shape,
};
const size_t shape_count = ARRAY_LEN(shapes);

int64_t column_number(const struct column *column, const void *at)
{
	switch (column->type) {
	case COLUMN_INT:
		return *(const int64_t *)at;
	case COLUMN_ENUM:
		return *(const int *)at;
	case COLUMN_BOOL:
		return *(const bool *)at;
	case COLUMN_TEXT:
		break;
	}
	return 0;
}

void column_set_number(const struct column *column, void *at, int64_t value)
{
	switch (column->type) {
	case COLUMN_INT:
		*(int64_t *)at = value;
		break;
	case COLUMN_ENUM:
		*(int *)at = (int)value;
		break;
	case COLUMN_BOOL:
		*(bool *)at = value != 0;
		break;
	case COLUMN_TEXT:
		break;
	}
}

int shape_read(
	const struct shape *shape, struct sql_query *query, const void *mem, int first, void *row)
{
	memset(row, 0, shape->size);
	for (size_t i = 0; i < shape->count; i++, first++) {
		char *at = (char *)row + shape->columns[i].offset;
		if (shape->columns[i].type == COLUMN_TEXT) {
			*(char **)at = sql_text(query, mem, first);
		} else {
			column_set_number(&shape->columns[i], at, sql_int(query, first));
		}
	}
	return first;
}

void shape_own_texts(const struct shape *shape, const void *mem, void *row)
{
	for (size_t i = 0; i < shape->count; i++) {
		char **at = (char **)((char *)row + shape->columns[i].offset);
		if (shape->columns[i].type == COLUMN_TEXT) {
			*at = mem_strdup(mem, *at);
		}
	}
}

void shape_bind(const struct shape *shape, struct sql_query *query, int first, const void *row)
{
	for (size_t i = 0; i < shape->count; i++, first++) {
		const char *at = (const char *)row + shape->columns[i].offset;
		if (shape->columns[i].type == COLUMN_TEXT) {
			sql_bind_text(query, first, *(char *const *)at);
		} else {
			sql_bind_int(query, first, column_number(&shape->columns[i], at));
		}
	}
}

bool shape_read_all(const struct shape *shape, struct sql_query *query, const void *mem,
	void **rows, size_t *count, struct error *err)
{
	char *items = mem_array(mem, char, 0);
	size_t n = 0, room = 0;
	bool has_row;
	bool ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		if (n == room) {
			room = room ? 2 * room : 16;
			items = mem_grow(mem, items, char, (unsigned)(room * shape->size));
		}
		shape_read(shape, query, mem, 0, items + n * shape->size);
		n++;
	}
	sql_done(query);
	*rows = items;
	*count = n;
	return ok;
}

bool shape_read_one(const struct shape *shape, struct sql_query *query, const void *mem, void *row,
	bool *found, struct error *err)
{
	bool ok = sql_step(query, found, err);
	if (ok && *found) {
		shape_read(shape, query, mem, 0, row);
	}
	sql_done(query);
	return ok;
}
