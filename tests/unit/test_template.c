#include "test.h"

#include "base/mem.h"
#include "core/template.h"

static const struct template_value values[] = {
	{"customer.name", "João Lima"},
	{"ticket.number", "1001"},
	{"desk.name", ""},
	{"order.date", NULL},
	{"brace", "{{today}}"},
};

static void what_is_known_is_put_in(void **state)
{
	(void)state;
	static const struct {
		const char *text, *filled, *left;
	} all[] = {{"Olá, {{customer.name}}: nº {{ ticket.number }}.", "Olá, João Lima: nº 1001.",
			   NULL},
		{"{{order.date}} {{desk.name}}", "{{order.date}} {{desk.name}}", "{{order.date}}"},
		{"{{unknown}}{{customer.name}}", "{{unknown}}João Lima", "{{unknown}}"},
		{"no variable", "no variable", NULL}, {"", "", NULL},
		{"{{}} { {x}} {{a\nb}} {{{", "{{}} { {x}} {{a\nb}} {{{", NULL},
		{"{{{ticket.number}}}", "{1001}", NULL}, {"{{brace}}", "{{today}}", "{{today}}"}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		void *mem = mem_context(NULL);
		char *filled = template_fill(mem, all[i].text, values, ARRAY_LEN(values));
		assert_string_equal(filled, all[i].filled);
		char *left = template_unfilled(mem, filled);
		assert_int_equal(left == NULL, all[i].left == NULL);
		if (left) {
			assert_string_equal(left, all[i].left);
		}
		talloc_free(mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_known_is_put_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
