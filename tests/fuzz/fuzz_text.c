#include "fuzz.h"

#include "base/mem.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

static void steps_agree(const char *text)
{
	size_t at = 0;
	for (size_t n; (n = text_grapheme(text + at)) > 0; at += n) {
		assert(at + n <= strlen(text));
		assert(text_cut(text + at, n) == n);
		size_t before = text_grapheme_before(text, at + n);
		assert(before > 0 && before <= at + n);
	}
	assert(text[at] == '\0');
}

static void fold_is_found(const void *mem, const char *text)
{
	char *folded = text_fold(mem, text);
	assert(strcmp(text_fold(mem, folded), folded) == 0);
	text_contains(text, folded, false);
	text_contains(text, "a", true);
	char *cased = text_casefold(mem, text);
	assert(strcmp(text_casefold(mem, cased), cased) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	bool changed, again;
	char *text = text_clean(mem, (const char *)bytes, size, &changed);
	assert(text_is_clean(text));
	assert(strcmp(text_clean(mem, text, strlen(text), &again), text) == 0);
	assert(!again);
	char *line = text_clean_line(mem, (const char *)bytes, size, NULL);
	assert(text_is_clean(line));
	assert(!strpbrk(line, "\n\t") && *line != ' ' && !strstr(line, "  "));
	assert(strcmp(text_clean_line(mem, line, strlen(line), NULL), line) == 0);
	steps_agree(text);
	fold_is_found(mem, text);
	talloc_free(mem);
	return 0;
}
