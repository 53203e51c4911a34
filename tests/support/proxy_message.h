#ifndef ATENDE_TESTS_SUPPORT_PROXY_MESSAGE_H
#define ATENDE_TESTS_SUPPORT_PROXY_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

/* An HTTP/1.1 message as it is read from a connection; pure. */
struct message {
	char *bytes; /* talloc; a NUL follows */
	size_t size;
};

void message_add(struct message *message, const char *bytes, size_t size);

/* Whether its headers are there. */
bool message_has_head(const struct message *message);

/* An answer in chunks, which may be a stream without an end. */
bool message_is_chunked(const struct message *message);

/* Whether nothing is missing. Statuses 204 and 304 have no body. */
bool message_is_whole(const struct message *message);

/* Takes half of the body off and says so in Content-Length; one in chunks stays as it is. */
void message_truncate(struct message *message);

#endif
