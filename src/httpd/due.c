#include "httpd/due.h"

#include "base/clock.h"
#include "base/mem.h"

#include <stdatomic.h>

/* What cannot be entered, and what is more than one transaction takes, is tried again. */
enum { AGAIN_MS = 1000 };

struct due {
	struct writer *writer;
	struct log *log;
	struct job job;
	atomic_bool is_queued;
	bool has_failed; /* the writer's thread */
	int64_t version; /* of the desk when `at` was found; the rest is of the thread that looks */
	int64_t at;	 /* of the store's clock; 0: never */
	int64_t again_at; /* monotonic ms */
};

static bool enter(struct store *store, struct job *job, struct error *err)
{
	struct result none;
	(void)job;
	return store_apply(store, NULL, 0, &none, err);
}

/* Told once, until it goes well again. */
static void entered(struct job *job)
{
	struct due *due = job->data;
	if (!job->ok && !due->has_failed) {
		char *sentence = error_sentence(NULL, &job->err, NULL);
		log_line(due->log, "due", "%s", sentence);
		talloc_free(sentence);
	}
	due->has_failed = !job->ok;
	atomic_store(&due->is_queued, false);
}

struct due *due_create(struct writer *writer, struct log *log)
{
	struct due *due = mem_new(NULL, struct due);
	due->writer = writer;
	due->log = log;
	due->version = -1;
	due->job = (struct job){.run = enter, .data = due, .done = entered};
	return due;
}

/* Whatever is altered, also by others, may move the moment. */
static bool find(struct due *due, struct store *store)
{
	int64_t version, at;
	if (!store_version(store, &version, NULL)) {
		return false;
	}
	if (version == due->version) {
		return true;
	}
	if (!store_due_at(store, &at, NULL)) {
		return false;
	}
	due->again_at = at == due->at ? due->again_at : 0;
	due->at = at;
	due->version = version;
	return true;
}

void due_look(struct due *due, struct store *store)
{
	if (atomic_load(&due->is_queued) || !find(due, store) || due->at == 0 ||
		store_now(store) < due->at || clock_monotonic() < due->again_at) {
		return;
	}
	due->again_at = clock_monotonic() + AGAIN_MS;
	atomic_store(&due->is_queued, true);
	if (!writer_submit(due->writer, &due->job)) {
		atomic_store(&due->is_queued, false);
	}
}

void due_destroy(struct due *due)
{
	talloc_free(due);
}
