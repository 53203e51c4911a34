#include "fuzz.h"

#include "base/mem.h"
#include "codec/tzif.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	struct zone zone = {0};
	if (tzif_parse(mem, (const char *)bytes, size, 2037, &zone)) {
		for (size_t i = 0; i < zone.count; i++) {
			assert(zone.changes[i].at > 0);
			assert(i == 0 || zone.changes[i].at > zone.changes[i - 1].at);
		}
	}
	talloc_free(mem);
	return 0;
}
