#include "support/proxy_message.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char head_end[] = "\r\n\r\n";
static const char last_chunk[] = "0\r\n\r\n";

void message_add(struct message *message, const char *bytes, size_t size)
{
	message->bytes = mem_grow(NULL, message->bytes, char, message->size + size + 1);
	memcpy(message->bytes + message->size, bytes, size);
	message->size += size;
	message->bytes[message->size] = '\0';
}

/* Where the body begins; NULL before the headers are complete. */
static const char *body_of(const struct message *message)
{
	const char *end = message->bytes ? strstr(message->bytes, head_end) : NULL;
	return end ? end + strlen(head_end) : NULL;
}

/* The value of a header; NULL without it. The name as "\r\nname:". */
static const char *header_of(const struct message *message, const char *name)
{
	const char *body = body_of(message);
	for (const char *at = message->bytes; body && at < body; at++) {
		if (strncasecmp(at, name, strlen(name)) == 0) {
			return at + strlen(name) + strspn(at + strlen(name), " ");
		}
	}
	return NULL;
}

bool message_has_head(const struct message *message)
{
	return body_of(message) != NULL;
}

bool message_is_chunked(const struct message *message)
{
	const char *coding = header_of(message, "\r\nTransfer-Encoding:");
	return coding && strncasecmp(coding, "chunked", 7) == 0;
}

static bool ends_with(const struct message *message, const char *end)
{
	size_t n = strlen(end);
	return message->size >= n && memcmp(message->bytes + message->size - n, end, n) == 0;
}

bool message_is_whole(const struct message *message)
{
	const char *body = body_of(message);
	if (!body) {
		return false;
	}
	if (message_is_chunked(message)) {
		return ends_with(message, last_chunk);
	}
	const char *length = header_of(message, "\r\nContent-Length:");
	bool has_none = strncmp(message->bytes, "HTTP/1.1 204", 12) == 0 ||
			strncmp(message->bytes, "HTTP/1.1 304", 12) == 0;
	size_t wanted = length && !has_none ? strtoul(length, NULL, 10) : 0;
	return message->size - (size_t)(body - message->bytes) >= wanted;
}

void message_truncate(struct message *message)
{
	const char *body = body_of(message);
	const char *length = header_of(message, "\r\nContent-Length:");
	if (!body || !length) {
		return;
	}
	size_t half = (message->size - (size_t)(body - message->bytes)) / 2;
	char *cut =
		mem_printf(NULL, "%.*s%zu", (int)(length - message->bytes), message->bytes, half);
	const char *rest = length + strspn(length, "0123456789");
	struct message shorter = {.bytes = cut, .size = strlen(cut)};
	message_add(&shorter, rest, (size_t)(body - rest) + half);
	talloc_free(message->bytes);
	*message = shorter;
}
