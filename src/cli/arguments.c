#include "cli/arguments.h"

#include "base/config.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/uuid.h"
#include "cli/call.h"

#include <assert.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A parse under way. */
struct parse {
	const void *mem;
	int argc, at;
	char *const *argv;
	struct arguments *out;
	const char *unknown; /* the first option that no command takes */
	const char *lacking; /* the first option without its value */
	const char *flag;    /* the first flag that was given one */
};

static bool usage(struct error *err, const char *text, const char *a, const char *b, const char *c)
{
	return error_set_reason(
		err, ERROR_USAGE, "usage", text, a ? a : "", b ? b : "", c ? c : "", NULL);
}

static char *clean_line(struct parse *parse, const char *bytes)
{
	bool changed = false;
	char *line = text_clean_line(parse->mem, bytes, strlen(bytes), &changed);
	parse->out->was_cleaned |= changed;
	return line;
}

static bool is_raw(enum value_type type)
{
	return type == VALUE_FILE || type == VALUE_DESK;
}

/* A text keeps its lines; everything else is one line. */
static const char *clean_value(
	struct parse *parse, const struct command_option *option, const char *bytes)
{
	if (is_raw(option->type)) {
		return bytes;
	}
	if (option->type == VALUE_TEXT) {
		bool changed = false;
		char *text = text_clean(parse->mem, bytes, strlen(bytes), &changed);
		parse->out->was_cleaned |= changed;
		return text;
	}
	return clean_line(parse, bytes);
}

static void add_given(struct parse *parse, const struct command_option *option, const char *value)
{
	struct arguments *out = parse->out;
	out->given = mem_grow(parse->mem, out->given, struct given, out->given_count + 1);
	out->given[out->given_count++] =
		(struct given){option, value ? clean_value(parse, option, value) : NULL};
	out->wants_json |= strcmp(option->name, "json") == 0;
	out->wants_help |= strcmp(option->name, "help") == 0;
	out->wants_version |= strcmp(option->name, "version") == 0;
}

/* One option, whose value (if it takes one) is attached or the next argument. */
static void take_option(struct parse *parse, const struct command_option *option,
	const char *attached, const char *typed)
{
	if (option->type == VALUE_NONE) {
		if (attached) {
			parse->flag = parse->flag ? parse->flag : typed;
		} else {
			add_given(parse, option, NULL);
		}
	} else if (attached) {
		add_given(parse, option, attached);
	} else if (parse->at < parse->argc) {
		add_given(parse, option, parse->argv[parse->at++]);
	} else {
		parse->lacking = parse->lacking ? parse->lacking : typed;
	}
}

static void take_long(struct parse *parse, const char *typed)
{
	const char *name = typed + 2;
	size_t length = strcspn(name, "=");
	const struct command_option *option = command_any_option(name, length, 0);
	if (!option) {
		parse->unknown = parse->unknown ? parse->unknown : typed;
		return;
	}
	take_option(parse, option, name[length] ? name + length + 1 : NULL, typed);
}

/* "-hV" are two flags, "-Ffile" is one option and its value. */
static void take_letters(struct parse *parse, const char *typed)
{
	for (const char *at = typed + 1; *at; at++) {
		const struct command_option *option = command_any_option(NULL, 0, *at);
		if (!option) {
			parse->unknown = parse->unknown ? parse->unknown : typed;
			return;
		}
		bool takes_value = option->type != VALUE_NONE;
		take_option(parse, option, takes_value && at[1] ? at + 1 : NULL, typed);
		if (takes_value) {
			return;
		}
	}
}

static void split(struct parse *parse)
{
	bool options_ended = false;
	while (parse->at < parse->argc) {
		const char *typed = parse->argv[parse->at++];
		if (options_ended || typed[0] != '-' || !typed[1]) {
			parse->out->operands[parse->out->operand_count++] = typed;
		} else if (strcmp(typed, "--") == 0) {
			options_ended = true;
		} else if (typed[1] == '-') {
			take_long(parse, typed);
		} else {
			take_letters(parse, typed);
		}
	}
}

