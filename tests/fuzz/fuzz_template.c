#include "fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/template.h"

#include <assert.h>
#include <string.h>

static const struct template_value values[] = {
	{"customer.name", "João"}, {"today", ""}, {"brace", "{{"}, {"desk.name", NULL}};

/* Without values nothing changes; what is unfilled stands in the text. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	char *text = text_clean(mem, (const char *)bytes, size, NULL);
	assert(strcmp(template_fill(mem, text, NULL, 0), text) == 0);
	char *filled = template_fill(mem, text, values, ARRAY_LEN(values));
	assert(strstr(text, "{{") || strcmp(filled, text) == 0);
	char *left = template_unfilled(mem, filled);
	assert(!left || (strstr(filled, left) && strncmp(left, "{{", 2) == 0));
	talloc_free(mem);
	return 0;
}
