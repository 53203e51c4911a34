#include "base/mem.h"
#include "tui/editor.h"
#include "tui/i18n.h"
#include "tui/linear_tell.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* A text being written, and its review. */

size_t linear_count_lines(const char *text)
{
	size_t count = *text ? 1 : 0;
	for (const char *at = text; (at = strchr(at, '\n')); at++) {
		count++;
	}
	return count;
}

/* The text being written, its lines numbered. */
static void tell_text(struct paper *paper)
{
	const char *text = editor_text(paper->frame.model->compose.editor);
	size_t count = linear_count_lines(text);
	for (size_t i = 1; i <= count; i++) {
		size_t size = strcspn(text, "\n");
		/* Our own words, but perhaps pasted: behind the gutter, with their number. */
		char *line = mem_printf(paper->frame.mem, "%zu: %.*s", i, (int)size, text);
		paper_body(paper, line);
		text += size + (text[size] == '\n');
	}
}

void tell_compose(struct paper *paper)
{
	const struct frame *frame = &paper->frame;
	const struct compose *compose = &frame->model->compose;
	paper_line(paper, compose_target(frame));
	if (compose->hold_why && (compose->hold == HOLD_LOST || compose->hold == HOLD_REFUSED)) {
		paper_line(paper, words_put(frame->mem, _("! {0} (.c claims again)"),
					  compose->hold_why, NULL));
	} else if (compose->hold == HOLD_UNASKED) {
		paper_line(paper, _("! the desk does not answer: claimed as soon as it does"));
	}
	tell_text(paper);
	paper_line(paper, _("A line with \".\" alone ends the text, .? tells what else there is."));
}

/* Laid out as wide as any paragraph, as the conversation is. */
void tell_review(struct paper *paper)
{
	const struct frame *frame = &paper->frame;
	struct review_lines *lines = review_lines_create(frame->mem, frame->model);
	paper_line(paper, review_title(frame));
	for (size_t i = 0; i < lines->count; i++) {
		const struct review_line *line = &lines->lines[i];
		char *text = mem_printf(frame->mem, "%.*s\n", (int)line->length, line->text);
		if (line->kind == REVIEW_TEXT) {
			paper_body(paper, text);
		} else if (line->kind == REVIEW_WARNING) {
			paper_line(paper, mem_printf(frame->mem, "! %s", text));
		} else {
			paper_line(paper, text);
		}
	}
	tell_choices(paper);
}
