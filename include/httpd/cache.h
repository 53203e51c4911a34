#ifndef ATENDE_HTTPD_CACHE_H
#define ATENDE_HTTPD_CACHE_H

#include <microhttpd.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Answers that are kept for as long as nothing changes, each with its bytes and headers, so that
 * giving one again copies nothing. One cache a thread of the pool. Bounded in entries and bytes.
 *
 * An answer is good while the desk is at the version (store_version) that it was made at or before,
 * and for CACHE_AGE_MS or as told, since some things come true by time alone.
 */
struct cache;

enum { CACHE_AGE_MS = 1000 };

struct cache_entry {
	struct MHD_Response *response;
	char *etag;
	size_t size; /* of the body */
	int64_t at;  /* when it was made */
};

/* Freed by talloc_free. age_ms: 0: CACHE_AGE_MS. */
struct cache *cache_create(const void *mem, int age_ms);

/* What is kept under this key, NULL without it. */
const struct cache_entry *cache_find(
	struct cache *cache, const char *key, int64_t version, int64_t now);

/* The response is the cache's from now on, and may be gone with the next call; etag is copied. */
void cache_keep(
	struct cache *cache, const char *key, int64_t version, const struct cache_entry *entry);

#endif
