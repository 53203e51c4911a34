#include "codec/mapping_parts.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/ticket.h"

#include <stdlib.h>
#include <string.h>

/* One record through a mapping. */

enum { LIST_MAX = 100, TEXTS_MAX = 10000 };

struct apply {
	const void *mem;
	const struct mapping *mapping;
	struct lookup lookup;
	struct import_item *item;
	bool has_no_ticket; /* its section says when, and this is not then */
	struct error *err;
};

static void clear_item(struct import_item *item)
{
	*item = (struct import_item){
		.customer_ref = "",
		.customer_name = "",
		.ticket_ref = "",
		.subject = "",
		.team = "",
		.reason = "",
		.assignee = "",
	};
}

static bool counts(struct apply *apply, const struct section *section)
{
	struct filled filled = {.is_given = true};
	if (section->has_when) {
		pattern_fill(apply->mem, &section->when, &apply->lookup, false, &filled);
	}
	return filled.is_given;
}

static bool add_to_list(struct apply *apply, const struct entry *entry, const char *text)
{
	struct import_item *item = apply->item;
	bool is_address = entry->key->section == SECTION_CUSTOMER;
	const char ***list = is_address ? &item->addresses : &item->tags;
	size_t *count = is_address ? &item->address_count : &item->tag_count;
	for (size_t i = 0; i < *count; i++) {
		if (strcmp((*list)[i], text) == 0) {
			return true;
		}
	}
	if (*count == LIST_MAX) {
		return error_set(apply->err, ERROR_INVALID,
			N_("{0}.{1}: there are more values than anybody has; is the mapping "
			   "right?"),
			section_infos[entry->key->section].name, entry->key->name, NULL);
	}
	*list = mem_grow(apply->mem, *list, const char *, *count + 1);
	(*list)[(*count)++] = text;
	return true;
}

/* An address may hold blanks, a tag is a word. */
static bool set_list(struct apply *apply, const struct entry *entry, const char *value)
{
	const char *ends = entry->key->section == SECTION_TICKET ? " ,;\t\n" : "\n";
	bool ok = true;
	while (ok && *value) {
		size_t size = strcspn(value, ends);
		char *line = text_clean_line(apply->mem, value, size, NULL);
		ok = !*line || add_to_list(apply, entry,
				       mapping_word(apply->mem, apply->mapping, entry->key, line));
		value += size + (value[size] != '\0');
	}
	return ok;
}

static bool set_entry(struct apply *apply, const struct entry *entry, void *row)
{
	struct filled filled;
	bool is_list = entry->key->shape == KEY_LIST, ok = true;
	pattern_fill(apply->mem, &entry->pattern, &apply->lookup, is_list, &filled);
	apply->item->was_cleaned = apply->item->was_cleaned || filled.was_cleaned;
	for (size_t i = 0; ok && i < filled.count; i++) {
		const char *value = filled.values[i];
		if (is_list) {
			ok = set_list(apply, entry, value);
		} else {
			value = mapping_word(apply->mem, apply->mapping, entry->key, value);
			ok = mapping_set(
				apply->mem, apply->mapping, entry->key, value, row, apply->err);
		}
	}
	return ok;
}

static bool set_entries(struct apply *apply, const struct section *section, void *row)
{
	for (size_t i = 0; i < section->count; i++) {
		if (!set_entry(apply, &section->entries[i], row)) {
			return false;
		}
	}
	return true;
}

/* --- texts --- */

static enum import_text_kind text_kind(enum section_kind kind)
{
	return kind == SECTION_MESSAGE ? IMPORT_MESSAGE
	       : kind == SECTION_NOTE  ? IMPORT_NOTE
				       : IMPORT_REMARK;
}

static bool add_text(struct apply *apply, const struct section *section)
{
	struct import_item *item = apply->item;
	struct import_text text = {.kind = text_kind(section->kind), .text = "", .author = ""};
	if (!counts(apply, section)) {
		return true;
	}
	if (!set_entries(apply, section, &text)) {
		return false;
	}
	if (!*text.text) {
		return true;
	}
	if (text.kind == IMPORT_MESSAGE && !text.direction) {
		text.direction = DIRECTION_IN;
	}
	if (item->text_count == TEXTS_MAX) {
		return error_set(apply->err, ERROR_INVALID,
			N_("{0}: there are more than 10000 texts in one record; is the mapping "
			   "right?"),
			section_infos[section->kind].name, NULL);
	}
	item->texts = mem_grow(apply->mem, item->texts, struct import_text, item->text_count + 1);
	item->texts[item->text_count++] = text;
	return true;
}

/* Once for every element of the array; what is no array is an element itself. */
static bool add_each(struct apply *apply, const struct section *section)
{
	struct lookup *lookup = &apply->lookup;
	const struct json *list = path_find(&section->each, lookup);
	bool is_array = json_type_of(list) == JSON_ARRAY, ok = true;
	lookup->has_element = true;
	lookup->element = is_array ? json_first(list) : list;
	while (ok && lookup->element) {
		ok = add_text(apply, section);
		lookup->element = is_array ? json_next(lookup->element) : NULL;
	}
	lookup->has_element = false;
	return ok;
}

