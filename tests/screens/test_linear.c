#include "test.h"

#include "base/file.h"
#include "base/language.h"
#include "base/mem.h"
#include "golden.h"
#include "stage.h"
#include "tui/linear.h"

#include <stdlib.h>
#include <string.h>

/*
 * The console line by line: what is typed behind the prompts and what is told between them, against
 * the files in golden/. UPDATE_SCREENS=1 makes them anew; SCREENS_LANG chooses the language.
 * covers: 7.linear
 */

/* What one of the tickets brought with it. */
static void add_files(struct stage *stage)
{
	static const char *const names[] = {"danfe.pdf", "ver.html"};
	struct attachment *files = mem_array(stage, struct attachment, ARRAY_LEN(names));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		files[i] = (struct attachment){.name = mem_strdup(stage, names[i]),
			.media_type = mem_strdup(stage, ""),
			.size_bytes = 1000,
			.blob = mem_strdup(stage, names[i])};
	}
	stage_ticket(stage, 1003)->messages[0].attachments =
		(struct attachment_list){ARRAY_LEN(names), files};
}

static const struct {
	const char *name;
	int columns;
	const char *lines[20];
} talks[] = {
	{"reply", 0, {"2", "r", "Olá João,", "", "já reenviamos o pedido.", ".", "y", ""}},
	{"reply_resolve", 0,
		{"r 1002", "Olá João, em anexo o código.", ".", "Y", "1", "2", "u", ""}},
	{"words", 0, {"2", "/ 88213", "/ nada", ""}},
	{"narrow", 40, {"2", "v", "v", "r", "Olá", "."}},
	{"lists", 0,
		{"3", "q", "/ pedido", "/ zzz", "/", "free", "g w", "queue", "+", "f valor", "1",
			"q"}},
	{"text", 0,
		{"i 2", "um", "..dois", ".=", ".1 UM", ".+2 e meio", ".-3", ".2", ".9", ".x", ".u",
			".", "e", ".", "y"}},
	{"states", 0,
		{"s", "s w", "s w 3", "u", "s r 1", "1", "1", "t t 2 bruno", ".", "x", "zz",
			"sign-out", "?spam", "g p", ""}},
	{"files", 0, {"3", "F 2", ".", "F", "1", ".", "file 7"}},
};

static char *golden_path(const void *mem, const char *name)
{
	const char *lang = getenv("SCREENS_LANG");
	return mem_printf(
		mem, "%s/linear_%s.%s.txt", getenv("SCREENS_DIR"), name, lang ? lang : "en");
}

static void check_golden(struct stage *stage, const char *name)
{
	struct error err = {0};
	char *path = golden_path(stage, name);
	if (getenv("UPDATE_SCREENS")) {
		assert_true(file_replace(path, stage->told, strlen(stage->told), &err));
		return;
	}
	char *wanted = NULL;
	size_t size;
	if (!file_read(stage, path, 100000, &wanted, &size, &err)) {
		fail_msg("%s is not there; make it by " GOLDEN_UPDATE, path);
	}
	if (strcmp(wanted, stage->told) != 0) {
		fail_msg("%s differs:\n%s\n--- instead of ---\n%s\nIf it was meant: " GOLDEN_UPDATE,
			path, stage->told, wanted);
	}
}

static void talks_sound_as_agreed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(talks); i++) {
		struct stage *stage = stage_begin_linear(talks[i].columns);
		add_files(stage);
		for (size_t n = 0; n < ARRAY_LEN(talks[i].lines) && talks[i].lines[n]; n++) {
			stage_line(stage, talks[i].lines[n]);
		}
		check_golden(stage, talks[i].name);
		stage_destroy(stage);
	}
}

int main(void)
{
	language_setup(getenv("SCREENS_LANG"));
	const struct CMUnitTest tests[] = {cmocka_unit_test(talks_sound_as_agreed)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
