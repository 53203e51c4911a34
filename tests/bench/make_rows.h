#ifndef ATENDE_TESTS_BENCH_MAKE_ROWS_H
#define ATENDE_TESTS_BENCH_MAKE_ROWS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* Rows straight into the tables, without the store: for making large desks fast. Any failure ends
 * the program with a message. */

enum row_statement {
	ROW_TEAM,
	ROW_OPERATOR,
	ROW_OPERATOR_TEAM,
	ROW_REASON,
	ROW_CUSTOMER,
	ROW_ADDRESS,
	ROW_CUSTOMER_NOTE,
	ROW_TICKET,
	ROW_MESSAGE,
	ROW_NOTE,
	ROW_QUESTION,
	ROW_INVOLVEMENT,
	ROW_COUNTER,
	ROW_LOG,
	ROW_TEXT,
	ROW_STATEMENTS
};

struct rows {
	sqlite3 *db;
	sqlite3_stmt *statements[ROW_STATEMENTS];
};

/* An empty desk in a new file; its indexes are taken away and kept for rows_close. */
void rows_open(struct rows *rows, const char *path);
/* Makes the indexes, commits, and leaves one file that is a desk like any other. */
void rows_close(struct rows *rows);

/*
 * One row. Values by the letters of `types`, in the order of the table's columns: 'i' int64_t, 's'
 * const char *, 'b' 16 bytes.
 */
void rows_add(struct rows *rows, enum row_statement statement, const char *types, ...);

#endif
