#include "store/apply.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/secret.h"
#include "core/problem.h"
#include "store/shape.h"
#include "store/statement.h"
#include "store/writes.h"

/* Passwords, sessions, tokens: their rows, which are no records and in no log, and the verbs. */

enum { ENDED_SESSIONS_STAY_DAYS = 30 };

/* --- what changes write --- */

bool write_sessions_end(struct work *work, int64_t operator_id)
{
	struct sql_query *query = sql_query(work->sql, SESSIONS_END);
	sql_bind_int(query, 1, operator_id);
	sql_bind_int(query, 2, work->facts.now);
	return sql_run(query, work->err);
}

bool write_password(struct work *work)
{
	int64_t operator_id = work->decision.operator_.id;
	struct sql_query *query = sql_query(work->sql, CREDENTIAL_PUT);
	sql_bind_int(query, 1, operator_id);
	sql_bind_text(query, 2, work->change.secret);
	sql_bind_int(query, 3, work->facts.now);
	return sql_run(query, work->err) && write_sessions_end(work, operator_id);
}

static bool purge_sessions(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, SESSIONS_PURGE);
	sql_bind_int(query, 1, work->decision.token.operator_id);
	sql_bind_int(query, 2, work->facts.now - ENDED_SESSIONS_STAY_DAYS * (int64_t)MS_DAY);
	return sql_run(query, work->err);
}

bool write_token(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, TOKEN_INSERT);
	shape_bind(&token_shape, query, 1, &work->decision.token);
	return sql_run(query, work->err) && purge_sessions(work);
}

bool write_token_end(struct work *work)
{
	struct sql_query *query = sql_query(work->sql, TOKEN_REVOKE);
	sql_bind_int(query, 1, work->decision.token.id);
	sql_bind_int(query, 2, work->decision.token.revoked_at);
	return sql_run(query, work->err);
}

/* --- verbs --- */

static bool is_the_desk(const struct store *store, struct error *err)
{
	return store->actor == 0 || problem(err, PROBLEM_DESK_ONLY, NULL);
}

bool desk_tokens(struct store *store, const void *mem, struct token_list *list, struct error *err)
{
	struct desk *desk = desk_of(store);
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	const struct operator_ *actor = desk_actor(desk);
	bool all = store->actor == 0 || (actor && actor->role == ROLE_ADMIN);
	struct sql_query *query = sql_query(desk->sql, all ? TOKENS_ALL : TOKENS_OF_OPERATOR);
	void *rows;
	sql_bind_int(query, 1, store->actor);
	bool ok = shape_read_all(&token_shape, query, mem, &rows, &list->count, err);
	list->tokens = rows;
	int64_t now = store_now(store);
	size_t kept = 0;
	for (size_t i = 0; ok && i < list->count; i++) {
		struct token *token = &list->tokens[i];
		token->hash = NULL;
		if (token_end(token, &desk->directory->settings, now) == TOKEN_ALIVE) {
			list->tokens[kept++] = *token;
		}
	}
	list->count = kept;
	desk_read_end(desk);
	return ok;
}

bool desk_token_find(struct store *store, const void *mem, const char *hash, struct token *token,
	struct error *err)
{
	struct desk *desk = desk_of(store);
	bool found = false;
	if (!is_the_desk(store, err) || !desk_read_begin(desk, err)) {
		return false;
	}
	struct sql_query *query = sql_query(desk->sql, TOKEN_BY_HASH);
	sql_bind_text(query, 1, hash);
	bool ok = shape_read_one(&token_shape, query, mem, token, &found, err);
	desk_read_end(desk);
	return ok && (found || problem(err, PROBLEM_NO_TOKEN, "", NULL));
}

bool desk_token_used(struct store *store, int64_t id, int64_t at, struct error *err)
{
	struct desk *desk = desk_of(store);
	if (!is_the_desk(store, err) || !desk_write_begin(desk, desk->soft, err)) {
		return false;
	}
	struct sql_query *query = sql_query(desk->soft, TOKEN_USED);
	sql_bind_int(query, 1, id);
	sql_bind_int(query, 2, at);
	bool ok = sql_run(query, err);
	return desk_write_end(desk, desk->soft, ok, err) && ok;
}

bool desk_credential(
	struct store *store, const void *mem, int64_t operator_id, char **hash, struct error *err)
{
	struct desk *desk = desk_of(store);
	bool found;
	if (!is_the_desk(store, err) || !desk_read_begin(desk, err)) {
		return false;
	}
	struct sql_query *query = sql_query(desk->sql, CREDENTIAL_GET);
	sql_bind_int(query, 1, operator_id);
	bool ok = sql_first(query, &found, err);
	*hash = ok && found ? sql_text(query, mem, 0) : NULL;
	sql_done(query);
	desk_read_end(desk);
	return ok;
}

/* Whoever may write the file may do anything: his present password would prove nothing. */
bool desk_password_set(
	struct store *store, const struct password_change *password, struct error *err)
{
	struct result result = {0};
	void *scratch = mem_context(NULL);
	struct change change = {.id = password->id,
		.kind = CHANGE_PASSWORD,
		.actor = store->actor,
		.key = password->login};
	bool ok = password_check(password->password, err);
	if (ok) {
		change.secret = password_hash(scratch, password->password);
		ok = desk_apply(store, &change, 1, &result, err);
	}
	if (ok && !result.ok) {
		*err = result.err;
		ok = false;
	}
	talloc_free(scratch);
	return ok;
}
