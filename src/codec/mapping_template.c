#include "codec/mapping_parts.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/csv.h"

#include <stdlib.h>
#include <string.h>

/* Templates: compiled once, filled in for every record. */

static bool refuse(struct error *err, const char *text, const char *what)
{
	return error_set(err, ERROR_INVALID, text, what, NULL);
}

static void add_step(const void *mem, struct mapping_alternative *path, char *name)
{
	char *end;
	long long index = strtoll(name, &end, 10);
	bool is_number = *name >= '0' && *name <= '9' && !*end;
	path->steps = mem_grow(mem, path->steps, struct mapping_step, path->count + 1);
	path->steps[path->count++] = (struct mapping_step){name, is_number ? index : -1};
}

/* One name of a path; *at goes behind it. */
static bool take_name(
	const void *mem, const char **at, struct mapping_alternative *path, struct error *err)
{
	bool quoted = **at == '"';
	const char *from = *at + quoted;
	size_t length = quoted ? strcspn(from, "\"") : strcspn(from, ".[]|:}'\"");
	if (length == 0 || (quoted && from[length] != '"')) {
		return refuse(err, N_("line {0}: a name is missing in \"{1}\""), *at);
	}
	add_step(mem, path, mem_strndup(mem, from, length));
	*at = from + length + quoted;
	while (**at == '[') {
		size_t digits = strspn(*at + 1, "0123456789");
		if (digits == 0 || (*at)[digits + 1] != ']') {
			return refuse(err, N_("line {0}: [ ] holds a number in \"{1}\""), *at);
		}
		add_step(mem, path, mem_strndup(mem, *at + 1, digits));
		*at += digits + 2;
	}
	return true;
}

static bool take_path(
	const void *mem, const char **at, struct mapping_alternative *path, struct error *err)
{
	const char *from = *at;
	path->is_local = **at == '.';
	*at += path->is_local;
	bool is_element = path->is_local && (!**at || strchr("|:}", **at));
	for (bool more = !is_element; more;) {
		if (!take_name(mem, at, path, err)) {
			return false;
		}
		more = **at == '.';
		*at += more;
	}
	path->column = path->count == 1 ? path->steps[0].name
					: mem_strndup(mem, from, (size_t)(*at - from));
	return true;
}

bool mapping_compile_path(
	const void *mem, const char *text, struct mapping_alternative *path, struct error *err)
{
	const char *at = text;
	*path = (struct mapping_alternative){0};
	return take_path(mem, &at, path, err) &&
	       (!*at || refuse(err, N_("line {0}: \"{1}\" is no path"), text));
}

static bool take_alternative(
	const void *mem, const char **at, struct mapping_part *part, struct error *err)
{
	part->alternatives =
		mem_grow(mem, part->alternatives, struct mapping_alternative, part->count + 1);
	struct mapping_alternative *alternative = &part->alternatives[part->count++];
	*alternative = (struct mapping_alternative){0};
	if (**at != '\'') {
		return take_path(mem, at, alternative, err);
	}
	const char *end = strchr(*at + 1, '\'');
	if (!end) {
		return refuse(err, N_("line {0}: the constant {1} is not closed"), *at);
	}
	alternative->constant = mem_strndup(mem, *at + 1, (size_t)(end - *at - 1));
	*at = end + 1;
	return true;
}

/* Behind the opening brace, up to and with the closing one. */
static bool take_place(
	const void *mem, const char **at, struct mapping_part *part, struct error *err)
{
	const char *from = *at;
	do {
		*at += part->count > 0; /* the bar */
		if (!take_alternative(mem, at, part, err)) {
			return false;
		}
	} while (**at == '|');
	if (**at == ':') {
		char *end;
		part->cut = strtoll(*at + 1, &end, 10);
		if (end == *at + 1 || part->cut <= 0 || part->cut > INT32_MAX) {
			return refuse(
				err, N_("line {0}: a number stands after : in \"{1}\""), from);
		}
		*at = end;
	}
	if (**at != '}') {
		return refuse(err, N_("line {0}: a brace is not closed in \"{1}\""), from);
	}
	(*at)++;
	return true;
}

static struct mapping_part *add_part(const void *mem, struct mapping_template *template)
{
	template->parts = mem_grow(mem, template->parts, struct mapping_part, template->count + 1);
	template->parts[template->count] = (struct mapping_part){0};
	return &template->parts[template->count++];
}

/* Plain text up to a place or the end; doubled braces are braces. */
static bool take_plain(
	const void *mem, const char **at, struct mapping_part *part, struct error *err)
{
	part->text = mem_strdup(mem, "");
	while (**at && !(**at == '{' && (*at)[1] != '{')) {
		size_t length = strcspn(*at, "{}");
		bool is_brace = length == 0;
		if (is_brace && (*at)[1] != **at) {
			return refuse(err, N_("line {0}: a } stands alone; double it"), *at);
		}
		length = is_brace ? 1 : length;
		part->text = mem_check(talloc_strndup_append_buffer(part->text, *at, length));
		*at += is_brace ? 2 : length;
	}
	return true;
}

