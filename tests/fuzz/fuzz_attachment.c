#include "fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/attachment.h"

#include <assert.h>
#include <string.h>

static void check_name(const void *mem, const char *name)
{
	char *safe = attachment_safe_name(mem, name);
	assert(*safe && strlen(safe) <= ATTACHMENT_NAME_BYTES);
	assert(text_is_clean(safe) && !strpbrk(safe, "/\\:*?\"<>|\n\t"));
	assert(*safe != '.' && *safe != '-' && *safe != ' ');
	assert(safe[strlen(safe) - 1] != '.' && safe[strlen(safe) - 1] != ' ');
	assert(strcmp(attachment_safe_name(mem, safe), safe) == 0);
	char *other = attachment_other_name(mem, safe, 2);
	assert(strstr(other, " (2)") && strcmp(other, safe) != 0);
	assert(*attachment_media_type(safe));
}

/* Any bytes become a name for any folder, for good; a word that is found stands in the text. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	check_name(mem, mem_strndup(mem, (const char *)bytes, size));
	char *text = text_clean(mem, (const char *)bytes, size, NULL);
	char *word = attachment_mention(mem, text);
	assert(!word || strstr(text, word));
	talloc_free(mem);
	return 0;
}
