#include "store/care.h"

#include "base/mem.h"
#include "store/schema.h"

#include <string.h>

/* The schema of the file against the one that a new desk has. */

/* White space aside: a column that was added later stands where ALTER TABLE put it. */
static bool same_text(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strspn(a, " \t\n");
		b += strspn(b, " \t\n");
		if (*a != *b || *a == '\0') {
			return *a == *b;
		}
	}
}

static bool has_definition(struct sql *sql, const char *type, const char *name, const char *text,
	bool *found, bool *same, struct error *err)
{
	struct sql_query *query = sql_prepare(
		sql, "SELECT coalesce(sql, '') FROM sqlite_schema WHERE type = $1 AND name = $2");
	sql_bind_text(query, 1, type);
	sql_bind_text(query, 2, name);
	bool ok = sql_first(query, found, err);
	*same = ok && *found && same_text(sql_peek(query, 0), text);
	sql_done(query);
	return ok;
}

static bool compare(struct checking *checking, struct sql *model, struct error *err)
{
	struct sql_query *query = sql_prepare(
		model, "SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY rowid");
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		const char *type = sql_peek(query, 0), *name = sql_peek(query, 1);
		bool found, same;
		if (!has_definition(checking->desk->sql, type, name, sql_peek(query, 2), &found,
			    &same, err)) {
			ok = false;
			break;
		}
		if (!found) {
			check_found(checking, true, N_("the {0} {1} is missing"), type, name, NULL);
		} else if (!same) {
			check_found(checking, true,
				N_("the {0} {1} is not as this program makes it"), type, name,
				NULL);
		}
	}
	sql_done(query);
	return ok;
}

bool check_schema(struct checking *checking, struct error *err)
{
	struct sql *model;
	struct sql_open_options options = {.create = true};
	if (!sql_open(NULL, ":memory:", &options, &model, err)) {
		return false;
	}
	bool ok = sql_exec(model, schema_text, err) && compare(checking, model, err);
	sql_close(model);
	return ok;
}
