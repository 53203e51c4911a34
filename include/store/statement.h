#ifndef ATENDE_STORE_STATEMENT_H
#define ATENDE_STORE_STATEMENT_H

#include "store/statement_read.h"
#include "store/statement_write.h"

/*
 * Every statement of the SQL stores, by number: those of changes from 0 in
 * src/store/statement_write.c, reading ones from STATEMENT_READ_FIRST in
 * src/store/statement_read.c. Parameters are $1, $2 …
 */
enum { STATEMENT_READ_FIRST = 200, STATEMENTS_MAX = 400 };

extern const char *const statements_write[STATEMENT_READ_FIRST];
extern const char *const statements_read[STATEMENTS_MAX - STATEMENT_READ_FIRST];

const char *statement_text(int statement); /* NULL: no such number */

#endif
