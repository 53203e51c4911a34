#include "figure.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * bench_console NAME LABEL MARKER KEYS PROGRAM ARGUMENT…: a program in a pseudo terminal of 80×24.
 * Start until MARKER has been written, then every key of KEYS (each 30 times): until the last byte
 * that it paints, and how many bytes. Then memory (PSS) and, over ten seconds without a key,
 * processor time and bytes. NAME comes before each figure's name.
 */

enum { STARTS = 15, KEY_ROUNDS = 30, QUIET_MS = 40, START_QUIET_MS = 250, START_LIMIT_MS = 60000 };

struct child {
	pid_t pid;
	int fd;
};

struct painted {
	double last_at;
	size_t bytes;
	bool found; /* the marker */
	double found_at;
};

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

static struct child start(char **command)
{
	struct child child = {.fd = posix_openpt(O_RDWR | O_NOCTTY)};
	if (child.fd < 0 || grantpt(child.fd) != 0 || unlockpt(child.fd) != 0) {
		perror("bench_console");
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

static void stop(struct child *child)
{
	kill(child->pid, SIGKILL);
	close(child->fd);
	waitpid(child->pid, NULL, 0);
}

/* Reads until nothing has come for quiet_ms (before the first byte: limit_ms). */
static struct painted drain(struct child *child, int quiet_ms, int limit_ms, const char *marker)
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

static char *figure_name(const char *name, const char *what)
{
	size_t size = strlen(name) + strlen(what) + 3;
	char *text = malloc(size);
	snprintf(text, size, "%s, %s", name, what);
	return text;
}

static void bench_starts(const char *name, const char *label, const char *marker, char **command)
{
	struct figure figure;
	figure_init(&figure, figure_name(name, "start to first paint"), label, "us");
	for (int i = 0; i < STARTS; i++) {
		double begin = bench_now_us();
		struct child child = start(command);
		struct painted painted = drain(&child, START_QUIET_MS, START_LIMIT_MS, marker);
		if (!painted.found) {
			fprintf(stderr, "bench_console: \"%s\" was never painted\n", marker);
			exit(1);
		}
		figure_add(&figure, painted.found_at - begin);
		stop(&child);
	}
	figure_print(&figure);
}

static void bench_key(
	struct child *child, const char *name, const char *label, char key, const char *what)
{
	struct figure time, bytes;
	char *spelt = figure_name(name, what);
	figure_init(&time, figure_name(spelt, "key to paint"), label, "us");
	figure_init(&bytes, figure_name(spelt, "bytes a key"), label, "bytes");
	for (int i = 0; i < KEY_ROUNDS; i++) {
		double begin = bench_now_us();
		if (write(child->fd, &key, 1) != 1) {
			break;
		}
		struct painted painted = drain(child, QUIET_MS, 400, NULL);
		if (painted.bytes) {
			figure_add(&time, painted.last_at - begin);
			figure_add(&bytes, (double)painted.bytes);
		}
	}
	figure_print(&time);
	figure_print(&bytes);
}

static long pss_kb(pid_t pid)
{
	char path[64];
	char line[256];
	long kb = 0;
	snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)pid);
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "Pss: %ld", &kb) == 1) {
			break;
		}
	}
	if (file) {
		fclose(file);
	}
	return kb;
}

static double cpu_ticks(pid_t pid)
{
	char path[64];
	unsigned long user = 0;
	unsigned long system = 0;
	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	FILE *file = fopen(path, "r");
	if (file) {
		if (fscanf(file, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
			    &user, &system) != 2) {
			user = system = 0;
		}
		fclose(file);
	}
	return (double)(user + system);
}

static void bench_idle(struct child *child, const char *name, const char *label)
{
	double ticks = cpu_ticks(child->pid);
	double begin = bench_now_us();
	size_t bytes = 0;
	while (bench_now_us() - begin < 10e6) {
		bytes += drain(child, 100, 500, NULL).bytes;
	}
	double seconds = (bench_now_us() - begin) / 1e6;
	double used = (cpu_ticks(child->pid) - ticks) / (double)sysconf(_SC_CLK_TCK);
	figure_print_one(figure_name(name, "idle processor"), label, "%", 100 * used / seconds);
	figure_print_one(
		figure_name(name, "idle bytes a second"), label, "bytes", (double)bytes / seconds);
	figure_print_one(
		figure_name(name, "memory (PSS)"), label, "kB", (double)pss_kb(child->pid));
}

int main(int argc, char **argv)
{
	if (argc < 6) {
		fprintf(stderr, "usage: bench_console NAME LABEL MARKER KEYS PROGRAM …\n");
		return 2;
	}
	bench_starts(argv[1], argv[2], argv[3], argv + 5);
	struct child child = start(argv + 5);
	drain(&child, START_QUIET_MS, START_LIMIT_MS, argv[3]);
	for (const char *key = argv[4]; *key; key++) {
		char what[] = "key ?";
		what[4] = *key;
		bench_key(&child, argv[1], argv[2], *key, what);
	}
	bench_idle(&child, argv[1], argv[2]);
	stop(&child);
	return 0;
}
