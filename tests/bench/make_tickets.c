#include "make_desk.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/uuid.h"
#include "store/text_index.h"

#include <stdio.h>

/*
 * Tickets begin one a step and go on some steps later, so that the texts of many of them are
 * interleaved as on a real desk. What is open at the end are most of the youngest tickets.
 */

enum { RING = 512, RARE_EACH = 100000, BLOCK = 4096 };

static struct plan *plan_of(const struct making *making, int64_t i)
{
	return &making->blocks[i / BLOCK][i % BLOCK];
}

/* The subject follows from the number: it is needed with each text. */
static char *subject_of(const struct making *making, const void *mem, int64_t number)
{
	uint64_t random = making->seed * 31 + (uint64_t)number;
	return words_text(mem, making->words, &random, 3 + random_below(&random, 4));
}

/* One message in ten speaks of a "pedido"; one in 100,000 of a "zimbro". */
static char *make_text(struct making *making, struct plan *plan)
{
	void *mem = making->scratch;
	char *text =
		words_text(mem, making->words, &plan->random, 8 + random_below(&plan->random, 24));
	if (random_below(&plan->random, 10) == 0) {
		text = mem_printf(mem, "%s pedido %06lld.", text,
			(long long)random_below(&plan->random, 1000000));
	}
	if (making->texts++ % RARE_EACH == 10) {
		text = mem_printf(mem, "%s zimbro", text);
	}
	return text;
}

static void index_text(
	struct making *making, const struct ticket *ticket, int64_t id, const char *text)
{
	void *mem = making->scratch;
	char *about = mem_printf(mem, "%s\n%s\n", subject_of(making, mem, ticket->number),
		making_called(making, mem, ticket->customer));
	rows_add(&making->rows, ROW_TEXT, "iss", id, text_fold(mem, text),
		mem_printf(mem, "%s%s", text_fold(mem, about), text_index_stretch(mem, id)));
}

static int64_t log_ticket(struct making *making, struct plan *plan, const char *kind, int64_t actor)
{
	struct ticket *ticket = &plan->ticket;
	ticket->revision = making_log(making, kind, actor, ticket->number, ticket->customer, "{}");
	return ticket->revision;
}

/* An operator of the ticket's team: with eight teams and numbers from 2, id - 1 is in team id % 8.
 */
static int64_t an_operator(const struct plan *plan, uint64_t *random)
{
	int64_t team = plan->ticket.team ? plan->ticket.team : 1;
	int64_t id = team - 1 + TEAMS * (int64_t)random_below(random, OPERATORS / TEAMS);
	return id < 2 ? id + TEAMS : id;
}

static void add_message(struct making *making, struct plan *plan, enum direction direction,
	int64_t author, const char *kind)
{
	struct ticket *ticket = &plan->ticket;
	bool is_ours = direction == DIRECTION_OUT;
	bool is_first = is_ours && ticket->first_answer_at == 0 && ticket->run_at;
	char uuid[UUID_TEXT_SIZE];
	char *text = make_text(making, plan);
	int64_t id = log_ticket(making, plan, kind, author);
	struct uuid stable = {{0}};
	uuid_stamp(&stable, making->at, 7);
	uuid_format(&stable, uuid);
	rows_add(&making->rows, ROW_MESSAGE, "iiiiiisiisiiiiis", id, ticket->number,
		(int64_t)direction, author, (int64_t)ticket->channel, making->at, text,
		(int64_t)(is_ours ? MESSAGE_SENT : MESSAGE_RECEIVED), making->at,
		is_ours ? mem_printf(making->scratch, "<%lld.%s@atende>", (long long)id, uuid) : "",
		is_ours ? ticket->run_at : INT64_C(0), (int64_t)is_first, INT64_C(0), INT64_C(0),
		INT64_C(0), "");
	index_text(making, ticket, id, text);
	ticket->message_count++;
	ticket->newest_public = id;
	ticket->newest_is_ours = is_ours;
}

static void receive(struct making *making, struct plan *plan, const char *kind)
{
	struct ticket *ticket = &plan->ticket;
	add_message(making, plan, DIRECTION_IN, 0, kind);
	if (ticket->run_at == 0) {
		ticket->run_at = making->at;
		ticket->answer_due_at = making->at + 4 * MS_HOUR;
	}
	ticket->state = TICKET_OPEN;
	ticket->waiting_since = ticket->run_at;
}

static void reply(struct making *making, struct plan *plan)
{
	struct ticket *ticket = &plan->ticket;
	int64_t author = an_operator(plan, &plan->random);
	add_message(making, plan, DIRECTION_OUT, author, "reply");
	if (ticket->first_answer_at == 0) {
		ticket->first_answer_at = making->at;
	}
	ticket->run_at = 0;
	ticket->answer_due_at = DUE_NEVER;
	ticket->assignee = author;
	ticket->state = TICKET_WAITING;
	ticket->waited_at = making->at;
}

/* --- what becomes of it --- */

