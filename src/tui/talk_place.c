#include "tui/talk.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

/* Finding one's way in a conversation, whatever its layout. */

enum { ABOVE_HEAD = -2, AT_HEAD = -1 };

static bool is_same(const struct talk_place *a, const struct talk_place *b)
{
	return a->kind == b->kind && a->id == b->id && a->offset == b->offset;
}

bool talk_folds_is_open(const struct talk_folds *folds, const struct talk_place *place)
{
	for (size_t i = 0; i < folds->count; i++) {
		if (is_same(&folds->but[i], place)) {
			return !folds->all;
		}
	}
	return folds->all;
}

void talk_folds_toggle(struct talk_folds *folds, const void *mem, const struct talk_place *place)
{
	for (size_t i = 0; i < folds->count; i++) {
		if (is_same(&folds->but[i], place)) {
			folds->but[i] = folds->but[--folds->count];
			return;
		}
	}
	folds->but = mem_grow(mem, folds->but, struct talk_place, folds->count + 1);
	folds->but[folds->count++] = *place;
}

static struct talk_place place_in(const struct talk *talk, size_t entry, int64_t offset)
{
	const struct talk_entry *at = &talk->entries[entry];
	return (struct talk_place){at->kind, at->id, offset};
}

static int64_t offset_of(const struct talk_line *line)
{
	return line->kind == TALK_BLANK	 ? ABOVE_HEAD
	       : line->kind == TALK_HEAD ? AT_HEAD
					 : (int64_t)line->offset;
}

struct talk_place talk_place_of(const struct talk *talk, size_t line)
{
	if (line >= talk->line_count) {
		return (struct talk_place){0};
	}
	const struct talk_line *at = &talk->lines[line];
	return place_in(talk, at->entry, offset_of(at));
}

size_t talk_place_line(const struct talk *talk, const struct talk_place *place)
{
	size_t found = 0;
	for (size_t i = 0; i < talk->line_count; i++) {
		const struct talk_line *line = &talk->lines[i];
		const struct talk_entry *entry = &talk->entries[line->entry];
		if (entry->kind == place->kind && entry->id == place->id &&
			offset_of(line) <= place->offset) {
			found = i;
		}
	}
	return found;
}

struct talk_place talk_part_place(const struct talk *talk, size_t part)
{
	const struct talk_part *at = &talk->parts[part];
	return place_in(talk, at->entry, (int64_t)at->offset);
}

size_t talk_part_at(const struct talk *talk, const struct talk_place *place)
{
	size_t part = 0;
	for (; part < talk->part_count; part++) {
		struct talk_place other = talk_part_place(talk, part);
		if (is_same(&other, place)) {
			break;
		}
	}
	return part;
}

struct talk_matches talk_find(
	const void *mem, const struct talk *talk, const char *words, size_t from, size_t to)
{
	struct talk_matches matches = {0};
	char *wanted = text_fold(NULL, words);
	for (size_t i = from; i < to && !text_is_blank(wanted); i++) {
		const char *text = talk->entries[i].text;
		size_t size;
		for (const char *at = text; (at = text_find(at, wanted, false, &size));
			at += size) {
			matches.items =
				mem_grow(mem, matches.items, struct talk_match, matches.count + 1);
			matches.items[matches.count++] =
				(struct talk_match){i, (size_t)(at - text), size};
		}
	}
	talloc_free(wanted);
	return matches;
}

size_t talk_fold_of(const struct talk *talk, size_t entry, size_t offset)
{
	size_t part = 0;
	for (; part < talk->part_count; part++) {
		const struct talk_part *fold = &talk->parts[part];
		if (fold->kind == PART_FOLD && fold->entry == entry && !fold->is_open &&
			offset >= fold->offset && offset < fold->offset + fold->length) {
			break;
		}
	}
	return part;
}
