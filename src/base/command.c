#include "base/command.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_MOST = 64 * 1024, NOT_RUN = 127 };

char **command_words(const void *mem, const char *command, const char *last)
{
	char **words = NULL;
	size_t count = 0;
	for (const char *at = command + strspn(command, " "); *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		words = mem_grow(mem, words, char *, count + 3);
		words[count++] = mem_strndup(mem, at, length);
		at += length;
	}
	if (words) {
		words[count] = mem_strdup(mem, last);
		words[count + 1] = NULL;
	}
	return words;
}

/* The parent reads from *fd. */
static pid_t start(char *const words[], int *fd)
{
	int ends[2];
	if (pipe(ends) != 0) {
		return -1;
	}
	pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execvp(words[0], words);
		_exit(NOT_RUN);
	}
	close(ends[1]);
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	*fd = ends[0];
	return pid;
}

/* Its exit status; -1 when it had none. */
static int end(pid_t pid)
{
	int status;
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR) {
			return -1;
		}
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool no_line(const char *command, const char *key, int status, struct error *err)
{
	char number[16];
	snprintf(number, sizeof number, "%d", status);
	if (status == NOT_RUN || status == 0) {
		return error_set_reason(err, ERROR_INVALID, "command",
			status ? N_("{0} cannot be run; correct {1} in atende.conf")
			       : N_("{0} printed nothing; correct {1} in atende.conf"),
			command, key, NULL);
	}
	return error_set_reason(err, ERROR_INVALID, "command",
		N_("{0} failed (status {2}); correct {1} in atende.conf"), command, key, number,
		NULL);
}

bool command_read(
	const void *mem, const char *command, const char *key, char **line, struct error *err)
{
	void *scratch = mem_context(NULL);
	char **words = command_words(scratch, command, NULL);
	char *bytes = NULL;
	size_t size = 0;
	int fd = -1, status = NOT_RUN;
	pid_t pid = words ? start(words, &fd) : -1;
	bool is_read = false;
	if (pid > 0) {
		is_read = file_read_fd(scratch, fd, OUTPUT_MOST, &bytes, &size, NULL);
		close(fd);
		status = end(pid);
	}
	bool ok = status == 0 && is_read && size > 0 && *bytes != '\n' && *bytes != '\r';
	if (ok) {
		*line = mem_strndup(mem, bytes, strcspn(bytes, "\r\n"));
	}
	talloc_free(scratch);
	return ok || no_line(command, key, status, err);
}
