#include "store/statement.h"

#include "store/shape.h"

#define MIRROR(id) [(id)-STATEMENT_MIRROR_FIRST]

const char *const statements_mirror[STATEMENTS_MAX - STATEMENT_MIRROR_FIRST] = {
	/* $1 revision */
	MIRROR(MIRROR_LOG_ID) = "SELECT id FROM change_log WHERE revision = $1",
	/* By name, for what is added to an operator later is not everybody's. */
	MIRROR(MIRROR_OPERATORS) = "SELECT id, login, name, role, enabled, paused_at, "
				   "pause_reason, signed_in_at, worked_until FROM operator "
				   "ORDER BY id",

	/*
	 * A ticket that is not the reader's to see: number, state as it counts now, date. Its team
	 * is none there is. $1 ticket, $2 now, $3 when a wait that is over began
	 */
	MIRROR(MIRROR_STUB) =
		"SELECT number, CASE WHEN state = 3 AND snoozed_until <= $2 THEN 1 WHEN state = 2 "
		"AND waited_at <= $3 THEN 4 ELSE state END AS state, '' AS subject, customer, "
		"0 AS channel, -1 AS team, 0 AS priority, 0 AS assignee, opened_at, 0 AS "
		"opened_by, 0 AS run_at, opened_at AS waiting_since, 253402300799999 AS "
		"answer_due_at, 253402300799999 AS resolve_due_at, 253402300799999 AS due_at, "
		"0 AS first_answer_at, 253402300799999 AS snoozed_until, 253402300799999 AS "
		"waited_at, 0 AS resolved_at, 0 AS reason, 0 AS resolved_by_time, 0 AS "
		"former_state, 0 AS merged_into, 0 AS linked_to, 0 AS newest_public, 0 AS "
		"newest_is_ours, 0 AS escalated_at, 0 AS message_count, 0 AS note_count, "
		"'' AS tags, '' AS ref, 0 AS revision FROM ticket WHERE number = $1",
	/* $1 ticket, $2 operator */
	MIRROR(MIRROR_INVOLVEMENT) =
		"SELECT * FROM involvement WHERE ticket = $1 AND operator = $2",
	/* those that the operator wrote or got; 0: all */
	MIRROR(MIRROR_MEMOS) =
		"SELECT * FROM memo WHERE ticket = $1 AND ticket <> 0 AND ($2 = 0 OR EXISTS "
		"(SELECT 1 FROM memo_reader WHERE memo = memo.id AND operator = $2)) ORDER BY id",
	MIRROR(MIRROR_MEMO_READERS) =
		"SELECT memo_reader.* FROM memo JOIN memo_reader ON memo_reader.memo = memo.id "
		"WHERE memo.ticket = $1 AND memo.ticket <> 0 AND memo_reader.operator = $2",
	/* $1 draft */
	MIRROR(MIRROR_DRAFT) = "SELECT * FROM draft WHERE id = $1",
	MIRROR(MIRROR_DRAFT_FILES) = "SELECT * FROM draft_attachment WHERE draft = $1 ORDER BY id",

	/* $1 customer */
	MIRROR(MIRROR_CUSTOMER_NOTES) =
		"SELECT * FROM customer_note WHERE customer = $1 AND removed = 0 ORDER BY id",

	/* $1 now */
	MIRROR(MIRROR_LIVE_CLAIMS) = "SELECT * FROM claim WHERE expires_at > $1 ORDER BY ticket",
	/* $1 operator, $2 now, $3 at most: what he holds, what he has a text on */
	MIRROR(MIRROR_UNDER_WAY) =
		"SELECT ticket FROM claim WHERE operator = $1 AND expires_at > $2 UNION "
		"SELECT ticket FROM draft WHERE operator = $1 AND discarded_at = 0 LIMIT $3",
	/* $1 customer */
	MIRROR(MIRROR_COVERED) = "SELECT number FROM ticket WHERE customer = $1 ORDER BY number "
				 "DESC LIMIT 100",

	MIRROR(COPY_STATE_READ) = "SELECT * FROM copy_state",
	MIRROR(COPY_STATE_WRITE) = "REPLACE INTO copy_state VALUES (1, $1, $2, $3, $4, $5, $6, $7, "
				   "$8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
	MIRROR(COPY_COUNT) = "SELECT count(*) FROM copy_ticket WHERE is_gone = 0",
	/* $1 ticket */
	MIRROR(COPY_HAS) = "SELECT is_gone, revision FROM copy_ticket WHERE number = $1",
	MIRROR(COPY_HAS_CUSTOMER) = "SELECT 1 FROM copy_customer WHERE id = $1",
	/* $1 customer, operator */
	MIRROR(COPY_OF_CUSTOMER) = "SELECT number FROM ticket WHERE customer = $1 AND number IN "
				   "(SELECT number FROM copy_ticket WHERE is_gone = 0)",
	MIRROR(COPY_OF_ASSIGNEE) =
		"SELECT number FROM ticket WHERE assignee = $1 AND assignee <> 0 AND number IN "
		"(SELECT number FROM copy_ticket WHERE is_gone = 0)",
	/* $1 ticket, $2 revision, $3 is_gone, $4 taken_at */
	MIRROR(COPY_TICKET_PUT) = "REPLACE INTO copy_ticket VALUES ($1, $2, $3, $4)",
	/* $1 customer */
	MIRROR(COPY_CUSTOMER_REVISION) = "SELECT revision FROM copy_customer WHERE id = $1",
	MIRROR(COPY_CUSTOMER_PUT) = "REPLACE INTO copy_customer VALUES ($1, $2)",
	/* $1 ticket */
	MIRROR(COPY_TICKET_DELETE) = "DELETE FROM ticket WHERE number = $1",
	MIRROR(COPY_MESSAGES_DELETE) = "DELETE FROM message WHERE ticket = $1",
	MIRROR(COPY_NOTES_DELETE) = "DELETE FROM note WHERE ticket = $1",
	MIRROR(COPY_QUESTIONS_DELETE) = "DELETE FROM question WHERE ticket = $1",
	MIRROR(COPY_FILES_DELETE) = "DELETE FROM attachment WHERE text IN (" TEXTS_OF_TICKET ")",
	MIRROR(COPY_INVOLVEMENT_DELETE) = "DELETE FROM involvement WHERE ticket = $1",
	MIRROR(COPY_MEMO_READERS_DELETE) =
		"DELETE FROM memo_reader WHERE memo IN (SELECT id FROM memo WHERE ticket = $1 AND "
		"ticket <> 0)",
	MIRROR(COPY_MEMOS_DELETE) = "DELETE FROM memo WHERE ticket = $1 AND ticket <> 0",
	MIRROR(COPY_CLAIM_DELETE) = "DELETE FROM claim WHERE ticket = $1",
	MIRROR(COPY_CLAIMS_DELETE) = "DELETE FROM claim",
	MIRROR(COPY_DRAFT_FILES_DELETE) = "DELETE FROM draft_attachment WHERE draft IN (SELECT id "
					  "FROM draft WHERE ticket = $1)",
	MIRROR(COPY_DRAFTS_DELETE) = "DELETE FROM draft WHERE ticket = $1",
	/* $1 customer */
	MIRROR(COPY_CUSTOMER_DELETE) = "DELETE FROM customer WHERE id = $1",
	MIRROR(COPY_ADDRESSES_DELETE) = "DELETE FROM address WHERE customer = $1",
	/* $1 id, $2 key */
	MIRROR(COPY_ADDRESS_DELETE) = "DELETE FROM address WHERE id = $1 OR key = $2",
	MIRROR(COPY_CUSTOMER_NOTES_DELETE) = "DELETE FROM customer_note WHERE customer = $1",
	/* $1 customer: those of his tickets that are here as rows only */
	MIRROR(COPY_OTHERS_DELETE) =
		"DELETE FROM ticket WHERE customer = $1 AND NOT EXISTS (SELECT 1 FROM copy_ticket "
		"WHERE copy_ticket.number = ticket.number AND is_gone = 0)",
	/* $1 revision: makes loaded directories stale (DIRECTORY_REVISION) */
	MIRROR(COPY_DIRECTORY_MARK) = "REPLACE INTO preference VALUES (0, '', '', $1)",
	MIRROR(COPY_LOG_PUT) = "REPLACE INTO change_log VALUES ($1, $2, $3, $3, $4, $5, $6, $7, "
			       "$8, 0, $9, 0, $10)",
	/* $1 how many are kept */
	MIRROR(COPY_LOG_TRIM) = "DELETE FROM change_log WHERE revision <= (SELECT revision FROM "
				"change_log ORDER BY revision DESC LIMIT 1 OFFSET $1)",
	/* $1 how many are kept: tickets that are in no list of what is open */
	MIRROR(COPY_OLDEST) =
		"SELECT copy_ticket.number FROM copy_ticket LEFT JOIN ticket ON ticket.number = "
		"copy_ticket.number WHERE coalesce(ticket.state, 0) NOT IN (1, 3) AND NOT EXISTS "
		"(SELECT 1 FROM draft WHERE draft.ticket = copy_ticket.number) ORDER BY taken_at "
		"DESC, copy_ticket.number DESC LIMIT 1000 OFFSET $1",
	/* $1 ticket */
	MIRROR(COPY_FORGET) = "DELETE FROM copy_ticket WHERE number = $1",
	/* $1 key, $2 size: so that a draft may name it; the content is not here */
	MIRROR(COPY_BLOB) = "INSERT INTO blob VALUES ($1, $2, 0, 0) ON CONFLICT DO NOTHING",
	/* $1 key, $2 size, $3 now: its content is here */
	MIRROR(COPY_KEPT_PUT) = "REPLACE INTO copy_file VALUES ($1, $2, $3)",
	MIRROR(COPY_KEPT_HAS) = "SELECT 1 FROM copy_file WHERE key = $1",
	/* $1 bytes */
	MIRROR(COPY_KEPT_LIMIT) =
		"DELETE FROM copy_file WHERE key IN (SELECT key FROM (SELECT key, sum(size_bytes) "
		"OVER (ORDER BY read_at DESC, key) AS upto FROM copy_file) WHERE upto > $1)",
	MIRROR(COPY_KEPT_TRIM) =
		"DELETE FROM copy_file WHERE NOT EXISTS(SELECT 1 FROM attachment WHERE blob = "
		"copy_file.key) AND NOT EXISTS(SELECT 1 FROM draft_attachment WHERE blob = "
		"copy_file.key)",
	MIRROR(COPY_PARTS_DELETE) = "DELETE FROM blob_part WHERE blob = $1",
	MIRROR(COPY_PARTS_TRIM) =
		"DELETE FROM blob_part WHERE blob NOT IN (SELECT key FROM copy_file)",
	/* Another number whenever a ticket or customer was taken in or let go. */
	MIRROR(COPY_STAMP) = "SELECT (SELECT coalesce(sum(taken_at), 0) FROM copy_ticket) + "
			     "(SELECT coalesce(sum(revision), 0) FROM copy_customer)",

	/* $1 id, $2 what, $3 ticket, $4 customer, $5 kind, $6 at, $7 body */
	MIRROR(PENDING_PUT) =
		"INSERT INTO pending(uuid, what, ticket, customer, kind, at, body) VALUES "
		"($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
	MIRROR(PENDING_ALL) = "SELECT * FROM pending ORDER BY position",
	/* $1 at most */
	MIRROR(PENDING_WAITING) =
		"SELECT * FROM pending WHERE is_refused = 0 ORDER BY position LIMIT $1",
	MIRROR(PENDING_COUNT) = "SELECT count(*) FROM pending WHERE is_refused = $1",
	/* $1 position */
	MIRROR(PENDING_TRIED) = "UPDATE pending SET tries = tries + 1 WHERE position = $1",
	MIRROR(PENDING_DELETE) = "DELETE FROM pending WHERE position = $1",
	/* $1 id: what came back, and what was never tried */
	MIRROR(PENDING_DROP) =
		"DELETE FROM pending WHERE uuid = $1 AND (is_refused <> 0 OR tries = 0)",
	/* $1 position, $2 code, $3 reason, $4 text, $5 … $8 arguments */
	MIRROR(PENDING_REFUSE) =
		"UPDATE pending SET is_refused = 1, code = $2, reason = $3, text = "
		"$4, arg0 = $5, arg1 = $6, arg2 = $7, arg3 = $8 WHERE position = "
		"$1",
	/* $1 ticket, $2 kind: texts that others took the place of */
	MIRROR(PENDING_DRAFT_DELETE) = "DELETE FROM pending WHERE what <> 0 AND is_refused = 0 AND "
				       "ticket = $1 AND kind = $2",
	/* $1 id */
	MIRROR(PENDING_HAS) = "SELECT 1 + is_refused FROM pending WHERE uuid = $1",
	/* $2 generation, $3 expires_at, $4 grace */
	MIRROR(COPY_CLAIM_RENEWED) = "UPDATE claim SET expires_at = $3, grace = $4 WHERE "
				     "ticket = $1 AND generation = $2",
};
