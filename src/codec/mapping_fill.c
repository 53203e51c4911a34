#include "codec/mapping_parts.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/csv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Patterns filled from a record. */

/* --- looking up --- */

static const struct json *step(const struct json *json, const char *name)
{
	if (json_type_of(json) != JSON_ARRAY) {
		return json_get(json, name);
	}
	char *end;
	unsigned long long index = strtoull(name, &end, 10);
	bool is_index = *name >= '0' && *name <= '9' && !*end;
	return is_index && index < SIZE_MAX ? json_at(json, (size_t)index) : NULL;
}

static const struct json *walk(const struct json *json, const struct path *path)
{
	for (size_t i = 0; i < path->count && json; i++) {
		json = step(json, path->names[i]);
	}
	return json_type_of(json) == JSON_NULL ? NULL : json;
}

const struct json *path_find(const struct path *path, const struct lookup *lookup)
{
	const struct json *found = lookup->has_element ? walk(lookup->element, path) : NULL;
	bool is_own = path->is_own && lookup->has_element;
	return found || is_own || path->count == 0 ? found : walk(lookup->record, path);
}

const char *path_find_field(const struct path *path, const struct lookup *lookup)
{
	if (path->is_own && lookup->has_element) {
		return path->count == 0 ? lookup->element_text : NULL;
	}
	for (size_t i = 0; i < lookup->header_count && i < lookup->field_count; i++) {
		if (strcmp(lookup->header[i], path->whole) == 0) {
			return csv_unguarded(lookup->fields[i]);
		}
	}
	return NULL;
}

/* --- values --- */

static const char *clean(const void *mem, const char *bytes, size_t size, struct filled *filled)
{
	bool was_cleaned = false;
	const char *text = text_clean(mem, bytes, size, &was_cleaned);
	filled->was_cleaned = filled->was_cleaned || was_cleaned;
	return text;
}

static const char *scalar(const void *mem, const struct json *json, struct filled *filled)
{
	int64_t whole;
	const char *text = json_text(json);
	switch (json_type_of(json)) {
	case JSON_TEXT:
		return clean(mem, text, strlen(text), filled);
	case JSON_BOOL:
		return json_bool(json) ? "true" : "false";
	case JSON_NUMBER:
		return json_int(json, &whole) ? mem_printf(mem, "%" PRId64, whole)
					      : json_print(mem, json);
	default:
		return "";
	}
}

static void add_value(const void *mem, struct filled *filled, const char *text)
{
	if (!text_is_blank(text)) {
		filled->values = mem_grow(mem, filled->values, const char *, filled->count + 1);
		filled->values[filled->count++] = text;
	}
}

/* What an alternative holds, as one or more values; none: it is not there, or blank. */
static void find_values(const void *mem, const struct alternative *alternative,
	const struct lookup *lookup, struct filled *filled)
{
	if (alternative->constant) {
		add_value(mem, filled, alternative->constant);
		return;
	}
	if (lookup->header) {
		const char *field = path_find_field(&alternative->path, lookup);
		add_value(mem, filled, field ? clean(mem, field, strlen(field), filled) : "");
	} else {
		const struct json *json = path_find(&alternative->path, lookup);
		bool is_array = json_type_of(json) == JSON_ARRAY;
		for (const struct json *item = is_array ? json_first(json) : json; item;
			item = is_array ? json_next(item) : NULL) {
			add_value(mem, filled, scalar(mem, item, filled));
		}
	}
	filled->is_found = filled->is_found || filled->count > 0;
}

static const char *cut(const void *mem, const char *text, int64_t characters)
{
	size_t size = 0;
	for (size_t n; characters > 0 && (n = text_grapheme(text + size)) > 0; characters--) {
		size += n;
	}
	return mem_strndup(mem, text, size);
}

/* The first alternative that is there. */
static void fill_place(const void *mem, const struct pattern_part *part,
	const struct lookup *lookup, struct filled *filled)
{
	for (size_t i = 0; i < part->count && filled->count == 0; i++) {
		find_values(mem, &part->alternatives[i], lookup, filled);
	}
	for (size_t i = 0; part->cut && i < filled->count; i++) {
		filled->values[i] = cut(mem, filled->values[i], part->cut);
	}
}

static char *join(const void *mem, const struct filled *filled)
{
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < filled->count; i++) {
		text = mem_check(talloc_asprintf_append_buffer(
			text, "%s%s", i ? ", " : "", filled->values[i]));
	}
	return text;
}

void pattern_fill(const void *mem, const struct pattern *pattern, const struct lookup *lookup,
	bool as_list, struct filled *filled)
{
	size_t places = 0, filled_places = 0;
	char *text = mem_strdup(mem, "");
	*filled = (struct filled){0};
	if (as_list && pattern->count == 1 && !pattern->parts[0].literal) {
		fill_place(mem, &pattern->parts[0], lookup, filled);
		filled->is_given = filled->count > 0;
		return;
	}
	for (size_t i = 0; i < pattern->count; i++) {
		const struct pattern_part *part = &pattern->parts[i];
		struct filled place = {0};
		if (!part->literal) {
			fill_place(mem, part, lookup, &place);
		}
		places += !part->literal;
		filled_places += place.count > 0;
		filled->is_found = filled->is_found || place.is_found;
		filled->was_cleaned = filled->was_cleaned || place.was_cleaned;
		text = mem_check(talloc_strdup_append_buffer(
			text, part->literal ? part->literal : join(mem, &place)));
	}
	filled->is_given = places == 0 || filled_places > 0;
	if (filled->is_given) {
		/* Clean pieces beside each other need not be: a joiner, a mark of composition. */
		bool is_clean = pattern->count == 1;
		add_value(mem, filled, is_clean ? text : text_clean(mem, text, strlen(text), NULL));
	}
	filled->is_given = filled->count > 0;
}
