#ifndef ATENDE_STORE_HTTP_REMOTE_H
#define ATENDE_STORE_HTTP_REMOTE_H

#include "codec/field_json.h"
#include "net/transfer.h"
#include "store/driver.h"

/*
 * The handle of a desk behind a server (doc/openapi.yaml), and what its verbs share. Nobody outside
 * store includes this.
 *
 * What the server sends is a stranger's: it is read by object_from_json (codec/field_json.h), and
 * words are looked up in the copy of the directory that is kept here. Every answer says as of which
 * revision of the directory it was made, and a newer one is fetched before it is read.
 */
struct remote {
	struct store store;
	struct http *http;
	struct http *patient;	     /* for what takes long */
	struct http *stream;	     /* for the events of the feed */
	const char *location;	     /* for sentences */
	struct directory *directory; /* NULL before the first answer */
	char *directory_etag;
	char *directory_text; /* as it came */
	bool is_fresh;	      /* nothing was asked since the directory came with the opening */
	struct page_cache *pages;
	struct clock clock;	  /* of this machine */
	int64_t ahead_ms;	  /* the server's clock is */
	struct remote_feed *feed; /* http_feed.c; NULL before the first wait */
};

struct remote *remote_of(struct store *store);

/* What can be said of location and options without asking the server: INVALID as of http_open. */
bool remote_may_reach(const char *location, const struct store_options *options, struct error *err);

/* One request. What is not named may be NULL. */
struct remote_call {
	const char *method; /* "GET" */
	const char *path;   /* with its query; see remote_path_add */
	const void *body;
	size_t size;
	const char *type;   /* of the body; JSON */
	const char *accept; /* JSON */
	bool is_change;	    /* no answer means that it may have been done: UNCERTAIN */
	bool is_page;	    /* worth keeping: the same may be asked again soon */
	const char *etag;   /* of what the caller has: 304 is an answer then */
	bool is_long;	    /* the server may think for minutes */
	bool is_once;	    /* must not be sent again by itself */
	http_taker take;    /* as in struct http_request */
	void *take_data;
	struct transfer **under_way; /* where the taker can see it */
};

/*
 * Sends it, with who acts; *answer on mem has status 2xx. What the server refuses is its error. Any
 * other answer is none of a server of this kind (UNAVAILABLE, reason "no_server"), or of another
 * version (INVALID, reason "version"). The directory is current afterwards.
 */
bool remote_send(struct remote *remote, const struct remote_call *call, const void *mem,
	struct http_answer *answer, struct error *err);

/* The same, whatever the directory is. */
bool remote_receive(struct remote *remote, const struct remote_call *call, const void *mem,
	struct http_answer *answer, struct error *err);

/* As remote_send, with the answer as an object of JSON on mem; NULL when it has no content. */
bool remote_ask(struct remote *remote, const struct remote_call *call, const void *mem,
	const struct json **json, struct error *err);

/* The answer read as this object into *row; all of it on mem. */
bool remote_read(struct remote *remote, const struct remote_call *call,
	const struct object_info *object, const void *mem, void *row, struct error *err);
/* The same for GET path. */
bool remote_get(struct remote *remote, const char *path, const struct object_info *object,
	const void *mem, void *row, struct error *err);

/* The headers of a request, its Accept and who acts; *headers has room for two and NULL. On mem. */
void remote_headers(
	const struct remote *remote, const void *mem, const char *accept, const char **headers);

/* What an answer refuses, as an error; false. */
bool remote_refused(const struct remote *remote, const struct remote_call *call,
	const struct http_answer *answer, struct error *err);

/* What came is not what was asked for: INVALID, reason "version"; UNCERTAIN for a change. `err` has
 * what is wrong with it. */
bool remote_strange(const struct remote *remote, const struct remote_call *call, struct error *err);

/* Adds "name=value" to the query of a path, which is a talloc string; NULL adds nothing. */
void remote_path_add(char **path, const char *name, const char *value);
void remote_path_add_int(char **path, const char *name, int64_t value);

