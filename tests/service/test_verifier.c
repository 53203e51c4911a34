#include "service/verifier.h"

#include "base/mem.h"
#include "base/secret.h"
#include "test.h"

#include <pthread.h>
#include <string.h>

/* Passwords are verified and hashed in threads of their own. */

struct wait {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int done;
};

static void count(struct verify_job *job)
{
	struct wait *wait = job->data;
	pthread_mutex_lock(&wait->lock);
	wait->done++;
	pthread_cond_signal(&wait->changed);
	pthread_mutex_unlock(&wait->lock);
}

static void wait_for(struct wait *wait, int count)
{
	pthread_mutex_lock(&wait->lock);
	while (wait->done < count) {
		pthread_cond_wait(&wait->changed, &wait->lock);
	}
	pthread_mutex_unlock(&wait->lock);
}

static struct wait begin(void)
{
	return (struct wait){PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};
}

static struct verify_job run(struct verifier *verifier, struct verify_job job)
{
	struct wait wait = begin();
	job.done = count;
	job.data = &wait;
	assert_true(verifier_submit(verifier, &job));
	wait_for(&wait, 1);
	return job;
}

static void right_passwords_pass_and_others_do_not(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct verifier *verifier = verifier_start();
	char *hash = password_hash(mem, "segredo da ana");
	assert_true(
		run(verifier, (struct verify_job){.password = "segredo da ana", .against = hash})
			.ok);
	assert_false(run(verifier, (struct verify_job){.password = "outro", .against = hash}).ok);
	assert_false(run(verifier, (struct verify_job){.password = "segredo da ana"}).ok);
	verifier_stop(verifier);
	talloc_free(mem);
}

static void a_new_password_is_hashed_when_the_present_one_is_right(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct verifier *verifier = verifier_start();
	char *hash = password_hash(mem, "segredo da ana");
	struct verify_job job = run(verifier, (struct verify_job){.password = "segredo da ana",
						      .against = hash,
						      .wanted = "novo segredo",
						      .mem = mem});
	assert_true(job.ok);
	assert_true(password_verify(job.hash, "novo segredo"));
	job = run(
		verifier, (struct verify_job){
				  .password = "errado", .against = hash, .wanted = "novo segredo"});
	assert_false(job.ok);
	assert_null(job.hash);
	job = run(verifier, (struct verify_job){.wanted = "novo segredo", .mem = mem});
	assert_true(job.ok);
	assert_true(password_hash_is_ours(job.hash));
	verifier_stop(verifier);
	talloc_free(mem);
}

static void more_than_can_wait_are_turned_away_and_all_taken_are_done(void **state)
{
	(void)state;
	enum { JOBS = VERIFIER_QUEUE + 20 };
	static struct verify_job jobs[JOBS];
	struct verifier *verifier = verifier_start();
	struct wait wait = begin();
	int taken = 0;
	for (int i = 0; i < JOBS; i++) {
		jobs[i] = (struct verify_job){.password = "x", .done = count, .data = &wait};
		taken += verifier_submit(verifier, &jobs[i]);
	}
	assert_true(taken >= VERIFIER_QUEUE && taken < JOBS);
	verifier_stop(verifier);
	assert_int_equal(wait.done, taken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(right_passwords_pass_and_others_do_not),
		cmocka_unit_test(a_new_password_is_hashed_when_the_present_one_is_right),
		cmocka_unit_test(more_than_can_wait_are_turned_away_and_all_taken_are_done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
