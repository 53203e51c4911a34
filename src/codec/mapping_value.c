#include "codec/mapping_parts.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "codec/zone.h"
#include "core/ticket.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Values of a record as the item has them: words, times, texts. */

static bool has_words(const struct mapping *mapping, const struct key_info *key)
{
	size_t i = 0;
	while (i < mapping->word_count && mapping->words[i].key != key) {
		i++;
	}
	return i < mapping->word_count;
}

const char *mapping_word(const void *mem, const struct mapping *mapping, const struct key_info *key,
	const char *value)
{
	/* Folding costs, and most keys have none. */
	if (!has_words(mapping, key)) {
		return value;
	}
	const char *others = NULL;
	char *line = text_clean_line(mem, value, strlen(value), NULL);
	char *folded = text_fold(mem, line);
	for (size_t i = 0; i < mapping->word_count; i++) {
		const struct word *word = &mapping->words[i];
		if (word->key != key) {
			continue;
		}
		if (!word->folded) {
			others = word->value;
		} else if (strcmp(word->folded, folded) == 0) {
			return word->value;
		}
	}
	return others ? others : value;
}

/* --- times --- */

enum { SECONDS_DIGITS_MIN = 9, MS_DIGITS_MIN = 12, DIGITS_MAX = 15 };

/* Since 1970, in seconds or, when that many digits would lie far ahead, milliseconds. */
static bool from_number(const char *text, int64_t *at)
{
	size_t digits = strspn(text, "0123456789");
	if (text[digits] || digits < SECONDS_DIGITS_MIN || digits > DIGITS_MAX) {
		return false;
	}
	*at = strtoll(text, NULL, 10) * (digits < MS_DIGITS_MIN ? 1000 : 1);
	return true;
}

static bool take_number(const char **text, int digits_max, int *value)
{
	int digits = 0;
	for (*value = 0; **text >= '0' && **text <= '9' && digits < digits_max; digits++) {
		*value = *value * 10 + (*(*text)++ - '0');
	}
	return digits > 0;
}

/* "31/12/2025 10:30" as RFC 3339; NULL for what is no such date. */
static char *as_iso(const void *mem, const char *text, enum date_order order)
{
	int first, second, year;
	const char *year_start;
	if (!take_number(&text, 2, &first) || !*text || !strchr("/.-", *text)) {
		return NULL;
	}
	char sign = *text++;
	if (!take_number(&text, 2, &second) || *text++ != sign) {
		return NULL;
	}
	year_start = text;
	if (!take_number(&text, 4, &year) || text - year_start != 4) {
		return NULL;
	}
	text += *text == ',';
	text += strspn(text, " ");
	text += *text == 'T';
	bool is_short = *text && text[1] == ':'; /* "9:05" */
	return mem_printf(mem, "%04d-%02d-%02d%s%s%s", year, order == DATES_DMY ? second : first,
		order == DATES_DMY ? first : second, *text ? "T" : "", is_short ? "0" : "", text);
}

/* By the mapping's dates and zone. */
static bool time_of(const void *mem, const struct mapping *mapping, const char *text, int64_t *at)
{
	int64_t elsewhere;
	char *line = text_clean_line(mem, text, strlen(text), NULL);
	char *iso = mapping->dates == DATES_ISO ? NULL : as_iso(mem, line, mapping->dates);
	const char *time = iso ? iso : line;
	if (!from_number(time, at)) {
		if (!timestamp_parse(time, 0, at) || !timestamp_parse(time, 1, &elsewhere)) {
			return false;
		}
		/* Read under two offsets: only a time that has its own is the same. */
		*at = *at == elsewhere ? *at : zone_instant(&mapping->zone, *at);
	}
	return *at > 0 && *at < DUE_NEVER;
}

/* --- by shape --- */

static bool refuse(const struct key_info *key, const char *value, const char *more,
	const char *text, struct error *err)
{
	char *name = mem_printf(NULL, "%s.%s", section_infos[key->section].name, key->name);
	error_set(err, ERROR_INVALID, text, name, value, more, NULL);
	talloc_free(name);
	return false;
}

/* How other programs say yes and no. */
static const char *flag_word(const char *word)
{
	static const char *const others[][2] = {
		{"true", "yes"}, {"1", "yes"}, {"false", "no"}, {"0", "no"}};
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		if (strcmp(word, others[i][0]) == 0) {
			return others[i][1];
		}
	}
	return word;
}

static bool set_name(const void *mem, const struct key_info *key, const char *value, int *number,
	struct error *err)
{
	char *line = text_clean_line(mem, value, strlen(value), NULL);
	const char *word = text_fold(mem, line);
	word = key->names == &flag_names ? flag_word(word) : word;
	return name_find(key->names, word, number) ||
	       refuse(key, line, name_list(mem, key->names),
		       N_("{0}: \"{1}\" is none of {2}; give such words by [words {0}]"), err);
}

bool mapping_set(const void *mem, const struct mapping *mapping, const struct key_info *key,
	const char *value, void *row, struct error *err)
{
	void *field = (char *)row + key->offset;
	switch (key->shape) {
	case KEY_LINE:
		*(const char **)field = text_clean_line(mem, value, strlen(value), NULL);
		return true;
	case KEY_TEXT:
		*(const char **)field = value;
		return true;
	case KEY_NAME:
		return set_name(mem, key, value, field, err);
	case KEY_TIME:
		return time_of(mem, mapping, value, field) ||
		       refuse(key, value, NULL,
			       N_("{0}: \"{1}\" is no time; give one such as 2025-12-31T10:00:00, "
				  "or say the order of dates in [source]"),
			       err);
	case KEY_LIST:
		break;
	}
	return true;
}
