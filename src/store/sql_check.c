#include "store/care.h"

#include "base/mem.h"
#include "store/statement.h"

#include <stdarg.h>
#include <string.h>

/*
 * What must hold in a desk, as queries whose rows are what does not. All look at one state of the
 * desk. States, directions and kinds are the numbers of core/ticket.h.
 */

enum { FINDINGS_OF_A_KIND = 10 };

void check_found(struct checking *checking, bool is_error, const char *text, ...)
{
	const char *args[ERROR_ARGS + 1] = {NULL};
	struct findings *findings = checking->findings;
	struct finding finding = {.is_error = is_error};
	va_list list;
	va_start(list, text);
	for (size_t i = 0; i < ERROR_ARGS && (args[i] = va_arg(list, const char *)); i++) {
	}
	va_end(list);
	error_set_reason(&finding.err, is_error ? ERROR_INTERNAL : ERROR_NONE, "finding", text,
		args[0], args[1], args[2], args[3], NULL);
	finding.text = error_sentence(checking->mem, &finding.err, NULL);
	findings->items =
		mem_grow(checking->mem, findings->items, struct finding, findings->count + 1);
	findings->items[findings->count++] = finding;
}

static void found_more(struct checking *checking, bool is_error, size_t count)
{
	char *number = mem_printf(NULL, "%zu", count);
	check_found(checking, is_error, N_("… and {0} more like this"), number, NULL);
	talloc_free(number);
}

static void found_row(
	struct checking *checking, bool is_error, struct sql_query *query, const char *text)
{
	const char *args[ERROR_ARGS] = {NULL};
	int columns = sql_column_count(query);
	for (int i = 0; i < columns && i < ERROR_ARGS; i++) {
		args[i] = sql_peek(query, i);
	}
	check_found(checking, is_error, text, args[0], args[1], args[2], args[3], NULL);
}

bool check_rows(struct checking *checking, bool is_error, const char *query, const char *text,
	struct error *err)
{
	struct sql_query *rows = sql_prepare(checking->desk->sql, query);
	size_t count = 0;
	bool has_row, ok;
	while ((ok = sql_step(rows, &has_row, err)) && has_row) {
		if (++count <= checking->limit) {
			found_row(checking, is_error, rows, text);
		}
	}
	sql_done(rows);
	if (count > checking->limit) {
		found_more(checking, is_error, count - checking->limit);
	}
	return ok;
}

