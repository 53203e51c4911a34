#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

void *mem_check(void *pointer)
{
	if (!pointer) {
		fputs("out of memory\n", stderr);
		abort();
	}
	return pointer;
}

void *mem_context(const void *mem)
{
	return mem_check(talloc_new(mem));
}

char *mem_strdup(const void *mem, const char *text)
{
	return text ? mem_check(talloc_strdup(mem, text)) : NULL;
}

char *mem_strndup(const void *mem, const char *text, size_t n)
{
	return mem_check(talloc_strndup(mem, text, n));
}

void *mem_dup(const void *mem, const void *bytes, size_t n)
{
	return mem_check(talloc_memdup(mem, bytes, n));
}

char *mem_printf(const void *mem, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = talloc_vasprintf(mem, format, args);
	va_end(args);
	return mem_check(text);
}
