#include "store/drivers.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "store/care.h"
#include "store/desk.h"
#include "store/desk_file.h"
#include "store/reads.h"
#include "store/schema.h"
#include "store/writes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Opening, making and closing a desk that is a SQLite file, and the list of its verbs. */

static void sqlite_close(struct store *store)
{
	struct desk *desk = desk_of(store);
	sql_close(desk->soft);
	sql_close(desk->sql);
	if (desk->turnstile >= 0) {
		close(desk->turnstile);
	}
	talloc_free(desk);
}

static void sqlite_cancel(struct store *store)
{
	struct desk *desk = desk_of(store);
	sql_interrupt(desk->sql);
	if (desk->soft) {
		sql_interrupt(desk->soft);
	}
}

/* The directory cannot be read yet, so this is no verb. */
static bool copy_older(struct desk *desk, int version, struct error *err)
{
	char *at = timestamp_format(NULL, store_now(&desk->store) / MS_SECOND * MS_SECOND);
	char *path = mem_printf(at, "%s.schema-%d-%s", desk->path, version, at);
	bool ok = backup_file(desk->sql, path, NULL, NULL, err);
	talloc_free(at);
	return ok;
}

static bool upgrade(struct desk *desk, int version, bool copies, struct error *err)
{
	if (version == schema_version) {
		return true;
	}
	if (desk->read_only) {
		return error_set_reason(err, ERROR_INVALID, "older",
			N_("the desk {0} was made by an older atende; open it once for writing, so "
			   "that it is brought up to date"),
			desk->path, NULL);
	}
	return (!copies || copy_older(desk, version, err)) &&
	       desk_file_upgrade(desk->sql, desk->path, err);
}

static bool open_file(struct desk *desk, bool copies, struct error *err)
{
	struct sql_open_options how = {.read_only = desk->read_only, .sync = SYNC_FULL};
	struct sql_open_options soft = {.sync = SYNC_NORMAL};
	int version;
	if (access(desk->path, F_OK) != 0) {
		return error_set_reason(err, ERROR_UNAVAILABLE, "no_file",
			N_("there is no desk {0}; give its file with --desk, or make one with "
			   "\"atende init {0}\""),
			desk->path, NULL);
	}
	if (!desk_file_is_local(desk->path, err) ||
		!sql_open(desk, desk->path, &how, &desk->sql, err) ||
		!desk_file_identify(desk->sql, desk->path, &version, err)) {
		return false;
	}
	if (desk->read_only) {
		return upgrade(desk, version, copies, err);
	}
	desk->turnstile = desk_file_lock_open(desk->path, err);
	return desk->turnstile >= 0 && sql_use_wal(desk->sql, err) &&
	       upgrade(desk, version, copies, err) &&
	       sql_open(desk, desk->path, &soft, &desk->soft, err);
}

static bool open_desk(const void *mem, const char *path, const struct store_options *options,
	struct store **store, struct error *err)
{
	struct desk *desk = mem_new(mem, struct desk);
	desk->path = mem_strdup(desk, path);
	desk->read_only = options->read_only;
	desk->turnstile = -1;
	desk->shelf = options->read_only ? row_shelf_create(desk) : NULL;
	desk->store.driver = &store_sqlite;
	desk->store.clock = options->clock.now ? options->clock : clock_system();
	if (!open_file(desk, options->backup_before_upgrade, err) || !desk_read_begin(desk, err)) {
		sqlite_close(&desk->store);
		return false;
	}
	desk_read_end(desk);
	*store = &desk->store;
	return true;
}

/* --- making --- */

/* What customers wrote is for nobody else on the machine, whatever the umask is; that it cannot be
 * made is told by who opens it. */
static void make_private(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0) {
		close(fd);
	}
}

static bool make_file(const char *path, struct error *err)
{
	make_private(path);
	struct sql *sql;
	struct sql_open_options how = {.create = true, .sync = SYNC_FULL};
	if (!sql_open(NULL, path, &how, &sql, err)) {
		return false;
	}
	bool ok = desk_file_fill(sql, err);
	sql_close(sql);
	return ok;
}

