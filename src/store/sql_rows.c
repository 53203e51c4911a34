#include "store/apply.h"

#include "base/mem.h"
#include "store/shape.h"
#include "store/statement.h"

/* Rows of the directory, and an operator's day. */

/* A row by its id, or a new one: then *id is its number. Columns from $2 on follow $1, the id. */
static bool put_row(struct work *work, int insert, int update, const struct shape *shape,
	const void *row, int64_t *id)
{
	bool is_new = *id == 0;
	struct sql_query *query = sql_query(work->sql, is_new ? insert : update);
	shape_bind(shape, query, 1, row);
	return is_new ? sql_number(query, id, work->err) : sql_run(query, work->err);
}

static bool put_teams_of(struct work *work, const struct operator_ *operator_)
{
	struct sql_query *query = sql_query(work->sql, OPERATOR_TEAMS_DELETE);
	sql_bind_int(query, 1, operator_->id);
	if (!sql_run(query, work->err)) {
		return false;
	}
	for (size_t i = 0; i < operator_->team_count; i++) {
		query = sql_query(work->sql, OPERATOR_TEAM_INSERT);
		sql_bind_int(query, 1, operator_->id);
		sql_bind_int(query, 2, operator_->teams[i]);
		if (!sql_run(query, work->err)) {
			return false;
		}
	}
	return true;
}

static bool put_operator(struct work *work)
{
	struct operator_ *operator_ = &work->decision.operator_;
	const struct operator_ *before = directory_operator(work->facts.directory, operator_->id);
	bool ends = before &&
		    (before->role != operator_->role || before->enabled != operator_->enabled);
	return (!ends || write_sessions_end(work, operator_->id)) &&
	       put_row(work, OPERATOR_INSERT, OPERATOR_UPDATE, &operator_shape, operator_,
		       &operator_->id) &&
	       put_teams_of(work, operator_);
}

static bool put_team(struct work *work)
{
	struct team *team = &work->decision.team;
	return put_row(work, TEAM_INSERT, TEAM_UPDATE, &team_shape, team, &team->id);
}

static bool put_calendar(struct work *work)
{
	struct calendar_row *calendar = &work->decision.calendar;
	return put_row(
		work, CALENDAR_INSERT, CALENDAR_UPDATE, &calendar_shape, calendar, &calendar->id);
}

static bool put_answer(struct work *work)
{
	struct answer *answer = &work->decision.answer;
	return put_row(work, ANSWER_INSERT, ANSWER_UPDATE, &answer_shape, answer, &answer->id);
}

static bool put_reason(struct work *work)
{
	struct reason *reason = &work->decision.reason;
	return put_row(work, REASON_INSERT, REASON_UPDATE, &reason_shape, reason, &reason->id);
}

static bool put_target(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, TARGET_PUT);
	shape_bind(&target_shape, query, 1, &work->decision.target);
	return sql_run(query, work->err);
}

static bool put_setting(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, SETTING_PUT);
	sql_bind_text(query, 1, work->change.key);
	sql_bind_text(query, 2, work->change.value);
	return sql_run(query, work->err);
}

static bool put_preference(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, PREFERENCE_PUT);
	sql_bind_int(query, 1, work->change.actor);
	sql_bind_text(query, 2, work->change.key);
	sql_bind_text(query, 3, work->change.value);
	sql_bind_int(query, 4, work->facts.revision);
	return sql_run(query, work->err);
}

bool write_desk_row(struct work *work)
{
	static bool (*const put[CHANGE_KINDS])(struct work * work) = {
		[CHANGE_OPERATOR] = put_operator,
		[CHANGE_TEAM] = put_team,
		[CHANGE_CALENDAR] = put_calendar,
		[CHANGE_TARGET] = put_target,
		[CHANGE_ANSWER] = put_answer,
		[CHANGE_REASON] = put_reason,
		[CHANGE_SETTING] = put_setting,
		[CHANGE_PREFERENCE] = put_preference,
		[CHANGE_PASSWORD] = write_password,
		[CHANGE_SESSION] = write_token,
		[CHANGE_TOKEN_ADD] = write_token,
		[CHANGE_TOKEN_REVOKE] = write_token_end,
	};
	return put[work->change.kind](work);
}

/* --- the day --- */

/* His tickets are everybody's again. Their numbers go into the log row. */
static bool void_assignee(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, TICKETS_ASSIGNED);
	sql_bind_int(query, 1, work->change.actor);
	bool has_row;
	bool ok;
	while ((ok = sql_step(query, &has_row, work->err)) && has_row) {
		work->freed =
			mem_grow(work->mem, work->freed, int64_t, (unsigned)work->freed_count + 1);
		work->freed[work->freed_count++] = sql_int(query, 0);
	}
	sql_done(query);
	for (size_t i = 0; ok && i < work->freed_count; i++) {
		query = sql_query(work->sql, TICKET_UNASSIGN);
		sql_bind_int(query, 1, work->freed[i]);
		sql_bind_int(query, 2, work->facts.revision);
		ok = sql_run(query, work->err);
	}
	return ok;
}

bool write_day(struct work *work)
{
	const struct operator_ *day = &work->decision.operator_;
	struct sql_query *query = sql_query(work->sql, OPERATOR_DAY);
	sql_bind_int(query, 1, day->id);
	sql_bind_int(query, 2, day->signed_in_at);
	sql_bind_int(query, 3, day->paused_at);
	sql_bind_text(query, 4, day->pause_reason);
	return sql_run(query, work->err) &&
	       (work->change.kind != CHANGE_SIGN_OUT || void_assignee(work));
}
