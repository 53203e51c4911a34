#include "base/bytes.h"

#include "base/mem.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { KILO = 1024 };
#define SIZE_MOST (INT64_C(1) << 40)

static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};

char *bytes_format(const void *mem, int64_t size_bytes)
{
	size_t unit = 0;
	while (size_bytes >= KILO && unit + 1 < ARRAY_LEN(units)) {
		size_bytes = size_bytes / KILO + (size_bytes % KILO != 0);
		unit++;
	}
	return mem_printf(mem, "%" PRId64 " %s", size_bytes, units[unit]);
}

bool bytes_parse(const char *text, int64_t *size_bytes)
{
	char *end;
	errno = 0;
	long long number = strtoll(text, &end, 10);
	if (end == text || errno || number < 0 || *text == '+' || *text == ' ') {
		return false;
	}
	end += *end == ' ' && end[1];
	int64_t factor = 1;
	for (size_t i = 0; i < ARRAY_LEN(units); i++, factor *= KILO) {
		bool is_bare = *end == '\0' && i == 0;
		if ((is_bare || strcasecmp(end, units[i]) == 0) && number <= SIZE_MOST / factor) {
			*size_bytes = number * factor;
			return true;
		}
	}
	return false;
}
