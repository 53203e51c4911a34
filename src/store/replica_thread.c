#include "store/replica_parts.h"

#include "base/condition.h"
#include "base/mem.h"
#include "base/os.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Two threads a console: the listener sits in the feed and makes the first copy, the keeper fetches
 * what is asked for, sends what waits and looks after what the feed does not tell. Of several
 * consoles on one copy one listens, whoever has the lock; every one fetches and sends for itself.
 */

enum {
	FEED_WAIT_MS = 20000,
	PAGES_A_LOOK = 4, /* of the first copy, for one into the feed */
	TICK_MS = 20000,
	RETRY_MS = 1000,
	AGAIN_MS = 20,
	OFFLINE_MS = 10000, /* so long it is only "reconnecting" */
	SLOW_MS = 1000,
};

struct replica_thread {
	struct replica *replica;
	struct reach reach;
	pthread_t thread;
	bool has_ended; /* under the replica's lock */
};

/* --- waiting --- */

static bool is_stopping(struct replica *replica)
{
	pthread_mutex_lock(&replica->lock);
	bool stopping = replica->is_stopping;
	pthread_mutex_unlock(&replica->lock);
	return stopping;
}

static void rest(struct replica *replica, int wait_ms)
{
	int64_t end = clock_monotonic() + wait_ms;
	pthread_mutex_lock(&replica->lock);
	while (!replica->is_stopping && condition_wait(&replica->moved, &replica->lock, end)) {
	}
	pthread_mutex_unlock(&replica->lock);
}

static void *end(struct replica_thread *thread)
{
	struct replica *replica = thread->replica;
	reach_close(&thread->reach);
	pthread_mutex_lock(&replica->lock);
	thread->has_ended = true;
	pthread_cond_broadcast(&replica->moved);
	pthread_mutex_unlock(&replica->lock);
	return NULL;
}

/* --- the listener --- */

static bool take_lead(struct replica *replica)
{
	if (replica->lead < 0) {
		char *path = mem_printf(NULL, "%s/lead", replica->dir);
		replica->lead = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
		talloc_free(path);
	}
	bool leads = replica->lead >= 0 && os_try_lock(replica->lead, 0);
	pthread_mutex_lock(&replica->lock);
	replica->is_leading = leads;
	pthread_mutex_unlock(&replica->lock);
	return leads;
}

static void tell_progress(struct reach *reach)
{
	struct replica *replica = reach->replica;
	struct desk *copy = reach_copy(reach);
	struct copy_state state;
	struct error ignored = {0};
	int64_t count = 0;
	if (copy && copy_state_read(copy, &state, &ignored) && copy_count(copy, &count, &ignored)) {
		pthread_mutex_lock(&replica->lock);
		replica->status.is_syncing = !state.is_complete;
		replica->status.synced = (size_t)count;
		replica->status.total = (size_t)(state.total > count ? state.total : count);
		replica->status.data_at = state.data_at;
		pthread_cond_broadcast(&replica->moved);
		pthread_mutex_unlock(&replica->lock);
	}
}

static bool listen_once(struct reach *reach, struct error *err)
{
	bool done, more;
	if (!sync_check(reach, err) || !sync_fill(reach, &done, err)) {
		return false;
	}
	tell_progress(reach);
	if (!done && ++reach->pages % PAGES_A_LOOK != 0) {
		return true;
	}
	return sync_feed(reach, done ? FEED_WAIT_MS : 0, &more, err);
}

static void *listener_run(void *data)
{
	struct replica_thread *thread = data;
	struct replica *replica = thread->replica;
	while (!is_stopping(replica)) {
		struct error err = {0};
		bool leads = take_lead(replica);
		if (leads ? !listen_once(&thread->reach, &err) : true) {
			tell_progress(&thread->reach);
			rest(replica, RETRY_MS);
		}
	}
	return end(thread);
}

/* --- the keeper --- */

struct duty {
	int64_t numbers[REQUEST_MOST];
	size_t count;
	int64_t round;
	bool sends, leads;
};

/* Until somebody asks, or something is due. */
static bool next_duty(struct replica *replica, struct duty *duty, int wait_ms)
{
	int64_t end = clock_monotonic() + wait_ms;
	pthread_mutex_lock(&replica->lock);
	while (!replica->is_stopping && replica->asked == replica->served) {
		if (!condition_wait(&replica->moved, &replica->lock, end)) {
			break;
		}
	}
	*duty = (struct duty){.count = replica->request_count,
		.round = replica->asked,
		.sends = replica->is_sending_asked,
		.leads = replica->is_leading};
	for (size_t i = 0; i < duty->count; i++) {
		duty->numbers[i] = replica->requests[i];
	}
	replica->request_count = 0;
	replica->is_sending_asked = false;
	bool goes_on = !replica->is_stopping;
	pthread_mutex_unlock(&replica->lock);
	return goes_on;
}

static void serve(struct replica *replica, int64_t round)
{
	pthread_mutex_lock(&replica->lock);
	replica->served = round;
	pthread_cond_broadcast(&replica->moved);
	pthread_mutex_unlock(&replica->lock);
}

static bool fetch(struct reach *reach, const struct duty *duty, struct error *err)
{
	int64_t numbers[REQUEST_MOST];
	size_t count = 0;
	bool directory = false;
	for (size_t i = 0; i < duty->count; i++) {
		directory = directory || duty->numbers[i] == REQUEST_DIRECTORY;
		if (duty->numbers[i] > 0) {
			numbers[count++] = duty->numbers[i];
		}
	}
	return (!directory || sync_directory(reach, err)) &&
	       sync_numbers(reach, numbers, count, err);
}

