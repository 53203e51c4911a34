#ifndef ATENDE_TUI_WORDS_H
#define ATENDE_TUI_WORDS_H

#include "base/error.h"
#include "core/calendar.h"
#include "core/query.h"
#include "core/ticket.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Values as words of the reader's language. Dates and numbers take their form from our own
 * catalogue, never from the locale. Results on mem, or static where no mem is taken.
 */

/* {0} … {9} of an already translated pattern replaced by the arguments (const char *), ended by
 * NULL. Another brace stays as it is. */
char *words_put(const void *mem, const char *pattern, ...) __attribute__((sentinel));

/* The sentence of an error, translated. */
char *words_error(const void *mem, const struct error *err);

char *words_number(const void *mem, int64_t number); /* bare digits: ticket numbers, counts */
char *words_subject(const void *mem, const struct draft *draft); /* its ticket; "-": none */

const char *words_channel(enum channel channel);
const char *words_state(enum ticket_state state);
/* Its state; "merged" for one that was discarded because it went into another. */
const char *words_standing(const struct ticket *ticket);
const char *words_priority(enum priority priority);
const char *words_message_state(enum message_state state);
const char *words_contact(enum contact_outcome contact);
const char *words_address(enum address_kind kind);
const char *words_role(enum role role);
const char *words_order(enum queue_order order); /* "in order of due time" */

/* "João Lima <joao@exemplo.com>"; the name alone when there is no address or it is the name. */
char *words_person(const void *mem, const char *name, const char *address);

/* "3h02", "0h46", "-0h12"; from 100 hours on "5d": for columns. */
char *words_hours(const void *mem, int64_t span_ms);
/* "12 s", "3 min", "2 h", "8 d": for sentences. */
char *words_age(const void *mem, int64_t span_ms);

char *words_clock(const void *mem, const struct zone *zone, int64_t at);   /* 12:31 */
char *words_seconds(const void *mem, const struct zone *zone, int64_t at); /* 12:31:05 */
char *words_day(const void *mem, const struct zone *zone, int64_t at);	   /* 22 Nov 2026 */
/* 22 Nov 12:31; with its year when that is not this one. */
char *words_moment(const void *mem, const struct zone *zone, int64_t at, int64_t now);

/* A moment to come, whole: "Thursday, 26 Nov 09:00", with its year when it is not this one. */
char *words_when(const void *mem, const struct zone *zone, int64_t at, int64_t now);

#endif
