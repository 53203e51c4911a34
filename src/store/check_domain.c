#include "store/care.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "core/address.h"

#include <string.h>

static void check_address(struct checking *checking, struct sql_query *query)
{
	void *scratch = mem_context(NULL);
	const char *value = sql_peek(query, 2), *key = sql_peek(query, 3);
	struct address_parts parts;
	struct error err = {0};
	char *told = mem_printf(scratch, "%s", key);
	bool same = address_parse(scratch, value, &parts, &err) && strcmp(parts.key, key) == 0;
	/* The kind may have been told with the address and not be written in it. */
	same = same || (address_parse(scratch, told, &parts, &err) && strcmp(parts.key, key) == 0);
	if (!same) {
		check_found(checking, true,
			N_("address {0} of customer {1} is kept as \"{2}\": it will not be found"),
			value, sql_peek(query, 1), key, NULL);
	}
	talloc_free(scratch);
}

bool check_addresses(struct checking *checking, struct error *err)
{
	struct sql_query *query =
		sql_prepare(checking->desk->sql, "SELECT id, customer, value, key FROM address");
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		check_address(checking, query);
	}
	sql_done(query);
	return ok;
}

/* A clock that ran ahead and was set back leaves changes that are dated later than their followers;
 * while it is ahead by more than five minutes, changes are dated by the clock again. */
bool check_clock(struct checking *checking, struct error *err)
{
	int64_t newest;
	if (!sql_exec_int(checking->desk->sql,
		    "SELECT coalesce(max(at), 0) FROM change_log WHERE imported = 0", &newest,
		    err)) {
		return false;
	}
	if (newest > checking->now + 5 * MS_MINUTE) {
		char *at = timestamp_format(NULL, newest);
		char *span = timestamp_span(at, newest - checking->now);
		check_found(checking, false,
			N_("the newest change is dated {0}, {1} ahead of this machine's clock; set "
			   "the clock right"),
			at, span, NULL);
		talloc_free(at);
	}
	return check_rows(checking, false,
		"SELECT revision, datetime(at / 1000, 'unixepoch'), datetime(before / 1000, "
		"'unixepoch') FROM (SELECT revision, at, lag(at, 1, 0) OVER (ORDER BY revision) AS "
		"before FROM change_log WHERE imported = 0) WHERE at < before",
		N_("change {0} is dated {1} UTC, but the one before it {2} UTC: the clock was set "
		   "back"),
		err);
}
