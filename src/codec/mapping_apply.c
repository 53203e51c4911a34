#include "codec/mapping_parts.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "codec/zone.h"
#include "core/ticket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A record through a mapping. */

struct work {
	const void *mem;
	const struct mapping *mapping;
	struct mapping_source source;
	struct import_item *item;
	struct error *err;
};

static bool refuse(struct work *work, const struct mapping_section *section, const char *key,
	const char *text, const char *value)
{
	char *where = mem_printf(work->mem, "%s.%s", mapping_section_names[section->kind], key);
	return error_set_reason(work->err, ERROR_INVALID, "record", text, where, value, NULL);
}

static char *clean(struct work *work, const char *text, bool lines)
{
	bool changed = false;
	char *made = lines ? text_clean(work->mem, text, strlen(text), &changed)
			   : text_clean_line(work->mem, text, strlen(text), &changed);
	work->item->was_cleaned |= changed;
	return made;
}

/* What [words] says a value stands for; the value itself where they say nothing. */
static const char *translate(
	struct work *work, const struct mapping_section *of, const char *key, const char *value)
{
	char *folded = text_fold(work->mem, value);
	const char *otherwise = NULL;
	for (size_t i = 0; i < work->mapping->section_count; i++) {
		const struct mapping_section *section = &work->mapping->sections[i];
		if (section->kind != SECTION_WORDS || section->of != of->kind ||
			strcmp(section->of_key, key) != 0) {
			continue;
		}
		for (size_t k = 0; k < section->word_count; k++) {
			const struct mapping_word *word = &section->words[k];
			if (word->word && strcmp(word->word, folded) == 0) {
				return word->value;
			}
			otherwise = word->word ? otherwise : word->value;
		}
	}
	return otherwise ? otherwise : value;
}

static char *value_of(
	struct work *work, const struct mapping_section *section, const char *key, bool lines)
{
	for (size_t i = 0; i < section->count; i++) {
		if (strcmp(section->keys[i].name, key) != 0) {
			continue;
		}
		char *text = clean(work,
			mapping_text(work->mem, &section->keys[i].value, &work->source), lines);
		const char *ours = translate(work, section, key, text);
		if (!text_is_blank(ours)) {
			return mem_strdup(work->mem, ours);
		}
	}
	return mem_strdup(work->mem, "");
}

/* A word of ours as its number; 0 when it is not given. */
static bool word_of(struct work *work, const struct mapping_section *section, const char *key,
	const struct name_table *names, int *value)
{
	char *text = value_of(work, section, key, false);
	if (!*text || name_find(names, text, value)) {
		return true;
	}
	return refuse(work, section, key, N_("\"{1}\" is none of the words for {0}"), text);
}

static bool flag_of(
	struct work *work, const struct mapping_section *section, const char *key, int *value)
{
	static const struct {
		const char *word;
		int value;
	} words[] = {{"", FLAG_UNSET}, {"yes", FLAG_YES}, {"no", FLAG_NO}, {"true", FLAG_YES},
		{"false", FLAG_NO}, {"1", FLAG_YES}, {"0", FLAG_NO}};
	char *text = value_of(work, section, key, false);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strcmp(words[i].word, text) == 0) {
			*value = words[i].value ? words[i].value : *value;
			return true;
		}
	}
	return refuse(work, section, key, N_("\"{1}\" is neither yes nor no for {0}"), text);
}

/* "31/12/2025 14:30" and "12-31-2025" as ISO; other texts as they are. */
static char *iso_date(struct work *work, const char *text)
{
	int a, b, year, used = 0;
	char first, second;
	if (work->mapping->dates == DATES_ISO ||
		sscanf(text, "%2d%c%2d%c%4d%n", &a, &first, &b, &second, &year, &used) != 5 ||
		first != second || !strchr("/.-", first)) {
		return mem_strdup(work->mem, text);
	}
	bool day_first = work->mapping->dates == DATES_DMY;
	const char *rest = text + used + strspn(text + used, " ,T");
	char *time = mem_strdup(work->mem, rest);
	if (strlen(time) == strlen("14:30") && strchr(time, ':')) {
		time = mem_printf(work->mem, "%s:00", rest);
	}
	return mem_printf(work->mem, "%04d-%02d-%02d%s%s", year, day_first ? b : a,
		day_first ? a : b, *time ? "T" : "", time);
}

/* Seconds or milliseconds since 1970, by the number of digits. */
static bool parse_epoch(const char *text, int64_t *at)
{
	size_t digits = strspn(text, "0123456789");
	if (text[digits] || (digits != 10 && digits != 13)) {
		return false;
	}
	*at = strtoll(text, NULL, 10) * (digits == 10 ? MS_SECOND : 1);
	return true;
}

