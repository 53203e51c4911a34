#include "codec/json.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "codec/json_scan.h"
#include "codec/json_write.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was read is cJSON's item under another name; what is written: json_write.c. */
static const cJSON *item_of(const struct json *json)
{
	assert(!json_is_written(json));
	return (const cJSON *)json;
}

/* Ties a tree to a talloc context. */
struct anchor {
	cJSON *root;
};

static int anchor_drop(struct anchor *anchor)
{
	cJSON_Delete(anchor->root);
	return 0;
}

static struct json *anchored(const void *mem, cJSON *root)
{
	struct anchor *anchor = mem_new(mem, struct anchor);
	anchor->root = mem_check(root);
	talloc_set_destructor(anchor, anchor_drop);
	return (struct json *)root;
}

/* --- reading --- */

bool json_parse(const void *mem, const char *bytes, size_t size, int64_t line,
	const struct json **json, struct error *err)
{
	*json = NULL;
	if (!json_scan(bytes, size, line, err)) {
		return false;
	}
	/* What the scan lets through cJSON refuses for want of memory only. */
	*json = anchored(mem, cJSON_ParseWithLengthOpts(bytes, size, NULL, false));
	return true;
}

/* A number beyond what a double is printed with, as json_clean_copy keeps it: its digits. */
static bool is_digits(const cJSON *item)
{
	return cJSON_IsRaw(item) && strchr("-0123456789", item->valuestring[0]);
}

enum json_type json_type_of(const struct json *json)
{
	const cJSON *item = item_of(json);
	if (cJSON_IsObject(item)) {
		return JSON_OBJECT;
	}
	if (cJSON_IsArray(item)) {
		return JSON_ARRAY;
	}
	if (cJSON_IsString(item)) {
		return JSON_TEXT;
	}
	if (cJSON_IsNumber(item) || is_digits(item)) {
		return JSON_NUMBER;
	}
	return cJSON_IsBool(item) ? JSON_BOOL : JSON_NULL;
}

const struct json *json_get(const struct json *object, const char *key)
{
	return cJSON_IsObject(item_of(object))
		       ? (const struct json *)cJSON_GetObjectItemCaseSensitive(item_of(object), key)
		       : NULL;
}

const struct json *json_first(const struct json *json)
{
	bool is_container = cJSON_IsObject(item_of(json)) || cJSON_IsArray(item_of(json));
	return is_container ? (const struct json *)item_of(json)->child : NULL;
}

const struct json *json_next(const struct json *item)
{
	return item ? (const struct json *)item_of(item)->next : NULL;
}

const struct json *json_at(const struct json *array, size_t index)
{
	const struct json *item = cJSON_IsArray(item_of(array)) ? json_first(array) : NULL;
	for (; item && index > 0; index--) {
		item = json_next(item);
	}
	return item;
}

size_t json_count(const struct json *json)
{
	size_t count = 0;
	for (const struct json *item = json_first(json); item; item = json_next(item)) {
		count++;
	}
	return count;
}

const char *json_key(const struct json *member)
{
	return member && item_of(member)->string ? item_of(member)->string : "";
}

const char *json_text(const struct json *json)
{
	return cJSON_IsString(item_of(json)) ? item_of(json)->valuestring : NULL;
}

bool json_bool(const struct json *json)
{
	return cJSON_IsTrue(item_of(json));
}

/* Only what a number cannot say: a text "17" is no number. */
static bool int_from_text(const char *text, int64_t *value)
{
	char *end;
	bool is_plain = text[0] == '-' ? text[1] >= '1' && text[1] <= '9'
				       : text[0] >= '1' && text[0] <= '9';
	errno = 0;
	*value = strtoll(text, &end, 10);
	return is_plain && !errno && !*end && (*value > JSON_INT_MAX || *value < -JSON_INT_MAX);
}

/* 0 for anything but a number. */
static double number_of(const struct json *json)
{
	if (is_digits(item_of(json))) {
		return strtod(item_of(json)->valuestring, NULL);
	}
	return cJSON_IsNumber(item_of(json)) ? item_of(json)->valuedouble : 0;
}

bool json_int(const struct json *json, int64_t *value)
{
	int64_t whole;
	if (json_text(json)) {
		if (!int_from_text(json_text(json), &whole)) {
			return false;
		}
		*value = whole;
		return true;
	}
	double number = number_of(json);
	bool is_exact = number >= -(double)JSON_INT_MAX && number <= (double)JSON_INT_MAX;
	whole = is_exact ? (int64_t)number : 0;
	if (json_type_of(json) != JSON_NUMBER || !is_exact || (double)whole != number) {
		return false;
	}
	*value = whole;
	return true;
}