static void drop_operands(struct arguments *out, size_t count)
{
	out->operands += count;
	out->operand_count -= count;
}

/* The longest name that the first operands make. */
static bool find_command(struct parse *parse, struct error *err)
{
	struct arguments *out = parse->out;
	if (out->operand_count == 0) {
		out->command = command_find("console");
		return true;
	}
	const char *first = clean_line(parse, out->operands[0]);
	if (out->operand_count > 1 && command_is_prefix(first)) {
		char *two = mem_printf(parse->mem, "%s %s", first, out->operands[1]);
		out->command = command_find(two);
		if (out->command) {
			drop_operands(out, 2);
			return true;
		}
	}
	out->command = command_find(first);
	if (out->command) {
		drop_operands(out, 1);
		return true;
	}
	char *nearest = command_nearest(parse->mem, first);
	return nearest ? usage(err,
				 N_("there is no command \"{0}\"; did you mean \"{1}\"? \"atende "
				    "--help\" lists them"),
				 first, nearest, NULL)
		       : usage(err, N_("there is no command \"{0}\"; \"atende --help\" lists them"),
				 first, NULL, NULL);
}

static bool refuse_option(struct parse *parse, const char *typed, struct error *err)
{
	const struct subcommand *command = parse->out->command;
	char *option = clean_line(parse, typed);
	option[strcspn(option, "=")] = '\0';
	char *nearest = command_nearest_option(parse->mem, command, option);
	return nearest ? usage(err,
				 N_("\"{0}\" takes no option {1}; did you mean {2}? \"atende {0} "
				    "--help\" lists them"),
				 command->name, option, nearest)
		       : usage(err,
				 N_("\"{0}\" takes no option {1}; \"atende {0} --help\" lists "
				    "them"),
				 command->name, option, NULL);
}

static bool check_number(enum value_type type, const char *value)
{
	const char *at = value + (type == VALUE_TICKET && *value == '#');
	char *end;
	errno = 0;
	long long number = strtoll(at, &end, 10);
	bool is_digits = *at >= '0' && *at <= '9' && !*end && errno == 0;
	return is_digits && number >= (type == VALUE_REVISION ? 0 : 1);
}

static bool check_words(struct parse *parse, const struct name_table *names, const char *what,
	const char *value, struct error *err)
{
	int found;
	return name_find(names, value, &found) ||
	       usage(err, N_("\"{0}\" is not allowed for {1}; it is one of: {2}"), value, what,
		       name_list(parse->mem, names));
}

/* What can be said of a value without a desk. */
static bool check_value(struct parse *parse, enum value_type type, const char *what,
	const char *value, struct error *err)
{
	const struct name_table *names = value_infos[type].names;
	int64_t span_ms;
	struct uuid uuid;
	if (names) {
		return check_words(parse, names, what, value, err);
	}
	switch (type) {
	case VALUE_TICKET:
	case VALUE_NUMBER:
	case VALUE_REVISION:
		return check_number(type, value) ||
		       usage(err, N_("\"{0}\" is no number, as {1} needs one; give one like 1001"),
			       value, what, NULL);
	case VALUE_SPAN:
		return (config_duration(value, &span_ms) && span_ms > 0) ||
		       usage(err, N_("\"{0}\" is no span for {1}; give one like 90s, 10m, 2h, 3d"),
			       value, what, NULL);
	case VALUE_UUID:
		return uuid_parse(value, &uuid) ||
		       usage(err, N_("\"{0}\" is no UUID for {1}"), value, what, NULL);
	default:
		return true;
	}
}

static bool check_options(struct parse *parse, struct error *err)
{
	struct arguments *out = parse->out;
	for (size_t i = 0; i < out->given_count; i++) {
		struct given *given = &out->given[i];
		const char *name = given->option->name;
		const struct command_option *own =
			command_option_find(out->command, name, strlen(name), 0);
		char *typed = mem_printf(parse->mem, "--%s", name);
		if (!own) {
			return refuse_option(parse, typed, err);
		}
		given->option = own;
		if (given->value && !check_value(parse, own->type, typed, given->value, err)) {
			return false;
		}
	}
	return true;
}

