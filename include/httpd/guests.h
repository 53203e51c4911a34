#ifndef ATENDE_HTTPD_GUESTS_H
#define ATENDE_HTTPD_GUESTS_H

#include "base/error.h"
#include "httpd/server.h"
#include "service/identity.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/*
 * Who is connected, and how much each may ask for: limits on connections, on how slowly a request
 * may come and an answer be taken, on requests a second. One for a server, for all its threads.
 */
struct guests;
struct guest; /* a connection */
struct request;

struct guests *guests_start(const struct server_limits *limits);
void guests_set(struct guests *guests, const struct server_limits *limits);
/* The server is to end: whoever is in the middle of a request has two seconds to complete it. */
void guests_hurry(struct guests *guests);
/* Once no connection is left. NULL is fine. */
void guests_stop(struct guests *guests);

/* A connection begins and ends; the descriptor is open in between. */
struct guest *guest_join(struct guests *guests, int fd, const struct sockaddr *from);
void guest_leave(struct guest *guest); /* NULL is fine */

/* What is under way on the connection; NULL: nothing. */
void guest_hold(struct guest *guest, struct request *request);
struct request *guest_held(const struct guest *guest);

/* The peer's uid on a Unix socket. */
bool guest_uid(const struct guest *guest, unsigned *uid);
/* UNAVAILABLE (reason "too_many_connections") for one that came when there were enough. */
bool guest_is_welcome(const struct guest *guest, struct error *err);

/* What it must get done by when, else it is cut off. `bytes` have a second more for each kB. */
enum guest_turn {
	GUEST_ASKS,  /* the request must come */
	GUEST_WAITS, /* for us: as long as that takes */
	GUEST_TAKES, /* the answer must be taken */
	GUEST_RESTS, /* nothing is asked */
};
void guest_turn(struct guest *guest, enum guest_turn turn, int64_t began_ms, int64_t bytes);

/* One more request of this identity: UNAVAILABLE (reason "too_fast") when it asks too much, with
 * the seconds to wait. Who may act as anyone may ask as much as he likes. */
bool guests_may_ask(
	struct guests *guests, const struct identity *identity, int *wait_s, struct error *err);

#endif
