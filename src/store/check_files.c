#include "store/care.h"

#include "base/digest.h"
#include "base/mem.h"
#include "core/attachment.h"

#include <string.h>

/* Files: who has them, what they are called, and that their content is what its key says. */

static const struct {
	bool is_error;
	const char *query, *text;
} rules[] = {
	{true,
		"SELECT id, text FROM attachment WHERE NOT EXISTS(SELECT 1 FROM message WHERE id = "
		"attachment.text) AND NOT EXISTS(SELECT 1 FROM note WHERE id = attachment.text)",
		N_("file {0} belongs to text {1}, which is not there")},
	{true,
		"SELECT attachment.id, attachment.size_bytes, blob.size_bytes FROM attachment JOIN "
		"blob ON blob.key = blob WHERE attachment.size_bytes <> blob.size_bytes UNION ALL "
		"SELECT draft_attachment.id, draft_attachment.size_bytes, blob.size_bytes FROM "
		"draft_attachment JOIN blob ON blob.key = blob WHERE draft_attachment.size_bytes "
		"<> blob.size_bytes",
		N_("file {0} says that it has {1} bytes; there are {2}")},
	/* the log's detail names the files of a text */
	{true,
		"SELECT revision, n - m FROM (SELECT revision, json_array_length(detail, "
		"'$.attachments') AS n, (SELECT count(*) FROM attachment WHERE text = revision) AS "
		"m FROM change_log WHERE instr(detail, '\"attachments\"') > 0) WHERE n > m",
		N_("change {0} names {1} files more than it has")},
	{true,
		"SELECT DISTINCT key FROM blob JOIN attachment ON attachment.blob = blob.key WHERE "
		"check_at <> 0",
		N_("the content {0} would be removed though a text has it")},
	{false,
		"SELECT key FROM blob WHERE check_at = 0 AND NOT EXISTS(SELECT 1 FROM attachment "
		"WHERE blob = key)",
		N_("the content {0} is kept for nobody; it takes up room and does no harm")},
};

static bool check_names(struct checking *checking, struct error *err)
{
	struct sql_query *query =
		sql_prepare(checking->desk->sql, "SELECT id, name FROM attachment");
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		char *safe = attachment_safe_name(NULL, sql_peek(query, 1));
		if (strcmp(safe, sql_peek(query, 1)) != 0) {
			check_found(checking, true,
				N_("file {0} is called \"{1}\", which no folder should be asked to "
				   "take; it is saved as \"{2}\""),
				sql_peek(query, 0), sql_peek(query, 1), safe, NULL);
		}
		talloc_free(safe);
	}
	sql_done(query);
	return ok;
}

/* Of the parts that have come since the last key. */
struct sum {
	char *key;
	struct digest digest;
};

static void finish_sum(struct checking *checking, struct sum *sum)
{
	if (!sum->key) {
		return;
	}
	char *key = digest_hex(NULL, &sum->digest);
	if (strcmp(key, sum->key) != 0) {
		check_found(checking, true,
			N_("the content {0} of a file is not what it was; put back a backup"),
			sum->key, NULL);
	}
	talloc_free(key);
	talloc_free(sum->key);
}

static bool check_contents(struct checking *checking, struct error *err)
{
	struct sql_query *query = sql_prepare(checking->desk->sql,
		"SELECT key, bytes FROM blob LEFT JOIN blob_part ON blob = key ORDER BY key, "
		"position");
	struct sum sum = {NULL};
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		const char *key = sql_peek(query, 0);
		if (!sum.key || strcmp(sum.key, key) != 0) {
			finish_sum(checking, &sum);
			sum.key = mem_strdup(NULL, key);
			digest_init(&sum.digest);
		}
		size_t size;
		const void *bytes = sql_blob(query, 1, &size);
		digest_add(&sum.digest, bytes, size);
	}
	sql_done(query);
	finish_sum(checking, &sum);
	return ok;
}

bool check_files(struct checking *checking, struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if (!check_rows(checking, rules[i].is_error, rules[i].query, rules[i].text, err)) {
			return false;
		}
	}
	return check_names(checking, err) && check_contents(checking, err);
}
