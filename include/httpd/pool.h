#ifndef ATENDE_HTTPD_POOL_H
#define ATENDE_HTTPD_POOL_H

#include "base/error.h"
#include "httpd/cache.h"
#include "httpd/server.h"
#include "store/store.h"

#include <stdbool.h>

/*
 * What each thread that answers requests has for itself: a store handle to read with, and the
 * answers that it keeps. Made when the thread first asks, all closed at the end.
 */
struct pool;

struct seat {
	struct store *store;
	struct cache *cache;
	int64_t user;	 /* the request that had it last; 0: none */
	int64_t version; /* of the desk (store_version) when its directory was looked at */
};

struct pool *pool_create(const struct server_options *options);
/* This thread's, the pool's. */
bool pool_seat(struct pool *pool, struct seat **seat, struct error *err);
/* Once none of the threads asks any more. NULL is fine. */
void pool_destroy(struct pool *pool);

#endif