static bool time_of(
	struct work *work, const struct mapping_section *section, const char *key, int64_t *at)
{
	char *text = value_of(work, section, key, false);
	char *iso = iso_date(work, text);
	int64_t shifted;
	*at = 0;
	if (!*text || parse_epoch(text, at)) {
		return true;
	}
	if (strlen(iso) == strlen("2026-12-01 14:00")) {
		iso = mem_printf(work->mem, "%s:00", iso);
	}
	if (timestamp_parse(iso, 0, at) && timestamp_parse(iso, MS_HOUR, &shifted)) {
		/* Both readings agree where the text tells its offset. */
		*at = *at == shifted ? *at : zone_instant(&work->mapping->zone, *at);
		if (*at > 0 && *at < DUE_NEVER) {
			return true;
		}
	}
	return refuse(work, section, key,
		N_("\"{1}\" is no time for {0}; see \"dates\" in the mapping"), text);
}

static bool counts(struct work *work, const struct mapping_section *section)
{
	return !section->when ||
	       !text_is_blank(mapping_text(work->mem, section->when, &work->source));
}

/* --- customer and ticket --- */

static void add_value(struct work *work, const char ***values, size_t *count, const char *text)
{
	char *line = clean(work, text, false);
	for (size_t i = 0; i < *count; i++) {
		if (strcmp((*values)[i], line) == 0) {
			return;
		}
	}
	if (*line) {
		*values = mem_grow(work->mem, *values, const char *, *count + 1);
		(*values)[(*count)++] = line;
	}
}

/* Several values: of an array, of several lines of the mapping; tags also of words. */
static void take_values(struct work *work, const struct mapping_section *section, const char *key,
	const char *separators, const char ***values, size_t *count)
{
	for (size_t i = 0; i < section->count; i++) {
		if (strcmp(section->keys[i].name, key) != 0) {
			continue;
		}
		const struct json *array = mapping_array(&section->keys[i].value, &work->source);
		for (const struct json *item = json_first(array); item; item = json_next(item)) {
			const char *text = json_text(item);
			add_value(work, values, count,
				text ? translate(work, section, key, text) : "");
		}
		if (array) {
			continue;
		}
		char *text = clean(work,
			mapping_text(work->mem, &section->keys[i].value, &work->source), false);
		for (const char *at = text; *(at += strspn(at, separators));) {
			size_t length = strcspn(at, separators);
			char *word = mem_strndup(work->mem, at, length);
			add_value(work, values, count, translate(work, section, key, word));
			at += length;
		}
	}
}

static bool take_customer(struct work *work, const struct mapping_section *section)
{
	struct import_item *item = work->item;
	char *ref = value_of(work, section, "ref", false);
	char *name = value_of(work, section, "name", false);
	item->customer_ref = *ref ? ref : item->customer_ref;
	item->customer_name = *name ? name : item->customer_name;
	take_values(work, section, "address", "\n", &item->addresses, &item->address_count);
	return word_of(work, section, "channel", &channel_names, &item->customer_channel) &&
	       flag_of(work, section, "do_not_call", &item->do_not_call) &&
	       flag_of(work, section, "shared", &item->shared);
}

static bool take_ticket(struct work *work, const struct mapping_section *section)
{
	struct import_item *item = work->item;
	const struct {
		const char *key;
		const char **value;
	} texts[] = {{"ref", &item->ticket_ref}, {"subject", &item->subject}, {"team", &item->team},
		{"reason", &item->reason}, {"assignee", &item->assignee}};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		char *text = value_of(work, section, texts[i].key, false);
		*texts[i].value = *text ? text : *texts[i].value;
	}
	take_values(work, section, "tags", " ,;", &item->tags, &item->tag_count);
	int64_t at;
	if (!time_of(work, section, "at", &at)) {
		return false;
	}
	item->at = at ? at : item->at;
	item->has_ticket |= *item->ticket_ref || *item->subject;
	return word_of(work, section, "channel", &channel_names, &item->channel) &&
	       word_of(work, section, "priority", &priority_names, &item->priority) &&
	       word_of(work, section, "state", &ticket_state_names, &item->state);
}

/* --- texts --- */

