#include "strict_replica.h"

#include "base/mem.h"
#include "store/driver.h"
#include "store/drivers.h"

#include <string.h>

/* A replica around a desk that is a file. */

static const struct store_driver *const inner = &store_sqlite;

static bool open_replica(const void *mem, const char *path, const struct store_options *options,
	struct store **store, struct error *err)
{
	if (options->create) {
		struct store *made;
		if (!store_sqlite.open(NULL, path, options, &made, err)) {
			return false;
		}
		store_close(made);
	}
	const char *file = strchr(path, ':');
	char *folder = mem_printf(NULL, "%s-copies", file ? file + 1 : path);
	bool ok = strict_replica_open(mem, path, folder, &inner, options, store, err);
	talloc_free(folder);
	return ok;
}

static const struct store_driver driver = {.schemes = "sqlite", .open = open_replica};

static char *location(const void *mem, const char *dir)
{
	return mem_printf(mem, "sqlite:%s/desk.db", dir);
}

const struct place place = {&driver, location, NULL};
