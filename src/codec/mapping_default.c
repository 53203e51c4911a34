#include "codec/mapping.h"

#include "base/mem.h"

#include <assert.h>
#include <string.h>

/* Our own names, in the language of mappings. */
static const char text[] = "[customer]\n"
			   "ref = {customer.ref}\n"
			   "name = {customer.name|name}\n"
			   "address = {customer.address|address|customer}\n"
			   "address = {customer.addresses}\n"
			   "channel = {customer.channel}\n"
			   "do_not_call = {customer.do_not_call}\n"
			   "shared = {customer.shared}\n"
			   "[ticket]\n"
			   "ref = {ticket.ref|ticket|ref}\n"
			   "subject = {ticket.subject|subject}\n"
			   "channel = {ticket.channel|channel}\n"
			   "team = {ticket.team|team}\n"
			   "priority = {ticket.priority|priority}\n"
			   "state = {ticket.state|state}\n"
			   "reason = {ticket.reason|reason}\n"
			   "assignee = {ticket.assignee|assignee}\n"
			   "tags = {ticket.tags|tags}\n"
			   "at = {ticket.at|at}\n"
			   "until = {ticket.until|until}\n"
			   "[message]\n"
			   "each = messages\n"
			   "text = {.text|.}\n"
			   "at = {.at}\n"
			   "direction = {.direction}\n"
			   "author = {.author}\n"
			   "channel = {.channel}\n"
			   "state = {.state}\n"
			   "[message]\n"
			   "text = {text}\n"
			   "at = {at}\n"
			   "direction = {direction}\n"
			   "author = {author}\n"
			   "[note]\n"
			   "each = notes\n"
			   "text = {.text|.}\n"
			   "at = {.at}\n"
			   "author = {.author}\n"
			   "[note]\n"
			   "text = {note}\n"
			   "at = {at}\n"
			   "author = {author}\n"
			   "[remark]\n"
			   "each = customer.notes\n"
			   "text = {.text|.}\n"
			   "at = {.at}\n"
			   "author = {.author}\n"
			   "pinned = {.pinned}\n";

struct mapping *mapping_default(const void *mem)
{
	struct mapping *mapping;
	bool ok = mapping_parse(mem, text, strlen(text), &mapping, NULL);
	assert(ok);
	return mapping;
}
