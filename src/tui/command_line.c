#include "tui/command_line.h"

#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* Commands by name: typed, or found in the palette. */

static size_t common(const char *a, const char *b)
{
	size_t n = 0;
	while (a[n] && a[n] == b[n]) {
		n++;
	}
	return n;
}

void command_line_complete(struct editor *line)
{
	const char *typed = editor_text(line);
	size_t length = strlen(typed);
	const char *first = NULL;
	size_t shared = 0;
	size_t count = 0;
	for (size_t i = 0; i < console_command_count && !strchr(typed, ' '); i++) {
		const char *name = console_commands[i].name;
		if (strncmp(name, typed, length) != 0) {
			continue;
		}
		size_t n = first ? common(first, name) : strlen(name);
		shared = first && shared < n ? shared : n;
		first = first ? first : name;
		count++;
	}
	if (!first) {
		return;
	}
	char *text = mem_strndup(NULL, first, shared);
	editor_set(line, text);
	if (count == 1) {
		editor_insert(line, " ", true);
	}
	talloc_free(text);
}

static void run_line(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	void *work = mem_context(NULL);
	size_t length = strcspn(text, " ");
	const char *argument = text + length + strspn(text + length, " ");
	const struct command *command = console_command_find(mem_strndup(work, text, length));
	if (!command || !(command->screens & ON(model->screen))) {
		notice_fail(model,
			words_put(work, _("there is no command \"{0}\" here; Ctrl-P finds one"),
				mem_strndup(work, text, length), NULL));
	} else {
		command_run(model, command, prompt->change.ticket,
			*argument ? argument : command->preset, effects);
	}
	talloc_free(work);
}

void command_line_ask(struct model *model, struct effects *effects)
{
	(void)effects;
	struct prompt *prompt = prompt_create(model, PROMPT_LINE, ":", NULL, run_line);
	prompt->completes = true;
	prompt->change.ticket = model_ticket(model);
	prompt_ask(model, prompt);
}

static void run_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	const struct command *command = &console_commands[item->value];
	command_run(model, command, prompt->change.ticket, command->preset, effects);
}

void palette_ask(struct model *model, struct effects *effects)
{
	(void)effects;
	struct prompt *prompt = prompt_create(model, PROMPT_PICK, _("command:"), NULL, run_chosen);
	for (size_t i = 0; i < console_command_count; i++) {
		if (!(console_commands[i].screens & ON(model->screen))) {
			continue;
		}
		char *label = mem_printf(
			NULL, "%-14s %s", console_commands[i].name, _(console_commands[i].summary));
		char *keys = command_keys(label, &console_commands[i]);
		prompt_add(prompt, NULL, label, keys, (int64_t)i, 0);
		talloc_free(label);
	}
	prompt->change.ticket = model_ticket(model);
	prompt_ask(model, prompt);
}
