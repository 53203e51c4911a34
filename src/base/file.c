#include "base/file.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(struct error *err, const char *text, const char *path)
{
	enum error_code code = errno == ENOENT ? ERROR_NOT_FOUND : ERROR_INVALID;
	return error_set(err, code, text, path, strerror(errno), NULL);
}

bool file_read_fd(
	const void *mem, int fd, size_t max, char **bytes, size_t *size, struct error *err)
{
	size_t capacity = 16384;
	char *buffer = mem_array(mem, char, capacity);
	size_t n = 0;
	for (;;) {
		if (n + 1 == capacity) {
			capacity *= 2;
			buffer = mem_grow(mem, buffer, char, capacity);
		}
		ssize_t got = read(fd, buffer + n, capacity - n - 1);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0) {
			talloc_free(buffer);
			return fail(err, N_("the text could not be read: {1}"), "");
		}
		n += (size_t)got;
		if (n > max) {
			talloc_free(buffer);
			char limit[32];
			snprintf(limit, sizeof limit, "%zu", max);
			return error_set(err, ERROR_INVALID,
				N_("the text is longer than {0} bytes; shorten it"), limit, NULL);
		}
		if (got == 0) {
			buffer[n] = '\0';
			*bytes = buffer;
			*size = n;
			return true;
		}
	}
}

bool file_read(const void *mem, const char *path, size_t max, char **bytes, size_t *size,
	struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return fail(err, N_("{0} cannot be opened: {1}"), path);
	}
	bool ok = file_read_fd(mem, fd, max, bytes, size, err);
	close(fd);
	return ok;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t put = write(fd, bytes, size);
		if (put < 0 && errno == EINTR) {
			continue;
		}
		if (put <= 0) {
			return false;
		}
		bytes += put;
		size -= (size_t)put;
	}
	return true;
}

static void sync_dir(const char *path)
{
	char *copy = mem_strdup(NULL, path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	talloc_free(copy);
}

bool file_replace(const char *path, const char *bytes, size_t size, struct error *err)
{
	char *beside = mem_printf(NULL, "%s.%ld.new", path, (long)getpid());
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write_all(fd, bytes, size) && fsync(fd) == 0;
	if (fd >= 0) {
		ok = close(fd) == 0 && ok;
	}
	ok = ok && rename(beside, path) == 0;
	if (!ok) {
		fail(err, N_("{0} cannot be written: {1}"), path);
		unlink(beside);
	} else {
		sync_dir(path);
	}
	talloc_free(beside);
	return ok;
}

bool file_create(const char *path, const char *bytes, size_t size, bool *exists, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	*exists = fd < 0 && errno == EEXIST;
	if (fd < 0) {
		return fail(err, N_("{0} cannot be written: {1}"), path);
	}
	bool ok = write_all(fd, bytes, size) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	if (!ok) {
		fail(err, N_("{0} cannot be written: {1}"), path);
		unlink(path);
	}
	return ok;
}

bool file_make_dirs(const char *path, struct error *err)
{
	char *copy = mem_strdup(NULL, path);
	bool ok = true;
	for (char *at = copy + 1; ok && *at; at++) {
		if (*at == '/') {
			*at = '\0';
			ok = mkdir(copy, 0700) == 0 || errno == EEXIST;
			*at = '/';
		}
	}
	ok = ok && (mkdir(copy, 0700) == 0 || errno == EEXIST);
	if (!ok) {
		fail(err, N_("the folder {0} cannot be made: {1}"), path);
	}
	talloc_free(copy);
	return ok;
}
