#include "store/apply.h"

#include "base/bytes.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/mem.h"
#include "core/permission.h"
#include "core/problem.h"
#include "store/shape.h"
#include "store/statement.h"
#include "store/writes.h"

#include <string.h>

/*
 * Files: their content, known by its digest and kept in parts, so that no row is large; and which
 * texts and drafts have them.
 */

enum { PART_BYTES = 1024 * 1024, BLOBS_AT_A_TIME = 20 };
#define UNUSED_MS ((int64_t)MS_DAY)

/* --- content in --- */

static char *key_of(const void *mem, const void *bytes, size_t size)
{
	struct digest digest;
	digest_init(&digest);
	digest_add(&digest, bytes, size);
	return digest_hex(mem, &digest);
}

static bool set_check_at(struct sql *sql, const char *key, int64_t at, struct error *err)
{
	struct sql_query *query = sql_query(sql, BLOB_CHECK_AT);
	sql_bind_text(query, 1, key);
	sql_bind_int(query, 2, at);
	return sql_run(query, err);
}

static bool insert_parts(
	struct sql *sql, const char *key, const char *bytes, size_t size, struct error *err)
{
	for (size_t at = 0; at < size; at += PART_BYTES) {
		struct sql_query *query = sql_query(sql, BLOB_PART_INSERT);
		sql_bind_text(query, 1, key);
		sql_bind_int(query, 2, (int64_t)(at / PART_BYTES));
		sql_bind_blob(
			query, 3, bytes + at, size - at < PART_BYTES ? size - at : PART_BYTES);
		if (!sql_run(query, err)) {
			return false;
		}
	}
	return true;
}

static bool has_blob(struct sql *sql, const char *key, int64_t *size_bytes, struct error *err)
{
	struct sql_query *query = sql_query(sql, BLOB_SIZE);
	bool found;
	sql_bind_text(query, 1, key);
	bool ok = sql_first(query, &found, err);
	*size_bytes = ok && found ? sql_int(query, 0) : -1;
	sql_done(query);
	return ok;
}

static bool put_blob(
	struct desk *desk, const char *key, const void *bytes, size_t size, struct error *err)
{
	int64_t now = store_now(&desk->store), present;
	if (!has_blob(desk->soft, key, &present, err)) {
		return false;
	}
	if (present >= 0) {
		return set_check_at(desk->soft, key, now + UNUSED_MS, err);
	}
	struct sql_query *query = sql_query(desk->soft, BLOB_INSERT);
	sql_bind_text(query, 1, key);
	sql_bind_int(query, 2, (int64_t)size);
	sql_bind_int(query, 3, now);
	sql_bind_int(query, 4, now + UNUSED_MS);
	return sql_run(query, err) && insert_parts(desk->soft, key, bytes, size, err);
}

static bool size_is_allowed(const struct desk *desk, size_t size, struct error *err)
{
	int64_t most = desk->directory->settings.max_attachment;
	if ((uint64_t)size <= (uint64_t)most) {
		return true;
	}
	char *text = bytes_format(NULL, most);
	problem(err, PROBLEM_FILE_SIZE, text, NULL);
	talloc_free(text);
	return false;
}

/* Not synced by itself: the commit of the change that names it is, and comes later in the same
 * log. */
bool desk_blob_put(struct store *store, const void *mem, const void *bytes, size_t size, char **key,
	struct error *err)
{
	struct desk *desk = desk_of(store);
	*key = key_of(mem, bytes, size);
	if (!desk_write_begin(desk, desk->soft, err)) {
		return false;
	}
	bool ok = size_is_allowed(desk, size, err) && put_blob(desk, *key, bytes, size, err);
	return desk_write_end(desk, desk->soft, ok, err) && ok;
}

/* --- content out --- */

static bool sees_draft_with(
	struct desk *desk, int64_t ticket, const char *key, bool *sees, struct error *err)
{
	const struct operator_ *actor = desk_actor(desk);
	struct claim claim;
	bool has_claim;
	if (!desk_claim_get(desk->sql, ticket, &claim, &has_claim, err)) {
		return false;
	}
	struct sql_query *query = sql_query(desk->sql, READ_BLOB_OF_DRAFT);
	sql_bind_int(query, 1, ticket);
	sql_bind_text(query, 2, key);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row && !*sees) {
		const struct operator_ *author =
			directory_operator(desk->directory, sql_int(query, 0));
		*sees = !actor ||
			(author && permission_sees_draft(actor, author, has_claim ? &claim : NULL,
					   store_now(&desk->store)));
	}
	sql_done(query);
	return ok;
}

static bool sees_blob(
	struct desk *desk, int64_t number, const char *key, bool *sees, struct error *err)
{
	bool ok = desk_sees_number(desk, number, sees, err);
	if (!ok || !*sees) {
		return ok && problem_number(err, PROBLEM_NO_TICKET, number, NULL);
	}
	struct sql_query *query = sql_query(desk->sql, READ_BLOB_OF_TEXT);
	int64_t has;
	sql_bind_int(query, 1, number);
	sql_bind_text(query, 2, key);
	if (!sql_number(query, &has, err)) {
		return false;
	}
	*sees = has != 0;
	return *sees || sees_draft_with(desk, number, key, sees, err);
}

