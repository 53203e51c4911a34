#include "cli/call.h"

#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "cli/output.h"
#include "core/preference.h"

#include <string.h>

/* `atende complete -- WORDS…`: what may stand for the last word. Never fails: no desk, no words. */

struct completion {
	struct call *call;
	const char *typed; /* the word under the cursor */
	size_t operand_count;
	const char *operands[2];
	const struct subcommand *command; /* NULL: not named yet */
	size_t command_words;
	const struct command_option *pending; /* its value is the word under the cursor */
};

static void offer(struct completion *completion, const char *word, const char *summary)
{
	if (strncmp(word, completion->typed, strlen(completion->typed)) == 0) {
		char *line = mem_strdup(completion->call->mem, summary);
		fprintf(completion->call->cli->out, "%s %s\n", word,
			text_clean_line(line, line, strlen(line), NULL));
	}
}

static void offer_commands(struct completion *completion, const char *first)
{
	for (size_t i = 0; i < command_count; i++) {
		const char *name = commands[i]->name;
		size_t length = first ? strlen(first) : 0;
		bool fits = first ? strncmp(name, first, length) == 0 && name[length] == ' '
				  : !strchr(name, ' ');
		if (fits && !(commands[i]->flags & COMMAND_HIDDEN)) {
			offer(completion, first ? name + length + 1 : name,
				_(commands[i]->summary));
		}
	}
}

static void offer_options(struct completion *completion)
{
	const struct subcommand *command =
		completion->command ? completion->command : command_find("console");
	const struct command_option *option;
	for (size_t i = 0; (option = command_option_at(command, i)); i++) {
		char *name = mem_printf(completion->call->mem, "--%s", option->name);
		offer(completion, name, _(option->summary));
	}
}

/* Where the directory keeps what can be named. */
static const struct {
	const char *what;
	size_t items, count, size, word, about;
} word_lists[] = {
#define LIST(what, items, count, type, word, about)                                                \
	{                                                                                          \
		what, offsetof(struct directory, items), offsetof(struct directory, count),        \
			sizeof(struct type), offsetof(struct type, word),                          \
			offsetof(struct type, about)                                               \
	}
	LIST("team", teams, team_count, team, key, name),
	LIST("operator", operators, operator_count, operator_, login, name),
	LIST("reason", reasons, reason_count, reason, key, name),
	LIST("answer", answers, answer_count, answer, key, name),
	LIST("calendar", calendar_rows, calendar_count, calendar_row, key, hours),
#undef LIST
};

static void offer_directory(struct completion *completion, const char *what)
{
	const char *directory = (const char *)completion->call->directory;
	for (size_t i = 0; i < ARRAY_LEN(word_lists); i++) {
		if (strcmp(word_lists[i].what, what) != 0) {
			continue;
		}
		size_t count = *(const size_t *)(directory + word_lists[i].count);
		const char *item = *(char *const *)(directory + word_lists[i].items);
		for (size_t k = 0; k < count; k++, item += word_lists[i].size) {
			offer(completion, *(char *const *)(item + word_lists[i].word),
				*(char *const *)(item + word_lists[i].about));
		}
	}
}

static void offer_receivers(struct completion *completion)
{
	offer(completion, "all", "");
	offer_directory(completion, "operator");
	offer_directory(completion, "team");
}

static void offer_tickets(struct completion *completion)
{
	struct queue_query query = {.list = LIST_QUEUE};
	struct queue_page page;
	struct call *call = completion->call;
	if (store_queue(call->store, call->mem, &query, &page, NULL)) {
		for (size_t i = 0; i < page.count; i++) {
			char *number = mem_printf(
				call->mem, "%lld", (long long)page.rows[i].ticket.number);
			offer(completion, number, page.rows[i].ticket.subject);
		}
	}
}

static void offer_value(struct completion *completion, enum value_type type)
{
	const struct value_info *info = &value_infos[type];
	struct error ignored = {0};
	for (size_t i = 0; info->names && i < info->names->count; i++) {
		if (*info->names->words[i]) {
			offer(completion, info->names->words[i], "");
		}
	}
	if (type == VALUE_FILE || type == VALUE_DESK) {
		fputs(":file\n", completion->call->cli->out);
	} else if (type == VALUE_COMMAND) {
		offer_commands(completion, NULL);
	} else if (type == VALUE_SETTING) {
		for (size_t i = 0; i < setting_info_count; i++) {
			offer(completion, setting_infos[i].name, _(setting_infos[i].summary));
		}
	} else if (type == VALUE_PREFERENCE) {
		for (size_t i = 0; i < preference_info_count; i++) {
			offer(completion, preference_infos[i].name, _(preference_infos[i].summary));
		}
	} else if (type == VALUE_TICKET && call_open(completion->call, &ignored)) {
		offer_tickets(completion);
	} else if (type == VALUE_RECEIVER && call_open_desk(completion->call, &ignored)) {
		offer_receivers(completion);
	} else if (info->complete && type != VALUE_TICKET && type != VALUE_RECEIVER &&
		   call_open_desk(completion->call, &ignored)) {
		offer_directory(completion, info->complete);
	}
}

