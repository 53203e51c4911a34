#include "child.h"
#include "figure.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * bench_link NAME LABEL MARKER PROGRAM ARGUMENT…: a program at the end of a line of 9,600 baud
 * (960 bytes a second; the pseudo terminal is read at that pace) with 300 ms there and back. One ↓,
 * a page, and a ↓ that is held down for two seconds: until the last byte is on the far screen.
 */

enum {
	BYTES_A_SECOND = 960,
	STEP_MS = 10,
	QUIET_STEPS = 60,
	TRIP_MS = 300,
	ROUNDS = 8,
	HELD_KEYS = 40,
	HELD_EVERY_STEPS = 5, /* 20 keys a second */
};

struct line {
	struct child *child;
	double budget; /* bytes that may be read by now */
	double last_at;
	size_t bytes;
};

static void wait_a_step(void)
{
	poll(NULL, 0, STEP_MS);
}

/* One step of the clock: reads as many bytes as the line carries in it. True when some came. */
static bool carry(struct line *line)
{
	char bytes[BYTES_A_SECOND];
	wait_a_step();
	line->budget += BYTES_A_SECOND * STEP_MS / 1000.0;
	size_t most = (size_t)line->budget;
	ssize_t n = most ? read(line->child->fd, bytes, most) : 0;
	if (n <= 0) {
		/* A quiet line saves nothing up. */
		line->budget = line->budget > 10 ? 10 : line->budget;
		return false;
	}
	line->budget -= (double)n;
	line->bytes += (size_t)n;
	line->last_at = bench_now_us();
	return true;
}

static void carry_all(struct line *line)
{
	int quiet = 0;
	while (quiet < QUIET_STEPS) {
		quiet = carry(line) ? 0 : quiet + 1;
	}
}

static void bench_once(
	struct child *child, const char *name, const char *label, const char *key, const char *back)
{
	struct figure figure;
	figure_init(&figure, name, label, "us");
	for (int i = 0; i < ROUNDS; i++) {
		struct line line = {.child = child};
		double begin = bench_now_us();
		child_send(child, i % 2 ? back : key);
		carry_all(&line);
		if (line.bytes) {
			figure_add(&figure, line.last_at - begin + 1000.0 * TRIP_MS);
		}
	}
	figure_print(&figure);
}

static void bench_held(struct child *child, const char *name, const char *label)
{
	struct line line = {.child = child};
	double released = 0;
	for (int key = 0; key < HELD_KEYS; key++) {
		child_send(child, "j");
		released = bench_now_us();
		for (int step = 0; step < HELD_EVERY_STEPS; step++) {
			carry(&line);
		}
	}
	carry_all(&line);
	figure_print_one(figure_name(name, "down held for 2 s, then until still"), label, "us",
		line.last_at - released + 1000.0 * TRIP_MS);
	figure_print_one(
		figure_name(name, "down held for 2 s, bytes"), label, "bytes", (double)line.bytes);
}

int main(int argc, char **argv)
{
	if (argc < 5) {
		fprintf(stderr, "usage: bench_link NAME LABEL MARKER PROGRAM …\n");
		return 2;
	}
	struct child child = child_start_ready(argv + 4, argv[3]);
	if (fcntl(child.fd, F_SETFL, O_NONBLOCK) != 0) {
		perror("bench_link");
		return 1;
	}
	bench_once(&child, figure_name(argv[1], "down"), argv[2], "j", "k");
	bench_once(&child, figure_name(argv[1], "page down"), argv[2], "\x04", "\x15");
	bench_held(&child, argv[1], argv[2]);
	child_stop(&child);
	return 0;
}
