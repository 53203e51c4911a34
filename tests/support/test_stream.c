#include "test.h"

#include "base/mem.h"
#include "support/stream.h"

#include <string.h>

/* What ncurses sends for xterm-256color, vt100, linux and screen, and what the console adds. */
static const char *const allowed[] = {
	"\033[?1049h\033[22;0;0t\033[1;24r\033(B\033[m\033[4l\033[?7h\033[?1h\033=\033[39;49m",
	"\033[H\033[2J\033[24;1Hhello\b\t\r\n",
	"\033[31m\033[1;37;44mname\033[0;10m",
	"\033[K\033[1K\033[3X\033[2P\033[4@\033[L\033[M\033M\033[5b\0337\0338",
	"\033[?25l\033[?12l\033[?25h\033[?12;25h\033[?2004h\033[?2004l\033[?1000l",
	"\033(0qqq\033(B\016x\017",
	"\033]0;atende 41\007\033]2;fila\033\\",
	"\033]52;c;T2zDoQ==\007",
	"\033]104\007",
	"\033P\033]52;c;T2zD\033\\\033PoQ==\007\033\\",
	"\xC3\xA9 \xE2\x96\x88 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB \xED\x9F\xBF",
};

static const char *const refused[] = {
	"\033]52;c;T2zDoQ=\007",
	"\033]52;c;T2=zDoQ=\007",
	"\033]52;p;T2zDoQ==\007",
	"\033]52;c;?\007",
	"\033PT2zD\033\\",
	"\033P\033]2;x\007\033\\",
	"\033P\033]52;c;T2zD\033\\\033P\033]52;c;T2zD\007\033\\",
	"\033P\033]52;c;T2zD\n\007\033\\",
	"\033P\033[6n\033\\",
	"\a",
	"\v",
	"\x7F",
	"\033c",
	"\033N",
	"\033[6n",
	"\033[c",
	"\033[>c",
	"\033[38;5;9m",
	"\033[91m",
	"\033[8m",
	"\033[?1000h",
	"\033[?48h",
	"\033[20h",
	"\033[2;1;1t",
	"\033[\n",
	"\033[1 q",
	"\033[!p",
	"\033]8;;http://example.com\007",
	"\033]0;a\tb\007",
	"\033]52;c;?\007",
	"\033]9;x\007",
	"\033]104;1\007",
	"\033]0;x\033[m",
	"\033P1$r\033\\",
	"\033_x\033\\",
	"\033^x\033\\",
	"\033X",
	"\033(A",
	"\xC2\x9B"
	"31m",
	"\x9B"
	"31m",
	"\xC3(",
	"\xE0\x82\x9B",
	"\xF0\x80\x82\x9B",
	"\xC0\x9B",
	"\xED\xA0\x80",
	"\xF4\x90\x80\x80",
	"\xE2\x80\xAE",
	"\xE2\x81\xA6",
	"\xE2\x80\x8B",
	"\xEF\xBB\xBF",
	"\xF3\xA0\x81\xA1",
};

static bool is_taken(const char *bytes, size_t slice)
{
	struct stream *stream = stream_create(NULL);
	size_t size = strlen(bytes);
	for (size_t i = 0; i < size; i += slice) {
		stream_feed(stream, bytes + i, size - i < slice ? size - i : slice);
	}
	bool taken = !stream_fault(stream);
	talloc_free(stream);
	return taken;
}

static void own_sequences_pass(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(allowed); i++) {
		for (size_t slice = 1; slice < 9; slice++) {
			if (!is_taken(allowed[i], slice)) {
				fail_msg("allowed[%zu] is refused", i);
			}
		}
	}
}

static void all_else_is_a_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		for (size_t slice = 1; slice < 9; slice++) {
			if (is_taken(refused[i], slice)) {
				fail_msg("refused[%zu] passes", i);
			}
		}
	}
}

static void nul_is_a_fault(void **state)
{
	(void)state;
	struct stream *stream = stream_create(NULL);
	assert_false(stream_feed(stream, "a\0b", 3));
	assert_string_equal(stream_fault(stream), "byte 1: control character 00");
	assert_false(stream_feed(stream, "good", 4));
	talloc_free(stream);
}

static void long_clipboard_text_passes(void **state)
{
	(void)state;
	char *text = mem_array(NULL, char, 100001);
	memset(text, 'A', 100000);
	char *bytes = mem_printf(text, "\033]52;c;%s\007", text);
	assert_true(is_taken(bytes, 4096));
	talloc_free(text);
}

static void plain_output_holds_text_alone(void **state)
{
	(void)state;
	const char *good = "1001\tMaria\nJo\xC3\xA3o\n";
	assert_null(stream_plain_fault(NULL, good, strlen(good)));
	static const char *const bad[] = {
		"\033[m", "a\r\n", "a\b", "\xC2\x9B", "\xE2\x80\xAE", "\xC3"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		char *fault = stream_plain_fault(NULL, bad[i], strlen(bad[i]));
		assert_non_null(fault);
		talloc_free(fault);
	}
}

static void the_bell_rings_where_it_may(void **state)
{
	(void)state;
	struct stream *stream = stream_create(NULL);
	stream_may_ring(stream);
	assert_true(stream_feed(stream, "a\007b", 3));
	assert_false(stream_feed(stream, "\006", 1));
	talloc_free(stream);
	stream = stream_create(NULL);
	assert_false(stream_feed(stream, "a\007b", 3));
	talloc_free(stream);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_sequences_pass),
		cmocka_unit_test(all_else_is_a_fault),
		cmocka_unit_test(nul_is_a_fault),
		cmocka_unit_test(long_clipboard_text_passes),
		cmocka_unit_test(plain_output_holds_text_alone),
		cmocka_unit_test(the_bell_rings_where_it_may),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
