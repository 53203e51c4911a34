#include "store/desk_file.h"

#include "base/mem.h"
#include "base/os.h"
#include "store/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool desk_file_is_local(const char *path, struct error *err)
{
	char *folder = mem_strdup(NULL, path);
	char *slash = strrchr(folder, '/');
	if (slash) {
		slash[slash == folder ? 1 : 0] = '\0';
	}
	const char *type = os_network_filesystem(path);
	type = type ? type : os_network_filesystem(slash ? folder : ".");
	talloc_free(folder);
	return !type || error_set_reason(err, ERROR_INVALID, "network",
				N_("the desk {0} lies on a network file system ({1}), where two "
				   "machines would damage it; keep it on a local disk and let the "
				   "others sign in there"),
				path, type, NULL);
}

bool desk_file_identify(struct sql *sql, const char *path, int *version, struct error *err)
{
	int64_t id, found;
	if (!sql_exec_int(sql, "PRAGMA application_id", &id, err) ||
		!sql_exec_int(sql, "PRAGMA user_version", &found, err)) {
		return false;
	}
	if (id != DESK_APPLICATION_ID) {
		return error_set_reason(err, ERROR_INVALID, "other_program",
			N_("{0} is a database of another program, not a desk; give the right file "
			   "with --desk"),
			path, NULL);
	}
	*version = (int)found;
	if (found <= schema_version) {
		return true;
	}
	char *theirs = mem_printf(NULL, "%d", *version);
	char *ours = mem_printf(theirs, "%d", schema_version);
	error_set_reason(err, ERROR_INVALID, "newer",
		N_("the desk {0} was made by a newer atende: its schema is {1}, this program knows "
		   "up to {2}; update this program"),
		path, theirs, ours, NULL);
	talloc_free(theirs);
	return false;
}

static bool set_version(struct sql *sql, struct error *err)
{
	char *text = mem_printf(NULL, "PRAGMA application_id=%d; PRAGMA user_version=%d",
		DESK_APPLICATION_ID, schema_version);
	bool ok = sql_exec(sql, text, err);
	talloc_free(text);
	return ok;
}

bool desk_file_fill(struct sql *sql, struct error *err)
{
	if (!sql_use_wal(sql, err) || !sql_begin_write(sql, err)) {
		return false;
	}
	if (!sql_exec(sql, schema_text, err) || !set_version(sql, err)) {
		sql_rollback(sql);
		return false;
	}
	return sql_commit(sql, err);
}

/* The version is asked again: another process may have been faster. */
static bool run_steps(struct sql *sql, const char *path, struct error *err)
{
	int version;
	if (!desk_file_identify(sql, path, &version, err)) {
		return false;
	}
	for (int i = version; i < schema_version; i++) {
		if (!sql_exec(sql, schema_steps[i], err)) {
			return false;
		}
	}
	return set_version(sql, err);
}

bool desk_file_upgrade(struct sql *sql, const char *path, struct error *err)
{
	if (!sql_begin_write(sql, err)) {
		return false;
	}
	if (!run_steps(sql, path, err)) {
		sql_rollback(sql);
		return false;
	}
	return sql_commit(sql, err);
}

/* Whoever may write the desk must be able to take the lock. */
int desk_file_lock_open(const char *path, struct error *err)
{
	char *name = mem_printf(NULL, "%s-lock", path);
	struct stat info;
	mode_t mode = stat(path, &info) == 0 ? info.st_mode & 0666 : 0600;
	int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, mode);
	if (fd < 0) {
		bool denied = errno == EACCES || errno == EPERM || errno == EROFS;
		error_set_reason(err, denied ? ERROR_DENIED : ERROR_UNAVAILABLE,
			denied ? "read_only" : "lock_file",
			N_("the lock file {0} of the desk cannot be opened: {1}; ask for write "
			   "permission on it and its folder"),
			name, strerror(errno), NULL);
	} else if (fstat(fd, &info) == 0 && info.st_size == 0 && (info.st_mode & 0666) != mode) {
		fchmod(fd, mode); /* past the umask; not ours to change when it fails */
	}
	talloc_free(name);
	return fd;
}
