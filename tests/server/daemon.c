#include "daemon.h"

#include "test.h"

#include "base/clock.h"
#include "base/mem.h"
#include "net/http.h"
#include "store/drivers.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 30000, LOOK_AGAIN_MS = 5, PAGE = 1000 };

static const struct store_driver *const drivers[] = {&store_sqlite, &store_http};

static void must(bool ok, const struct error *err)
{
	if (!ok) {
		fail_msg("%s", error_sentence(NULL, err, NULL));
	}
}

static struct store *open_at(const char *location, const struct store_options *options)
{
	struct store *store;
	struct error err = {0};
	must(store_open(NULL, location, drivers, ARRAY_LEN(drivers), options, &store, &err), &err);
	return store;
}

static void apply(struct store *store, struct change change)
{
	struct result result;
	struct error err = {0};
	change.id = uuid_make(store_now(store));
	must(store_apply(store, &change, 1, &result, &err), &err);
	must(result.ok, &result.err);
}

struct daemon *daemon_create(const void *mem, int operators, int tickets)
{
	struct daemon *daemon = mem_new(mem, struct daemon);
	daemon->desk = desk_create(daemon);
	daemon->location = mem_printf(daemon, "unix:%s", desk_path(daemon->desk, "socket"));
	struct store *store = open_at(
		daemon->desk->file, &(struct store_options){.create = true, .creator = "eva"});
	for (int i = 0; i < operators; i++) {
		char *login = mem_printf(NULL, "op%d", i);
		apply(store, (struct change){
				     .kind = CHANGE_OPERATOR, .key = login, .role = ROLE_OPERATOR});
		talloc_free(login);
	}
	for (int i = 0; i < tickets; i++) {
		char *address = mem_printf(NULL, "cliente%d@exemplo.example", i);
		apply(store, (struct change){.kind = CHANGE_NEW,
				     .channel = CHANNEL_EMAIL,
				     .address = address,
				     .subject = "Onde está?",
				     .text = "O pedido não chegou."});
		talloc_free(address);
	}
	store_close(store);
	return daemon;
}

static bool answers(const struct daemon *daemon)
{
	struct http *http;
	struct http_answer answer;
	struct http_options options = {.location = daemon->location};
	struct http_request request = {.method = "GET", .path = "/healthz"};
	void *mem = mem_context(NULL);
	assert_true(http_open(&options, &http, NULL));
	bool ok = http_send(http, &request, mem, &answer, NULL) && answer.status == 200;
	http_close(http);
	talloc_free(mem);
	return ok;
}

void daemon_start(struct daemon *daemon)
{
	const char *path = getenv("ATENDED_PROGRAM");
	assert_non_null(path);
	const char *words[] = {
		path, "--desk", daemon->desk->file, "--listen", daemon->location, NULL};
	struct program program = {
		.argv = words, .environment = desk_environment(daemon->desk, NULL)};
	daemon->pid = program_start(&program);
	for (int waited_ms = 0; !answers(daemon); waited_ms += LOOK_AGAIN_MS) {
		assert_true(waited_ms < PATIENCE_MS);
		poll(NULL, 0, LOOK_AGAIN_MS);
	}
}

void daemon_kill(struct daemon *daemon)
{
	assert_int_equal(kill(daemon->pid, SIGKILL), 0);
	assert_int_equal(program_wait(daemon->pid), 128 + SIGKILL);
	daemon->pid = 0;
}

void daemon_stop(struct daemon *daemon)
{
	assert_int_equal(kill(daemon->pid, SIGTERM), 0);
	assert_int_equal(program_wait(daemon->pid), 0);
	daemon->pid = 0;
}

struct store *daemon_open(const char *location, int slot)
{
	struct store *store = NULL;
	struct error err = {0};
	struct store_options options = {0};
	char *login = mem_printf(NULL, "op%d", slot);
	for (int waited_ms = 0; !store; waited_ms += LOOK_AGAIN_MS) {
		if (store_open(
			    NULL, location, drivers, ARRAY_LEN(drivers), &options, &store, &err) &&
			slot >= 0 && !store_act_as(store, login, &err)) {
			store_close(store);
			store = NULL;
		}
		if (!store) {
			must(waited_ms < PATIENCE_MS, &err);
			poll(NULL, 0, LOOK_AGAIN_MS);
		}
	}
	talloc_free(login);
	return store;
}

struct store *daemon_file(const struct daemon *daemon)
{
	return open_at(daemon->desk->file, &(struct store_options){0});
}

void daemon_check(const struct daemon *daemon)
{
	struct store *store = daemon_file(daemon);
	void *mem = mem_context(NULL);
	struct findings findings;
	struct error err = {0};
	must(store_check(store, mem, NULL, NULL, &findings, &err), &err);
	for (size_t i = 0; i < findings.count; i++) {
		must(false, &findings.items[i].err);
	}
	talloc_free(mem);
	store_close(store);
}

static int by_id(const void *a, const void *b)
{
	const struct logged *one = a;
	const struct logged *other = b;
	return memcmp(one->id.bytes, other->id.bytes, sizeof one->id.bytes);
}

struct logged *daemon_log(const struct daemon *daemon, const void *mem, size_t *count)
{
	struct store *store = daemon_file(daemon);
	struct logged *log = mem_array(mem, struct logged, 0);
	struct feed feed = {.count = PAGE};
	*count = 0;
	for (int64_t since = 0; feed.count == PAGE; since = feed.revision) {
		void *page = mem_context(NULL);
		struct error err = {0};
		must(store_log(store, page, 0, since, PAGE, &feed, &err), &err);
		log = mem_grow(mem, log, struct logged, (unsigned)(*count + feed.count));
		for (size_t i = 0; i < feed.count; i++) {
			log[(*count)++] = (struct logged){
				.id = feed.items[i].id, .revision = feed.items[i].revision};
		}
		talloc_free(page);
	}
	store_close(store);
	qsort(log, *count, sizeof *log, by_id);
	return log;
}

int daemon_logged(const struct logged *log, size_t count, const struct uuid *id, int64_t *revision)
{
	struct logged wanted = {.id = *id};
	const struct logged *found = bsearch(&wanted, log, count, sizeof *log, by_id);
	int times = 0;
	while (found && found > log && by_id(found - 1, &wanted) == 0) {
		found--;
	}
	for (; found && found < log + count && by_id(found, &wanted) == 0; found++) {
		*revision = found->revision;
		times++;
	}
	return times;
}
