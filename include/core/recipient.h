#ifndef ATENDE_CORE_RECIPIENT_H
#define ATENDE_CORE_RECIPIENT_H

#include "core/query.h"
#include "core/ticket.h"

#include <stdbool.h>
#include <stddef.h>

/* Which of a customer's addresses a reply goes to. */

/* Can something be sent to such an address by this channel? Never to a CPF or CNPJ. */
bool recipient_suits(enum address_kind kind, enum channel channel);

/*
 * The usual address of a reply by this channel: where the newest message came from (`last`, NULL
 * or "": not known), as long as it is the customer's; else his first that suits. NULL: there is
 * none.
 */
const struct address *recipient_usual(
	enum channel channel, const char *last, const struct address *addresses, size_t count);

/* The same, of a ticket as shown. */
const struct address *recipient_of_view(const struct ticket_view *view, enum channel channel);

#endif
