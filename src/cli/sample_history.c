#include "cli/sample_make.h"

#include "base/clock.h"
#include "base/mem.h"

#include <stdlib.h>

/* When each ticket began and how it stands; then all that happened, in the order of time. */

enum { BATCH = 500, HISTORY_DAYS = 45, RECENT_CLOSED = 30 };

static const struct {
	enum sample_end end;
	int count;
} ends[] = {
	{END_OPEN, SAMPLE_OPEN},
	{END_WAITING, SAMPLE_WAITING},
	{END_SNOOZED, SAMPLE_SNOOZED},
	{END_SPAM, SAMPLE_SPAM},
	{END_CLOSED, SAMPLE_CLOSED},
};

/* How long an open ticket's customer has waited: mostly minutes and hours, some far too long. */
static int64_t waited_ms(struct sample_maker *maker)
{
	int64_t dice = sample_random(maker, 100);
	if (dice < 45) {
		return (2 + sample_random(maker, 110)) * MS_MINUTE;
	}
	if (dice < 82) {
		return (110 + sample_random(maker, 320)) * MS_MINUTE;
	}
	return (430 + sample_random(maker, 2400)) * MS_MINUTE;
}

static void set_times(struct sample_maker *maker, struct sample_ticket *ticket, int index)
{
	int64_t ago_ms;
	switch (ticket->end) {
	case END_OPEN:
		ticket->last_at = maker->now - waited_ms(maker);
		ticket->is_long = sample_random(maker, 100) < 42;
		ago_ms = ticket->is_long ? (20 + sample_random(maker, 90)) * MS_HOUR : 0;
		ticket->opened_at = ticket->last_at - ago_ms;
		return;
	case END_CLOSED:
		ticket->is_recent = index < RECENT_CLOSED;
		ticket->is_long = !ticket->is_recent && sample_random(maker, 100) < 45;
		ago_ms = ticket->is_recent
				 ? (5 * 60 + sample_random(maker, 24 * 60)) * MS_MINUTE
				 : (6 * 24 + sample_random(maker, (HISTORY_DAYS - 6) * 24)) *
					   (int64_t)MS_HOUR;
		break;
	default:
		ago_ms = (26 + sample_random(maker, 64)) * MS_HOUR;
		break;
	}
	ticket->opened_at = maker->now - ago_ms - sample_random(maker, MS_HOUR);
}

static int compare_tickets(const void *a, const void *b)
{
	const struct sample_ticket *left = a, *right = b;
	return (left->opened_at > right->opened_at) - (left->opened_at < right->opened_at);
}

static struct sample_ticket *make_tickets(struct sample_maker *maker)
{
	struct sample_ticket *tickets = mem_array(maker->mem, struct sample_ticket, SAMPLE_TICKETS);
	int n = 0;
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		for (int k = 0; k < ends[i].count; k++, n++) {
			bool closed = ends[i].end == END_CLOSED;
			tickets[n].end = ends[i].end;
			tickets[n].customer =
				closed ? (int)sample_random(maker, SAMPLE_CUSTOMERS) : n;
			set_times(maker, &tickets[n], k);
		}
	}
	qsort(tickets, SAMPLE_TICKETS, sizeof *tickets, compare_tickets);
	for (n = 0; n < SAMPLE_TICKETS; n++) {
		tickets[n].number = SAMPLE_FIRST_NUMBER + n;
	}
	return tickets;
}

static int compare_events(const void *a, const void *b)
{
	const struct sample_event *left = a, *right = b;
	if (left->at != right->at) {
		return (left->at > right->at) - (left->at < right->at);
	}
	return (left->order > right->order) - (left->order < right->order);
}

/* An operator's handle spans do not overlap: one that would is left out. */
static bool is_covered(const struct sample_maker *maker, const struct change *change,
	int64_t worked_until[SAMPLE_OPERATORS])
{
	if (change->kind != CHANGE_WORKED) {
		return false;
	}
	for (int i = 0; i < SAMPLE_OPERATORS; i++) {
		if (sample_operator(maker, i)->id == change->operator_id) {
			bool covered = change->from_at < worked_until[i];
			worked_until[i] = covered ? worked_until[i] : change->to_at;
			return covered;
		}
	}
	return true;
}

static bool apply_events(
	struct sample_maker *maker, const struct sample_events *events, struct error *err)
{
	int64_t worked_until[SAMPLE_OPERATORS] = {0};
	for (size_t i = 0; i < events->count; i++) {
		const struct change *event = &events->events[i].change;
		if (is_covered(maker, event, worked_until)) {
			continue;
		}
		struct change *change = sample_change(maker, event->kind, events->events[i].at);
		struct change made = *change;
		*change = *event;
		change->id = made.id;
		change->actor = made.actor;
		change->imported = made.imported;
		change->at = made.at;
		if (maker->count == BATCH && !sample_apply(maker, err)) {
			return false;
		}
	}
	return sample_apply(maker, err);
}

bool sample_history(struct sample_maker *maker, struct error *err)
{
	struct sample_events events = {.mem = maker->mem};
	struct sample_ticket *tickets = make_tickets(maker);
	for (int i = 0; i < SAMPLE_TICKETS; i++) {
		sample_tell(maker, &tickets[i], &events);
	}
	qsort(events.events, events.count, sizeof *events.events, compare_events);
	return apply_events(maker, &events, err);
}