static bool has_waiting(struct replica *replica)
{
	pthread_mutex_lock(&replica->lock);
	bool has = replica->status.waiting > 0;
	pthread_mutex_unlock(&replica->lock);
	return has;
}

static void *keeper_run(void *data)
{
	struct replica_thread *thread = data;
	struct replica *replica = thread->replica;
	struct reach *reach = &thread->reach;
	struct duty duty;
	int64_t ticked_at = 0;
	bool was_down = true;
	/* What waits may be sent by another console on the same copy: that is seen soon. */
	while (next_duty(replica, &duty, was_down || has_waiting(replica) ? RETRY_MS : TICK_MS)) {
		struct error err = {0};
		bool is_due = clock_monotonic() - ticked_at >= TICK_MS;
		bool ok = sync_check(reach, &err);
		if (ok && (duty.sends || was_down || is_due || has_waiting(replica))) {
			ok = pending_flush(reach, &err);
		}
		ok = ok && fetch(reach, &duty, &err);
		if (ok && duty.leads && (is_due || was_down)) {
			ok = sync_tick(reach, &err);
			ticked_at = clock_monotonic();
		}
		was_down = !ok && is_link_error(&err);
		serve(replica, duty.round);
	}
	return end(thread);
}

/* --- asking the keeper --- */

static bool await_round(struct replica *replica, int wait_ms)
{
	int64_t end = clock_monotonic() + wait_ms;
	int64_t round = ++replica->asked;
	pthread_cond_broadcast(&replica->moved);
	while (replica->served < round && !replica->is_stopping && !replica->is_down) {
		if (!condition_wait(&replica->moved, &replica->lock, end)) {
			break;
		}
	}
	return replica->served >= round;
}

bool replica_fetch(struct replica *replica, const int64_t *numbers, size_t count, int wait_ms)
{
	pthread_mutex_lock(&replica->lock);
	for (size_t i = 0; i < count && replica->request_count < REQUEST_MOST; i++) {
		replica->requests[replica->request_count++] = numbers[i];
	}
	bool done = await_round(replica, wait_ms);
	pthread_mutex_unlock(&replica->lock);
	return done;
}

bool replica_send(struct replica *replica, int wait_ms)
{
	pthread_mutex_lock(&replica->lock);
	replica->is_sending_asked = true;
	bool done = await_round(replica, wait_ms);
	pthread_mutex_unlock(&replica->lock);
	return done;
}

/* --- the state of the link --- */

void replica_link(struct store *store, struct link_status *status)
{
	struct replica *replica = replica_of(store);
	pthread_mutex_lock(&replica->lock);
	*status = replica->status;
	bool never = replica->status.round_trip_ms < 0;
	int64_t down_ms = replica->is_down ? clock_monotonic() - replica->down_since : 0;
	pthread_mutex_unlock(&replica->lock);
	if (down_ms >= OFFLINE_MS) {
		status->state = LINK_STATE_OFFLINE;
	} else if (down_ms > 0 || status->err.code || never) {
		status->state = LINK_STATE_RECONNECTING;
	} else {
		status->state =
			status->round_trip_ms >= SLOW_MS ? LINK_STATE_SLOW : LINK_STATE_ONLINE;
	}
}

/* --- beginning and end --- */

static struct replica_thread *start(struct replica *replica, void *(*run)(void *))
{
	struct replica_thread *thread = mem_new(NULL, struct replica_thread);
	thread->replica = replica;
	thread->reach.replica = replica;
	mem_check(pthread_create(&thread->thread, NULL, run, thread) == 0 ? thread : NULL);
	return thread;
}

void replica_start(struct replica *replica)
{
	replica->is_stopping = false;
	replica->listener = start(replica, listener_run);
	replica->keeper = start(replica, keeper_run);
}

static void cancel(struct replica *replica, struct replica_thread *thread)
{
	pthread_mutex_lock(&replica->lock);
	if (thread->reach.inner) {
		store_cancel(thread->reach.inner);
	}
	pthread_mutex_unlock(&replica->lock);
}

/* A cancel that falls between two calls is lost: each is told until it has ended. */
static void stop(struct replica *replica, struct replica_thread *thread)
{
	bool ended = false;
	while (!ended) {
		int64_t end = clock_monotonic() + AGAIN_MS;
		cancel(replica, thread);
		pthread_mutex_lock(&replica->lock);
		if (!thread->has_ended) {
			condition_wait(&replica->moved, &replica->lock, end);
		}
		ended = thread->has_ended;
		pthread_mutex_unlock(&replica->lock);
	}
	pthread_join(thread->thread, NULL);
	talloc_free(thread);
}

void replica_stop(struct replica *replica)
{
	if (!replica->listener) {
		return;
	}
	pthread_mutex_lock(&replica->lock);
	replica->is_stopping = true;
	pthread_cond_broadcast(&replica->moved);
	pthread_mutex_unlock(&replica->lock);
	stop(replica, replica->listener);
	stop(replica, replica->keeper);
	replica->listener = replica->keeper = NULL;
	if (replica->lead >= 0) {
		close(replica->lead);
		replica->lead = -1;
	}
}
