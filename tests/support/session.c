#include "support/session.h"

#include "test.h"

#include "base/clock.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* Long enough for a sanitized build on a busy machine; only a failing test ever waits for it. */
enum { DEADLINE_MS = 60 * MS_SECOND, SLICE_MS = 50 };

struct session_group {
	struct session **sessions;
	size_t count;
};

struct session {
	struct session_group *group;
	struct terminal *terminal;
	pid_t pid;
	int master; /* -1 after the terminal went away */
	int status; /* of waitpid, once is_over */
	bool is_over;
	char *bytes;
	size_t size;
};

static int session_finish(struct session *session)
{
	if (session->master >= 0) {
		close(session->master);
	}
	if (!session->is_over) {
		kill(session->pid, SIGKILL);
		waitpid(session->pid, NULL, 0);
	}
	return 0;
}

struct session_group *session_group_create(void)
{
	/* A program that has ended must not end the test that sends it a key. */
	signal(SIGPIPE, SIG_IGN);
	return mem_new(NULL, struct session_group);
}

void session_group_destroy(struct session_group *group)
{
	talloc_free(group);
}

static int open_master(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) {
		fail_msg("no pseudo-terminal: %s", strerror(errno));
	}
	fcntl(master, F_SETFD, FD_CLOEXEC);
	fcntl(master, F_SETFL, O_NONBLOCK);
	return master;
}

static void set_size(int master, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	ioctl(master, TIOCSWINSZ, &size);
}

/* In the child: nothing but calls that are safe after fork. */
static void become_program(const char *slave_name, const struct session_options *options)
{
	setsid();
	/* As at a login: whoever runs the tests may ignore some (nohup). */
	static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTSTP};
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		signal(numbers[i], SIG_DFL);
	}
	int slave = open(slave_name, O_RDWR);
	for (int fd = 0; fd < 3; fd++) {
		dup2(slave, fd);
	}
	if (slave > 2) {
		close(slave);
	}
	execve(options->argv[0], (char *const *)options->argv, (char *const *)options->environment);
	_exit(127);
}

struct session *session_start(struct session_group *group, const struct session_options *options)
{
	int rows = options->rows ? options->rows : 24;
	int columns = options->columns ? options->columns : 80;
	struct session *session = mem_new(group, struct session);
	session->group = group;
	session->terminal = terminal_create(session, rows, columns);
	session->bytes = mem_strdup(session, "");
	session->master = open_master();
	set_size(session->master, rows, columns);
	if (options->no_echo) {
		struct termios modes;
		tcgetattr(session->master, &modes);
		modes.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(session->master, TCSANOW, &modes);
	}
	char *slave = mem_strdup(session, ptsname(session->master));
	session->pid = fork();
	if (session->pid == 0) {
		become_program(slave, options);
	}
	assert_true(session->pid > 0);
	talloc_set_destructor(session, session_finish);
	group->sessions = mem_grow(group, group->sessions, struct session *, group->count + 1);
	group->sessions[group->count++] = session;
	return session;
}

static void take(struct session *session, const char *bytes, size_t size)
{
	session->bytes = mem_grow(session, session->bytes, char, session->size + size + 1);
	memcpy(session->bytes + session->size, bytes, size);
	session->size += size;
	session->bytes[session->size] = '\0';
	terminal_feed(session->terminal, bytes, size);
	size_t answered;
	char *answers = terminal_answers(NULL, session->terminal, &answered);
	if (answered > 0) {
		session_send_bytes(session, answers, answered);
	}
	talloc_free(answers);
}

/* EIO is how Linux says that nobody has the terminal open any more. */
static void read_all(struct session *session)
{
	char bytes[16384];
	while (session->master >= 0) {
		ssize_t got = read(session->master, bytes, sizeof bytes);
		if (got > 0) {
			take(session, bytes, (size_t)got);
		} else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
			close(session->master);
			session->master = -1;
		} else if (errno == EAGAIN) {
			return;
		}
	}
}

bool session_poll(struct session *session)
{
	if (!session->is_over) {
		session->is_over = waitpid(session->pid, &session->status, WNOHANG) == session->pid;
	}
	/* After the end is known, so that the last words of the program are read too. */
	read_all(session);
	return !session->is_over;
}

