#include "base/mem.h"
#include "base/text.h"
#include "tui/i18n.h"
#include "tui/linear_tell.h"
#include "tui/model.h"
#include "tui/offer.h"
#include "tui/start.h"
#include "tui/words.h"

#include <string.h>

/* Lists, questions and commands in lines. */

void tell_list(struct paper *paper, size_t page)
{
	const struct frame *frame = &paper->frame;
	size_t count = list_count(frame->model);
	size_t first = page * LINEAR_ROWS;
	paper_line(paper, list_title(frame));
	if (count == 0) {
		paper_line(paper, list_empty(frame));
	}
	size_t i = first;
	for (; i < count && i < first + LINEAR_ROWS; i++) {
		paper_line(paper, mem_printf(frame->mem, "%zu. %s", i + 1, list_text(frame, i)));
	}
	if (i < count) {
		paper_line(paper, first > 0 ? _("+ goes on, - goes back") : _("+ goes on"));
	} else if (first > 0) {
		paper_line(paper, _("the list ends here; - goes back"));
	}
}

/* The newest last, as they came. */
void tell_messages(struct paper *paper, size_t page)
{
	const struct frame *frame = &paper->frame;
	const struct model *model = frame->model;
	const struct notices *notices = &model->notices;
	size_t behind = page * LINEAR_ROWS;
	size_t end = behind < notices->count ? notices->count - behind : 0;
	size_t first = end > LINEAR_ROWS ? end - LINEAR_ROWS : 0;
	paper_line(paper, notices->count ? _("Messages of this console") : _("none yet"));
	for (size_t i = first; i < end; i++) {
		const struct notice *notice = &notices->items[i];
		paper_line(paper, mem_printf(frame->mem, "%s %s%s",
					  words_seconds(frame->mem, &model->zone, notice->at),
					  notice->is_error ? "! " : "", notice->text));
	}
	if (first > 0) {
		paper_line(paper, _("- tells earlier ones"));
	}
}

/* --- questions --- */

static void tell_item(struct paper *paper, const struct prompt *prompt, size_t at)
{
	const struct prompt_item *item = &prompt->items[prompt->shown[at]];
	void *mem = paper->frame.mem;
	char *line = item->key ? mem_printf(mem, "%s: %s", item->key, item->label)
			       : mem_printf(mem, "%zu. %s", at + 1, item->label);
	paper_line(paper, frame_join(&paper->frame, line, item->detail));
}

void tell_prompt(struct paper *paper)
{
	const struct prompt *prompt = paper->frame.model->prompt;
	paper_line(paper, prompt->title);
	const char *text = editor_text(prompt->line);
	if (prompt->form == PROMPT_LINE && *text) {
		paper_line(paper, words_put(paper->frame.mem, _("{0} (an empty line leaves it so)"),
					  text, NULL));
	}
	for (size_t i = 0; i < prompt->shown_count && prompt->form != PROMPT_LINE; i++) {
		if (i == LINEAR_ROWS) {
			paper_line(paper, _("and more: type a part of the name"));
			break;
		}
		tell_item(paper, prompt, i);
	}
	if (prompt->count && prompt->shown_count == 0) {
		paper_line(paper, _("nothing has that name"));
	} else if (prompt->form == PROMPT_PICK && prompt->shown_count == 1) {
		paper_line(paper, _("An empty line takes it."));
	}
}

/* --- commands --- */

static void tell_command(struct paper *paper, const struct command *command, const char *keys)
{
	void *mem = paper->frame.mem;
	char *name = command->argument
			     ? mem_printf(mem, "%s %s", command->name, _(command->argument))
			     : mem_strdup(mem, command->name);
	char *line = *keys ? mem_printf(mem, "%s (%s)", keys, name) : name;
	paper_line(paper, mem_printf(mem, "%s: %s", line, _(command->summary)));
}

static bool can_be_typed(const char *sequence)
{
	for (const char *at = sequence; *at;) {
		struct key key;
		if (!key_parse(&at, &key) || key.name != K_RUNE || key.ctrl || key.rune == ' ' ||
			(key.rune >= '0' && key.rune <= '9')) {
			return false;
		}
	}
	return true;
}

/* The first of its keys that can be typed in a line. */
static const char *typed_keys(const struct paper *paper, const struct command *command)
{
	const struct model *model = paper->frame.model;
	char *rest = keymap_keys(model->keymap, paper->frame.mem, model->screen, command);
	while (*rest) {
		size_t size = strcspn(rest + 1, ",") + 1; /* the key may be a comma */
		char *sequence = mem_strndup(paper->frame.mem, rest, size);
		if (can_be_typed(sequence)) {
			return sequence;
		}
		rest += size + strspn(rest + size, ", ");
	}
	return "";
}

static bool has_words(const struct command *command, const char *folded)
{
	char *text = mem_printf(NULL, "%s %s", command->name, _(command->summary));
	bool has = text_contains(text, folded, false);
	talloc_free(text);
	return has;
}

void tell_commands(struct paper *paper, const char *words)
{
	const struct model *model = paper->frame.model;
	char *folded = text_fold(paper->frame.mem, words);
	for (size_t i = 0; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		if ((command->screens & ON(model->screen)) && has_words(command, folded)) {
			tell_command(paper, command, typed_keys(paper, command));
		}
	}
}

void tell_choices(struct paper *paper)
{
	for (size_t i = 0; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		const char *keys = typed_keys(paper, command);
		bool is_here = command->screens & ON(paper->frame.model->screen);
		if (is_here && command->hint && *keys) {
			paper_line(paper,
				mem_printf(paper->frame.mem, "%s: %s", keys, _(command->hint)));
		}
	}
}

bool tell_prefix(struct paper *paper, const char *keys)
{
	const struct model *model = paper->frame.model;
	bool follows = false;
	for (size_t i = 0; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		const char *own = typed_keys(paper, command);
		size_t size = strlen(keys);
		if ((command->screens & ON(model->screen)) && strncmp(own, keys, size) == 0 &&
			own[size] == ' ') {
			tell_command(paper, command, own);
			follows = true;
		}
	}
	return follows;
}

/* --- where there is no desk --- */

void tell_start(struct paper *paper)
{
	const struct frame *frame = &paper->frame;
	struct start_sentence sentences[START_SENTENCES];
	size_t sentence_count = start_sentences(frame, sentences);
	for (size_t i = 0; i < sentence_count; i++) {
		paper_line(paper, sentences[i].text);
	}
	size_t count = start_count(frame->model);
	for (size_t i = 0; i < count; i++) {
		const struct operator_ *operator_ = start_operator(frame->model, i);
		paper_line(paper, mem_printf(frame->mem, "%zu. %s, %s, %s", i + 1, operator_->login,
					  operator_->name, words_role(operator_->role)));
	}
	for (size_t i = 0; i < console_command_count && count == 0; i++) {
		const struct command *command = &console_commands[i];
		const char *keys = typed_keys(paper, command);
		if ((command->screens & ON(SCREEN_START)) && command->hint && *keys &&
			command_is_apt(frame->model, command, 0)) {
			tell_command(paper, command, keys);
		}
	}
}
