#include "codec/mapping_parts.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/zone.h"

#include <string.h>

/* Mappings read, line by line. */

enum { MAPPING_MAX = 64 * 1024 };

struct parser {
	struct mapping *mapping;
	int64_t line;
	bool has_section;
	enum section_kind kind;
	const char *section; /* as shown: "words ticket.state" */
	const struct key_info *words_key;
	bool seen[SECTION_KINDS];
	struct error *err;
};

static bool refuse(struct parser *parser, const char *text, const char *word)
{
	char *line = mem_printf(NULL, "%lld", (long long)parser->line);
	error_set(parser->err, ERROR_INVALID, text, line, word, NULL);
	talloc_free(line);
	return false;
}

/* --- [section] --- */

static const struct key_info *find_key(const char *section, size_t size, const char *name)
{
	for (size_t i = 0; i < key_info_count; i++) {
		const char *its = section_infos[key_infos[i].section].name;
		if (strlen(its) == size && memcmp(its, section, size) == 0 &&
			strcmp(key_infos[i].name, name) == 0) {
			return &key_infos[i];
		}
	}
	return NULL;
}

static bool begin_words(struct parser *parser, const char *name)
{
	const char *what = name + strcspn(name, " \t");
	what += strspn(what, " \t");
	const char *dot = strchr(what, '.');
	parser->words_key = dot ? find_key(what, (size_t)(dot - what), dot + 1) : NULL;
	return parser->words_key ||
	       refuse(parser,
		       N_("line {0} of the mapping: [{1}] names no key; write a section "
			  "and a key of it, such as [words ticket.state]"),
		       name);
}

static bool find_section(struct parser *parser, const char *name)
{
	size_t size = strcspn(name, " \t");
	for (int kind = 0; kind < SECTION_KINDS; kind++) {
		const char *its = section_infos[kind].name;
		bool is_whole = kind == SECTION_WORDS || name[size] == '\0';
		if (is_whole && strlen(its) == size && memcmp(its, name, size) == 0) {
			parser->kind = kind;
			return true;
		}
	}
	return refuse(parser,
		N_("line {0} of the mapping: there is no section [{1}]; there are "
		   "source, customer, ticket, message, note, remark, words"),
		name);
}

static void add_section(struct parser *parser)
{
	struct mapping *mapping = parser->mapping;
	mapping->sections =
		mem_grow(mapping, mapping->sections, struct section, mapping->section_count + 1);
	mapping->sections[mapping->section_count++] = (struct section){.kind = parser->kind};
}

static bool begin_section(struct parser *parser, char *line)
{
	char *end = strchr(line, ']');
	if (!end || end[1] != '\0') {
		return refuse(parser, N_("line {0} of the mapping: a section ends with ]: \"{1}\""),
			line);
	}
	*end = '\0';
	char *name = text_clean_line(parser->mapping, line + 1, strlen(line + 1), NULL);
	if (!find_section(parser, name)) {
		return false;
	}
	if (section_infos[parser->kind].is_single && parser->seen[parser->kind]) {
		return refuse(
			parser, N_("line {0} of the mapping: [{1}] may stand only once"), name);
	}
	parser->has_section = true;
	parser->seen[parser->kind] = true;
	parser->section = name;
	if (parser->kind == SECTION_WORDS) {
		return begin_words(parser, name);
	}
	if (parser->kind != SECTION_SOURCE) {
		add_section(parser);
	}
	return true;
}

/* --- key = value --- */

struct source_word {
	const char *key, *word;
	int value;
};

static const struct source_word source_words[] = {
	{"format", "jsonl", IMPORT_JSONL},
	{"format", "csv", IMPORT_CSV},
	{"dates", "iso", DATES_ISO},
	{"dates", "dmy", DATES_DMY},
	{"dates", "mdy", DATES_MDY},
	{"delimiter", "comma", ','},
	{"delimiter", "semicolon", ';'},
	{"delimiter", "tab", '\t'},
};

