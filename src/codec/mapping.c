#include "codec/mapping_parts.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/zone.h"

#include <stdio.h>
#include <string.h>

/* Reading the text of a mapping. */

enum { MAPPING_MOST_BYTES = 64 * 1024, KEYS = 12 };

const char *const mapping_section_names[SECTIONS] = {
	"source", "customer", "ticket", "message", "note", "remark", "words"};

static const struct {
	bool once;
	const char *keys[KEYS];
} sections[SECTIONS] = {
	[SECTION_SOURCE] = {true, {"format", "zone", "dates", "delimiter"}},
	[SECTION_CUSTOMER] = {false,
		{"ref", "name", "address", "channel", "do_not_call", "shared"}},
	[SECTION_TICKET] = {false, {"ref", "subject", "channel", "team", "priority", "state",
					   "reason", "assignee", "tags", "at"}},
	[SECTION_MESSAGE] = {false, {"text", "at", "direction", "author", "channel", "state"}},
	[SECTION_NOTE] = {false, {"text", "at", "author"}},
	[SECTION_REMARK] = {false, {"text", "at", "author", "pinned"}},
	[SECTION_WORDS] = {false, {NULL}},
};

struct parse {
	const void *mem;
	struct mapping *mapping;
	struct mapping_section *section; /* under way */
	int64_t line;
	struct error *err;
};

static bool refuse(struct parse *parse, const char *text, const char *what)
{
	char line[24];
	snprintf(line, sizeof line, "%lld", (long long)parse->line);
	return error_set_reason(
		parse->err, ERROR_INVALID, "mapping", text, line, what ? what : "", NULL);
}

static bool add_line(struct parse *parse, const char *section, const char *key, const char *value)
{
	struct mapping *mapping = parse->mapping;
	mapping->lines =
		mem_grow(mapping, mapping->lines, struct mapping_line, mapping->line_count + 1);
	mapping->lines[mapping->line_count++] =
		(struct mapping_line){section, key, value, parse->line};
	return true;
}

static const char *own_key(enum mapping_section_kind kind, const char *key)
{
	for (size_t i = 0; i < KEYS && sections[kind].keys[i]; i++) {
		if (strcmp(sections[kind].keys[i], key) == 0) {
			return sections[kind].keys[i];
		}
	}
	return NULL;
}

static bool find_section(const char *name, enum mapping_section_kind *kind)
{
	for (int i = 0; i < SECTION_WORDS; i++) {
		if (strcmp(mapping_section_names[i], name) == 0) {
			*kind = (enum mapping_section_kind)i;
			return true;
		}
	}
	return false;
}

static bool is_there(const struct mapping *mapping, enum mapping_section_kind kind)
{
	for (size_t i = 0; i < mapping->section_count; i++) {
		if (mapping->sections[i].kind == kind) {
			return true;
		}
	}
	return false;
}

static bool begin_section(struct parse *parse, enum mapping_section_kind kind)
{
	struct mapping *mapping = parse->mapping;
	if (sections[kind].once && is_there(mapping, kind)) {
		return refuse(
			parse, N_("line {0}: [{1}] may stand once"), mapping_section_names[kind]);
	}
	mapping->sections = mem_grow(
		mapping, mapping->sections, struct mapping_section, mapping->section_count + 1);
	parse->section = &mapping->sections[mapping->section_count++];
	*parse->section = (struct mapping_section){.kind = kind};
	return true;
}

/* "[words ticket.state]" */
static bool begin_words(struct parse *parse, char *of)
{
	enum mapping_section_kind kind;
	char *dot = strchr(of, '.');
	const char *key = NULL;
	if (dot) {
		*dot = '\0';
		key = find_section(of, &kind) && kind != SECTION_SOURCE ? own_key(kind, dot + 1)
									: NULL;
	}
	if (!key) {
		return refuse(parse,
			N_("line {0}: after \"words\" stands a section and a key, such as "
			   "ticket.state"),
			NULL);
	}
	if (!begin_section(parse, SECTION_WORDS)) {
		return false;
	}
	parse->section->of = kind;
	parse->section->of_key = key;
	return true;
}

static bool parse_head(struct parse *parse, char *line)
{
	size_t length = strlen(line);
	enum mapping_section_kind kind;
	if (line[length - 1] != ']') {
		return refuse(parse, N_("line {0}: a section ends with ]"), NULL);
	}
	line[length - 1] = '\0';
	char *name = text_clean_line(parse->mem, line + 1, strlen(line + 1), NULL);
	if (strncmp(name, "words ", strlen("words ")) == 0) {
		return begin_words(parse, name + strlen("words "));
	}
	return find_section(name, &kind)
		       ? begin_section(parse, kind)
		       : refuse(parse, N_("line {0}: there is no section [{1}]"), name);
}

