#include "fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/address.h"
#include "core/name.h"

#include <assert.h>
#include <string.h>

/* An address has a key of its kind, and the key is an address of the same key. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	char *text = text_clean_line(mem, (const char *)bytes, size, NULL);
	struct address_parts parts, again;
	struct error err = {0};
	if (address_parse(mem, text, &parts, &err)) {
		const char *kind = name_of(&address_kind_names, (int)parts.kind);
		assert(*kind && strncmp(parts.key, kind, strlen(kind)) == 0);
		assert(strlen(parts.value) <= 254 && strlen(parts.key) > strlen(kind) + 1);
		/* Case folding may make a text longer than an address may be. */
		if (strlen(parts.key) - strlen(kind) - 1 <= 254) {
			assert(address_parse(mem, parts.key, &again, NULL));
			assert(again.kind == parts.kind && strcmp(again.key, parts.key) == 0);
		}
	} else {
		assert(err.code == ERROR_INVALID && err.reason);
	}
	address_is_cpf(text);
	address_is_cnpj(text);
	talloc_free(mem);
	return 0;
}
