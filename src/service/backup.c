#include "service/backup.h"

#include "base/mem.h"
#include "base/timestamp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One backup, and which ones there are. */

static const char prefix[] = "atende-", suffix[] = ".db", unfinished[] = ".part";
enum { STAMP_SIZE = sizeof "20261124T153000Z" - 1 };

/* "2026-11-24T15:30:00…" without what a file's name is better without; it sorts by time. */
static char *stamp(const void *mem, int64_t at)
{
	char *text = timestamp_format(mem, at / MS_SECOND * MS_SECOND), *to = text;
	for (const char *from = text; *from; from++) {
		if (*from != '-' && *from != ':') {
			*to++ = *from;
		}
	}
	*to = '\0';
	return text;
}

static bool is_backup(const char *name)
{
	size_t size = sizeof prefix - 1;
	return strncmp(name, prefix, size) == 0 && strlen(name) == size + STAMP_SIZE + 3 &&
	       strspn(name + size, "0123456789TZ") == STAMP_SIZE &&
	       strcmp(name + size + STAMP_SIZE, suffix) == 0;
}

static bool is_unfinished(const char *name)
{
	size_t size = strlen(name), end = sizeof unfinished - 1;
	return strncmp(name, prefix, sizeof prefix - 1) == 0 && size > end &&
	       strcmp(name + size - end, unfinished) == 0;
}

/* Names of the folder that are such, on mem. */
static char **list(
	const void *mem, const char *folder, bool (*is_such)(const char *name), size_t *count)
{
	char **names = mem_array(mem, char *, 0);
	DIR *dir = opendir(folder);
	struct dirent *entry;
	*count = 0;
	while (dir && (entry = readdir(dir)) != NULL) {
		if (is_such(entry->d_name)) {
			names = mem_grow(mem, names, char *, (unsigned)*count + 1);
			names[(*count)++] = mem_strdup(mem, entry->d_name);
		}
	}
	if (dir) {
		closedir(dir);
	}
	return names;
}

static void remove_name(const void *mem, const char *folder, const char *name)
{
	/* Who looked into it left the last ones there. */
	static const char *const suffixes[] = {"", "-lock", "-shm", "-wal"};
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		unlink(mem_printf(mem, "%s/%s%s", folder, name, suffixes[i]));
	}
}

/* --- making --- */

static bool fail(const char *path, struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "cannot_make",
		N_("the backup {0} cannot be made: {1}"), path, strerror(errno), NULL);
}

static bool sync_path(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0) {
		close(fd);
	}
	return ok;
}

bool backup_make(const void *mem, const struct backup_job *job, char **path, struct error *err)
{
	const char *folder = job->folder;
	void *work = mem_context(NULL);
	size_t count;
	char **old = list(work, folder, is_unfinished, &count);
	for (size_t i = 0; i < count; i++) {
		remove_name(work, folder, old[i]); /* of a server that was killed */
	}
	*path = mem_printf(
		mem, "%s/%s%s%s", folder, prefix, stamp(work, store_now(job->store)), suffix);
	char *draft = mem_printf(work, "%s%s", *path, unfinished);
	bool ok = store_backup(job->store, draft, job->progress, job->data, err);
	if (ok && (!sync_path(draft, O_RDONLY) || rename(draft, *path) != 0 ||
			  !sync_path(folder, O_RDONLY | O_DIRECTORY))) {
		ok = fail(*path, err);
		unlink(draft);
	}
	talloc_free(work);
	return ok;
}

/* --- those that there are --- */

static int by_name(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

static char **sorted(const void *mem, const char *folder, size_t *count)
{
	char **names = list(mem, folder, is_backup, count);
	qsort(names, *count, sizeof *names, by_name);
	return names;
}

void backup_prune(const char *folder, int64_t keep)
{
	void *work = mem_context(NULL);
	size_t count;
	char **names = sorted(work, folder, &count);
	for (size_t i = 0; i + (size_t)keep < count; i++) {
		remove_name(work, folder, names[i]);
	}
	talloc_free(work);
}

int64_t backup_newest(const char *folder)
{
	void *work = mem_context(NULL);
	size_t count;
	int64_t at = 0;
	char **names = sorted(work, folder, &count);
	if (count > 0) {
		const char *s = names[count - 1] + sizeof prefix - 1;
		char *text = mem_printf(work, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", s, s + 4, s + 6,
			s + 9, s + 11, s + 13);
		timestamp_parse(text, 0, &at);
	}
	talloc_free(work);
	return at;
}