static const struct {
	bool is_error;
	const char *query, *text;
} rules[] = {
	{true, "SELECT * FROM pragma_integrity_check(20) WHERE integrity_check <> 'ok'",
		N_("the file is damaged: {0}; put back a backup")},
	{true, "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check",
		N_("row {1} of {0} belongs to a {2} that is not there")},

	/* the log */
	{true,
		"SELECT before + 1, revision - 1 FROM (SELECT revision, lag(revision, 1, 0) OVER "
		"(ORDER BY revision) AS before FROM change_log) WHERE revision <> before + 1",
		N_("the changes from {0} to {1} are missing from the log")},
	{true,
		"SELECT change_log.kind, revision FROM change_log LEFT JOIN message ON message.id "
		"= "
		"revision WHERE kind IN ('new', 'receive', 'reply', 'call') AND message.id IS NULL",
		N_("the message of change {1} ({0}) is missing")},
	{true,
		"SELECT change_log.kind, revision FROM change_log LEFT JOIN note ON note.id = "
		"revision WHERE kind = 'note' AND note.id IS NULL",
		N_("the note of change {1} is missing")},
	{true,
		"SELECT change_log.kind, revision FROM change_log LEFT JOIN question ON "
		"question.id "
		"= revision WHERE kind = 'ask' AND question.id IS NULL",
		N_("the question of change {1} is missing")},
	{true,
		"SELECT change_log.kind, revision FROM change_log LEFT JOIN customer_note ON "
		"customer_note.id = revision WHERE kind = 'customer_note' AND customer_note.id "
		"IS NULL",
		N_("the customer note of change {1} is missing")},
	{true,
		"SELECT message.id, message.ticket FROM message LEFT JOIN change_log ON revision = "
		"message.id AND kind IN ('new', 'receive', 'reply', 'call') WHERE revision IS NULL",
		N_("message {0} of ticket {1} has no change in the log")},
	{true,
		"SELECT note.id, note.ticket FROM note LEFT JOIN change_log ON revision = note.id "
		"WHERE revision IS NULL",
		N_("note {0} of ticket {1} has no change in the log")},
	{true,
		"SELECT question.id, question.ticket FROM question LEFT JOIN change_log ON "
		"revision "
		"= question.id AND kind = 'ask' WHERE revision IS NULL",
		N_("question {0} of ticket {1} has no change in the log")},
	{true,
		"SELECT number, ticket.revision FROM ticket LEFT JOIN change_log ON "
		"change_log.revision = ticket.revision WHERE change_log.revision IS NULL",
		N_("ticket {0} was last altered by change {1}, which is not in the log")},

	{true,
		"SELECT name, operator, preference.revision FROM preference LEFT JOIN change_log "
		"ON "
		"change_log.revision = preference.revision AND kind = 'preference' WHERE id IS "
		"NULL",
		N_("preference {0} of operator {1} was set by change {2}, which is not in the "
		   "log")},

	{true,
		"SELECT kind, revision FROM change_log LEFT JOIN memo ON memo.id = revision WHERE "
		"kind = 'memo' AND memo.id IS NULL",
		N_("the memo of change {1} is missing")},
	{true,
		"SELECT memo.id FROM memo LEFT JOIN change_log ON revision = memo.id AND kind = "
		"'memo' WHERE revision IS NULL",
		N_("memo {0} has no change in the log")},
	{true, "SELECT id FROM memo WHERE NOT EXISTS (SELECT 1 FROM memo_reader WHERE memo = id)",
		N_("memo {0} is nobody's")},

	/* tickets */
	{true,
		"SELECT number, message_count, (SELECT count(*) FROM message WHERE ticket = number "
		"AND state <> 8) AS n FROM ticket WHERE message_count <> n",
		N_("ticket {0} says that it has {1} messages; there are {2}")},
	{true,
		"SELECT number, note_count, (SELECT count(*) FROM note WHERE ticket = number) AS n "
		"FROM ticket WHERE note_count <> n",
		N_("ticket {0} says that it has {1} notes; there are {2}")},
	{true,
		"SELECT number, newest_public, coalesce((SELECT max(id) FROM message WHERE ticket "
		"= "
		"number AND state <> 8), 0) AS n FROM ticket WHERE newest_public <> n",
		N_("ticket {0} says that its newest message is {1}; it is {2}")},
	{true,
		"SELECT number, due_at, min(answer_due_at, CASE WHEN state >= 4 THEN "
		"253402300799999 "
		"ELSE resolve_due_at END) AS due FROM ticket WHERE due_at <> due",
		N_("ticket {0} is due at {1}, but by its parts at {2}")},
	{true,
		"SELECT number, state FROM ticket WHERE state NOT BETWEEN 1 AND 5 OR "
		"(state = 3 AND snoozed_until = 0) OR (snoozed_until <> 0 AND state <> 3 AND "
		"former_state <> 3) OR (state = 2 AND waited_at = 0) OR "
		"(state = 4 AND resolved_at = 0) OR (merged_into <> 0 AND state <> 5) OR "
		"waiting_since = 0",
		N_("ticket {0} is in state {1}, which its times deny")},
	{true,
		"SELECT number, team FROM ticket WHERE team <> 0 AND team NOT IN "
		"(SELECT id FROM team)",
		N_("ticket {0} belongs to team {1}, which is not there")},
	{true,
		"SELECT number, assignee FROM ticket WHERE assignee <> 0 AND assignee NOT IN "
		"(SELECT id FROM operator)",
		N_("ticket {0} is assigned to operator {1}, who is not there")},

	/* counters */
	{true,
		"SELECT team, state, n, (SELECT count(*) FROM ticket WHERE ticket.team = "
		"counter.team "
		"AND ticket.state = counter.state) AS there FROM counter WHERE n <> there",
		N_("the counter of team {0} in state {1} says {2}; there are {3} tickets")},
	{true,
		"SELECT ticket.team, ticket.state, count(*) FROM ticket LEFT JOIN counter ON "
		"counter.team = ticket.team AND counter.state = ticket.state WHERE counter.team IS "
		"NULL GROUP BY ticket.team, ticket.state",
		N_("there is no counter of team {0} in state {1} for its {2} tickets")},

	/* claims */
	{true,
		"SELECT claim.ticket, claim.generation, operator FROM claim LEFT JOIN change_log "
		"ON "
		"revision = claim.generation AND change_log.ticket = claim.ticket AND (actor = "
		"operator AND kind IN ('claim', 'take_over', 'undo', 'reply') OR kind = "
		"'hand_over') WHERE revision IS NULL",
		N_("the claim {1} on ticket {0} by operator {2} is not in the log")},
	{true,
		"SELECT claim.ticket, claim.customer, ticket.customer FROM claim JOIN ticket ON "
		"ticket.number = claim.ticket JOIN customer ON customer.id = ticket.customer WHERE "
		"claim.customer <> CASE WHEN customer.shared THEN 0 ELSE ticket.customer END AND "
		"(claim.customer <> 0 OR claim.is_logged = 0)",
		N_("the claim on ticket {0} covers customer {1}, but the ticket is of customer "
		   "{2}")},
	{true,
		"SELECT customer, count(DISTINCT operator) AS n FROM claim WHERE customer <> 0 AND "
		"separate = 0 AND expires_at > (SELECT max(at) FROM change_log WHERE imported = 0) "
		"GROUP BY customer HAVING n > 1",
		N_("customer {0} is held by {1} operators at once")},
};

