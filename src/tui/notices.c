#include "tui/notices.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

static void add(struct model *model, const char *text, bool is_error)
{
	struct notices *notices = &model->notices;
	if (notices->count == NOTICES_KEPT) {
		talloc_free(notices->items[0].text);
		notices->count--;
		memmove(notices->items, notices->items + 1,
			notices->count * sizeof *notices->items);
	}
	notices->items = mem_grow(model, notices->items, struct notice, notices->count + 1);
	notices->items[notices->count++] = (struct notice){
		model->now, is_error, text_clean_line(model, text, strlen(text), NULL)};
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
