#include "store/store.h"

#include "base/mem.h"
#include "core/problem.h"
#include "store/driver.h"

#include <string.h>

/* --- opening --- */

static bool has_scheme(const struct store_driver *driver, const char *location, size_t size)
{
	for (const char *at = driver->schemes; *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		if (length == size && strncmp(at, location, size) == 0) {
			return true;
		}
		at += length;
	}
	return false;
}

/* "sqlite:FILE": the driver of that scheme; a plain path belongs to the first. */
static const struct store_driver *choose_driver(
	const char *location, const struct store_driver *const *drivers, size_t driver_count)
{
	size_t scheme = strcspn(location, ":");
	for (size_t i = 0; i < driver_count && location[scheme]; i++) {
		if (has_scheme(drivers[i], location, scheme)) {
			return location[scheme + 1] ? drivers[i] : NULL;
		}
	}
	return strstr(location, "://") || !*location || driver_count == 0 ? NULL : drivers[0];
}

bool store_open(const void *mem, const char *location, const struct store_driver *const *drivers,
	size_t driver_count, const struct store_options *options, struct store **store,
	struct error *err)
{
	const struct store_driver *driver = choose_driver(location, drivers, driver_count);
	if (!driver) {
		return error_set_reason(err, ERROR_INVALID, "location",
			N_("\"{0}\" is no place of a desk that this program knows; give a file, "
			   "unix:PATH or https://…"),
			location, NULL);
	}
	return driver->open(mem, location, options, store, err);
}

void store_close(struct store *store)
{
	if (store) {
		store->driver->close(store);
	}
}

bool store_act_as(struct store *store, const char *login, struct error *err)
{
	const struct directory *directory;
	if (!store_directory(store, &directory, err)) {
		return false;
	}
	const struct operator_ *operator_ = directory_login(directory, login);
	if (!operator_) {
		return problem(err, PROBLEM_NO_OPERATOR, login, NULL);
	}
	if (!operator_->enabled) {
		return problem(err, PROBLEM_DISABLED, login, NULL);
	}
	store->actor = operator_->id;
	return true;
}

void store_set_actor(struct store *store, int64_t operator_id)
{
	store->actor = operator_id;
}

int64_t store_actor(const struct store *store)
{
	return store->actor;
}

int64_t store_now(const struct store *store)
{
	return clock_now(&store->clock);
}

void store_cancel(struct store *store)
{
	atomic_store(&store->is_cancelled, true);
	store->driver->cancel(store);
}

static const struct store_driver *verbs(struct store *store)
{
	atomic_store(&store->is_cancelled, false);
	return store->driver;
}

/* --- reading --- */

bool store_directory(struct store *store, const struct directory **directory, struct error *err)
{
	return verbs(store)->directory(store, directory, err);
}

const struct directory *store_directory_known(const struct store *store)
{
	return store->driver->directory_known(store);
}

bool store_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err)
{
	return verbs(store)->directory_copy(store, mem, directory, err);
}

bool store_version(struct store *store, int64_t *version, struct error *err)
{
	*version = -1;
	return !store->driver->version || verbs(store)->version(store, version, err);
}

bool store_due_at(struct store *store, int64_t *at, struct error *err)
{
	*at = 0;
	return verbs(store)->due_at(store, at, err);
}

bool store_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err)
{
	*page = (struct queue_page){0};
	return verbs(store)->queue(store, mem, query, page, err);
}

bool store_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err)
{
	*page = (struct queue_page){0};
	return verbs(store)->rows(store, mem, numbers, count, page, err);
}

bool store_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err)
{
	*row = (struct ticket_row){0};
	return verbs(store)->next(store, mem, row, err);
}

bool store_counts(struct store *store, struct counts *counts, struct error *err)
{
	*counts = (struct counts){0};
	return verbs(store)->counts(store, counts, err);
}

bool store_outbox(struct store *store, const void *mem, struct outbox *outbox, struct error *err)
{
	*outbox = (struct outbox){0};
	return verbs(store)->outbox(store, mem, outbox, err);
}

