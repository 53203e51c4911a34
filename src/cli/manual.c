#include "cli/help.h"

#include "base/mem.h"
#include "cli/options.h"
#include "core/name.h"

#include <ctype.h>
#include <string.h>

/* atende(1), the part that the command table knows, as scdoc(5). In English: manual pages are not
 * translated by catalogue. */

/* scdoc's own signs are taken as they are. */
static void put_plain(FILE *out, const char *text)
{
	for (const char *at = text; *at; at++) {
		if (strchr("\\_*#[]|<>`~.-", *at) && !isalnum((unsigned char)*at)) {
			fputc('\\', out);
		}
		fputc(*at, out);
	}
}

static void put_sentence(FILE *out, const char *text)
{
	char *sentence = mem_strdup(NULL, text);
	sentence[0] = (char)toupper((unsigned char)sentence[0]);
	put_plain(out, sentence);
	size_t length = strlen(sentence);
	if (length && !strchr(".:", sentence[length - 1])) {
		fputs("\\.", out);
	}
	talloc_free(sentence);
}

static void put_option(FILE *out, const struct command_option *option)
{
	const struct value_info *info = &value_infos[option->type];
	if (option->letter) {
		fprintf(out, "*-%c*, ", option->letter);
	}
	fprintf(out, "*--%s*", option->name);
	if (*info->word) {
		fputs(" _", out);
		put_plain(out, info->word);
		fputs("_", out);
	}
	fputs("\n\t", out);
	put_sentence(out, option->summary);
	if (info->names) {
		char *words = name_list(NULL, info->names);
		fputs(" One of ", out);
		put_plain(out, words);
		fputs("\\.", out);
		talloc_free(words);
	}
	fputs("\n\n", out);
}

static void put_arguments(FILE *out, const struct subcommand *command)
{
	for (size_t i = 0; i < command_argument_count(command); i++) {
		const struct command_argument *argument = &command->arguments[i];
		fputs(argument->optional ? " \\[_" : " _", out);
		put_plain(out, command_argument_word(argument));
		fputs(argument->many ? "_\\.\\.\\." : "_", out);
		fputs(argument->optional ? "\\]" : "", out);
	}
}

static void put_command(FILE *out, const struct subcommand *command)
{
	fprintf(out, "## %s\n\n*atende %s*", command->name, command->name);
	put_arguments(out, command);
	fputs("\n\n", out);
	put_sentence(out, command->summary);
	fputs("\n\n", out);
	if (command->text) {
		for (const char *at = command->text; *at;) {
			size_t length = strcspn(at, "\n");
			char *paragraph = mem_strndup(NULL, at, length);
			put_plain(out, paragraph);
			fputs("\n\n", out);
			talloc_free(paragraph);
			at += length;
			at += strspn(at, "\n");
		}
	}
	if (command->flags & COMMAND_TEXT) {
		fputs("Takes *-F* and *-m*, see *COMMON OPTIONS*\\.\n\n", out);
	}
	for (size_t i = 0; i < command->option_count; i++) {
		put_option(out, &command->options[i]);
	}
	if (command->example) {
		fprintf(out, "```\n%s\n```\n\n", command->example);
	}
}

static void put_common_options(FILE *out)
{
	static const struct {
		const struct command_option *options;
		const size_t *count;
	} shared[] = {{text_options, &text_option_count}, {change_options, &change_option_count},
		{common_options, &common_option_count}};
	fputs("# COMMON OPTIONS\n\n", out);
	for (size_t i = 0; i < ARRAY_LEN(shared); i++) {
		for (size_t at = 0; at < *shared[i].count; at++) {
			put_option(out, &shared[i].options[at]);
		}
	}
}

void manual_print(FILE *out)
{
	put_common_options(out);
	fputs("# COMMANDS\n\n", out);
	for (size_t i = 0; i < command_count; i++) {
		if (!(commands[i]->flags & COMMAND_HIDDEN)) {
			put_command(out, commands[i]);
		}
	}
}
