#ifndef ATENDE_TESTS_BENCH_SERVING_H
#define ATENDE_TESTS_BENCH_SERVING_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * A server under measurement, a program of its own: atended on a desk, or the bare one. Whatever
 * goes wrong here ends the benchmark with a sentence.
 */
struct serving {
	pid_t pid;
	char *address; /* "unix:PATH", for crowd.h */
};

/* Runs `command` with what it shall listen at, "unix:DIR/NAME", as its last argument, and returns
 * when it can be connected to. Its log goes nowhere. */
struct serving serving_start(
	const void *mem, const char *dir, const char *name, const char *const *command);
void serving_stop(struct serving *serving);

/* Processor time of all its threads so far, microseconds. */
double serving_cpu_us(const struct serving *serving);
/* Proportional set size, kB. */
double serving_pss(const struct serving *serving);

#endif
