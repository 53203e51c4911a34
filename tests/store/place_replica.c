#include "conformance.h"

#include "base/mem.h"
#include "store/driver.h"
#include "store/drivers.h"
#include "store/replica.h"

#include <stdio.h>
#include <string.h>

/*
 * A replica around a desk that is a file, each handle with a copy of its own. Strict: what the desk
 * does not tell is looked up before each read, so that the suite, which knows nothing of copies,
 * finds everything at once.
 */

static bool open_replica(const void *mem, const char *path, const struct store_options *options,
	struct store **store, struct error *err)
{
	static const struct store_driver *const drivers[] = {&store_sqlite};
	static int handles;
	if (options->create) {
		struct store *made;
		if (!store_sqlite.open(NULL, path, options, &made, err)) {
			return false;
		}
		store_close(made);
	}
	const char *file = strchr(path, ':');
	char *folder = mem_printf(NULL, "%s-copies/%d", file ? file + 1 : path, ++handles);
	struct replica_options how = {.location = path,
		.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers),
		.folder = folder,
		.desk = {.clock = options->clock},
		.is_strict = true};
	bool ok = replica_open(mem, &how, store, err);
	talloc_free(folder);
	return ok;
}

static const struct store_driver driver = {.schemes = "sqlite", .open = open_replica};

static char *location(const void *mem, const char *dir)
{
	return mem_printf(mem, "sqlite:%s/desk.db", dir);
}

const struct place place = {&driver, location, NULL};
