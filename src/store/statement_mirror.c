#include "store/statement.h"

#include "store/shape.h"

#define MIRROR(id) [(id)-STATEMENT_MIRROR_FIRST]

#define TEXTS_OF_TICKET                                                                            \
	"SELECT id FROM message WHERE ticket = $1 UNION ALL SELECT id FROM note WHERE ticket = $1"

const char *const statements_mirror[STATEMENTS_MAX - STATEMENT_MIRROR_FIRST] = {
	/* $1 revision */
	MIRROR(MIRROR_LOG_ID) = "SELECT id FROM change_log WHERE revision = $1",
	/* By name, for what is added to an operator later is not everybody's. */
	MIRROR(MIRROR_OPERATORS) = "SELECT id, login, name, role, enabled, paused_at, "
				   "pause_reason, signed_in_at, worked_until FROM operator "
				   "ORDER BY id",

	/* $1 ticket */
	MIRROR(MIRROR_TICKET) = "SELECT * FROM ticket WHERE number = $1",
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
	/* $2 at most */
	MIRROR(MIRROR_MESSAGES) =
		"SELECT * FROM message WHERE ticket = $1 ORDER BY id DESC LIMIT $2",
	MIRROR(MIRROR_NOTES) = "SELECT * FROM note WHERE ticket = $1 ORDER BY id",
	MIRROR(MIRROR_QUESTIONS) = "SELECT * FROM question WHERE ticket = $1 ORDER BY id",
	/* $2 operator */
	MIRROR(MIRROR_INVOLVEMENT) =
		"SELECT * FROM involvement WHERE ticket = $1 AND operator = $2",
	MIRROR(MIRROR_CLAIM) = "SELECT * FROM claim WHERE ticket = $1",
	/* $1 draft */
	MIRROR(MIRROR_DRAFT) = "SELECT * FROM draft WHERE id = $1",
	MIRROR(MIRROR_DRAFT_FILES) = "SELECT * FROM draft_attachment WHERE draft = $1 ORDER BY id",
	/* $1 ticket */
	MIRROR(MIRROR_FILES) =
		"SELECT * FROM attachment WHERE text IN (" TEXTS_OF_TICKET ") ORDER BY text, id",

	/* $1 customer */
	MIRROR(MIRROR_CUSTOMER) = "SELECT * FROM customer WHERE id = $1",
	MIRROR(MIRROR_ADDRESSES) = "SELECT * FROM address WHERE customer = $1 ORDER BY id",
	MIRROR(MIRROR_CUSTOMER_NOTES) =
		"SELECT * FROM customer_note WHERE customer = $1 AND removed = 0 ORDER BY id",
	/* $2 at most */
	MIRROR(MIRROR_HISTORY) = "SELECT " TICKET_COLUMNS ", " CLAIM_COLUMNS
				 " FROM ticket LEFT JOIN claim ON claim.ticket = ticket.number "
				 "WHERE ticket.customer = $1 ORDER BY ticket.number DESC LIMIT $2",

	/* $1 now */
	MIRROR(MIRROR_LIVE_CLAIMS) = "SELECT * FROM claim WHERE expires_at > $1 ORDER BY ticket",
	/* $1 operator, $2 now, $3 at most: what he holds, what he has a text on */
	MIRROR(MIRROR_UNDER_WAY) =
		"SELECT ticket FROM claim WHERE operator = $1 AND expires_at > $2 UNION "
		"SELECT ticket FROM draft WHERE operator = $1 AND discarded_at = 0 LIMIT $3",
	/* $1 customer: his tickets that may be in a list */
	MIRROR(MIRROR_COVERED) = "SELECT number FROM ticket WHERE customer = $1 AND state <= 3",
};
