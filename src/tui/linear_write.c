#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/linear_tell.h"
#include "tui/model.h"
#include "tui/words.h"

#include <stdlib.h>
#include <string.h>

/*
 * A text typed line by line. What begins with a dot is about the text:
 *
 *     .        the review          .u       takes the last step back
 *     .=       tells the text      .3       tells line 3
 *     .3 x     makes line 3 "x"    .+3 x    puts "x" before line 3
 *     .-3      deletes line 3      .?       the commands of this screen
 *
 * and else a command of the screen: its name, or a key that follows Ctrl-X there.
 */

static void replace(struct model *model, const char *text)
{
	editor_replace(model->compose.editor, text);
	editor_move(model->compose.editor, MOVE_TEXT_END);
	compose_changed(model);
}

static void append(struct model *model, const char *line)
{
	struct editor *editor = model->compose.editor;
	char *text = mem_printf(NULL, "%s%s", *editor_text(editor) ? "\n" : "", line);
	editor_move(editor, MOVE_TEXT_END);
	editor_insert(editor, text, true);
	compose_changed(model);
	talloc_free(text);
}

/* Where line n begins, from 1 on; the end of the text when there is none. */
static const char *line_at(const char *text, size_t n)
{
	for (; n > 1 && *text; n--) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return text;
}

static void ask(struct model *model)
{
	model->linear.is_asked = true;
}

/* What was behind the sign: a number, and the words behind it (NULL: none). */
struct edit_words {
	char sign;
	size_t line;
	const char *words;
};

static bool parse(const char *typed, struct edit_words *edit)
{
	edit->sign = *typed == '+' || *typed == '-' ? *typed++ : ' ';
	if (*typed < '1' || *typed > '9') {
		return false;
	}
	char *end;
	edit->line = strtoul(typed, &end, 10);
	edit->words = *end == ' ' ? end + 1 : NULL;
	return *end == ' ' || *end == '\0';
}

static void edit_line(struct model *model, const struct edit_words *edit)
{
	void *work = mem_context(NULL);
	const char *text = editor_text(model->compose.editor);
	if (edit->line > linear_count_lines(text)) {
		notice_fail(model,
			words_put(work, _("the text has {0} lines"),
				words_number(work, (int64_t)linear_count_lines(text)), NULL));
		talloc_free(work);
		return;
	}
	const char *line = line_at(text, edit->line);
	const char *rest = line + strcspn(line, "\n");
	int before = (int)(line - text);
	const char *words = edit->words ? edit->words : "";
	if (edit->sign == '-') {
		const char *from = *rest ? rest + 1 : rest;
		before -= !*rest && before > 0; /* the last line takes the break before it along */
		replace(model, mem_printf(work, "%.*s%s", before, text, from));
	} else if (edit->sign == '+') {
		replace(model, mem_printf(work, "%.*s%s\n%s", before, text, words, line));
	} else if (edit->words) {
		replace(model, mem_printf(work, "%.*s%s%s", before, text, words, rest));
	} else {
		notice_say(
			model, mem_printf(work, "%zu: %.*s", edit->line, (int)(rest - line), line));
	}
	talloc_free(work);
}

static void dot_line(struct model *model, const char *typed, struct effects *effects)
{
	static const struct {
		const char *typed, *command;
	} own[] = {{"", "review"}, {"?", "help-writing"}};
	struct edit_words edit;
	for (size_t i = 0; i < ARRAY_LEN(own); i++) {
		if (strcmp(typed, own[i].typed) == 0) {
			linear_run(model, "", own[i].command, effects);
			return;
		}
	}
	if (strcmp(typed, "=") == 0) {
		ask(model);
	} else if (strcmp(typed, "u") == 0) {
		editor_undo(model->compose.editor);
		editor_move(model->compose.editor, MOVE_TEXT_END);
		compose_changed(model);
		ask(model);
	} else if (parse(typed, &edit)) {
		edit_line(model, &edit);
	} else {
		linear_run(model, "Ctrl-X ", typed, effects);
	}
}

void linear_write(struct model *model, const char *line, struct effects *effects)
{
	if (compose_is_sending(model)) {
		return;
	}
	if (line[0] == '.' && line[1] != '.') {
		dot_line(model, line + 1, effects);
	} else {
		append(model, line[0] == '.' ? line + 1 : line);
	}
}
