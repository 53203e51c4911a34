#include "httpd/pool.h"

#include "base/mem.h"

#include <pthread.h>

struct member {
	struct member *next;
	struct seat seat;
};

struct pool {
	const struct server_options *options;
	pthread_key_t mine;   /* struct member of this thread */
	pthread_mutex_t lock; /* of members */
	struct member *members;
};

struct pool *pool_create(const struct server_options *options)
{
	struct pool *pool = mem_new(NULL, struct pool);
	pool->options = options;
	mem_check(pthread_key_create(&pool->mine, NULL) == 0 ? pool : NULL);
	pthread_mutex_init(&pool->lock, NULL);
	return pool;
}

static struct member *join(struct pool *pool, struct error *err)
{
	const struct server_options *options = pool->options;
	struct store_options how = {.clock = options->clock, .read_only = true};
	struct store *store;
	if (!store_open(NULL, options->desk, options->drivers, options->driver_count, &how, &store,
		    err)) {
		return NULL;
	}
	struct member *member = mem_new(NULL, struct member);
	member->seat = (struct seat){
		.store = store, .cache = cache_create(member, options->answer_age_ms)};
	pthread_mutex_lock(&pool->lock);
	member->next = pool->members;
	pool->members = member;
	pthread_mutex_unlock(&pool->lock);
	pthread_setspecific(pool->mine, member);
	return member;
}

bool pool_seat(struct pool *pool, struct seat **seat, struct error *err)
{
	struct member *member = pthread_getspecific(pool->mine);
	if (!member) {
		member = join(pool, err);
	}
	if (member) {
		*seat = &member->seat;
	}
	return member != NULL;
}

void pool_destroy(struct pool *pool)
{
	if (!pool) {
		return;
	}
	for (struct member *member = pool->members, *next; member; member = next) {
		next = member->next;
		store_close(member->seat.store);
		talloc_free(member);
	}
	pthread_mutex_destroy(&pool->lock);
	pthread_key_delete(pool->mine);
	talloc_free(pool);
}