static bool set_source(struct parser *parser, const char *key, const char *value)
{
	struct mapping *mapping = parser->mapping;
	if (strcmp(key, "zone") == 0) {
		return zone_load(mapping, value, &mapping->zone, NULL) ||
		       refuse(parser,
			       N_("line {0} of the mapping: there is no time zone {1}; "
				  "give one such as America/Sao_Paulo"),
			       value);
	}
	bool is_key = false;
	for (size_t i = 0; i < ARRAY_LEN(source_words); i++) {
		const struct source_word *word = &source_words[i];
		if (strcmp(word->key, key) != 0) {
			continue;
		}
		is_key = true;
		if (strcmp(word->word, value) == 0) {
			if (*key == 'f') {
				mapping->format = word->value;
			} else if (strcmp(key, "dates") == 0) {
				mapping->dates = word->value;
			} else {
				mapping->delimiter = (char)word->value;
			}
			return true;
		}
	}
	return is_key ? refuse(parser,
				N_("line {0} of the mapping: \"{1}\" is none of the words that "
				   "are possible there"),
				value)
		      : refuse(parser, N_("line {0} of the mapping: [source] has no key \"{1}\""),
				key);
}

static bool set_word(struct parser *parser, const char *key, const char *value)
{
	struct mapping *mapping = parser->mapping;
	int number;
	const struct name_table *names = parser->words_key->names;
	if (names && !name_find(names, value, &number)) {
		return refuse(
			parser, N_("line {0} of the mapping: \"{1}\" is no word of ours"), value);
	}
	mapping->words = mem_grow(mapping, mapping->words, struct word, mapping->word_count + 1);
	mapping->words[mapping->word_count++] = (struct word){
		.key = parser->words_key,
		.folded = strcmp(key, "*") == 0 ? NULL : text_fold(mapping, key),
		.value = value,
	};
	return true;
}

static bool set_key(struct parser *parser, const char *key, const char *value)
{
	struct mapping *mapping = parser->mapping;
	struct section *section = &mapping->sections[mapping->section_count - 1];
	const struct section_info *info = &section_infos[section->kind];
	if (strcmp(key, "when") == 0) {
		section->has_when = true;
		return pattern_parse(mapping, value, parser->line, &section->when, parser->err);
	}
	if (strcmp(key, "each") == 0 && info->has_each) {
		section->has_each = true;
		return path_parse(mapping, value, parser->line, &section->each, parser->err);
	}
	const struct key_info *found = find_key(info->name, strlen(info->name), key);
	if (!found) {
		return refuse(parser,
			N_("line {0} of the mapping: this section has no key \"{1}\""), key);
	}
	for (size_t i = 0; i < section->count; i++) {
		if (section->entries[i].key == found && found->shape != KEY_LIST) {
			return refuse(parser,
				N_("line {0} of the mapping: \"{1}\" stands twice in its section"),
				key);
		}
	}
	section->entries = mem_grow(mapping, section->entries, struct entry, section->count + 1);
	struct entry *entry = &section->entries[section->count++];
	*entry = (struct entry){.key = found};
	return pattern_parse(mapping, value, parser->line, &entry->pattern, parser->err);
}

