#include "core/link.h"

#include "base/mem.h"
#include "test.h"

/* The links of a text, a blank behind each. */
static void finds(const char *text, const char *wanted)
{
	void *mem = mem_context(NULL);
	struct link_spans links = links_find(mem, text);
	char *shown = mem_strdup(mem, "");
	for (size_t i = 0; i < links.count; i++) {
		const struct link_span *link = &links.items[i];
		shown = mem_printf(mem, "%s%.*s ", shown, (int)link->length, text + link->offset);
	}
	assert_string_equal(shown, wanted);
	talloc_free(mem);
}

static void what_is_a_link(void **state)
{
	finds("", "");
	finds("nada http aqui, nem https:// só", "");
	finds("https://a.example", "https://a.example ");
	finds("veja HTTP://A.example/x?y=1&z=[2]#k e tel:+5511999990000",
		"HTTP://A.example/x?y=1&z=[2]#k "
		"tel:+5511999990000 ");
	finds("mailto:sac@loja.example", "mailto:sac@loja.example ");
	finds("https://loja.example/praça/日本", "https://loja.example/praça/日本 ");
	finds("https://a.example\nhttp://b.example", "https://a.example http://b.example ");
	(void)state;
}

static void what_is_the_sentence(void **state)
{
	finds("(https://a.example/x).", "https://a.example/x ");
	finds("https://a.example/x_(y), e", "https://a.example/x_(y) ");
	finds("<https://a.example>", "https://a.example ");
	finds("[https://a.example]!", "https://a.example ");
	finds("\"https://a.example\"", "https://a.example ");
	finds("*https://a.example*", "https://a.example ");
	(void)state;
}

static void what_is_none(void **state)
{
	finds("javascript:alert(1) file:///etc/passwd ftp://a.example data:text/html,x", "");
	finds("xhttps://a.example mailto: tel:.", "");
	assert_true(link_is_whole("https://a.example/x"));
	assert_false(link_is_whole("https://a.example/x y"));
	assert_false(link_is_whole("https://a.example/x\n"));
	assert_false(link_is_whole("https://a.example."));
	assert_false(link_is_whole(""));
	assert_false(link_is_whole("-https://a.example"));
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_a_link),
		cmocka_unit_test(what_is_the_sentence),
		cmocka_unit_test(what_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