bool store_loads(struct store *store, const void *mem, struct load_list *loads, struct error *err)
{
	*loads = (struct load_list){0};
	return verbs(store)->loads(store, mem, loads, err);
}

bool store_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err)
{
	*view = (struct ticket_view){0};
	return verbs(store)->ticket(store, mem, number, view, err);
}

bool store_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err)
{
	*view = (struct customer_view){0};
	return verbs(store)->customer(store, mem, id, view, err);
}

bool store_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err)
{
	*id = 0;
	return verbs(store)->customer_find(store, mem, address, id, err);
}

bool store_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err)
{
	*id = 0;
	return verbs(store)->ref_find(store, customer, ref, id, err);
}

bool store_search(struct store *store, const void *mem, const struct search_query *query,
	struct search_page *page, struct error *err)
{
	*page = (struct search_page){0};
	return verbs(store)->search(store, mem, query, page, err);
}

/* --- writing --- */

bool store_apply(struct store *store, const struct change *changes, size_t count,
	struct result *results, struct error *err)
{
	memset(results, 0, count * sizeof *results);
	return verbs(store)->apply(store, changes, count, results, err);
}

bool store_blob_put(struct store *store, const void *mem, const void *bytes, size_t size,
	char **key, struct error *err)
{
	return verbs(store)->blob_put(store, mem, bytes, size, key, err);
}

bool store_blob_get(struct store *store, const void *mem, int64_t ticket, const char *key,
	char **bytes, size_t *size, struct error *err)
{
	*bytes = NULL;
	*size = 0;
	return verbs(store)->blob_get(store, mem, ticket, key, bytes, size, err);
}

bool store_draft_save(struct store *store, const struct draft *draft, struct error *err)
{
	return verbs(store)->draft_save(store, draft, err);
}

bool store_draft_discard(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err)
{
	return verbs(store)->draft_discard(store, ticket, kind, err);
}

bool store_draft_restore(
	struct store *store, int64_t ticket, enum draft_kind kind, struct error *err)
{
	return verbs(store)->draft_restore(store, ticket, kind, err);
}

bool store_draft_adopt(struct store *store, int64_t ticket, int64_t author, enum draft_kind kind,
	struct error *err)
{
	return verbs(store)->draft_adopt(store, ticket, author, kind, err);
}

bool store_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err)
{
	*list = (struct draft_list){0};
	return verbs(store)->drafts(store, mem, bin, list, err);
}

bool store_renew(struct store *store, struct renewal *renewal, struct error *err)
{
	return verbs(store)->renew(store, renewal, err);
}

/* --- the way to the desk --- */

void store_link(struct store *store, struct link_status *status)
{
	*status = (struct link_status){.round_trip_ms = -1};
	if (store->driver->link) {
		store->driver->link(store, status);
	}
}

bool store_pending(
	struct store *store, const void *mem, struct pending_list *list, struct error *err)
{
	*list = (struct pending_list){0};
	const struct store_driver *driver = verbs(store);
	return !driver->pending || driver->pending(store, mem, list, err);
}

bool store_pending_drop(struct store *store, const struct uuid *id, struct error *err)
{
	const struct store_driver *driver = verbs(store);
	if (driver->pending_drop) {
		return driver->pending_drop(store, id, err);
	}
	return error_set_reason(err, ERROR_NOT_FOUND, "no_pending",
		N_("nothing of that kind waits to be sent"), NULL);
}

/* --- passwords and tokens --- */

static bool not_here(struct error *err)
{
	return error_set_reason(err, ERROR_INVALID, "not_here",
		N_("this desk is reached another way, by which that cannot be done"), NULL);
}

bool store_sign_in(struct store *store, const void *mem, const struct sign_in *in, char **token,
	struct error *err)
{
	*token = NULL;
	return verbs(store)->sign_in ? store->driver->sign_in(store, mem, in, token, err)
				     : not_here(err);
}

bool store_sign_out(struct store *store, struct error *err)
{
	return !verbs(store)->sign_out || store->driver->sign_out(store, err);
}

bool store_whoami(struct store *store, const void *mem, char **login, struct error *err)
{
	*login = NULL;
	return !verbs(store)->whoami || store->driver->whoami(store, mem, login, err);
}