/* What a value in double quotes says; other values are as they stand. */
static bool unquote(struct parser *parser, const char *text, char **value)
{
	static const char signs[] = "n\nt\t\"\"\\\\";
	if (*text != '"') {
		*value = mem_strdup(parser->mapping, text);
		return true;
	}
	char *result = mem_strdup(parser->mapping, text + 1);
	char *to = result;
	const char *from = text + 1;
	for (; *from && *from != '"'; from++) {
		if (*from == '\\') {
			from++;
			const char *sign = *from ? strchr("nt\"\\", *from) : NULL;
			if (!sign) {
				return refuse(parser,
					N_("line {0} of the mapping: after a backslash come n, t, "
					   "a quote or a backslash: {1}"),
					text);
			}
			*to++ = signs[2 * (sign - "nt\"\\") + 1];
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	*value = result;
	return (from[0] == '"' && from[1] == '\0') ||
	       refuse(parser,
		       N_("line {0} of the mapping: a value in quotes ends with a quote: "
			  "{1}"),
		       text);
}

static void show(struct parser *parser, const char *key, const char *value)
{
	struct mapping *mapping = parser->mapping;
	mapping->lines =
		mem_grow(mapping, mapping->lines, struct mapping_line, mapping->line_count + 1);
	mapping->lines[mapping->line_count++] =
		(struct mapping_line){parser->section, key, value, parser->line};
}

static char *trimmed(const void *mem, const char *text, size_t size)
{
	size_t blanks = strspn(text, " \t");
	blanks = blanks < size ? blanks : size;
	while (size > blanks && strchr(" \t", text[size - 1])) {
		size--;
	}
	return mem_strndup(mem, text + blanks, size - blanks);
}

static bool take_line(struct parser *parser, char *line)
{
	if (!*line || *line == '#' || *line == ';') {
		return true;
	}
	if (*line == '[') {
		return begin_section(parser, line);
	}
	const char *sign = strchr(line, '=');
	if (!sign || !parser->has_section) {
		return refuse(parser,
			sign ? N_("line {0} of the mapping: \"{1}\" stands before "
				  "the first [section]")
			     : N_("line {0} of the mapping: \"{1}\" is neither "
				  "[section] nor key = value"),
			line);
	}
	char *key = trimmed(parser->mapping, line, (size_t)(sign - line));
	char *text = trimmed(parser->mapping, sign + 1, strlen(sign + 1));
	char *value;
	if (!unquote(parser, text, &value)) {
		return false;
	}
	show(parser, key, text);
	return parser->kind == SECTION_SOURCE  ? set_source(parser, key, value)
	       : parser->kind == SECTION_WORDS ? set_word(parser, key, value)
					       : set_key(parser, key, value);
}

/* Text that is clean but for the line ends and composition that text_clean alters. */
static bool clean(struct parser *parser, const char *bytes, size_t size, char **text)
{
	bool was_cleaned;
	static const char mark[] = "\xEF\xBB\xBF";
	size_t skip = size >= 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0;
	*text = text_clean(parser->mapping, bytes + skip, size - skip, &was_cleaned);
	return !was_cleaned || refuse(parser,
				       N_("the mapping holds bytes that are no text; save it as "
					  "UTF-8"),
				       NULL);
}

static bool take_lines(struct parser *parser, char *text)
{
	while (text) {
		parser->line++;
		char *end = strchr(text, '\n');
		size_t size = end ? (size_t)(end - text) : strlen(text);
		if (!take_line(parser, trimmed(parser->mapping, text, size))) {
			return false;
		}
		text = end ? end + 1 : NULL;
	}
	return parser->mapping->section_count > 0 ||
	       refuse(parser,
		       N_("the mapping says nothing: it has no [customer], no [ticket] and "
			  "no [message]"),
		       NULL);
}

bool mapping_parse(const void *mem, const char *bytes, size_t size, struct mapping **mapping,
	struct error *err)
{
	struct parser parser = {.mapping = mem_new(mem, struct mapping), .err = err};
	char *text;
	zone_load(parser.mapping, NULL, &parser.mapping->zone, NULL);
	*mapping = parser.mapping;
	if (size > MAPPING_MAX) {
		return refuse(&parser,
			N_("the mapping is larger than 64 KiB; is it the right "
			   "file?"),
			NULL);
	}
	return clean(&parser, bytes, size, &text) && take_lines(&parser, text);
}

enum import_format mapping_format(const struct mapping *mapping)
{
	return mapping->format;
}

char mapping_delimiter(const struct mapping *mapping)
{
	return mapping->delimiter;
}

size_t mapping_lines(const struct mapping *mapping, const struct mapping_line **lines)
{
	*lines = mapping->lines;
	return mapping->line_count;
}
