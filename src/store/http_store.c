#include "store/drivers.h"

#include "base/mem.h"
#include "store/http_remote.h"

/* A desk behind a server: opening and closing, and the list of its verbs. */

/* A server that counts what is in a file of gigabytes says nothing meanwhile. */
enum { PATIENCE_MS = 15 * 60 * 1000 };

static int64_t server_now(void *data)
{
	struct remote *remote = data;
	return clock_now(&remote->clock) + remote->ahead_ms;
}

static void remote_close(struct store *store)
{
	struct remote *remote = remote_of(store);
	http_close(remote->http);
	http_close(remote->patient);
	remote_feed_close(remote);
	http_close(remote->stream);
	talloc_free(remote);
}

static void remote_cancel(struct store *store)
{
	struct remote *remote = remote_of(store);
	http_cancel(remote->http);
	http_cancel(remote->patient);
	http_cancel(remote->stream);
}

static struct http_options http_options_of(
	const char *location, const struct store_options *options)
{
	return (struct http_options){.location = location,
		.token = options->token,
		.ca_file = options->ca_file,
		.insecure = options->insecure};
}

bool remote_may_reach(const char *location, const struct store_options *options, struct error *err)
{
	struct http_options how = http_options_of(location, options);
	struct http *http;
	bool ok = http_open(&how, &http, err);
	http_close(http);
	return ok;
}

static bool connect_to(
	struct remote *remote, const struct store_options *options, struct error *err)
{
	struct http_options how = http_options_of(remote->location, options);
	struct http_options patient = how;
	patient.stall_ms = PATIENCE_MS;
	return http_open(&how, &remote->http, err) && http_open(&patient, &remote->patient, err) &&
	       http_open(&how, &remote->stream, err) &&
	       (options->is_stranger || remote_directory_fetch(remote, err));
}

static bool remote_open(const void *mem, const char *location, const struct store_options *options,
	struct store **store, struct error *err)
{
	if (options->create) {
		return error_set_reason(err, ERROR_INVALID, "create",
			N_("a desk is made as a file, on the machine of its server: atende init "
			   "FILE"),
			NULL);
	}
	struct remote *remote = mem_new(mem, struct remote);
	remote->location = mem_strdup(remote, location);
	remote->pages = page_cache_create(remote);
	remote->clock = options->clock.now ? options->clock : clock_system();
	remote->store.driver = &store_http;
	remote->store.clock = (struct clock){server_now, remote};
	if (!connect_to(remote, options, err)) {
		remote_close(&remote->store);
		return false;
	}
	remote->is_fresh = remote->directory != NULL;
	*store = &remote->store;
	return true;
}

const struct store_driver store_http = {
	.schemes = "unix http https",
	.open = remote_open,
	.close = remote_close,
	.cancel = remote_cancel,
	.directory = remote_directory,
	.directory_copy = remote_directory_copy,
	.queue = remote_queue,
	.rows = remote_rows,
	.next = remote_next,
	.counts = remote_counts,
	.outbox = remote_outbox,
	.loads = remote_loads,
	.ticket = remote_ticket,
	.customer = remote_customer,
	.customer_find = remote_customer_find,
	.ref_find = remote_ref_find,
	.search = remote_search,
	.apply = remote_apply,
	.blob_put = remote_blob_put,
	.blob_get = remote_blob_get,
	.draft_save = remote_draft_save,
	.draft_discard = remote_draft_discard,
	.draft_restore = remote_draft_restore,
	.draft_adopt = remote_draft_adopt,
	.drafts = remote_drafts,
	.renew = remote_renew,
	.sign_in = remote_sign_in,
	.sign_out = remote_sign_out,
	.whoami = remote_whoami,
	.tokens = remote_tokens,
	.password_set = remote_password_set,
	.presence = remote_presence,
	.presences = remote_presences,
	.memos = remote_memos,
	.feed = remote_feed,
	.log = remote_log,
	.backup = remote_backup,
	.check = remote_check,
	.dump = remote_dump,
	.mirror = remote_mirror,
	.restore_begin = remote_restore_begin,
	.restore = remote_restore,
	.restore_end = remote_restore_end,
};