/* "…" keeps its blanks and may hold \n \t \" \\. */
static bool unquote(struct parse *parse, char *value)
{
	size_t length = strlen(value);
	if (*value != '"') {
		return true;
	}
	char *out = value;
	for (char *at = value + 1; at < value + length; at++) {
		if (*at == '"') {
			*out = '\0';
			return at[1] == '\0' ||
			       refuse(parse, N_("line {0}: something stands after the quote"),
				       NULL);
		}
		if (*at == '\\') {
			at++;
			const char *escapes = "n\nt\t\"\"\\\\";
			const char *found = *at ? strchr(escapes, *at) : NULL;
			if (!found) {
				break;
			}
			*out++ = found[1];
		} else {
			*out++ = *at;
		}
	}
	return refuse(parse, N_("line {0}: the quote is not closed rightly"), NULL);
}

static bool parse_word(struct parse *parse, const char *name, const char *value)
{
	struct mapping_section *section = parse->section;
	char *key = mem_printf(parse->mapping, "%s.%s %s", mapping_section_names[section->of],
		section->of_key, name);
	section->words = mem_grow(
		parse->mapping, section->words, struct mapping_word, section->word_count + 1);
	section->words[section->word_count++] = (struct mapping_word){
		strcmp(name, "*") == 0 ? NULL : text_fold(parse->mapping, name),
		mem_strdup(parse->mapping, value)};
	return add_line(parse, "words", key, mem_strdup(parse->mapping, value));
}

static int index_of(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(word, words[i]) == 0) {
			return (int)i;
		}
	}
	return -1;
}

static bool parse_source(struct parse *parse, const char *key, const char *value)
{
	static const char *const formats[] = {"", "jsonl", "csv"};
	static const char *const dates[] = {"iso", "dmy", "mdy"};
	static const char *const delimiters[] = {"comma", "semicolon", "tab"};
	struct mapping *mapping = parse->mapping;
	int found = 0;
	if (strcmp(key, "format") == 0) {
		found = index_of(value, formats, ARRAY_LEN(formats));
		mapping->format = (enum import_format)(found > 0 ? found : 0);
	} else if (strcmp(key, "dates") == 0) {
		found = index_of(value, dates, ARRAY_LEN(dates));
		mapping->dates = (enum mapping_dates)(found > 0 ? found : 0);
	} else if (strcmp(key, "delimiter") == 0) {
		found = index_of(value, delimiters, ARRAY_LEN(delimiters));
		mapping->delimiter = found >= 0 ? ",;\t"[found] : '\0';
	} else if (!zone_load(mapping, value, &mapping->zone, NULL)) {
		found = -1;
	}
	if (found < 0 || !*value) {
		return refuse(parse, N_("line {0}: \"{1}\" is none of the values that this takes"),
			value);
	}
	return add_line(parse, "source", key, mem_strdup(mapping, value));
}

static bool compile(struct parse *parse, const char *value, struct mapping_template *template)
{
	struct error err = {0};
	return mapping_compile(parse->mapping, value, template, &err) ||
	       refuse(parse, err.text, err.arg[0]);
}

static bool takes_each(enum mapping_section_kind kind)
{
	return kind == SECTION_MESSAGE || kind == SECTION_NOTE || kind == SECTION_REMARK;
}

static bool parse_each(struct parse *parse, const char *value)
{
	struct error err = {0};
	parse->section->each = mem_new(parse->mapping, struct mapping_alternative);
	if (!mapping_compile_path(parse->mapping, value, parse->section->each, &err)) {
		return refuse(parse, err.text, err.arg[0]);
	}
	return add_line(parse, mapping_section_names[parse->section->kind], "each",
		mem_strdup(parse->mapping, value));
}

static bool parse_key(struct parse *parse, const char *name, const char *value)
{
	struct mapping_section *section = parse->section;
	const char *key = own_key(section->kind, name);
	if (section->kind == SECTION_SOURCE) {
		return key ? parse_source(parse, key, value)
			   : refuse(parse, N_("line {0}: there is no key \"{1}\" here"), name);
	}
	if (strcmp(name, "each") == 0 && takes_each(section->kind)) {
		return parse_each(parse, value);
	}
	if (strcmp(name, "when") == 0) {
		section->when = mem_new(parse->mapping, struct mapping_template);
		return compile(parse, value, section->when) &&
		       add_line(parse, mapping_section_names[section->kind], "when",
			       mem_strdup(parse->mapping, value));
	}
	if (!key) {
		return refuse(parse, N_("line {0}: there is no key \"{1}\" here"), name);
	}
	section->keys =
		mem_grow(parse->mapping, section->keys, struct mapping_key, section->count + 1);
	struct mapping_key *added = &section->keys[section->count++];
	*added = (struct mapping_key){.name = key};
	return compile(parse, value, &added->value) &&
	       add_line(parse, mapping_section_names[section->kind], key,
		       mem_strdup(parse->mapping, value));
}

