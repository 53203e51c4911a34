#ifndef ATENDE_STORE_SCHEMA_H
#define ATENDE_STORE_SCHEMA_H

/* The files of data/sql, made part of the program by data/sql/embed.sh. */

extern const char schema_text[];	 /* the whole current schema */
extern const char *const schema_steps[]; /* step n (from 0) leads from version n to n + 1 */
extern const int schema_version;	 /* number of steps: what a desk of today has */

#endif
