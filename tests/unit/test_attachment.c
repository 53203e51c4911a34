#include "test.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/attachment.h"

#include <string.h>

static void names_are_made_safe(void **state)
{
	(void)state;
	static const char *const all[][2] = {
		{"nota fiscal (2).pdf", "nota fiscal (2).pdf"},
		{"田中.png", "田中.png"},
		{"../../etc/passwd", "_.._etc_passwd"},
		{"/etc/passwd", "_etc_passwd"},
		{"C:\\Fotos\\a.png", "C__Fotos_a.png"},
		{"..", "file"},
		{".", "file"},
		{"", "file"},
		{"   ", "file"},
		{". . .", "file"},
		{"/", "_"},
		{".bashrc", "bashrc"},
		{" .profile", "profile"},
		{"a\nb.png", "a b.png"},
		{"a\tb", "a b"},
		{"a\x1B[31mb", "a[31mb"},
		{"\xE2\x80\xAEgnp.exe", "gnp.exe"},
		{"\xFF.png", "\xEF\xBF\xBD.png"},
		{"con", "_con"},
		{"CON.txt", "_CON.txt"},
		{"Com1.log", "_Com1.log"},
		{"com10.log", "com10.log"},
		{"console.log", "console.log"},
		{"nul.tar.gz", "_nul.tar.gz"},
		{"-rf", "_-rf"},
		{"a.", "a"},
		{"a. . ", "a"},
		{"what?*.txt", "what__.txt"},
		{"\"x\"<y>|z", "_x__y__z"},
		{"%s{0}$(x)`y`", "%s{0}$(x)`y`"},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		char *safe = attachment_safe_name(NULL, all[i][0]);
		assert_string_equal(safe, all[i][1]);
		char *again = attachment_safe_name(NULL, safe);
		assert_string_equal(again, safe);
		talloc_free(again);
		talloc_free(safe);
	}
}

/* The ending stays, and no character is cut, whatever it is made of. */
static void long_names_are_shortened(void **state)
{
	(void)state;
	static const char *const pieces[] = {"x", "é", "e\xCC\x81", "田", "😀",
		"🏳\xEF\xB8\x8F\xE2\x80\x8D🌈", "a. ", "a.", "/"};
	static const char *const endings[] = {
		"", ".png", ".a-very-long-ending-that-is-none", ".", " "};
	for (size_t i = 0; i < ARRAY_LEN(pieces) * ARRAY_LEN(endings); i++) {
		void *mem = mem_context(NULL);
		char *name = mem_strdup(mem, "n");
		while (strlen(name) < 400) {
			name = mem_printf(mem, "%s%s", name, pieces[i % ARRAY_LEN(pieces)]);
		}
		const char *ending = endings[i / ARRAY_LEN(pieces)];
		char *safe = attachment_safe_name(mem, mem_printf(mem, "%s%s", name, ending));
		assert_true(strlen(safe) <= ATTACHMENT_NAME_BYTES);
		assert_true(strlen(safe) > ATTACHMENT_NAME_BYTES / 2);
		assert_true(text_is_clean(safe));
		assert_null(strstr(safe, "\xEF\xBF\xBD"));
		if (strcmp(ending, ".png") == 0) {
			assert_string_equal(safe + strlen(safe) - 4, ".png");
		}
		assert_string_equal(attachment_safe_name(mem, safe), safe);
		talloc_free(mem);
	}
}

static void a_taken_name_is_counted(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int n;
		const char *other;
	} all[] = {{"foto.png", 1, "foto.png"}, {"foto.png", 2, "foto (2).png"},
		{"foto", 3, "foto (3)"}, {"a.tar.gz", 2, "a.tar (2).gz"},
		{"a.no ending at all, this", 2, "a.no ending at all, this (2)"}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		char *other = attachment_other_name(NULL, all[i].name, all[i].n);
		assert_string_equal(other, all[i].other);
		talloc_free(other);
	}
}

static void media_types_follow_from_endings(void **state)
{
	(void)state;
	assert_string_equal(attachment_media_type("a.PNG"), "image/png");
	assert_string_equal(attachment_media_type("nota.pdf"), "application/pdf");
	assert_string_equal(attachment_media_type("a.b.jpeg"), "image/jpeg");
	assert_string_equal(attachment_media_type("png"), "application/octet-stream");
	assert_string_equal(attachment_media_type("a.xyz"), "application/octet-stream");
}

static void texts_that_speak_of_files_are_found(void **state)
{
	(void)state;
	static const char *const all[][2] = {
		{"Segue anexo o boleto.", "anexo"},
		{"Seguem os ANEXOS", "ANEXOS"},
		{"Anexei a nota.", "Anexei"},
		{"A nota está anexada", "anexada"},
		{"(em anexo)", "anexo"},
		{"Please see the attached file", "attached"},
		{"2 attachments", "attachments"},
		{"Enclosed you will find", "Enclosed"},
		{"Bom dia\n> segue anexo\nObrigado", NULL},
		{"> anexo\n> anexo", NULL},
		{"  > anexo", NULL},
		{"> quoted\nem anexo", "anexo"},
		{"5 > anexo", "anexo"},
		{"desanexo anexofobia attach anexar", NULL},
		{"", NULL},
		{"Não há nada.", NULL},
		{"anéxo", "anéxo"},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		char *word = attachment_mention(NULL, all[i][0]);
		if (all[i][1]) {
			assert_non_null(word);
			assert_string_equal(word, all[i][1]);
		} else {
			assert_null(word);
		}
		talloc_free(word);
	}
}

static void a_list_has_each_file_once(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct attachment a = {.name = (char *)"a", .media_type = (char *)"", .blob = (char *)"1"};
	struct attachment b = {.name = (char *)"b", .media_type = (char *)"", .blob = (char *)"1"};
	struct attachment_list list = {0};
	attachment_list_add(mem, &list, &a);
	attachment_list_add(mem, &list, &b);
	attachment_list_add(mem, &list, &a);
	assert_int_equal(list.count, 2);
	struct attachment_list copy = attachment_list_copy(mem, &list);
	assert_int_equal(copy.count, 2);
	assert_true(copy.items != list.items && copy.items[1].name != list.items[1].name);
	assert_true(attachment_list_has(&copy, &b));
	talloc_free(mem);
}

static void what_may_run(void **state)
{
	static const char *const risky[] = {
		"a.exe", "Fatura.PDF.JS", "nota.html", "x.Desktop", "run"};
	static const char *const plain[] = {"foto.png", "nota.pdf", "sh.txt", "planilha.xlsx"};
	for (size_t i = 0; i < ARRAY_LEN(risky); i++) {
		assert_true(attachment_may_run(risky[i]));
	}
	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		assert_false(attachment_may_run(plain[i]));
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_run),
		cmocka_unit_test(names_are_made_safe),
		cmocka_unit_test(long_names_are_shortened),
		cmocka_unit_test(a_taken_name_is_counted),
		cmocka_unit_test(media_types_follow_from_endings),
		cmocka_unit_test(texts_that_speak_of_files_are_found),
		cmocka_unit_test(a_list_has_each_file_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
