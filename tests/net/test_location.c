#include "test.h"

#include "base/mem.h"
#include "net/location.h"

#include <string.h>

static void a_location_is_taken_apart(void **state)
{
	(void)state;
	static const struct {
		const char *text, *base, *socket, *name;
		bool is_encrypted, is_local;
	} cases[] = {
		{"unix:/run/a.sock", "http://localhost", "/run/a.sock", "/run/a.sock", false, true},
		{"unix:a b", "http://localhost", "a b", "a b", false, true},
		{"http://127.0.0.1:80", "http://127.0.0.1:80", NULL, "127.0.0.1:80", false, true},
		{"http://127.9.8.7", "http://127.9.8.7", NULL, "127.9.8.7", false, true},
		{"http://0x7f.1:80", "http://127.0.0.1:80", NULL, "127.0.0.1:80", false, true},
		{"http://LocalHost:80", "http://LocalHost:80", NULL, "LocalHost:80", false, true},
		{"http://[::1]:80", "http://[::1]:80", NULL, "[::1]:80", false, true},
		{"https://localhost", "https://localhost", NULL, "localhost", true, true},
		{"https://desk.example", "https://desk.example", NULL, "desk.example", true, false},
		{"HTTPS://desk.example:8443/", "https://desk.example:8443", NULL,
			"desk.example:8443", true, false},
		{"https://desk.example/a/b//", "https://desk.example/a/b", NULL, "desk.example",
			true, false},
		{"http://0.0.0.0:80", "http://0.0.0.0:80", NULL, "0.0.0.0:80", false, false},
		{"http://128.0.0.1", "http://128.0.0.1", NULL, "128.0.0.1", false, false},
		{"http://127.0.0.1.example", "http://127.0.0.1.example", NULL, "127.0.0.1.example",
			false, false},
		{"http://localhost.example", "http://localhost.example", NULL, "localhost.example",
			false, false},
		{"http://[::2]:80", "http://[::2]:80", NULL, "[::2]:80", false, false},
	};
	void *mem = mem_context(NULL);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct location location;
		assert_true(location_parse(mem, cases[i].text, &location, NULL));
		assert_string_equal(location.base, cases[i].base);
		assert_string_equal(location.name, cases[i].name);
		assert_int_equal(location.is_encrypted, cases[i].is_encrypted);
		assert_int_equal(location.is_local, cases[i].is_local);
		assert_true(!location.socket == !cases[i].socket);
		if (location.socket) {
			assert_string_equal(location.socket, cases[i].socket);
		}
	}
	talloc_free(mem);
}

static void what_is_none_is_refused_and_not_repeated(void **state)
{
	(void)state;
	static const char *const cases[] = {"", "unix:", "desk.example", "desk.example:80",
		"ftp://desk.example", "file:///etc/passwd", "http://", "http://a b",
		"http://ana:secret@desk.example", "https://secret@desk.example",
		"http://desk.example/?token=secret", "http://desk.example/#secret",
		"http://desk.example:99999", "http:desk.example?secret"};
	void *mem = mem_context(NULL);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct location location;
		struct error err = {0};
		if (location_parse(mem, cases[i], &location, &err)) {
			fail_msg("%s", cases[i]);
		}
		assert_int_equal(err.code, ERROR_INVALID);
		assert_null(strstr(error_sentence(mem, &err, NULL), "secret"));
	}
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_location_is_taken_apart),
		cmocka_unit_test(what_is_none_is_refused_and_not_repeated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
