#ifndef ATENDE_CORE_TEMPLATE_H
#define ATENDE_CORE_TEMPLATE_H

#include <stddef.h>

/*
 * Prepared answers hold variables: {{customer.name}}, {{customer.first_name}}, {{ticket.number}},
 * {{ticket.subject}}, {{operator.name}}, {{desk.name}}, {{today}}. One that has no value stays in
 * the text and blocks the send.
 */
struct template_value {
	const char *name;  /* "customer.name" */
	const char *value; /* NULL or "": unknown */
};

/* The text with what is known put in, on mem. */
char *template_fill(
	const void *mem, const char *text, const struct template_value *values, size_t count);

/* The next variable at or behind `text`, its bytes with the braces in *length; NULL when there is
 * none. */
const char *template_next(const char *text, size_t *length);

/* The first variable still in the text ("{{order.date}}"), on mem; NULL when none is left. */
char *template_unfilled(const void *mem, const char *text);

#endif
