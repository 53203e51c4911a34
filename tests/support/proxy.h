#ifndef ATENDE_TESTS_SUPPORT_PROXY_H
#define ATENDE_TESTS_SUPPORT_PROXY_H

#include <stdbool.h>

/*
 * A bad line between an HTTP client and a server: passes requests and answers on, and at a given
 * step of one cuts, resets, stalls, truncates or duplicates. A thread a connection; everything here
 * may be called from any thread.
 */
enum proxy_kind {
	PROXY_CUT,	 /* both connections are closed */
	PROXY_RESET,	 /* the same, with a reset */
	PROXY_STALL,	 /* nothing for stall_ms, then on as if nothing had been */
	PROXY_TRUNCATE,	 /* half of the body, with headers that say that this is all */
	PROXY_DUPLICATE, /* the server gets the request twice; the second answer is passed on */
	PROXY_KINDS
};

enum proxy_step {
	PROXY_BEFORE_REQUEST, /* all of it was read, nothing passed on */
	PROXY_IN_REQUEST,     /* half was passed on */
	PROXY_AFTER_REQUEST,  /* all was passed on, the answer not waited for */
	PROXY_BEFORE_ANSWER,  /* the server has answered, the client has nothing of it */
	PROXY_IN_ANSWER,      /* the client has half of it */
	PROXY_AFTER_ANSWER,   /* the client has all of it */
	PROXY_STEPS
};

struct proxy_fault {
	enum proxy_kind kind;
	enum proxy_step step; /* truncated is the request up to AFTER_REQUEST, then the answer */
	int stall_ms;
};

struct proxy;

/* Listens on the Unix socket `path`, or (NULL) on a port of 127.0.0.1, and passes on to a server at
 * "unix:PATH" or "http://127.0.0.1:PORT", which need not be there yet. */
struct proxy *proxy_start(const char *path, const char *server);
void proxy_stop(struct proxy *proxy); /* cuts what is under way */

/* "unix:PATH" or "http://127.0.0.1:PORT". */
const char *proxy_location(const struct proxy *proxy);

/* Lets this happen to the next request, once. */
void proxy_next(struct proxy *proxy, struct proxy_fault fault);

/* From now on lets something happen to so many requests of a thousand, by chance from this seed;
 * stalls are up to stall_ms. 0 of a thousand: to none. */
void proxy_chance(struct proxy *proxy, unsigned seed, int thousandths, int stall_ms);

/* How many faults have happened. */
int proxy_count(struct proxy *proxy);

/* The line is cut (all connections, and nobody gets a new one) or there again. */
void proxy_cut(struct proxy *proxy, bool is_cut);

/* Each request and each answer is held up by this; whether one is at this moment. */
void proxy_delay(struct proxy *proxy, int delay_ms);
bool proxy_is_holding(struct proxy *proxy);

#endif
