#include "atende/stderr.h"

#include "base/file.h"
#include "base/mem.h"

#include <fcntl.h>
#include <unistd.h>

int stderr_to_log(const char *folder)
{
	char *path = mem_printf(NULL, "%s/console.log", folder);
	file_make_dirs(folder, NULL);
	int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	int before = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (log >= 0) {
		dup2(log, STDERR_FILENO);
		close(log);
	}
	talloc_free(path);
	return before;
}

void stderr_restore(int before)
{
	if (before >= 0) {
		dup2(before, STDERR_FILENO);
		close(before);
	}
}
