#include "store/replica.h"

#include "base/condition.h"
#include "base/mem.h"
#include "store/drivers.h"
#include "store/http_remote.h"
#include "store/pending.h"
#include "store/replica_parts.h"

#include <string.h>
#include <unistd.h>

struct replica *replica_of(struct store *store)
{
	return (struct replica *)store;
}

/* --- opening and closing --- */

static int64_t replica_now(void *data)
{
	struct replica *replica = data;
	return clock_now(&replica->machine) + atomic_load(&replica->offset_ms);
}

static void replica_close(struct store *store)
{
	struct replica *replica = replica_of(store);
	replica_detach(replica);
	reach_close(&replica->own);
	pthread_cond_destroy(&replica->moved);
	pthread_mutex_destroy(&replica->lock);
	talloc_free(replica);
}

static void replica_cancel(struct store *store)
{
	struct replica *replica = replica_of(store);
	pthread_mutex_lock(&replica->lock);
	struct store *const both[] = {replica->own.inner, replica->own.copy};
	for (size_t i = 0; i < ARRAY_LEN(both); i++) {
		if (both[i]) {
			store_cancel(both[i]);
		}
	}
	pthread_mutex_unlock(&replica->lock);
}

static void init_lock(struct replica *replica)
{
	pthread_mutex_init(&replica->lock, NULL);
	condition_init(&replica->moved);
}

/* --- what is asked of the desk alone --- */

static bool told(struct store *store, bool ok, const struct error *err)
{
	return reach_told(&replica_of(store)->own, ok, err);
}

static bool pass_blob_put(struct store *store, const void *mem, const void *bytes, size_t size,
	char **key, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_blob_put(inner, mem, bytes, size, key, err), err);
}

static bool pass_sign_out(struct store *store, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_sign_out(inner, err), err);
}

/* Without the desk it is whoever the copy is of. */
static bool pass_whoami(struct store *store, const void *mem, char **login, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct store *inner = replica_desk(replica, err);
	if (inner && told(store, store_whoami(inner, mem, login, err), err)) {
		return true;
	}
	*login = mem_strdup(mem, replica->login);
	return replica->login && is_link_error(err);
}

static bool pass_password_set(
	struct store *store, const struct password_change *password, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_password_set(inner, password, err), err);
}

static bool pass_tokens(
	struct store *store, const void *mem, struct token_list *list, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_tokens(inner, mem, list, err), err);
}

static bool pass_presence(struct store *store, const struct presence *presence, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_presence(inner, presence, err), err);
}

static bool pass_presences(struct store *store, const void *mem, int64_t ticket,
	struct presence_list *list, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_presences(inner, mem, ticket, list, err), err);
}

static bool pass_memos(struct store *store, const void *mem, const struct memo_query *query,
	struct memo_list *list, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_memos(inner, mem, query, list, err), err);
}

static bool pass_backup(struct store *store, const char *path, store_progress_fn *progress,
	void *data, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_backup(inner, path, progress, data, err), err);
}

static bool pass_check(struct store *store, const void *mem, store_progress_fn *progress,
	void *data, struct findings *findings, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_check(inner, mem, progress, data, findings, err), err);
}

static bool pass_dump(struct store *store, store_record_fn *each, void *data, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_dump(inner, each, data, err), err);
}

static bool pass_mirror(struct store *store, const struct mirror_query *query,
	store_record_fn *each, void *data, struct mirror *mirror, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_mirror(inner, query, each, data, mirror, err), err);
}

static bool pass_restore_begin(struct store *store, struct error *err)
{
	struct store *inner = replica_desk(replica_of(store), err);
	return inner && told(store, store_restore_begin(inner, err), err);
}

static bool pass_restore(
	struct store *store, const struct record *record, bool *added, struct error *err)
{
	struct store *inner = replica_of(store)->own.inner;
	return told(store, store_restore(inner, record, added, err), err);
}

/* Nothing that was here needs to be there any more. */
static bool pass_restore_end(struct store *store, bool commit, struct error *err)
{
	struct replica *replica = replica_of(store);
	bool ok = told(store, store_restore_end(replica->own.inner, commit, err), err);
	store->actor = replica->own.inner->actor;
	replica->own.is_checked = false;
	return ok;
}

/* --- the driver --- */

