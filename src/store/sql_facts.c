#include "store/apply.h"

#include "base/mem.h"
#include "core/address.h"
#include "core/permission.h"
#include "core/problem.h"
#include "store/shape.h"
#include "store/statement.h"

/* What the rules of a kind need to know, and no more: change_kinds[].needs. */

enum { FIRST_NUMBER = 1001 };

static bool get_row(struct work *work, const struct shape *shape, int statement, int64_t id,
	void *row, bool *found)
{
	struct sql_query *query = sql_query(work->sql, statement);
	sql_bind_int(query, 1, id);
	return shape_read_one(shape, query, work->mem, row, found, work->err);
}

static bool load_customer(
	struct work *work, int64_t id, struct customer *row, const struct customer **fact)
{
	bool found = false;
	bool ok = id == 0 || get_row(work, &customer_shape, READ_CUSTOMER, id, row, &found);
	*fact = found ? row : NULL;
	return ok;
}

static bool load_claim(
	struct work *work, int64_t ticket, struct claim *row, const struct claim **fact)
{
	bool found = false;
	bool ok =
		work->change.imported || desk_claim_get(work->sql, ticket, row, &found, work->err);
	*fact = found ? row : NULL;
	return ok;
}

/* Involvement is asked only when nothing else lets the actor see the ticket. */
static bool load_sight(struct work *work, const struct ticket *ticket, const struct claim *claim,
	bool *is_involved)
{
	const struct operator_ *actor = work->facts.actor;
	return !actor || permission_sees_ticket(actor, ticket, claim, false) ||
	       desk_involved(work->sql, actor->id, ticket->number, is_involved, work->err);
}

static bool load_ticket(struct work *work)
{
	struct facts *facts = &work->facts;
	bool found;
	if (!work->change.ticket) {
		return true;
	}
	if (!desk_ticket_get(work->sql, work->mem, work->change.ticket, &work->loaded.ticket,
		    &found, work->err)) {
		return false;
	}
	if (!found) {
		return true;
	}
	facts->ticket = &work->loaded.ticket;
	return load_claim(work, facts->ticket->number, &work->loaded.claim, &facts->claim) &&
	       load_sight(work, facts->ticket, facts->claim, &facts->is_involved) &&
	       load_customer(
		       work, facts->ticket->customer, &work->loaded.customer, &facts->customer);
}

static bool load_held(struct work *work)
{
	struct facts *facts = &work->facts;
	struct sql_query *query = sql_query(work->sql, CLAIMS_HELD);
	sql_bind_int(query, 1, work->change.actor);
	sql_bind_int(query, 2, facts->ticket->number);
	sql_bind_int(query, 3, facts->now);
	bool has_row;
	bool ok;
	facts->claims_held = 0;
	while ((ok = sql_step(query, &has_row, work->err)) && has_row) {
		if (facts->claims_held < HELD_NAMED) {
			facts->held[facts->claims_held] = sql_int(query, 0);
		}
		facts->claims_held++;
	}
	sql_done(query);
	return ok;
}

/* The cover, and what tickets the actor holds. */
static bool load_claims_around(struct work *work)
{
	struct facts *facts = &work->facts;
	int64_t actor = work->change.actor;
	if (!facts->ticket || work->change.imported) {
		return true;
	}
	bool found = false;
	if (facts->customer && !facts->customer->shared) {
		struct sql_query *query = sql_query(work->sql, CLAIM_COVER);
		sql_bind_int(query, 1, facts->ticket->customer);
		sql_bind_int(query, 2, facts->ticket->number);
		sql_bind_int(query, 3, actor);
		sql_bind_int(query, 4, facts->now);
		if (!shape_read_one(&claim_shape, query, work->mem, &work->loaded.cover, &found,
			    work->err)) {
			return false;
		}
	}
	facts->cover = found ? &work->loaded.cover : NULL;
	return load_held(work);
}

/* What keeps an operator from being handed the ticket. */
static bool load_taker(struct work *work)
{
	struct facts *facts = &work->facts;
	int64_t taker = work->change.operator_id;
	bool found = false;
	if (!facts->ticket) {
		return true;
	}
	struct sql_query *query = sql_query(work->sql, CLAIM_COVER);
	sql_bind_int(query, 1, facts->customer->shared ? -1 : facts->ticket->customer);
	sql_bind_int(query, 2, facts->ticket->number);
	sql_bind_int(query, 3, taker);
	sql_bind_int(query, 4, facts->now);
	if (!shape_read_one(
		    &claim_shape, query, work->mem, &work->loaded.taker_cover, &found, work->err)) {
		return false;
	}
	facts->taker_cover = found ? &work->loaded.taker_cover : NULL;
	query = sql_query(work->sql, CLAIMS_HELD_COUNT);
	sql_bind_int(query, 1, taker);
	sql_bind_int(query, 2, facts->now);
	return sql_number(query, &facts->taker_held, work->err) &&
	       desk_involved(work->sql, taker, facts->ticket->number, &facts->is_taker_involved,
		       work->err);
}

