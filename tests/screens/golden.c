#include "golden.h"

#include "base/file.h"
#include "base/mem.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 20 };

const char *golden_language(void)
{
	const char *lang = getenv("SCREENS_LANG");
	return lang ? lang : "en";
}

static size_t line_of(const char *text, const char *at)
{
	size_t line = 1;
	for (; text < at; text++) {
		line += *text == '\n';
	}
	return line;
}

static void differs(const char *path, const char *wanted, const char *is)
{
	size_t same = 0;
	while (wanted[same] && wanted[same] == is[same]) {
		same++;
	}
	while (same > 0 && is[same - 1] != '\n') {
		same--;
	}
	print_error("%s:%zu: differs\n--- %.*s\n+++ %.*s\n", path, line_of(is, is + same),
		(int)strcspn(wanted + same, "\n"), wanted + same, (int)strcspn(is + same, "\n"),
		is + same);
	const char *section = is + same;
	while (section > is && strncmp(section, "== ", 3) != 0) {
		section--;
	}
	const char *end = strstr(section + 1, "== ");
	print_error("%.*s", (int)(end ? (size_t)(end - section) : strlen(section)), section);
	print_error("\nIf all of it was meant: " GOLDEN_UPDATE "\n");
	fail();
}

void golden_check(const char *folder, const char *name, const char *text)
{
	void *mem = mem_context(NULL);
	struct error err = {0};
	char *path = mem_printf(mem, "%s/%s", getenv(folder), name);
	if (getenv("UPDATE_SCREENS")) {
		assert_true(file_replace(path, text, strlen(text), &err));
		talloc_free(mem);
		return;
	}
	char *wanted = NULL;
	size_t size;
	if (!file_read(mem, path, FILE_MAX, &wanted, &size, &err)) {
		fail_msg("%s is not there; make it by " GOLDEN_UPDATE, path);
	}
	if (strcmp(wanted, text) != 0) {
		differs(path, wanted, text);
	}
	talloc_free(mem);
}
