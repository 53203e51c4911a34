#include "store/apply.h"

#include "base/mem.h"
#include "core/address.h"
#include "store/shape.h"
#include "store/statement.h"
#include "store/text_index.h"

#include <string.h>

/* What a decision says, written row by row. */

static bool insert_row(struct work *work, int statement, const struct shape *shape, const void *row)
{
	struct sql_query *query = sql_query(work->sql, statement);
	shape_bind(shape, query, 1, row);
	return sql_run(query, work->err);
}

/* --- tickets and counters --- */

static bool count(struct work *work, const struct ticket *ticket, int64_t by)
{
	struct sql_query *query = sql_query(work->sql, COUNTER_ADD);
	sql_bind_int(query, 1, ticket->team);
	sql_bind_int(query, 2, ticket->state);
	sql_bind_int(query, 3, by);
	return sql_run(query, work->err);
}

/* No column that an index holds is altered: then the row alone is written. */
static bool is_quiet(const struct ticket *a, const struct ticket *b)
{
	return a->state == b->state && a->team == b->team && a->priority == b->priority &&
	       a->assignee == b->assignee && a->customer == b->customer && a->due_at == b->due_at &&
	       a->waiting_since == b->waiting_since && a->waited_at == b->waited_at &&
	       a->snoozed_until == b->snoozed_until;
}

static bool write_ticket(struct work *work, const struct ticket *before, const struct ticket *after)
{
	if (!before || before->number != after->number) {
		return insert_row(work, TICKET_INSERT, &ticket_shape, after) &&
		       count(work, after, 1);
	}
	int statement = is_quiet(before, after) ? TICKET_UPDATE_QUIET : TICKET_UPDATE;
	if (!insert_row(work, statement, &ticket_shape, after)) {
		return false;
	}
	return (before->state == after->state && before->team == after->team) ||
	       (count(work, before, -1) && count(work, after, 1));
}

static bool write_the_ticket(struct work *work)
{
	return write_ticket(work, work->facts.ticket, &work->decision.ticket);
}

static bool write_other_ticket(struct work *work)
{
	return write_ticket(work, work->facts.other_ticket, &work->decision.other_ticket);
}

/* --- customers and addresses --- */

static bool insert_customer(struct work *work, struct customer *customer)
{
	struct sql_query *query = sql_query(work->sql, CUSTOMER_INSERT);
	shape_bind(&customer_shape, query, 1, customer);
	if (!sql_number(query, &customer->id, work->err)) {
		return false;
	}
	if (work->decision.ticket.customer == 0) {
		work->decision.ticket.customer = customer->id;
	}
	return true;
}

/* Live claims of a customer that is shared from now on cover nothing any more. */
static bool uncover(struct work *work, const struct customer *customer)
{
	struct sql_query *query = sql_query(work->sql, CLAIMS_SET_CUSTOMER);
	sql_bind_int(query, 1, customer->id);
	sql_bind_int(query, 2, 0);
	return sql_run(query, work->err);
}

static bool write_customer(struct work *work)
{
	struct customer *customer = &work->decision.customer;
	if (customer->id == 0) {
		return insert_customer(work, customer);
	}
	const struct customer *before = work->facts.customer;
	return insert_row(work, CUSTOMER_UPDATE, &customer_shape, customer) &&
	       (!customer->shared || before->shared || uncover(work, customer));
}

static bool write_other_customer(struct work *work)
{
	return insert_row(work, CUSTOMER_UPDATE, &customer_shape, &work->decision.other_customer);
}

static bool parse_address(struct work *work, struct address_parts *parts)
{
	return address_parse(work->mem, work->change.address, parts, work->err);
}

static bool write_address(struct work *work)
{
	struct address_parts parts;
	if (!parse_address(work, &parts)) {
		return false;
	}
	struct sql_query *query = sql_query(work->sql, ADDRESS_INSERT);
	sql_bind_int(query, 1, work->decision.customer.id);
	sql_bind_int(query, 2, parts.kind);
	sql_bind_text(query, 3, parts.value);
	sql_bind_text(query, 4, parts.key);
	return sql_run(query, work->err);
}