static const struct store_driver store_replica = {
	.schemes = "replica",
	.close = replica_close,
	.cancel = replica_cancel,
	.directory = replica_directory,
	.directory_copy = replica_directory_copy,
	.queue = replica_queue,
	.rows = replica_rows,
	.next = replica_next,
	.counts = replica_counts,
	.outbox = replica_outbox,
	.loads = replica_loads,
	.ticket = replica_ticket,
	.customer = replica_customer,
	.customer_find = replica_customer_find,
	.ref_find = replica_ref_find,
	.search = replica_search,
	.apply = replica_apply,
	.blob_put = pass_blob_put,
	.blob_get = replica_blob_get,
	.draft_save = replica_draft_save,
	.draft_discard = replica_draft_discard,
	.draft_restore = replica_draft_restore,
	.draft_adopt = replica_draft_adopt,
	.drafts = replica_drafts,
	.renew = replica_renew,
	.link = replica_link,
	.pending = replica_pending,
	.pending_drop = replica_pending_drop,
	.sign_out = pass_sign_out,
	.whoami = pass_whoami,
	.tokens = pass_tokens,
	.password_set = pass_password_set,
	.presence = pass_presence,
	.presences = pass_presences,
	.memos = pass_memos,
	.feed = replica_feed,
	.log = replica_log,
	.backup = pass_backup,
	.check = pass_check,
	.dump = pass_dump,
	.mirror = pass_mirror,
	.restore_begin = pass_restore_begin,
	.restore = pass_restore,
	.restore_end = pass_restore_end,
};

bool replica_open(const void *mem, const struct replica_options *options, struct store **store,
	struct error *err)
{
	struct replica *replica = mem_new(mem, struct replica);
	replica->store.driver = &store_replica;
	replica->drivers = options->drivers;
	replica->driver_count = options->driver_count;
	replica->location = mem_strdup(replica, options->location);
	replica->folder = mem_strdup(replica, options->folder);
	replica->is_strict = options->is_strict;
	replica->is_stepped = options->is_stepped;
	replica->options = options->desk;
	replica->machine = options->desk.clock.now ? options->desk.clock : clock_system();
	replica->store.clock = (struct clock){replica_now, replica};
	replica->own.replica = replica;
	replica->lead = -1;
	replica->status.round_trip_ms = -1;
	init_lock(replica);
	struct store *inner;
	bool ok = options->login ? replica_attach(replica, options->login, err)
				 : reach_inner(&replica->own, &inner, err);
	if (!ok) {
		replica_close(&replica->store);
		return false;
	}
	*store = &replica->store;
	return true;
}

static bool copied_open(const void *mem, const char *location, const struct store_options *options,
	struct store **store, struct error *err)
{
	static const struct store_driver *const drivers[] = {&store_http};
	if (!options->copy_of || options->is_stranger) {
		return store_http.open(mem, location, options, store, err);
	}
	if (!remote_may_reach(location, options, err)) {
		return false; /* a copy that is there would hide it */
	}
	char *folder = replica_folder(NULL);
	struct replica_options how = {.location = location,
		.drivers = drivers,
		.driver_count = ARRAY_LEN(drivers),
		.login = *options->copy_of ? options->copy_of : NULL,
		.folder = folder,
		.desk = *options};
	bool ok = replica_open(mem, &how, store, err);
	talloc_free(folder);
	return ok;
}

const struct store_driver store_copied = {.schemes = "unix http https", .open = copied_open};

bool replica_step(struct store *store, struct error *err)
{
	struct replica *replica = replica_of(store);
	return sync_check(&replica->own, err) && pending_flush(&replica->own, err) &&
	       sync_all(&replica->own, err);
}

/* --- taking it away --- */

static bool has_pending(const char *dir, bool *has, struct error *err)
{
	struct pending *pending;
	size_t waiting = 0, refused = 0;
	char *path = pending_path(NULL, dir);
	bool is_there = access(path, F_OK) == 0;
	talloc_free(path);
	*has = false;
	if (!is_there) {
		return true;
	}
	if (!pending_open(NULL, dir, &pending, err)) {
		return false;
	}
	bool ok = pending_count(pending, false, &waiting, err) &&
		  pending_count(pending, true, &refused, err);
	pending_close(pending);
	*has = waiting + refused > 0;
	return ok;
}

static void remove_files(const char *dir, bool *removed)
{
	static const char *const names[] = {"copy.db", "copy.db-wal", "copy.db-shm", "copy.db-lock",
		"pending.db", "pending.db-wal", "pending.db-shm", "pending.db-lock", "lead"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		char *path = mem_printf(NULL, "%s/%s", dir, names[i]);
		*removed = unlink(path) == 0 || *removed;
		talloc_free(path);
	}
	rmdir(dir);
}

bool replica_wipe(const char *folder, const char *location, const char *login, bool *removed,
	struct error *err)
{
	char *dir = replica_dir(NULL, folder, location, login);
	bool has;
	*removed = false;
	bool ok = has_pending(dir, &has, err);
	if (ok && has) {
		ok = error_set_reason(err, ERROR_CONFLICT, "pending",
			N_("texts that were not sent yet are kept on this machine; the copy of the "
			   "desk was not taken away: send or throw them away first"),
			NULL);
	} else if (ok) {
		remove_files(dir, removed);
	}
	talloc_free(dir);
	return ok;
}
