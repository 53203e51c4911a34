#include "cli/progress.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "cli/call.h"
#include "cli/output.h"

#include <signal.h>
#include <stdio.h>

enum { SILENT_MS = MS_SECOND, REFRESH_MS = 200 };

/* Set by a signal handler: the one piece of state that no owner can hold. */
static volatile sig_atomic_t interrupted;
static struct sigaction former;

static void on_interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

void interrupt_watch(void)
{
	struct sigaction action = {.sa_handler = on_interrupt};
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, &former);
}

void interrupt_restore(void)
{
	sigaction(SIGINT, &former, NULL);
}

bool interrupt_happened(void)
{
	return interrupted;
}

void progress_begin(struct progress *progress, struct cli *cli, const char *what)
{
	int64_t now = clock_monotonic();
	*progress = (struct progress){.cli = cli, .what = what, .began = now, .shown = now};
}

static void show(const struct progress *progress, int64_t now, int64_t done, int64_t total)
{
	void *mem = mem_context(NULL);
	int64_t spent_ms = now - progress->began;
	char *rate = mem_printf(mem, "%lld", (long long)(done * MS_SECOND / spent_ms));
	char *count = mem_printf(mem, "%lld", (long long)done);
	char *line;
	if (total > 0 && done > 0) {
		char *percent = mem_printf(mem, "%lld", (long long)(done * 100 / total));
		char *left = timestamp_span(mem, (total - done) * spent_ms / done);
		line = output_fill(mem, _("{0} {1} %, {2}/s, {3} left"), progress->what, percent,
			rate, left, NULL);
	} else {
		line = output_fill(mem, _("{0} {1}, {2}/s"), progress->what, count, rate, NULL);
	}
	/* Our own control bytes, on a terminal only: back to the margin, clear to the end. */
	fprintf(progress->cli->err, "\r%s\033[K", line);
	fflush(progress->cli->err);
	talloc_free(mem);
}

bool progress_step(void *data, int64_t done, int64_t total)
{
	struct progress *progress = data;
	int64_t now = clock_monotonic();
	if (progress->cli->shows_progress && now - progress->began >= SILENT_MS &&
		now - progress->shown >= REFRESH_MS) {
		show(progress, now, done, total);
		progress->shown = now;
		progress->is_shown = true;
	}
	return !interrupted;
}

void progress_end(struct progress *progress)
{
	if (progress->is_shown) {
		fputs("\r\033[K", progress->cli->err);
		fflush(progress->cli->err);
		progress->is_shown = false;
	}
}