static bool remove_address(struct work *work)
{
	struct address_parts parts;
	if (!parse_address(work, &parts)) {
		return false;
	}
	struct sql_query *query = sql_query(work->sql, ADDRESS_DELETE);
	sql_bind_text(query, 1, parts.key);
	return sql_run(query, work->err);
}

static bool write_customer_note(struct work *work)
{
	return insert_row(
		work, CUSTOMER_NOTE_PUT, &customer_note_shape, &work->decision.customer_note);
}

/* --- texts --- */

static bool write_message(struct work *work)
{
	const struct message *message = &work->decision.message;
	return insert_row(work, MESSAGE_INSERT, &message_shape, message) &&
	       text_index_add(work->sql, message->ticket, message->id, message->text, work->err);
}

static bool write_message_state(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, MESSAGE_SET_STATE);
	sql_bind_int(query, 1, work->decision.message.id);
	sql_bind_int(query, 2, work->decision.message.state);
	return sql_run(query, work->err);
}

static bool write_note(struct work *work)
{
	const struct note *note = &work->decision.note;
	return insert_row(work, NOTE_INSERT, &note_shape, note) &&
	       text_index_add(work->sql, note->ticket, note->id, note->text, work->err);
}

static bool write_question(struct work *work)
{
	const struct question *question = &work->decision.question;
	return insert_row(work, QUESTION_PUT, &question_shape, question) &&
	       (question->answered_at || text_index_add(work->sql, question->ticket, question->id,
						 question->text, work->err));
}

static bool write_mentions(struct work *work)
{
	for (size_t i = 0; i < work->decision.mention_count; i++) {
		struct sql_query *query = sql_query(work->sql, INVOLVEMENT_PUT);
		sql_bind_int(query, 1, work->decision.mentions[i]);
		sql_bind_int(query, 2, work->decision.ticket.number);
		sql_bind_int(query, 3, work->facts.revision);
		if (!sql_run(query, work->err)) {
			return false;
		}
	}
	return true;
}

/* --- claims and spans --- */

/* Only in place of the row that the decision was made on: rows altered say who won. */
static bool take_claim(struct work *work)
{
	const struct claim *before = work->facts.claim;
	struct sql_query *query = sql_query(work->sql, CLAIM_TAKE_ROW);
	shape_bind(&claim_shape, query, 1, &work->decision.claim);
	sql_bind_int(query, 12, before ? before->generation : 0);
	if (!sql_run(query, work->err)) {
		return false;
	}
	return sql_changed(work->sql) == 1 ||
	       error_set_reason(work->err, ERROR_UNAVAILABLE, "busy",
		       N_("somebody else was faster on ticket {0}; try again"), "?", NULL);
}

static bool step_claim(struct work *work, enum claim_step step, int64_t ticket)
{
	if (step == CLAIM_KEEP) {
		return true;
	}
	if (step == CLAIM_TAKE) {
		return take_claim(work);
	}
	struct sql_query *query =
		sql_query(work->sql, step == CLAIM_END ? CLAIM_DELETE : CLAIM_MARK_LOGGED);
	sql_bind_int(query, 1, ticket);
	return sql_run(query, work->err);
}

static bool write_claims(struct work *work)
{
	return step_claim(work, work->decision.claim_step,
		       work->facts.ticket ? work->facts.ticket->number : 0) &&
	       step_claim(
		       work, work->decision.other_claim_step, work->decision.other_ticket.number);
}

static bool write_worked(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, OPERATOR_WORKED);
	sql_bind_int(query, 1, work->decision.worked_operator);
	sql_bind_int(query, 2, work->decision.worked_to);
	if (!sql_run(query, work->err)) {
		return false;
	}
	query = sql_query(work->sql, CLAIM_CLEAR_SPAN);
	sql_bind_int(query, 1, work->facts.ticket->number);
	sql_bind_int(query, 2, work->decision.worked_operator);
	return sql_run(query, work->err);
}

/* --- the full-text index around what alters how texts are found --- */

enum { NEITHER, TICKET_TEXTS = 1, OTHER_TEXTS = 2, CUSTOMER_TEXTS = 4, OTHER_CUSTOMER_TEXTS = 8 };

