#include "watch_texts.h"

#include "base/mem.h"

#include <string.h>

struct text *texts_find(const struct texts *texts, int64_t ticket, enum draft_kind kind)
{
	for (size_t i = 0; i < texts->count; i++) {
		if (texts->items[i].ticket == ticket && texts->items[i].kind == kind) {
			return &texts->items[i];
		}
	}
	return NULL;
}

void texts_put(const void *mem, struct texts *texts, int64_t ticket, enum draft_kind kind,
	const char *text)
{
	struct text *old = texts_find(texts, ticket, kind);
	if (!old) {
		texts->items = mem_grow(mem, texts->items, struct text, texts->count + 1);
		old = &texts->items[texts->count++];
		*old = (struct text){ticket, kind, NULL};
	}
	talloc_free(old->text);
	old->text = mem_strdup(mem, text);
}

void texts_drop(struct texts *texts, int64_t ticket, enum draft_kind kind)
{
	struct text *old = texts_find(texts, ticket, kind);
	if (old) {
		talloc_free(old->text);
		*old = texts->items[--texts->count];
	}
}

bool texts_hold(const struct texts *texts, const struct text *text)
{
	bool is_there = false;
	for (size_t i = 0; i < texts->count && !is_there; i++) {
		const struct text *item = &texts->items[i];
		is_there = item->ticket == text->ticket && strstr(item->text, text->text);
	}
	return is_there;
}
