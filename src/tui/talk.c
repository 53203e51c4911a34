#include "tui/talk.h"

#include "base/mem.h"
#include "tui/talk_lines.h"

#include <stdlib.h>

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
					.files = message->attachments,
					.is_new = is_in && message->id > new_after});
	}
	for (size_t i = 0; i < view->note_count; i++) {
		const struct note *note = &view->notes[i];
		add_entry(talk, (struct talk_entry){.kind = TALK_NOTE,
					.id = note->id,
					.at = note->at,
					.author = note->author,
					.text = note->text,
					.files = note->attachments});
	}
	for (size_t i = 0; i < view->question_count; i++) {
		add_question(talk, &view->questions[i]);
	}
	for (size_t i = 0; i < view->memo_count; i++) {
		const struct memo *memo = &view->memos[i];
		add_entry(talk, (struct talk_entry){.kind = TALK_MEMO,
					.id = memo->id,
					.at = memo->at,
					.author = memo->author,
					.text = memo->text,
					.memo = memo,
					.is_new = memo->is_unread});
	}
	if (talk->entry_count > 1) {
		qsort(talk->entries, talk->entry_count, sizeof *talk->entries, compare_entries);
	}
}

struct talk *talk_create(const void *mem, const struct ticket_view *view, int columns,
	int64_t new_after, const struct talk_folds *folds)
{
	struct talk *talk = mem_new(mem, struct talk);
	talk->columns = columns;
	talk->customer = view->row.customer_name;
	add_entries(talk, view, new_after);
	talk_lay_out(talk, folds);
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