/* Exactly `open` of the tickets: four in five of the youngest. */
static enum ticket_state fate_of(const struct making *making, const struct plan *plan)
{
	int64_t i = plan->ticket.number - FIRST_NUMBER;
	int64_t window = making->open * 5 / 4;
	window = window < making->tickets ? window : making->tickets;
	int64_t at = i - (making->tickets - window);
	if (at < 0) {
		return i % 50 == 49 ? TICKET_DISCARDED : TICKET_RESOLVED;
	}
	if (at * making->open / window != (at + 1) * making->open / window) {
		return TICKET_OPEN;
	}
	bool is_young = plan->ticket.opened_at > making->now - 4 * (int64_t)MS_DAY;
	uint64_t random = (uint64_t)i;
	uint64_t roll = random_below(&random, 10);
	return roll == 0 ? TICKET_SNOOZED : roll < 5 && is_young ? TICKET_WAITING : TICKET_RESOLVED;
}

static void add_note(struct making *making, struct plan *plan)
{
	struct ticket *ticket = &plan->ticket;
	int64_t author = an_operator(plan, &plan->random);
	bool mentions = random_below(&plan->random, 20) == 0;
	char *text = words_text(making->scratch, making->words, &plan->random, 12);
	if (mentions) {
		text = mem_printf(making->scratch, "@bruno %s", text);
	}
	int64_t id = log_ticket(making, plan, "note", author);
	rows_add(&making->rows, ROW_NOTE, "iiiis", id, ticket->number, author, making->at, text);
	if (mentions) {
		rows_add(&making->rows, ROW_INVOLVEMENT, "iii", INT64_C(3), ticket->number, id);
	}
	index_text(making, ticket, id, text);
	ticket->note_count++;
}

static void add_question(struct making *making, struct plan *plan)
{
	struct ticket *ticket = &plan->ticket;
	int64_t asker = an_operator(plan, &plan->random);
	int64_t team = 1 + ticket->team % TEAMS;
	char *text = words_text(making->scratch, making->words, &plan->random, 10);
	int64_t id = log_ticket(making, plan, "ask", asker);
	enum ticket_state fate = fate_of(making, plan);
	bool is_open = fate == TICKET_OPEN || fate == TICKET_WAITING;
	bool is_answered = !is_open || random_below(&plan->random, 5) != 0;
	int64_t asked_at = making->at;
	int64_t answered_by = 1 + random_below(&plan->random, OPERATORS - 1);
	char *answer = mem_strdup(making->scratch, "");
	if (is_answered) {
		answer = words_text(making->scratch, making->words, &plan->random, 10);
		log_ticket(making, plan, "answer_question", answered_by);
	}
	rows_add(&making->rows, ROW_QUESTION, "iiiiiisiis", id, ticket->number, asker, team,
		asked_at, DUE_NEVER, text, is_answered ? making->at : INT64_C(0),
		is_answered ? answered_by : INT64_C(0), answer);
	index_text(making, ticket, id, mem_printf(making->scratch, "%s\n%s", text, answer));
}

static void close_ticket(struct making *making, struct plan *plan, enum ticket_state state)
{
	struct ticket *ticket = &plan->ticket;
	int64_t actor = an_operator(plan, &plan->random);
	log_ticket(making, plan, state == TICKET_RESOLVED ? "resolve" : "discard", actor);
	ticket->run_at = 0;
	ticket->answer_due_at = DUE_NEVER;
	if (state == TICKET_RESOLVED) {
		ticket->resolved_at = making->at;
		ticket->reason = 1 + (int64_t)random_below(&plan->random, REASONS);
	}
}

static void finish(struct making *making, struct plan *plan)
{
	struct ticket *ticket = &plan->ticket;
	enum ticket_state fate = fate_of(making, plan);
	if (random_below(&plan->random, 7) == 0) {
		add_note(making, plan);
	}
	if (random_below(&plan->random, 200) == 0) {
		add_question(making, plan);
	}
	if (fate == TICKET_RESOLVED || fate == TICKET_DISCARDED) {
		close_ticket(making, plan, fate);
	} else if (fate == TICKET_SNOOZED) {
		log_ticket(making, plan, "snooze", an_operator(plan, &plan->random));
		ticket->snoozed_until =
			making->now + MS_DAY + (int64_t)random_below(&plan->random, 9) * MS_DAY;
	} else if (fate == TICKET_WAITING && ticket->state == TICKET_OPEN) {
		log_ticket(making, plan, "wait", an_operator(plan, &plan->random));
		ticket->waited_at = making->at;
	}
	if (making->at < making->now - MS_DAY) {
		ticket->assignee = 0; /* who answered has signed out since */
	}
	if (ticket->run_at) {
		ticket->answer_due_at = making->now - 2 * MS_DAY +
					(int64_t)random_below(&plan->random, 62) * MS_DAY +
					(int64_t)random_below(&plan->random, MS_DAY);
	}
	ticket->state = fate;
	ticket->due_at = ticket_due(ticket);
	making->counters[ticket->team][ticket->state]++;
}

static void go_on(struct making *making, struct plan *plan)
{
	bool is_last = --plan->messages == 0;
	bool ours = !plan->ticket.newest_is_ours;
	if (is_last) {
		ours = fate_of(making, plan) != TICKET_OPEN;
	}
	if (ours) {
		reply(making, plan);
	} else {
		receive(making, plan, "receive");
	}
	if (is_last) {
		finish(making, plan);
	}
}

