#include "byte_source.h"

#include <string.h>

bool byte_source_give(void *data, char *bytes, size_t size, size_t *got, struct error *err)
{
	struct byte_source *source = data;
	*got = source->size < source->chunk ? source->size : source->chunk;
	*got = *got < size ? *got : size;
	memcpy(bytes, source->bytes, *got);
	source->bytes += *got;
	source->size -= *got;
	return *got || !source->fails || error_set(err, ERROR_INTERNAL, N_("broken disk"), NULL);
}
