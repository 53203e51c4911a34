#include "httpd/care.h"

#include "base/clock.h"
#include "base/condition.h"
#include "base/mem.h"
#include "httpd/connection.h"
#include "httpd/server_state.h"

#include <pthread.h>

enum { AT_ONCE = 4, SILENCE_MS = 30 * MS_SECOND };

/* A thread and what it does. */
struct errand {
	struct errand *next;
	struct care *care;
	struct store *store;
	struct request *request; /* to be done; NULL: waits for one */
	int64_t operator_id;	 /* for whom */
	bool stays;		 /* for another request of the same session */
};

struct care {
	const struct server_options *options;
	pthread_mutex_t lock; /* of the rest, and of every errand's request and store */
	pthread_cond_t changed;
	struct errand *errands;
	int count;
	bool is_ending;
};

struct care *care_create(const struct server_options *options)
{
	struct care *care = mem_new(NULL, struct care);
	care->options = options;
	pthread_mutex_init(&care->lock, NULL);
	condition_init(&care->changed);
	return care;
}

/* --- the thread --- */

static bool open_store(struct errand *errand, struct error *err)
{
	struct care *care = errand->care;
	const struct server_options *options = care->options;
	struct store_options how = {.clock = options->clock, .read_only = !errand->stays};
	struct store *store;
	if (!store_open(NULL, options->desk, options->drivers, options->driver_count, &how, &store,
		    err)) {
		return false;
	}
	store_set_actor(store, errand->operator_id);
	pthread_mutex_lock(&care->lock);
	errand->store = store;
	pthread_mutex_unlock(&care->lock);
	return true;
}

/* The request is another thread's from connection_resume on. */
static void do_request(struct errand *errand)
{
	struct request *request = errand->request;
	struct job *job = &request->job;
	job->err = (struct error){0};
	job->ok = (errand->store || open_store(errand, &job->err)) &&
		  request->run(request, errand->store, &job->err);
	pthread_mutex_lock(&errand->care->lock);
	errand->request = NULL;
	errand->stays = errand->stays && request->stays;
	pthread_mutex_unlock(&errand->care->lock);
	connection_resume(request);
}

/* False when the session is over. */
static bool wait_for_request(struct errand *errand)
{
	struct care *care = errand->care;
	int64_t until = clock_monotonic() + SILENCE_MS;
	bool waits = true;
	pthread_mutex_lock(&care->lock);
	while (errand->stays && !care->is_ending && !errand->request && waits) {
		waits = condition_wait(&care->changed, &care->lock, until);
	}
	bool goes_on = errand->request != NULL;
	errand->stays = errand->stays && goes_on;
	pthread_mutex_unlock(&care->lock);
	return goes_on;
}

static void leave(struct errand *errand)
{
	struct care *care = errand->care;
	struct errand **at = &care->errands;
	pthread_mutex_lock(&care->lock);
	struct store *store = errand->store;
	errand->store = NULL;
	pthread_mutex_unlock(&care->lock);
	store_close(store);
	pthread_mutex_lock(&care->lock);
	while (*at != errand) {
		at = &(*at)->next;
	}
	*at = errand->next;
	care->count--;
	pthread_cond_broadcast(&care->changed);
	pthread_mutex_unlock(&care->lock);
	talloc_free(errand);
}

static void *work(void *data)
{
	struct errand *errand = data;
	do {
		do_request(errand);
	} while (wait_for_request(errand));
	leave(errand);
	return NULL;
}

/* --- handing over --- */

static void suspend(struct request *request, request_step *run, handler_fn *written)
{
	request->run = run;
	request->written = written;
	request->is_suspended = true;
	MHD_suspend_connection(request->connection);
}

static bool is_busy(struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "busy",
		N_("the server is at work on other backups and checks; try again in a moment"),
		NULL);
}

static bool is_restoring(struct error *err)
{
	return error_set_reason(err, ERROR_CONFLICT, "restoring",
		N_("records are being brought back by another program; wait for its end"), NULL);
}

static bool start(struct care *care, struct request *request, bool stays)
{
	pthread_t thread;
	pthread_attr_t detached;
	struct errand *errand = mem_new(NULL, struct errand);
	*errand = (struct errand){.next = care->errands,
		.care = care,
		.request = request,
		.operator_id = request->identity.operator_id,
		.stays = stays};
	pthread_attr_init(&detached);
	pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
	bool ok = pthread_create(&thread, &detached, work, errand) == 0;
	pthread_attr_destroy(&detached);
	if (ok) {
		care->errands = errand;
		care->count++;
	} else {
		talloc_free(errand);
	}
	return ok;
}

static struct errand *session_of(struct care *care)
{
	struct errand *errand = care->errands;
	while (errand && !errand->stays) {
		errand = errand->next;
	}
	return errand;
}

/* The lock keeps the new thread from being done before the request sleeps, and a second session
 * from beginning meanwhile. */
static bool begin(struct request *request, request_step *run, handler_fn *written, bool stays,
	struct error *err)
{
	struct care *care = request->server->care;
	pthread_mutex_lock(&care->lock);
	bool is_taken = stays && session_of(care);
	bool ok = !is_taken && !care->is_ending && care->count < AT_ONCE;
	if (ok) {
		suspend(request, run, written);
		ok = start(care, request, stays);
		if (!ok) {
			request->is_suspended = false;
			MHD_resume_connection(request->connection);
		}
	}
	pthread_mutex_unlock(&care->lock);
	return ok || (is_taken ? is_restoring(err) : is_busy(err));
}

bool request_care(
	struct request *request, request_step *run, handler_fn *written, struct error *err)
{
	return begin(request, run, written, false, err);
}

bool request_care_begin(
	struct request *request, request_step *run, handler_fn *written, struct error *err)
{
	return begin(request, run, written, true, err);
}

bool request_care_on(
	struct request *request, request_step *run, handler_fn *written, struct error *err)
{
	struct care *care = request->server->care;
	pthread_mutex_lock(&care->lock);
	struct errand *errand = session_of(care);
	bool ok = errand && !errand->request && !care->is_ending &&
		  errand->operator_id == request->identity.operator_id;
	if (ok) {
		suspend(request, run, written);
		errand->request = request;
		pthread_cond_broadcast(&care->changed);
	}
	pthread_mutex_unlock(&care->lock);
	return ok || error_set_reason(err, ERROR_CONFLICT, "no_restore",
			     N_("nothing was begun, or its time is over, or it is another's; begin "
				"anew"),
			     NULL);
}

/* --- the end --- */

void care_stop(struct care *care)
{
	pthread_mutex_lock(&care->lock);
	care->is_ending = true;
	for (struct errand *errand = care->errands; errand; errand = errand->next) {
		if (errand->store && !errand->stays) {
			store_cancel(errand->store);
		}
	}
	pthread_cond_broadcast(&care->changed);
	while (care->count > 0) {
		pthread_cond_wait(&care->changed, &care->lock);
	}
	pthread_mutex_unlock(&care->lock);
}

void care_destroy(struct care *care)
{
	if (!care) {
		return;
	}
	pthread_mutex_destroy(&care->lock);
	pthread_cond_destroy(&care->changed);
	talloc_free(care);
}
