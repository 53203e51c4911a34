#include "test.h"

#include "base/mem.h"
#include "core/address.h"

#include <string.h>

static const struct {
	const char *text, *key;
} addresses[] = {
	{"joao@exemplo.com.br", "email:joao@exemplo.com.br"},
	{"  Joao.Silva+loja@Exemplo.COM.BR ", "email:joao.silva+loja@exemplo.com.br"},
	{"João@correio.br", "email:joão@correio.br"},
	{"root@localhost", "email:root@localhost"},
	{"(11) 98765-4321", "phone:+5511987654321"},
	{"11987654321", "phone:+5511987654321"},
	{"011 98765-4321", "phone:+5511987654321"},
	{"+55 11 98765-4321", "phone:+5511987654321"},
	{"+55 (0) 11 98765-4321", "phone:+5511987654321"},
	{"5511987654321", "phone:+5511987654321"},
	{"0055 11 98765 4321", "phone:+5511987654321"},
	{"11 3456-7890", "phone:+551134567890"},
	{"0800 123 4567", "phone:+558001234567"},
	{"+1 (212) 555-0123", "phone:+12125550123"},
	{"+351 912 345 678", "phone:+351912345678"},
	{"123.456.789-09", "cpf:12345678909"},
	{"12345678909", "cpf:12345678909"},
	{"cpf: 123.456.789-09", "cpf:12345678909"},
	{"11.222.333/0001-81", "cnpj:11222333000181"},
	{"11222333000181", "cnpj:11222333000181"},
	{"12.ABC.345/01DE-35", "cnpj:12ABC34501DE35"},
	{"12abc34501de35", "handle:12abc34501de35"},
	{"12ABC34501DE35", "cnpj:12ABC34501DE35"},
	{"cnpj:12abc34501de35", "cnpj:12ABC34501DE35"},
	{"@Joao_Silva", "handle:@joao_silva"},
	{"123.456.789-00", "handle:123.456.789-00"},
	{"111.111.111-11", "handle:111.111.111-11"},
	{"cliente 17", "handle:cliente 17"},
	{"12345", "handle:12345"},
	{"11 2345-6789", "phone:+551123456789"},
	{"11 1345-6789", "handle:11 1345-6789"},
	{"10 98765-4321", "handle:10 98765-4321"},
	{"01 2345-6789", "handle:01 2345-6789"},
	{"800 123 4567", "handle:800 123 4567"},
	{"0700 123 4567", "handle:0700 123 4567"},
	{"551234567", "handle:551234567"},
	{"21 11987654321", "handle:21 11987654321"},
	{"+1234567", "phone:+1234567"},
	{"+123456", "handle:+123456"},
	{"+123456789012345", "phone:+123456789012345"},
	{"+1234567890123456", "handle:+1234567890123456"},
	{"+0123456789", "handle:+0123456789"},
	{"ABCDEFGHIJKL80", "handle:abcdefghijkl80"},
	{"handle:11987654321", "handle:11987654321"},
};

static void an_address_has_a_kind_and_a_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
		void *mem = mem_context(NULL);
		struct address_parts parts, again;
		assert_true(address_parse(mem, addresses[i].text, &parts, NULL));
		assert_string_equal(parts.key, addresses[i].key);
		assert_true(address_parse(mem, parts.key, &again, NULL));
		assert_string_equal(again.key, parts.key);
		assert_int_equal(again.kind, parts.kind);
		talloc_free(mem);
	}
}

static void the_value_is_as_written(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct address_parts parts;
	assert_true(address_parse(mem, " (11) 98765-4321\n", &parts, NULL));
	assert_string_equal(parts.value, "(11) 98765-4321");
	assert_int_equal(parts.kind, ADDRESS_PHONE);
	assert_true(address_parse(mem, "phone: 11 98765-4321", &parts, NULL));
	assert_string_equal(parts.value, "11 98765-4321");
	talloc_free(mem);
}

static void what_cannot_be_one_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *reason;
	} all[] = {{"", "blank"}, {" \t", "blank"}, {"cpf:", "blank"}, {"joao@", "address"},
		{"jo ao@exemplo.br", "address"}, {"joao@exemplo..br", "address"},
		{"joao@-exemplo.br", "address"}, {"joao@exemplo.br, x@y.br", "address"},
		{"a@b@c", "address"}, {".joao@exemplo.br", "address"}, {"João <j@x.br>", "address"},
		{"cpf:12345678900", "address"}, {"cnpj:1", "address"}, {"phone:1", "address"},
		{"phone:joao", "address"}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		void *mem = mem_context(NULL);
		struct address_parts parts;
		struct error err = {0};
		assert_false(address_parse(mem, all[i].text, &parts, &err));
		assert_string_equal(err.reason, all[i].reason);
		assert_int_equal(err.code, ERROR_INVALID);
		talloc_free(mem);
	}
	char *text = mem_array(NULL, char, 256);
	memset(text, 'x', 255);
	struct address_parts parts;
	assert_false(address_parse(text, text, &parts, NULL));
	text[254] = '\0';
	assert_true(address_parse(text, text, &parts, NULL));
	talloc_free(text);
}

static void check_digits(void **state)
{
	(void)state;
	assert_true(address_is_cpf("52998224725"));
	assert_false(address_is_cpf("52998224724"));
	assert_false(address_is_cpf("52998224735"));
	assert_false(address_is_cpf("00000000000"));
	assert_false(address_is_cpf("5299822472"));
	assert_false(address_is_cpf(""));
	assert_true(address_is_cnpj("11222333000181"));
	assert_true(address_is_cnpj("12ABC34501DE35")); /* the example of the tax office */
	assert_false(address_is_cnpj("12abc34501de35"));
	assert_false(address_is_cnpj("12ABC34501DE36"));
	assert_false(address_is_cnpj("11222333000182"));
	assert_false(address_is_cnpj("00000000000000"));
	assert_false(address_is_cnpj("1122233300018A"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_has_a_kind_and_a_key),
		cmocka_unit_test(the_value_is_as_written),
		cmocka_unit_test(what_cannot_be_one_is_refused),
		cmocka_unit_test(check_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
