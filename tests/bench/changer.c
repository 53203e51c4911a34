#include "changer.h"

#include "base/mem.h"
#include "crowd.h"
#include "figure.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *changer_body(const void *mem, const struct change *change)
{
	char id[UUID_TEXT_SIZE];
	uuid_format(&change->id, id);
	return mem_printf(mem, "[{\"id\":\"%s\",\"kind\":\"%s\",\"ticket\":%lld%s}]", id,
		change_kinds[change->kind].name, (long long)change->ticket,
		change->kind == CHANGE_CLAIM ? ",\"separate\":\"yes\"" : "");
}

/* By one claimer, on ticket after ticket. */
static void change_once(struct changer *changer, int fd, size_t at)
{
	void *mem = mem_context(NULL);
	const size_t who = CLAIMERS - 1;
	struct change change = claimers_change(
		changer->claimers, at % 2 ? CHANGE_RELEASE : CHANGE_CLAIM, who, at / 2);
	char *request = crowd_request(
		mem, "/v1/changes", changer->claimers->logins[who], changer_body(mem, &change));
	changer->noted[at].sent_at = bench_now_us();
	char *answer = crowd_ask(fd, mem, request);
	char *revision = answer ? strstr(answer, "\"revision\":") : NULL;
	if (!revision) {
		fprintf(stderr, "bench: refused: %s\n", answer ? answer : "");
		exit(1);
	}
	changer->noted[at].revision = strtoll(revision + strlen("\"revision\":"), NULL, 10);
	talloc_free(mem);
}

static void *work(void *data)
{
	struct changer *changer = data;
	int fd = crowd_connect(changer->address);
	double start = bench_now_us();
	while (!atomic_load(&changer->is_ending) && changer->count < CHANGES_NOTED) {
		double due = start + 1e6 * (double)changer->count / changer->per_second;
		double wait_ms = (due - bench_now_us()) / 1000;
		poll(NULL, 0, wait_ms > 0 ? (int)wait_ms : 0);
		change_once(changer, fd, changer->count);
		changer->count++;
	}
	close(fd);
	return NULL;
}

void changer_start(struct changer *changer, const struct claimers *claimers, const char *address,
	double per_second)
{
	changer->claimers = claimers;
	changer->address = address;
	changer->per_second = per_second;
	changer->count = 0;
	atomic_store(&changer->is_ending, false);
	mem_check(pthread_create(&changer->thread, NULL, work, changer) == 0 ? changer : NULL);
}

void changer_stop(struct changer *changer)
{
	atomic_store(&changer->is_ending, true);
	pthread_join(changer->thread, NULL);
	if (changer->count % 2) { /* what it holds the next one shall be able to claim */
		size_t at = changer->count / 2;
		struct change change =
			claimers_change(changer->claimers, CHANGE_RELEASE, CLAIMERS - 1, at);
		claimers_apply(changer->claimers, &change, 1);
	}
}
