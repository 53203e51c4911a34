#include "store/replica_parts.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/paths.h"
#include "store/pending.h"

#include <string.h>

bool is_link_error(const struct error *err)
{
	if (err->code == ERROR_UNCERTAIN) {
		return true;
	}
	return err->code == ERROR_UNAVAILABLE &&
	       (!err->reason || strcmp(err->reason, "cancelled") != 0);
}

bool refuse_offline(struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "offline",
		N_("the desk cannot be reached, and this cannot be done without it; it goes on "
		   "when the line is back"),
		NULL);
}

bool refuse_absent(struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "offline",
		N_("the desk cannot be reached, and this is not in the copy on this machine; it "
		   "can "
		   "be read when the line is back"),
		NULL);
}

/* --- the state of the link --- */

bool replica_is_down(struct replica *replica)
{
	pthread_mutex_lock(&replica->lock);
	bool is_down = replica->is_down;
	pthread_mutex_unlock(&replica->lock);
	return is_down;
}

/* Times come from the desk's clock; a copy's readers see them in their own. */
static void learn_clock(struct replica *replica, const struct store *inner)
{
	atomic_store(&replica->offset_ms, store_now(inner) - clock_now(&replica->machine));
}

bool reach_told(struct reach *reach, bool ok, const struct error *err)
{
	struct replica *replica = reach->replica;
	bool is_link = !ok && err && is_link_error(err);
	bool refused_as_offline = is_link && err->reason && strcmp(err->reason, "offline") == 0;
	if (refused_as_offline ||
		(!ok && err && err->reason && strcmp(err->reason, "cancelled") == 0)) {
		return ok;
	}
	if (!is_link && reach->inner) {
		learn_clock(replica, reach->inner);
	}
	pthread_mutex_lock(&replica->lock);
	if (is_link && !replica->is_down) {
		replica->down_since = clock_monotonic();
	}
	replica->is_down = is_link;
	replica->status.err = is_link ? *err : (struct error){0};
	pthread_cond_broadcast(&replica->moved);
	pthread_mutex_unlock(&replica->lock);
	reach->is_checked = reach->is_checked && !is_link;
	return ok;
}

/* --- handles --- */

static void set_handle(struct reach *reach, struct store **place, struct store *handle)
{
	pthread_mutex_lock(&reach->replica->lock);
	struct store *former = *place;
	*place = handle;
	pthread_mutex_unlock(&reach->replica->lock);
	store_close(former);
}

static bool open_inner(struct reach *reach, struct error *err)
{
	struct replica *replica = reach->replica;
	struct store *inner;
	if (!store_open(NULL, replica->location, replica->drivers, replica->driver_count,
		    &replica->options, &inner, err)) {
		return false;
	}
	set_handle(reach, &reach->inner, inner);
	return true;
}

bool reach_inner(struct reach *reach, struct store **inner, struct error *err)
{
	struct replica *replica = reach->replica;
	struct error own = {0};
	bool is_asked = !reach->inner;
	bool ok = reach->inner || open_inner(reach, &own);
	int64_t actor = ok ? reach->inner->actor : 0;
	if (ok && replica->login &&
		(actor == 0 || (replica->attached != 0 && actor != replica->attached))) {
		is_asked = true;
		ok = store_act_as(reach->inner, replica->login, &own);
	}
	*inner = reach->inner;
	if (!ok && err) {
		*err = own;
	}
	/* A handle that was there says nothing about whether the desk can be reached. */
	return is_asked ? reach_told(reach, ok, &own) : ok;
}

bool replica_inner(struct replica *replica, struct store **inner, struct error *err)
{
	bool is_kept = replica->listener || replica->is_stepped; /* somebody tries again */
	if (is_kept && replica_is_down(replica)) {
		return refuse_offline(err);
	}
	return reach_inner(&replica->own, inner, err);
}

static char *copy_path(const struct replica *replica, const void *mem)
{
	return mem_printf(mem, "%s/copy.db", replica->dir);
}

static void tell_no_copy(struct replica *replica, const struct error *err)
{
	pthread_mutex_lock(&replica->lock);
	if (replica->status.err.code == ERROR_NONE) {
		replica->status.err = *err;
	}
	pthread_mutex_unlock(&replica->lock);
}

struct desk *reach_copy(struct reach *reach)
{
	struct replica *replica = reach->replica;
	enum { AGAIN_MS = 60000 };
	int64_t now = clock_monotonic();
	bool has_failed = reach->copy_failed_at && now - reach->copy_failed_at < AGAIN_MS;
	if (!reach->copy && replica->dir && !has_failed) {
		char *path = copy_path(replica, NULL);
		struct store *copy = NULL;
		struct error err = {0};
		if (copy_open(NULL, path, &replica->store.clock, &copy, &err)) {
			set_handle(reach, &reach->copy, copy);
		} else {
			reach->copy_failed_at = now;
			tell_no_copy(replica, &err);
		}
		talloc_free(path);
	}
	if (reach->copy) {
		reach->copy->actor = replica->attached;
	}
	return reach->copy ? desk_of(reach->copy) : NULL;
}