bool mapping_compile(
	const void *mem, const char *text, struct mapping_template *template, struct error *err)
{
	*template = (struct mapping_template){0};
	for (const char *at = text; *at;) {
		struct mapping_part *part = add_part(mem, template);
		bool is_place = *at == '{' && at[1] != '{';
		at += is_place;
		if (!(is_place ? take_place(mem, &at, part, err)
			       : take_plain(mem, &at, part, err))) {
			return false;
		}
	}
	return true;
}

/* --- filling in --- */

static const struct json *walk(const struct json *from, const struct mapping_alternative *path)
{
	for (size_t i = 0; from && i < path->count; i++) {
		const struct mapping_step *step = &path->steps[i];
		from = json_type_of(from) == JSON_ARRAY
			       ? (step->index >= 0 ? json_at(from, (size_t)step->index) : NULL)
			       : json_get(from, step->name);
	}
	return from;
}

const struct json *mapping_find(
	const struct mapping_alternative *path, const struct mapping_source *source)
{
	const struct json *found = source->element ? walk(source->element, path) : NULL;
	return found || path->is_local ? found : walk(source->record, path);
}

static char *number_text(const void *mem, const struct json *json)
{
	int64_t whole;
	if (json_int(json, &whole)) {
		return mem_printf(mem, "%lld", (long long)whole);
	}
	/* As few digits as give the number back. */
	double value = json_double(json);
	for (int digits = 1;; digits++) {
		char *text = mem_printf(mem, "%.*g", digits, value);
		if (digits >= 17 || strtod(text, NULL) == value) {
			return text;
		}
	}
}

/* NULL for what is not there: null, objects, arrays of such. */
static char *scalar_text(const void *mem, const struct json *json)
{
	switch (json_type_of(json)) {
	case JSON_TEXT:
		return mem_strdup(mem, json_text(json));
	case JSON_NUMBER:
		return number_text(mem, json);
	case JSON_BOOL:
		return mem_strdup(mem, json_bool(json) ? "true" : "false");
	default:
		return NULL;
	}
}

static char *json_value_text(const void *mem, const struct json *json)
{
	if (json_type_of(json) != JSON_ARRAY) {
		return scalar_text(mem, json);
	}
	char *joined = NULL;
	for (const struct json *item = json_first(json); item; item = json_next(item)) {
		char *text = scalar_text(mem, item);
		if (text && joined) {
			joined = mem_check(talloc_asprintf_append_buffer(joined, ", %s", text));
		} else if (text) {
			joined = text;
		}
	}
	return joined;
}

static const char *column_text(
	const struct mapping_alternative *path, const struct mapping_source *source)
{
	for (size_t i = 0; i < source->column_count && i < source->field_count; i++) {
		if (strcmp(source->columns[i], path->column) == 0) {
			return csv_unguarded(source->fields[i]);
		}
	}
	return NULL;
}

static const char *alternative_text(const void *mem, const struct mapping_alternative *alternative,
	const struct mapping_source *source)
{
	if (alternative->constant) {
		return alternative->constant;
	}
	if (source->columns) {
		return alternative->is_local ? NULL : column_text(alternative, source);
	}
	const struct json *found = mapping_find(alternative, source);
	return found ? json_value_text(mem, found) : NULL;
}

/* The first characters of a text; a bad byte counts as one. */
static size_t cut_at(const char *text, int64_t characters)
{
	size_t at = 0;
	for (int64_t i = 0; text[at] && i < characters; i++) {
		do {
			at++;
		} while (((unsigned char)text[at] & 0xC0) == 0x80);
	}
	return at;
}

static char *place_text(
	const void *mem, const struct mapping_part *part, const struct mapping_source *source)
{
	for (size_t i = 0; i < part->count; i++) {
		const char *text = alternative_text(mem, &part->alternatives[i], source);
		if (text && !text_is_blank(text)) {
			size_t length = part->cut ? cut_at(text, part->cut) : strlen(text);
			return mem_strndup(mem, text, length);
		}
	}
	return mem_strdup(mem, "");
}

char *mapping_text(const void *mem, const struct mapping_template *template,
	const struct mapping_source *source)
{
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < template->count; i++) {
		const struct mapping_part *part = &template->parts[i];
		const char *more = part->text ? part->text : place_text(mem, part, source);
		text = mem_check(talloc_strdup_append_buffer(text, more));
	}
	return text;
}

const struct json *mapping_array(
	const struct mapping_template *template, const struct mapping_source *source)
{
	if (template->count != 1 || template->parts[0].text || source->columns) {
		return NULL;
	}
	const struct mapping_part *part = &template->parts[0];
	for (size_t i = 0; i < part->count; i++) {
		const struct json *found = part->alternatives[i].constant
						   ? NULL
						   : mapping_find(&part->alternatives[i], source);
		if (found && json_type_of(found) == JSON_ARRAY) {
			return found;
		}
		if (found && json_value_text(template->parts, found)) {
			return NULL;
		}
	}
	return NULL;
}
