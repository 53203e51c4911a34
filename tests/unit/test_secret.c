#include "base/secret.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

static void a_password_is_known_again_by_its_hash(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	char *hash = password_hash(mem, "cavalo bateria grampo");
	assert_true(password_verify(hash, "cavalo bateria grampo"));
	assert_false(password_verify(hash, "cavalo bateria grampO"));
	assert_false(password_verify(hash, ""));
	assert_false(password_verify("", "cavalo bateria grampo"));
	assert_false(password_verify("$argon2id$", "cavalo bateria grampo"));
	assert_null(strstr(hash, "cavalo"));
	/* With a salt of its own. */
	assert_string_not_equal(hash, password_hash(mem, "cavalo bateria grampo"));
	talloc_free(mem);
}

/* A hash that somebody else made might cost us gigabytes, or be cheap to guess at. */
static void only_hashes_of_our_cost_are_ours(void **state)
{
	(void)state;
	char *hash = password_hash(NULL, "senha de teste");
	assert_true(password_hash_is_ours(hash));
	assert_int_equal(strncmp(hash, "$argon2id$v=19$m=65536,t=2,p=1$", 31), 0);
	talloc_free(hash);
	static const char tail[] = "$c2FsdHNhbHRzYWx0c2FsdA$"
				   "RdescudvJCsgt3ub+b/dWRWJTmaaJObGRdescudvJCs";
	static const char *const heads[] = {"$argon2id$v=19$m=4194304,t=2,p=1",
		"$argon2id$v=19$m=8,t=1,p=1", "$argon2i$v=19$m=65536,t=2,p=1", "",
		"$5$rounds=5000"};
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		char *other = mem_printf(NULL, "%s%s", heads[i], tail);
		assert_false(password_hash_is_ours(other));
		talloc_free(other);
	}
	assert_false(password_hash_is_ours(""));
}

static void tokens_differ_and_are_kept_as_hashes(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	char *a = token_make(mem), *b = token_make(mem);
	assert_string_not_equal(a, b);
	assert_int_equal(strncmp(a, "atd_", 4), 0);
	assert_int_equal(strlen(a), 47);
	assert_true(token_is_wellformed(a));
	assert_string_equal(token_hash(mem, a), token_hash(mem, a));
	assert_string_not_equal(token_hash(mem, a), token_hash(mem, b));
	assert_true(token_hash_is_wellformed(token_hash(mem, a)));
	/* RFC 7693's BLAKE2b with 32 bytes, of "abc". */
	assert_string_equal(token_hash(mem, "abc"),
		"bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	assert_false(token_is_wellformed(""));
	assert_false(token_is_wellformed("atd_"));
	assert_false(token_is_wellformed(a + 1));
	assert_false(token_is_wellformed(mem_printf(mem, "%s.", a)));
	a[10] = '+';
	assert_false(token_is_wellformed(a));
	assert_false(token_hash_is_wellformed("abc"));
	talloc_free(mem);
}

static void secrets_are_wiped(void **state)
{
	(void)state;
	char text[] = "segredo";
	secret_wipe_text(text);
	for (size_t i = 0; i < sizeof text; i++) {
		assert_int_equal(text[i], 0);
	}
	secret_wipe_text(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_is_known_again_by_its_hash),
		cmocka_unit_test(only_hashes_of_our_cost_are_ours),
		cmocka_unit_test(tokens_differ_and_are_kept_as_hashes),
		cmocka_unit_test(secrets_are_wiped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
