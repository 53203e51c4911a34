#include "store/statement.h"

#include "store/shape.h"

/* Messages, notes and questions; of these the answer belongs to the text. */
#define TEXTS(columns, where)                                                                      \
	"SELECT " columns ", text FROM message" where " UNION ALL "                                \
	"SELECT " columns ", text FROM note" where " UNION ALL "                                   \
	"SELECT " columns ", text || '\n' || answer FROM question" where

#define TICKETS_WITH_CLAIMS                                                                        \
	"SELECT " TICKET_COLUMNS ", " CLAIM_COLUMNS                                                \
	" FROM ticket LEFT JOIN claim ON claim.ticket = ticket.number"

#define READ(id) [(id)-STATEMENT_READ_FIRST]

/*
 * The lists. `state <= 3` is the condition of the partial indexes, word for word: without it SQLite
 * does not use them for a state that is bound. On the way back the place bounds due_at from above,
 * hence the plus. $1 state, $2 team, $3 due by then, $4 … where to go on.
 */
#define LIST_OF(columns, due, place, order)                                                        \
	"SELECT " columns " FROM ticket WHERE state = $1 AND state <= 3 AND team = $2 "            \
	"AND " due " <= $3 AND " place " ORDER BY " order
#define DUE_COLUMNS "due_at, priority, waiting_since, number"
#define WAITING_COLUMNS "0, 0, waiting_since, number"
#define PRIORITY_COLUMNS "due_at, priority, waiting_since, number"
#define NEWEST_COLUMNS "0, 0, 0, number"

/* A woken ticket has waited since its run began, else since it was to come back: ticket_settle. */
#define SETTLED_SINCE                                                                              \
	"CASE WHEN state <> 3 THEN waiting_since WHEN run_at <> 0 THEN run_at "                    \
	"ELSE snoozed_until END"

/* An operator's answers; of several on one ticket the newest. $1 operator, $2 text to go on from.
 */
#define ANSWERED(way, order)                                                                       \
	"SELECT 0, 0, 0, ticket, id FROM message WHERE author = $1 AND author <> 0 AND id " way    \
	" $2 AND direction = 2 AND state <> 8 AND NOT EXISTS(SELECT 1 FROM message later WHERE "   \
	"later.ticket = message.ticket AND later.id > message.id AND later.author = $1 AND "       \
	"later.direction = 2 AND later.state <> 8) ORDER BY id " order
#define MENTIONED(way, order)                                                                      \
	"SELECT 0, 0, 0, ticket, revision FROM involvement WHERE operator = $1 AND revision " way  \
	" $2 AND NOT EXISTS(SELECT 1 FROM question JOIN operator_team ON "                         \
	"operator_team.team = question.team AND operator_team.operator = $1 WHERE "                \
	"question.ticket = involvement.ticket AND question.answered_at = 0 AND "                   \
	"question.id > involvement.revision) ORDER BY revision " order

