#include "store/http_remote.h"

#include "base/mem.h"
#include "codec/objects.h"

/* What is there now, without waiting. */
static bool look(
	struct remote *remote, const void *mem, int64_t since, struct feed *feed, struct error *err)
{
	char *path = mem_strdup(NULL, "/v1/feed");
	if (since >= 0) {
		remote_path_add_int(&path, "since", since);
	}
	bool ok = remote_get(remote, path, &feed_object, mem, feed, err);
	talloc_free(path);
	return ok;
}

bool remote_feed(struct store *store, const void *mem, int64_t since, int wait_ms,
	struct feed *feed, struct error *err)
{
	(void)wait_ms;
	return look(remote_of(store), mem, since, feed, err);
}