static char *trim(char *text)
{
	text += strspn(text, " \t");
	size_t length = strlen(text);
	while (length > 0 && strchr(" \t", text[length - 1])) {
		text[--length] = '\0';
	}
	return text;
}

/* A word that holds '=' stands in quotes. */
static bool parse_pair(struct parse *parse, char *line)
{
	char *from = *line == '"' ? strchr(line + 1, '"') : line;
	char *equals = from ? strchr(from, '=') : NULL;
	if (!parse->section) {
		return refuse(parse, N_("line {0}: a section such as [ticket] comes first"), NULL);
	}
	if (!equals) {
		return refuse(parse, N_("line {0}: this is no \"key = value\""), NULL);
	}
	*equals = '\0';
	char *name = trim(line);
	char *value = trim(equals + 1);
	if (!unquote(parse, name) || !unquote(parse, value)) {
		return false;
	}
	return parse->section->kind == SECTION_WORDS ? parse_word(parse, name, value)
						     : parse_key(parse, name, value);
}

static bool parse_line(struct parse *parse, char *line)
{
	line = trim(line);
	parse->line++;
	if (!*line || *line == '#' || *line == ';') {
		return true;
	}
	return *line == '[' ? parse_head(parse, line) : parse_pair(parse, line);
}

bool mapping_parse(
	const void *mem, const char *text, size_t size, struct mapping **mapping, struct error *err)
{
	struct mapping *made = mem_new(mem, struct mapping);
	struct parse parse = {.mem = made, .mapping = made, .err = err};
	bool changed = false;
	char *clean = text_clean(made, text, size, &changed);
	*mapping = made;
	parse.line = 1;
	if (size > MAPPING_MOST_BYTES || changed) {
		return refuse(&parse,
			changed ? N_("line {0}: the mapping is no clean UTF-8 text")
				: N_("line {0}: the mapping is too long"),
			NULL);
	}
	parse.line = 0;
	zone_load(made, "UTC", &made->zone, NULL);
	for (char *at = clean; at;) {
		char *end = strchr(at, '\n');
		if (end) {
			*end = '\0';
		}
		if (!parse_line(&parse, at)) {
			return false;
		}
		at = end ? end + 1 : NULL;
	}
	return made->section_count > 0 ||
	       refuse(&parse, N_("line {0}: the mapping says nothing"), NULL);
}

static const char default_text[] =
	"[customer]\n"
	"ref = {customer.ref}\n"
	"name = {customer.name|name}\n"
	"address = {customer.addresses|customer.address|customer|address}\n"
	"channel = {customer.channel}\n"
	"do_not_call = {customer.do_not_call}\n"
	"shared = {customer.shared}\n"
	"[ticket]\n"
	"ref = {ticket.ref|ticket|ref}\n"
	"subject = {ticket.subject|subject}\n"
	"channel = {ticket.channel|channel}\n"
	"team = {ticket.team|team}\n"
	"priority = {ticket.priority|priority}\n"
	"state = {ticket.state|state}\n"
	"reason = {ticket.reason|reason}\n"
	"assignee = {ticket.assignee|assignee}\n"
	"tags = {ticket.tags|tags}\n"
	"at = {ticket.at}\n"
	"[message]\n"
	"each = messages\n"
	"text = {.text}\n"
	"at = {.at|at}\n"
	"direction = {.direction}\n"
	"author = {.author}\n"
	"channel = {.channel}\n"
	"state = {.state}\n"
	"[message]\n"
	"text = {text}\n"
	"at = {at}\n"
	"direction = {direction}\n"
	"author = {author}\n"
	"[note]\n"
	"each = notes\n"
	"text = {.text}\n"
	"at = {.at|at}\n"
	"author = {.author}\n"
	"[note]\n"
	"text = {note}\n"
	"at = {at}\n"
	"author = {author}\n"
	"[remark]\n"
	"each = customer.notes\n"
	"text = {.text}\n"
	"at = {.at|at}\n"
	"author = {.author}\n"
	"pinned = {.pinned}\n";

struct mapping *mapping_default(const void *mem)
{
	struct mapping *mapping;
	mem_check(mapping_parse(mem, default_text, strlen(default_text), &mapping, NULL) ? mapping
											 : NULL);
	return mapping;
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
