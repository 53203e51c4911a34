#ifndef ATENDE_CODEC_MAPPING_H
#define ATENDE_CODEC_MAPPING_H

#include "base/error.h"
#include "codec/json.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What an import reads from where. A mapping is a text of lines; one record of the input (a line
 * of JSON, a row of CSV) becomes one struct import_item: a customer, a ticket, any number of
 * messages and notes.
 *
 *     # reviews of a shop
 *     [source]
 *     zone = America/Sao_Paulo
 *
 *     [customer]
 *     ref = {customer.customer_unique_id}
 *     name = Cliente {customer.customer_unique_id:8}
 *
 *     [ticket]
 *     ref = {review_id}/{order.order_id}
 *     subject = {title|message:60}
 *     channel = web
 *     at = {sent_at}
 *     state = {score}
 *
 *     [words ticket.state]
 *     5 = resolved
 *     * = open
 *
 *     [message]
 *     text = {message}
 *
 *     [note]
 *     when = {order.order_id}
 *     text = Pedido {order.order_id}: {order.status}, previsto para {order.estimated_delivery}
 *
 * Lines. `[section]`, `key = value`, blank lines, and comments: lines that begin with # or ;.
 * Blanks around names and values do not count; a value in "double quotes" keeps its blanks and may
 * hold \n \t \" \\. Sections not marked * below may stand more than once: each [message] makes one
 * more message. UTF-8; at most 64 KiB.
 *
 * Sections and keys ("*": at most one section of it):
 *   [source]*  format (jsonl, csv; else found out), zone (IANA name, for times without an offset;
 *              UTC), dates (iso, dmy, mdy: for dates such as 31/12/2025; iso),
 *              delimiter (comma, semicolon, tab; else found out)
 *   [customer]* ref, name, address, channel (preferred), do_not_call, shared
 *   [ticket]*  ref, subject, channel, team, priority, state, reason, assignee, tags, at
 *   [message]  text, at, direction, author, channel, state
 *   [note]     text, at, author: internal, on the ticket
 *   [remark]   text, at, author, pinned: a customer note
 *   [words S.K]  input word = our word: what the value of key K of section S is replaced by; the
 *              word * is for all others. Compared without case and accents.
 * In [message], [note] and [remark] also
 *   each = path  once for every element of that array; paths are then looked for in the element
 *                first, then in the record. Elements that are texts or numbers are {.}. A record
 *                has at most 10000 texts in all.
 * and in every section but [source] and [words]
 *   when = template  the section counts only if this is not blank.
 * address and tags take up to a hundred values: by an array, by several lines of the text or of
 * the mapping; tags also by blanks and , ; between them.
 *
 * Templates. Text with places in braces; {{ and }} are braces. A place is
 *   {alternative|alternative|…:cut}
 * The first alternative that is there and not blank is put in, cut to that many characters (of
 * those that people see: Unicode's grapheme clusters). An alternative is a path or a 'constant'. A
 * path is names with dots: order.items[0].price, or order.items.0.price; a name with other signs
 * than letters, digits, _ and - goes in double quotes: {"E-mail (2)"}. A path that begins with a
 * dot, {.text}, is of the element of `each` alone. In CSV the whole path is the name of a column.
 * Numbers (as JSON has them: 44.90 is 44.9), true and false are put in, arrays of such with ", "
 * between them; objects and null are not there. A value none of whose places is filled is not
 * given, whatever text stands around them.
 *
 * Times are RFC 3339, also with a blank for the T, without seconds, without offset (then in the
 * zone), or dates alone; with dates = dmy or mdy also 31/12/2025 (or . or -) and a time after it;
 * and numbers: seconds since 1970 (9 to 11 digits) or milliseconds (12 to 15). Flags are yes, true,
 * 1 or no, false, 0.
 *
 * Values that must be words of ours (channel, state, direction, priority, …) are checked; team,
 * reason, assignee and author are left for the caller to look up.
 */
struct mapping;

enum import_format { IMPORT_ANY, IMPORT_JSONL, IMPORT_CSV };

/* Parses a mapping. INVALID, with the line number, for what the above does not allow. */
bool mapping_parse(const void *mem, const char *text, size_t size, struct mapping **mapping,
	struct error *err);

/*
 * The mapping for our own names, when none is given. One line is any part of
 *   {"customer":{"ref","name","address" or "addresses":[…],"channel","do_not_call","shared",
 *      "notes":[{"text","at","author","pinned"}]},
 *    "ticket":{"ref","subject","channel","team","priority","state","reason","assignee","tags",
 *      "at"},
 *    "messages":[{"text","at","direction","author","channel","state"}],
 *    "notes":[{"text","at","author"}],
 *    "text","at","direction","author","note"}
 * where "text" is one message more, "note" one internal note more (a text), "customer" may be just
 * an address and "ticket" just a ref: {"ticket":"A-17","text":"…","at":"…"} adds to a ticket. The
 * keys of customer and ticket may also stand at the top (name, address, subject, channel, team,
 * priority, state, reason, assignee, tags, ref), so that a CSV file with such columns can be read.
 */
struct mapping *mapping_default(const void *mem);

enum import_format mapping_format(const struct mapping *mapping);
char mapping_delimiter(const struct mapping *mapping); /* 0: to be found out */

/* What it says, line by line, to be shown before an import starts. */
struct mapping_line {
	const char *section; /* "ticket", "words ticket.state" */
	const char *key;     /* "subject" */
	const char *value;   /* "{title|message:60}" */
	int64_t line;	     /* in its file */
};
/* How many; *lines belongs to the mapping. */
size_t mapping_lines(const struct mapping *mapping, const struct mapping_line **lines);

enum import_text_kind { IMPORT_MESSAGE, IMPORT_NOTE, IMPORT_REMARK };

/* Texts are clean (base/text.h) and never NULL: "" is not given. 0 in the enums is not given. */
struct import_text {
	enum import_text_kind kind;
	const char *text;   /* never blank */
	int64_t at;	    /* its own, else that of the ticket; never 0 */
	int direction;	    /* enum direction, of a message: in when not given */
	int channel;	    /* enum channel, of a message: 0 that of the ticket */
	int state;	    /* enum message_state, of a message: 0 */
	int pinned;	    /* enum flag, of a remark */
	const char *author; /* login; "": the customer of an incoming message, else the desk */
};

struct import_item {
	/* the customer: found by ref, then by the addresses, else made */
	const char *customer_ref;
	const char *customer_name;
	size_t address_count;
	const char **addresses;
	int customer_channel;
	int do_not_call, shared; /* enum flag */

	/* the ticket; has_ticket false: the line is about the customer alone */
	bool has_ticket;
	const char *ticket_ref;
	const char *subject;
	int channel;
	int priority;
	int state;	    /* enum ticket_state, to which it shall be brought after its texts */
	const char *team;   /* key */
	const char *reason; /* key */
	const char *assignee;
	size_t tag_count;
	const char **tags;
	int64_t at;	  /* its own, else the earliest of its texts; 0: there is none */
	int64_t until_at; /* of a snooze; 0: not told */

	size_t text_count;
	struct import_text *texts; /* by time; of one time in the order of the mapping */

	bool was_cleaned; /* something forbidden was taken out of a text: worth a warning */
};

/*
 * Applies a mapping to one record, all of the item on mem. INVALID, naming section and key, for a
 * time that cannot be read, a word that is none of ours, a text without any time, or when nothing
 * of the mapping is in the record.
 */
bool mapping_apply_json(const void *mem, const struct mapping *mapping, const struct json *record,
	struct import_item *item, struct error *err);

/* The same for a row of CSV. `header` names its columns; a row may be shorter. Apostrophes that
 * guard against formulas are taken off. */
bool mapping_apply_row(const void *mem, const struct mapping *mapping, size_t count,
	char *const *header, size_t field_count, char *const *fields, struct import_item *item,
	struct error *err);

#endif
