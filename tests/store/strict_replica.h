#ifndef ATENDE_TESTS_STORE_STRICT_REPLICA_H
#define ATENDE_TESTS_STORE_STRICT_REPLICA_H

#include "conformance.h"

/*
 * A replica around the desk at that location, each handle with a copy of its own, under the folder.
 * Strict: what the desk does not tell is looked up before each read, so that the suite, which knows
 * nothing of copies, finds everything at once. `inner` is one driver, and lives as long.
 */
bool strict_replica_open(const void *mem, const char *location, const char *folder,
	const struct store_driver *const *inner, const struct store_options *options,
	struct store **store, struct error *err);

#endif
