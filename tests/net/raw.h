#ifndef ATENDE_TESTS_NET_RAW_H
#define ATENDE_TESTS_NET_RAW_H

#include <stddef.h>

/*
 * A server that plays a script, byte by byte, in a thread of its own: what no decent server would
 * do. Steps are done in order; one that needs a connection waits for the next client when there is
 * none.
 */
enum raw_do {
	RAW_END,
	RAW_READ,  /* a whole request, which is kept */
	RAW_SEND,  /* bytes */
	RAW_DRIP,  /* bytes, a few milliseconds apart */
	RAW_FLOOD, /* bytes again and again, until the client goes away */
	RAW_HANG,  /* nothing, until the client goes away */
	RAW_CLOSE, /* in good order */
	RAW_RESET, /* with a reset */
};

struct raw_step {
	enum raw_do what;
	const char *bytes;
	size_t size;
};

#define READ                                                                                       \
	{                                                                                          \
		RAW_READ, NULL, 0                                                                  \
	}
#define SEND(text)                                                                                 \
	{                                                                                          \
		RAW_SEND, text, sizeof(text) - 1                                                   \
	}
#define SEND_BYTES(bytes, size)                                                                    \
	{                                                                                          \
		RAW_SEND, bytes, size                                                              \
	}
#define DRIP(text)                                                                                 \
	{                                                                                          \
		RAW_DRIP, text, sizeof(text) - 1                                                   \
	}
#define FLOOD(text)                                                                                \
	{                                                                                          \
		RAW_FLOOD, text, sizeof(text) - 1                                                  \
	}
#define HANG                                                                                       \
	{                                                                                          \
		RAW_HANG, NULL, 0                                                                  \
	}
#define CLOSE                                                                                      \
	{                                                                                          \
		RAW_CLOSE, NULL, 0                                                                 \
	}
#define RESET                                                                                      \
	{                                                                                          \
		RAW_RESET, NULL, 0                                                                 \
	}
#define END                                                                                        \
	{                                                                                          \
		RAW_END, NULL, 0                                                                   \
	}

struct raw;

/* Listens on a port of 127.0.0.1 or, with path, on that Unix socket. The steps must stay. */
struct raw *raw_start(const struct raw_step *steps, const char *path);

/* "http://127.0.0.1:PORT" or "unix:PATH". */
const char *raw_location(const struct raw *raw);

/* Cuts short what is not done, and frees all. */
void raw_stop(struct raw *raw);

/* The requests read so far, headers and body as they came; "" past the last. Wait for the answer to
 * one before asking for it. */
const char *raw_request(struct raw *raw, size_t index);

#endif
