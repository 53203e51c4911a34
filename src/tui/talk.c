#include "tui/talk.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/wrap.h"

#include <stdlib.h>
#include <string.h>

static void add_entry(struct talk *talk, struct talk_entry entry)
{
	talk->entries = mem_grow(talk, talk->entries, struct talk_entry, talk->entry_count + 1);
	talk->entries[talk->entry_count++] = entry;
}

static void add_question(struct talk *talk, const struct question *question)
{
	add_entry(talk, (struct talk_entry){.kind = TALK_QUESTION,
				.id = question->id,
				.at = question->at,
				.author = question->asked_by,
				.text = question->text,
				.question = question});
	if (question->answered_at) {
		add_entry(talk, (struct talk_entry){.kind = TALK_ANSWER,
					.id = question->id,
					.at = question->answered_at,
					.author = question->answered_by,
					.text = question->answer ? question->answer : "",
					.question = question});
	}
}

static int compare_entries(const void *a, const void *b)
{
	const struct talk_entry *x = a;
	const struct talk_entry *y = b;
	if (x->at != y->at) {
		return x->at < y->at ? -1 : 1;
	}
	if (x->id != y->id) {
		return x->id < y->id ? -1 : 1;
	}
	return (int)x->kind - (int)y->kind;
}

static void add_entries(struct talk *talk, const struct ticket_view *view, int64_t new_after)
{
	for (size_t i = 0; i < view->message_count; i++) {
		const struct message *message = &view->messages[i];
		bool is_in = message->direction == DIRECTION_IN;
		add_entry(talk, (struct talk_entry){.kind = TALK_MESSAGE,
					.id = message->id,
					.at = message->at,
					.author = is_in ? 0 : message->author,
					.text = message->text,
					.message = message,
					.is_new = is_in && message->id > new_after});
	}
	for (size_t i = 0; i < view->note_count; i++) {
		const struct note *note = &view->notes[i];
		add_entry(talk, (struct talk_entry){.kind = TALK_NOTE,
					.id = note->id,
					.at = note->at,
					.author = note->author,
					.text = note->text});
	}
	for (size_t i = 0; i < view->question_count; i++) {
		add_question(talk, &view->questions[i]);
	}
	qsort(talk->entries, talk->entry_count, sizeof *talk->entries, compare_entries);
}

static void add_line(struct talk *talk, size_t *capacity, struct talk_line line)
{
	if (talk->line_count == *capacity) {
		*capacity = *capacity ? *capacity * 2 : 64;
		talk->lines = mem_grow(talk, talk->lines, struct talk_line, *capacity);
	}
	talk->lines[talk->line_count++] = line;
}

/* A text without the blank lines at its end. */
static size_t body_lines(const struct wrap *wrap, const char *text)
{
	size_t count = wrap->count;
	while (count > 1) {
		const struct wrap_line *line = &wrap->lines[count - 1];
		size_t blanks = strspn(text + line->offset, " \t");
		if (blanks < line->length) {
			break;
		}
		count--;
	}
	return count;
}

static void lay_out(struct talk *talk)
{
	size_t capacity = 0;
	int width = talk->columns - TALK_GUTTER - 1;
	for (size_t i = 0; i < talk->entry_count; i++) {
		struct talk_entry *entry = &talk->entries[i];
		if (i > 0) {
			add_line(talk, &capacity, (struct talk_line){TALK_BLANK, i, 0, 0});
		}
		entry->first_line = talk->line_count;
		add_line(talk, &capacity, (struct talk_line){TALK_HEAD, i, 0, 0});
		if (!*entry->text) {
			continue;
		}
		void *work = mem_context(NULL);
		struct wrap wrap = wrap_text(work, entry->text, width);
		size_t count = body_lines(&wrap, entry->text);
		for (size_t n = 0; n < count; n++) {
			add_line(talk, &capacity,
				(struct talk_line){
					TALK_BODY, i, wrap.lines[n].offset, wrap.lines[n].length});
		}
		talloc_free(work);
	}
}

struct talk *talk_create(
	const void *mem, const struct ticket_view *view, int columns, int64_t new_after)
{
	struct talk *talk = mem_new(mem, struct talk);
	talk->columns = columns;
	talk->customer = view->row.customer_name;
	add_entries(talk, view, new_after);
	lay_out(talk);
	return talk;
}

int64_t talk_newest_ours(const struct ticket_view *view)
{
	int64_t newest = 0;
	for (size_t i = 0; i < view->message_count; i++) {
		const struct message *message = &view->messages[i];
		if (message->direction == DIRECTION_OUT && message->id > newest) {
			newest = message->id;
		}
	}
	for (size_t i = 0; i < view->note_count; i++) {
		if (view->notes[i].id > newest) {
			newest = view->notes[i].id;
		}
	}
	return newest;
}

bool talk_find(const struct talk *talk, const char *words, size_t from, size_t *line)
{
	char *wanted = text_fold(NULL, words);
	bool found = false;
	for (size_t n = 0; n < talk->line_count && *wanted && !found; n++) {
		size_t at = (from + n) % talk->line_count;
		const struct talk_line *candidate = &talk->lines[at];
		if (candidate->kind != TALK_BODY) {
			continue;
		}
		char *text = mem_strndup(wanted,
			talk->entries[candidate->entry].text + candidate->offset,
			candidate->length);
		char *folded = text_fold(text, text);
		found = strstr(folded, wanted) != NULL;
		*line = found ? at : *line;
		talloc_free(text);
	}
	talloc_free(wanted);
	return found;
}
