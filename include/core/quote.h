#ifndef ATENDE_CORE_QUOTE_H
#define ATENDE_CORE_QUOTE_H

#include <stddef.h>

/*
 * What a mail carries along of earlier ones: lines behind ">", the line above them that names who
 * wrote ("Em … escreveu:", "On … wrote:"), what stands below "--Mensagem original--" or below
 * headers as Outlook copies them ("De: … Enviada em: … Assunto: …"), and the signature below "-- ".
 * A console folds it away. There is no standard but for "-- " (RFC 3676, 4.3): these are the shapes
 * that mail programs write.
 */
enum quote_kind { QUOTE_EARLIER, QUOTE_SIGNATURE };

struct quote {
	enum quote_kind kind;
	size_t offset, length; /* bytes of the text: from the start of a line to the end of one */
	size_t lines;
};
struct quotes {
	size_t count;
	struct quote *items; /* in order, apart from each other */
};

/*
 * The quotes of a clean text. One line alone is none: an answer between the lines needs it. Nor is
 * a message that somebody passes on ("-- Mensagem encaminhada --"), nor a text that is nothing
 * but quotes: there would be nothing to read. Linear in the text. On mem.
 */
struct quotes quotes_find(const void *mem, const char *text);

#endif
