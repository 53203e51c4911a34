#include "store/statement.h"

#include "store/shape.h"

/* Notes what is about to be moved: $1 revision, $2 where it is, $3 the first. */
#define MOVED(what, table, id, place, from)                                                        \
	"INSERT INTO moved(revision, what, row, former) SELECT $1, '" what "', " id ", " place     \
	" FROM " table " WHERE " place " = $2" from
/* Moves it back: $1 the revision that moved it, $2 where it was moved to. */
#define BACK(what, table, id, place, more)                                                         \
	"UPDATE " table " SET " place " = (SELECT former FROM moved WHERE revision = $1 AND "      \
	"what = '" what "' AND row = " table "." id ")" more " WHERE " id " IN (SELECT row FROM "  \
	"moved WHERE revision = $1 AND what = '" what "') AND " place " = $2"

#define LOG_COLUMNS "revision, at, kind, actor, ticket, customer, other, id, imported, detail"

const char *statement_text(int statement)
{
	if (statement < 0 || statement >= STATEMENTS_MAX) {
		return NULL;
	}
	if (statement < STATEMENT_READ_FIRST) {
		return statements_write[statement];
	}
	return statement < STATEMENT_MIRROR_FIRST
		       ? statements_read[statement - STATEMENT_READ_FIRST]
		       : statements_mirror[statement - STATEMENT_MIRROR_FIRST];
}

