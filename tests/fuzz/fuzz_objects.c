#include "fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/directory_json.h"
#include "codec/objects.h"
#include "codec/result_json.h"
#include "codec/ticket_json.h"

#include <assert.h>
#include <string.h>

static const struct object_info *const objects[] = {
	&ticket_row_object,
	&queue_page_object,
	&search_page_object,
	&draft_list_object,
	&outbox_object,
	&ticket_view_object,
	&customer_view_object,
	&counts_object,
	&load_list_object,
	&feed_object,
	&presence_list_object,
	&memo_list_object,
	&token_list_object,
	&renewal_object,
	&applied_object,
	&refused_object,
};

/* Operator "ana", team "entrega", reason "atraso". */
static void make_words(const void *mem, struct directory *directory)
{
	*directory = (struct directory){.operator_count = 1, .team_count = 1, .reason_count = 1};
	directory->operators = mem_new(mem, struct operator_);
	directory->operators->id = 1;
	directory->operators->login = mem_strdup(mem, "ana");
	directory->teams = mem_new(mem, struct team);
	directory->teams->id = 1;
	directory->teams->key = mem_strdup(mem, "entrega");
	directory->reasons = mem_new(mem, struct reason);
	directory->reasons->id = 1;
	directory->reasons->key = mem_strdup(mem, "atraso");
}

static char *written(const void *mem, const struct object_info *info, const void *row,
	const struct directory *words)
{
	struct json *object = json_object(mem);
	object_add_json(object, info, row, &(struct field_scope){words, 0});
	return json_print(mem, object);
}

/* What was read is written, read and written again without loss. */
static void check_object(const void *mem, const struct json *json, const struct object_info *info,
	const struct directory *words)
{
	void *row = mem_check(talloc_size(mem, info->size));
	struct error err = {0};
	if (!object_from_json(mem, json, info, row, words, &err)) {
		assert(err.code == ERROR_INVALID);
		return;
	}
	char *first = written(mem, info, row, words);
	assert(text_is_clean(first));
	assert(json_parse(mem, first, strlen(first), 1, &json, NULL));
	assert(object_from_json(mem, json, info, row, words, NULL));
	assert(strcmp(written(mem, info, row, words), first) == 0);
}

static void check_directory(const void *mem, const struct json *json)
{
	struct directory *directory;
	struct error err = {0};
	if (directory_from_json(mem, json, &directory, &err)) {
		assert(text_is_clean(json_print(mem, directory_json(mem, directory))));
	} else {
		assert(err.code == ERROR_INVALID);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	const struct json *json;
	struct directory words;
	struct ticket_view view;
	struct result result;
	struct error err;
	make_words(mem, &words);
	if (json_parse(mem, (const char *)bytes, size, 1, &json, NULL)) {
		for (size_t i = 0; i < ARRAY_LEN(objects); i++) {
			check_object(mem, json, objects[i], &words);
		}
		check_directory(mem, json);
		ticket_view_from_json(mem, json, &view, &words, NULL);
		result_from_json(mem, json, &result, &words, NULL);
		if (error_from_json(json, &err)) {
			assert(text_is_clean(error_sentence(mem, &err, NULL)));
		}
	}
	talloc_free(mem);
	return 0;
}
