#include "base/mem.h"
#include "base/text.h"
#include "tui/act.h"
#include "tui/editor.h"
#include "tui/i18n.h"
#include "tui/linear_tell.h"
#include "tui/model.h"
#include "tui/words.h"

#include <stdlib.h>
#include <string.h>

/* Lines that a person typed: what they mean on which screen. */

enum { KEY_WORDS = 3 };

static char *first_word(const void *mem, const char *line, const char **rest)
{
	size_t size = strcspn(line, " ");
	*rest = line + size + strspn(line + size, " ");
	return mem_strndup(mem, line, size);
}

/* --- which command --- */

static const struct command *by_keys(const struct model *model, const char *sequence)
{
	struct key keys[KEYS_PENDING];
	size_t count = 0;
	const struct command *command = NULL;
	for (const char *at = sequence; *at; count++) {
		if (count == ARRAY_LEN(keys) || !key_parse(&at, &keys[count])) {
			return NULL;
		}
	}
	bool is_one = count && keymap_find(model->keymap, model->screen, keys, count, &command) ==
				       KEYMAP_COMMAND;
	return is_one ? command : NULL;
}

/* "sr" for "s r". */
static char *spread(const void *mem, const char *word)
{
	char *keys = mem_strdup(mem, "");
	for (const char *at = word; *at;) {
		size_t size = text_grapheme(at);
		keys = mem_printf(mem, "%s%s%.*s", keys, *keys ? " " : "", (int)size, at);
		at += size;
	}
	return keys;
}

static const struct command *find_keys(
	const struct model *model, const void *work, const char *lead, const char **rest)
{
	const char *at = *rest;
	char *typed = mem_strdup(work, lead);
	const struct command *found = NULL;
	for (int i = 0; i < KEY_WORDS && *at && !found; i++) {
		char *word = first_word(work, at, &at);
		char *close = mem_printf(work, "%s%s", lead, spread(work, word));
		typed = mem_printf(work, "%s%s%s", typed, i ? " " : "", word);
		found = by_keys(model, typed);
		if (!found && i == 0 && strlen(word) <= KEY_WORDS) {
			found = by_keys(model, close);
		}
		*rest = found ? at : *rest;
	}
	return found;
}

static const struct command *find_command(
	const struct model *model, const void *work, const char *lead, const char **rest)
{
	const char *behind;
	const struct command *named = console_command_find(first_word(work, *rest, &behind));
	if (named && (named->screens & ON(model->screen))) {
		*rest = behind;
		return named;
	}
	return find_keys(model, work, lead, rest);
}

/* --- which ticket --- */

static bool parse_number(const char *word, int64_t *number, bool *is_ticket)
{
	*is_ticket = *word == '#';
	word += *is_ticket;
	if (*word < '1' || *word > '9' || word[strspn(word, "0123456789")]) {
		return false;
	}
	*number = strtoll(word, NULL, 10);
	return true;
}

static bool is_list(const struct model *model)
{
	return model->screen != SCREEN_TICKET && !screen_is_writing(model->screen);
}

/* Row `number` of what was told, else the ticket of that number; the cursor goes there. */
static int64_t choose(struct model *model, int64_t number, bool is_ticket)
{
	const struct linear_part *linear = &model->linear;
	if (model->screen == SCREEN_QUEUE) {
		bool is_row = !is_ticket && number <= (int64_t)linear->row_count;
		int64_t ticket = is_row ? linear->rows[number - 1] : number;
		if (queue_find(model, ticket)) {
			queue_select(model, ticket);
		}
		return ticket;
	}
	if (is_list(model) && !is_ticket && number <= (int64_t)list_count(model)) {
		model->lists[model->screen].cursor = (size_t)number - 1;
		return model_ticket(model);
	}
	return number;
}

/* The number in front of the argument, where the line must say for which ticket it is. */
static bool take_ticket(struct model *model, const void *work, const char **rest, int64_t *ticket)
{
	const char *behind;
	int64_t number;
	bool is_ticket;
	if (!is_list(model)) {
		*ticket = model_ticket(model);
		return true;
	}
	if (parse_number(first_word(work, *rest, &behind), &number, &is_ticket)) {
		*ticket = choose(model, number, is_ticket);
		*rest = behind;
		return true;
	}
	*ticket = 0;
	return model->screen == SCREEN_QUEUE && model->queue.marked_count > 0;
}

/* --- running it --- */

static void unknown(struct model *model, const void *work, const char *lead, const char *line)
{
	const char *rest;
	char *word = first_word(work, line, &rest);
	struct paper paper = {.frame = {.model = model, .mem = (void *)work}};
	paper.text = mem_strdup(work, "");
	if (!*lead && console_command_find(word)) {
		notice_fail(model, words_put(work, _("{0} cannot be done here; ? tells what can"),
					   word, NULL));
	} else if (tell_prefix(&paper, line)) {
		talloc_free(model->linear.extra);
		model->linear.extra = talloc_steal(model, paper.text);
	} else if (*lead) {
		notice_fail(model,
			words_put(work,
				_("\".{0}\" is no command, and not in the text; \"..{0}\" is a "
				  "line that begins with a dot"),
				line, NULL));
	} else {
		notice_fail(model,
			words_put(work, _("there is no command \"{0}\" here; ? tells them all"),
				word, NULL));
	}
}

