#include "store/copy.h"

#include "base/mem.h"
#include "store/statement.h"

/* The content of files that were read: where a desk has it, and when each was read. */

enum { PART_BYTES = 1024 * 1024 };

static bool of_key(struct desk *desk, int statement, const char *key, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, statement);
	sql_bind_text(query, 1, key);
	return sql_run(query, err);
}

static bool of_number(struct desk *desk, int statement, int64_t number, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, statement);
	sql_bind_int(query, 1, number);
	return sql_run(query, err);
}

static bool put_head(
	struct desk *desk, int statement, const char *key, int64_t size, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, statement);
	sql_bind_text(query, 1, key);
	sql_bind_int(query, 2, size);
	sql_bind_int(query, 3, store_now(&desk->store));
	return sql_run(query, err);
}

static bool put_parts(
	struct desk *desk, const char *key, const char *bytes, size_t size, struct error *err)
{
	bool ok = of_key(desk, COPY_PARTS_DELETE, key, err);
	for (size_t at = 0; ok && at < size; at += PART_BYTES) {
		struct sql_query *query = sql_query(desk->sql, BLOB_PART_INSERT);
		size_t left = size - at;
		sql_bind_text(query, 1, key);
		sql_bind_int(query, 2, (int64_t)(at / PART_BYTES));
		sql_bind_blob(query, 3, bytes + at, left < PART_BYTES ? left : PART_BYTES);
		ok = sql_run(query, err);
	}
	return ok;
}

static bool drop_parts(struct desk *desk, struct error *err)
{
	return sql_changed(desk->sql) == 0 || sql_run(sql_query(desk->sql, COPY_PARTS_TRIM), err);
}

bool copy_files_put(
	struct desk *desk, const char *key, const void *bytes, size_t size, struct error *err)
{
	if (size > COPY_FILE_MOST) {
		return true;
	}
	if (!desk_write_begin(desk, desk->sql, err)) {
		return false;
	}
	bool ok = put_head(desk, COPY_BLOB, key, (int64_t)size, err) &&
		  put_parts(desk, key, bytes, size, err) &&
		  put_head(desk, COPY_KEPT_PUT, key, (int64_t)size, err) &&
		  of_number(desk, COPY_KEPT_LIMIT, COPY_FILES_MOST, err) && drop_parts(desk, err);
	return desk_write_end(desk, desk->sql, ok, err) && ok;
}

bool copy_files_has(struct desk *desk, const char *key, bool *has, struct error *err)
{
	struct sql_query *query = sql_query(desk->sql, COPY_KEPT_HAS);
	sql_bind_text(query, 1, key);
	bool ok = sql_first(query, has, err);
	sql_done(query);
	return ok;
}

bool copy_files_trim(struct desk *desk, struct error *err)
{
	return sql_run(sql_query(desk->sql, COPY_KEPT_TRIM), err) && drop_parts(desk, err);
}
