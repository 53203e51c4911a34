#include "far.h"

#include "base/mem.h"
#include "store/replica.h"
#include "test.h"

#include <string.h>

static const struct store_driver *const drivers[] = {&store_fault};

static int64_t now_of(void *data)
{
	return *(const int64_t *)data;
}

bool far_try_open(
	struct fixture *f, const char *login, bool stepped, struct store **store, struct error *err)
{
	const char *path = strchr(f->location, ':') + 1;
	struct replica_options options = {.location = mem_printf(f, "fault:%s", path),
		.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers),
		.login = login,
		.folder = mem_printf(f, "%s/copies", f->dir),
		.desk = {.clock = {now_of, &f->now}},
		.is_stepped = stepped};
	return replica_open(NULL, &options, store, err) && store_act_as(*store, login, err);
}

struct store *far_open(struct fixture *f, const char *login, bool stepped)
{
	struct store *store = NULL;
	struct error err = {0};
	if (!far_try_open(f, login, stepped, &store, &err)) {
		fail_msg("%s", error_sentence(f, &err, NULL));
	}
	return store;
}

void far_step(struct store *store)
{
	struct error err = {0};
	if (!replica_step(store, &err)) {
		fail_msg("%s", error_sentence(NULL, &err, NULL));
	}
}

void far_mode(enum fault_mode mode)
{
	atomic_store(&fault_line.mode, mode);
}

int far_setup(void **state)
{
	memset(&fault_line, 0, sizeof fault_line);
	return fixture_setup(state);
}

int far_teardown(void **state)
{
	far_mode(FAULT_NONE);
	return fixture_teardown(state);
}

struct result far_apply(struct store *store, struct change change)
{
	struct result result;
	struct error err = {0};
	change.actor = store_actor(store);
	change.id = uuid_is_zero(&change.id) ? uuid_make(store_now(store)) : change.id;
	if (!store_apply(store, &change, 1, &result, &err)) {
		result.err = err;
	}
	return result;
}

struct ticket_view *far_look(struct store *store, const void *mem, int64_t number)
{
	struct ticket_view *view = mem_new(mem, struct ticket_view);
	struct error err = {0};
	if (!store_ticket(store, view, number, view, &err)) {
		talloc_free(view);
		return NULL;
	}
	return view;
}

struct queue_page far_list(struct store *store, const void *mem)
{
	struct queue_page page;
	struct error err = {0};
	if (!store_queue(store, mem, &(struct queue_query){.limit = 1000}, &page, &err)) {
		fail_msg("%s", error_sentence(mem, &err, NULL));
	}
	return page;
}

struct pending_list far_pending(struct store *store, const void *mem)
{
	struct pending_list waiting;
	struct error err = {0};
	assert_true(store_pending(store, mem, &waiting, &err));
	return waiting;
}
