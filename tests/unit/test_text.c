#include "test.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

#define ZWJ_ "\xE2\x80\x8D"
#define VS16 "\xEF\xB8\x8F"
#define BAD_ "\xEF\xBF\xBD"
#define WOMAN "\xF0\x9F\x91\xA9"
#define LAPTOP "\xF0\x9F\x92\xBB"
#define HEART "\xE2\x9D\xA4"
#define GRAVE "\xCC\x80"
#define ACUTE "\xCC\x81"

/* Each forbidden thing once, in a place where it could deceive. */
static const struct {
	const char *hostile, *clean;
} cases[] = {
	{"plain", "plain"},
	{"two\nlines\tand a tab", "two\nlines\tand a tab"},
	{"a\r\nb\rc", "a\nb\nc"},
	{"\x1B[31mred\x1B[0m", "[31mred[0m"},
	{"\x1B]0;title\x07text", "]0;titletext"},
	{"\x1B]52;c;cm0gLXJm\x1B\\", "]52;c;cm0gLXJm\\"},
	{"bell\x07 back\x08space del\x7F", "bell backspace del"},
	{"c1 \xC2\x9B"
	 "31m csi",
		"c1 31m csi"},
	{"next\xC2\x85line", "next\nline"},
	{"lone \x9B byte", "lone " BAD_ " byte"},
	{"overlong \xC0\xAF", "overlong " BAD_ BAD_},
	{"surrogate \xED\xA0\x80!", "surrogate " BAD_ BAD_ BAD_ "!"},
	{"too high \xF4\x90\x80\x80", "too high " BAD_ BAD_ BAD_ BAD_},
	{"cut \xE2\x82", "cut " BAD_ BAD_},
	{"rtl \xE2\x80\xAE"
	 "gpj.exe",
		"rtl gpj.exe"},
	{"isolate \xE2\x81\xA6x\xE2\x81\xA9", "isolate x"},
	{"mark \xE2\x80\x8Fx", "mark x"},
	{"zero\xE2\x80\x8Bwidth", "zerowidth"},
	{"soft\xC2\xADhyphen", "softhyphen"},
	{"bom\xEF\xBB\xBF!", "bom!"},
	{"joiner a" ZWJ_ "b", "joiner ab"},
	{"tag \xF3\xA0\x81\x81x", "tag x"},
	{"private \xEE\x80\x80x", "private x"},
	{"nonchar \xEF\xBF\xBFx", "nonchar x"},
	{"hangul filler \xE3\x85\xA4x", "hangul filler x"},
	{"braille blank \xE2\xA0\x80x", "braille blank x"},
	{"line\xE2\x80\xA8sep\xE2\x80\xA9par", "line\nsep\npar"},
	{WOMAN ZWJ_ LAPTOP, WOMAN ZWJ_ LAPTOP},
	{HEART VS16, HEART VS16},
	{VS16 "x", "x"},
	{"e" ACUTE, "\xC3\xA9"},
	{ACUTE "x", "x"},
	{"", ""},
};

static char *cleaned(const char *text, bool *changed)
{
	return text_clean(NULL, text, strlen(text), changed);
}

static void the_forbidden_is_gone_the_rest_stays(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *text = cleaned(cases[i].hostile, NULL);
		assert_string_equal(text, cases[i].clean);
		assert_true(text_is_clean(text));
		char *again = cleaned(text, NULL);
		assert_string_equal(again, text);
		talloc_free(again);
		talloc_free(text);
		bool same = strcmp(cases[i].hostile, cases[i].clean) == 0;
		assert_int_equal(text_is_clean(cases[i].hostile), same);
	}
}

/* The short way says what the long way does. */
static void every_small_rune_is_clean_or_not(void **state)
{
	(void)state;
	for (uint32_t rune = 1; rune < 0x340; rune++) {
		char text[] = {'a', '\0', '\0', '\0'};
		if (rune < 0x80) {
			text[1] = (char)rune;
		} else {
			text[1] = (char)(0xC0 | rune >> 6);
			text[2] = (char)(0x80 | (rune & 0x3F));
		}
		char *clean = text_clean(NULL, text, strlen(text), NULL);
		assert_int_equal(text_is_clean(text), strcmp(clean, text) == 0);
		talloc_free(clean);
	}
	assert_false(text_is_clean("a\xC3"));
	assert_false(text_is_clean("a\xC3z"));
	assert_false(text_is_clean("a\xC1\x81"));
}

static bool is_told(const char *text)
{
	bool changed = false;
	talloc_free(cleaned(text, &changed));
	return changed;
}

static void line_ends_and_composition_are_no_change_to_speak_of(void **state)
{
	(void)state;
	assert_false(is_told("a\r\nb"));
	assert_false(is_told("cafe" ACUTE));
	assert_true(is_told("a\x1B[0m"));
	assert_true(is_told("a\xFF"));
	assert_true(is_told("a\xE2\x80\x8Bz"));
}

static void zeros_inside_are_dropped(void **state)
{
	(void)state;
	bool changed;
	char *text = text_clean(NULL, "a\0b", 3, &changed);
	assert_string_equal(text, "ab");
	assert_true(changed);
	talloc_free(text);
}

static void towers_of_marks_are_cut(void **state)
{
	(void)state;
	char tower[1 + 2 * 50 + 1] = "x";
	for (int i = 0; i < 50; i++) {
		memcpy(tower + 1 + 2 * i, GRAVE, 2);
	}
	char *text = cleaned(tower, NULL);
	assert_true(strlen(text) <= 1 + 2 * 8);
	talloc_free(text);
}

