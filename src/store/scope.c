#include "store/scope.h"

#include "base/mem.h"
#include "core/permission.h"
#include "store/statement.h"

void scope_init(struct scope *scope, const struct desk *desk, const void *mem)
{
	const struct directory *directory = desk->directory;
	/* Whoever is not in the directory is nobody, not the desk itself. */
	static const struct operator_ nobody = {.id = -1};
	const struct operator_ *actor = desk_actor(desk);
	if (!actor && desk->store.actor) {
		actor = &nobody;
	}
	*scope = (struct scope){.actor = actor,
		.sees_all = !actor || actor->role == ROLE_ADMIN,
		.now = store_now(&desk->store),
		.auto_resolve_ms = directory->settings.auto_resolve_ms};
	size_t count = scope->sees_all ? directory->team_count : actor->team_count;
	scope->teams = mem_array(mem, int64_t, count + 1);
	scope->team_count = count + 1;
	for (size_t i = 0; i < count; i++) {
		scope->teams[i + 1] = scope->sees_all ? directory->teams[i].id : actor->teams[i];
	}
}

bool scope_has_team(const struct scope *scope, int64_t team)
{
	for (size_t i = 0; i < scope->team_count; i++) {
		if (scope->teams[i] == team) {
			return true;
		}
	}
	return scope->sees_all;
}

/* Columns: due_at, priority, waiting_since, number, team, where it has that is_held. Gives the
 * query back. */
static bool read_keys(struct sql_query *query, const void *mem, struct scope_key **keys,
	size_t *count, struct error *err)
{
	size_t room = 0;
	bool has_row, ok;
	bool tells_held = sql_column_count(query) > 5;
	*keys = NULL;
	*count = 0;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		if (*count == room) {
			room = room ? 2 * room : 16;
			*keys = mem_grow(mem, *keys, struct scope_key, room);
		}
		(*keys)[(*count)++] = (struct scope_key){
			.key = {.due_at = sql_int(query, 0),
				.priority = (int)sql_int(query, 1),
				.waiting_since = sql_int(query, 2),
				.number = sql_int(query, 3)},
			.team = sql_int(query, 4),
			.is_held = tells_held && sql_int(query, 5) != 0,
		};
	}
	sql_done(query);
	return ok;
}

bool scope_beside(struct desk *desk, const void *mem, const struct scope *scope,
	enum ticket_state state, struct scope_key **keys, size_t *count, struct error *err)
{
	*keys = NULL;
	*count = 0;
	if (scope->sees_all || scope->team_count > desk->directory->team_count) {
		return true;
	}
	struct sql_query *query = sql_query(desk->sql, READ_BESIDE);
	sql_bind_int(query, 1, scope->actor->id);
	sql_bind_int(query, 2, (int64_t)state);
	sql_bind_int(query, 3, scope->now);
	if (!read_keys(query, mem, keys, count, err)) {
		return false;
	}
	size_t kept = 0;
	for (size_t i = 0; i < *count; i++) {
		if (!scope_has_team(scope, (*keys)[i].team)) {
			(*keys)[kept++] = (*keys)[i];
		}
	}
	*count = kept;
	return true;
}

static bool is_beside(const struct scope_key *keys, size_t count, int64_t number)
{
	for (size_t i = 0; i < count; i++) {
		if (keys[i].key.number == number) {
			return true;
		}
	}
	return false;
}

bool scope_due(struct desk *desk, const void *mem, const struct scope *scope,
	struct scope_key **keys, size_t *count, struct error *err)
{
	struct scope_key *beside = NULL;
	size_t beside_count = 0, kept = 0;
	struct sql_query *query = sql_query(desk->sql, READ_SNOOZED_DUE);
	sql_bind_int(query, 1, scope->now);
	if (!read_keys(query, mem, keys, count, err)) {
		return false;
	}
	if (*count > 0 &&
		!scope_beside(desk, mem, scope, TICKET_SNOOZED, &beside, &beside_count, err)) {
		return false;
	}
	for (size_t i = 0; i < *count; i++) {
		struct scope_key key = (*keys)[i];
		if (scope_has_team(scope, key.team) ||
			is_beside(beside, beside_count, key.key.number)) {
			(*keys)[kept++] = key;
		}
	}
	*count = kept;
	return true;
}

bool scope_mine(struct desk *desk, const void *mem, const struct scope *scope,
	struct scope_key **keys, size_t *count, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, READ_MINE);
	sql_bind_int(query, 1, scope->actor->id);
	sql_bind_int(query, 2, scope->now);
	return read_keys(query, mem, keys, count, err);
}

bool scope_assigned(struct desk *desk, const void *mem, int64_t operator_id,
	enum ticket_state state, struct scope_key **keys, size_t *count, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, READ_ASSIGNED);
	sql_bind_int(query, 1, operator_id);
	sql_bind_int(query, 2, (int64_t)state);
	return read_keys(query, mem, keys, count, err);
}

bool scope_asked(struct desk *desk, const void *mem, const struct scope *scope,
	struct scope_key **keys, size_t *count, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, READ_ASKED);
	sql_bind_int(query, 1, scope->actor->id);
	bool ok = read_keys(query, mem, keys, count, err);
	for (size_t i = 0; ok && i < *count; i++) {
		(*keys)[i].key.text = (*keys)[i].team;
	}
	return ok;
}
