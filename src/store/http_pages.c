#include "store/http_remote.h"

#include "base/mem.h"

#include <string.h>

enum { PAGES = 4, PAGE_BYTES = 512 * 1024 };

struct kept_page {
	char *path; /* NULL: a free place; the rest hangs on it */
	char *etag, *body;
	size_t size;
	uint64_t used;
};

struct page_cache {
	struct kept_page pages[PAGES];
	uint64_t clock;
};

struct page_cache *page_cache_create(const void *mem)
{
	return mem_new(mem, struct page_cache);
}

static const struct kept_page *find(const struct page_cache *cache, const char *path)
{
	for (size_t i = 0; i < PAGES; i++) {
		const struct kept_page *page = &cache->pages[i];
		if (page->path && strcmp(page->path, path) == 0) {
			return page;
		}
	}
	return NULL;
}

const char *page_cache_etag(const struct page_cache *cache, const char *path)
{
	const struct kept_page *page = find(cache, path);
	return page ? page->etag : NULL;
}

const char *page_cache_body(const struct page_cache *cache, const char *path, size_t *size)
{
	const struct kept_page *page = find(cache, path);
	*size = page ? page->size : 0;
	return page ? page->body : NULL;
}

/* The place of this path, else the one that was not used for the longest time. */
static struct kept_page *place(struct page_cache *cache, const char *path)
{
	struct kept_page *oldest = &cache->pages[0];
	for (size_t i = 0; i < PAGES; i++) {
		struct kept_page *page = &cache->pages[i];
		if (page->path && strcmp(page->path, path) == 0) {
			return page;
		}
		oldest = page->used < oldest->used ? page : oldest;
	}
	return oldest;
}

void page_cache_put(
	struct page_cache *cache, const char *path, const char *etag, const char *body, size_t size)
{
	struct kept_page *page = place(cache, path);
	talloc_free(page->path);
	*page = (struct kept_page){0};
	if (!etag || size > PAGE_BYTES) {
		return;
	}
	page->path = mem_strdup(cache, path);
	page->etag = mem_strdup(page->path, etag);
	page->body = mem_dup(page->path, body, size);
	page->size = size;
	page->used = ++cache->clock;
}