struct pending *reach_pending(struct reach *reach)
{
	struct replica *replica = reach->replica;
	struct error err = {0};
	if (!reach->pending && replica->dir &&
		!pending_open(NULL, replica->dir, &reach->pending, &err)) {
		reach->pending = NULL;
		tell_no_copy(replica, &err);
	}
	return reach->pending;
}

void reach_close(struct reach *reach)
{
	pending_close(reach->pending);
	reach->pending = NULL;
	set_handle(reach, &reach->inner, NULL);
	set_handle(reach, &reach->copy, NULL);
	reach->is_checked = false;
}

/* --- whose copy --- */

char *replica_folder(const void *mem)
{
	return paths_state(mem, "copies");
}

char *replica_dir(const void *mem, const char *folder, const char *location, const char *login)
{
	struct digest digest;
	digest_init(&digest);
	digest_text(&digest, location);
	digest_text(&digest, login);
	char *hex = digest_hex(NULL, &digest);
	hex[16] = '\0';
	char *dir = mem_printf(mem, "%s/%s-%s", folder, login, hex);
	talloc_free(hex);
	return dir;
}

void replica_detach(struct replica *replica)
{
	replica_stop(replica);
	set_handle(&replica->own, &replica->own.copy, NULL);
	pending_close(replica->own.pending);
	replica->own.pending = NULL;
	talloc_free(replica->login);
	talloc_free(replica->dir);
	replica->login = replica->dir = NULL;
	replica->attached = 0;
}

/* The operator whose copy this is: the copy knows, or the desk. */
static bool find_operator(struct replica *replica, struct error *err)
{
	struct desk *copy = reach_copy(&replica->own);
	struct copy_state state = {0};
	struct store *inner;
	if (copy && copy_state_read(copy, &state, NULL) && state.operator_id &&
		!replica->is_strict) {
		replica->attached = state.operator_id;
		return true;
	}
	if (!reach_inner(&replica->own, &inner, err)) {
		return false;
	}
	replica->attached = inner->actor;
	return true;
}

bool replica_attach(struct replica *replica, const char *login, struct error *err)
{
	struct error ignored = {0};
	if (replica->login && strcmp(replica->login, login) == 0) {
		return true;
	}
	replica_detach(replica);
	replica->login = mem_strdup(replica, login);
	replica->dir = replica_dir(replica, replica->folder, replica->location, login);
	if (!file_make_dirs(replica->dir, &ignored)) {
		tell_no_copy(replica, &ignored);
	}
	if (!find_operator(replica, err)) {
		replica_detach(replica);
		return false;
	}
	if (reach_pending(&replica->own)) {
		pending_tell(&replica->own);
	}
	if (!replica->is_strict && !replica->is_stepped && !replica->options.read_only) {
		replica_start(replica);
	}
	return true;
}

static bool is_attached(const struct replica *replica)
{
	return replica->store.actor == 0 || replica->attached == replica->store.actor;
}

static bool attach_actor(struct replica *replica, struct error *err)
{
	const struct directory *directory;
	struct store *inner;
	if (!reach_inner(&replica->own, &inner, err) || !store_directory(inner, &directory, err)) {
		return false;
	}
	const struct operator_ *operator_ = directory_operator(directory, replica->store.actor);
	if (!operator_) {
		return refuse_offline(err);
	}
	char *login = mem_strdup(NULL, operator_->login);
	inner->actor = replica->store.actor;
	bool ok = replica_attach(replica, login, err);
	talloc_free(login);
	return ok;
}

/* What own changes altered is fetched before it is looked at; for a moment only, and not at all
 * while the link is down. */
static void fetch_wanted(struct replica *replica)
{
	enum { WAIT_MS = 1500 };
	struct error ignored = {0};
	size_t count = replica->wanted_count;
	replica->wanted_count = 0;
	if (count == 0 || replica_is_down(replica)) {
		return;
	}
	if (replica->is_stepped) {
		sync_numbers(&replica->own, replica->wanted, count, &ignored);
	} else {
		replica_fetch(replica, replica->wanted, count, WAIT_MS);
	}
}

bool replica_ready(struct replica *replica, struct desk **copy, struct error *err)
{
	struct error own = {0};
	*copy = NULL;
	if (replica->store.actor == 0 && !replica->login) {
		return true;
	}
	if (!is_attached(replica) && !attach_actor(replica, err)) {
		return false;
	}
	if (replica->is_strict) {
		if (!sync_strictly(&replica->own, &replica->strict_revision, &own) &&
			!is_link_error(&own) && own.code != ERROR_DENIED) {
			*err = own;
			return false;
		}
	} else {
		fetch_wanted(replica);
	}
	*copy = reach_copy(&replica->own);
	return true;
}

bool replica_prepare(struct replica *replica, struct error *err)
{
	struct desk *copy;
	return is_attached(replica) || replica_ready(replica, &copy, err);
}

struct store *replica_desk(struct replica *replica, struct error *err)
{
	struct store *inner;
	return replica_prepare(replica, err) && replica_inner(replica, &inner, err) ? inner : NULL;
}
