#include "atende/worker.h"

#include "atende/answer.h"
#include "atende/latch.h"
#include "base/clock.h"
#include "base/mem.h"

#include <pthread.h>
#include <string.h>

enum { AGAIN_MS = 100 };

/* A thread, what it is asked, and the handle it answers by. */
struct lane {
	const struct worker *worker;
	pthread_mutex_t lock; /* of store */
	struct store *store;
	struct store *own; /* opened here; NULL: none */
	struct mailbox *asked;
	pthread_t thread;
	struct latch ended;
};

struct worker {
	const struct worker_place *place;
	struct mailbox *inbox;
	int64_t actor;
	struct lane *first;
	struct lane *aside; /* NULL: all goes through the first */
};

/* --- handles --- */

static void set_store(struct lane *lane, struct store *store)
{
	struct store *former = lane->own;
	pthread_mutex_lock(&lane->lock);
	lane->store = lane->own = store;
	pthread_mutex_unlock(&lane->lock);
	store_close(former);
}

/* Another desk may lie there now, a backup put back: it must know the operator by the same id. */
static bool open_anew(struct lane *lane, struct error *err)
{
	const struct worker_place *place = lane->worker->place;
	struct store_options options = place->options;
	struct store *store = NULL;
	options.read_only |= lane == lane->worker->aside; /* the first keeps the copy current */
	if (!store_open(NULL, place->location, place->drivers, place->driver_count, &options,
		    &store, err)) {
		return false;
	}
	if (!store_act_as(store, place->login, err) || store_actor(store) != lane->worker->actor) {
		store_close(store);
		return false;
	}
	set_store(lane, store);
	return true;
}

/* --- answers --- */

static bool has_moved(const struct msg *msg)
{
	const struct response *response = &msg->response;
	return msg->type == MSG_RESPONSE && !response->ok && response->err.reason &&
	       strcmp(response->err.reason, "moved") == 0;
}

static struct msg *answer_here(struct lane *lane, struct effect *effect)
{
	struct error err = {0};
	if (!lane->store && !open_anew(lane, &err)) {
		struct msg *msg = msg_create(MSG_RESPONSE, 0);
		msg->response.effect = talloc_steal(msg, effect);
		msg->response.err = err;
		return msg;
	}
	return effect_answer(lane->store, effect);
}

static void answer(struct lane *lane, struct effect *effect)
{
	struct error ignored = {0};
	int64_t began_at = clock_monotonic();
	struct msg *msg = answer_here(lane, effect);
	if (has_moved(msg) && lane->worker->place && open_anew(lane, &ignored)) {
		effect = talloc_steal(NULL, msg->response.effect);
		talloc_free(msg);
		msg = effect_answer(lane->store, effect);
	}
	if (msg->type == MSG_RESPONSE) {
		msg->response.elapsed_ms = clock_monotonic() - began_at;
	}
	mailbox_post(lane->worker->inbox, msg);
}

static void *work(void *data)
{
	struct lane *lane = data;
	struct effect *effect;
	while ((effect = mailbox_wait(lane->asked)) != NULL) {
		answer(lane, effect);
	}
	latch_open(&lane->ended);
	return NULL;
}

/* --- lanes --- */

static struct lane *lane_create(struct worker *worker, struct store *store)
{
	struct lane *lane = mem_new(worker, struct lane);
	lane->worker = worker;
	lane->store = store;
	pthread_mutex_init(&lane->lock, NULL);
	lane->asked = mailbox_create();
	latch_init(&lane->ended);
	return lane;
}

static void lane_run(struct lane *lane)
{
	mem_check(pthread_create(&lane->thread, NULL, work, lane) == 0 ? lane : NULL);
}

static void lane_cancel(struct lane *lane)
{
	pthread_mutex_lock(&lane->lock);
	if (lane->store) {
		store_cancel(lane->store);
	}
	pthread_mutex_unlock(&lane->lock);
}

/* Cancelling hits the call under way; what waits behind it gets its turn and the next cancel. */
static void lane_stop(struct lane *lane, int patience_ms)
{
	if (!lane) {
		return;
	}
	mailbox_close(lane->asked);
	while (!latch_wait(&lane->ended, patience_ms)) {
		lane_cancel(lane);
		patience_ms = AGAIN_MS;
	}
	pthread_join(lane->thread, NULL);
	mailbox_destroy(lane->asked);
	latch_finish(&lane->ended);
	store_close(lane->own);
	pthread_mutex_destroy(&lane->lock);
}

/* --- the worker --- */

struct worker *worker_start(
	struct store *store, const struct worker_place *place, struct mailbox *inbox)
{
	struct worker *worker = mem_new(NULL, struct worker);
	struct link_status link;
	worker->place = place;
	worker->inbox = inbox;
	worker->actor = store_actor(store);
	store_link(store, &link);
	worker->first = lane_create(worker, store);
	worker->aside = place && link.state != LINK_STATE_FILE ? lane_create(worker, NULL) : NULL;
	lane_run(worker->first);
	if (worker->aside) {
		lane_run(worker->aside);
	}
	return worker;
}

/* Told and asked by the way, and always of the server: no reading waits for that. */
static bool goes_aside(enum effect_type type)
{
	return effect_is_quiet(type) || type == EFFECT_RENEW;
}

void worker_ask(struct worker *worker, struct effect *effect)
{
	bool is_aside = worker->aside && goes_aside(effect->type);
	mailbox_post((is_aside ? worker->aside : worker->first)->asked, effect);
}

void worker_cancel(struct worker *worker)
{
	lane_cancel(worker->first);
}

void worker_stop(struct worker *worker, int patience_ms)
{
	if (worker) {
		lane_stop(worker->first, patience_ms);
		lane_stop(worker->aside, patience_ms);
		talloc_free(worker);
	}
}