const char *const statements_write[STATEMENT_READ_FIRST] = {
	/* The kinds are those of the index change_log_directory, word for word. */
	[DIRECTORY_REVISION] =
		"SELECT max((SELECT coalesce(max(revision), 0) FROM change_log WHERE "
		"ticket = 0 AND kind IN "
		"('operator', 'team', 'calendar', 'target', 'answer', 'reason', 'setting', "
		"'sign_in', 'sign_out', 'pause', 'resume', 'password', 'session', 'token_add', "
		"'token_revoke')), "
		"(SELECT coalesce(max(revision), 0) FROM preference))",
	[DIRECTORY_SETTINGS] = "SELECT name, value FROM setting",
	[DIRECTORY_CALENDARS] = "SELECT id, key, zone, hours, holidays FROM calendar ORDER BY id",
	[DIRECTORY_TEAMS] = "SELECT id, key, name, calendar, question_ms FROM team ORDER BY id",
	[DIRECTORY_OPERATORS] = "SELECT id, login, name, role, enabled, paused_at, pause_reason, "
				"signed_in_at, worked_until FROM operator ORDER BY id",
	[DIRECTORY_OPERATOR_TEAMS] = "SELECT team FROM operator_team WHERE operator = $1 "
				     "ORDER BY team",
	[DIRECTORY_PREFERENCES] =
		"SELECT name, value FROM preference WHERE operator = $1 ORDER BY name",
	[DIRECTORY_REASONS] = "SELECT id, parent, key, name, enabled FROM reason ORDER BY id",
	[DIRECTORY_ANSWERS] = "SELECT id, key, name, text, team, enabled FROM answer ORDER BY id",
	/* One without any time was taken away. */
	[DIRECTORY_TARGETS] = "SELECT team, channel, priority, first_answer_ms, next_answer_ms, "
			      "resolution_ms FROM target WHERE first_answer_ms > 0 OR "
			      "next_answer_ms > 0 OR resolution_ms > 0 "
			      "ORDER BY team, channel, priority",

	[TICKET_GET] = "SELECT " TICKET_COLUMNS " FROM ticket WHERE number = $1",
	[CLAIM_GET] = "SELECT " CLAIM_COLUMNS " FROM claim WHERE ticket = $1",
	/* $1 operator, $2 ticket: mentioned, or one of his teams is asked */
	[INVOLVED_GET] = "SELECT EXISTS(SELECT 1 FROM involvement WHERE operator = $1 AND "
			 "ticket = $2) OR EXISTS(SELECT 1 FROM question JOIN operator_team ON "
			 "operator_team.team = question.team AND operator_team.operator = $1 "
			 "WHERE question.ticket = $2)",
	/* $1 ticket: the operators */
	[INVOLVED_ALL] = "SELECT operator FROM involvement WHERE ticket = $1 UNION SELECT "
			 "operator_team.operator FROM question JOIN operator_team ON "
			 "operator_team.team = question.team WHERE question.ticket = $1",
	/* $1 customer, $2 ticket, $3 operator, $4 now */
	[CLAIM_COVER] = "SELECT " CLAIM_COLUMNS
			" FROM claim WHERE customer = $1 AND ticket <> $2 AND operator <> $3 AND "
			"expires_at > $4 ORDER BY generation LIMIT 1",
	/* $1 operator, $2 ticket, $3 now */
	[CLAIMS_HELD] = "SELECT ticket FROM claim WHERE operator = $1 AND ticket <> $2 AND "
			"expires_at > $3",
	/* $1 operator, $2 now */
	[CLAIMS_HELD_COUNT] = "SELECT count(*) FROM claim WHERE operator = $1 AND expires_at > $2",
	/* $1 customer, $2 operator: rather of another, $3 now */
	[CLAIM_OF_CUSTOMER] =
		"SELECT " CLAIM_COLUMNS " FROM claim WHERE customer = $1 AND expires_at > $3 ORDER "
		"BY operator = $2, generation LIMIT 1",
	[MESSAGE_GET] = "SELECT " MESSAGE_COLUMNS " FROM message WHERE id = $1",
	[CUSTOMER_NOTE_GET] = "SELECT " CUSTOMER_NOTE_COLUMNS " FROM customer_note WHERE id = $1",
	[QUESTION_GET] = "SELECT " QUESTION_COLUMNS " FROM question WHERE id = $1",
	/* $1 ticket; 1 is in */
	[LAST_ADDRESS] = "SELECT address FROM message WHERE ticket = $1 AND direction = 1 AND "
			 "address <> '' ORDER BY id DESC LIMIT 1",
	[TICKET_NEWEST] = "SELECT max(number) FROM ticket",
	[OPERATOR_WORKED_UNTIL] = "SELECT worked_until FROM operator WHERE id = $1",

	/* $1 by when, $2 at most, or the ticket */
	[DUE_CLAIMS] = "SELECT ticket, operator FROM claim WHERE is_logged = 0 AND expires_at "
		       "<= $1 ORDER BY expires_at LIMIT $2",
	[DUE_CLAIM_OF] = "SELECT ticket, operator FROM claim WHERE is_logged = 0 AND expires_at "
			 "<= $1 AND ticket = $2",
	[DUE_SNOOZES] = "SELECT number, 0 FROM ticket WHERE state = 3 AND snoozed_until <= $1 "
			"ORDER BY snoozed_until, number LIMIT $2",
	[DUE_SNOOZE_OF] = "SELECT number, 0 FROM ticket WHERE state = 3 AND snoozed_until <= $1 "
			  "AND number = $2",
	[DUE_WAITS] = "SELECT number, 0 FROM ticket WHERE state = 2 AND waited_at <= $1 "
		      "ORDER BY waited_at LIMIT $2",
	[DUE_WAIT_OF] = "SELECT number, 0 FROM ticket WHERE state = 2 AND waited_at <= $1 AND "
			"number = $2",

	/* rows in the order of their shapes */
	[TICKET_INSERT] = "INSERT INTO ticket VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
			  "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, "
			  "$25, $26, $27, $28, $29, $30, $31, $32)",
	[TICKET_UPDATE] = "UPDATE ticket SET state = $2, subject = $3, customer = $4, channel = "
			  "$5, team = $6, priority = $7, assignee = $8, run_at = $11, "
			  "waiting_since = $12, answer_due_at = $13, resolve_due_at = $14, "
			  "due_at = $15, first_answer_at = $16, snoozed_until = $17, waited_at = "
			  "$18, resolved_at = $19, reason = $20, resolved_by_time = $21, "
			  "former_state = $22, merged_into = $23, linked_to = $24, newest_public "
			  "= $25, newest_is_ours = $26, escalated_at = $27, message_count = $28, "
			  "note_count = $29, tags = $30, revision = $32 WHERE number = $1",
	/* what no index holds */
	[TICKET_UPDATE_QUIET] =
		"UPDATE ticket SET subject = $3, channel = $5, run_at = $11, "
		"answer_due_at = $13, resolve_due_at = $14, first_answer_at = $16, "
		"resolved_at = $19, reason = $20, resolved_by_time = $21, former_state "
		"= $22, merged_into = $23, linked_to = $24, newest_public = $25, "
		"newest_is_ours = $26, escalated_at = $27, message_count = $28, "
		"note_count = $29, tags = $30, revision = $32 WHERE number = $1",
	/* what its texts say; 8 is undone, 2 out, 1 a call that was answered */
	[TICKET_RECOUNT] = "UPDATE ticket SET message_count = (SELECT count(*) FROM message WHERE "
			   "ticket = $1 AND state <> 8), note_count = (SELECT count(*) FROM note "
			   "WHERE ticket = $1), newest_public = coalesce((SELECT max(id) FROM "
			   "message WHERE ticket = $1 AND state <> 8), 0), newest_is_ours = "
			   "coalesce((SELECT direction = 2 OR contact = 1 FROM message WHERE "
			   "ticket = $1 AND state <> 8 ORDER BY id DESC LIMIT 1), 0) WHERE number "
			   "= $1",
	[TICKET_UNASSIGN] = "UPDATE ticket SET assignee = 0, revision = $2 WHERE number = $1",
	/* open ones */
	[TICKETS_ASSIGNED] = "SELECT number FROM ticket WHERE assignee = $1 AND assignee <> 0 AND "
			     "state = 1 AND state <= 3 ORDER BY number",
	[COUNTER_ADD] = "INSERT INTO counter VALUES ($1, $2, $3) ON CONFLICT(team, state) DO "
			"UPDATE SET n = n + $3",
	[MESSAGE_INSERT] = "INSERT INTO message VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
			   "$11, $12, $13, $14, $15, $16)",
	[MESSAGE_SET_STATE] = "UPDATE message SET state = $2 WHERE id = $1",
	[NOTE_INSERT] = "INSERT INTO note VALUES ($1, $2, $3, $4, $5)",
	[ATTACHMENT_INSERT] = "INSERT INTO attachment(text, name, media_type, size_bytes, blob) "
			      "VALUES ($2, $3, $4, $5, $6)",
	[ATTACHMENTS_OF_TEXT] =
		"SELECT " ATTACHMENT_COLUMNS " FROM attachment WHERE text = $1 ORDER BY id",
	[QUESTION_PUT] = "INSERT INTO question VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
			 "ON CONFLICT(id) DO UPDATE SET answered_at = $8, answered_by = $9, "
			 "answer = $10",
	[INVOLVEMENT_PUT] = "INSERT INTO involvement VALUES ($1, $2, $3) ON CONFLICT(operator, "
			    "ticket) DO UPDATE SET revision = $3",
	/* $1 from a ticket, $2 to another; there are few operators */
	[INVOLVEMENT_COPY] = "INSERT INTO involvement SELECT DISTINCT involvement.operator, $2, "
			     "involvement.revision FROM operator CROSS JOIN involvement ON "
			     "involvement.operator = operator.id AND involvement.ticket = $1 WHERE "
			     "1 ON CONFLICT(operator, ticket) DO NOTHING",

	[CUSTOMER_INSERT] = "INSERT INTO customer(name, preferred_channel, do_not_call, shared, "
			    "created_at, merged_into, ref) VALUES ($2, $3, $4, $5, $6, $7, $8) "
			    "RETURNING id",
	[CUSTOMER_UPDATE] = "UPDATE customer SET name = $2, preferred_channel = $3, do_not_call = "
			    "$4, shared = $5, merged_into = $7 WHERE id = $1",
	[ADDRESS_INSERT] = "INSERT INTO address(customer, kind, value, key) VALUES ($1, $2, $3, "
			   "$4)",
	[ADDRESS_DELETE] = "DELETE FROM address WHERE key = $1",
	[CUSTOMER_NOTE_PUT] = "INSERT INTO customer_note VALUES ($1, $2, $3, $4, $5, $6, $7) ON "
			      "CONFLICT(id) DO UPDATE SET text = $5, pinned = $6, removed = $7",

	/* $12 the generation that is there, 0: none */
	[CLAIM_TAKE_ROW] = "INSERT INTO claim VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
			   "$11) ON CONFLICT(ticket) DO UPDATE SET customer = $2, operator = $3, "
			   "generation = $4, since = $5, expires_at = $6, grace = $7, separate = "
			   "$8, is_logged = $9, worked_from = $10, worked_to = $11 WHERE "
			   "claim.generation = $12",
	[CLAIM_DELETE] = "DELETE FROM claim WHERE ticket = $1",
	[CLAIM_MARK_LOGGED] =
		"UPDATE claim SET is_logged = 1, worked_from = 0, worked_to = 0 WHERE "
		"ticket = $1",
	[CLAIM_CLEAR_SPAN] =
		"UPDATE claim SET worked_from = 0, worked_to = 0 WHERE ticket = $1 AND "
		"operator = $2",
	/* $1 ticket, $2 generation, $3 now, $4 … the new, $8 operator, 0: any */
	[CLAIM_RENEW] = "UPDATE claim SET expires_at = $4, grace = $5, worked_from = $6, "
			"worked_to = $7 WHERE ticket = $1 AND generation = $2 AND expires_at > "
			"$3 AND (operator = $8 OR $8 = 0)",
	[CLAIMS_SET_CUSTOMER] =
		"UPDATE claim SET customer = $2 WHERE customer = $1 AND customer <> 0",
	[CLAIMS_OF_OPERATOR] =
		"SELECT ticket FROM claim WHERE operator = $1 AND is_logged = 0 ORDER "
		"BY ticket",

	[OPERATOR_INSERT] = "INSERT INTO operator(login, name, role, enabled, paused_at, "
			    "pause_reason, signed_in_at, worked_until) VALUES ($2, $3, $4, $5, $6, "
			    "$7, $8, $9) RETURNING id",
	[OPERATOR_UPDATE] = "UPDATE operator SET name = $3, role = $4, enabled = $5 WHERE id = $1",
	[OPERATOR_TEAMS_DELETE] = "DELETE FROM operator_team WHERE operator = $1",
	[OPERATOR_TEAM_INSERT] = "INSERT INTO operator_team VALUES ($1, $2)",
	[OPERATOR_DAY] = "UPDATE operator SET signed_in_at = $2, paused_at = $3, pause_reason = "
			 "$4 WHERE id = $1",
	[OPERATOR_WORKED] = "UPDATE operator SET worked_until = $2 WHERE id = $1 AND worked_until "
			    "< $2",
	[TEAM_INSERT] = "INSERT INTO team(key, name, calendar, question_ms) VALUES ($2, $3, "
			"$4, $5) RETURNING id",
	[TEAM_UPDATE] = "UPDATE team SET name = $3, calendar = $4, question_ms = $5 WHERE id = "
			"$1",
	[CALENDAR_INSERT] = "INSERT INTO calendar(key, zone, hours, holidays) VALUES ($2, $3, $4, "
			    "$5) RETURNING id",
	[CALENDAR_UPDATE] = "UPDATE calendar SET zone = $3, hours = $4, holidays = $5 WHERE id = "
			    "$1",
	[ANSWER_INSERT] = "INSERT INTO answer(key, name, text, team, enabled) VALUES ($2, $3, "
			  "$4, $5, $6) RETURNING id",
	[ANSWER_UPDATE] = "UPDATE answer SET name = $3, text = $4, team = $5, enabled = $6 WHERE "
			  "id = $1",
	[REASON_INSERT] = "INSERT INTO reason(parent, key, name, enabled) VALUES ($2, $3, $4, "
			  "$5) RETURNING id",
	[REASON_UPDATE] = "UPDATE reason SET parent = $2, name = $4, enabled = $5 WHERE id = $1",
	[TARGET_PUT] = "INSERT INTO target VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT(team, "
		       "channel, priority) DO UPDATE SET first_answer_ms = $4, next_answer_ms "
		       "= $5, resolution_ms = $6",
	[SETTING_PUT] = "INSERT INTO setting VALUES ($1, $2) ON CONFLICT(name) DO UPDATE SET "
			"value = $2",
	[PREFERENCE_PUT] = "INSERT INTO preference VALUES ($1, $2, $3, $4) ON CONFLICT(operator, "
			   "name) DO UPDATE SET value = $3, revision = $4",

	[CREDENTIAL_PUT] = "INSERT INTO credential VALUES ($1, $2, $3) ON CONFLICT(operator) DO "
			   "UPDATE SET hash = $2, changed_at = $3",
	[CREDENTIAL_GET] = "SELECT hash FROM credential WHERE operator = $1",
	[TOKEN_INSERT] = "INSERT INTO token VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
	[TOKEN_GET] = "SELECT * FROM token WHERE id = $1",
	[TOKEN_BY_HASH] = "SELECT * FROM token WHERE hash = $1",
	[TOKENS_OF_OPERATOR] = "SELECT * FROM token WHERE operator = $1 AND revoked_at = 0 ORDER "
			       "BY id DESC",
	[TOKENS_ALL] = "SELECT * FROM token WHERE revoked_at = 0 ORDER BY id DESC",
	[TOKEN_REVOKE] = "UPDATE token SET revoked_at = $2 WHERE id = $1",
	[TOKEN_USED] = "UPDATE token SET used_at = $2 WHERE id = $1 AND used_at < $2",
	/* $1 operator, $2 now; 1 is a session */
	[SESSIONS_END] = "UPDATE token SET revoked_at = $2 WHERE operator = $1 AND kind = 1 AND "
			 "revoked_at = 0",
	/* $1 operator, $2 ended before */
	[SESSIONS_PURGE] = "DELETE FROM token WHERE operator = $1 AND kind = 1 AND (expires_at < "
			   "$2 OR revoked_at <> 0 AND revoked_at < $2)",

	[MOVED_MESSAGES] = MOVED("message", "message", "id", "ticket", " AND id >= $3"),
	[MOVED_NOTES] = MOVED("note", "note", "id", "ticket", " AND id >= $3"),
	[MOVED_QUESTIONS] = MOVED("question", "question", "id", "ticket", " AND id >= $3"),
	[MOVED_TICKETS] = MOVED("ticket", "ticket", "number", "customer", ""),
	[MOVED_ADDRESSES] = MOVED("address", "address", "id", "customer", ""),
	[MOVED_CUSTOMER_NOTES] = MOVED("customer_note", "customer_note", "id", "customer", ""),
	/* $1 to, $2 from, $3 the first */
	[MOVE_MESSAGES] = "UPDATE message SET ticket = $1 WHERE ticket = $2 AND id >= $3",
	[MOVE_NOTES] = "UPDATE note SET ticket = $1 WHERE ticket = $2 AND id >= $3",
	[MOVE_QUESTIONS] = "UPDATE question SET ticket = $1 WHERE ticket = $2 AND id >= $3",
	/* $1 to, $2 from, $3 revision */
	[MOVE_TICKETS] = "UPDATE ticket SET customer = $1, revision = $3 WHERE customer = $2",
	[MOVE_ADDRESSES] = "UPDATE address SET customer = $1 WHERE customer = $2",
	[MOVE_CUSTOMER_NOTES] = "UPDATE customer_note SET customer = $1 WHERE customer = $2",
	[BACK_MESSAGES] = BACK("message", "message", "id", "ticket", ""),
	[BACK_NOTES] = BACK("note", "note", "id", "ticket", ""),
	[BACK_QUESTIONS] = BACK("question", "question", "id", "ticket", ""),
	/* $3 revision */
	[BACK_TICKETS] = BACK("ticket", "ticket", "number", "customer", ", revision = $3"),
	[BACK_ADDRESSES] = BACK("address", "address", "id", "customer", ""),
	[BACK_CUSTOMER_NOTES] = BACK("customer_note", "customer_note", "id", "customer", ""),
	/* $1 the revision that moved, $2 the customer that claims on its tickets are for */
	[BACK_CLAIMS] = "UPDATE claim SET customer = $2 WHERE customer <> 0 AND ticket IN "
			"(SELECT row FROM moved WHERE revision = $1 AND what = 'ticket')",

	/* $1 ticket, $2 operator, $3 kind */
	[DRAFT_ALIVE] = "SELECT " DRAFT_COLUMNS " FROM draft WHERE ticket = $1 AND operator = $2 "
			"AND kind = $3 AND discarded_at = 0",
	/* $1 operator, $2 kind, $3 customer */
	[DRAFTS_OF_CUSTOMER] =
		"SELECT " DRAFT_COLUMNS " FROM draft JOIN ticket ON ticket.number = draft.ticket "
		"WHERE draft.operator = $1 AND draft.kind = $2 AND draft.discarded_at = 0 AND "
		"ticket.customer = $3",
	[DRAFT_IN_BIN] = "SELECT " DRAFT_COLUMNS
			 " FROM draft WHERE operator = $2 AND ticket = $1 AND kind = $3 AND "
			 "discarded_at <> 0 ORDER BY discarded_at DESC, id DESC LIMIT 1",
	/* rows in the order of the shape */
	[DRAFT_INSERT] = "INSERT INTO draft(ticket, operator, kind, text, generation, seen, "
			 "updated_at, discarded_at, address) VALUES ($2, $3, $4, $5, $6, $7, $8, "
			 "$9, $10) RETURNING id",
	[DRAFT_UPDATE] = "UPDATE draft SET text = $5, generation = $6, seen = $7, updated_at = "
			 "$8, address = $10 WHERE id = $1",
	[DRAFT_DELETE] = "DELETE FROM draft WHERE ticket = $1 AND operator = $2 AND kind = $3 "
			 "AND discarded_at = 0",
	[DRAFT_DISCARD] = "UPDATE draft SET discarded_at = $4 WHERE ticket = $1 AND operator = "
			  "$2 AND kind = $3 AND discarded_at = 0",
	[DRAFT_RESTORE] = "UPDATE draft SET discarded_at = 0, updated_at = $2 WHERE id = $1",
	[DRAFT_PURGE] = "DELETE FROM draft WHERE discarded_at <> 0 AND discarded_at <= $1",
	[DRAFTS_OF_OPERATOR] =
		"SELECT " DRAFT_COLUMNS " FROM draft WHERE operator = $1 AND discarded_at = 0 "
		"ORDER BY updated_at DESC, id DESC",
	/* $1 operator, $2 thrown away after */
	[DRAFTS_IN_BIN] =
		"SELECT " DRAFT_COLUMNS " FROM draft WHERE operator = $1 AND discarded_at > $2 "
		"ORDER BY discarded_at DESC, id DESC",
	/* $1 operator, $2 now: of others, on what he holds */
	[DRAFTS_ON_HELD] =
		"SELECT " DRAFT_COLUMNS
		" FROM claim JOIN draft ON draft.ticket = claim.ticket AND draft.discarded_at = 0 "
		"AND draft.operator <> $1 WHERE claim.operator = $1 AND claim.expires_at > $2",

	/* $1 draft */
	[DRAFT_ATTACHMENTS] = "SELECT 0, 0, name, media_type, size_bytes, blob FROM "
			      "draft_attachment WHERE draft = $1 ORDER BY id",
	/* $1 draft, $2 name, $3 media type, $4 blob: nothing when that is gone */
	[DRAFT_ATTACHMENT_INSERT] =
		"INSERT INTO draft_attachment(draft, name, media_type, size_bytes, blob) "
		"SELECT $1, $2, $3, size_bytes, key FROM blob WHERE key = $4",
	[DRAFT_ATTACHMENTS_CLEAR] = "DELETE FROM draft_attachment WHERE draft = $1",

	/* rows in the order of the shape */
	[MEMO_INSERT] = "INSERT INTO memo VALUES ($1, $2, $3, $4, $5, $6, $7)",
	[MEMO_READER_INSERT] = "INSERT INTO memo_reader VALUES ($1, $2, $3)",
	/* $1 operator, $2 up to this memo, $3 now */
	[MEMO_READ] = "UPDATE memo_reader SET read_at = $3 WHERE operator = $1 AND memo <= $2 AND "
		      "read_at = 0",
	/* $1 memo; there are few operators */
	[MEMO_READERS] = "SELECT memo_reader.operator FROM operator CROSS JOIN memo_reader ON "
			 "memo_reader.operator = operator.id AND memo_reader.memo = $1",
	/* $1 now, $2 operator, $3 his terminal, $4 how many others he may have */
	[PRESENCE_PURGE] = "DELETE FROM presence WHERE expires_at <= $1 OR (operator = $2 AND "
			   "terminal <> $3 AND terminal NOT IN (SELECT terminal FROM presence "
			   "WHERE operator = $2 AND terminal <> $3 ORDER BY expires_at DESC, "
			   "terminal LIMIT $4))",
	/* rows in the order of the shape */
	[PRESENCE_PUT] = "INSERT INTO presence VALUES ($1, $2, $3, $4, $5, $6) ON "
			 "CONFLICT(operator, terminal) DO UPDATE SET since = CASE WHEN ticket = $3 "
			 "AND doing = $4 THEN since ELSE $5 END, ticket = $3, doing = $4, "
			 "expires_at = $6",
	[PRESENCE_DELETE] = "DELETE FROM presence WHERE operator = $1 AND terminal = $2",

	[BLOB_SIZE] = "SELECT size_bytes FROM blob WHERE key = $1",
	/* $3 now, $4 when to look whether it is used */
	[BLOB_INSERT] = "INSERT INTO blob VALUES ($1, $2, $3, $4)",
	[BLOB_PART_INSERT] = "INSERT INTO blob_part VALUES ($1, $2, $3)",
	[BLOB_CHECK_AT] = "UPDATE blob SET check_at = $2 WHERE key = $1 AND check_at <> 0",
	[BLOB_KEEP] = "UPDATE blob SET check_at = 0 WHERE key = $1 AND check_at <> 0",
	/* $1 now, $2 at most */
	[BLOBS_DUE] = "SELECT key FROM blob WHERE check_at <> 0 AND check_at <= $1 ORDER BY "
		      "check_at LIMIT $2",
	[BLOB_DELETE_UNUSED] =
		"DELETE FROM blob WHERE key = $1 AND NOT EXISTS(SELECT 1 FROM attachment WHERE "
		"blob = $1) AND NOT EXISTS(SELECT 1 FROM draft_attachment WHERE blob = $1)",

	[LOG_NEWEST] = "SELECT revision, recorded_at FROM change_log ORDER BY revision DESC "
		       "LIMIT 1",
	[LOG_BY_ID] = "SELECT revision, actor, kind, ticket, customer, other, generation "
		      "FROM change_log WHERE id = $1",
	[LOG_GET] = "SELECT revision, kind, actor, ticket, customer, other, at, undone_by, "
		    "detail FROM change_log WHERE revision = $1",
	[LOG_INSERT] = "INSERT INTO change_log(revision, id, at, recorded_at, actor, kind, "
		       "ticket, customer, other, generation, imported, undone_by, detail) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)",
	[LOG_MARK_UNDONE] = "UPDATE change_log SET undone_by = $2 WHERE revision = $1",
	/* $1 after, $2 at most, $3 ticket */
	[LOG_SINCE] = "SELECT " LOG_COLUMNS " FROM change_log WHERE revision > $1 ORDER BY "
		      "revision LIMIT $2",
	/* Claims and releases are looked for in each part of their index. */
	[LOG_OF_TICKET] =
		"WITH RECURSIVE part(n) AS (SELECT $1 >> 12 UNION ALL SELECT n + 1 FROM part "
		"WHERE n < (SELECT max(revision) FROM change_log) >> 12) "
		"SELECT " LOG_COLUMNS " FROM change_log WHERE revision IN (SELECT revision FROM "
		"change_log WHERE ticket = $3 AND ticket <> 0 AND kind <> 'claim' AND kind <> "
		"'release' AND revision > $1 UNION ALL SELECT revision FROM part CROSS JOIN "
		"change_log ON revision >> 12 = n AND ticket = $3 AND (kind = 'claim' OR kind = "
		"'release') AND revision > $1) ORDER BY revision LIMIT $2",
};
