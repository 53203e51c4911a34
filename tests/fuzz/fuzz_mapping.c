#include "fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/import.h"
#include "codec/mapping.h"

#include <assert.h>
#include <string.h>

/* A mapping, a line "---", and a file to read through it. */

struct source {
	const char *bytes;
	size_t size;
};

static bool give(void *data, char *bytes, size_t size, size_t *got, struct error *err)
{
	struct source *source = data;
	(void)err;
	*got = source->size < size ? source->size : size;
	memcpy(bytes, source->bytes, *got);
	source->bytes += *got;
	source->size -= *got;
	return true;
}

static void check_line(const char *text)
{
	assert(text && text_is_clean(text) && !strchr(text, '\n'));
}

static void check_item(const struct import_item *item)
{
	int64_t at = 0;
	check_line(item->customer_ref);
	check_line(item->customer_name);
	check_line(item->ticket_ref);
	check_line(item->subject);
	check_line(item->team);
	check_line(item->reason);
	check_line(item->assignee);
	for (size_t i = 0; i < item->address_count; i++) {
		check_line(item->addresses[i]);
		assert(*item->addresses[i]);
	}
	for (size_t i = 0; i < item->tag_count; i++) {
		check_line(item->tags[i]);
		assert(*item->tags[i]);
	}
	for (size_t i = 0; i < item->text_count; i++) {
		const struct import_text *text = &item->texts[i];
		assert(text_is_clean(text->text) && !text_is_blank(text->text));
		check_line(text->author);
		assert(text->at > 0 && text->at >= at);
		assert((text->kind == IMPORT_MESSAGE) == (text->direction != 0));
		assert(text->kind == IMPORT_REMARK || item->has_ticket);
		at = text->at;
	}
}

static void read_all(const void *mem, const struct mapping *mapping, struct source source)
{
	struct import_reader *reader = import_open(mem, mapping, give, &source);
	enum import_step step;
	int64_t line = 0;
	do {
		void *each = mem_context(mem);
		struct import_record record;
		struct error err = {0};
		step = import_next(reader, each, &record, &err);
		if (step == IMPORT_ITEM) {
			check_item(&record.item);
		} else if (step != IMPORT_END) {
			assert(err.code == ERROR_INVALID);
		}
		if (step == IMPORT_ITEM || step == IMPORT_BAD) {
			assert(record.line > line && record.raw_size > 0);
			line = record.line;
		}
		talloc_free(each);
	} while (step == IMPORT_ITEM || step == IMPORT_BAD);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const char divider[] = "\n---\n";
	void *mem = mem_context(NULL);
	char *text = mem_strndup(mem, (const char *)bytes, size);
	char *end = strstr(text, divider);
	size_t length = end ? (size_t)(end - text) : strlen(text);
	struct mapping *mapping;
	struct error err = {0};
	struct source rest = {(const char *)bytes, size};
	if (end) {
		rest.bytes += length + strlen(divider);
		rest.size -= length + strlen(divider);
	}
	if (mapping_parse(mem, text, length, &mapping, &err)) {
		read_all(mem, mapping, rest);
	} else {
		assert(err.code == ERROR_INVALID);
	}
	read_all(mem, mapping_default(mem), rest);
	talloc_free(mem);
	return 0;
}
