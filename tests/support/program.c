#include "support/program.h"

#include "test.h"

#include "base/clock.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Only a program that hangs is ever waited for so long. */
enum { DEADLINE_MS = 5 * MS_MINUTE };

/* More than a test has open. */
enum { FILES_MAX = 1024 };

struct pipes {
	int in[2], out[2], err[2];
};

static void make_pipe(int ends[2])
{
	assert_int_equal(pipe(ends), 0);
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
}

static pid_t start(const struct program *program, int in, int out, int err)
{
	pid_t pid = fork();
	if (pid == 0) {
		dup2(in, 0);
		dup2(out, 1);
		dup2(err, 2);
		/* Sockets that other threads of the test have just made, for one. */
		for (int fd = 3; fd < FILES_MAX; fd++) {
			close(fd);
		}
		execve(program->argv[0], (char *const *)program->argv,
			(char *const *)program->environment);
		_exit(127);
	}
	assert_true(pid > 0);
	return pid;
}

/* Reads what is there; closes at the end. */
static void take_output(int *fd, char **bytes, size_t *size)
{
	char more[16384];
	ssize_t got = read(*fd, more, sizeof more);
	if (got > 0) {
		*bytes = mem_grow(talloc_parent(*bytes), *bytes, char, *size + (size_t)got + 1);
		memcpy(*bytes + *size, more, (size_t)got);
		*size += (size_t)got;
		(*bytes)[*size] = '\0';
	} else if (got == 0 || errno != EINTR) {
		close(*fd);
		*fd = -1;
	}
}

/* Writes on; closes when all is written or nobody reads. */
static void give_input(int *fd, const char **input, size_t *left)
{
	ssize_t put = *left ? write(*fd, *input, *left) : 0;
	if (put > 0) {
		*input += put;
		*left -= (size_t)put;
	}
	if (*left == 0 || (put < 0 && errno != EINTR && errno != EAGAIN)) {
		close(*fd);
		*fd = -1;
	}
}

static void exchange(const struct program *program, struct pipes *pipes, pid_t pid,
	struct program_result *result)
{
	const char *input = program->input ? program->input : "";
	size_t left = program->input_size ? program->input_size : strlen(input);
	int64_t until = clock_monotonic() + DEADLINE_MS;
	fcntl(pipes->in[1], F_SETFL, O_NONBLOCK);
	while (pipes->in[1] >= 0 || pipes->out[0] >= 0 || pipes->err[0] >= 0) {
		struct pollfd fds[] = {
			{.fd = pipes->in[1], .events = POLLOUT},
			{.fd = pipes->out[0], .events = POLLIN},
			{.fd = pipes->err[0], .events = POLLIN},
		};
		if (poll(fds, ARRAY_LEN(fds), DEADLINE_MS) == 0 || clock_monotonic() > until) {
			kill(pid, SIGKILL);
			waitpid(pid, NULL, 0);
			fail_msg("%s does not end", program->argv[0]);
		}
		if (fds[0].revents) {
			give_input(&pipes->in[1], &input, &left);
		}
		if (fds[1].revents) {
			take_output(&pipes->out[0], &result->out, &result->out_size);
		}
		if (fds[2].revents) {
			take_output(&pipes->err[0], &result->err, &result->err_size);
		}
	}
}

struct program_result *program_run(const void *mem, const struct program *program)
{
	signal(SIGPIPE, SIG_IGN);
	struct pipes pipes;
	make_pipe(pipes.in);
	make_pipe(pipes.out);
	make_pipe(pipes.err);
	pid_t pid = start(program, pipes.in[0], pipes.out[1], pipes.err[1]);
	close(pipes.in[0]);
	close(pipes.out[1]);
	close(pipes.err[1]);
	struct program_result *result = mem_new(mem, struct program_result);
	result->out = mem_strdup(result, "");
	result->err = mem_strdup(result, "");
	exchange(program, &pipes, pid, result);
	result->status = program_wait(pid);
	return result;
}

pid_t program_start(const struct program *program)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	pid_t pid = start(program, null, null, null);
	close(null);
	return pid;
}

int program_wait(pid_t pid)
{
	int status = 0;
	while (waitpid(pid, &status, 0) < 0) {
		assert_int_equal(errno, EINTR);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
