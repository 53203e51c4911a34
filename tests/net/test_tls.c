#include "test.h"

#include "base/mem.h"
#include "certificates.h"
#include "net/http.h"
#include "raw.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>

/* Only a certificate that is good, for this name and of a known authority makes a connection. */

struct secured {
	struct MHD_Daemon *daemon;
	char *location;
};

static enum MHD_Result answer(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *bytes, size_t *size, void **state)
{
	(void)data, (void)url, (void)method, (void)version, (void)bytes, (void)size, (void)state;
	struct MHD_Response *response =
		MHD_create_response_from_buffer(2, (void *)"ok", MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result = MHD_queue_response(connection, 200, response);
	MHD_destroy_response(response);
	return result;
}

/* Speaks what GnuTLS calls so. */
static struct secured start_speaking(const struct desk *desk, const char *name, const char *host,
	unsigned short port, const char *priorities)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct secured secured = {
		.daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, 0, NULL,
			NULL, answer, NULL, MHD_OPTION_SOCK_ADDR, &address,
			MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_HTTPS_MEM_CERT,
			desk_read(desk, mem_printf(desk, "%s.crt", name)), MHD_OPTION_HTTPS_MEM_KEY,
			desk_read(desk, mem_printf(desk, "%s.key", name)),
			MHD_OPTION_HTTPS_PRIORITIES, priorities, MHD_OPTION_END),
	};
	assert_non_null(secured.daemon);
	port = MHD_get_daemon_info(secured.daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
	secured.location = mem_printf(desk, "https://%s:%d", host, port);
	return secured;
}

/* Listens with this certificate; port 0: one that is free. */
static struct secured start(
	const struct desk *desk, const char *name, const char *host, unsigned short port)
{
	return start_speaking(desk, name, host, port, "NORMAL");
}

