#include "atende/fetch.h"

#include "atende/signals.h"
#include "base/command.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/paths.h"
#include "cli/attachment_file.h"
#include "core/link.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What was opened is kept so long: the program that shows it may have it open. */
enum { KEPT_S = 24 * 60 * 60 };

/* Away from our terminal; only calls that are safe between fork and exec. */
static void become(char *const words[], int told)
{
	int null = open("/dev/null", O_RDWR);
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	signals_reset();
	execvp(words[0], words);
	int failure = errno;
	ssize_t n = write(told, &failure, sizeof failure);
	_exit(n < 0 ? 126 : 127);
}

/* A child of a child, so that none is left behind; why it could not be run comes by the pipe. */
static int run(char *const words[])
{
	int pipe_fds[2];
	if (pipe(pipe_fds) != 0) {
		return errno;
	}
	fcntl(pipe_fds[0], F_SETFD, FD_CLOEXEC);
	fcntl(pipe_fds[1], F_SETFD, FD_CLOEXEC);
	pid_t pid = fork();
	if (pid == 0) {
		setsid();
		pid_t child = fork();
		if (child == 0) {
			become(words, pipe_fds[1]);
		}
		_exit(child < 0);
	}
	close(pipe_fds[1]);
	int failure = pid < 0 ? errno : 0;
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
	}
	while (pid > 0 && read(pipe_fds[0], &failure, sizeof failure) < 0 && errno == EINTR) {
	}
	close(pipe_fds[0]);
	return failure;
}

bool fetch_open(const char *command, const char *target, struct error *err)
{
	void *work = mem_context(NULL);
	char **words = command_words(work, command, target);
	int failure = words ? run(words) : ENOENT;
	if (failure) {
		error_set(err, ERROR_INTERNAL,
			N_("{0} cannot be run: {1}; set open_command in atende.conf"), command,
			strerror(failure), NULL);
	}
	talloc_free(work);
	return failure == 0;
}

static void forget_old(const char *folder)
{
	DIR *entries = opendir(folder);
	time_t now = time(NULL);
	for (struct dirent *entry; entries && (entry = readdir(entries));) {
		char *path = mem_printf(NULL, "%s/%s", folder, entry->d_name);
		struct stat info;
		bool is_old = lstat(path, &info) == 0 && S_ISREG(info.st_mode) &&
			      now - info.st_mtim.tv_sec > KEPT_S;
		if (is_old) {
			unlink(path);
		}
		talloc_free(path);
	}
	if (entries) {
		closedir(entries);
	}
}

static bool save(struct store *store, const void *mem, const struct fetch *fetch,
	const char *folder, char **path, struct error *err)
{
	char *bytes;
	size_t size;
	void *work = mem_context(NULL);
	bool ok = store_blob_get(store, work, fetch->ticket, fetch->blob, &bytes, &size, err) &&
		  file_make_dirs(folder, err) &&
		  attachment_save(mem, folder, fetch->name, bytes, size, path, err);
	talloc_free(work);
	return ok;
}

bool fetch_do(struct store *store, const void *mem, const struct fetch *fetch, char **path,
	struct error *err)
{
	*path = NULL;
	if (!fetch->blob) {
		return link_is_whole(fetch->name)
			       ? fetch_open(fetch->command, fetch->name, err)
			       : error_set(err, ERROR_INVALID,
					 N_("this is no link that is opened: {0}"), fetch->name,
					 NULL);
	}
	if (fetch->folder) {
		return save(store, mem, fetch, fetch->folder, path, err);
	}
	char *folder = paths_state(NULL, "opened");
	forget_old(folder);
	bool ok = save(store, mem, fetch, folder, path, err) &&
		  fetch_open(fetch->command, *path, err);
	talloc_free(folder);
	return ok;
}
