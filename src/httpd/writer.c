#include "httpd/writer.h"

#include "base/clock.h"
#include "base/mem.h"

#include <pthread.h>
#include <string.h>

struct writer {
	struct store *store;
	writer_committed_fn *committed;
	void *data;
	pthread_t thread;
	pthread_mutex_t lock; /* of the rest */
	pthread_cond_t changed;
	struct job *first, **end;
	size_t waiting;
	bool is_ending;
	int64_t busy_since; /* monotonic ms; 0: it waits */
};

/* --- the queue --- */

bool writer_submit(struct writer *writer, struct job *job)
{
	job->next = NULL;
	pthread_mutex_lock(&writer->lock);
	bool ok = writer->waiting < WRITER_QUEUE && !writer->is_ending;
	if (ok) {
		*writer->end = job;
		writer->end = &job->next;
		writer->waiting++;
		pthread_cond_signal(&writer->changed);
	}
	pthread_mutex_unlock(&writer->lock);
	return ok;
}

size_t writer_waiting(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	size_t waiting = writer->waiting;
	pthread_mutex_unlock(&writer->lock);
	return waiting;
}

int64_t writer_busy_ms(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	int64_t since = writer->busy_since;
	pthread_mutex_unlock(&writer->lock);
	return since ? clock_monotonic() - since : 0;
}

/* All that waits, in order; NULL at the end. */
static struct job *take_all(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	writer->busy_since = 0;
	while (!writer->first && !writer->is_ending) {
		pthread_cond_wait(&writer->changed, &writer->lock);
	}
	writer->busy_since = clock_monotonic();
	struct job *jobs = writer->first;
	writer->first = NULL;
	writer->end = &writer->first;
	writer->waiting = 0;
	pthread_mutex_unlock(&writer->lock);
	return jobs;
}

/* --- changes of many requests as one batch --- */

struct batch {
	size_t count, used;
	struct change *changes;
	struct result *results;
	int groups;
};

/* What the group of the job's change at `at` is called in the batch. */
static int group_of(struct batch *batch, const struct job *job, size_t at)
{
	int group = job->changes[at].group;
	for (size_t i = 1; group > 0 && i <= at; i++) {
		if (job->changes[at - i].group == group) {
			return batch->changes[batch->used - i].group;
		}
	}
	return group > 0 ? ++batch->groups : 0;
}

/* Two requests must not share a group: the second would stop when the first is refused. */
static void add_job(struct batch *batch, const struct job *job)
{
	for (size_t i = 0; i < job->count; i++) {
		struct change *change = &batch->changes[batch->used];
		*change = job->changes[i];
		change->group = group_of(batch, job, i);
		batch->used++;
	}
}

static void finish(struct job *job)
{
	job->next = NULL;
	job->done(job);
}

static void apply_together(struct writer *writer, struct job *jobs, size_t change_count)
{
	struct batch batch = {.count = change_count};
	batch.changes = mem_array(NULL, struct change, change_count);
	batch.results = mem_array(batch.changes, struct result, change_count);
	for (struct job *job = jobs; job; job = job->next) {
		add_job(&batch, job);
	}
	struct error err = {0};
	int64_t began_us = clock_monotonic_us();
	bool ok = store_apply(writer->store, batch.changes, batch.count, batch.results, &err);
	writer->committed(writer->data, change_count, clock_monotonic_us() - began_us);
	int64_t directory = store_directory_known(writer->store)->revision;
	const struct result *results = batch.results;
	for (struct job *job = jobs, *next; job; job = next) {
		next = job->next;
		memcpy(job->results, results, job->count * sizeof *results);
		results += job->count;
		job->ok = ok;
		job->err = err;
		job->directory = directory;
		finish(job);
	}
	talloc_free(batch.changes);
}

/* --- the thread --- */

static void run(struct writer *writer, struct job *job)
{
	job->err = (struct error){0};
	job->ok = job->run(writer->store, job, &job->err);
	finish(job);
}

/* Takes jobs with changes off the list, in order, up to a batch; the others stay. */
static struct job *take_changes(struct job **jobs, size_t *change_count)
{
	struct job *taken = NULL, **end = &taken;
	*change_count = 0;
	for (struct job **at = jobs; *at;) {
		struct job *job = *at;
		bool fits = *change_count == 0 || *change_count + job->count <= WRITER_BATCH;
		if (!job->changes) {
			at = &job->next;
			continue;
		}
		if (!fits) {
			break;
		}
		*change_count += job->count;
		*at = job->next;
		job->next = NULL;
		*end = job;
		end = &job->next;
	}
	return taken;
}

static void do_all(struct writer *writer, struct job *jobs)
{
	size_t change_count;
	struct job *batch;
	while ((batch = take_changes(&jobs, &change_count)) != NULL) {
		apply_together(writer, batch, change_count);
	}
	for (struct job *next; jobs; jobs = next) {
		next = jobs->next;
		run(writer, jobs);
	}
}

static void *work(void *data)
{
	struct writer *writer = data;
	struct job *jobs;
	while ((jobs = take_all(writer)) != NULL) {
		do_all(writer, jobs);
	}
	return NULL;
}

struct writer *writer_start(struct store *store, writer_committed_fn *committed, void *data)
{
	struct writer *writer = mem_new(NULL, struct writer);
	writer->store = store;
	writer->committed = committed;
	writer->data = data;
	writer->end = &writer->first;
	pthread_mutex_init(&writer->lock, NULL);
	pthread_cond_init(&writer->changed, NULL);
	mem_check(pthread_create(&writer->thread, NULL, work, writer) == 0 ? writer : NULL);
	return writer;
}

void writer_stop(struct writer *writer)
{
	if (!writer) {
		return;
	}
	pthread_mutex_lock(&writer->lock);
	writer->is_ending = true;
	pthread_cond_signal(&writer->changed);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
}

void writer_destroy(struct writer *writer)
{
	if (!writer) {
		return;
	}
	pthread_cond_destroy(&writer->changed);
	pthread_mutex_destroy(&writer->lock);
	talloc_free(writer);
}
