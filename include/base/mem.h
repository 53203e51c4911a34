#ifndef ATENDE_BASE_MEM_H
#define ATENDE_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>
#include <talloc.h>

/*
 * talloc with one rule added: out of memory aborts, so no result is ever NULL. Contexts are
 * `void *mem`; one a unit of work. Freeing is talloc_free.
 */

#define mem_new(mem, type) ((type *)mem_check(talloc_zero(mem, type)))
#define mem_array(mem, type, n) ((type *)mem_check(talloc_zero_array(mem, type, n)))
#define mem_grow(mem, array, type, n) ((type *)mem_check(talloc_realloc(mem, array, type, n)))

/* A fresh context below mem (NULL: a root). */
void *mem_context(const void *mem);
char *mem_strdup(const void *mem, const char *text); /* NULL gives NULL */
char *mem_strndup(const void *mem, const char *text, size_t n);
void *mem_dup(const void *mem, const void *bytes, size_t n);
char *mem_printf(const void *mem, const char *format, ...) __attribute__((format(printf, 2, 3)));
void *mem_check(void *pointer); /* aborts on NULL */

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
