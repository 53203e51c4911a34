#include "service/verifier.h"

#include "base/mem.h"
#include "base/secret.h"

#include <pthread.h>

struct verifier {
	pthread_t threads[VERIFIER_THREADS];
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct verify_job *first, **end;
	size_t waiting;
	bool is_ending;
};

static struct verify_job *take(struct verifier *verifier)
{
	pthread_mutex_lock(&verifier->lock);
	while (!verifier->first && !verifier->is_ending) {
		pthread_cond_wait(&verifier->changed, &verifier->lock);
	}
	struct verify_job *job = verifier->first;
	if (job) {
		verifier->first = job->next;
		verifier->end = verifier->first ? verifier->end : &verifier->first;
		verifier->waiting--;
	}
	pthread_mutex_unlock(&verifier->lock);
	return job;
}

/* What there is to compare with where there is no hash: of a random password that nobody kept, at
 * the cost of all others. */
static const char nobodys[] = "$argon2id$v=19$m=65536,t=2,p=1$EeB20A4ELjOI57N6c8yd7A$"
			      "ONfZnFYJm5BRQNWrSp9VSN/m+/I2msfnC8NPEFXilLw";

static void verify(struct verify_job *job)
{
	job->ok = true;
	job->hash = NULL;
	if (job->password) {
		const char *hash = job->against ? job->against : nobodys;
		job->ok = password_verify(hash, job->password) && job->against;
	}
	if (job->ok && job->wanted) {
		job->hash = password_hash(job->mem, job->wanted);
	}
}

static void *work(void *data)
{
	struct verifier *verifier = data;
	struct verify_job *job;
	while ((job = take(verifier))) {
		verify(job);
		job->done(job);
	}
	return NULL;
}

struct verifier *verifier_start(void)
{
	struct verifier *verifier = mem_new(NULL, struct verifier);
	verifier->end = &verifier->first;
	pthread_mutex_init(&verifier->lock, NULL);
	pthread_cond_init(&verifier->changed, NULL);
	for (size_t i = 0; i < VERIFIER_THREADS; i++) {
		if (pthread_create(&verifier->threads[i], NULL, work, verifier) != 0) {
			mem_check(NULL);
		}
	}
	return verifier;
}

bool verifier_submit(struct verifier *verifier, struct verify_job *job)
{
	job->next = NULL;
	pthread_mutex_lock(&verifier->lock);
	bool ok = verifier->waiting < VERIFIER_QUEUE && !verifier->is_ending;
	if (ok) {
		*verifier->end = job;
		verifier->end = &job->next;
		verifier->waiting++;
		pthread_cond_signal(&verifier->changed);
	}
	pthread_mutex_unlock(&verifier->lock);
	return ok;
}

void verifier_stop(struct verifier *verifier)
{
	if (!verifier) {
		return;
	}
	pthread_mutex_lock(&verifier->lock);
	verifier->is_ending = true;
	pthread_cond_broadcast(&verifier->changed);
	pthread_mutex_unlock(&verifier->lock);
	for (size_t i = 0; i < VERIFIER_THREADS; i++) {
		pthread_join(verifier->threads[i], NULL);
	}
	pthread_cond_destroy(&verifier->changed);
	pthread_mutex_destroy(&verifier->lock);
	talloc_free(verifier);
}
