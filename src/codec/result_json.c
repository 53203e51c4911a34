#include "codec/result_json.h"

#include "base/kept.h"
#include "base/mem.h"
#include "base/text.h"
#include "codec/objects.h"

#include <string.h>

/* --- errors --- */

static void add_error(struct json *object, const struct error *err)
{
	int count = ERROR_ARGS;
	while (count > 0 && !err->arg[count - 1][0]) {
		count--;
	}
	json_add_text(object, "text", err->text);
	struct json *args = json_add_array(object, "args");
	for (int i = 0; i < count; i++) {
		json_add_text(args, NULL, err->arg[i]);
	}
}

void error_add_json(
	struct json *parent, const char *key, const struct error *err, const char *sentence)
{
	struct json *object = json_add_object(parent, key);
	char *text = error_sentence(NULL, err, sentence);
	json_add_text(object, "code", error_code_name(err->code));
	json_add_text(object, "reason", err->reason);
	json_add_text(object, "message", text);
	add_error(object, err);
	talloc_free(text);
}

struct json *error_json(const void *mem, const struct error *err, const char *sentence)
{
	struct json *object = json_object(mem);
	error_add_json(object, "error", err, sentence);
	return object;
}

struct json *problem_json(
	const void *mem, const struct error *err, int status, const char *title, int64_t request)
{
	struct json *object = json_object(mem);
	char *sentence = error_sentence(NULL, err, NULL);
	json_add_text(object, "type", "about:blank");
	json_add_text(object, "title", title);
	json_add_int(object, "status", status);
	json_add_text(object, "detail", sentence);
	json_add_text(object, "code", error_code_name(err->code));
	json_add_text(object, "reason", err->reason);
	add_error(object, err);
	json_add_int(object, "request", request);
	talloc_free(sentence);
	return object;
}

static bool read_code(const struct json *object, enum error_code *code)
{
	const char *word = json_text(json_get(object, "code"));
	for (int i = ERROR_NONE; word && i < ERROR_CODES; i++) {
		if (strcmp(word, error_code_name((enum error_code)i)) == 0) {
			*code = (enum error_code)i;
			return true;
		}
	}
	return false;
}

/* The member as a clean text on mem; NULL when it is none. */
static char *read_clean(const void *mem, const struct json *object, const char *key)
{
	const char *text = json_text(json_get(object, key));
	return text ? text_clean(mem, text, strlen(text), NULL) : NULL;
}

static void read_args(const void *mem, const struct json *args, struct error *out)
{
	const struct json *item = json_first(args);
	for (int i = 0; i < ERROR_ARGS && item; i++, item = json_next(item)) {
		const char *text = json_text(item) ? json_text(item) : "";
		char *clean = text_clean(mem, text, strlen(text), NULL);
		size_t size = text_cut(clean, ERROR_ARG_SIZE - 1);
		memcpy(out->arg[i], clean, size);
		out->arg[i][size] = '\0';
	}
}

static const char *reason_of(const char *word)
{
	bool is_word = word && *word && strlen(word) <= 40 &&
		       word[strspn(word, "abcdefghijklmnopqrstuvwxyz_")] == '\0';
	return is_word ? kept_text(word) : NULL;
}

bool error_from_json(const struct json *object, struct error *out)
{
	enum error_code code;
	void *scratch = mem_context(NULL);
	char *text = read_clean(scratch, object, "text");
	char *sentence = read_clean(scratch, object, "detail");
	sentence = sentence ? sentence : read_clean(scratch, object, "message");
	bool ok = read_code(object, &code) && (text || sentence);
	if (ok) {
		const char *kept = text && *text ? kept_text(text) : NULL;
		error_set_reason(out, code, reason_of(json_text(json_get(object, "reason"))),
			kept ? kept : "{0}", sentence ? sentence : text, NULL);
		if (kept) {
			memset(out->arg[0], 0, sizeof out->arg[0]);
			read_args(scratch, json_get(object, "args"), out);
		}
	}
	talloc_free(scratch);
	return ok;
}

/* --- results --- */

static const struct field_info applied_fields[] = {
	FIELD_INFO(result, "ok", SHAPE_BOOL, ok, NULL),
	FIELD_INFO(result, "repeat", SHAPE_BOOL, is_repeat, NULL),
	FIELD_INFO(result, "queued", SHAPE_FLAG, is_queued, NULL),
	FIELD_INFO(result, "revision", SHAPE_ID, revision, NULL),
	FIELD_INFO(result, "ticket", SHAPE_ID, ticket, NULL),
	FIELD_INFO(result, "customer", SHAPE_ID, customer, NULL),
	FIELD_INFO(result, "generation", SHAPE_ID, generation, NULL),
};
const struct object_info applied_object = OBJECT_INFO(result, applied_fields);

/* Beside its "ok" and "error". */
static const struct field_info refused_fields[] = {
	FIELD_INFO(result, "ticket", SHAPE_ID, ticket, NULL),
	FIELD_INFO(result, "holder", SHAPE_OPERATOR, holder, NULL),
	FIELD_INFO(result, "holder_since", SHAPE_TIME, holder_since, NULL),
	FIELD_INFO(result, "newest", SHAPE_ID, newest, NULL),
	FIELD_INFO(result, "customer", SHAPE_ID, customer, NULL),
	FIELD_INFO(result, "generation", SHAPE_ID, generation, NULL),
};
const struct object_info refused_object = OBJECT_INFO(result, refused_fields);

struct json *result_json(const void *mem, const struct result *result,
	const struct directory *directory, const char *sentence)
{
	struct json *object = json_object(mem);
	struct field_scope scope = {directory, 0};
	if (result->ok) {
		object_add_json(object, &applied_object, result, &scope);
	} else {
		json_add_bool(object, "ok", false);
		error_add_json(object, "error", &result->err, sentence);
		object_add_json(object, &refused_object, result, &scope);
	}
	return object;
}

bool result_from_json(const void *mem, const struct json *object, struct result *result,
	const struct directory *directory, struct error *err)
{
	if (json_bool(json_get(object, "ok"))) {
		return object_from_json(mem, object, &applied_object, result, directory, err);
	}
	if (!object_from_json(mem, object, &refused_object, result, directory, err)) {
		return false;
	}
	return (error_from_json(json_get(object, "error"), &result->err) &&
		       result->err.code != ERROR_NONE) ||
	       json_wrong_value("error", err);
}
