#include "tui/notices.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* The same again is the same notice, at a later time. */
static bool repeats(const struct notices *notices, const char *text)
{
	return notices->count && strcmp(notices->items[notices->count - 1].text, text) == 0;
}

static void add(struct model *model, const char *text, bool is_error)
{
	struct notices *notices = &model->notices;
	char *line = text_clean_line(model, text, strlen(text), NULL);
	if (repeats(notices, line) || notices->count == NOTICES_KEPT) {
		size_t gone = repeats(notices, line) ? notices->count - 1 : 0;
		talloc_free(notices->items[gone].text);
		notices->count--;
		memmove(notices->items + gone, notices->items + gone + 1,
			(notices->count - gone) * sizeof *notices->items);
	}
	notices->items = mem_grow(model, notices->items, struct notice, notices->count + 1);
	notices->items[notices->count++] = (struct notice){model->now, is_error, line};
	notices->is_shown = true;
}

void notice_say(struct model *model, const char *text)
{
	add(model, text, false);
}

void notice_fail(struct model *model, const char *text)
{
	add(model, text, true);
}

void notice_error(struct model *model, const struct error *err)
{
	char *text = words_error(NULL, err);
	add(model, text, true);
	talloc_free(text);
}
