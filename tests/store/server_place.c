#include "server_place.h"

#include "base/mem.h"
#include "httpd/server.h"
#include "store/drivers.h"

#include <unistd.h>

enum { PATIENCE_MS = 5000 };

static const struct store_driver *const drivers[] = {&store_sqlite};

struct running {
	struct server *server;
	char *desk, *listen;
	const char *addresses[1];
};

char *server_place_location(const void *mem, const char *dir)
{
	return mem_printf(mem, "unix:%s/socket", dir);
}

static int stop(struct running *running)
{
	server_stop(running->server, PATIENCE_MS);
	return 0;
}

static bool make_file(const char *path, const struct store_options *options, struct error *err)
{
	struct store *store;
	if (!store_open(NULL, path, drivers, ARRAY_LEN(drivers), options, &store, err)) {
		return false;
	}
	store_close(store);
	return true;
}

bool server_place_serve(
	const void *mem, const char *dir, const struct store_options *options, struct error *err)
{
	struct running *running = mem_new(mem, struct running);
	char *socket = mem_printf(running, "%s/socket", dir);
	if (access(socket, F_OK) == 0) {
		return true;
	}
	running->desk = mem_printf(running, "%s/desk.db", dir);
	running->listen = server_place_location(running, dir);
	running->addresses[0] = running->listen;
	struct server_options how = {.desk = running->desk,
		.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers),
		.clock = options->clock,
		.listen = running->addresses,
		.listen_count = ARRAY_LEN(running->addresses),
		/* What comes true by time is tested to the millisecond. */
		.answer_age_ms = 1,
		.thread_count = 2};
	if ((options->create && !make_file(running->desk, options, err)) ||
		!server_start(&how, &running->server, err)) {
		return false;
	}
	talloc_set_destructor(running, stop);
	return true;
}
