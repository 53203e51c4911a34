#include "figure.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void figure_init(struct figure *figure, const char *what, const char *desk, const char *unit)
{
	*figure = (struct figure){.what = what, .desk = desk, .unit = unit};
}

void figure_add(struct figure *figure, double sample)
{
	if (figure->count == figure->capacity) {
		figure->capacity = figure->capacity ? 2 * figure->capacity : 256;
		figure->samples = mem_grow(NULL, figure->samples, double, figure->capacity);
	}
	figure->samples[figure->count++] = sample;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Nearest rank: the ⌈q·n⌉-th smallest. */
static double quantile(const struct figure *figure, double q)
{
	size_t rank = (size_t)(q * (double)figure->count);
	if ((double)rank < q * (double)figure->count) {
		rank++;
	}
	return figure->samples[rank ? rank - 1 : 0];
}

double figure_rate(const struct figure *figure)
{
	double sum = 0;
	for (size_t i = 0; i < figure->count; i++) {
		sum += figure->samples[i];
	}
	return sum > 0 ? 1e6 * (double)figure->count / sum : 0.0;
}

void figure_print(struct figure *figure)
{
	if (figure->count == 0) {
		return;
	}
	qsort(figure->samples, figure->count, sizeof *figure->samples, compare);
	printf("{\"what\":\"%s\",\"desk\":\"%s\",\"unit\":\"%s\",\"n\":%zu,\"median\":%.1f,"
	       "\"p99\":%.1f,\"max\":%.1f,\"rate\":%.1f}\n",
		figure->what, figure->desk, figure->unit, figure->count, quantile(figure, 0.5),
		quantile(figure, 0.99), quantile(figure, 1.0), figure_rate(figure));
	fflush(stdout);
	talloc_free(figure->samples);
	*figure = (struct figure){0};
}

void figure_print_one(const char *what, const char *desk, const char *unit, double value)
{
	printf("{\"what\":\"%s\",\"desk\":\"%s\",\"unit\":\"%s\",\"n\":1,\"median\":%.1f}\n", what,
		desk, unit, value);
	fflush(stdout);
}

char *figure_name(const char *name, const char *what)
{
	return mem_printf(NULL, "%s, %s", name, what);
}

double bench_now_us(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
}
