#ifndef ATENDE_CODEC_JSON_H
#define ATENDE_CODEC_JSON_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * JSON (RFC 8259), read and written: the only module that knows cJSON. A value is opaque; a whole
 * tree belongs to the talloc context on which its root was made and goes with it. A tree is built
 * or read by one thread at a time. What was parsed is read, what is written is only printed or
 * copied into another; to mix them up is refused by assert.
 *
 * Numbers on this side are int64_t. As JSON numbers they reach ±2^53, what every reader of JSON
 * keeps exactly; beyond that they are written as strings of decimal digits, and json_int reads
 * such strings back, so that every int64_t makes the trip.
 */
struct json;

/* A value may take fifty times the memory of its text. */
enum { JSON_DEPTH = 64, JSON_VALUES = 500 * 1000 };
#define JSON_INT_MAX (INT64_C(1) << 53)

enum json_type {
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_TEXT,
	JSON_ARRAY,
	JSON_OBJECT,
};

/* --- reading --- */

/*
 * Parses a whole text, nothing but white space after it. Refused as INVALID, with line and
 * character (counted in code points from 1, of the line) in the arguments: what is not JSON, bytes
 * that are not UTF-8, NUL and \u0000, lone surrogates, a key twice in one object (also when it is
 * spelled with escapes), more than JSON_DEPTH arrays and objects in one another, more than
 * JSON_VALUES values, numbers beyond ±2^53. `line` is the number of the first line in a larger
 * file; 1 for a text of its own.
 */
bool json_parse(const void *mem, const char *bytes, size_t size, int64_t line,
	const struct json **json, struct error *err);

/* All of these take NULL for "no value": it has type JSON_NULL, no members and no text. */
enum json_type json_type_of(const struct json *json);
const struct json *json_get(const struct json *object, const char *key); /* NULL: not there */
const struct json *json_at(const struct json *array, size_t index);	 /* costs index steps */
size_t json_count(const struct json *json); /* of elements or members; costs as many steps */
const struct json *json_first(const struct json *json); /* of an array or object; NULL: empty */
const struct json *json_next(const struct json *item);
const char *json_key(const struct json *member); /* "" for what is no member */

/* The text of a string, else NULL. Valid UTF-8, not otherwise clean (base/text.h). */
const char *json_text(const struct json *json);
bool json_bool(const struct json *json); /* false for anything but true */
/* A whole number, or a string as above; false for anything else. */
bool json_int(const struct json *json, int64_t *value);
/* RFC 3339 with an offset, or plain milliseconds; false, and *at untouched, for anything else. */
bool json_time(const struct json *json, int64_t *at);

/*
 * Typed members: true and *value untouched when the key is missing or null; INVALID, naming the
 * key, when it is of another type. Times are as in json_time.
 */
bool json_get_text(
	const struct json *object, const char *key, const char **value, struct error *err);
bool json_get_int(const struct json *object, const char *key, int64_t *value, struct error *err);
bool json_get_bool(const struct json *object, const char *key, bool *value, struct error *err);
bool json_get_time(const struct json *object, const char *key, int64_t *at, struct error *err);
/* The same refusal, for values that have the right type. */
bool json_wrong_value(const char *key, struct error *err);

/* INVALID, naming it, when the object has a key beside the `count` ones of `keys`. */
bool json_only_keys(
	const struct json *object, const char *const *keys, size_t count, struct error *err);

/* --- writing --- */

/* A new root on mem. */
struct json *json_object(const void *mem);
struct json *json_array(const void *mem);

/*
 * Adds to an object under key, or to an array (key NULL). Keys must be new; that is not checked.
 * Texts must be UTF-8. Containers are given back to be filled; they belong to the tree. It is
 * written in order: to add to a container ends those within it, which take no more (assert).
 */
struct json *json_add_object(struct json *parent, const char *key);
struct json *json_add_array(struct json *parent, const char *key);
void json_add_text(struct json *parent, const char *key, const char *text); /* NULL: null */
void json_add_int(struct json *parent, const char *key, int64_t value);
void json_add_bool(struct json *parent, const char *key, bool value);
void json_add_null(struct json *parent, const char *key);
void json_add_id(struct json *parent, const char *key, int64_t id); /* 0: null */
void json_add_time(
	struct json *parent, const char *key, int64_t at); /* RFC 3339; 0, DUE_NEVER: null */
/* Exact for every value: as json_add_time for what json_get_time reads back as the same, else as
 * plain milliseconds. */
void json_add_exact_time(struct json *parent, const char *key, int64_t at);
/* A deep copy of another tree's value, of a written one all of it. NULL: null. */
void json_add_copy(struct json *parent, const char *key, const struct json *value);
/* A copy on mem with every text and key made clean (base/text.h). */
const struct json *json_clean_copy(const void *mem, const struct json *json);
/* A text that is JSON already and our own (a log row's detail). "" and NULL: {}. */
void json_add_raw(struct json *parent, const char *key, const char *text);

/* One line without blanks or newline, on mem: a value that was read, or all that was written. */
char *json_print(const void *mem, const struct json *json);

#endif
