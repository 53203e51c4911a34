#ifndef ATENDE_CODEC_MAPPING_PARTS_H
#define ATENDE_CODEC_MAPPING_PARTS_H

#include "codec/mapping.h"
#include "core/calendar.h"
#include "core/name.h"

/* Inside of mappings: what mapping.c parses and mapping_apply.c carries out. */

enum mapping_section_kind {
	SECTION_SOURCE,
	SECTION_CUSTOMER,
	SECTION_TICKET,
	SECTION_MESSAGE,
	SECTION_NOTE,
	SECTION_REMARK,
	SECTION_WORDS,
	SECTIONS
};

/* A step of a path: a name, or an index of an array. */
struct mapping_step {
	char *name;
	int64_t index; /* −1: it is no number */
};

struct mapping_alternative {
	char *constant; /* NULL: a path */
	char *column;	/* the path as one name */
	bool is_local;	/* only of the element: begins with a dot */
	size_t count;
	struct mapping_step *steps; /* none: the element itself */
};

/* Text, or a place where a value is put in. */
struct mapping_part {
	char *text; /* NULL: a place */
	size_t count;
	struct mapping_alternative *alternatives;
	int64_t cut; /* characters; 0: not cut */
};

struct mapping_template {
	size_t count;
	struct mapping_part *parts;
};

struct mapping_key {
	const char *name;
	struct mapping_template value;
};

struct mapping_section {
	enum mapping_section_kind kind;
	size_t count;
	struct mapping_key *keys;
	struct mapping_alternative *each; /* NULL: once */
	struct mapping_template *when;	  /* NULL: always */
	/* [words]: of which key, and the pairs; the word NULL is "*" */
	enum mapping_section_kind of;
	const char *of_key;
	size_t word_count;
	struct mapping_word {
		char *word; /* folded */
		char *value;
	} * words;
};

enum mapping_dates { DATES_ISO, DATES_DMY, DATES_MDY };

struct mapping {
	enum import_format format;
	char delimiter;
	struct zone zone;
	enum mapping_dates dates;
	size_t section_count, line_count;
	struct mapping_section *sections;
	struct mapping_line *lines;
};

extern const char *const mapping_section_names[SECTIONS];

/* Compiles a value; false names what is wrong in *err (the line is added by the caller). */
bool mapping_compile(
	const void *mem, const char *text, struct mapping_template *template, struct error *err);
/* A path alone, as in "each". */
bool mapping_compile_path(
	const void *mem, const char *text, struct mapping_alternative *path, struct error *err);

/* Where values come from: a record of JSON (and an element of it), or a row. */
struct mapping_source {
	const struct json *record, *element;
	size_t column_count, field_count;
	char *const *columns;
	char *const *fields;
};

/* The template's text on mem, "" where nothing is there. */
char *mapping_text(const void *mem, const struct mapping_template *template,
	const struct mapping_source *source);
/* The array that a template of one place finds; NULL when it finds none. */
const struct json *mapping_array(
	const struct mapping_template *template, const struct mapping_source *source);
const struct json *mapping_find(
	const struct mapping_alternative *path, const struct mapping_source *source);

#endif