bool store_tokens(struct store *store, const void *mem, struct token_list *list, struct error *err)
{
	*list = (struct token_list){0};
	return verbs(store)->tokens ? store->driver->tokens(store, mem, list, err) : not_here(err);
}

bool store_password_set(
	struct store *store, const struct password_change *password, struct error *err)
{
	return verbs(store)->password_set ? store->driver->password_set(store, password, err)
					  : not_here(err);
}

bool store_token_find(struct store *store, const void *mem, const char *hash, struct token *token,
	struct error *err)
{
	*token = (struct token){0};
	return verbs(store)->token_find ? store->driver->token_find(store, mem, hash, token, err)
					: not_here(err);
}

bool store_token_used(struct store *store, int64_t id, int64_t at, struct error *err)
{
	return verbs(store)->token_used ? store->driver->token_used(store, id, at, err)
					: not_here(err);
}

bool store_credential(
	struct store *store, const void *mem, int64_t operator_id, char **hash, struct error *err)
{
	*hash = NULL;
	return verbs(store)->credential
		       ? store->driver->credential(store, mem, operator_id, hash, err)
		       : not_here(err);
}

/* --- the internal line --- */

bool store_presence(struct store *store, const struct presence *presence, struct error *err)
{
	return verbs(store)->presence(store, presence, err);
}

bool store_presences(struct store *store, const void *mem, int64_t ticket,
	struct presence_list *list, struct error *err)
{
	*list = (struct presence_list){0};
	return verbs(store)->presences(store, mem, ticket, list, err);
}

bool store_memos(struct store *store, const void *mem, const struct memo_query *query,
	struct memo_list *list, struct error *err)
{
	*list = (struct memo_list){0};
	return verbs(store)->memos(store, mem, query, list, err);
}

/* --- the feed --- */

bool store_feed(struct store *store, const void *mem, int64_t since, int wait_ms, struct feed *feed,
	struct error *err)
{
	*feed = (struct feed){0};
	return verbs(store)->feed(store, mem, since, wait_ms, feed, err);
}

bool store_audiences(struct store *store, const void *mem, const struct feed *feed,
	struct audience **audiences, struct error *err)
{
	const struct store_driver *driver = verbs(store);
	*audiences = NULL;
	return driver->audiences
		       ? driver->audiences(store, mem, feed, audiences, err)
		       : error_set_reason(err, ERROR_UNAVAILABLE, "no_audiences",
				 N_("who is told of a change is known where the desk is"), NULL);
}

bool store_log(struct store *store, const void *mem, int64_t ticket, int64_t since, size_t limit,
	struct feed *feed, struct error *err)
{
	*feed = (struct feed){0};
	return verbs(store)->log(store, mem, ticket, since, limit, feed, err);
}

/* --- care --- */

bool store_backup(struct store *store, const char *path, store_progress_fn *progress, void *data,
	struct error *err)
{
	return verbs(store)->backup(store, path, progress, data, err);
}

bool store_check(struct store *store, const void *mem, store_progress_fn *progress, void *data,
	struct findings *findings, struct error *err)
{
	*findings = (struct findings){0};
	return verbs(store)->check(store, mem, progress, data, findings, err);
}

bool store_dump(struct store *store, store_record_fn *each, void *data, struct error *err)
{
	return verbs(store)->dump(store, each, data, err);
}

bool store_mirror(struct store *store, const struct mirror_query *query, store_record_fn *each,
	void *data, struct mirror *mirror, struct error *err)
{
	*mirror = (struct mirror){0};
	return verbs(store)->mirror(store, query, each, data, mirror, err);
}

bool store_restore_begin(struct store *store, struct error *err)
{
	return verbs(store)->restore_begin(store, err);
}

bool store_restore(struct store *store, const struct record *record, bool *added, struct error *err)
{
	*added = false;
	return verbs(store)->restore(store, record, added, err);
}

bool store_restore_end(struct store *store, bool commit, struct error *err)
{
	return verbs(store)->restore_end(store, commit, err);
}
