#include "tui/keys_manual.h"

#include "base/mem.h"
#include "tui/keymap.h"

#include <ctype.h>
#include <string.h>

static const struct {
	enum screen screen;
	const char *title;
} sections[] = {
	{SCREEN_QUEUE, "LISTS OF TICKETS"},
	{SCREEN_TICKET, "A TICKET"},
	{SCREEN_COMPOSE, "WRITING"},
	{SCREEN_REVIEW, "REVIEW OF A REPLY"},
	{SCREEN_NOTE_REVIEW, "REVIEW OF A NOTE"},
	{SCREEN_FIND, "WHAT WAS FOUND"},
	{SCREEN_DRAFTS, "DRAFTS AND BIN"},
	{SCREEN_MESSAGES, "MESSAGES"},
	{SCREEN_OUTBOX, "OUTBOX"},
	{SCREEN_MEMOS, "MEMOS"},
	{SCREEN_SHIFT, "END OF SHIFT"},
	{SCREEN_HELP, "HELP"},
	{SCREEN_PAUSED, "PAUSE"},
	{SCREEN_START, "WITHOUT A DESK"},
};

static const char head[] =
	"atende-keys(7)\n\n"
	"# NAME\n\n"
	"atende-keys - keys and commands of the console of *atende*(1)\n\n"
	"# DESCRIPTION\n\n"
	"A sequence is typed one key after the other; its first key opens a list of what may "
	"follow. *?* lists the keys of the screen that is shown, finds them by typing, and runs "
	"them. Every command can also be given by its name: *:* asks for it, *Tab* completes it "
	"and what it takes, *Up* brings back what was given before; a number alone opens its "
	"ticket. *Ctrl-P* finds commands by what they do.\n\n"
	"In texts: arrows, *Home*, *End*, *Ctrl-Left*, *Ctrl-Right*; *Ctrl-E*, *Ctrl-K*, *Ctrl-U*, "
	"*Ctrl-W*, *Ctrl-Y*, *Ctrl-D* as in *readline*(3); *Ctrl-\\_* takes back, *Ctrl-R* brings "
	"again. *Enter* is a new line and never sends.\n\n";

static const char tail[] = "# SEE ALSO\n\n*atende*(1), *atende*(5)\n";

static char *append(char *text, const char *more)
{
	return mem_check(talloc_strdup_append_buffer(text, more));
}

/* scdoc's own signs are taken as they are. */
static char *append_plain(char *text, const char *more)
{
	for (const char *at = more; *at; at++) {
		char sign[] = {'\\', *at, '\0'};
		text = append(text, strchr("\\_*#[]|<>`~.-", *at) ? sign : sign + 1);
	}
	return text;
}

static char *put_command(char *text, const struct command *command, const char *keys)
{
	if (*keys) {
		text = append_plain(append(text, "*"), keys);
		text = append(text, "*  ");
	}
	text = append_plain(append(text, "(*:"), command->name);
	text = append(text, "*");
	const char *alias = command_alias_of(command);
	if (alias) {
		text = append_plain(append(text, ", *:"), alias);
		text = append(text, "*");
	}
	if (command->argument) {
		text = append_plain(append(text, " _"), command->argument);
		text = append(text, "_");
	}
	text = append(text, ")\n\t");
	char first[] = {(char)toupper((unsigned char)command->summary[0]), '\0'};
	text = append_plain(append(text, first), command->summary + 1);
	return append(text, "\\.\n\n");
}

char *keys_manual(const void *mem)
{
	char *text = mem_strdup(mem, head);
	struct keymap *keymap = keymap_create(NULL);
	for (size_t i = 0; i < ARRAY_LEN(sections); i++) {
		text = mem_check(
			talloc_asprintf_append_buffer(text, "# %s\n\n", sections[i].title));
		for (size_t n = 0; n < console_command_count; n++) {
			const struct command *command = &console_commands[n];
			if (command->screens & ON(sections[i].screen)) {
				text = put_command(text, command,
					keymap_keys(keymap, keymap, sections[i].screen, command));
			}
		}
	}
	talloc_free(keymap);
	return append(text, tail);
}