static int64_t choose_customer(struct making *making, uint64_t *random)
{
	if (making->customers == 0 || random_below(random, 4) == 0) {
		return 0;
	}
	uint64_t last = (uint64_t)making->customers;
	uint64_t back = random_below(random, last) * random_below(random, last) / last;
	return (int64_t)(last - back);
}

static void begin(struct making *making, int64_t i)
{
	struct plan *plan = plan_of(making, i);
	struct ticket *ticket = &plan->ticket;
	*plan = (struct plan){.random = making->seed ^ ((uint64_t)i << 20), .next = -1};
	int64_t customer = choose_customer(making, &plan->random);
	customer = customer ? customer : making_customer(making);
	uint64_t urgency = random_below(&plan->random, 20);
	*ticket = (struct ticket){.number = FIRST_NUMBER + i,
		.customer = customer,
		.channel = (enum channel)(1 + random_below(&plan->random, CHANNEL_COMMUNITY)),
		.team = (int64_t)random_below(&plan->random, TEAMS + 1),
		.priority = urgency == 0   ? PRIORITY_URGENT
			    : urgency < 3  ? PRIORITY_HIGH
			    : urgency < 18 ? PRIORITY_NORMAL
					   : PRIORITY_LOW,
		.opened_at = making->at,
		.answer_due_at = DUE_NEVER,
		.resolve_due_at = DUE_NEVER};
	plan->messages = (int)random_below(&plan->random, (uint64_t)(2 * making->messages - 1));
	receive(making, plan, "new");
	if (plan->messages == 0) {
		finish(making, plan);
	}
}

static void write_ticket(struct making *making, const struct plan *plan)
{
	const struct ticket *t = &plan->ticket;
	rows_add(&making->rows, ROW_TICKET,
		"iisiiiiiiiiiiiiiiiiiiiiiiiiiiss"
		"i",
		t->number, (int64_t)t->state, subject_of(making, making->scratch, t->number),
		t->customer, (int64_t)t->channel, t->team, (int64_t)t->priority, t->assignee,
		t->opened_at, t->opened_by, t->run_at, t->waiting_since, t->answer_due_at,
		t->resolve_due_at, t->due_at, t->first_answer_at, t->snoozed_until, t->waited_at,
		t->resolved_at, t->reason, (int64_t)t->resolved_by_time, (int64_t)t->former_state,
		t->merged_into, t->linked_to, t->newest_public, (int64_t)t->newest_is_ours,
		t->escalated_at, t->message_count, t->note_count, "", "", t->revision);
}

static void write_tickets(struct making *making)
{
	for (int64_t i = 0; i < making->tickets; i++) {
		making->scratch = mem_context(making->words);
		write_ticket(making, plan_of(making, i));
		talloc_free(making->scratch);
	}
	for (int64_t team = 0; team <= TEAMS; team++) {
		for (int64_t state = TICKET_OPEN; state <= TICKET_DISCARDED; state++) {
			rows_add(&making->rows, ROW_COUNTER, "iii", team, state,
				making->counters[team][state]);
		}
	}
}

/* The ticket goes on some steps later: the ring has a list of tickets for each of the next steps.
 */
static void schedule(struct making *making, int64_t *ring, int64_t i, int64_t gap)
{
	struct plan *plan = plan_of(making, i);
	int64_t wait = 1 + (int64_t)random_below(&plan->random, (uint64_t)gap);
	int64_t *slot = &ring[(making->step + wait) % RING];
	if (plan->messages > 0) {
		plan->next = *slot;
		*slot = i;
	}
}

static void step_on(struct making *making, int64_t *ring, int64_t gap)
{
	int64_t i = ring[making->step % RING];
	ring[making->step % RING] = -1;
	making->at = making->now - making->span_ms + making->span_ms / making->steps * making->step;
	if (making->step < making->tickets) {
		begin(making, making->step);
		schedule(making, ring, making->step, gap);
	}
	while (i >= 0) {
		int64_t next = plan_of(making, i)->next;
		go_on(making, plan_of(making, i));
		schedule(making, ring, i, gap);
		i = next;
	}
}

void making_tickets(struct making *making)
{
	int64_t ring[RING];
	int64_t gap = making->tickets / 200 < 1 ? 1 : making->tickets / 200;
	gap = gap < RING ? gap : RING - 1;
	for (int i = 0; i < RING; i++) {
		ring[i] = -1;
	}
	size_t blocks = (size_t)(making->tickets / BLOCK + 1);
	making->blocks = mem_array(making->words, struct plan *, blocks);
	for (size_t i = 0; i < blocks; i++) {
		making->blocks[i] = mem_array(making->words, struct plan, BLOCK);
	}
	making->steps = making->tickets + gap * 2 * making->messages + 1;
	for (making->step = 0; making->step < making->steps; making->step++) {
		making->scratch = mem_context(making->words);
		step_on(making, ring, gap);
		talloc_free(making->scratch);
	}
	write_tickets(making);
}
