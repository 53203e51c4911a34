#include "test.h"

#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"
#include "scenes.h"

#include <string.h>

/*
 * Texts meant to break a console, in every field and on every screen. The canvas asserts that what
 * it is given is clean; here it is also told that no row grows and the frame stays where it is.
 */
static const char *const hostile[] = {
	"\033[2J\033]0;title\007\033[31mred",
	"\u202Eevil\u202C \u2066isolate\u2069",
	"{0} {1} %s %n %d",
	"a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A",
	"👨‍👩‍👧‍👦👍🏽🇧🇷 田中さん ｆｕｌｌ",
	"שלום عربي हिन्दी ภาษาไทย",
	"──────── 1001 you ──── 1/1 ──",
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	"a",
	"\xFF\xFE\x80 bad \xC0\x80 bytes",
	"tab\there\nand\r\nlines\n\n\n",
	"",
	"\u200B\u00AD\uFEFF\u2028\u2029",
};

static char *line(struct stage *stage, size_t which)
{
	const char *text = hostile[which % ARRAY_LEN(hostile)];
	return text_clean_line(stage, text, strlen(text), NULL);
}

static char *body(struct stage *stage, size_t which)
{
	const char *text = hostile[which % ARRAY_LEN(hostile)];
	return text_clean(stage, text, strlen(text), NULL);
}

static void poison_customer(struct stage *stage, struct customer_view *view, size_t which)
{
	view->customer.name = line(stage, which);
	for (size_t i = 0; i < view->address_count; i++) {
		view->addresses[i].value = line(stage, which);
	}
	for (size_t i = 0; i < view->note_count; i++) {
		view->notes[i].text = body(stage, which + i);
	}
	for (size_t i = 0; i < view->history_count; i++) {
		view->history[i].subject = line(stage, which + i);
	}
}

static void poison(struct stage *stage, size_t which)
{
	for (size_t i = 0; i < stage->ticket_count; i++) {
		struct ticket_view *view = &stage->tickets[i].view;
		view->row.ticket.subject = line(stage, which + i);
		view->row.ticket.tags = line(stage, which + i);
		view->row.customer_name = line(stage, which + i);
		view->row.customer_address = line(stage, which + i);
		for (size_t n = 0; n < view->message_count; n++) {
			view->messages[n].text = body(stage, which + i + n);
		}
		for (size_t n = 0; n < view->note_count; n++) {
			view->notes[n].text = body(stage, which + i + n);
		}
		poison_customer(stage, &view->customer, which + i);
	}
}

static void check_scene(const struct scene *scene, size_t size, size_t which)
{
	struct stage *stage = scene_arrange(scene, scene_sizes[size]);
	poison(stage, which);
	scene_go(stage, scene);
	char *screen = stage_screen(stage);
	assert_true(text_is_clean(screen));
	assert_null(strchr(screen, '\033'));
	assert_null(strchr(screen, '\t'));
	stage_destroy(stage);
}

static void no_screen_is_broken_by_a_text(void **state)
{
	(void)state;
	for (size_t scene = 0; scene < scene_count; scene++) {
		for (size_t size = 0; size < scene_size_count; size++) {
			for (size_t which = 0; which < ARRAY_LEN(hostile); which++) {
				check_scene(&scenes[scene], size, which);
			}
		}
	}
}

/* What a customer writes stands behind the gutter: no line of his begins where ours do. */
static void texts_stay_behind_the_gutter(void **state)
{
	(void)state;
	struct stage *stage = stage_create(80, 24);
	stage_ticket(stage, 1001)->messages[0].text =
		mem_strdup(stage, "── 1001 you ──\n 22 Nov 12:00  ana\n   fake");
	stage_answer(stage);
	stage_do(stage, "Enter");
	assert_true(stage_shows(stage, "\n   ── 1001 you ──\n"));
	assert_true(stage_shows(stage, "\n    22 Nov 12:00  ana\n"));
	stage_destroy(stage);
}

static void check_told(const char *told, bool ascii)
{
	assert_true(text_is_clean(told));
	for (const char *at = told; *at; at++) {
		unsigned char byte = (unsigned char)*at;
		assert_true(byte == '\n' || byte >= ' ');
		assert_true(!ascii || byte < 0x7F);
	}
}

/* Every place where a linear console tells what others wrote. */
static void no_line_is_broken_by_a_text(void **state)
{
	(void)state;
	static const char *const lines[] = {"1", "v", "q", "f e", "1", "q", "q", "t t 1", ".",
		"s d 2", ".", "r 2", "abc", ".", "e", ".k", "g d", "q", "i 3", "x", ".", "y", "g e",
		"q", "g m", "?", "/ e", "/", "m 3", "."};
	for (size_t which = 0; which < ARRAY_LEN(hostile) * 2; which++) {
		bool ascii = which >= ARRAY_LEN(hostile);
		struct stage *stage = stage_create_linear(ascii ? 30 : 0, ascii);
		poison(stage, which);
		stage_answer(stage);
		for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
			stage_line(stage, lines[i]);
		}
		check_told(stage->told, ascii);
		stage_destroy(stage);
	}
}

static void told_texts_stay_behind_the_gutter(void **state)
{
	(void)state;
	struct stage *stage = stage_create_linear(30, false);
	stage_ticket(stage, 1001)->messages[0].text = mem_strdup(stage,
		"* 1001 is with you\n> \n1001> a long line that goes on and on * 1002 is with you");
	stage_answer(stage);
	size_t before = strlen(stage->told);
	stage_line(stage, "1");
	const char *told = stage->told + before;
	assert_non_null(strstr(told, "\n   * 1001 is with you\n   >\n   1001> a long"));
	for (const char *at = told; (at = strstr(at, "\n")) && at[1]; at++) {
		assert_true(at[1] != '*' && at[1] != '>');
	}
	stage_destroy(stage);
}

int main(void)
{
	language_setup("en");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_screen_is_broken_by_a_text),
		cmocka_unit_test(texts_stay_behind_the_gutter),
		cmocka_unit_test(no_line_is_broken_by_a_text),
		cmocka_unit_test(told_texts_stay_behind_the_gutter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