/* A live claim on any ticket of the customer, rather one that is not this operator's. */
static bool load_customer_claim(struct work *work, int64_t customer, int64_t operator_id,
	struct claim *row, const struct claim **fact)
{
	struct sql_query *query = sql_query(work->sql, CLAIM_OF_CUSTOMER);
	sql_bind_int(query, 1, customer);
	sql_bind_int(query, 2, operator_id);
	sql_bind_int(query, 3, work->facts.now);
	bool found;
	bool ok = shape_read_one(&claim_shape, query, work->mem, row, &found, work->err);
	*fact = ok && found ? row : NULL;
	return ok;
}

static bool load_other_ticket(struct work *work)
{
	struct facts *facts = &work->facts;
	bool found = false;
	if (work->change.other && !desk_ticket_get(work->sql, work->mem, work->change.other,
					  &work->loaded.other_ticket, &found, work->err)) {
		return false;
	}
	facts->other_ticket = found ? &work->loaded.other_ticket : NULL;
	return !found || (load_claim(work, work->change.other, &work->loaded.other_claim,
				  &facts->other_claim) &&
				 load_sight(work, facts->other_ticket, facts->other_claim,
					 &facts->is_other_involved));
}

static bool load_other_customer(struct work *work)
{
	struct facts *facts = &work->facts;
	if (!load_customer(work, work->change.other, &work->loaded.other_customer,
		    &facts->other_customer)) {
		return false;
	}
	if (!load_customer_claim(
		    work, work->change.customer, 0, &work->loaded.claim, &facts->claim)) {
		return false;
	}
	return load_customer_claim(work, work->change.other,
		facts->claim ? facts->claim->operator_id : 0, &work->loaded.other_claim,
		&facts->other_claim);
}

static bool load_other(struct work *work)
{
	bool of_customer = change_kinds[work->change.kind].subject == ON_CUSTOMER ||
			   work->loaded.undone.kind == CHANGE_CUSTOMER_MERGE;
	return of_customer ? load_other_customer(work) : load_other_ticket(work);
}

static bool load_message(struct work *work)
{
	bool found;
	int64_t id = work->change.kind == CHANGE_UNDO ? work->change.undo : work->change.message;
	if (!get_row(work, &message_shape, MESSAGE_GET, id, &work->loaded.message, &found)) {
		return false;
	}
	work->facts.message = found ? &work->loaded.message : NULL;
	return true;
}

static bool load_note(struct work *work)
{
	bool found;
	if (!get_row(work, &customer_note_shape, CUSTOMER_NOTE_GET, work->change.note,
		    &work->loaded.customer_note, &found)) {
		return false;
	}
	work->facts.customer_note = found ? &work->loaded.customer_note : NULL;
	return true;
}

static bool load_question(struct work *work)
{
	bool found;
	if (!get_row(work, &question_shape, QUESTION_GET, work->change.question,
		    &work->loaded.question, &found)) {
		return false;
	}
	work->facts.question = found ? &work->loaded.question : NULL;
	return true;
}

/* A new ticket of a known address belongs to whose it is. */
static bool load_address(struct work *work)
{
	struct facts *facts = &work->facts;
	struct address_parts parts;
	if (!work->change.address ||
		!address_parse(work->mem, work->change.address, &parts, NULL)) {
		return true; /* the rule says what is wrong with it */
	}
	struct sql_query *query = sql_query(work->sql, READ_ADDRESS_OWNER);
	sql_bind_text(query, 1, parts.key);
	if (!sql_number(query, &facts->address_owner, work->err)) {
		return false;
	}
	bool wanted = work->change.kind == CHANGE_NEW && !work->change.customer;
	return !wanted ||
	       load_customer(work, facts->address_owner, &work->loaded.customer, &facts->customer);
}

static bool load_number(struct work *work)
{
	int64_t newest;
	bool ok = sql_number(sql_query(work->sql, TICKET_NEWEST), &newest, work->err);
	work->facts.next_number = newest < FIRST_NUMBER ? FIRST_NUMBER : newest + 1;
	return ok;
}

