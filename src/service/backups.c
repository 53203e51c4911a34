#include "service/backup.h"

#include "base/condition.h"
#include "base/mem.h"
#include "base/os.h"

#include <pthread.h>

/* The schedule: a thread that sleeps most of the time. */

enum { RETRY_MS = 5 * MS_MINUTE, LOOK_MS = MS_MINUTE };

struct backups {
	const struct backups_options *options;
	pthread_t thread;
	pthread_mutex_t lock; /* of the rest */
	pthread_cond_t changed;
	struct backup_plan plan; /* folder on it */
	int64_t retry_at;
	bool is_ending;
};

/* --- one --- */

/* A store of its own each time: a backup a day needs no open file. */
static bool open_store(struct backups *backups, struct store **store, struct error *err)
{
	const struct backups_options *options = backups->options;
	struct store_options how = {.clock = options->clock, .read_only = true};
	return store_open(
		NULL, options->desk, options->drivers, options->driver_count, &how, store, err);
}

static bool goes_on(void *data, int64_t copied, int64_t total)
{
	(void)copied;
	(void)total;
	struct backups *backups = data;
	pthread_mutex_lock(&backups->lock);
	bool is_ending = backups->is_ending;
	pthread_mutex_unlock(&backups->lock);
	return !is_ending;
}

static bool make(struct backups *backups, const char *folder, int64_t keep)
{
	void *work = mem_context(NULL);
	struct store *store = NULL;
	struct error err = {0};
	char *path = NULL;
	int64_t began_at = clock_monotonic();
	bool ok = open_store(backups, &store, &err);
	if (ok) {
		struct backup_job job = {store, folder, goes_on, backups};
		ok = backup_make(work, &job, &path, &err);
	}
	store_close(store);
	if (ok) {
		backup_prune(folder, keep);
	}
	backups->options->done(
		backups->options->data, path, clock_monotonic() - began_at, ok ? NULL : &err);
	talloc_free(work);
	return ok;
}

/* --- when --- */

static int64_t due_at(const struct backups *backups)
{
	int64_t newest = backup_newest(backups->plan.folder);
	int64_t due = newest ? newest + backups->plan.every_ms : 0;
	return due > backups->retry_at ? due : backups->retry_at;
}

/* In short steps: the clock may be set meanwhile. */
static void wait_until(struct backups *backups, int64_t ms)
{
	int64_t step = ms > 0 && ms < LOOK_MS ? ms : LOOK_MS;
	condition_wait(&backups->changed, &backups->lock, clock_monotonic() + step);
}

static void make_if_due(struct backups *backups)
{
	int64_t now = clock_now(&backups->options->clock);
	int64_t due = backups->plan.folder ? due_at(backups) : now + LOOK_MS;
	if (now < due) {
		wait_until(backups, due - now);
		return;
	}
	char *folder = mem_strdup(NULL, backups->plan.folder);
	int64_t keep = backups->plan.keep;
	pthread_mutex_unlock(&backups->lock);
	bool ok = make(backups, folder, keep);
	talloc_free(folder);
	pthread_mutex_lock(&backups->lock);
	backups->retry_at = ok ? 0 : now + RETRY_MS;
}

static void *work(void *data)
{
	struct backups *backups = data;
	os_lower_priority();
	pthread_mutex_lock(&backups->lock);
	while (!backups->is_ending) {
		make_if_due(backups);
	}
	pthread_mutex_unlock(&backups->lock);
	return NULL;
}

/* --- begin and end --- */

static void set(struct backups *backups, struct backup_plan plan)
{
	talloc_free((void *)(uintptr_t)backups->plan.folder);
	backups->plan = plan;
	backups->plan.folder = mem_strdup(backups, plan.folder);
	backups->retry_at = 0;
}

struct backups *backups_start(const struct backups_options *options, struct backup_plan plan)
{
	struct backups *backups = mem_new(NULL, struct backups);
	backups->options = options;
	set(backups, plan);
	pthread_mutex_init(&backups->lock, NULL);
	condition_init(&backups->changed);
	mem_check(pthread_create(&backups->thread, NULL, work, backups) == 0 ? backups : NULL);
	return backups;
}

void backups_set(struct backups *backups, struct backup_plan plan)
{
	pthread_mutex_lock(&backups->lock);
	set(backups, plan);
	pthread_cond_signal(&backups->changed);
	pthread_mutex_unlock(&backups->lock);
}

void backups_stop(struct backups *backups)
{
	if (!backups) {
		return;
	}
	pthread_mutex_lock(&backups->lock);
	backups->is_ending = true;
	pthread_cond_signal(&backups->changed);
	pthread_mutex_unlock(&backups->lock);
	pthread_join(backups->thread, NULL);
	pthread_cond_destroy(&backups->changed);
	pthread_mutex_destroy(&backups->lock);
	talloc_free(backups);
}
