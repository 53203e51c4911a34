#include "atende/attach.h"

#include "base/bytes.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/paths.h"
#include "core/attachment.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Neither a pipe that never ends nor a device is opened for good. */
static bool check(int fd, const char *name, int64_t max_bytes, const void *mem, struct stat *file,
	struct error *err)
{
	if (fd < 0 || fstat(fd, file) != 0) {
		return error_set(err, ERROR_INVALID,
			N_("{0} cannot be attached: {1}; choose another file"), name,
			strerror(errno), NULL);
	}
	if (!S_ISREG(file->st_mode)) {
		return error_set(err, ERROR_INVALID,
			N_("{0} is no file that can be attached (a folder or a device); choose one "
			   "in it"),
			name, NULL);
	}
	if (file->st_size == 0) {
		return error_set(
			err, ERROR_INVALID, N_("{0} is empty; choose another file"), name, NULL);
	}
	return file->st_size <= max_bytes ||
	       error_set(err, ERROR_INVALID,
		       N_("{0} has {1}, more than the {2} a file may have here; send a link or "
			  "make it smaller"),
		       name, bytes_format(mem, file->st_size), bytes_format(mem, max_bytes), NULL);
}

bool attach_file(struct store *store, const void *mem, const char *path, int64_t max_bytes,
	struct attachment *attachment, struct error *err)
{
	void *work = mem_context(NULL);
	char *real = paths_expand(work, path);
	const char *slash = strrchr(real, '/');
	char *name = attachment_safe_name(mem, slash ? slash + 1 : real);
	int fd = open(real, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat file;
	char *bytes;
	size_t size;
	char *key;
	bool ok = check(fd, name, max_bytes, work, &file, err) &&
		  file_read_fd(work, fd, (size_t)max_bytes, &bytes, &size, err) &&
		  store_blob_put(store, mem, bytes, size, &key, err);
	if (ok) {
		*attachment = (struct attachment){.name = name,
			.media_type = mem_strdup(mem, attachment_media_type(name)),
			.size_bytes = (int64_t)size,
			.blob = key};
	}
	if (fd >= 0) {
		close(fd);
	}
	talloc_free(work);
	return ok;
}
