#include "store/statement.h"

#define READ(id) [(id)-STATEMENT_READ_FIRST]

const char *const statements_read[STATEMENTS_MAX - STATEMENT_READ_FIRST] = {
	READ(READ_REVISION) = "SELECT max(revision) FROM change_log",
};
