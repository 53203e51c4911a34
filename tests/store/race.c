#include "race.h"

#include "base/file.h"
#include "base/mem.h"
#include "chance.h"
#include "test.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILL_EACH_MS = 15 };

static int64_t race_now(void *data)
{
	struct race *race = data;
	return atomic_fetch_add(&race->now, 1);
}

static struct race *share(struct fixture *f)
{
	int fd = open(mem_printf(f, "%s/race", f->dir), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0 && ftruncate(fd, sizeof(struct race)) == 0);
	void *page = mmap(NULL, sizeof(struct race), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	assert_true(page != MAP_FAILED);
	close(fd);
	return page;
}

struct race *race_create(struct fixture *f, int64_t count, int64_t goal)
{
	struct race *race = share(f);
	*race = (struct race){.now = f->now,
		.goal = goal,
		.count = count,
		.dir = f->dir,
		.location = f->location,
		.seed = 1};
	for (int64_t i = 0; i < count; i++) {
		char *address = mem_printf(f, "cliente%lld@exemplo.com", (long long)(i / 2));
		int64_t number = fixture_ticket(f, address, "");
		race->first = race->first ? race->first : number;
	}
	for (int i = 0; i < RACERS_MAX; i++) {
		fixture_do(f, NULL,
			(struct change){.kind = CHANGE_OPERATOR,
				.key = mem_printf(f, "op%d", i),
				.role = i % 4 == 3 ? ROLE_SUPERVISOR : ROLE_OPERATOR});
	}
	return race;
}

void race_destroy(struct race *race)
{
	munmap(race, sizeof *race);
}

void race_must(bool ok, const char *what, const struct error *err)
{
	if (!ok) {
		char *text = err ? error_sentence(NULL, err, NULL) : NULL;
		fprintf(stderr, "%s: %s\n", what, text ? text : "");
		_exit(1);
	}
}

struct store *race_open(struct race *race, int slot)
{
	struct store_options options = {.clock = {race_now, race}};
	const struct store_driver *drivers[] = {place.driver};
	struct store *store;
	struct error err = {0};
	char *login = mem_printf(NULL, "op%d", slot);
	race_must(
		store_open(NULL, race->location, drivers, 1, &options, &store, &err), "open", &err);
	race_must(store_act_as(store, login, &err), "act as", &err);
	talloc_free(login);
	return store;
}

pid_t race_start(struct race *race, racer_fn *racer, int slot)
{
	fflush(NULL);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		signal(SIGSEGV, SIG_DFL);
		racer(race, slot);
		_exit(0);
	}
	return pid;
}

static void wait_for_all(const pid_t *pids, int count)
{
	bool ok = true;
	for (int i = 0; i < count; i++) {
		int status;
		waitpid(pids[i], &status, 0);
		ok = ok && WIFEXITED(status) && WEXITSTATUS(status) == 0;
	}
	assert_true(ok);
}

void race_all(struct race *race, racer_fn *racer, int count)
{
	pid_t pids[RACERS_MAX];
	for (int i = 0; i < count; i++) {
		pids[i] = race_start(race, racer, i);
	}
	wait_for_all(pids, count);
}

void race_killing(struct race *race, racer_fn *racer, int count)
{
	pid_t pids[RACERS_MAX];
	uint64_t state = race->seed;
	for (int i = 0; i < count; i++) {
		pids[i] = race_start(race, racer, i);
	}
	while (atomic_load(&race->rounds) < race->goal) {
		poll(NULL, 0, (int)chance(&state, 2 * KILL_EACH_MS));
		int victim = (int)chance(&state, (uint64_t)count);
		int status;
		kill(pids[victim], SIGKILL);
		waitpid(pids[victim], &status, 0);
		bool failed = WIFEXITED(status) && WEXITSTATUS(status) != 0;
		if (failed) {
			atomic_store(&race->rounds, race->goal); /* lets the others end */
		}
		pids[victim] = race_start(race, racer, victim);
		assert_false(failed);
	}
	wait_for_all(pids, count);
}

/* --- acknowledgements --- */

static char *acknowledged_path(const struct race *race, int slot)
{
	return mem_printf(NULL, "%s/acknowledged-%d", race->dir, slot);
}

void race_acknowledge(struct race *race, int slot, const struct uuid *id)
{
	char *path = acknowledged_path(race, slot);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write(fd, id->bytes, sizeof id->bytes) == sizeof id->bytes;
	race_must(ok, path, NULL);
	close(fd);
	talloc_free(path);
}

struct uuid *race_acknowledged(struct race *race, const void *mem, size_t *count)
{
	struct uuid *ids = mem_array(mem, struct uuid, 0);
	*count = 0;
	for (int slot = 0; slot < RACERS_MAX; slot++) {
		char *path = acknowledged_path(race, slot);
		char *bytes;
		size_t size;
		struct error err = {0};
		if (access(path, R_OK) == 0 &&
			file_read(mem, path, SIZE_MAX / 2, &bytes, &size, &err)) {
			size_t n = size / sizeof *ids;
			ids = mem_grow(mem, ids, struct uuid, (unsigned)(*count + n));
			memcpy(ids + *count, bytes, n * sizeof *ids);
			*count += n;
			talloc_free(bytes);
		}
		talloc_free(path);
	}
	return ids;
}
