#include "atende/worker.h"

#include "atende/answer.h"
#include "atende/latch.h"
#include "base/clock.h"
#include "base/mem.h"

#include <pthread.h>

enum { AGAIN_MS = 100 };

struct worker {
	struct store *store;
	struct mailbox *asked, *inbox;
	pthread_t thread;
	struct latch ended;
};

static void answer(struct worker *worker, struct effect *effect)
{
	int64_t began_at = clock_monotonic();
	struct msg *msg = effect_answer(worker->store, effect);
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

struct worker *worker_start(struct store *store, struct mailbox *inbox)
{
	struct worker *worker = mem_new(NULL, struct worker);
	worker->store = store;
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
	store_cancel(worker->store);
}

/* Cancelling hits the call under way; what waits behind it gets its turn and the next cancel. */
void worker_stop(struct worker *worker, int patience_ms)
{
	if (!worker) {
		return;
	}
	mailbox_close(worker->asked);
	while (!latch_wait(&worker->ended, patience_ms)) {
		store_cancel(worker->store);
		patience_ms = AGAIN_MS;
	}
	pthread_join(worker->thread, NULL);
	mailbox_destroy(worker->asked);
	latch_finish(&worker->ended);
	talloc_free(worker);
}