static unsigned short port_of(const struct secured *secured)
{
	return MHD_get_daemon_info(secured->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

static struct http *open_at(const char *location, const char *ca_file)
{
	struct http *http;
	struct http_options options = {.location = location, .ca_file = ca_file, .proxy = ""};
	assert_true(http_open(&options, &http, NULL));
	return http;
}

static const struct http_request get = {.method = "GET", .path = "/"};

static void answers(const struct desk *desk, struct http *http)
{
	struct http_answer got;
	struct error err = {0};
	if (!http_send(http, &get, desk, &got, &err)) {
		fail_msg("%s", error_sentence(desk, &err, NULL));
	}
	assert_string_equal(got.body, "ok");
}

/* Refused before anything was sent, with a sentence that has this in it. */
static void is_refused(const struct desk *desk, struct http *http, const char *part)
{
	struct http_answer got;
	struct error err = {0};
	assert_false(http_send(http, &get, desk, &got, &err));
	assert_int_equal(err.code, ERROR_UNAVAILABLE);
	assert_string_equal(err.reason, "tls");
	assert_false(got.was_sent);
	char *sentence = error_sentence(desk, &err, NULL);
	if (!strstr(sentence, part)) {
		fail_msg("%s: not about \"%s\"", sentence, part);
	}
}

static const struct {
	const char *authority, *names;
	int days;
	const char *host;
	const char *part; /* of the refusal; NULL: it is good */
} cases[] = {
	{"ours", "IP:127.0.0.1", 2, "127.0.0.1", NULL},
	{"ours", "DNS:localhost", 2, "localhost", NULL},
	{"ours", "DNS:desk.example", 2, "127.0.0.1", "for another name"},
	{"ours", "DNS:desk.example", 2, "localhost", "for another name"},
	{"ours", "IP:127.0.0.1", -1, "127.0.0.1", "has expired"},
	{"theirs", "IP:127.0.0.1", 2, "127.0.0.1", "from an authority"},
};

static void only_a_good_certificate_will_do(void **state)
{
	struct desk *desk = *state;
	char *ca_file = desk_path(desk, "ours.crt");
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		certificate_make(desk, cases[i].authority, "server", cases[i].names, cases[i].days);
		struct secured secured = start(desk, "server", cases[i].host, 0);
		struct http *http = open_at(secured.location, ca_file);
		if (cases[i].part) {
			is_refused(desk, http, cases[i].part);
		} else {
			answers(desk, http);
		}
		http_close(http);
		MHD_stop_daemon(secured.daemon);
	}
}

static void an_authority_of_ones_own_has_to_be_named(void **state)
{
	struct desk *desk = *state;
	certificate_make(desk, "ours", "server", "IP:127.0.0.1", 2);
	struct secured secured = start(desk, "server", "127.0.0.1", 0);
	struct http *http = open_at(secured.location, NULL);
	is_refused(desk, http, "from an authority");
	is_refused(desk, http, "ca_file");
	http_close(http);
	MHD_stop_daemon(secured.daemon);
}

static void a_file_without_certificates_is_told(void **state)
{
	struct desk *desk = *state;
	struct http *http;
	struct error err = {0};
	struct http_options options = {
		.location = "https://127.0.0.1:1", .ca_file = desk_path(desk, "none"), .proxy = ""};
	assert_false(http_open(&options, &http, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_string_equal(err.arg[0], options.ca_file);
	certificate_make(desk, "ours", "server", "IP:127.0.0.1", 2);
	struct secured secured = start(desk, "server", "127.0.0.1", 0);
	options.location = secured.location;
	options.ca_file = desk_write(desk, "empty.crt", "hello\n");
	assert_true(http_open(&options, &http, NULL));
	struct http_answer got;
	assert_false(http_send(http, &get, desk, &got, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_string_equal(err.arg[0], options.ca_file);
	http_close(http);
	MHD_stop_daemon(secured.daemon);
}

static void a_certificate_may_change_but_not_its_authority(void **state)
{
	struct desk *desk = *state;
	certificate_make(desk, "ours", "first", "IP:127.0.0.1", 2);
	certificate_make(desk, "ours", "second", "IP:127.0.0.1", 2);
	certificate_make(desk, "theirs", "false", "IP:127.0.0.1", 2);
	struct secured secured = start(desk, "first", "127.0.0.1", 0);
	struct http *http = open_at(secured.location, desk_path(desk, "ours.crt"));
	static const char *const names[] = {"first", "second", "false", "second"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		unsigned short port = port_of(&secured);
		MHD_stop_daemon(secured.daemon);
		secured = start(desk, names[i], "127.0.0.1", port);
		if (strcmp(names[i], "false") == 0) {
			is_refused(desk, http, "from an authority");
		} else {
			answers(desk, http);
			answers(desk, http);
		}
	}
	http_close(http);
	MHD_stop_daemon(secured.daemon);
}

static void an_old_version_is_not_spoken(void **state)
{
	struct desk *desk = *state;
	static const struct {
		const char *priorities, *version;
		bool is_good;
	} versions[] = {
		{"LEGACY:-VERS-ALL:+VERS-TLS1.0:+SIGN-ALL", "-tls1", false},
		{"LEGACY:-VERS-ALL:+VERS-TLS1.1:+SIGN-ALL", "-tls1_1", false},
		{"NORMAL:-VERS-ALL:+VERS-TLS1.2", "-tls1_2", true},
		{"NORMAL:-VERS-ALL:+VERS-TLS1.3", "-tls1_3", true},
	};
	certificate_make(desk, "ours", "server", "IP:127.0.0.1", 2);
	for (size_t i = 0; i < ARRAY_LEN(versions); i++) {
		struct secured secured =
			start_speaking(desk, "server", "127.0.0.1", 0, versions[i].priorities);
		assert_true(tls_is_spoken(desk, port_of(&secured), versions[i].version));
		struct http *http = open_at(secured.location, desk_path(desk, "ours.crt"));
		if (versions[i].is_good) {
			answers(desk, http);
		} else {
			is_refused(desk, http, "older than 1.2");
		}
		http_close(http);
		MHD_stop_daemon(secured.daemon);
	}
}

static void what_speaks_no_tls_is_told(void **state)
{
	struct desk *desk = *state;
	static const struct raw_step steps[] = {
		SEND("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), HANG, END};
	struct raw *raw = raw_start(steps, NULL);
	struct http *http =
		open_at(mem_printf(desk, "https%s", raw_location(raw) + strlen("http")), NULL);
	is_refused(desk, http, "http://");
	http_close(http);
	raw_stop(raw);
}

static int setup(void **state)
{
	struct desk *desk = desk_create(NULL);
	authority_make(desk, "ours");
	authority_make(desk, "theirs");
	*state = desk;
	return 0;
}

static int teardown(void **state)
{
	talloc_free(*state);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_good_certificate_will_do),
		cmocka_unit_test(an_authority_of_ones_own_has_to_be_named),
		cmocka_unit_test(a_file_without_certificates_is_told),
		cmocka_unit_test(a_certificate_may_change_but_not_its_authority),
		cmocka_unit_test(an_old_version_is_not_spoken),
		cmocka_unit_test(what_speaks_no_tls_is_told),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