static bool check_operand_count(struct parse *parse, struct error *err)
{
	const struct subcommand *command = parse->out->command;
	size_t most = command_argument_count(command);
	size_t least = 0;
	while (least < most && !command->arguments[least].optional) {
		least++;
	}
	bool many = most && command->arguments[most - 1].many;
	size_t count = parse->out->operand_count;
	if (count < least) {
		return usage(err, N_("{0} is missing; usage: atende {1}"),
			_(command_argument_word(&command->arguments[count])),
			command_usage(parse->mem, command), NULL);
	}
	if (count > most && !many) {
		const char *operand = clean_line(parse, parse->out->operands[most]);
		return command->example
			       ? usage(err,
					 N_("\"{0}\" is one argument too many; for example: {1}"),
					 operand, command->example, NULL)
			       : usage(err,
					 N_("\"{0}\" is one argument too many; usage: atende {1}"),
					 operand, command_usage(parse->mem, command), NULL);
	}
	return true;
}

static bool check_operands(struct parse *parse, struct error *err)
{
	struct arguments *out = parse->out;
	if (!check_operand_count(parse, err)) {
		return false;
	}
	size_t most = command_argument_count(out->command);
	for (size_t i = 0; i < out->operand_count; i++) {
		const struct command_argument *argument =
			&out->command->arguments[i < most ? i : most - 1];
		if (!is_raw(argument->type)) {
			out->operands[i] = clean_line(parse, out->operands[i]);
		}
		if (!check_value(parse, argument->type, _(command_argument_word(argument)),
			    out->operands[i], err)) {
			return false;
		}
	}
	return true;
}

bool arguments_parse(const void *mem, int argc, char *const *argv, struct arguments *arguments,
	struct error *err)
{
	struct parse parse = {.mem = mem, .argc = argc, .at = 1, .argv = argv, .out = arguments};
	size_t room = argc > 0 ? (size_t)argc : 1;
	*arguments = (struct arguments){0};
	arguments->operands = mem_array(mem, const char *, room);
	split(&parse);
	if (!find_command(&parse, err)) {
		/* The value of an option that does not exist looks like a command. */
		arguments->command = parse.unknown ? command_find("console") : NULL;
		return parse.unknown ? refuse_option(&parse, parse.unknown, err) : false;
	}
	if (arguments->wants_help || arguments->wants_version) {
		return true;
	}
	if (parse.unknown) {
		return refuse_option(&parse, parse.unknown, err);
	}
	if (parse.flag) {
		char *flag = clean_line(&parse, parse.flag);
		flag[strcspn(flag, "=")] = '\0';
		return usage(err, N_("{0} takes no value; leave it out"), flag, NULL, NULL);
	}
	if (parse.lacking) {
		return usage(err, N_("{0} needs a value; \"atende {1} --help\" says which"),
			clean_line(&parse, parse.lacking), arguments->command->name, NULL);
	}
	return check_options(&parse, err) && check_operands(&parse, err);
}

const char *arguments_value(const struct arguments *arguments, const char *name)
{
	const char *value = NULL;
	assert(command_option_find(arguments->command, name, strlen(name), 0));
	for (size_t i = 0; i < arguments->given_count; i++) {
		if (strcmp(arguments->given[i].option->name, name) == 0) {
			value = arguments->given[i].value;
		}
	}
	return value;
}

bool arguments_flag(const struct arguments *arguments, const char *name)
{
	assert(command_option_find(arguments->command, name, strlen(name), 0));
	for (size_t i = 0; i < arguments->given_count; i++) {
		if (strcmp(arguments->given[i].option->name, name) == 0) {
			return true;
		}
	}
	return false;
}