static bool take_text(struct work *work, const struct mapping_section *section)
{
	static const enum import_text_kind kinds[SECTIONS] = {
		[SECTION_MESSAGE] = IMPORT_MESSAGE,
		[SECTION_NOTE] = IMPORT_NOTE,
		[SECTION_REMARK] = IMPORT_REMARK,
	};
	struct import_item *item = work->item;
	struct import_text text = {.kind = kinds[section->kind]};
	text.text = value_of(work, section, "text", true);
	if (!counts(work, section) || !*text.text) {
		return true;
	}
	text.author = value_of(work, section, "author", false);
	if (!time_of(work, section, "at", &text.at) ||
		!word_of(work, section, "direction", &direction_names, &text.direction) ||
		!word_of(work, section, "channel", &channel_names, &text.channel) ||
		!flag_of(work, section, "pinned", &text.pinned)) {
		return false;
	}
	if (section->kind == SECTION_MESSAGE &&
		!word_of(work, section, "state", &message_state_names, &text.state)) {
		return false;
	}
	if (text.kind == IMPORT_MESSAGE && !text.direction) {
		text.direction = DIRECTION_IN;
	}
	if (!text.at && !item->at) {
		return refuse(work, section, "at", N_("a text has no time; {0} tells it"), "");
	}
	text.at = text.at ? text.at : item->at;
	item->texts = mem_grow(work->mem, item->texts, struct import_text, item->text_count + 1);
	item->texts[item->text_count++] = text;
	item->has_ticket |= text.kind != IMPORT_REMARK;
	return true;
}

static bool take_texts(struct work *work, const struct mapping_section *section)
{
	if (!section->each) {
		return take_text(work, section);
	}
	const struct json *array =
		work->source.record ? mapping_find(section->each, &work->source) : NULL;
	if (json_type_of(array) != JSON_ARRAY) {
		return true;
	}
	for (const struct json *item = json_first(array); item; item = json_next(item)) {
		work->source.element = item;
		bool ok = take_text(work, section);
		work->source.element = NULL;
		if (!ok) {
			return false;
		}
	}
	return true;
}

/* Insertion keeps texts of one time in their order, and most come sorted. */
static void sort_texts(struct import_item *item)
{
	for (size_t i = 1; i < item->text_count; i++) {
		struct import_text text = item->texts[i];
		size_t k = i;
		for (; k > 0 && item->texts[k - 1].at > text.at; k--) {
			item->texts[k] = item->texts[k - 1];
		}
		item->texts[k] = text;
	}
}

typedef bool take_fn(struct work *work, const struct mapping_section *section);

/* Tickets before texts, whatever the order of the mapping: their time counts for texts. */
static bool take_sections(
	struct work *work, enum mapping_section_kind from, enum mapping_section_kind to)
{
	static take_fn *const take[SECTIONS] = {
		[SECTION_CUSTOMER] = take_customer,
		[SECTION_TICKET] = take_ticket,
		[SECTION_MESSAGE] = take_texts,
		[SECTION_NOTE] = take_texts,
		[SECTION_REMARK] = take_texts,
	};
	for (size_t i = 0; i < work->mapping->section_count; i++) {
		const struct mapping_section *section = &work->mapping->sections[i];
		bool is_wanted = section->kind >= from && section->kind <= to;
		bool is_counted = is_wanted && (section->each || counts(work, section));
		if (is_counted && !take[section->kind](work, section)) {
			return false;
		}
	}
	return true;
}

static bool apply(struct work *work)
{
	struct import_item *item = work->item;
	*item = (struct import_item){.customer_ref = "",
		.customer_name = "",
		.ticket_ref = "",
		.subject = "",
		.team = "",
		.reason = "",
		.assignee = ""};
	if (!take_sections(work, SECTION_CUSTOMER, SECTION_TICKET) ||
		!take_sections(work, SECTION_MESSAGE, SECTION_REMARK)) {
		return false;
	}
	sort_texts(item);
	if (!item->at && item->text_count > 0) {
		item->at = item->texts[0].at;
	}
	bool has_customer = *item->customer_ref || *item->customer_name || item->address_count > 0;
	return has_customer || item->has_ticket ||
	       error_set_reason(work->err, ERROR_INVALID, "record",
		       N_("nothing that the mapping asks for is in this record"), NULL);
}

bool mapping_apply_json(const void *mem, const struct mapping *mapping, const struct json *record,
	struct import_item *item, struct error *err)
{
	struct work work = {mem, mapping, {.record = record}, item, err};
	return apply(&work);
}

bool mapping_apply_row(const void *mem, const struct mapping *mapping, size_t count,
	char *const *header, size_t field_count, char *const *fields, struct import_item *item,
	struct error *err)
{
	struct work work = {mem, mapping,
		{.column_count = count,
			.field_count = field_count,
			.columns = header,
			.fields = fields},
		item, err};
	return apply(&work);
}
