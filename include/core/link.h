#ifndef ATENDE_CORE_LINK_H
#define ATENDE_CORE_LINK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Links in a text: http, https, mailto and tel, as RFC 3986 writes them. Nothing else is a link,
 * whatever a customer writes: no file, no javascript, no scheme of some program.
 */
struct link_span {
	size_t offset, length; /* bytes of the text */
};
struct link_spans {
	size_t count;
	struct link_span *items;
};

/* In order. A stop or comma behind one, and a bracket that it did not open, are the sentence's. On
 * mem. */
struct link_spans links_find(const void *mem, const char *text);

/* True when the whole text is one such link. */
bool link_is_whole(const char *text);

#endif
