#include "strict_replica.h"

#include "base/mem.h"
#include "store/replica.h"

bool strict_replica_open(const void *mem, const char *location, const char *folder,
	const struct store_driver *const *inner, const struct store_options *options,
	struct store **store, struct error *err)
{
	static int handles;
	char *own = mem_printf(NULL, "%s/%d", folder, ++handles);
	struct replica_options how = {.location = location,
		.drivers = inner,
		.driver_count = 1,
		.folder = own,
		.desk = {.clock = options->clock},
		.is_strict = true};
	bool ok = replica_open(mem, &how, store, err);
	talloc_free(own);
	return ok;
}
