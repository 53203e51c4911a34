#include "test.h"

#include "base/mem.h"
#include "httpd/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* As whom a request is counted, and who is believed about it. */

static const char *const named[] = {"127.0.0.1", "2001:db8::7"};
static const struct peer_proxies proxies = {named, 2}, none = {NULL, 0};

static struct sockaddr_storage from(const char *text)
{
	struct sockaddr_storage storage = {0};
	struct sockaddr_in *in4 = (struct sockaddr_in *)&storage;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&storage;
	if (inet_pton(AF_INET, text, &in4->sin_addr) == 1) {
		storage.ss_family = AF_INET;
	} else {
		assert_int_equal(inet_pton(AF_INET6, text, &in6->sin6_addr), 1);
		storage.ss_family = AF_INET6;
	}
	return storage;
}

static void a_request_is_counted_by_its_address(void **state)
{
	(void)state;
	static const struct {
		const char *peer, *forwarded;
		bool has_proxies;
		const char *name;
	} cases[] = {
		{"192.0.2.1", NULL, true, "192.0.2.1"},
		/* A socket for both kinds has those of IPv4 so: they are not one network. */
		{"::ffff:192.0.2.1", NULL, true, "192.0.2.1"},
		{"2001:db8:1:2:3:4:5:6", NULL, true, "2001:db8:1:2::"},
		/* Anybody may say who he is. */
		{"192.0.2.1", "198.51.100.9", true, "192.0.2.1"},
		{"127.0.0.1", "198.51.100.9", false, "127.0.0.1"},
		{"127.0.0.2", "198.51.100.9", true, "127.0.0.2"},
		/* A proxy is believed, and of what it was told only what it saw itself. */
		{"127.0.0.1", "198.51.100.9", true, "198.51.100.9"},
		{"::ffff:127.0.0.1", "198.51.100.9", true, "198.51.100.9"},
		{"2001:db8::7", "198.51.100.9", true, "198.51.100.9"},
		{"127.0.0.1", "203.0.113.1, 198.51.100.9", true, "198.51.100.9"},
		{"127.0.0.1", "203.0.113.1,198.51.100.9 ", true, "198.51.100.9"},
		{"127.0.0.1", "2001:db8:1:2:3:4:5:6", true, "2001:db8:1:2::"},
		/* What is none does not count. */
		{"127.0.0.1", NULL, true, "127.0.0.1"},
		{"127.0.0.1", "", true, "127.0.0.1"},
		{"127.0.0.1", "unknown", true, "127.0.0.1"},
		{"127.0.0.1", "198.51.100.9, nonsense", true, "127.0.0.1"},
		{"127.0.0.1", "198.51.100.9,", true, "127.0.0.1"},
	};
	void *mem = mem_context(NULL);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct sockaddr_storage peer = from(cases[i].peer);
		char *name = peer_name(mem, (const struct sockaddr *)&peer, cases[i].forwarded,
			cases[i].has_proxies ? &proxies : &none);
		if (strcmp(name, cases[i].name) != 0) {
			fail_msg("%zu: %s", i, name);
		}
	}
	struct sockaddr_storage peer = {.ss_family = AF_UNIX};
	assert_string_equal(
		peer_name(mem, (const struct sockaddr *)&peer, "198.51.100.9", &proxies), "unix");
	assert_string_equal(peer_name(mem, NULL, "198.51.100.9", &proxies), "unix");
	talloc_free(mem);
}

static void who_comes_through_a_proxy_is_not_on_this_machine(void **state)
{
	(void)state;
	static const struct {
		const char *peer;
		bool with, without; /* such a proxy */
	} cases[] = {
		{"127.0.0.1", false, true},
		{"127.0.0.2", true, true},
		{"::1", true, true},
		{"::ffff:127.0.0.1", false, true},
		{"::ffff:127.8.8.8", true, true},
		{"192.0.2.1", false, false},
		{"2001:db8::7", false, false},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct sockaddr_storage peer = from(cases[i].peer);
		const struct sockaddr *it = (const struct sockaddr *)&peer;
		assert_int_equal(peer_is_local(it, &proxies), cases[i].with);
		assert_int_equal(peer_is_local(it, &none), cases[i].without);
	}
	assert_false(peer_is_local(NULL, &none));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_is_counted_by_its_address),
		cmocka_unit_test(who_comes_through_a_proxy_is_not_on_this_machine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
