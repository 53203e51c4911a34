#include "tui/decode.h"

#include "base/mem.h"
#include "test.h"

#include <locale.h>
#include <string.h>

/* All that comes out, as words: keys by name, pastes in quotes. */
static char *drain(const void *mem, struct decoder *decoder)
{
	char *text = mem_strdup(mem, "");
	for (;;) {
		struct key key;
		char *paste;
		switch (decoder_next(decoder, text, &key, &paste)) {
		case DECODED_NOTHING:
			return text;
		case DECODED_KEY:
			paste = key_format(text, &key);
			text = mem_printf(mem, "%s%s%s", text, *text ? " " : "", paste);
			break;
		case DECODED_PASTE:
			text = mem_printf(mem, "%s%s\"%s\"", text, *text ? " " : "", paste);
			break;
		}
	}
}

/* `bytes`, cut in two at `cut`, and then nothing more. */
static char *decode(const void *mem, const char *bytes, size_t cut)
{
	struct decoder *decoder = decoder_create(mem);
	decoder_learn(decoder, "\033Oz", (struct key){.name = K_F5});
	decoder_feed(decoder, bytes, cut);
	char *first = drain(mem, decoder);
	decoder_feed(decoder, bytes + cut, strlen(bytes) - cut);
	char *second = drain(mem, decoder);
	char *third = mem_strdup(mem, "");
	while (decoder_is_waiting(decoder)) {
		decoder_expire(decoder);
		char *more = drain(mem, decoder);
		third = mem_printf(mem, "%s%s%s", third, *third && *more ? " " : "", more);
	}
	char *text = mem_printf(mem, "%s%s%s", first, *first && *second ? " " : "", second);
	return mem_printf(mem, "%s%s%s", text, *text && *third ? " " : "", third);
}

static const struct {
	const char *bytes, *keys;
} cases[] = {
	{"aA ç", "a A Space ç"}, {"\r\n\t\177\b", "Enter Enter Tab Backspace Backspace"},
	{"\030\005", "Ctrl-X Ctrl-E"}, {"\037", "Ctrl-_"}, {"\033", "Esc"}, {"\033\033", "Esc Esc"},
	{"\033y", "Meta-y"}, /* never Esc, then a command */
	{"\033[A\033OA", "Up Up"}, {"\033[H\033OF\033[1~\033[4~", "Home End Home End"},
	{"\033[5~\033[6~\033[3~", "PgUp PgDn Delete"},
	{"\033[1;5D\033[1;5C", "Ctrl-Left Ctrl-Right"}, {"\033[Z", "Shift-Tab"},
	{"\033OP\033[15~\033[[A", "F1 F5 F1"}, {"\033\033[A", "Meta-Up"},
	{"\033Oz", "F5"},	     /* learned */
	{"\033OM\033Oq", "Enter 1"}, /* keypad */
	{"\033[97;5u\033[27;5;99~", "Ctrl-A Ctrl-C"}, {"\033[", "Meta-["},
	{"\033[99;99X\033[?1;2cx", "x"}, {"\033[M !!\033[<0;1;1Mx", "x"}, /* reports of a mouse */
	{"\033]0;evil\007x\033]52;c;AAAA\033\\y", "x y"},
	{"\033P1$r0m\033\\x\033_apc\033\\y", "x y"}, {"\033[200~rm\nq\033[201~x", "\"rm\nq\" x"},
	{"\033[200~a\033[31mb\033[201~", "\"a[31mb\""}, {"\033[201~x", "x"}, {"\xff\xc3(x", "( x"},
	{"\xc2\x9b"
	 "31m",
		"3 1 m"},	/* C1 is no key and opens nothing */
	{"\xe2\x80\xaex", "x"}, /* an override */
};

static void bytes_become_keys(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		void *mem = mem_context(NULL);
		/* However the bytes come apart, but behind an ESC alone, which is Esc in time. */
		for (size_t cut = 0; cut <= strlen(cases[i].bytes); cut++) {
			char *keys = decode(mem, cases[i].bytes, cut);
			if (strcmp(keys, cases[i].keys) != 0) {
				fail_msg("%zu cut at %zu: \"%s\", not \"%s\"", i, cut, keys,
					cases[i].keys);
			}
		}
		talloc_free(mem);
	}
	(void)state;
}

static void waits_for_the_rest(void **state)
{
	void *mem = mem_context(NULL);
	struct decoder *decoder = decoder_create(mem);
	assert_false(decoder_is_waiting(decoder));
	decoder_feed(decoder, "\033", 1);
	assert_string_equal(drain(mem, decoder), "");
	assert_true(decoder_is_waiting(decoder));
	decoder_feed(decoder, "[B", 2);
	assert_string_equal(drain(mem, decoder), "Down");
	assert_false(decoder_is_waiting(decoder));
	decoder_feed(decoder, "\033[200~half", 10);
	assert_string_equal(drain(mem, decoder), "");
	assert_false(decoder_is_waiting(decoder)); /* a paste may take its time */
	decoder_expire(decoder);
	decoder_feed(decoder, "\033[201~", 6);
	assert_string_equal(drain(mem, decoder), "\"half\"");
	talloc_free(mem);
	(void)state;
}

int main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_become_keys),
		cmocka_unit_test(waits_for_the_rest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
