#ifndef ATENDE_STORE_STATEMENT_WRITE_H
#define ATENDE_STORE_STATEMENT_WRITE_H

/*
 * Statements of changes: what they load and what they write; src/store/statement_write.c has their
 * texts and parameters.
 */
enum statement_write {
	/* directory */
	DIRECTORY_REVISION,
	DIRECTORY_SETTINGS,
	DIRECTORY_CALENDARS,
	DIRECTORY_TEAMS,
	DIRECTORY_OPERATORS,
	DIRECTORY_OPERATOR_TEAMS,
	DIRECTORY_REASONS,
	DIRECTORY_ANSWERS,
	DIRECTORY_TARGETS,
	/* facts */
	TICKET_GET,
	CLAIM_GET,
	INVOLVED_GET,
	STATEMENTS_WRITE_END
};

#endif
