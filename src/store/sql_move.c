#include "store/apply.h"

#include "base/mem.h"
#include "store/statement.h"

/* Merges, splits and merges of customers: what moved where is kept, so that it can go back. */

/* Binds up to three numbers and runs. */
static bool run_with(struct work *work, int statement, int64_t a, int64_t b, int64_t c)
{
	struct sql_query *query = sql_query(work->sql, statement);
	sql_bind_int(query, 1, a);
	sql_bind_int(query, 2, b);
	sql_bind_int(query, 3, c);
	return sql_run(query, work->err);
}

static bool run_all(
	struct work *work, const int *statements, size_t count, int64_t a, int64_t b, int64_t c)
{
	for (size_t i = 0; i < count; i++) {
		if (!run_with(work, statements[i], a, b, c)) {
			return false;
		}
	}
	return true;
}

static bool recount(struct work *work)
{
	return run_with(work, TICKET_RECOUNT, work->decision.ticket.number, 0, 0) &&
	       run_with(work, TICKET_RECOUNT, work->decision.other_ticket.number, 0, 0);
}

static bool move_texts(struct work *work)
{
	static const int notes[] = {MOVED_MESSAGES, MOVED_NOTES, MOVED_QUESTIONS};
	static const int moves[] = {MOVE_MESSAGES, MOVE_NOTES, MOVE_QUESTIONS};
	int64_t from = work->decision.ticket.number, to = work->decision.other_ticket.number;
	int64_t first = work->decision.move_from;
	return run_all(work, notes, ARRAY_LEN(notes), work->facts.revision, from, first) &&
	       run_all(work, moves, ARRAY_LEN(moves), to, from, first) &&
	       run_with(work, INVOLVEMENT_COPY, from, to, 0) && recount(work);
}

static bool move_customer(struct work *work)
{
	static const int notes[] = {MOVED_TICKETS, MOVED_ADDRESSES, MOVED_CUSTOMER_NOTES};
	static const int moves[] = {MOVE_TICKETS, MOVE_ADDRESSES, MOVE_CUSTOMER_NOTES};
	int64_t from = work->decision.customer.id;
	const struct customer *to = &work->decision.other_customer;
	int64_t revision = work->facts.revision;
	return run_all(work, notes, ARRAY_LEN(notes), revision, from, 0) &&
	       run_all(work, moves, ARRAY_LEN(moves), to->id, from, revision) &&
	       run_with(work, CLAIMS_SET_CUSTOMER, from, to->shared ? 0 : to->id, 0);
}

/* What was moved on since stays where it is. */
static bool move_back(struct work *work)
{
	static const int texts[] = {BACK_MESSAGES, BACK_NOTES, BACK_QUESTIONS};
	static const int rows[] = {BACK_TICKETS, BACK_ADDRESSES, BACK_CUSTOMER_NOTES};
	const struct undone *undone = work->facts.undone;
	int64_t revision = work->facts.revision;
	if (undone->kind != CHANGE_CUSTOMER_MERGE) {
		return run_all(work, texts, ARRAY_LEN(texts), undone->revision, undone->other,
			       revision) &&
		       recount(work);
	}
	const struct customer *customer = &work->decision.customer;
	return run_all(work, rows, ARRAY_LEN(rows), undone->revision, undone->other, revision) &&
	       run_with(
		       work, BACK_CLAIMS, undone->revision, customer->shared ? 0 : customer->id, 0);
}

bool write_moves(struct work *work)
{
	unsigned writes = work->decision.writes;
	return writes & WRITE_MOVE_TEXTS      ? move_texts(work)
	       : writes & WRITE_MOVE_CUSTOMER ? move_customer(work)
					      : move_back(work);
}
