#include "atended/logs.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAY_SIZE = sizeof "2026-11-24" - 1 };

static char *day_of(const void *mem, int64_t at)
{
	char *text = timestamp_format(mem, at);
	text[DAY_SIZE] = '\0';
	return text;
}

/* "LOG." and a day. */
static bool is_former(const char *name, const char *log)
{
	size_t size = strlen(log);
	return strncmp(name, log, size) == 0 && name[size] == '.' &&
	       strlen(name + size + 1) == DAY_SIZE &&
	       strspn(name + size + 1, "0123456789-") == DAY_SIZE;
}

/* With its slash. */
static char *folder_of(const void *mem, const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? mem_strndup(mem, path, (size_t)(slash + 1 - path)) : mem_strdup(mem, "./");
}

bool logs_check(const char *path, struct error *err)
{
	if (!path || access(path, W_OK) == 0) {
		return true;
	}
	int reason = errno;
	char *folder = folder_of(NULL, path);
	bool is_new = reason == ENOENT && access(folder, W_OK | X_OK) == 0;
	talloc_free(folder);
	return is_new || error_set(err, ERROR_UNAVAILABLE,
				 N_("the log {0} cannot be written: {1}; make its folder, or give "
				    "another place with the key log"),
				 path, strerror(reason), NULL);
}

static void remove_old(const void *mem, const char *path, const char *oldest)
{
	const char *slash = strrchr(path, '/');
	char *folder = folder_of(mem, path);
	const char *log = slash ? slash + 1 : path;
	DIR *dir = opendir(folder);
	struct dirent *entry;
	while (dir && (entry = readdir(dir)) != NULL) {
		if (is_former(entry->d_name, log) &&
			strcmp(entry->d_name + strlen(log) + 1, oldest) < 0) {
			unlink(mem_printf(mem, "%s%s", folder, entry->d_name));
		}
	}
	if (dir) {
		closedir(dir);
	}
}

void logs_turn(struct log *log, const char *path, int64_t keep_ms, int64_t now)
{
	struct stat info;
	if (!path || keep_ms == 0 || stat(path, &info) != 0 || info.st_size == 0) {
		return;
	}
	void *mem = mem_context(NULL);
	char *written = day_of(mem, (int64_t)info.st_mtime * MS_SECOND);
	char *former = mem_printf(mem, "%s.%s", path, written);
	if (strcmp(written, day_of(mem, now)) != 0 && access(former, F_OK) != 0 &&
		rename(path, former) == 0) {
		log_reopen(log, path);
		remove_old(mem, path, day_of(mem, now - keep_ms));
	}
	talloc_free(mem);
}