static int texts_concerned(const struct work *work)
{
	const struct decision *decision = &work->decision;
	const struct facts *facts = &work->facts;
	unsigned writes = decision->writes;
	bool moves_customer =
		(writes & WRITE_MOVE_CUSTOMER) ||
		((writes & WRITE_MOVE_BACK) && facts->undone->kind == CHANGE_CUSTOMER_MERGE);
	if (moves_customer) {
		return CUSTOMER_TEXTS | OTHER_CUSTOMER_TEXTS;
	}
	if (writes & (WRITE_MOVE_TEXTS | WRITE_MOVE_BACK)) {
		return TICKET_TEXTS | OTHER_TEXTS;
	}
	if (facts->customer && decision->customer.id == facts->customer->id) {
		bool renamed = (writes & WRITE_CUSTOMER) &&
			       strcmp(facts->customer->name, decision->customer.name) != 0;
		if (renamed || (writes & (WRITE_ADDRESS | WRITE_ADDRESS_REMOVED))) {
			return CUSTOMER_TEXTS;
		}
	}
	bool is_answer = (writes & WRITE_QUESTION) && decision->question.answered_at;
	bool retitled = facts->ticket && (writes & WRITE_TICKET) &&
			facts->ticket->number == decision->ticket.number &&
			strcmp(facts->ticket->subject, decision->ticket.subject) != 0;
	return is_answer || retitled ? TICKET_TEXTS : NEITHER;
}

typedef bool index_fn(struct sql *sql, int64_t id, struct error *err);

static bool index_texts(struct work *work, int which, index_fn *of_ticket, index_fn *of_customer)
{
	const struct decision *decision = &work->decision;
	const struct {
		int bit;
		index_fn *index;
		int64_t id;
	} parts[] = {
		{TICKET_TEXTS, of_ticket, decision->ticket.number},
		{OTHER_TEXTS, of_ticket, decision->other_ticket.number},
		{CUSTOMER_TEXTS, of_customer, decision->customer.id},
		{OTHER_CUSTOMER_TEXTS, of_customer, work->change.other},
	};
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if ((which & parts[i].bit) && parts[i].id &&
			!parts[i].index(work->sql, parts[i].id, work->err)) {
			return false;
		}
	}
	return true;
}

/* --- all of it --- */

/* In this order: rows come before those that refer to them. */
static const struct {
	unsigned write;
	bool (*run)(struct work *work);
} steps[] = {
	{WRITE_CUSTOMER, write_customer},
	{WRITE_OTHER_CUSTOMER, write_other_customer},
	{WRITE_ADDRESS, write_address},
	{WRITE_ADDRESS_REMOVED, remove_address},
	{WRITE_CUSTOMER_NOTE, write_customer_note},
	{WRITE_TICKET, write_the_ticket},
	{WRITE_OTHER_TICKET, write_other_ticket},
	{WRITE_MESSAGE, write_message},
	{WRITE_MESSAGE_STATE, write_message_state},
	{WRITE_NOTE, write_note},
	{WRITE_ATTACHMENTS, write_attachments},
	{WRITE_QUESTION, write_question},
	{WRITE_MENTIONS, write_mentions},
	{WRITE_MOVE_TEXTS | WRITE_MOVE_CUSTOMER | WRITE_MOVE_BACK, write_moves},
	{WRITE_WORKED, write_worked},
	{WRITE_DRAFT_GONE, write_draft_gone},
	{WRITE_DRAFT_BACK, write_draft_back},
	{WRITE_DRAFT_OVER, write_draft_over},
	{WRITE_MEMO, write_memo},
	{WRITE_MEMO_READ, write_memo_read},
	{WRITE_DESK, write_desk_row},
	{WRITE_DAY, write_day},
};

bool write_decision(struct work *work)
{
	int texts = texts_concerned(work);
	if (!index_texts(work, texts, text_index_take, text_index_take_customer)) {
		return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		if ((work->decision.writes & steps[i].write) && !steps[i].run(work)) {
			return false;
		}
	}
	return write_claims(work) &&
	       index_texts(work, texts, text_index_put, text_index_put_customer);
}
