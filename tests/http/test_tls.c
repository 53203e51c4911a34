#include "test.h"

#include "base/mem.h"
#include "httpd/server.h"
#include "net/certificates.h"
#include "net/http.h"
#include "store/drivers.h"

#include <string.h>
#include <sys/stat.h>

/* The server by TLS: which certificates it takes, and how one is replaced while it runs. */

struct secured {
	struct desk *desk;
	struct server_options options;
	struct server *server;
	char *ca_file;
};

static const struct store_driver *const drivers[] = {&store_sqlite};
static const char *const loopback[] = {"127.0.0.1:0"};

static int setup(void **state)
{
	struct desk *desk = desk_create(NULL);
	struct secured *s = mem_new(desk, struct secured);
	s->desk = desk;
	s->ca_file = authority_make(desk, "ours");
	certificate_make(desk, "ours", "server", "IP:127.0.0.1", 2);
	struct store_options create = {.create = true, .creator = "eva"};
	struct store *store;
	struct error err = {0};
	assert_true(store_open(NULL, desk->file, drivers, 1, &create, &store, &err));
	store_close(store);
	s->options = (struct server_options){.desk = desk->file,
		.drivers = drivers,
		.driver_count = 1,
		.listen = loopback,
		.listen_count = 1,
		.certificate = desk_path(desk, "server.crt"),
		.key = desk_path(desk, "server.key")};
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct secured *s = *state;
	server_stop(s->server, 1000);
	talloc_free(s->desk);
	return 0;
}

static void start(struct secured *s)
{
	struct error err = {0};
	if (!server_start(&s->options, &s->server, &err)) {
		fail_msg("%s", error_sentence(s, &err, NULL));
	}
}

static void is_not_started(struct secured *s, const char *reason)
{
	struct error err = {0};
	assert_false(server_start(&s->options, &s->server, &err));
	assert_string_equal(err.reason, reason);
	assert_null(s->server);
}

static struct http *open_http(struct secured *s, const char *scheme)
{
	struct http *http;
	struct error err = {0};
	char *location = mem_printf(s, "%s://127.0.0.1:%d", scheme, server_port(s->server, 0));
	struct http_options options = {.location = location, .ca_file = s->ca_file, .proxy = ""};
	assert_true(http_open(&options, &http, &err));
	return http;
}

static bool answers(struct secured *s, struct http *http)
{
	static const struct http_request get = {.method = "GET", .path = "/healthz"};
	struct http_answer answer;
	struct error err = {0};
	return http_send(http, &get, s, &answer, &err) && answer.status == 200;
}

/* On a connection of its own. */
static bool is_good(struct secured *s, const char *scheme)
{
	struct http *http = open_http(s, scheme);
	bool good = answers(s, http);
	http_close(http);
	return good;
}

static void it_speaks_tls_and_nothing_else(void **state)
{
	struct secured *s = *state;
	start(s);
	assert_true(is_good(s, "https"));
	assert_false(is_good(s, "http"));
}

static void old_versions_are_not_spoken(void **state)
{
	struct secured *s = *state;
	static const struct {
		const char *version;
		bool is_spoken;
	} cases[] = {
		{"-tls1", false},
		{"-tls1_1", false},
		{"-tls1_2", true},
		{"-tls1_3", true},
	};
	start(s);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (tls_is_spoken(s->desk, server_port(s->server, 0), cases[i].version) !=
			cases[i].is_spoken) {
			fail_msg("%s", cases[i].version);
		}
	}
}

static void a_certificate_is_replaced_while_it_runs(void **state)
{
	struct secured *s = *state;
	struct error err = {0};
	start(s);
	struct http *kept = open_http(s, "https");
	assert_true(answers(s, kept));
	assert_true(server_reload(s->server, &err)); /* nothing is new */
	/* One that the client does not trust shows that it is the new one. */
	char *ca_file = s->ca_file;
	s->ca_file = authority_make(s->desk, "theirs");
	assert_false(is_good(s, "https"));
	certificate_make(s->desk, "theirs", "server", "IP:127.0.0.1", 2);
	assert_true(server_reload(s->server, &err));
	assert_true(is_good(s, "https"));
	/* Who was connected before stays so. */
	assert_true(answers(s, kept));
	s->ca_file = ca_file;
	assert_false(is_good(s, "https"));
	certificate_make(s->desk, "ours", "server", "IP:127.0.0.1", 2);
	assert_true(server_reload(s->server, &err));
	assert_true(is_good(s, "https"));
	assert_true(answers(s, kept));
	http_close(kept);
	assert_true(server_reload(s->server, &err));
}

static void what_does_not_do_leaves_the_old_one_in_use(void **state)
{
	struct secured *s = *state;
	struct error err = {0};
	start(s);
	desk_write(s->desk, "server.crt", "no certificate\n");
	assert_false(server_reload(s->server, &err));
	assert_string_equal(err.reason, "tls");
	assert_true(is_good(s, "https"));
	certificate_make(s->desk, "ours", "other", "IP:127.0.0.1", 2);
	desk_write(s->desk, "server.crt", desk_read(s->desk, "other.crt"));
	assert_false(server_reload(s->server, &err)); /* its key is another */
	assert_true(is_good(s, "https"));
	assert_int_equal(remove(desk_path(s->desk, "server.crt")), 0);
	assert_false(server_reload(s->server, &err));
	assert_true(is_good(s, "https"));
}

static void it_does_not_start_with_what_does_not_do(void **state)
{
	struct secured *s = *state;
	chmod(s->options.key, 0644);
	is_not_started(s, "tls");
	chmod(s->options.key, 0600);
	desk_write(s->desk, "server.crt", "no certificate\n");
	is_not_started(s, "tls");
	assert_int_equal(remove(desk_path(s->desk, "server.crt")), 0);
	struct error err = {0};
	assert_false(server_start(&s->options, &s->server, &err));
}

static void plain_http_stays_on_this_machine(void **state)
{
	struct secured *s = *state;
	static const char *const everywhere[] = {"0.0.0.0:0"}, *const six[] = {"[::]:0"};
	s->options.certificate = NULL;
	s->options.key = NULL;
	s->options.listen = everywhere;
	is_not_started(s, "insecure");
	s->options.listen = six;
	is_not_started(s, "insecure");
	s->options.listen = everywhere;
	s->options.insecure = true;
	start(s);
	assert_true(is_good(s, "http"));
	server_stop(s->server, 0);
	s->options.listen = loopback;
	s->options.insecure = false;
	start(s);
	assert_true(is_good(s, "http"));
	struct error err = {0};
	assert_true(server_reload(s->server, &err));
}

#define secured(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		secured(it_speaks_tls_and_nothing_else),
		secured(old_versions_are_not_spoken),
		secured(a_certificate_is_replaced_while_it_runs),
		secured(what_does_not_do_leaves_the_old_one_in_use),
		secured(it_does_not_start_with_what_does_not_do),
		secured(plain_http_stays_on_this_machine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