static void a_line_is_one_line(void **state)
{
	(void)state;
	static const char text[] = "  Re:\t \r\n Where\xC2\xA0is  it? \n";
	char *line = text_clean_line(NULL, text, sizeof text - 1, NULL);
	assert_string_equal(line, "Re: Where is it?");
	talloc_free(line);
	line = text_clean_line(NULL, " \n ", 3, NULL);
	assert_string_equal(line, "");
	talloc_free(line);
	static const char marked[] = " " GRAVE "\xC2\xA0" GRAVE "x"; /* found by fuzzing */
	line = text_clean_line(NULL, marked, sizeof marked - 1, NULL);
	assert_string_equal(line, "x");
	talloc_free(line);
}

static void folding_forgets_case_and_accents(void **state)
{
	(void)state;
	static const struct {
		const char *text, *folded;
	} all[] = {{"JOÃO", "joao"}, {"Café", "cafe"}, {"STRASSE", "strasse"},
		{"Straße", "strasse"}, {"\xEF\xAC\x81m", "fim"}, {"x" ACUTE, "x"}, {"№ 5", "no 5"},
		{"", ""}};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		char *folded = text_fold(NULL, all[i].text);
		assert_string_equal(folded, all[i].folded);
		talloc_free(folded);
	}
	char *folded = text_casefold(NULL, "JOÃO Straße");
	assert_string_equal(folded, "joão strasse");
	talloc_free(folded);
}

/* Plain letters take a shorter way, which must lead to the same. */
static void plain_text_folds_as_any_other(void **state)
{
	(void)state;
	for (int c = 1; c < 0x80; c++) {
		char plain[] = {(char)c, '\0'};
		char mixed[] = {'\xC3', '\x89', (char)c, '\0'}; /* behind É */
		char *alone = text_fold(NULL, plain);
		char *behind = text_fold(NULL, mixed);
		assert_string_equal(alone, behind + 1);
		talloc_free(alone);
		talloc_free(behind);
	}
}

static void words_are_found_whatever_their_case(void **state)
{
	(void)state;
	assert_true(text_contains("Cobrança em DOBRO", "cobranca", false));
	assert_true(text_contains("Cobrança em DOBRO", "anca em d", false));
	assert_true(text_contains("Cobrança em DOBRO", "dobro", true));
	assert_false(text_contains("Cobrança em DOBRO", "obro", true));
	assert_true(text_contains("Cobrança em DOBRO", "obro", false));
	assert_true(text_contains("aab", "ab", false));
	assert_true(text_contains("Straße", "strasse", false));
	assert_true(text_contains("Straße", "se", false));
	assert_true(text_contains("x", "", false));
	assert_false(text_contains("", "x", false));
	assert_true(text_contains("한국어", "국", false));
	assert_true(text_contains("pé-de-moleque", "moleque", true));
}

static void graphemes_are_what_people_count(void **state)
{
	(void)state;
	static const char text[] = "e" ACUTE "a" WOMAN ZWJ_ LAPTOP HEART VS16 "\nz";
	static const size_t lengths[] = {3, 1, 11, 6, 1, 1};
	size_t at = 0;
	for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
		assert_int_equal(text_grapheme(text + at), lengths[i]);
		at += lengths[i];
		assert_int_equal(text_grapheme_before(text, at), lengths[i]);
	}
	assert_int_equal(text_grapheme(text + at), 0);
	assert_int_equal(text_grapheme_before(text, 0), 0);
}

static void a_cut_keeps_characters_whole(void **state)
{
	(void)state;
	assert_int_equal(text_cut("aé", 1), 1);
	assert_int_equal(text_cut("aé", 2), 1);
	assert_int_equal(text_cut("aé", 3), 3);
	assert_int_equal(text_cut("\xF0\x9F\x91\xA9", 3), 0);
	assert_int_equal(text_cut("abc", 0), 0);
}

static void small_questions(void **state)
{
	(void)state;
	assert_true(text_is_blank(NULL));
	assert_true(text_is_blank(" \n\t\xC2\xA0"));
	assert_false(text_is_blank(" . "));
	assert_true(text_is_word(0xE7));
	assert_true(text_is_word('_'));
	assert_false(text_is_word('-'));
	size_t size;
	assert_int_equal(text_rune("\xC3\xA7", &size), 0xE7);
	assert_int_equal(size, 2);
	assert_int_equal(text_rune("\xC3", &size), 0xFFFD);
	assert_int_equal(size, 1);
	text_rune("", &size);
	assert_int_equal(size, 0);
	char *digits = text_digits(NULL, "+55 (11) 9-8");
	assert_string_equal(digits, "551198");
	talloc_free(digits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_forbidden_is_gone_the_rest_stays),
		cmocka_unit_test(line_ends_and_composition_are_no_change_to_speak_of),
		cmocka_unit_test(every_small_rune_is_clean_or_not),
		cmocka_unit_test(zeros_inside_are_dropped),
		cmocka_unit_test(towers_of_marks_are_cut),
		cmocka_unit_test(a_line_is_one_line),
		cmocka_unit_test(folding_forgets_case_and_accents),
		cmocka_unit_test(plain_text_folds_as_any_other),
		cmocka_unit_test(words_are_found_whatever_their_case),
		cmocka_unit_test(graphemes_are_what_people_count),
		cmocka_unit_test(a_cut_keeps_characters_whole),
		cmocka_unit_test(small_questions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
