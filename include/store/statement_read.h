#ifndef ATENDE_STORE_STATEMENT_READ_H
#define ATENDE_STORE_STATEMENT_READ_H

/* Statements that look; src/store/statement_read.c has their texts, parameters and columns. */
enum statement_read {
	READ_NONE = 200, /* STATEMENT_READ_FIRST */
	READ_REVISION,	 /* the newest one */
	STATEMENTS_READ_END
};

#endif
