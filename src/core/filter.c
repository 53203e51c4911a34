#include "core/filter.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* Matching: called for thousands of rows a page, so nothing is allocated. */

static bool has_tag(const struct ticket *ticket, const char *tag)
{
	size_t length = strlen(tag);
	for (const char *at = ticket->tags; (at = strstr(at, tag)); at++) {
		if (at > ticket->tags && at[-1] == ' ' && at[length] == ' ') {
			return true;
		}
	}
	return false;
}

static bool holds_is(
	const struct filter_term *term, const struct filter_row *row, int64_t actor, int64_t now)
{
	switch ((enum filter_is)term->value) {
	case IS_FREE:
		return row->holder == 0 && ticket_is_open(row->ticket, now);
	case IS_MINE:
		return actor != 0 &&
		       (row->holder == actor || ticket_assignee(row->ticket, now) == actor);
	case IS_OVERDUE:
		return row->ticket->due_at <= now;
	case IS_NONE:
		break;
	}
	return false;
}

/* A snooze that is due counts as open, logged or not. */
static bool holds_state(const struct filter_term *term, const struct ticket *ticket, int64_t now)
{
	bool is_open = ticket_is_open(ticket, now);
	return term->value == (is_open ? TICKET_OPEN : ticket->state);
}

static bool is_operator(const struct filter_term *term, int64_t operator_id, int64_t actor)
{
	return operator_id == (term->value == FILTER_ME ? actor : term->value);
}

static bool compares(const struct filter_term *term, int64_t span_ms)
{
	return term->above ? span_ms > term->value : span_ms < term->value;
}

static bool holds_digits(const struct filter_term *term, const struct filter_row *row)
{
	size_t length = strlen(term->word);
	if (length == 0 || strspn(term->word, "0123456789") != length) {
		return false;
	}
	char number[24];
	snprintf(number, sizeof number, "%lld", (long long)row->ticket->number);
	if (strncmp(number, term->word, length) == 0) {
		return true;
	}
	/* Fewer digits are in almost every telephone. */
	for (const char *at = row->address; length >= 4 && *at; at++) {
		const char *want = term->word;
		for (const char *c = at; *want && *c; c++) {
			if (*c >= '0' && *c <= '9' && *c != *want++) {
				want = "x";
				break;
			}
		}
		if (*want == '\0') {
			return true;
		}
	}
	return false;
}

static bool holds_word(const struct filter_term *term, const struct filter_row *row)
{
	return text_contains(row->ticket->subject, term->word, term->prefix) ||
	       text_contains(row->customer_name, term->word, term->prefix) ||
	       text_contains(row->address, term->word, term->prefix) ||
	       text_contains(row->ticket->tags, term->word, term->prefix) ||
	       holds_digits(term, row);
}

static bool holds(
	const struct filter_term *term, const struct filter_row *row, int64_t actor, int64_t now)
{
	const struct ticket *ticket = row->ticket;
	switch (term->kind) {
	case TERM_WORD:
		return holds_word(term, row);
	case TERM_TEAM:
		return ticket->team == term->value;
	case TERM_CHANNEL:
		return ticket->channel == (enum channel)term->value;
	case TERM_STATE:
		return holds_state(term, ticket, now);
	case TERM_DUE:
		return compares(term, ticket->due_at - now);
	case TERM_WAITING:
		return compares(term, now - ticket->waiting_since);
	case TERM_PRIORITY:
		return ticket->priority == (enum priority)term->value;
	case TERM_TAG:
		return has_tag(ticket, term->word);
	case TERM_ASSIGNEE:
		return is_operator(term, ticket_assignee(ticket, now), actor);
	case TERM_HOLDER:
		return is_operator(term, row->holder, actor);
	case TERM_REASON:
		return ticket->reason == term->value;
	case TERM_BEFORE:
		return ticket->opened_at < term->value;
	case TERM_AFTER:
		return ticket->opened_at >= term->value;
	case TERM_IS:
		return holds_is(term, row, actor, now);
	case TERM_NUMBER:
		return ticket->number == term->value;
	}
	return false;
}

enum {
	MUST_ALL_HOLD = 1 << TERM_WORD | 1 << TERM_DUE | 1 << TERM_WAITING | 1 << TERM_BEFORE |
			1 << TERM_AFTER | 1 << TERM_IS
};

static bool matches(const struct filter *filter, const struct filter_row *row, int64_t actor,
	int64_t now, bool with_words)
{
	unsigned asked = 0, met = 0; /* kinds with alternatives */
	for (size_t i = 0; i < filter->count; i++) {
		const struct filter_term *term = &filter->terms[i];
		unsigned bit = 1u << term->kind;
		bool is_alternative = !term->negated && !(bit & MUST_ALL_HOLD);
		if ((term->kind == TERM_WORD && !with_words) || (is_alternative && (met & bit))) {
			continue;
		}
		bool is_so = holds(term, row, actor, now);
		if (is_alternative) {
			asked |= bit;
			met |= is_so ? bit : 0;
		} else if (is_so == term->negated) {
			return false;
		}
	}
	return asked == met;
}

int64_t filter_assignee(const struct filter *filter, int64_t actor)
{
	for (size_t i = 0; filter && i < filter->count; i++) {
		const struct filter_term *term = &filter->terms[i];
		if (term->kind != TERM_ASSIGNEE || term->negated) {
			continue;
		}
		size_t same = 0; /* several of one kind: any of them will do */
		for (size_t j = 0; j < filter->count; j++) {
			same += filter->terms[j].kind == TERM_ASSIGNEE && !filter->terms[j].negated;
		}
		return same > 1 ? 0 : term->value == FILTER_ME ? actor : term->value;
	}
	return 0;
}

bool filter_matches(
	const struct filter *filter, const struct filter_row *row, int64_t actor, int64_t now)
{
	return matches(filter, row, actor, now, true);
}

bool filter_matches_terms(
	const struct filter *filter, const struct filter_row *row, int64_t actor, int64_t now)
{
	return matches(filter, row, actor, now, false);
}
