#include "conformance.h"

#include "base/mem.h"
#include "store/drivers.h"

static char *location(const void *mem, const char *dir)
{
	return mem_printf(mem, "sqlite:%s/desk.db", dir);
}

const struct place place = {&store_sqlite, location, NULL};
