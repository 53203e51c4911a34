#ifndef ATENDE_STORE_STATEMENT_H
#define ATENDE_STORE_STATEMENT_H

#include "store/statement_mirror.h"
#include "store/statement_read.h"
#include "store/statement_write.h"

/*
 * Every statement of the SQL stores, by number: those of changes from 0 in
 * src/store/statement_write.c, reading ones from STATEMENT_READ_FIRST in
 * src/store/statement_read.c, those of copies on other machines from STATEMENT_MIRROR_FIRST in
 * src/store/statement_mirror.c. Parameters are $1, $2 …
 */
enum { STATEMENT_READ_FIRST = 200, STATEMENT_MIRROR_FIRST = 400, STATEMENTS_MAX = 500 };

extern const char *const statements_write[STATEMENT_READ_FIRST];
extern const char *const statements_read[STATEMENT_MIRROR_FIRST - STATEMENT_READ_FIRST];
extern const char *const statements_mirror[STATEMENTS_MAX - STATEMENT_MIRROR_FIRST];

const char *statement_text(int statement); /* NULL: no such number */

#endif
