#include "cli/command.h"

#include "base/mem.h"
#include "cli/call.h"
#include "cli/options.h"

#include <stdint.h>
#include <string.h>

static const struct {
	unsigned flag; /* 0: every command */
	const struct command_option *options;
	const size_t *count;
} shared[] = {
	{COMMAND_TEXT, text_options, &text_option_count},
	{COMMAND_CHANGES, change_options, &change_option_count},
	{0, common_options, &common_option_count},
};

const struct command_option *command_option_at(const struct subcommand *command, size_t index)
{
	if (index < command->option_count) {
		return &command->options[index];
	}
	index -= command->option_count;
	for (size_t i = 0; i < ARRAY_LEN(shared); i++) {
		if (shared[i].flag && !(command->flags & shared[i].flag)) {
			continue;
		}
		if (index < *shared[i].count) {
			return &shared[i].options[index];
		}
		index -= *shared[i].count;
	}
	return NULL;
}

const struct command_option *command_option_find(
	const struct subcommand *command, const char *name, size_t length, char letter)
{
	const struct command_option *option;
	for (size_t i = 0; (option = command_option_at(command, i)); i++) {
		bool is_named = name && strlen(option->name) == length &&
				strncmp(option->name, name, length) == 0;
		if (is_named || (!name && letter && option->letter == letter)) {
			return option;
		}
	}
	return NULL;
}

const struct command_option *command_any_option(const char *name, size_t length, char letter)
{
	for (size_t i = 0; i < command_count; i++) {
		const struct command_option *option =
			command_option_find(commands[i], name, length, letter);
		if (option) {
			return option;
		}
	}
	return NULL;
}

const struct subcommand *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++) {
		if (strcmp(commands[i]->name, name) == 0) {
			return commands[i];
		}
	}
	return NULL;
}

bool command_is_prefix(const char *word)
{
	size_t length = strlen(word);
	for (size_t i = 0; i < command_count; i++) {
		if (strncmp(commands[i]->name, word, length) == 0 &&
			commands[i]->name[length] == ' ') {
			return true;
		}
	}
	return false;
}

const char *command_argument_word(const struct command_argument *argument)
{
	return argument->word ? argument->word : value_infos[argument->type].word;
}

size_t command_argument_count(const struct subcommand *command)
{
	size_t count = 0;
	while (count < COMMAND_ARGUMENTS && command->arguments[count].type != VALUE_NONE) {
		count++;
	}
	return count;
}

char *command_usage(const void *mem, const struct subcommand *command)
{
	char *usage = mem_strdup(mem, command->name);
	for (size_t i = 0; i < command_argument_count(command); i++) {
		const struct command_argument *argument = &command->arguments[i];
		usage = mem_check(talloc_asprintf_append_buffer(usage, " %s%s%s%s",
			argument->optional ? "[" : "", _(command_argument_word(argument)),
			argument->many ? "..." : "", argument->optional ? "]" : ""));
	}
	return mem_check(talloc_asprintf_append_buffer(usage, " [%s]", _("OPTIONS")));
}

enum { NEAR_MAX = 64 };

/* Levenshtein's distance of two short words. */
static size_t distance(const char *a, const char *b)
{
	size_t row[NEAR_MAX + 1];
	size_t length = strlen(b);
	if (strlen(a) > NEAR_MAX || length > NEAR_MAX) {
		return SIZE_MAX;
	}
	for (size_t j = 0; j <= length; j++) {
		row[j] = j;
	}
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= length; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);
			best = best < row[j] + 1 ? best : row[j] + 1;
			best = best < row[j - 1] + 1 ? best : row[j - 1] + 1;
			diagonal = row[j];
			row[j] = best;
		}
	}
	return row[length];
}

/* Words further away than this are no help. */
static size_t tolerance(const char *typed)
{
	return 1 + strlen(typed) / 3;
}

char *command_nearest(const void *mem, const char *typed)
{
	const char *nearest = NULL;
	size_t best = tolerance(typed) + 1;
	for (size_t i = 0; i < command_count; i++) {
		size_t far = distance(typed, commands[i]->name);
		if (far < best && !(commands[i]->flags & COMMAND_HIDDEN)) {
			best = far;
			nearest = commands[i]->name;
		}
	}
	return mem_strdup(mem, nearest);
}

char *command_nearest_option(const void *mem, const struct subcommand *command, const char *typed)
{
	const char *nearest = NULL;
	const char *name = typed + strspn(typed, "-");
	size_t best = tolerance(name) + 1;
	const struct command_option *option;
	for (size_t i = 0; (option = command_option_at(command, i)); i++) {
		size_t far = distance(name, option->name);
		if (far < best) {
			best = far;
			nearest = option->name;
		}
	}
	return nearest ? mem_printf(mem, "--%s", nearest) : NULL;
}