/* A value of --desk or --as on the line counts for what is asked of the desk, too. */
static void take_value(
	struct completion *completion, const struct command_option *option, const char *value)
{
	struct arguments *own = &completion->call->arguments;
	if (strcmp(option->name, "desk") == 0 || strcmp(option->name, "as") == 0) {
		own->given = mem_grow(
			completion->call->mem, own->given, struct given, own->given_count + 1);
		own->given[own->given_count++] = (struct given){option, value};
	}
}

static void take_operand(struct completion *completion, const char *word)
{
	if (completion->operand_count < ARRAY_LEN(completion->operands)) {
		completion->operands[completion->operand_count] = word;
	}
	completion->operand_count++;
}

static void take_words(struct completion *completion, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *word = call_operand(completion->call, i);
		const char *name = word + strspn(word, "-");
		size_t length = strcspn(name, "=");
		if (strcmp(word, "=") == 0) {
			continue;
		}
		if (completion->pending) {
			take_value(completion, completion->pending, word);
			completion->pending = NULL;
		} else if (word[0] != '-' || !word[1]) {
			take_operand(completion, word);
		} else {
			bool is_long = word[1] == '-';
			const struct command_option *option = command_any_option(
				is_long ? name : NULL, length, is_long ? 0 : word[1]);
			bool attached = is_long ? name[length] == '=' : word[2] != '\0';
			if (option && option->type != VALUE_NONE && !attached) {
				completion->pending = option;
			}
		}
	}
}

static void find_words(struct completion *completion)
{
	void *mem = completion->call->mem;
	if (completion->operand_count > 1) {
		completion->command = command_find(
			mem_printf(mem, "%s %s", completion->operands[0], completion->operands[1]));
		completion->command_words = 2;
	}
	if (!completion->command && completion->operand_count > 0) {
		completion->command = command_find(completion->operands[0]);
		completion->command_words = 1;
	}
}

static void offer_operand(struct completion *completion)
{
	if (completion->operand_count == 0) {
		offer_commands(completion, NULL);
		return;
	}
	if (completion->operand_count == 1) {
		offer_commands(completion, completion->operands[0]);
	}
	if (!completion->command) {
		return;
	}
	size_t most = command_argument_count(completion->command);
	size_t index = completion->operand_count - completion->command_words;
	if (index >= most && most && completion->command->arguments[most - 1].many) {
		index = most - 1;
	}
	if (index < most) {
		offer_value(completion, completion->command->arguments[index].type);
	}
}

static bool run(struct call *call, struct error *err)
{
	(void)err;
	size_t count = call->arguments.operand_count;
	struct completion completion = {.call = call, .typed = ""};
	if (count > 0) {
		completion.typed = call_operand(call, count - 1);
		take_words(&completion, count - 1);
	}
	completion.typed = strcmp(completion.typed, "=") == 0 ? "" : completion.typed;
	find_words(&completion);
	if (completion.pending) {
		offer_value(&completion, completion.pending->type);
	} else if (completion.typed[0] == '-') {
		offer_options(&completion);
	} else {
		offer_operand(&completion);
	}
	return true;
}

const struct subcommand command_complete = {
	.name = "complete",
	.group = GROUP_CARE,
	.flags = COMMAND_HIDDEN,
	.arguments = {{VALUE_TEXT, N_("WORDS"), true, true}},
	.summary = N_("print what may follow on a command line, for the shells' completion"),
	.run = run,
};

static bool run_completion(struct call *call, struct error *err)
{
	(void)err;
	completion_print(call->cli->out, (enum cli_shell)call_operand_name(call, 0));
	return true;
}

const struct subcommand command_completion = {
	.name = "completion",
	.group = GROUP_CARE,
	.arguments = {{VALUE_SHELL, NULL, false, false}},
	.summary = N_("print the completion script for a shell"),
	.text = N_("For bash: source <(atende completion bash). For zsh: put it in a file _atende "
		   "of $fpath. For fish: atende completion fish > "
		   "~/.config/fish/completions/atende.fish"),
	.example = "atende completion bash > /etc/bash_completion.d/atende",
	.run = run_completion,
};
