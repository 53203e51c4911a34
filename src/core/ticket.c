#include "core/ticket.h"

#include "base/clock.h"

enum { ASSIGNEE_VOID_MS = 30 * MS_MINUTE };

bool channel_is_spoken(enum channel channel)
{
	return channel == CHANNEL_PHONE || channel == CHANNEL_COUNTER;
}

int64_t ticket_assignee(const struct ticket *ticket, int64_t now)
{
	return now < ticket->due_at - ASSIGNEE_VOID_MS ? ticket->assignee : 0;
}

bool ticket_is_open(const struct ticket *ticket, int64_t now)
{
	return ticket->state == TICKET_OPEN ||
	       (ticket->state == TICKET_SNOOZED && ticket->snoozed_until <= now);
}

/* A resolution target is met, or without object, once the ticket is resolved or discarded. */
int64_t ticket_due(const struct ticket *ticket)
{
	bool is_over = ticket->state == TICKET_RESOLVED || ticket->state == TICKET_DISCARDED;
	int64_t resolve_due_at = is_over ? DUE_NEVER : ticket->resolve_due_at;
	return ticket->answer_due_at < resolve_due_at ? ticket->answer_due_at : resolve_due_at;
}

static void end_wait(struct ticket *ticket)
{
	ticket->state = TICKET_RESOLVED;
	ticket->run_at = 0;
	ticket->answer_due_at = DUE_NEVER;
	ticket->resolved_at = ticket->waited_at;
	ticket->resolved_by_time = true;
	ticket->due_at = ticket_due(ticket);
}

void ticket_settle(struct ticket *ticket, int64_t now, int64_t auto_resolve_ms)
{
	if (ticket->state == TICKET_SNOOZED && ticket->snoozed_until <= now) {
		ticket->state = TICKET_OPEN;
		ticket->waiting_since = ticket->run_at ? ticket->run_at : ticket->snoozed_until;
		ticket->snoozed_until = 0;
	} else if (ticket->state == TICKET_WAITING && ticket->waited_at + auto_resolve_ms <= now) {
		end_wait(ticket);
	}
}