/* The size is known before the parts: damage shows as a content that is shorter or longer. */
static bool read_parts(
	struct sql *sql, const char *key, char *bytes, size_t size, struct error *err)
{
	struct sql_query *query = sql_query(sql, READ_BLOB_PARTS);
	size_t at = 0, part = 0;
	bool has_row, ok;
	sql_bind_text(query, 1, key);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		const void *from = sql_blob(query, 0, &part);
		if (part > size - at) {
			break;
		}
		if (part) {
			memcpy(bytes + at, from, part);
		}
		at += part;
	}
	sql_done(query);
	return ok && ((!has_row && at == size) ||
			     error_set_reason(err, ERROR_INTERNAL, "damaged",
				     N_("the content of file {0} is damaged; put back a backup"),
				     key, NULL));
}

static bool get_blob(struct desk *desk, const void *mem, int64_t ticket, const char *key,
	char **bytes, size_t *size, struct error *err)
{
	bool sees;
	int64_t present = -1;
	if (!sees_blob(desk, ticket, key, &sees, err) ||
		(sees && !has_blob(desk->sql, key, &present, err))) {
		return false;
	}
	if (present < 0) {
		return problem(err, PROBLEM_NO_ATTACHMENT, key, NULL);
	}
	*size = (size_t)present;
	*bytes = mem_array(mem, char, *size + 1);
	return read_parts(desk->sql, key, *bytes, *size, err);
}

bool desk_blob_get(struct store *store, const void *mem, int64_t ticket, const char *key,
	char **bytes, size_t *size, struct error *err)
{
	struct desk *desk = desk_of(store);
	bool ok = desk_read_begin(desk, err) && get_blob(desk, mem, ticket, key, bytes, size, err);
	desk_read_end(desk);
	return ok;
}

/* --- who has them --- */

static bool read_list(struct sql *sql, const void *mem, int statement, int64_t id,
	struct attachment_list *list, struct error *err)
{
	struct sql_query *query = sql_query(sql, statement);
	void *rows;
	sql_bind_int(query, 1, id);
	bool ok = shape_read_all(&attachment_shape, query, mem, &rows, &list->count, err);
	list->items = ok ? rows : NULL;
	return ok;
}

bool desk_attachments(struct sql *sql, const void *mem, int64_t text, struct attachment_list *list,
	struct error *err)
{
	return read_list(sql, mem, ATTACHMENTS_OF_TEXT, text, list, err);
}

bool desk_draft_attachments(struct sql *sql, const void *mem, int64_t draft,
	struct attachment_list *list, struct error *err)
{
	return read_list(sql, mem, DRAFT_ATTACHMENTS, draft, list, err);
}

bool write_attachments(struct work *work)
{
	const struct attachment_list *list = &work->decision.attachments;
	for (size_t i = 0; i < list->count; i++) {
		struct sql_query *query = sql_query(work->sql, ATTACHMENT_INSERT);
		shape_bind(&attachment_shape, query, 1, &list->items[i]);
		if (!sql_run(query, work->err)) {
			return false;
		}
		query = sql_query(work->sql, BLOB_KEEP);
		sql_bind_text(query, 1, list->items[i].blob);
		if (!sql_run(query, work->err)) {
			return false;
		}
	}
	return true;
}

bool blob_sizes(struct work *work)
{
	const struct attachment_list *list = &work->change.attachments;
	int64_t *sizes = mem_array(work->mem, int64_t, list->count);
	for (size_t i = 0; i < list->count; i++) {
		if (!has_blob(work->sql, list->items[i].blob, &sizes[i], work->err)) {
			return false;
		}
	}
	work->facts.blob_sizes = sizes;
	return true;
}

/* --- what nobody has --- */

/* Gone, or looked at again later: a draft has it. */
static bool drop_blob(struct apply *apply, const char *key, int64_t now, struct error *err)
{
	struct sql_query *query = sql_query(apply->sql, BLOB_DELETE_UNUSED);
	sql_bind_text(query, 1, key);
	apply->is_dirty = true;
	return sql_run(query, err) && set_check_at(apply->sql, key, now + UNUSED_MS, err);
}

bool due_blobs(struct apply *apply, struct error *err)
{
	int64_t now = apply_now(apply);
	void *scratch = mem_context(NULL);
	char *keys[BLOBS_AT_A_TIME];
	size_t count = 0;
	struct sql_query *query = sql_query(apply->sql, BLOBS_DUE);
	sql_bind_int(query, 1, now);
	sql_bind_int(query, 2, BLOBS_AT_A_TIME);
	bool has_row, ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row && count < BLOBS_AT_A_TIME) {
		keys[count++] = sql_text(query, scratch, 0);
	}
	sql_done(query);
	for (size_t i = 0; ok && i < count; i++) {
		ok = drop_blob(apply, keys[i], now, err);
	}
	talloc_free(scratch);
	return ok;
}
