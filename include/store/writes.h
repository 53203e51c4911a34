#ifndef ATENDE_STORE_WRITES_H
#define ATENDE_STORE_WRITES_H

#include "store/desk.h"

/*
 * The writing verbs of SQL stores, and the feed; store/store.h says what they do. Nobody outside
 * store includes this.
 */

/* sql_apply.c */
bool desk_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err);

/* sql_blob.c */
bool desk_blob_put(struct store *store, const void *mem, const void *bytes, size_t size, char **key,
	struct error *err);
bool desk_blob_get(struct store *store, const void *mem, int64_t ticket, const char *key,
	char **bytes, size_t *size, struct error *err);

/* sql_draft.c */
bool desk_draft_save(struct store *store, const struct draft *draft, struct error *err);
bool desk_draft_discard(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
bool desk_draft_restore(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
bool desk_draft_adopt(struct store *store, int64_t ticket, int64_t author, enum draft_kind kind,
	struct error *err);

/* sql_renew.c */
bool desk_renew(struct store *store, struct renewal *renewal, struct error *err);

/* sql_identity.c */
bool desk_tokens(struct store *store, const void *mem, struct token_list *list, struct error *err);
bool desk_token_find(struct store *store, const void *mem, const char *hash, struct token *token,
	struct error *err);
bool desk_token_used(struct store *store, int64_t id, int64_t at, struct error *err);
bool desk_credential(
	struct store *store, const void *mem, int64_t operator_id, char **hash, struct error *err);
bool desk_password_set(
	struct store *store, const struct password_change *password, struct error *err);
/* sql_presence.c */
bool desk_presence(struct store *store, const struct presence *presence, struct error *err);
bool desk_presences(struct store *store, const void *mem, int64_t ticket,
	struct presence_list *list, struct error *err);
/* Within a transaction: who is where, whatever the handle's operator may see. */
bool desk_presence_all(
	struct desk *desk, const void *mem, struct presence_list *list, struct error *err);

/* sql_memo.c */
bool desk_memos(struct store *store, const void *mem, const struct memo_query *query,
	struct memo_list *list, struct error *err);
/* Within a transaction: the ticket's newest, by id. */
bool desk_memos_of(struct desk *desk, const void *mem, int64_t ticket, struct memo **memos,
	size_t *count, struct error *err);

/* sql_draft_list.c */
bool desk_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err);

/* sql_audience.c */
bool desk_audiences(struct store *store, const void *mem, const struct feed *feed,
	struct audience **audiences, struct error *err);
/* Within a transaction. */
bool desk_audience(struct desk *desk, const void *mem, const struct feed_item *item,
	struct audience *audience, struct error *err);

/* sql_feed.c */
/* A row of LOG_SINCE or LOG_OF_TICKET. */
struct sql_query;
void feed_item_read(struct sql_query *row, const void *mem, struct feed_item *item);
bool desk_feed(struct store *store, const void *mem, int64_t since, int wait_ms, struct feed *feed,
	struct error *err);
bool desk_log(struct store *store, const void *mem, int64_t ticket, int64_t since, size_t limit,
	struct feed *feed, struct error *err);

#endif
