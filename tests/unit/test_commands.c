#include "cli/command.h"

#include "base/mem.h"
#include "base/text.h"
#include "cli/arguments.h"

#include "test.h"

#include <string.h>

/* The table of commands is sane, and parsing does what the table says. */

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		const char *name = commands[i]->name;
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz -"), strlen(name));
		const char *blank = strchr(name, ' ');
		assert_true(!blank || !strchr(blank + 1, ' '));
		assert_ptr_equal(command_find(name), commands[i]);
		/* "customer new" is found below "customer" alone. */
		if (blank) {
			char *first = mem_strndup(NULL, name, (size_t)(blank - name));
			assert_non_null(command_find(first));
			assert_true(command_is_prefix(first));
			talloc_free(first);
		}
	}
	assert_non_null(command_find("console"));
	assert_null(command_find("consol"));
}

static void check_summary(const char *summary)
{
	assert_false(text_is_blank(summary));
	assert_true(text_is_clean(summary));
	assert_null(strchr(summary, '\n'));
	assert_true(summary[strlen(summary) - 1] != '.');
}

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		const struct subcommand *command = commands[i];
		assert_non_null(command->run);
		assert_in_range(command->group, 0, COMMAND_GROUPS - 1);
		check_summary(command->summary);
		if (command->example) {
			assert_int_equal(strncmp(command->example, "atende ", 7), 0);
			assert_int_equal(
				strncmp(command->example + 7, command->name, strlen(command->name)),
				0);
		}
		const struct command_option *option;
		for (size_t k = 0; (option = command_option_at(command, k)); k++) {
			check_summary(option->summary);
		}
	}
}

static void test_options(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		const struct command_option *option;
		for (size_t k = 0; (option = command_option_at(commands[i], k)); k++) {
			size_t length = strlen(option->name);
			/* Each once in a command … */
			assert_ptr_equal(
				command_option_find(commands[i], option->name, length, 0), option);
			if (option->letter) {
				assert_ptr_equal(
					command_option_find(commands[i], NULL, 0, option->letter),
					option);
			}
			/* … and with a value or without one wherever it occurs. */
			const struct command_option *any =
				command_any_option(option->name, length, 0);
			bool takes_value = option->type != VALUE_NONE;
			assert_int_equal(takes_value, any->type != VALUE_NONE);
			assert_int_equal(takes_value, *value_infos[option->type].word != '\0');
		}
	}
}

static void test_arguments_of_commands(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		size_t count = command_argument_count(commands[i]);
		for (size_t k = 0; k < count; k++) {
			const struct command_argument *argument = &commands[i]->arguments[k];
			assert_false(text_is_blank(command_argument_word(argument)));
			/* What may be left out, and what may be many, comes last. */
			assert_true(k + 1 == count || !argument->many);
			assert_true(k + 1 == count || !argument->optional ||
				    commands[i]->arguments[k + 1].optional);
		}
	}
}

static bool parse(const void *mem, struct arguments *arguments, struct error *err, ...)
{
	char *argv[16] = {(char *)"atende"};
	int argc = 1;
	va_list words;
	va_start(words, err);
	while ((argv[argc] = va_arg(words, char *))) {
		argc++;
	}
	va_end(words);
	return arguments_parse(mem, argc, argv, arguments, err);
}

static void test_parsing(void **state)
{
	(void)state;
	void *mem = mem_context(NULL);
	struct arguments arguments;
	struct error err = {0};
	assert_true(parse(mem, &arguments, &err, NULL));
	assert_string_equal(arguments.command->name, "console");
	assert_true(parse(mem, &arguments, &err, "-F-", "reply", "--json", "7", "--wait",
		"--seen=3", "--desk",
		"a\xff"
		"b",
		NULL));
	assert_string_equal(arguments.command->name, "reply");
	assert_string_equal(arguments_value(&arguments, "file"), "-");
	assert_string_equal(arguments_value(&arguments, "seen"), "3");
	assert_string_equal(arguments_value(&arguments, "desk"), "a\xff"
								 "b");
	assert_true(arguments_flag(&arguments, "wait") && arguments.wants_json);
	assert_false(arguments_flag(&arguments, "stay-open") || arguments.was_cleaned);
	assert_true(parse(mem, &arguments, &err, "subject", "7", "--", "--json", NULL));
	assert_string_equal(arguments.operands[1], "--json");
	assert_false(arguments.wants_json);
	assert_true(parse(mem, &arguments, &err, "customer", "new", "\x1b[1mZ\xff", NULL));
	assert_string_equal(arguments.command->name, "customer new");
	assert_true(arguments.was_cleaned && text_is_clean(arguments.operands[0]));
	talloc_free(mem);
}

static void check_usage(const char *needle, const char *a, const char *b, const char *c)
{
	void *mem = mem_context(NULL);
	struct arguments arguments;
	struct error err = {0};
	assert_false(parse(mem, &arguments, &err, a, b, c, NULL));
	assert_int_equal(err.code, ERROR_USAGE);
	assert_non_null(strstr(error_sentence(mem, &err, NULL), needle));
	talloc_free(mem);
}

static void test_usage_errors(void **state)
{
	(void)state;
	check_usage("\"queue\"", "quee", NULL, NULL);
	check_usage("--free", "queue", "--fre", NULL);
	check_usage("needs a value", "queue", "--team", NULL);
	check_usage("no value", "queue", "--json=1", NULL);
	check_usage("N is missing", "claim", NULL, NULL);
	check_usage("too many", "claim", "1", "2");
	check_usage("no number", "claim", "-", NULL);
	check_usage("no span", "call", "1", "--for=0s");
	check_usage("one of: urgent", "priority", "1", "big");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_arguments_of_commands),
		cmocka_unit_test(test_parsing),
		cmocka_unit_test(test_usage_errors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