static check_fn *const parts[] = {
	check_schema, check_texts, check_addresses, check_files, check_clock};

/* A damaged file still has parts that can be looked at. */
static bool go_on_after(struct checking *checking, struct error *err)
{
	if (!err || !err->reason || strcmp(err->reason, "damaged") != 0) {
		return false;
	}
	*err = (struct error){0};
	check_found(
		checking, true, N_("a part of the check came upon damage and was left out"), NULL);
	return true;
}

static bool run_all(
	struct checking *checking, store_progress_fn *progress, void *data, struct error *err)
{
	int64_t total = (int64_t)(ARRAY_LEN(rules) + ARRAY_LEN(parts));
	for (int64_t i = 0; i < total; i++) {
		if (progress && !progress(data, i, total)) {
			return error_set_reason(err, ERROR_UNAVAILABLE, "cancelled",
				N_("the request was cancelled"), NULL);
		}
		size_t part = (size_t)i;
		bool ok = part < ARRAY_LEN(rules)
				  ? check_rows(checking, rules[part].is_error, rules[part].query,
					    rules[part].text, err)
				  : parts[part - ARRAY_LEN(rules)](checking, err);
		if (!ok && !go_on_after(checking, err)) {
			return false;
		}
	}
	return true;
}

bool desk_check(struct store *store, const void *mem, store_progress_fn *progress, void *data,
	struct findings *findings, struct error *err)
{
	struct desk *desk = desk_of(store);
	*findings = (struct findings){0};
	struct checking checking = {.desk = desk,
		.mem = mem,
		.findings = findings,
		.now = store_now(store),
		.limit = FINDINGS_OF_A_KIND};
	bool ok = desk_read_begin(desk, err) && run_all(&checking, progress, data, err);
	desk_read_end(desk);
	return ok;
}
