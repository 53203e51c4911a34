#include "server_place.h"
#include "strict_replica.h"

#include "base/mem.h"
#include "store/driver.h"
#include "store/drivers.h"

#include <string.h>

/* A replica around a desk behind a server: all that a console goes through. */

static const struct store_driver *const inner = &store_http;

static bool open_replica(const void *mem, const char *location, const struct store_options *options,
	struct store **store, struct error *err)
{
	char *folder = mem_printf(NULL, "%s-copies", strchr(location, ':') + 1);
	bool ok = strict_replica_open(mem, location, folder, &inner, options, store, err);
	talloc_free(folder);
	return ok;
}

static const struct store_driver driver = {.schemes = "unix", .open = open_replica};

const struct place place = {&driver, server_place_location, server_place_serve};
