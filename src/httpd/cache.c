#include "httpd/cache.h"

#include "base/mem.h"

#include <stdbool.h>
#include <string.h>

enum { SLOTS = 512, BYTES_MOST = 16 * 1024 * 1024, BYTES_OF_ONE = 1024 * 1024 };

struct slot {
	struct cache_entry entry; /* response NULL: free */
	char *key;
};

struct cache {
	int64_t version; /* of all entries */
	int age_ms;	 /* up to which an answer is given again */
	size_t bytes;
	struct slot *slots; /* by hash of the key; two that fall together take turns */
};

static void empty(struct cache *cache, struct slot *slot)
{
	if (slot->entry.response) {
		MHD_destroy_response(slot->entry.response);
		cache->bytes -= slot->entry.size;
		talloc_free(slot->key);
		*slot = (struct slot){0};
	}
}

static void empty_all(struct cache *cache)
{
	for (size_t i = 0; i < SLOTS; i++) {
		empty(cache, &cache->slots[i]);
	}
}

static int drop(struct cache *cache)
{
	empty_all(cache);
	return 0;
}

struct cache *cache_create(const void *mem, int age_ms)
{
	struct cache *cache = mem_new(mem, struct cache);
	cache->age_ms = age_ms ? age_ms : CACHE_AGE_MS;
	cache->slots = mem_array(cache, struct slot, SLOTS);
	talloc_set_destructor(cache, drop);
	return cache;
}

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). */
static struct slot *slot_of(struct cache *cache, const char *key)
{
	uint32_t hash = 2166136261U;
	for (const char *at = key; *at; at++) {
		hash = (hash ^ (unsigned char)*at) * 16777619U;
	}
	return &cache->slots[hash % SLOTS];
}

/* What was made at another version is of no use any more. */
static void set_version(struct cache *cache, int64_t version)
{
	if (cache->version != version) {
		empty_all(cache);
		cache->version = version;
	}
}

const struct cache_entry *cache_find(
	struct cache *cache, const char *key, int64_t version, int64_t now)
{
	set_version(cache, version);
	struct slot *slot = slot_of(cache, key);
	int64_t age = now - slot->entry.at;
	bool is_good = slot->key && strcmp(slot->key, key) == 0 && age >= 0 && age < cache->age_ms;
	return is_good ? &slot->entry : NULL;
}

void cache_keep(
	struct cache *cache, const char *key, int64_t version, const struct cache_entry *entry)
{
	if (entry->size > BYTES_OF_ONE) {
		MHD_destroy_response(entry->response);
		return;
	}
	set_version(cache, version);
	if (cache->bytes + entry->size > BYTES_MOST) {
		empty_all(cache);
	}
	struct slot *slot = slot_of(cache, key);
	empty(cache, slot);
	slot->entry = *entry;
	slot->key = mem_strdup(cache, key);
	slot->entry.etag = mem_strdup(slot->key, entry->etag);
	cache->bytes += entry->size;
}
