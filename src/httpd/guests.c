#include "httpd/guests.h"

#include "base/clock.h"
#include "base/condition.h"
#include "base/mem.h"
#include "base/os.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum {
	LOOK_MS = 1000,
	HURRY_MS = 2000,
	BUCKETS = 1024,
	AT_ONCE = 4,
	TAKES_TIMES = 6,
	BYTES_A_MS = 1
};

struct guest {
	struct guest *next, **back;
	struct guests *guests;
	int fd;
	struct request *request; /* of the connection's thread */
	bool has_uid, is_over;
	bool has_left; /* of the thread that watches: when it looked last */
	atomic_bool asks;
	unsigned uid;
	struct in6_addr from;	      /* of TCP; else zeroes */
	atomic_int_fast64_t deadline; /* monotonic ms; 0: none */
};

/* What an identity may still ask, in thousandths of a request. Two that share a place take it from
 * each other, which lets both ask more. */
struct bucket {
	int64_t key;
	int64_t left;
	int64_t at; /* monotonic ms */
};

struct guests {
	pthread_t thread;
	pthread_mutex_t lock; /* of all but what is atomic */
	pthread_cond_t changed;
	struct guest *first;
	int count;
	struct server_limits limits;
	atomic_int_fast64_t header_ms, idle_ms;
	struct bucket buckets[BUCKETS];
	bool is_ending;
};

/* --- limits --- */

static int64_t or_else(int64_t value, int64_t usual)
{
	return value ? value : usual;
}

static void set(struct guests *guests, const struct server_limits *limits)
{
	guests->limits = *limits;
	guests->limits.connections = (int)or_else(limits->connections, 4000);
	guests->limits.connections_of_address = (int)or_else(limits->connections_of_address, 200);
	guests->limits.requests = (int)or_else(limits->requests, 100);
	guests->header_ms = or_else(limits->header_ms, 10 * MS_SECOND);
	guests->idle_ms = or_else(limits->idle_ms, 2 * MS_MINUTE);
}

void guests_set(struct guests *guests, const struct server_limits *limits)
{
	pthread_mutex_lock(&guests->lock);
	set(guests, limits);
	pthread_mutex_unlock(&guests->lock);
}

/* --- connections --- */

/* Of IPv6 the network of 64 bits: one household has all of its addresses. */
static void read_address(struct guest *guest, const struct sockaddr *from)
{
	if (from && from->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)from;
		guest->from = in6->sin6_addr;
		if (!IN6_IS_ADDR_V4MAPPED(&guest->from)) {
			memset(guest->from.s6_addr + 8, 0, 8);
		}
	} else if (from && from->sa_family == AF_INET) {
		const struct sockaddr_in *in4 = (const void *)from;
		guest->from.s6_addr[10] = guest->from.s6_addr[11] = 0xff; /* RFC 4291, 2.5.5.2 */
		memcpy(&guest->from.s6_addr[12], &in4->sin_addr, sizeof in4->sin_addr);
	}
}

/* From the same address, all together; a Unix socket has none. Those who are over take no place:
 * else one address would have all of them. */
static bool is_one_too_many(const struct guests *guests, const struct guest *guest)
{
	if (guests->count >= guests->limits.connections) {
		return true;
	}
	int same = 0;
	for (const struct guest *at = guests->first; at && !guest->has_uid; at = at->next) {
		same += !at->is_over && memcmp(&at->from, &guest->from, sizeof at->from) == 0;
	}
	return same >= guests->limits.connections_of_address;
}

struct guest *guest_join(struct guests *guests, int fd, const struct sockaddr *from)
{
	struct guest *guest = mem_new(NULL, struct guest);
	guest->guests = guests;
	guest->fd = fd;
	guest->has_uid = os_peer_uid(fd, &guest->uid);
	read_address(guest, from);
	pthread_mutex_lock(&guests->lock);
	guest->is_over = is_one_too_many(guests, guest);
	guest_turn(guest, GUEST_ASKS, clock_monotonic(), 0);
	guest->next = guests->first;
	guest->back = &guests->first;
	if (guest->next) {
		guest->next->back = &guest->next;
	}
	guests->first = guest;
	guests->count += !guest->is_over;
	pthread_mutex_unlock(&guests->lock);
	return guest;
}

void guest_leave(struct guest *guest)
{
	if (!guest) {
		return;
	}
	struct guests *guests = guest->guests;
	pthread_mutex_lock(&guests->lock);
	*guest->back = guest->next;
	if (guest->next) {
		guest->next->back = guest->back;
	}
	guests->count -= !guest->is_over;
	pthread_mutex_unlock(&guests->lock);
	talloc_free(guest);
}

void guest_hold(struct guest *guest, struct request *request)
{
	guest->request = request;
}

struct request *guest_held(const struct guest *guest)
{
	return guest->request;
}

bool guest_uid(const struct guest *guest, unsigned *uid)
{
	*uid = guest->uid;
	return guest->has_uid;
}

bool guest_is_welcome(const struct guest *guest, struct error *err)
{
	return !guest->is_over ||
	       error_set_reason(err, ERROR_UNAVAILABLE, "too_many_connections",
		       N_("as many connections are open as the server takes; close some, or try "
			  "again later"),
		       NULL);
}

