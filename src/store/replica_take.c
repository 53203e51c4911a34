#include "store/replica_parts.h"

#include "base/mem.h"

/* Answers are fetched first and taken in one transaction, so that nobody waits for the line while
 * the copy is locked. */

bool reach_ask(struct reach *reach, const void *mem, const struct mirror_query *query,
	struct told **told, struct error *err)
{
	struct store *inner;
	return reach_inner(reach, &inner, err) &&
	       reach_told(reach, told_ask(mem, inner, query, told, err), err);
}

static bool take_then(struct desk *copy, struct told *const *told, size_t count, copy_then_fn *then,
	void *data, struct error *err)
{
	struct copy_state state;
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		ok = copy_take(copy, told[i], err);
	}
	return ok &&
	       (!then || (copy_state_read(copy, &state, err) && then(copy, &state, data, err) &&
				 copy_state_write(copy, &state, err)));
}

static bool find_copy(struct reach *reach, struct desk **copy, struct error *err)
{
	*copy = reach_copy(reach);
	return *copy || error_set_reason(err, ERROR_INTERNAL, "no_copy",
				N_("there is no copy of the desk on this machine"), NULL);
}

bool reach_take(struct reach *reach, struct told *const *told, size_t count, copy_then_fn *then,
	void *data, struct error *err)
{
	struct desk *copy;
	if (!find_copy(reach, &copy, err) || !desk_write_begin(copy, copy->sql, err)) {
		return false;
	}
	bool ok = take_then(copy, told, count, then, data, err);
	return desk_write_end(copy, copy->sql, ok, err) && ok;
}

bool reach_refresh(struct reach *reach, const struct mirror_query *query, copy_then_fn *then,
	void *data, struct mirror *mirror, struct error *err)
{
	void *mem = mem_context(NULL);
	struct told *told;
	bool ok = reach_ask(reach, mem, query, &told, err);
	if (ok && mirror) {
		*mirror = told->mirror;
	}
	ok = ok && reach_take(reach, &told, 1, then, data, err);
	talloc_free(mem);
	return ok;
}

bool reach_state(struct reach *reach, struct copy_state *state, struct error *err)
{
	struct desk *copy;
	return find_copy(reach, &copy, err) && copy_state_read(copy, state, err);
}