/* Waits until something arrives at any session of the group, at most a slice. */
static void wait_for_output(struct session_group *group)
{
	struct pollfd *fds = mem_array(NULL, struct pollfd, group->count);
	for (size_t i = 0; i < group->count; i++) {
		fds[i] = (struct pollfd){.fd = group->sessions[i]->master, .events = POLLIN};
	}
	poll(fds, group->count, SLICE_MS);
	talloc_free(fds);
	for (size_t i = 0; i < group->count; i++) {
		session_poll(group->sessions[i]);
	}
}

static void print_screens(const struct session_group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		struct session *session = group->sessions[i];
		char *text = terminal_text(NULL, session->terminal);
		print_error("session %zu%s, fault: %s\n%s\n", i + 1,
			session->is_over ? " (ended)" : "",
			terminal_fault(session->terminal) ? terminal_fault(session->terminal)
							  : "none",
			text);
		talloc_free(text);
	}
}

static bool has_fault(const struct session_group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		if (terminal_fault(group->sessions[i]->terminal)) {
			return true;
		}
	}
	return false;
}

void session_wait_at(struct session *session, session_condition is_so, void *data, const char *what,
	const char *file, int line)
{
	int64_t until = clock_monotonic() + DEADLINE_MS;
	for (;;) {
		/* The condition is looked at once more after the end: the last words may fulfil it.
		 */
		bool was_over = session->is_over;
		session_poll(session);
		bool fulfilled = is_so(session, data);
		if (fulfilled && !has_fault(session->group)) {
			return;
		}
		if (fulfilled || was_over || has_fault(session->group) ||
			clock_monotonic() > until) {
			print_screens(session->group);
			print_error("waited for: %s\n", what);
			_fail(file, line);
		}
		wait_for_output(session->group);
	}
}

static bool is_shown(struct session *session, void *data)
{
	return terminal_shows(session->terminal, data);
}

static bool is_gone(struct session *session, void *data)
{
	return !terminal_shows(session->terminal, data);
}

static bool is_ended(struct session *session, void *data)
{
	(void)data;
	return session->is_over;
}

void session_wait_for_at(struct session *session, const char *text, const char *file, int line)
{
	session_wait_at(session, is_shown, (void *)text, text, file, line);
}

void session_wait_gone_at(struct session *session, const char *text, const char *file, int line)
{
	char *what = mem_printf(session, "no more: %s", text);
	session_wait_at(session, is_gone, (void *)text, what, file, line);
	talloc_free(what);
}

int session_wait_end_at(struct session *session, const char *file, int line)
{
	session_wait_at(session, is_ended, NULL, "its end", file, line);
	return WIFEXITED(session->status) ? WEXITSTATUS(session->status)
					  : 128 + WTERMSIG(session->status);
}

void session_send(struct session *session, const char *bytes)
{
	session_send_bytes(session, bytes, strlen(bytes));
}

void session_send_bytes(struct session *session, const char *bytes, size_t size)
{
	int64_t until = clock_monotonic() + DEADLINE_MS;
	while (size > 0 && session->master >= 0 && clock_monotonic() < until) {
		ssize_t put = write(session->master, bytes, size);
		if (put > 0) {
			bytes += put;
			size -= (size_t)put;
		} else if (errno == EAGAIN) {
			struct pollfd fd = {.fd = session->master, .events = POLLOUT};
			poll(&fd, 1, SLICE_MS);
		} else if (errno != EINTR) {
			return;
		}
	}
}

struct terminal *session_terminal(struct session *session)
{
	return session->terminal;
}

uint64_t session_received(const struct session *session)
{
	return session->size;
}

const char *session_bytes(const struct session *session, uint64_t from, size_t *size)
{
	*size = session->size - (size_t)from;
	return session->bytes + from;
}

pid_t session_pid(const struct session *session)
{
	return session->pid;
}

void session_resize(struct session *session, int rows, int columns)
{
	terminal_resize(session->terminal, rows, columns);
	set_size(session->master, rows, columns);
}

void session_hang_up(struct session *session)
{
	read_all(session);
	if (session->master >= 0) {
		close(session->master);
		session->master = -1;
	}
}

void session_signal(struct session *session, int number)
{
	if (!session->is_over) {
		kill(session->pid, number);
	}
}
