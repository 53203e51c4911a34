#include "cli/help.h"

#include "base/mem.h"
#include "cli/call.h"
#include "cli/output.h"
#include "core/name.h"

#include <string.h>

enum { INDENT = 2, GUTTER = 2, WIDTH = 80 };

/* "-F, --file FILE" */
static char *option_usage(const void *mem, const struct command_option *option)
{
	const char *word = value_infos[option->type].word;
	char letter[] = "-x, ";
	letter[1] = option->letter;
	return mem_printf(mem, "%s--%s%s%s", option->letter ? letter : "", option->name,
		*word ? " " : "", *word ? _(word) : "");
}

/* Words of `text` from column `from` on, broken before WIDTH, indented by `indent`. */
static void print_wrapped(FILE *out, const char *text, int from, int indent)
{
	int column = from;
	for (const char *at = text; *at;) {
		size_t length = strcspn(at, " ");
		char *word = mem_strndup(NULL, at, length);
		int width = output_width(word);
		bool at_start = column == indent || at == text;
		if (!at_start && column + 1 + width > WIDTH) {
			fprintf(out, "\n%*s", indent, "");
			column = indent;
			at_start = true;
		}
		fprintf(out, "%s%s", at_start ? "" : " ", word);
		column += width + !at_start;
		talloc_free(word);
		at += length;
		at += strspn(at, " ");
	}
	fputc('\n', out);
}

static void print_pair(FILE *out, const char *left, int wide, const char *right)
{
	int width = output_width(left);
	int indent = INDENT + wide + GUTTER;
	fprintf(out, "%*s%s", INDENT, "", left);
	if (width > wide) {
		fprintf(out, "\n%*s", indent, "");
	} else {
		fprintf(out, "%*s", wide - width + GUTTER, "");
	}
	print_wrapped(out, right, indent, indent);
}

static void print_text(FILE *out, const char *text)
{
	for (const char *at = text; *at;) {
		size_t length = strcspn(at, "\n");
		char *paragraph = mem_strndup(NULL, at, length);
		print_wrapped(out, paragraph, 0, 0);
		talloc_free(paragraph);
		at += length + (at[length] == '\n');
	}
}

static void print_option(FILE *out, const struct command_option *option)
{
	enum { OPTION_WIDTH = 22 };
	void *mem = mem_context(NULL);
	char *summary = mem_strdup(mem, _(option->summary));
	const struct name_table *names = value_infos[option->type].names;
	if (names) {
		summary = mem_printf(mem, "%s (%s)", summary, name_list(mem, names));
	}
	print_pair(out, option_usage(mem, option), OPTION_WIDTH, summary);
	talloc_free(mem);
}

static void print_operand_words(FILE *out, const struct subcommand *command)
{
	for (size_t i = 0; i < command_argument_count(command); i++) {
		const struct command_argument *argument = &command->arguments[i];
		const struct name_table *names = value_infos[argument->type].names;
		if (names) {
			char *words = name_list(NULL, names);
			fprintf(out, "\n%s: %s\n", _(command_argument_word(argument)), words);
			talloc_free(words);
		}
	}
}

static void print_subcommands(FILE *out, const struct subcommand *command)
{
	enum { NAME_WIDTH = 22 };
	size_t length = strlen(command->name);
	bool first = true;
	for (size_t i = 0; i < command_count; i++) {
		const struct subcommand *other = commands[i];
		if (strncmp(other->name, command->name, length) == 0 &&
			other->name[length] == ' ') {
			fprintf(out, "%s", first ? "\n" : "");
			print_pair(out, other->name, NAME_WIDTH, _(other->summary));
			first = false;
		}
	}
}

void help_command(FILE *out, const struct subcommand *command)
{
	char *usage = command_usage(NULL, command);
	fprintf(out, _("usage: atende %s\n\n"), usage);
	talloc_free(usage);
	print_text(out, _(command->summary));
	if (command->text) {
		fputc('\n', out);
		print_text(out, _(command->text));
	}
	print_operand_words(out, command);
	print_subcommands(out, command);
	fputc('\n', out);
	const struct command_option *option;
	for (size_t i = 0; (option = command_option_at(command, i)); i++) {
		print_option(out, option);
	}
	if (command->example) {
		fprintf(out, _("\nexample: %s\n"), command->example);
	}
}

void help_program(FILE *out)
{
	enum { NAME_WIDTH = 20 };
	fputs(_("usage: atende [COMMAND] [OPTIONS]\n\n"), out);
	print_text(out, _("Without a command it opens the console. \"atende COMMAND --help\" says "
			  "what a command takes and does."));
	for (int group = 0; group < COMMAND_GROUPS; group++) {
		fprintf(out, "\n%s\n", _(command_group_titles[group]));
		for (size_t i = 0; i < command_count; i++) {
			const struct subcommand *command = commands[i];
			if ((int)command->group == group && !(command->flags & COMMAND_HIDDEN)) {
				print_pair(out, command->name, NAME_WIDTH, _(command->summary));
			}
		}
	}
	fputc('\n', out);
	const struct command_option *option;
	const struct subcommand *console = command_find("console");
	for (size_t i = 0; (option = command_option_at(console, i)); i++) {
		print_option(out, option);
	}
}
