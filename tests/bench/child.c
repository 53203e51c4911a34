#include "child.h"

#include "figure.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_LIMIT_MS = 60000, KEY_LIMIT_MS = 400 };

static void run_program(const char *terminal, char **command)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	setsid();
	int fd = open(terminal, O_RDWR); /* becomes the controlling terminal */
	ioctl(fd, TIOCSWINSZ, &size);
	for (int i = 0; i < 3; i++) {
		dup2(fd, i);
	}
	close(fd);
	setenv("TERM", "xterm-256color", 1);
	execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

struct child child_start(char **command)
{
	struct child child = {.fd = posix_openpt(O_RDWR | O_NOCTTY)};
	if (child.fd < 0 || grantpt(child.fd) != 0 || unlockpt(child.fd) != 0) {
		perror("bench");
		exit(1);
	}
	char *terminal = ptsname(child.fd);
	child.pid = fork();
	if (child.pid == 0) {
		close(child.fd);
		run_program(terminal, command);
	}
	return child;
}

struct child child_start_ready(char **command, const char *marker)
{
	struct child child = child_start(command);
	if (!child_read(&child, CHILD_START_QUIET_MS, START_LIMIT_MS, marker).found) {
		fprintf(stderr, "bench: \"%s\" was never painted\n", marker);
		exit(1);
	}
	return child;
}

void child_stop(struct child *child)
{
	kill(child->pid, SIGKILL);
	close(child->fd);
	waitpid(child->pid, NULL, 0);
}

void child_send(struct child *child, const char *keys)
{
	size_t length = strlen(keys);
	if (write(child->fd, keys, length) != (ssize_t)length) {
		perror("bench: a key");
		exit(1);
	}
}

void child_resize(struct child *child, int columns, int rows)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
	ioctl(child->fd, TIOCSWINSZ, &size);
}

struct painted child_read(struct child *child, int quiet_ms, int limit_ms, const char *marker)
{
	static char seen[1 << 20];
	size_t length = 0;
	struct painted painted = {0};
	struct pollfd poll_fd = {.fd = child->fd, .events = POLLIN};
	bool waits_for_marker = marker != NULL;
	while (poll(&poll_fd, 1, painted.bytes == 0 || waits_for_marker ? limit_ms : quiet_ms) >
		0) {
		char *to = seen + length;
		ssize_t n = read(child->fd, to, sizeof seen - length - 1);
		if (n <= 0) {
			break;
		}
		painted.last_at = bench_now_us();
		painted.bytes += (size_t)n;
		length += (size_t)n;
		seen[length] = '\0';
		if (waits_for_marker && strstr(seen, marker)) {
			painted.found = true;
			painted.found_at = painted.last_at;
			waits_for_marker = false;
		}
		if (length > sizeof seen / 2 && !waits_for_marker) {
			length = 0;
		}
	}
	return painted;
}

struct painted child_press(struct child *child, const char *keys)
{
	child_send(child, keys);
	return child_read(child, CHILD_QUIET_MS, KEY_LIMIT_MS, NULL);
}

void child_walk(struct child *child, const char *keys)
{
	for (; *keys; keys++) {
		char key[] = {*keys, '\0'};
		child_press(child, key);
	}
}
