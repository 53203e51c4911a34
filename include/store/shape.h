#ifndef ATENDE_STORE_SHAPE_H
#define ATENDE_STORE_SHAPE_H

#include "store/sql.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * How a row lies in a struct: one const table a noun, in the order of the schema's columns, so that
 * one reader and one binder serve all. Columns are named as the fields are; "operator" is the
 * field operator_id where it would be a word of other languages.
 */
enum column_type { COLUMN_INT, COLUMN_ENUM, COLUMN_BOOL, COLUMN_TEXT };

struct column {
	const char *name;
	enum column_type type;
	size_t offset; /* int64_t, enum, bool, char * */
};

struct shape {
	const char *table;
	size_t size; /* of the struct */
	size_t count;
	const struct column *columns;
};

extern const struct shape ticket_shape, message_shape, note_shape, question_shape, claim_shape,
	draft_shape, attachment_shape, customer_shape, address_shape, customer_note_shape,
	calendar_shape, team_shape, operator_shape, /* without its teams */
	reason_shape, answer_shape, target_shape, token_shape, memo_shape, presence_shape;
extern const struct shape *const shapes[];
extern const size_t shape_count;

/*
 * The columns of each shape for SELECT lists, in its order; a test holds them against the tables.
 * Qualified where they are joined with others.
 */
#define TICKET_COLUMNS                                                                             \
	"ticket.number,ticket.state,ticket.subject,ticket.customer,ticket.channel,ticket.team,"    \
	"ticket.priority,ticket.assignee,ticket.opened_at,ticket.opened_by,ticket.run_at,"         \
	"ticket.waiting_since,ticket.answer_due_at,ticket.resolve_due_at,ticket.due_at,"           \
	"ticket.first_answer_at,ticket.snoozed_until,ticket.waited_at,ticket.resolved_at,"         \
	"ticket.reason,ticket.resolved_by_time,ticket.former_state,ticket.merged_into,"            \
	"ticket.linked_to,ticket.newest_public,ticket.newest_is_ours,ticket.escalated_at,"         \
	"ticket.message_count,ticket.note_count,ticket.tags,ticket.ref,ticket.revision"
#define MESSAGE_COLUMNS                                                                            \
	"message.id,message.ticket,message.direction,message.author,message.channel,message.at,"   \
	"message.text,message.state,message.send_at,message.message_id,message.run_at,"            \
	"message.is_first,message.contact,message.from_at,message.to_at,message.address"
#define NOTE_COLUMNS "note.id,note.ticket,note.author,note.at,note.text"
#define QUESTION_COLUMNS                                                                           \
	"question.id,question.ticket,question.asked_by,question.team,question.at,question.due_at," \
	"question.text,question.answered_at,question.answered_by,question.answer"
#define CLAIM_COLUMNS                                                                              \
	"claim.ticket,claim.customer,claim.operator,claim.generation,claim.since,"                 \
	"claim.expires_at,claim.grace,claim.separate,claim.is_logged,claim.worked_from,"           \
	"claim.worked_to"
#define DRAFT_COLUMNS                                                                              \
	"draft.id,draft.ticket,draft.operator,draft.kind,draft.text,draft.generation,draft.seen,"  \
	"draft.updated_at,draft.discarded_at,draft.address"
#define ATTACHMENT_COLUMNS                                                                         \
	"attachment.id,attachment.text,attachment.name,attachment.media_type,"                     \
	"attachment.size_bytes,attachment.blob"
#define CUSTOMER_COLUMNS                                                                           \
	"customer.id,customer.name,customer.preferred_channel,customer.do_not_call,"               \
	"customer.shared,customer.created_at,customer.merged_into,customer.ref"
#define ADDRESS_COLUMNS "address.id,address.customer,address.kind,address.value,address.key"
#define CUSTOMER_NOTE_COLUMNS                                                                      \
	"customer_note.id,customer_note.customer,customer_note.author,customer_note.at,"           \
	"customer_note.text,customer_note.pinned,customer_note.removed"
#define MEMO_COLUMNS "memo.id,memo.author,memo.at,memo.operator,memo.team,memo.ticket,memo.text"
#define PRESENCE_COLUMNS                                                                           \
	"presence.operator,presence.terminal,presence.ticket,presence.doing,presence.since,"       \
	"presence.expires_at"

/* The ids of what may have files, of ticket $1. */
#define TEXTS_OF_TICKET                                                                            \
	"SELECT id FROM message WHERE ticket = $1 UNION ALL SELECT id FROM note WHERE ticket = $1"

enum { TICKET_COLUMN_COUNT = 32, CLAIM_COLUMN_COUNT = 11, CUSTOMER_COLUMN_COUNT = 8 };

/* A value at its place in the row; of a text 0, and nothing. */
int64_t column_number(const struct column *column, const void *at);
void column_set_number(const struct column *column, void *at, int64_t value);

/* Reads the columns from `first` on into *row (zeroed before), strings on mem. Gives the column
 * after. */
int shape_read(
	const struct shape *shape, struct sql_query *query, const void *mem, int first, void *row);

/* Copies the strings of *row to mem and lets it have those. */
void shape_own_texts(const struct shape *shape, const void *mem, void *row);

/* Binds all columns to $first, $first+1 … */
void shape_bind(const struct shape *shape, struct sql_query *query, int first, const void *row);

/* All rows of a query into an array on mem; gives the query back. */
bool shape_read_all(const struct shape *shape, struct sql_query *query, const void *mem,
	void **rows, size_t *count, struct error *err);

/* The first row into *row, *found telling whether there is one; gives the query back. */
bool shape_read_one(const struct shape *shape, struct sql_query *query, const void *mem, void *row,
	bool *found, struct error *err);

#endif
