#include "store/care.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool reserve(const char *path, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0) {
		close(fd);
		return true;
	}
	if (errno == EEXIST) {
		return error_set_reason(err, ERROR_CONFLICT, "exists",
			N_("{0} is there already; nothing was altered; choose another name"), path,
			NULL);
	}
	return error_set_reason(err, ERROR_UNAVAILABLE, "cannot_make",
		N_("the backup {0} cannot be made: {1}"), path, strerror(errno), NULL);
}

static void remove_unfinished(const char *path)
{
	static const char *const suffixes[] = {"", "-journal", "-wal", "-shm"};
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		char *name = mem_printf(NULL, "%s%s", path, suffixes[i]);
		unlink(name);
		talloc_free(name);
	}
}

bool backup_file(struct sql *sql, const char *path, store_progress_fn *progress, void *data,
	struct error *err)
{
	if (!reserve(path, err)) {
		return false;
	}
	bool ok = sql_backup(sql, path, progress, data, err);
	if (!ok) {
		remove_unfinished(path);
	}
	return ok;
}

/* The read transaction keeps the copy to one state: without it SQLite would begin anew whenever
 * somebody else commits. */
bool desk_backup(struct store *store, const char *path, store_progress_fn *progress, void *data,
	struct error *err)
{
	struct desk *desk = desk_of(store);
	bool ok = desk_read_begin(desk, err) && backup_file(desk->sql, path, progress, data, err);
	desk_read_end(desk);
	return ok;
}