static bool add_each_field(struct apply *apply, const struct section *section)
{
	struct lookup *lookup = &apply->lookup;
	lookup->element_text = path_find_field(&section->each, lookup);
	if (text_is_blank(lookup->element_text)) {
		return true;
	}
	lookup->has_element = true;
	bool ok = add_text(apply, section);
	lookup->has_element = false;
	return ok;
}

static bool add_texts(struct apply *apply, const struct section *section)
{
	if (apply->has_no_ticket && section->kind != SECTION_REMARK) {
		return true;
	}
	if (!section->has_each) {
		return add_text(apply, section);
	}
	return apply->lookup.header ? add_each_field(apply, section) : add_each(apply, section);
}

/* --- times --- */

static const char *text_section(enum import_text_kind kind)
{
	static const enum section_kind sections[] = {
		[IMPORT_MESSAGE] = SECTION_MESSAGE,
		[IMPORT_NOTE] = SECTION_NOTE,
		[IMPORT_REMARK] = SECTION_REMARK,
	};
	return section_infos[sections[kind]].name;
}

static bool set_times(struct apply *apply)
{
	struct import_item *item = apply->item;
	int64_t earliest = 0;
	for (size_t i = 0; i < item->text_count; i++) {
		struct import_text *text = &item->texts[i];
		text->at = text->at ? text->at : item->at;
		if (!text->at) {
			return error_set(apply->err, ERROR_INVALID,
				N_("a text has no time, and its ticket has none; map {0}.at or "
				   "ticket.at"),
				text_section(text->kind), NULL);
		}
		bool is_of_ticket = text->kind != IMPORT_REMARK;
		if (is_of_ticket && (!earliest || text->at < earliest)) {
			earliest = text->at;
		}
	}
	item->at = item->at ? item->at : earliest;
	return true;
}

/* qsort is not stable. */
struct placed {
	struct import_text text;
	size_t place;
};

static int compare_placed(const void *left, const void *right)
{
	const struct placed *a = left, *b = right;
	if (a->text.at != b->text.at) {
		return a->text.at < b->text.at ? -1 : 1;
	}
	return a->place < b->place ? -1 : 1;
}

static void sort_texts(const void *mem, struct import_item *item)
{
	struct placed *placed = mem_array(mem, struct placed, item->text_count);
	for (size_t i = 0; i < item->text_count; i++) {
		placed[i] = (struct placed){item->texts[i], i};
	}
	qsort(placed, item->text_count, sizeof *placed, compare_placed);
	for (size_t i = 0; i < item->text_count; i++) {
		item->texts[i] = placed[i].text;
	}
}

static bool finish(struct apply *apply)
{
	struct import_item *item = apply->item;
	bool has_text = false;
	for (size_t i = 0; i < item->text_count; i++) {
		has_text = has_text || item->texts[i].kind != IMPORT_REMARK;
	}
	item->has_ticket =
		!apply->has_no_ticket && (has_text || *item->ticket_ref || *item->subject);
	bool has_customer = *item->customer_ref || *item->customer_name || item->address_count > 0;
	if (!item->has_ticket && !has_customer && item->text_count == 0) {
		return error_set(apply->err, ERROR_INVALID,
			N_("nothing that the mapping asks for is in this record; compare its "
			   "names"),
			NULL);
	}
	if (!set_times(apply)) {
		return false;
	}
	sort_texts(apply->mem, item);
	return true;
}

static bool run(struct apply *apply)
{
	const struct mapping *mapping = apply->mapping;
	clear_item(apply->item);
	for (size_t i = 0; i < mapping->section_count; i++) {
		const struct section *section = &mapping->sections[i];
		if (section_infos[section->kind].has_each) {
			continue;
		}
		if (!counts(apply, section)) {
			apply->has_no_ticket =
				apply->has_no_ticket || section->kind == SECTION_TICKET;
		} else if (!set_entries(apply, section, apply->item)) {
			return false;
		}
	}
	for (size_t i = 0; i < mapping->section_count; i++) {
		const struct section *section = &mapping->sections[i];
		if (section_infos[section->kind].has_each && !add_texts(apply, section)) {
			return false;
		}
	}
	return finish(apply);
}

bool mapping_apply_json(const void *mem, const struct mapping *mapping, const struct json *record,
	struct import_item *item, struct error *err)
{
	struct apply apply = {
		.mem = mem,
		.mapping = mapping,
		.lookup = {.record = record},
		.item = item,
		.err = err,
	};
	return run(&apply);
}

bool mapping_apply_row(const void *mem, const struct mapping *mapping, size_t count,
	char *const *header, size_t field_count, char *const *fields, struct import_item *item,
	struct error *err)
{
	struct apply apply = {
		.mem = mem,
		.mapping = mapping,
		.lookup = {.header = header,
			.header_count = count,
			.fields = fields,
			.field_count = field_count},
		.item = item,
		.err = err,
	};
	return run(&apply);
}
