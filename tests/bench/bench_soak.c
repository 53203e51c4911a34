#include "base/mem.h"
#include "claimers.h"
#include "crowd.h"
#include "figure.h"
#include "listeners.h"
#include "serving.h"
#include "shift.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * bench_soak ATENDED DESK LABEL WORK SECONDS FEEDS STEPS: the memory of a server at work for a long
 * time, with so many feeds and so many steps of operators a second. Each minute its memory and its
 * own metrics go to stderr; at the end come first and last, and the growth an hour that the samples
 * after the first sixth of the time would make (a straight line through them).
 */

enum { OPERATORS = 32, SAMPLES_MAX = 24 * 60 };

struct soak {
	const char *label;
	double seconds, steps_per_second;
	struct claimers claimers;
	struct serving serving;
	struct listeners listeners;
	struct shift *shift;
	double start; /* us */
	double at_s[SAMPLES_MAX], pss_kb[SAMPLES_MAX];
	size_t samples;
};

static const double sample_every_s = 60, sign_in_every_s = 30, leave_every_s = 1;

static double elapsed_s(const struct soak *soak)
{
	return (bench_now_us() - soak->start) / 1e6;
}

/* --- samples --- */

/* What has no labels: the counters and gauges of the whole. */
static void print_metrics(const struct soak *soak)
{
	void *mem = mem_context(NULL);
	int fd = crowd_connect(soak->serving.address);
	char *text = crowd_ask(fd, mem, crowd_request(mem, "/metrics", NULL, NULL));
	for (const char *line = text ? text : ""; *line;) {
		int size = (int)strcspn(line, "\n");
		if (*line != '#' && !memchr(line, '{', (size_t)size)) {
			fprintf(stderr, "  %.*s", size, line);
		}
		line += size;
		line += *line == '\n';
	}
	fprintf(stderr, "\n");
	close(fd);
	talloc_free(mem);
}

static void sample(struct soak *soak)
{
	double pss = serving_pss(&soak->serving);
	if (soak->samples < SAMPLES_MAX) {
		soak->at_s[soak->samples] = elapsed_s(soak);
		soak->pss_kb[soak->samples++] = pss;
	}
	fprintf(stderr,
		"%6.0f s: PSS %.0f kB; %zu requests, %zu changes, %zu refused; told %zu, "
		"reloads %zu, came again %zu; processor %.1f s\n",
		elapsed_s(soak), pss, shift_requests(soak->shift), shift_changes(soak->shift),
		shift_refused(soak->shift), atomic_load(&soak->listeners.changes),
		atomic_load(&soak->listeners.reloads), atomic_load(&soak->listeners.came_again),
		serving_cpu_us(&soak->serving) / 1e6);
	print_metrics(soak);
}

/* kB an hour, of the straight line with the least squares through samples[from…]. */
static double growth(const struct soak *soak, size_t from)
{
	double n = (double)(soak->samples - from), t = 0, y = 0, ty = 0, tt = 0;
	for (size_t i = from; i < soak->samples; i++) {
		t += soak->at_s[i];
		y += soak->pss_kb[i];
		ty += soak->at_s[i] * soak->pss_kb[i];
		tt += soak->at_s[i] * soak->at_s[i];
	}
	double spread = n * tt - t * t;
	return spread > 0 ? 3600 * (n * ty - t * y) / spread : 0;
}

static void print_result(const struct soak *soak)
{
	size_t warm = soak->samples / 3;
	double most = 0;
	for (size_t i = 0; i < soak->samples; i++) {
		most = soak->pss_kb[i] > most ? soak->pss_kb[i] : most;
	}
	const char *label = soak->label;
	figure_print_one("soak, memory at first", label, "kB", soak->pss_kb[0]);
	figure_print_one("soak, memory when warm", label, "kB", soak->pss_kb[warm]);
	figure_print_one("soak, memory at last", label, "kB", soak->pss_kb[soak->samples - 1]);
	figure_print_one("soak, memory at most", label, "kB", most);
	figure_print_one("soak, growth an hour", label, "kB", growth(soak, warm));
	figure_print_one("soak, changes", label, "n", (double)shift_changes(soak->shift));
	figure_print_one("soak, requests", label, "n", (double)shift_requests(soak->shift));
	figure_print_one("soak, told", label, "n", (double)atomic_load(&soak->listeners.changes));
	figure_print_one("soak, processor", label, "%",
		serving_cpu_us(&soak->serving) / 1e4 / elapsed_s(soak));
}

/* --- the time between --- */

static void work(struct soak *soak)
{
	double next_step = 0, next_sample = 10, next_sign_in = 5;
	while (elapsed_s(soak) < soak->seconds) {
		double wait_ms = 1000 * (next_step - elapsed_s(soak));
		poll(NULL, 0, wait_ms > 0 ? (int)wait_ms + 1 : 0);
		shift_step(soak->shift);
		next_step += 1 / soak->steps_per_second;
		if (elapsed_s(soak) >= next_sign_in) {
			shift_sign_in(soak->shift);
			next_sign_in += sign_in_every_s;
		}
		if (elapsed_s(soak) >= next_sample) {
			sample(soak);
			next_sample += sample_every_s;
		}
	}
	sample(soak);
}

/* A connection for each feed here and there. */
static void allow_files(void)
{
	struct rlimit files;
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

int main(int argc, char **argv)
{
	if (argc != 8) {
		fprintf(stderr, "usage: bench_soak ATENDED DESK LABEL WORK SECONDS FEEDS STEPS\n");
		return 2;
	}
	allow_files();
	void *mem = mem_context(NULL);
	struct soak *soak = mem_new(mem, struct soak);
	soak->label = argv[3];
	soak->seconds = strtod(argv[5], NULL);
	soak->steps_per_second = strtod(argv[7], NULL);
	claimers_prepare(mem, argv[2], &soak->claimers);
	const char *const command[] = {argv[1], "--desk", argv[2], "--listen", NULL};
	soak->serving = serving_start(mem, argv[4], "soak.sock", command);
	soak->shift = shift_start(mem, &soak->claimers, soak->serving.address, OPERATORS);
	soak->listeners = (struct listeners){.address = soak->serving.address,
		.logins = soak->claimers.logins,
		.login_count = CLAIMERS,
		.count = strtoul(argv[6], NULL, 10),
		.leave_every_s = leave_every_s};
	soak->start = bench_now_us();
	listeners_start(&soak->listeners);
	work(soak);
	print_result(soak);
	listeners_stop(&soak->listeners);
	serving_stop(&soak->serving);
	bool ok = shift_refused(soak->shift) == 0;
	talloc_free(mem);
	return ok ? 0 : 1;
}
