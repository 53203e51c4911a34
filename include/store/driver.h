#ifndef ATENDE_STORE_DRIVER_H
#define ATENDE_STORE_DRIVER_H

#include "store/store.h"

#include <stdatomic.h>

/*
 * What a back end is made of: one function for each verb of store/store.h, which says what they do;
 * the functions there only look the verb up. Nobody outside store includes this.
 *
 * A back end's handle begins with a struct store. Verbs may rely on: changes are applied as actor
 * `store->actor` (0: the desk, which may act as anyone), results were zeroed by the wrapper.
 */
struct store {
	const struct store_driver *driver;
	struct clock clock;
	int64_t actor;
	atomic_bool is_cancelled; /* set by store_cancel, cleared when a call begins */
};

struct store_driver {
	const char *schemes; /* "sqlite": what may stand before the colon of a location, with blanks
			      * between; of the first driver of a program nothing has to */
	bool (*open)(const void *mem, const char *location, const struct store_options *options,
		struct store **store, struct error *err);
	void (*close)(struct store *store);
	void (*cancel)(struct store *store); /* besides setting is_cancelled; from any thread */

	bool (*directory)(
		struct store *store, const struct directory **directory, struct error *err);
	const struct directory *(*directory_known)(const struct store *store);
	bool (*directory_copy)(struct store *store, const void *mem, struct directory **directory,
		struct error *err);
	/* May be NULL: never known. */
	bool (*version)(struct store *store, int64_t *version, struct error *err);
	bool (*due_at)(
		struct store *store, int64_t *at, struct error *err); /* NULL: a file alone */
	bool (*queue)(struct store *store, const void *mem, const struct queue_query *query,
		struct queue_page *page, struct error *err);
	bool (*rows)(struct store *store, const void *mem, const int64_t *numbers, size_t count,
		struct queue_page *page, struct error *err);
	bool (*next)(
		struct store *store, const void *mem, struct ticket_row *row, struct error *err);
	bool (*counts)(struct store *store, struct counts *counts, struct error *err);
	bool (*outbox)(
		struct store *store, const void *mem, struct outbox *outbox, struct error *err);
	bool (*loads)(
		struct store *store, const void *mem, struct load_list *loads, struct error *err);
	bool (*ticket)(struct store *store, const void *mem, int64_t number,
		struct ticket_view *view, struct error *err);
	bool (*customer)(struct store *store, const void *mem, int64_t id,
		struct customer_view *view, struct error *err);
	bool (*customer_find)(struct store *store, const void *mem, const char *address,
		int64_t *id, struct error *err);
	bool (*ref_find)(struct store *store, bool customer, const char *ref, int64_t *id,
		struct error *err);
	bool (*search)(struct store *store, const void *mem, const struct search_query *query,
		struct search_page *page, struct error *err);

	bool (*apply)(struct store *store, const struct change *changes, size_t count,
		struct result *results, struct error *err);

	bool (*blob_put)(struct store *store, const void *mem, const void *bytes, size_t size,
		char **key, struct error *err);
	bool (*blob_get)(struct store *store, const void *mem, int64_t ticket, const char *key,
		char **bytes, size_t *size, struct error *err);

	bool (*draft_save)(struct store *store, const struct draft *draft, struct error *err);
	bool (*draft_discard)(
		struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
	bool (*draft_restore)(
		struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
	bool (*draft_adopt)(struct store *store, int64_t ticket, int64_t author,
		enum draft_kind kind, struct error *err);
	bool (*drafts)(struct store *store, const void *mem, bool bin, struct draft_list *list,
		struct error *err);
	bool (*renew)(struct store *store, struct renewal *renewal, struct error *err);

	void (*link)(struct store *store, struct link_status *status); /* NULL: a file */
	bool (*pending)(struct store *store, const void *mem, struct pending_list *list,
		struct error *err); /* NULL: none */
	bool (*pending_drop)(struct store *store, const struct uuid *id, struct error *err);

	/* NULL: it is not done there. The first three are of servers, the last three of files. */
	bool (*sign_in)(struct store *store, const void *mem, const struct sign_in *in,
		char **token, struct error *err);
	bool (*sign_out)(struct store *store, struct error *err);
	bool (*whoami)(struct store *store, const void *mem, char **login, struct error *err);
	bool (*tokens)(
		struct store *store, const void *mem, struct token_list *list, struct error *err);
	bool (*password_set)(
		struct store *store, const struct password_change *password, struct error *err);
	bool (*token_find)(struct store *store, const void *mem, const char *hash,
		struct token *token, struct error *err);
	bool (*token_used)(struct store *store, int64_t id, int64_t at, struct error *err);
	bool (*credential)(struct store *store, const void *mem, int64_t operator_id, char **hash,
		struct error *err);
	bool (*presence)(struct store *store, const struct presence *presence, struct error *err);
	bool (*presences)(struct store *store, const void *mem, int64_t ticket,
		struct presence_list *list, struct error *err);
	bool (*memos)(struct store *store, const void *mem, const struct memo_query *query,
		struct memo_list *list, struct error *err);

	bool (*feed)(struct store *store, const void *mem, int64_t since, int wait_ms,
		struct feed *feed, struct error *err);
	bool (*audiences)(struct store *store, const void *mem, const struct feed *feed,
		struct audience **audiences, struct error *err); /* NULL: no desk of its own */
	bool (*log)(struct store *store, const void *mem, int64_t ticket, int64_t since,
		size_t limit, struct feed *feed, struct error *err);

	bool (*backup)(struct store *store, const char *path, store_progress_fn *progress,
		void *data, struct error *err);
	bool (*check)(struct store *store, const void *mem, store_progress_fn *progress, void *data,
		struct findings *findings, struct error *err);
	bool (*dump)(struct store *store, store_record_fn *each, void *data, struct error *err);
	bool (*mirror)(struct store *store, const struct mirror_query *query, store_record_fn *each,
		void *data, struct mirror *mirror, struct error *err);
	bool (*restore_begin)(struct store *store, struct error *err);
	bool (*restore)(
		struct store *store, const struct record *record, bool *added, struct error *err);
	bool (*restore_end)(struct store *store, bool commit, struct error *err);
};

#endif
