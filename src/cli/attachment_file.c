#include "cli/attachment_file.h"

#include "base/bytes.h"
#include "base/file.h"
#include "base/mem.h"
#include "core/attachment.h"
#include "core/problem.h"

#include <string.h>
#include <sys/stat.h>

enum { NAMES_TRIED = 1000 };

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* Told by its size, not by reading gigabytes; a pipe or device would be read for ever. */
static bool is_taken(
	const char *path, const struct directory *directory, size_t *most, struct error *err)
{
	struct stat info;
	int64_t limit = directory->settings.max_attachment;
	*most = (size_t)limit;
	if (stat(path, &info) != 0) {
		return true; /* opening says why */
	}
	if (!S_ISREG(info.st_mode)) {
		return error_set_reason(err, ERROR_INVALID, "no_file",
			N_("{0} is no file that can be attached; give a plain file"), path, NULL);
	}
	if (info.st_size <= limit) {
		return true;
	}
	char *text = bytes_format(NULL, limit);
	problem(err, PROBLEM_FILE_SIZE, text, NULL);
	talloc_free(text);
	return false;
}

bool attachment_read(struct store *store, const void *mem, const char *path,
	struct attachment *attachment, struct error *err)
{
	const struct directory *directory;
	char *bytes;
	size_t size, most;
	*attachment = (struct attachment){0};
	if (!store_directory(store, &directory, err) || !is_taken(path, directory, &most, err) ||
		!file_read(mem, path, most, &bytes, &size, err)) {
		return false;
	}
	attachment->name = attachment_safe_name(mem, last_part(path));
	attachment->media_type = mem_strdup(mem, attachment_media_type(attachment->name));
	attachment->size_bytes = (int64_t)size;
	bool ok = store_blob_put(store, mem, bytes, size, &attachment->blob, err);
	talloc_free(bytes);
	return ok;
}

bool attachment_save(const void *mem, const char *folder, const char *name, const char *bytes,
	size_t size, char **path, struct error *err)
{
	char *safe = attachment_safe_name(mem, name);
	bool exists = true;
	for (int n = 1; exists && n <= NAMES_TRIED; n++) {
		*path = mem_printf(mem, "%s/%s", folder, attachment_other_name(mem, safe, n));
		if (file_create(*path, bytes, size, &exists, err)) {
			return true;
		}
	}
	return false;
}
