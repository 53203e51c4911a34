#ifndef ATENDE_HTTPD_POOL_H
#define ATENDE_HTTPD_POOL_H

#include "base/error.h"
#include "httpd/server.h"
#include "store/store.h"

#include <stdbool.h>

/*
 * The store handles that requests read with: one a thread, opened when the thread first asks, all
 * closed at the end.
 */
struct pool;

struct pool *pool_create(const struct server_options *options);
/* This thread's handle, the pool's. */
bool pool_store(struct pool *pool, struct store **store, struct error *err);
/* Once none of the threads asks any more. NULL is fine. */
void pool_destroy(struct pool *pool);

#endif
