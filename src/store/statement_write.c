#include "store/statement.h"

#include "store/shape.h"

const char *statement_text(int statement)
{
	if (statement < 0 || statement >= STATEMENTS_MAX) {
		return NULL;
	}
	return statement < STATEMENT_READ_FIRST ? statements_write[statement]
						: statements_read[statement - STATEMENT_READ_FIRST];
}

const char *const statements_write[STATEMENT_READ_FIRST] = {
	/* The kinds are those of the index change_log_directory, word for word. */
	[DIRECTORY_REVISION] =
		"SELECT max(revision) FROM change_log WHERE kind IN ('operator', 'team', "
		"'calendar', 'target', 'answer', 'reason', 'setting', 'sign_in', 'sign_out', "
		"'pause', 'resume')",
	[DIRECTORY_SETTINGS] = "SELECT name, value FROM setting",
	[DIRECTORY_CALENDARS] = "SELECT id, key, zone, hours, holidays FROM calendar ORDER BY id",
	[DIRECTORY_TEAMS] = "SELECT id, key, name, calendar, question_ms FROM team ORDER BY id",
	[DIRECTORY_OPERATORS] = "SELECT id, login, name, role, enabled, paused_at, pause_reason, "
				"signed_in_at, worked_until FROM operator ORDER BY id",
	[DIRECTORY_OPERATOR_TEAMS] = "SELECT team FROM operator_team WHERE operator = $1 "
				     "ORDER BY team",
	[DIRECTORY_REASONS] = "SELECT id, parent, key, name, enabled FROM reason ORDER BY id",
	[DIRECTORY_ANSWERS] = "SELECT id, key, name, text, team, enabled FROM answer ORDER BY id",
	[DIRECTORY_TARGETS] = "SELECT team, channel, priority, first_answer_ms, next_answer_ms, "
			      "resolution_ms FROM target ORDER BY team, channel, priority",

	[TICKET_GET] = "SELECT " TICKET_COLUMNS " FROM ticket WHERE number = $1",
	[CLAIM_GET] = "SELECT " CLAIM_COLUMNS " FROM claim WHERE ticket = $1",
	/* $1 operator, $2 ticket: mentioned, or one of his teams is asked */
	[INVOLVED_GET] =
		"SELECT EXISTS(SELECT 1 FROM involvement WHERE operator = $1 AND ticket = $2) "
		"OR EXISTS(SELECT 1 FROM question JOIN operator_team ON "
		"operator_team.team = question.team AND operator_team.operator = $1 "
		"WHERE question.ticket = $2)",
};
