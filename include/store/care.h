#ifndef ATENDE_STORE_CARE_H
#define ATENDE_STORE_CARE_H

#include "store/desk.h"

/*
 * The verbs of SQL stores that look after a desk as a whole: copy, check, export and back; and what
 * they share. store/store.h says what the verbs do. Nobody outside store includes this.
 */

/* sql_backup.c */
/* To a new file, of which nothing is left after a failure. */
bool backup_file(struct sql *sql, const char *path, store_progress_fn *progress, void *data,
	struct error *err);
bool desk_backup(struct store *store, const char *path, store_progress_fn *progress, void *data,
	struct error *err);

/* sql_dump.c: admins only, for a desk is more than anybody else may see */
bool desk_dump(struct store *store, store_record_fn *each, void *data, struct error *err);
bool desk_may_care(const struct desk *desk, struct error *err);

/*
 * The tables whose rows are records, in schema order: what a type is called, where its rows are
 * read and inserted. Counters and the full-text index are not among them: they follow.
 */
struct dump_table {
	const char *type;
	int select, insert; /* statements: all columns in the schema's order, by key */
};
extern const struct dump_table dump_tables[];
extern const size_t dump_table_count;
/* change_log.id is kept as bytes and written as text. */
bool dump_is_uuid(const struct dump_table *table, const char *column);
/* One row of the table as a record; values are the query's, until its next step, array on mem. */
void dump_read(const struct dump_table *table, struct sql_query *query, const void *mem,
	struct record *record);
const struct dump_table *dump_table_find(const char *type); /* NULL: no such type */

/* sql_mirror.c */
bool desk_mirror(struct store *store, const struct mirror_query *query, store_record_fn *each,
	void *data, struct mirror *mirror, struct error *err);

/* sql_restore.c */
bool desk_restore_begin(struct store *store, struct error *err);
bool desk_restore(struct store *store, const struct record *record, bool *added, struct error *err);
bool desk_restore_end(struct store *store, bool commit, struct error *err);

/* sql_check.c */
bool desk_check(struct store *store, const void *mem, store_progress_fn *progress, void *data,
	struct findings *findings, struct error *err);

/*
 * A check under way: findings are added to it. Each part of the check is a function that is false
 * only when it could not look.
 */
struct checking {
	struct desk *desk;
	const void *mem;
	struct findings *findings;
	int64_t now;
	size_t limit; /* so many of a kind, then one that says how many more */
};

/* Adds a finding: msgid and arguments as error_set takes them. */
void check_found(struct checking *checking, bool is_error, const char *text, ...)
	__attribute__((sentinel));
/* Every row of an ad hoc text of ours is a finding, its first columns the arguments. */
bool check_rows(struct checking *checking, bool is_error, const char *query, const char *text,
	struct error *err);

typedef bool check_fn(struct checking *checking, struct error *err);
check_fn check_schema;		       /* check_file.c */
check_fn check_texts;		       /* check_texts.c */
check_fn check_addresses, check_clock; /* check_domain.c */
check_fn check_files;		       /* check_files.c */

#endif
