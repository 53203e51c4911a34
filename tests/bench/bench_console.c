#include "child.h"
#include "figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * bench_console NAME LABEL MARKER PROGRAM ARGUMENT…: a program in a pseudo terminal of 80×24. Start
 * until MARKER has been written, the keys j and k (each 30 times) until the last byte that they
 * paint, and how many bytes; a new size of the window; a full repaint (Ctrl-L). Then memory (PSS)
 * and, over ten seconds without a key, processor time and bytes. NAME comes before each figure's
 * name.
 */

enum { STARTS = 15, KEY_ROUNDS = 60, START_LIMIT_MS = 60000 };

static void bench_starts(const char *name, const char *label, const char *marker, char **command)
{
	struct figure figure;
	figure_init(&figure, figure_name(name, "start to first paint"), label, "us");
	for (int i = 0; i < STARTS; i++) {
		double begin = bench_now_us();
		struct child child = child_start(command);
		struct painted painted =
			child_read(&child, CHILD_START_QUIET_MS, START_LIMIT_MS, marker);
		if (!painted.found) {
			fprintf(stderr, "bench_console: \"%s\" was never painted\n", marker);
			exit(1);
		}
		figure_add(&figure, painted.found_at - begin);
		child_stop(&child);
	}
	figure_print(&figure);
}

static void bench_key(
	struct child *child, const char *name, const char *label, const char *key, const char *what)
{
	struct figure time, bytes;
	char *spelt = figure_name(name, what);
	figure_init(&time, figure_name(spelt, "key to paint"), label, "us");
	figure_init(&bytes, figure_name(spelt, "bytes a key"), label, "bytes");
	for (int i = 0; i < KEY_ROUNDS; i++) {
		double begin = bench_now_us();
		struct painted painted = child_press(child, key);
		if (painted.bytes) {
			figure_add(&time, painted.last_at - begin);
			figure_add(&bytes, (double)painted.bytes);
		}
	}
	figure_print(&time);
	figure_print(&bytes);
}

static void bench_resize(struct child *child, const char *name, const char *label)
{
	static const int sizes[][2] = {{132, 43}, {40, 12}, {100, 30}, {80, 24}};
	struct figure figure;
	figure_init(&figure, figure_name(name, "resize to paint"), label, "us");
	for (int i = 0; i < KEY_ROUNDS; i++) {
		const int *size = sizes[(size_t)i % (sizeof sizes / sizeof *sizes)];
		double begin = bench_now_us();
		child_resize(child, size[0], size[1]);
		struct painted painted = child_read(child, CHILD_QUIET_MS, 400, NULL);
		if (painted.bytes) {
			figure_add(&figure, painted.last_at - begin);
		}
	}
	figure_print(&figure);
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
		bytes += child_read(child, 100, 500, NULL).bytes;
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
	if (argc < 5) {
		fprintf(stderr, "usage: bench_console NAME LABEL MARKER PROGRAM …\n");
		return 2;
	}
	const char *name = argv[1];
	const char *label = argv[2];
	bench_starts(name, label, argv[3], argv + 4);
	struct child child = child_start_ready(argv + 4, argv[3]);
	bench_key(&child, name, label, "j", "down");
	bench_key(&child, name, label, "k", "up");
	bench_resize(&child, name, label);
	bench_key(&child, name, label, "\f", "full repaint");
	bench_idle(&child, name, label);
	child_stop(&child);
	return 0;
}