static bool is_absent(const struct json *json)
{
	return !json || cJSON_IsNull(item_of(json));
}

static bool wrong_type(const char *key, const char *wanted, struct error *err)
{
	return error_set_reason(err, ERROR_INVALID, "wrong_type",
		N_("\"{0}\" has a wrong value: give a {1}"), key, wanted, NULL);
}

bool json_get_text(
	const struct json *object, const char *key, const char **value, struct error *err)
{
	const struct json *json = json_get(object, key);
	if (is_absent(json)) {
		return true;
	}
	if (!json_text(json)) {
		return wrong_type(key, "text", err);
	}
	*value = json_text(json);
	return true;
}

bool json_get_int(const struct json *object, const char *key, int64_t *value, struct error *err)
{
	const struct json *json = json_get(object, key);
	return is_absent(json) || json_int(json, value) || wrong_type(key, "number", err);
}

bool json_get_bool(const struct json *object, const char *key, bool *value, struct error *err)
{
	const struct json *json = json_get(object, key);
	if (is_absent(json)) {
		return true;
	}
	if (!cJSON_IsBool(item_of(json))) {
		return wrong_type(key, "bool", err);
	}
	*value = json_bool(json);
	return true;
}

bool json_time(const struct json *json, int64_t *at)
{
	const char *text = json_text(json);
	int64_t as_utc, elsewhere;
	if (json_int(json, at)) {
		return true;
	}
	/* Read under two offsets: only a time that has its own is the same. */
	bool ok = text && timestamp_parse(text, 0, &as_utc) &&
		  timestamp_parse(text, 1, &elsewhere) && as_utc == elsewhere;
	*at = ok ? as_utc : *at;
	return ok;
}

bool json_get_time(const struct json *object, const char *key, int64_t *at, struct error *err)
{
	const struct json *json = json_get(object, key);
	return is_absent(json) || json_time(json, at) || wrong_type(key, "time", err);
}

bool json_wrong_value(const char *key, struct error *err)
{
	return error_set_reason(
		err, ERROR_INVALID, "wrong_value", N_("\"{0}\" has a wrong value"), key, NULL);
}

bool json_only_keys(
	const struct json *object, const char *const *keys, size_t count, struct error *err)
{
	for (const struct json *item = json_first(object); item; item = json_next(item)) {
		size_t i = 0;
		while (i < count && strcmp(keys[i], json_key(item)) != 0) {
			i++;
		}
		if (i == count) {
			return error_set_reason(err, ERROR_INVALID, "unknown_key",
				N_("unknown key \"{0}\""), json_key(item), NULL);
		}
	}
	return true;
}

/* --- copies --- */

static char *clean_text(const char *text)
{
	char *clean = text_clean(NULL, text, strlen(text), NULL);
	char *copy = mem_check(cJSON_malloc(strlen(clean) + 1));
	memcpy(copy, clean, strlen(clean) + 1);
	talloc_free(clean);
	return copy;
}

/* A double is printed with 15 digits first: from here on as 1e+15, or too long. */
#define PLAIN_MOST INT64_C(1000000000000000)

static void clean_item(cJSON *item)
{
	if (item->string && !text_is_clean(item->string)) {
		char *key = clean_text(item->string);
		cJSON_free(item->string);
		item->string = key;
	}
	if (cJSON_IsString(item) && !text_is_clean(item->valuestring)) {
		char *text = clean_text(item->valuestring);
		cJSON_free(item->valuestring);
		item->valuestring = text;
	}
	double number = item->valuedouble;
	bool is_long = number >= (double)PLAIN_MOST || number <= -(double)PLAIN_MOST;
	if (cJSON_IsNumber(item) && is_long && number == (double)(int64_t)number) {
		char text[24];
		snprintf(text, sizeof text, "%" PRId64, (int64_t)number);
		item->type = cJSON_Raw;
		item->valuestring = clean_text(text);
	}
	for (cJSON *child = item->child; child; child = child->next) {
		clean_item(child);
	}
}

const struct json *json_clean_copy(const void *mem, const struct json *json)
{
	cJSON *copy = mem_check(cJSON_Duplicate(item_of(json), true));
	clean_item(copy);
	return anchored(mem, copy);
}

char *json_print_read(const void *mem, const struct json *json)
{
	char *text = mem_check(cJSON_PrintUnformatted(item_of(json)));
	char *copy = mem_strdup(mem, text);
	cJSON_free(text);
	return copy;
}