/* --- http_directory.c --- */

/* Makes the directory that of the server, if it is not. */
bool remote_directory_fetch(struct remote *remote, struct error *err);
bool remote_directory(struct store *store, const struct directory **directory, struct error *err);
bool remote_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err);

/* --- http_pages.c: the newest answers, to be used again when the server says that they hold --- */

struct page_cache *page_cache_create(const void *mem);
/* The ETag of what is kept for this path, NULL without. */
const char *page_cache_etag(const struct page_cache *cache, const char *path);
/* Its bytes. */
const char *page_cache_body(const struct page_cache *cache, const char *path, size_t *size);
void page_cache_put(struct page_cache *cache, const char *path, const char *etag, const char *body,
	size_t size);

/* --- verbs: store/store.h says what they do --- */

/* http_read.c */
bool remote_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err);
bool remote_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err);
bool remote_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err);
bool remote_counts(struct store *store, struct counts *counts, struct error *err);
bool remote_outbox(struct store *store, const void *mem, struct outbox *outbox, struct error *err);
bool remote_loads(struct store *store, const void *mem, struct load_list *loads, struct error *err);
bool remote_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err);
bool remote_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err);
bool remote_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err);
bool remote_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err);
bool remote_search(struct store *store, const void *mem, const struct search_query *query,
	struct search_page *page, struct error *err);
bool remote_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err);
bool remote_log(struct store *store, const void *mem, int64_t ticket, int64_t since, size_t limit,
	struct feed *feed, struct error *err);
bool remote_blob_get(struct store *store, const void *mem, int64_t ticket, const char *key,
	char **bytes, size_t *size, struct error *err);

/* http_write.c */
bool remote_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err);
bool remote_blob_put(struct store *store, const void *mem, const void *bytes, size_t size,
	char **key, struct error *err);
bool remote_draft_save(struct store *store, const struct draft *draft, struct error *err);
bool remote_draft_discard(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
bool remote_draft_restore(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err);
bool remote_draft_adopt(struct store *store, int64_t ticket, int64_t author, enum draft_kind kind,
	struct error *err);
bool remote_renew(struct store *store, struct renewal *renewal, struct error *err);

/* http_line.c */
bool remote_presence(struct store *store, const struct presence *presence, struct error *err);
bool remote_presences(struct store *store, const void *mem, int64_t ticket,
	struct presence_list *list, struct error *err);
bool remote_memos(struct store *store, const void *mem, const struct memo_query *query,
	struct memo_list *list, struct error *err);

/* http_identity.c */
bool remote_sign_in(struct store *store, const void *mem, const struct sign_in *in, char **token,
	struct error *err);
bool remote_sign_out(struct store *store, struct error *err);
bool remote_whoami(struct store *store, const void *mem, char **login, struct error *err);
bool remote_tokens(
	struct store *store, const void *mem, struct token_list *list, struct error *err);
bool remote_password_set(
	struct store *store, const struct password_change *password, struct error *err);

/* http_feed.c */
void remote_feed_close(struct remote *remote);
bool remote_feed(struct store *store, const void *mem, int64_t since, int wait_ms,
	struct feed *feed, struct error *err);

/* http_care.c */
bool remote_backup(struct store *store, const char *path, store_progress_fn *progress, void *data,
	struct error *err);
bool remote_check(struct store *store, const void *mem, store_progress_fn *progress, void *data,
	struct findings *findings, struct error *err);
bool remote_mirror(struct store *store, const struct mirror_query *query, store_record_fn *each,
	void *data, struct mirror *mirror, struct error *err);
bool remote_dump(struct store *store, store_record_fn *each, void *data, struct error *err);
bool remote_restore_begin(struct store *store, struct error *err);
bool remote_restore(
	struct store *store, const struct record *record, bool *added, struct error *err);
bool remote_restore_end(struct store *store, bool commit, struct error *err);

#endif
