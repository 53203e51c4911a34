#include "atende/past.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { MAX_BYTES = 1024 * 1024, LONG_BYTES = 32 * 1024 };

/* One write to the end, so that the lines of two consoles do not mix. */
void past_add(const char *line)
{
	struct error ignored = {0};
	char *folder = paths_state(NULL, "");
	char *path = paths_state(folder, "history");
	char *bytes = mem_printf(folder, "%s\n", line);
	int fd = file_make_dirs(folder, &ignored)
			 ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)
			 : -1;
	if (fd >= 0) {
		ssize_t put = write(fd, bytes, strlen(bytes));
		(void)put;
		close(fd);
	}
	talloc_free(folder);
}

char *past_read(const void *mem)
{
	struct error ignored = {0};
	char *path = paths_state(NULL, "history");
	char *bytes;
	size_t size;
	char *text = mem_strdup(mem, "");
	if (file_read(path, path, MAX_BYTES, &bytes, &size, &ignored)) {
		const char *from = bytes;
		if (size > LONG_BYTES) {
			const char *newline = strchr(bytes + size - LONG_BYTES / 2, '\n');
			from = newline ? newline + 1 : "";
			file_replace(path, from, strlen(from), &ignored);
		}
		text = text_clean(mem, from, strlen(from), NULL);
	}
	talloc_free(path);
	return text;
}
