#include "tui/notices.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"
#include "tui/wrap.h"

#include <string.h>

/* The same again is the same notice, at a later time. */
static bool repeats(const struct notices *notices, const char *text)
{
	return notices->count && strcmp(notices->items[notices->count - 1].text, text) == 0;
}

static void add(struct model *model, const char *text, bool is_error, bool is_quiet)
{
	struct notices *notices = &model->notices;
	char *line = text_clean_line(model, text, strlen(text), NULL);
	if (repeats(notices, line) || notices->count == NOTICES_KEPT) {
		size_t gone = repeats(notices, line) ? notices->count - 1 : 0;
		talloc_free(notices->items[gone].text);
		notices->count--;
		bool was_unseen = gone + notices->unseen > notices->count;
		notices->unseen -= was_unseen;
		memmove(notices->items + gone, notices->items + gone + 1,
			(notices->count - gone) * sizeof *notices->items);
	}
	notices->items = mem_grow(model, notices->items, struct notice, notices->count + 1);
	notices->items[notices->count++] = (struct notice){
		.at = model->now, .is_error = is_error, .is_quiet = is_quiet, .text = line};
	notices->unseen++;
	notices->said++;
}

const struct notice *notices_shown(const struct notices *notices)
{
	const struct notice *shown = NULL;
	for (size_t i = notices->count - notices->unseen; i < notices->count; i++) {
		const struct notice *notice = &notices->items[i];
		if (!notice->is_quiet && (notice->is_error || !shown || !shown->is_error)) {
			shown = notice;
		}
	}
	return shown;
}

size_t notices_hidden(const struct notices *notices)
{
	size_t loud = 0;
	for (size_t i = notices->count - notices->unseen; i < notices->count; i++) {
		loud += !notices->items[i].is_quiet;
	}
	return loud > 0 ? loud - 1 : 0;
}

void notices_see(struct model *model)
{
	bool is_covered = model->prompt || model->keys.pending_count;
	model->notices.unseen = is_covered ? model->notices.unseen : 0;
}

void notices_settle(struct model *model)
{
	struct notices *notices = &model->notices;
	for (size_t i = notices->count - notices->unseen; i < notices->count; i++) {
		notices->items[i].is_quiet |= notices->items[i].is_outage;
	}
}

void notices_expire(struct model *model)
{
	struct notices *notices = &model->notices;
	for (size_t i = notices->count - notices->unseen; i < notices->count; i++) {
		struct notice *notice = &notices->items[i];
		notice->is_quiet |= notice->over_at && notice->over_at <= model->now;
	}
}

static void add_lines(struct notice_lines *out, const void *mem, const struct notice *notice,
	const char *text, int columns)
{
	struct wrap wrap = wrap_text(mem, text, columns);
	out->lines = mem_grow(mem, out->lines, struct notice_line, out->count + wrap.count);
	for (size_t i = 0; i < wrap.count; i++) {
		out->lines[out->count++] = (struct notice_line){notice, i == 0,
			mem_strndup(mem, text + wrap.lines[i].offset, wrap.lines[i].length)};
	}
}

struct notice_lines notices_lines(const struct model *model, const void *mem)
{
	struct notice_lines out = {0};
	int columns = model->columns - 3 - NOTICE_TIME_COLUMNS;
	for (size_t i = 0; i < model->notices.count; i++) {
		const struct notice *notice = &model->notices.items[i];
		/* TRANSLATORS: in front of a message that says what went wrong */
		char *text = notice->is_error ? words_put(mem, _("ERROR: {0}"), notice->text, NULL)
					      : notice->text;
		add_lines(&out, mem, notice, text, columns);
	}
	return out;
}

void notice_say(struct model *model, const char *text)
{
	add(model, text, false, false);
}

void notice_undoable(struct model *model, const char *text)
{
	add(model, text, false, false);
	model->notices.items[model->notices.count - 1].over_at = model->now + UNDO_OFFER_MS;
}

void notice_fail(struct model *model, const char *text)
{
	add(model, text, true, false);
}

void notice_outage(struct model *model, const char *text)
{
	add(model, text, true, false);
	model->notices.items[model->notices.count - 1].is_outage = true;
}

void notice_error(struct model *model, const struct error *err)
{
	char *text = words_error(NULL, err);
	if (err->code == ERROR_UNAVAILABLE) {
		notice_outage(model, text);
	} else {
		add(model, text, true, false);
	}
	talloc_free(text);
}

void notice_record(struct model *model, const struct error *err)
{
	char *text = words_error(NULL, err);
	add(model, text, true, true);
	talloc_free(text);
}

void notice_kept(struct model *model)
{
	char *key = model_key(model, NULL, "continue");
	notice_say(model, words_put(key, _("kept as a draft; {0} continues it"), key, NULL));
	talloc_free(key);
}
