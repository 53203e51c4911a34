#include "tui/command_line.h"

#include "base/mem.h"
#include "tui/complete.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/offer.h"
#include "tui/words.h"

#include <stdlib.h>
#include <string.h>

/* Commands by name: typed, or found in the palette. */

enum { NEAREST = 3, PALETTE_NAME_COLUMNS = 16 };

/* What is written down holds no text of anybody's; this session remembers all of it. */
static void remember(struct model *model, const struct command *command, const char *argument,
	struct effects *effects)
{
	bool has_argument = command->argument && *argument;
	char *line = has_argument ? mem_printf(NULL, "%s %s", command->name, argument)
				  : mem_strdup(NULL, command->name);
	history_add(model, &model->history, line);
	if (!has_argument || complete_may_keep(command)) {
		struct effect *effect = effects_add(effects, EFFECT_HISTORY);
		effect->text = mem_strdup(effect, line);
	}
	talloc_free(line);
}

static void say_unknown(struct model *model, const char *word)
{
	void *work = mem_context(NULL);
	const char *names[NEAREST];
	size_t count = complete_nearest(model, word, names, NEAREST);
	char *list = mem_strdup(work, "");
	for (size_t i = 0; i < count; i++) {
		list = mem_printf(work, "%s%s%s", list, i ? ", " : "", names[i]);
	}
	const struct command *elsewhere = console_command_find(word);
	notice_fail(model, words_put(work,
				   elsewhere ? _("{0} has no place on this screen")
				   : count   ? _("there is no command \"{0}\"; did you mean {1}?")
					     : _("there is no command \"{0}\"; {2} finds one"),
				   word, list, model_key(model, work, "palette"), NULL));
	talloc_free(work);
}

static void open_number(struct model *model, const char *text, struct effects *effects)
{
	ticket_open(model, strtoll(text, NULL, 10), effects);
	screen_show(model, SCREEN_TICKET);
}

static void run_command(struct model *model, const struct command *command, int64_t ticket,
	const char *argument, struct effects *effects)
{
	void *work = mem_context(NULL);
	char *problem = NULL;
	char *checked = *argument ? complete_check(model, work, command, argument, &problem) : NULL;
	if (problem) {
		notice_fail(model, problem);
	} else {
		command_run(model, command, ticket, checked ? checked : command->preset, effects);
		remember(model, command, checked ? checked : "", effects);
	}
	talloc_free(work);
}

static void run_line(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	void *work = mem_context(NULL);
	text += strspn(text, " :");
	size_t length = strcspn(text, " ");
	char *word = mem_strndup(work, text, length);
	const char *argument = text + length + strspn(text + length, " ");
	const struct command *command = console_command_find(word);
	if (*word && strspn(word, "0123456789") == length && length < 18 && !*argument) {
		open_number(model, word, effects);
	} else if (command && (command->screens & ON(model->screen))) {
		size_t end = strlen(argument);
		while (end > 0 && argument[end - 1] == ' ') {
			end--;
		}
		run_command(model, command, prompt->change.ticket, mem_strndup(work, argument, end),
			effects);
	} else if (*word) {
		say_unknown(model, word);
	}
	talloc_free(work);
}

static void offer_line(const struct model *model, struct prompt *prompt, const char *text)
{
	void *work = mem_context(NULL);
	struct completion found = complete_line(model, work, text);
	prompt->start = found.start;
	prompt->is_exact = found.is_exact;
	for (size_t i = 0; i < found.count; i++) {
		prompt_add(prompt, NULL, found.items[i].text, found.items[i].detail, 0, 0);
	}
	talloc_free(work);
}

static void line_ask(struct model *model, int64_t ticket, const char *text)
{
	struct prompt *prompt = prompt_create(model, PROMPT_LINE, ":", NULL, run_line);
	prompt->offer = offer_line;
	prompt->history = &model->history;
	prompt->change.ticket = ticket;
	editor_set(prompt->line, text);
	prompt_ask(model, prompt);
}

void command_line_ask(struct model *model, struct effects *effects)
{
	(void)effects;
	line_ask(model, model_ticket(model), "");
}

/* --- the palette --- */

static void run_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	const struct command *command = &console_commands[item->value];
	if (command_needs_argument(command)) {
		char *begun = mem_printf(NULL, "%s ", command->name);
		line_ask(model, prompt->change.ticket, begun);
		talloc_free(begun);
		return;
	}
	command_run(model, command, prompt->change.ticket, command->preset, effects);
	remember(model, command, "", effects);
}

static void palette_add(
	const struct model *model, struct prompt *prompt, const struct command *command)
{
	const char *alias = command_alias_of(command);
	char *keys = keymap_keys(model->keymap, NULL, model->screen, command);
	char *detail =
		mem_printf(keys, "%s%s%s", keys, *keys && alias ? " · " : "", alias ? alias : "");
	prompt_add(
		prompt, command->name, _(command->summary), detail, command - console_commands, 0);
	talloc_free(keys);
}

/* Those used last come first, the others in the order of the table. */
void palette_ask(struct model *model, struct effects *effects)
{
	(void)effects;
	struct prompt *prompt = prompt_create(model, PROMPT_PICK, _("command:"), NULL, run_chosen);
	prompt->key_columns = PALETTE_NAME_COLUMNS;
	int64_t ticket = model_ticket(model);
	for (size_t rank = model->history.count + 1; rank-- > 0;) {
		for (size_t i = 0; i < console_command_count; i++) {
			const struct command *command = &console_commands[i];
			if (history_rank(&model->history, command->name) == rank &&
				command_is_apt(model, command, ticket)) {
				palette_add(model, prompt, command);
			}
		}
	}
	prompt->change.ticket = ticket;
	prompt_ask(model, prompt);
}
