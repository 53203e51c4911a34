#ifndef ATENDE_TESTS_BENCH_FIGURE_H
#define ATENDE_TESTS_BENCH_FIGURE_H

#include <stddef.h>

/*
 * Figures of a benchmark: samples of one kind of work, printed as one JSON line on stdout:
 * {"what":"claim","desk":"1000","unit":"us","n":500,"median":…,"p99":…,"max":…,"rate":…}
 * `rate` is work a second over the time all samples took. tests/bench/report makes a table of them.
 */
struct figure {
	const char *what; /* "queue, first page" */
	const char *desk; /* label of the desk: "1000", "1000000", "-" */
	const char *unit; /* "us", "bytes", "kB", "%" */
	size_t count, capacity;
	double *samples;
};

void figure_init(struct figure *figure, const char *what, const char *desk, const char *unit);
void figure_add(struct figure *figure, double sample);
double figure_rate(const struct figure *figure); /* a second, of microseconds */
void figure_print(struct figure *figure);	 /* and frees the samples */

/* One that was counted, not sampled. */
void figure_print_one(const char *what, const char *desk, const char *unit, double value);

/* "NAME, WHAT"; for the life of the program. */
char *figure_name(const char *name, const char *what);

double bench_now_us(void); /* monotonic */

#endif