static bool load_ref(struct work *work)
{
	if (!work->change.ref || !*work->change.ref) {
		return true;
	}
	bool of_ticket = change_kinds[work->change.kind].subject == ON_TICKET;
	struct sql_query *query =
		sql_query(work->sql, of_ticket ? READ_TICKET_REF : READ_CUSTOMER_REF);
	sql_bind_text(query, 1, work->change.ref);
	return sql_number(query, &work->facts.ref_owner, work->err);
}

/* History goes nowhere any more. */
static bool load_recipient(struct work *work)
{
	struct facts *facts = &work->facts;
	const struct change *change = &work->change;
	bool is_ours = change->kind != CHANGE_NEW || change->direction == DIRECTION_OUT;
	if (change->address || change->imported || !is_ours || !facts->customer) {
		return true;
	}
	struct sql_query *query = sql_query(work->sql, READ_ADDRESSES);
	void *rows;
	sql_bind_int(query, 1, facts->customer->id);
	if (!shape_read_all(
		    &address_shape, query, work->mem, &rows, &facts->address_count, work->err)) {
		return false;
	}
	facts->addresses = rows;
	query = sql_query(work->sql, LAST_ADDRESS);
	sql_bind_int(query, 1, change->ticket);
	bool has_row;
	bool ok = sql_first(query, &has_row, work->err);
	facts->last_address = ok && has_row ? sql_text(query, work->mem, 0) : NULL;
	sql_done(query);
	return ok;
}

static bool worked_until(struct work *work, int64_t operator_id, int64_t *until)
{
	struct sql_query *query = sql_query(work->sql, OPERATOR_WORKED_UNTIL);
	sql_bind_int(query, 1, operator_id);
	return sql_number(query, until, work->err);
}

/* The directory's is as of the last change of the directory: too old. */
static bool load_worked_until(struct work *work)
{
	const struct claim *claim = work->facts.claim;
	if (claim && claim->worked_to &&
		!worked_until(work, claim->operator_id, &work->facts.holder_worked_until)) {
		return false;
	}
	const struct change *change = &work->change;
	return change->kind != CHANGE_WORKED ||
	       worked_until(work, change->operator_id ? change->operator_id : change->actor,
		       &work->facts.worked_until);
}

/* The customer a change names; a merged one stands for the one it became. */
static bool load_named_customer(struct work *work)
{
	struct facts *facts = &work->facts;
	int64_t id = work->change.customer;
	enum { HOPS = 16 };
	for (int i = 0; id && i < HOPS; i++) {
		if (!load_customer(work, id, &work->loaded.customer, &facts->customer)) {
			return false;
		}
		bool follow = work->change.kind == CHANGE_NEW && facts->customer;
		id = follow ? facts->customer->merged_into : 0;
	}
	return true;
}

/* To be revoked, or made with a secret that there is already. */
static bool load_token(struct work *work)
{
	bool found;
	bool by_id = work->change.token != 0;
	struct sql_query *query = sql_query(work->sql, by_id ? TOKEN_GET : TOKEN_BY_HASH);
	if (by_id) {
		sql_bind_int(query, 1, work->change.token);
	} else {
		sql_bind_text(query, 1, work->change.secret);
	}
	bool ok = shape_read_one(
		&token_shape, query, work->mem, &work->loaded.token, &found, work->err);
	work->facts.token = ok && found ? &work->loaded.token : NULL;
	return ok;
}

bool facts_load(struct work *work)
{
	static const struct {
		unsigned need;
		bool (*load)(struct work *work);
	} loads[] = {
		{NEED_CLAIM, load_claims_around},
		{NEED_OTHER, load_other},
		{NEED_MESSAGE | NEED_UNDONE, load_message},
		{NEED_NOTE, load_note},
		{NEED_QUESTION, load_question},
		{NEED_ADDRESS, load_address},
		{NEED_NUMBER, load_number},
		{NEED_REF, load_ref},
		{NEED_RECIPIENT, load_recipient},
		{NEED_TOKEN, load_token},
		{NEED_TAKER, load_taker},
	};
	unsigned needs = change_kinds[work->change.kind].needs;
	if ((needs & NEED_UNDONE) && !log_load_undone(work)) {
		return false;
	}
	if (!load_ticket(work) || (!work->facts.ticket && !load_named_customer(work))) {
		return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(loads); i++) {
		if ((needs & loads[i].need) && !loads[i].load(work)) {
			return false;
		}
	}
	return blob_sizes(work) && load_worked_until(work);
}
