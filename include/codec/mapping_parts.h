#ifndef ATENDE_CODEC_MAPPING_PARTS_H
#define ATENDE_CODEC_MAPPING_PARTS_H

#include "base/error.h"
#include "codec/mapping.h"
#include "core/calendar.h"
#include "core/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a mapping (codec/mapping.h) is made of: patterns, sections, keys. Nobody outside codec
 * includes this.
 */

/* --- patterns: what the manual calls templates --- */

/* A name is a member, or a number an element. */
struct path {
	const char *whole; /* the name of a column */
	bool is_own;	   /* begins with a dot: of the element alone */
	size_t count;	   /* 0: the element itself */
	const char **names;
};

struct alternative {
	const char *constant; /* NULL: a path */
	struct path path;
};

/* A place, or literal text: literal is NULL or no alternatives are. */
struct pattern_part {
	const char *literal;
	size_t count;
	struct alternative *alternatives;
	int64_t cut; /* characters, 0: all */
};

struct pattern {
	size_t count;
	struct pattern_part *parts;
};

/* Where paths are looked for: in a record of JSON and an element of it, or in a row. */
struct lookup {
	const struct json *record;
	const struct json *element;
	const char *element_text; /* of a row */
	bool has_element;
	char *const *header;
	size_t header_count;
	char *const *fields;
	size_t field_count;
};

/* What a pattern comes to. It is given unless it has places and none of them is filled. */
struct filled {
	bool is_given;
	bool is_found; /* something of the record is in it */
	bool was_cleaned;
	size_t count;	     /* 1, but for a single place that holds an array; 0: not given */
	const char **values; /* clean texts, none is blank */
};

/* INVALID with a sentence about the pattern alone, arguments from {1} on free. */
bool pattern_parse(const void *mem, const char *text, int64_t line, struct pattern *pattern,
	struct error *err);
bool path_parse(
	const void *mem, const char *text, int64_t line, struct path *path, struct error *err);
/* as_list: an array is several values, else one text with ", ". */
void pattern_fill(const void *mem, const struct pattern *pattern, const struct lookup *lookup,
	bool as_list, struct filled *filled);
/* The value of a path in a record of JSON; NULL: not there. */
const struct json *path_find(const struct path *path, const struct lookup *lookup);
/* The field of a row; NULL: not there. */
const char *path_find_field(const struct path *path, const struct lookup *lookup);

/* --- sections and keys --- */

enum section_kind {
	SECTION_SOURCE,
	SECTION_CUSTOMER,
	SECTION_TICKET,
	SECTION_MESSAGE,
	SECTION_NOTE,
	SECTION_REMARK,
	SECTION_WORDS,
	SECTION_KINDS
};

struct section_info {
	const char *name;
	bool is_single; /* may stand once */
	bool has_each;	/* and makes a text */
};

extern const struct section_info section_infos[SECTION_KINDS];

enum key_shape {
	KEY_LINE, /* const char * */
	KEY_TEXT, /* const char *, with line ends */
	KEY_LIST, /* size_t count and const char **, see mapping_apply.c */
	KEY_NAME, /* int, by `names` */
	KEY_TIME, /* int64_t */
};

struct key_info {
	enum section_kind section;
	const char *name;
	enum key_shape shape;
	size_t offset; /* in struct import_item, or in struct import_text */
	const struct name_table *names;
};

extern const struct key_info key_infos[];
extern const size_t key_info_count;

struct entry {
	const struct key_info *key;
	struct pattern pattern;
};

struct section {
	enum section_kind kind;
	bool has_when, has_each;
	struct pattern when;
	struct path each;
	size_t count;
	struct entry *entries;
};

struct word {
	const struct key_info *key;
	const char *folded; /* NULL: all others */
	const char *value;
};

enum date_order { DATES_ISO, DATES_DMY, DATES_MDY };

struct mapping {
	enum import_format format;
	char delimiter;
	enum date_order dates;
	struct zone zone;
	size_t section_count;
	struct section *sections; /* but [source] and [words] */
	size_t word_count;
	struct word *words;
	size_t line_count;
	struct mapping_line *lines;
};

/* The word that [words] puts for a value, else the value. */
const char *mapping_word(const void *mem, const struct mapping *mapping, const struct key_info *key,
	const char *value);

/* A value into *field, by the key's shape; INVALID names section and key. Not for lists. */
bool mapping_set(const void *mem, const struct mapping *mapping, const struct key_info *key,
	const char *value, void *row, struct error *err);

#endif