const char *const statements_read[STATEMENT_MIRROR_FIRST - STATEMENT_READ_FIRST] = {
	READ(READ_REVISION) = "SELECT max(revision) FROM change_log",
	READ(READ_DUE) = "SELECT (SELECT min(expires_at) FROM claim WHERE is_logged = 0), "
			 "(SELECT min(snoozed_until) FROM ticket WHERE state = 3), "
			 "(SELECT min(waited_at) FROM ticket WHERE state = 2)",

	READ(READ_LIST_DUE) = LIST_OF(DUE_COLUMNS, "due_at",
		"(due_at, priority, waiting_since, number) > ($4, $5, $6, $7)",
		"due_at, priority, waiting_since, number"),
	READ(READ_LIST_DUE_BACK) = LIST_OF(DUE_COLUMNS, "+due_at",
		"(due_at, priority, waiting_since, number) < ($4, $5, $6, $7)",
		"due_at DESC, priority DESC, waiting_since DESC, number DESC"),
	READ(READ_LIST_WAITING) = LIST_OF(WAITING_COLUMNS, "due_at",
		"(waiting_since, number) > ($6, $7)", "waiting_since, number"),
	READ(READ_LIST_WAITING_BACK) = LIST_OF(WAITING_COLUMNS, "due_at",
		"(waiting_since, number) < ($6, $7)", "waiting_since DESC, number DESC"),
	READ(READ_LIST_PRIORITY) = LIST_OF(PRIORITY_COLUMNS, "due_at",
		"(priority, due_at, waiting_since, number) > ($5, $4, $6, $7)",
		"priority, due_at, waiting_since, number"),
	READ(READ_LIST_PRIORITY_BACK) = LIST_OF(PRIORITY_COLUMNS, "due_at",
		"(priority, due_at, waiting_since, number) < ($5, $4, $6, $7)",
		"priority DESC, due_at DESC, waiting_since DESC, number DESC"),
	READ(READ_LIST_NEWEST) = LIST_OF(NEWEST_COLUMNS, "due_at", "number < $7", "number DESC"),
	READ(READ_LIST_NEWEST_BACK) = LIST_OF(NEWEST_COLUMNS, "due_at", "number > $7", "number"),

	/* $1 number to go on from */
	READ(READ_DISCARDED) = "SELECT 0, 0, 0, number FROM ticket WHERE state = 5 AND number < $1 "
			       "ORDER BY number DESC",
	READ(READ_DISCARDED_BACK) = "SELECT 0, 0, 0, number FROM ticket WHERE state = 5 AND "
				    "number > $1 ORDER BY number",
	READ(READ_ANSWERED) = ANSWERED("<", "DESC"),
	READ(READ_ANSWERED_BACK) = ANSWERED(">", "ASC"),
	READ(READ_MENTIONED) = MENTIONED("<", "DESC"),
	READ(READ_MENTIONED_BACK) = MENTIONED(">", "ASC"),
	/* $1 operator: tickets with a question that his teams have not answered yet */
	READ(READ_ASKED) =
		"SELECT 0, 0, 0, question.ticket, max(max(question.id), coalesce((SELECT revision "
		"FROM "
		"involvement WHERE operator = $1 AND ticket = question.ticket), 0)) FROM question "
		"JOIN operator_team ON operator_team.team = question.team WHERE "
		"operator_team.operator = $1 AND question.answered_at = 0 GROUP BY question.ticket",

	/* $1 operator, $2 state, $3 now: held, of other teams and assigned, involved in lately */
	READ(READ_BESIDE) =
		"SELECT due_at, priority, waiting_since, number, team FROM ticket WHERE "
		"number IN (SELECT ticket FROM claim WHERE operator = $1 AND expires_at > $3 "
		"UNION ALL SELECT number FROM ticket WHERE assignee = $1 AND assignee <> 0 "
		"AND state = $2 AND state <= 3 AND team NOT IN "
		"(SELECT team FROM operator_team WHERE operator = $1) "
		"UNION ALL SELECT * FROM (SELECT ticket FROM involvement WHERE operator = $1 "
		"ORDER BY revision DESC LIMIT 100) "
		"UNION ALL SELECT question.ticket FROM operator_team JOIN question ON "
		"question.team = operator_team.team AND question.answered_at = 0 AND "
		"question.id >= coalesce((SELECT id FROM question newest WHERE newest.team = "
		"operator_team.team AND newest.answered_at = 0 ORDER BY id DESC "
		"LIMIT 1 OFFSET 99), 0) WHERE operator_team.operator = $1) AND state = $2",
	/* $1 now */
	READ(READ_SNOOZED_DUE) = "SELECT due_at, priority, " SETTLED_SINCE ", number, team "
				 "FROM ticket WHERE state = 3 AND snoozed_until <= $1",
	/* $1 operator, $2 now: what is assigned to him, then what he holds (last column 1) */
	READ(READ_MINE) =
		"SELECT due_at, priority, waiting_since, number, team, 0 FROM ticket WHERE "
		"assignee = $1 AND assignee <> 0 AND state = 1 AND state <= 3 "
		"UNION ALL SELECT due_at, priority, " SETTLED_SINCE ", number, team, 0 FROM ticket "
		"WHERE assignee = $1 AND assignee <> 0 AND state = 3 AND state <= 3 AND "
		"+snoozed_until <= $2 "
		"UNION ALL SELECT due_at, priority, " SETTLED_SINCE ", number, team, 1 FROM claim "
		"JOIN ticket ON ticket.number = claim.ticket WHERE claim.operator = $1 AND "
		"claim.expires_at > $2 AND (state = 1 OR state = 3 AND +snoozed_until <= $2)",

	/* $1 operator, $2 state */
	READ(READ_ASSIGNED) = "SELECT due_at, priority, waiting_since, number, team FROM ticket "
			      "WHERE assignee = $1 AND assignee <> 0 AND state = $2 AND state <= 3",

	/* $1 number; of its customer: is another ticket claimed by anybody, live or not? */
	READ(READ_ROW) =
		"SELECT " TICKET_COLUMNS ", " CLAIM_COLUMNS ", customer.name, customer.shared, "
		"(SELECT value FROM address WHERE customer = ticket.customer ORDER BY id LIMIT 1), "
		"EXISTS(SELECT 1 FROM claim other WHERE other.customer = ticket.customer AND "
		"other.ticket <> ticket.number), "
		"EXISTS(SELECT 1 FROM draft WHERE draft.ticket = ticket.number AND "
		"draft.discarded_at = 0) "
		"FROM ticket JOIN customer ON customer.id = ticket.customer "
		"LEFT JOIN claim ON claim.ticket = ticket.number WHERE ticket.number = $1",
	/* $1 number, $2 operator, $3 now, $4 customer */
	READ(READ_COVERED_BY) = "SELECT operator FROM claim WHERE customer = $4 AND ticket <> $1 "
				"AND operator <> $2 AND expires_at > $3 ORDER BY generation "
				"LIMIT 1",
	/* $1 number, $2 operator */
	READ(READ_HAS_DRAFT) = "SELECT EXISTS(SELECT 1 FROM draft WHERE ticket = $1 AND "
			       "operator = $2 AND discarded_at = 0)",

	READ(READ_COUNTERS) = "SELECT team, state, n FROM counter",
	/* $1 began to wait by then */
	READ(READ_WAITS_ENDED) = "SELECT team, count(*) FROM ticket WHERE state = 2 AND "
				 "waited_at <= $1 GROUP BY team",
	/* $1 now: live claims on what may be open */
	READ(READ_CLAIMED) = "SELECT ticket.number, ticket.team, ticket.state FROM claim JOIN "
			     "ticket ON ticket.number = claim.ticket WHERE claim.expires_at > $1 "
			     "AND ticket.state IN (1, 3)",
	/* $1 team, $2 due by then, $3 at most */
	READ(READ_OVERDUE) = "SELECT count(*) FROM (SELECT 1 FROM ticket WHERE state = 1 AND "
			     "state <= 3 AND team = $1 AND due_at <= $2 LIMIT $3)",
	READ(READ_DRAFT_COUNT) =
		"SELECT count(*) FROM draft WHERE operator = $1 AND discarded_at = 0",

	/* $1 author, $2 at most: queued, sending, failed, uncertain */
	READ(READ_OUTBOX) = "SELECT " MESSAGE_COLUMNS " FROM message WHERE author = $1 AND "
			    "author <> 0 AND id > (SELECT max(id) FROM message) - 200000 AND "
			    "state IN (2, 3, 6, 7) ORDER BY id DESC LIMIT $2",
	/* $1 operator, $2 now */
	READ(READ_LOAD) = "SELECT count(*) FROM (SELECT 1 FROM ticket WHERE assignee = $1 AND "
			  "state = 1 AND state <= 3 AND assignee <> 0 UNION ALL SELECT 1 FROM "
			  "claim JOIN ticket ON ticket.number = claim.ticket WHERE claim.operator "
			  "= $1 AND claim.expires_at > $2 AND ticket.assignee <> $1)",

	/* $1 now */
	READ(READ_PRESENCES) = "SELECT " PRESENCE_COLUMNS " FROM presence WHERE expires_at > $1 "
			       "ORDER BY operator, since DESC, terminal",
	/* $1 operator, $2 before this memo, $3 at most */
	READ(READ_MEMOS) = "SELECT " MEMO_COLUMNS ", read_at = 0 FROM memo_reader JOIN memo ON "
			   "memo.id = memo_reader.memo WHERE memo_reader.operator = $1 AND "
			   "memo_reader.memo < $2 ORDER BY memo_reader.memo DESC LIMIT $3",
	READ(READ_MEMOS_ALL) = "SELECT " MEMO_COLUMNS ", 0 FROM memo WHERE id < $2 ORDER BY id "
			       "DESC LIMIT $3",
	READ(READ_MEMOS_UNREAD) =
		"SELECT count(*) FROM memo_reader WHERE operator = $1 AND read_at = 0",
	/* $1 ticket, $2 operator, 0: whoever; $3 at most, the newest */
	READ(READ_MEMOS_OF_TICKET) =
		"SELECT " MEMO_COLUMNS ", coalesce(read_at = 0, 0) FROM memo LEFT JOIN memo_reader "
		"ON memo_reader.memo = memo.id AND memo_reader.operator = $2 WHERE memo.ticket = "
		"$1 AND memo.ticket <> 0 AND ($2 = 0 OR read_at IS NOT NULL) ORDER BY memo.id "
		"DESC LIMIT $3",

	/* $1 ticket, $2 at most */
	READ(READ_MESSAGES) = "SELECT " MESSAGE_COLUMNS " FROM message WHERE ticket = $1 "
			      "ORDER BY id DESC LIMIT $2",
	READ(READ_NOTES) = "SELECT " NOTE_COLUMNS " FROM note WHERE ticket = $1 ORDER BY id",
	/* $1 ticket: in the order of the texts */
	READ(READ_ATTACHMENTS) = "SELECT " ATTACHMENT_COLUMNS " FROM attachment WHERE text IN "
				 "(" TEXTS_OF_TICKET ") ORDER BY text, id",
	/* $1 ticket, $2 key: from the ticket to the file, for a file may be on many tickets */
	READ(READ_BLOB_OF_TEXT) = "SELECT 1 FROM attachment WHERE text IN "
				  "(" TEXTS_OF_TICKET ") AND +blob = $2 LIMIT 1",
	READ(READ_BLOB_OF_DRAFT) =
		"SELECT draft.operator FROM draft JOIN draft_attachment ON "
		"draft_attachment.draft = draft.id AND +draft_attachment.blob = $2 WHERE "
		"draft.ticket = $1 AND draft.discarded_at = 0",
	READ(READ_BLOB_PARTS) = "SELECT bytes FROM blob_part WHERE blob = $1 ORDER BY position",
	READ(READ_QUESTIONS) =
		"SELECT " QUESTION_COLUMNS " FROM question WHERE ticket = $1 ORDER BY id",
	READ(READ_DRAFTS_ALIVE) = "SELECT " DRAFT_COLUMNS " FROM draft WHERE ticket = $1 AND "
				  "discarded_at = 0 ORDER BY updated_at DESC, id DESC",
	READ(READ_TICKET_REF) = "SELECT number FROM ticket WHERE ref = $1 AND ref <> ''",
	READ(READ_CUSTOMER_REF) = "SELECT id FROM customer WHERE ref = $1 AND ref <> ''",
	READ(READ_CUSTOMER) = "SELECT " CUSTOMER_COLUMNS " FROM customer WHERE id = $1",
	READ(READ_ADDRESSES) =
		"SELECT " ADDRESS_COLUMNS " FROM address WHERE customer = $1 ORDER BY id",
	READ(READ_CUSTOMER_NOTES) = "SELECT " CUSTOMER_NOTE_COLUMNS " FROM customer_note WHERE "
				    "customer = $1 AND removed = 0 ORDER BY pinned DESC, id DESC",
	/* $1 customer, $2 at most */
	READ(READ_HISTORY) = TICKETS_WITH_CLAIMS " WHERE ticket.customer = $1 "
						 "ORDER BY ticket.number DESC LIMIT $2",
	READ(READ_ADDRESS_OWNER) = "SELECT customer FROM address WHERE key = $1",

	/* $1 before this text, $2 words in the language of FTS5 */
	READ(SEARCH_MATCH) = "SELECT rowid FROM text_index WHERE text_index MATCH $2 AND "
			     "rowid < $1 ORDER BY rowid DESC",
	READ(SEARCH_ALL) = "SELECT rowid FROM text_index WHERE rowid < $1 ORDER BY rowid DESC",
	/* $1 words, $2 text: is it one of those? */
	READ(SEARCH_ONE) = "SELECT rowid FROM text_index WHERE text_index MATCH $1 AND rowid = $2",
	/* $1 text */
	READ(SEARCH_OWNER) = "SELECT ticket FROM message WHERE id = $1 UNION ALL "
			     "SELECT ticket FROM note WHERE id = $1 UNION ALL "
			     "SELECT ticket FROM question WHERE id = $1",
	READ(SEARCH_TICKET) = TICKETS_WITH_CLAIMS " WHERE ticket.number = $1",
	/* $1 ticket, $2 from this text on */
	READ(SEARCH_NEWER) = "SELECT id FROM message WHERE ticket = $1 AND id >= $2 UNION ALL "
			     "SELECT id FROM note WHERE ticket = $1 AND id >= $2 UNION ALL "
			     "SELECT id FROM question WHERE ticket = $1 AND id >= $2",
	READ(SEARCH_TEXT) = "SELECT text FROM message WHERE id = $1 UNION ALL "
			    "SELECT text FROM note WHERE id = $1 UNION ALL "
			    "SELECT text || '\n' || answer FROM question WHERE id = $1",
	READ(SEARCH_NEWEST) = "SELECT max(coalesce((SELECT max(id) FROM message), 0), "
			      "coalesce((SELECT max(id) FROM note), 0), "
			      "coalesce((SELECT max(id) FROM question), 0))",
	READ(SEARCH_AT) = "SELECT at FROM change_log WHERE revision = $1",
	/* $1 customer, $2 at most */
	READ(SEARCH_CUSTOMER) = "SELECT number FROM ticket WHERE customer = $1 "
				"ORDER BY number DESC LIMIT $2",

	/* $1 ticket: subject, name, addresses, a row each */
	READ(INDEX_ABOUT) =
		"SELECT subject FROM ticket WHERE number = $1 UNION ALL "
		"SELECT customer.name FROM ticket JOIN customer ON customer.id = ticket.customer "
		"WHERE ticket.number = $1 UNION ALL "
		"SELECT address.value FROM ticket JOIN address ON "
		"address.customer = ticket.customer WHERE ticket.number = $1",
	READ(INDEX_TEXTS) = TEXTS("id", " WHERE ticket = $1"),
	READ(INDEX_TICKETS) = "SELECT number FROM ticket WHERE customer = $1",
	READ(INDEX_ALL) = TEXTS("id, ticket", "") " ORDER BY id",
	READ(INDEX_SIZE) = "SELECT (SELECT count(*) FROM message) + (SELECT count(*) FROM note) + "
			   "(SELECT count(*) FROM question)",
	/* $1 id, $2 text, $3 about */
	READ(INDEX_PUT) = "INSERT INTO text_index(rowid, text, about) VALUES ($1, $2, $3)",
	READ(INDEX_TAKE) = "INSERT INTO text_index(text_index, rowid, text, about) "
			   "VALUES ('delete', $1, $2, $3)",
	READ(INDEX_CLEAR) = "INSERT INTO text_index(text_index) VALUES ('delete-all')",

	READ(DUMP_SETTING) = "SELECT * FROM setting ORDER BY name",
	READ(DUMP_CALENDAR) = "SELECT * FROM calendar ORDER BY id",
	READ(DUMP_TEAM) = "SELECT * FROM team ORDER BY id",
	READ(DUMP_OPERATOR) = "SELECT * FROM operator ORDER BY id",
	READ(DUMP_OPERATOR_TEAM) = "SELECT * FROM operator_team ORDER BY operator, team",
	READ(DUMP_PREFERENCE) = "SELECT * FROM preference ORDER BY operator, name",
	READ(DUMP_REASON) = "SELECT * FROM reason ORDER BY id",
	READ(DUMP_ANSWER) = "SELECT * FROM answer ORDER BY id",
	READ(DUMP_TARGET) = "SELECT * FROM target ORDER BY team, channel, priority",
	READ(DUMP_CUSTOMER) = "SELECT * FROM customer ORDER BY id",
	READ(DUMP_ADDRESS) = "SELECT * FROM address ORDER BY id",
	READ(DUMP_CUSTOMER_NOTE) = "SELECT * FROM customer_note ORDER BY id",
	READ(DUMP_TICKET) = "SELECT * FROM ticket ORDER BY number",
	READ(DUMP_MESSAGE) = "SELECT * FROM message ORDER BY id",
	READ(DUMP_NOTE) = "SELECT * FROM note ORDER BY id",
	READ(DUMP_QUESTION) = "SELECT * FROM question ORDER BY id",
	READ(DUMP_INVOLVEMENT) = "SELECT * FROM involvement ORDER BY operator, ticket",
	READ(DUMP_CLAIM) = "SELECT * FROM claim ORDER BY ticket",
	READ(DUMP_DRAFT) = "SELECT * FROM draft ORDER BY id",
	READ(DUMP_BLOB) = "SELECT * FROM blob ORDER BY key",
	READ(DUMP_BLOB_PART) = "SELECT * FROM blob_part ORDER BY blob, position",
	READ(DUMP_ATTACHMENT) = "SELECT * FROM attachment ORDER BY id",
	READ(DUMP_DRAFT_ATTACHMENT) = "SELECT * FROM draft_attachment ORDER BY id",
	READ(DUMP_MEMO) = "SELECT * FROM memo ORDER BY id",
	READ(DUMP_MEMO_READER) = "SELECT * FROM memo_reader ORDER BY operator, memo",
	READ(DUMP_CHANGE_LOG) = "SELECT * FROM change_log ORDER BY revision",
	READ(DUMP_MOVED) = "SELECT * FROM moved ORDER BY revision, what, row",

	READ(RESTORE_SETTING) = "INSERT INTO setting VALUES ($1, $2) ON CONFLICT DO NOTHING",
	READ(RESTORE_CALENDAR) =
		"INSERT INTO calendar VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
	READ(RESTORE_TEAM) = "INSERT INTO team VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
	READ(RESTORE_OPERATOR) = "INSERT INTO operator VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
				 "ON CONFLICT DO NOTHING",
	READ(RESTORE_OPERATOR_TEAM) =
		"INSERT INTO operator_team VALUES ($1, $2) ON CONFLICT DO NOTHING",
	READ(RESTORE_PREFERENCE) =
		"INSERT INTO preference VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	READ(RESTORE_REASON) =
		"INSERT INTO reason VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
	READ(RESTORE_ANSWER) =
		"INSERT INTO answer VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
	READ(RESTORE_TARGET) =
		"INSERT INTO target VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
	READ(RESTORE_CUSTOMER) = "INSERT INTO customer VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON "
				 "CONFLICT DO NOTHING",
	READ(RESTORE_ADDRESS) =
		"INSERT INTO address VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
	READ(RESTORE_CUSTOMER_NOTE) = "INSERT INTO customer_note VALUES ($1, $2, $3, $4, $5, $6, "
				      "$7) ON CONFLICT DO NOTHING",
	READ(RESTORE_TICKET) =
		"INSERT INTO ticket VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
		"$13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, "
		"$29, $30, $31, $32) ON CONFLICT DO NOTHING",
	READ(RESTORE_MESSAGE) = "INSERT INTO message VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
				"$10, $11, $12, $13, $14, $15, $16) ON CONFLICT DO "
				"NOTHING",
	READ(RESTORE_NOTE) = "INSERT INTO note VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
	READ(RESTORE_QUESTION) = "INSERT INTO question VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
				 "$10) ON CONFLICT DO NOTHING",
	READ(RESTORE_INVOLVEMENT) =
		"INSERT INTO involvement VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
	READ(RESTORE_CLAIM) = "INSERT INTO claim VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
			      "$11) ON CONFLICT DO NOTHING",
	READ(RESTORE_DRAFT) = "INSERT INTO draft VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
			      "ON CONFLICT DO NOTHING",
	READ(RESTORE_BLOB) = "INSERT INTO blob VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	READ(RESTORE_BLOB_PART) =
		"INSERT INTO blob_part VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
	READ(RESTORE_ATTACHMENT) = "INSERT INTO attachment VALUES ($1, $2, $3, $4, $5, $6) ON "
				   "CONFLICT DO NOTHING",
	READ(RESTORE_DRAFT_ATTACHMENT) = "INSERT INTO draft_attachment VALUES ($1, $2, $3, $4, $5, "
					 "$6) ON CONFLICT DO NOTHING",
	READ(RESTORE_MEMO) =
		"INSERT INTO memo VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
	READ(RESTORE_MEMO_READER) =
		"INSERT INTO memo_reader VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
	READ(RESTORE_CHANGE_LOG) = "INSERT INTO change_log VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
				   "$9, $10, $11, $12, $13) ON CONFLICT DO NOTHING",
	READ(RESTORE_MOVED) = "INSERT INTO moved VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	READ(RESTORE_ROWS) =
		"SELECT EXISTS(SELECT 1 FROM ticket) OR EXISTS(SELECT 1 FROM customer)",
	READ(RESTORE_ADMINS) = "SELECT count(*) FROM operator WHERE role = 3 AND enabled <> 0",
	READ(RESTORE_ACTOR) = "SELECT id FROM operator WHERE login = $1",
	READ(RESTORE_COUNTERS_CLEAR) = "DELETE FROM counter",
	READ(RESTORE_COUNTERS) =
		"INSERT INTO counter SELECT team, state, count(*) FROM ticket GROUP BY team, state",

	/* $1 how many, spread over all */
	READ(CHECK_SAMPLE) = "SELECT id, text FROM message WHERE id % (1 + (SELECT max(id) FROM "
			     "message) / $1) = 0",
};