/* What stands behind a command that asks is the answer, but never to yes or no. */
static void answer_with(struct model *model, const char *argument, struct effects *effects)
{
	if (model->prompt && model->prompt->form != PROMPT_ASK) {
		linear_answer(model, argument, effects);
	} else if (!model->prompt) {
		void *work = mem_context(NULL);
		notice_fail(model,
			words_put(work, _("\"{0}\" was not used: this command takes nothing"),
				argument, NULL));
		talloc_free(work);
	}
}

static void run(struct model *model, const struct command *command, int64_t ticket,
	const char *argument, struct effects *effects)
{
	bool takes = command->argument != NULL;
	model->linear.is_asked = !command->is_change;
	model->linear.has_found = command->run == find_in_talk;
	command_run(
		model, command, ticket, takes && *argument ? argument : command->preset, effects);
	if (!takes && *argument) {
		answer_with(model, argument, effects);
	}
}

void linear_run(struct model *model, const char *lead, const char *line, struct effects *effects)
{
	void *work = mem_context(NULL);
	const char *rest = line;
	const struct command *command = find_command(model, work, lead, &rest);
	int64_t ticket = model_ticket(model);
	if (!command) {
		unknown(model, work, lead, line);
	} else if (command->needs_ticket && !take_ticket(model, work, &rest, &ticket)) {
		notice_fail(model, words_put(work,
					   _("say which: \"{0} 1\" for row 1, or the "
					     "number of a ticket"),
					   command->name, NULL));
	} else {
		ticket = ticket ? ticket : model_ticket(model);
		run(model, command, ticket, rest, effects);
	}
	talloc_free(work);
}

/* --- lines that are no commands --- */

static void open_number(
	struct model *model, int64_t number, bool is_ticket, struct effects *effects)
{
	int64_t ticket = choose(model, number, is_ticket);
	if (model->screen == SCREEN_START) {
		linear_run(model, "", "choose", effects);
		return;
	}
	const struct command *open = console_command_find("open");
	command_run(model, open, ticket, NULL, effects);
}

static void help(struct model *model, const char *words, struct effects *effects)
{
	linear_run(model, "", screen_is_writing(model->screen) ? "help-writing" : "help", effects);
	if (model->screen == SCREEN_HELP) {
		talloc_free(model->help_find);
		model->help_find = mem_strdup(model, words);
	}
}

static void empty_line(struct model *model, struct effects *effects)
{
	if (model->screen == SCREEN_PAUSED) {
		linear_run(model, "", "resume", effects);
	}
	model->linear.is_asked = true;
}

static void command_line(struct model *model, const char *line, struct effects *effects)
{
	int64_t number;
	bool is_ticket;
	model->linear.has_found = false;
	line += *line == ':';
	line += strspn(line, " ");
	if (!*line) {
		empty_line(model, effects);
	} else if (strcmp(line, "+") == 0 || strcmp(line, "-") == 0) {
		linear_page(model, *line == '+' ? 1 : -1, effects);
	} else if (*line == '?') {
		help(model, line + 1 + strspn(line + 1, " "), effects);
	} else if (strcmp(line, "/") == 0 && *model->queue.filter_text &&
		   model->screen == SCREEN_QUEUE) {
		queue_filter(model, "", effects);
		model->linear.is_asked = true;
	} else if (*line == '/') {
		char *spaced = mem_printf(NULL, "/ %s", line + 1 + strspn(line + 1, " "));
		linear_run(model, "", spaced, effects);
		talloc_free(spaced);
	} else if (!screen_is_writing(model->screen) && model->screen != SCREEN_PAUSED &&
		   parse_number(line, &number, &is_ticket)) {
		open_number(model, number, is_ticket, effects);
	} else {
		linear_run(model, "", line, effects);
	}
}

/* A text pasted with a dot in it, or typed without waiting, must not answer what it led to; nor
 * what is behind it, however long it takes to arrive. */
static bool is_typed_ahead(struct model *model)
{
	if (!keys_are_ahead(model)) {
		return false;
	}
	model->compose.review.shown_at = model->now;
	model->keys.asked_at = model->prompt ? model->now : model->keys.asked_at;
	notice_fail(model, _("a line that came before this could be read is left out"));
	return true;
}

void update_line(struct model *model, const char *line, bool is_scripted, struct effects *effects)
{
	model->linear.has_line = true;
	model->last_key_at = model->now;
	if (!is_scripted && is_typed_ahead(model)) {
		return;
	}
	notices_see(model);
	model->keys.seen++;
	model->keys.is_pressed = true;
	claims_active(model, model_work(model), effects);
	char *trimmed = text_clean_line(NULL, line, strlen(line), NULL);
	if (model->prompt) {
		linear_answer(model, trimmed, effects);
	} else if (model->screen == SCREEN_COMPOSE) {
		linear_write(model, line, effects);
	} else {
		command_line(model, trimmed, effects);
	}
	talloc_free(trimmed);
	model->keys.is_pressed = false;
}
