#include "atende/worker.h"

#include "atende/answer.h"
#include "atende/latch.h"
#include "base/clock.h"
#include "base/mem.h"

#include <pthread.h>
#include <string.h>

enum { AGAIN_MS = 100 };

struct worker {
	const struct worker_place *place;
	pthread_mutex_t lock; /* of store */
	struct store *store;
	struct store *own; /* opened here; NULL: none */
	struct mailbox *asked, *inbox;
	pthread_t thread;
	struct latch ended;
};

static void set_store(struct worker *worker, struct store *store)
{
	struct store *former = worker->own;
	pthread_mutex_lock(&worker->lock);
	worker->store = worker->own = store;
	pthread_mutex_unlock(&worker->lock);
	store_close(former);
}

/* Another desk may lie there now, a backup put back: it must know the operator by the same id. */
static bool open_anew(struct worker *worker)
{
	const struct worker_place *place = worker->place;
	struct store *store = NULL;
	struct error ignored = {0};
	if (!place || !store_open(NULL, place->location, place->drivers, place->driver_count,
			      &place->options, &store, &ignored)) {
		return false;
	}
	if (!store_act_as(store, place->login, &ignored) ||
		store_actor(store) != store_actor(worker->store)) {
		store_close(store);
		return false;
	}
	set_store(worker, store);
	return true;
}

static bool has_moved(const struct msg *msg)
{
	const struct response *response = &msg->response;
	return msg->type == MSG_RESPONSE && !response->ok && response->err.reason &&
	       strcmp(response->err.reason, "moved") == 0;
}

static void answer(struct worker *worker, struct effect *effect)
{
	int64_t began_at = clock_monotonic();
	struct msg *msg = effect_answer(worker->store, effect);
	if (has_moved(msg) && open_anew(worker)) {
		effect = talloc_steal(NULL, msg->response.effect);
		talloc_free(msg);
		msg = effect_answer(worker->store, effect);
	}
	if (msg->type == MSG_RESPONSE) {
		msg->response.elapsed_ms = clock_monotonic() - began_at;
	}
	mailbox_post(worker->inbox, msg);
}

static void *work(void *data)
{
	struct worker *worker = data;
	struct effect *effect;
	while ((effect = mailbox_wait(worker->asked)) != NULL) {
		answer(worker, effect);
	}
	latch_open(&worker->ended);
	return NULL;
}

struct worker *worker_start(
	struct store *store, const struct worker_place *place, struct mailbox *inbox)
{
	struct worker *worker = mem_new(NULL, struct worker);
	worker->store = store;
	worker->place = place;
	pthread_mutex_init(&worker->lock, NULL);
	worker->inbox = inbox;
	worker->asked = mailbox_create();
	latch_init(&worker->ended);
	mem_check(pthread_create(&worker->thread, NULL, work, worker) == 0 ? worker : NULL);
	return worker;
}

void worker_ask(struct worker *worker, struct effect *effect)
{
	mailbox_post(worker->asked, effect);
}

void worker_cancel(struct worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	store_cancel(worker->store);
	pthread_mutex_unlock(&worker->lock);
}

/* Cancelling hits the call under way; what waits behind it gets its turn and the next cancel. */
void worker_stop(struct worker *worker, int patience_ms)
{
	if (!worker) {
		return;
	}
	mailbox_close(worker->asked);
	while (!latch_wait(&worker->ended, patience_ms)) {
		worker_cancel(worker);
		patience_ms = AGAIN_MS;
	}
	pthread_join(worker->thread, NULL);
	mailbox_destroy(worker->asked);
	latch_finish(&worker->ended);
	store_close(worker->own);
	pthread_mutex_destroy(&worker->lock);
	talloc_free(worker);
}