/* The first admin; the desk itself enters him, for there is nobody else yet. */
static bool enter_creator(const char *path, const struct store_options *options, struct error *err)
{
	if (!options->creator) {
		return true;
	}
	struct store_options how = {.clock = options->clock};
	struct store *store;
	if (!open_desk(NULL, path, &how, &store, err)) {
		return false;
	}
	struct change change = {.id = uuid_make(store_now(store)),
		.kind = CHANGE_OPERATOR,
		.key = options->creator,
		.role = ROLE_ADMIN};
	struct result result = {0};
	bool ok = store_apply(store, &change, 1, &result, err);
	if (ok && !result.ok) {
		*err = result.err;
		ok = false;
	}
	store_close(store);
	return ok;
}

static void remove_leftovers(const char *path)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-lock"};
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		char *name = mem_printf(NULL, "%s%s", path, suffixes[i]);
		unlink(name);
		talloc_free(name);
	}
}

/* Made under another name and linked when complete: nobody ever meets half a desk. */
static bool create_desk(const char *path, const struct store_options *options, struct error *err)
{
	if (!desk_file_is_local(path, err)) {
		return false;
	}
	char *draft = mem_printf(NULL, "%s.new-%ld", path, (long)getpid());
	bool ok = make_file(draft, err) && enter_creator(draft, options, err);
	if (ok && link(draft, path) != 0) {
		ok = errno == EEXIST ? error_set_reason(err, ERROR_CONFLICT, "exists",
					       N_("{0} is there already; nothing was altered; "
						  "choose another name"),
					       path, NULL)
				     : error_set_reason(err, ERROR_UNAVAILABLE, "cannot_make",
					       N_("the desk {0} cannot be made: {1}"), path,
					       strerror(errno), NULL);
	}
	remove_leftovers(draft);
	talloc_free(draft);
	return ok;
}

static bool sqlite_open(const void *mem, const char *location, const struct store_options *options,
	struct store **store, struct error *err)
{
	static const char scheme[] = "sqlite:";
	size_t size = strlen(scheme);
	const char *path = strncmp(location, scheme, size) == 0 ? location + size : location;
	if (options->create && !create_desk(path, options, err)) {
		return false;
	}
	return open_desk(mem, path, options, store, err);
}

const struct store_driver store_sqlite = {
	.schemes = "sqlite",
	.open = sqlite_open,
	.close = sqlite_close,
	.cancel = sqlite_cancel,
	.directory = desk_directory,
	.directory_known = desk_directory_known,
	.version = desk_version,
	.directory_copy = desk_directory_copy,
	.due_at = desk_due_at,
	.queue = desk_queue,
	.rows = desk_rows,
	.next = desk_next,
	.counts = desk_counts,
	.outbox = desk_outbox,
	.loads = desk_loads,
	.ticket = desk_ticket,
	.customer = desk_customer,
	.customer_find = desk_customer_find,
	.ref_find = desk_ref_find,
	.search = desk_search,
	.backup = desk_backup,
	.check = desk_check,
	.dump = desk_dump,
	.mirror = desk_mirror,
	.restore_begin = desk_restore_begin,
	.restore = desk_restore,
	.restore_end = desk_restore_end,
	.apply = desk_apply,
	.blob_put = desk_blob_put,
	.blob_get = desk_blob_get,
	.draft_save = desk_draft_save,
	.draft_discard = desk_draft_discard,
	.draft_restore = desk_draft_restore,
	.draft_adopt = desk_draft_adopt,
	.drafts = desk_drafts,
	.renew = desk_renew,
	.tokens = desk_tokens,
	.password_set = desk_password_set,
	.token_find = desk_token_find,
	.token_used = desk_token_used,
	.credential = desk_credential,
	.presence = desk_presence,
	.presences = desk_presences,
	.memos = desk_memos,
	.feed = desk_feed,
	.audiences = desk_audiences,
	.log = desk_log,
};