/* --- time --- */

void guest_turn(struct guest *guest, enum guest_turn turn, int64_t began_ms, int64_t bytes)
{
	const struct guests *guests = guest->guests;
	const int64_t spans[] = {
		[GUEST_ASKS] = guests->header_ms,
		[GUEST_TAKES] = TAKES_TIMES * guests->header_ms,
		[GUEST_RESTS] = guests->idle_ms,
	};
	int64_t deadline = 0;
	if (turn != GUEST_WAITS) {
		int64_t span = spans[turn] + bytes / BYTES_A_MS;
		deadline = began_ms + (guest->is_over && span > HURRY_MS ? HURRY_MS : span);
	}
	atomic_store_explicit(&guest->deadline, deadline, memory_order_relaxed);
	atomic_store_explicit(&guest->asks, turn == GUEST_ASKS, memory_order_relaxed);
}

void guests_hurry(struct guests *guests)
{
	int64_t latest = clock_monotonic() + HURRY_MS;
	pthread_mutex_lock(&guests->lock);
	guests->header_ms = guests->header_ms < HURRY_MS ? guests->header_ms : HURRY_MS;
	for (struct guest *guest = guests->first; guest; guest = guest->next) {
		int64_t deadline = guest->deadline;
		if (guest->asks && deadline > latest) { /* it may be answered just now */
			atomic_compare_exchange_strong(&guest->deadline, &deadline, latest);
		}
	}
	pthread_cond_signal(&guests->changed);
	pthread_mutex_unlock(&guests->lock);
}

/* Has it said all it will ever say, though its request is not complete? What was read a moment ago
 * may be on its way to its handler, so it takes two looks to know. */
static bool is_gone(struct guest *guest)
{
	char byte;
	bool had_left = guest->has_left;
	guest->has_left = atomic_load_explicit(&guest->asks, memory_order_relaxed) &&
			  recv(guest->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
	return had_left && guest->has_left;
}

/* The library closes what is shut down. It does so after guest_leave, so the descriptor is its own
 * as long as the guest is in the list. */
static void cut_off(struct guests *guests)
{
	int64_t now = clock_monotonic();
	for (struct guest *guest = guests->first; guest; guest = guest->next) {
		int64_t deadline = atomic_load_explicit(&guest->deadline, memory_order_relaxed);
		if (is_gone(guest) || (deadline && now > deadline)) {
			shutdown(guest->fd, SHUT_RDWR);
		}
	}
}

static void *watch(void *data)
{
	struct guests *guests = data;
	pthread_mutex_lock(&guests->lock);
	while (!guests->is_ending) {
		int64_t ms = guests->header_ms / 4 < LOOK_MS ? guests->header_ms / 4 + 1 : LOOK_MS;
		condition_wait(&guests->changed, &guests->lock, clock_monotonic() + ms);
		cut_off(guests);
	}
	pthread_mutex_unlock(&guests->lock);
	return NULL;
}

/* --- requests a second --- */

/* Operators have ids from 1 on, tokens from 1 on as well. */
static int64_t key_of(const struct identity *identity)
{
	return identity->token ? -identity->token : identity->operator_id;
}

static void fill(struct bucket *bucket, int64_t key, int64_t rate, int64_t now)
{
	int64_t most = AT_ONCE * rate * 1000;
	if (bucket->key != key) {
		*bucket = (struct bucket){.key = key, .left = most, .at = now};
	}
	int64_t more = (now - bucket->at) * rate;
	bucket->left = bucket->left + more < most ? bucket->left + more : most;
	bucket->at = now;
}

bool guests_may_ask(
	struct guests *guests, const struct identity *identity, int *wait_s, struct error *err)
{
	int64_t key = key_of(identity);
	if (identity->is_trusted || key == 0) {
		return true;
	}
	struct bucket *bucket = &guests->buckets[(uint64_t)key % BUCKETS];
	pthread_mutex_lock(&guests->lock);
	int64_t rate = guests->limits.requests;
	fill(bucket, key, rate, clock_monotonic());
	bool ok = bucket->left >= 1000;
	bucket->left -= ok ? 1000 : 0;
	pthread_mutex_unlock(&guests->lock);
	*wait_s = 1;
	return ok ||
	       error_set_reason(err, ERROR_UNAVAILABLE, "too_fast",
		       N_("that is more than a client may ask a second; ask more slowly"), NULL);
}

/* --- begin and end --- */

struct guests *guests_start(const struct server_limits *limits)
{
	struct guests *guests = mem_new(NULL, struct guests);
	set(guests, limits);
	pthread_mutex_init(&guests->lock, NULL);
	condition_init(&guests->changed);
	mem_check(pthread_create(&guests->thread, NULL, watch, guests) == 0 ? guests : NULL);
	return guests;
}

void guests_stop(struct guests *guests)
{
	if (!guests) {
		return;
	}
	pthread_mutex_lock(&guests->lock);
	guests->is_ending = true;
	pthread_cond_signal(&guests->changed);
	pthread_mutex_unlock(&guests->lock);
	pthread_join(guests->thread, NULL);
	pthread_cond_destroy(&guests->changed);
	pthread_mutex_destroy(&guests->lock);
	talloc_free(guests);
}
