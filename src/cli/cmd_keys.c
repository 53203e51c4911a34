#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/table.h"

/* The keys of the console, and whether keys.conf is right. */

static void print_json(struct call *call, const struct cli_key *keys, size_t count)
{
	struct json *object = json_object(call->mem);
	struct json *array = json_add_array(object, "keys");
	for (size_t i = 0; i < count; i++) {
		struct json *item = json_add_object(array, NULL);
		json_add_text(item, "screen", keys[i].screen);
		json_add_text(item, "command", keys[i].command);
		json_add_text(item, "keys", keys[i].keys);
		json_add_text(item, "summary", _(keys[i].summary));
	}
	output_json(call, object);
}

static void print_table(struct call *call, const struct cli_key *keys, size_t count)
{
	const struct table_column columns[] = {
		{_("Screen"), false, 0, 0},
		{_("Command"), false, 0, 0},
		{_("Keys"), false, 0, 0},
		{_("What it does"), false, 10, 1},
	};
	struct table *table = table_create(call, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < count; i++) {
		table_cell(table, keys[i].screen);
		table_cell(table, keys[i].command);
		table_cell(table, keys[i].keys);
		table_cell(table, _(keys[i].summary));
	}
	table_print(table);
}

static bool run_keys(struct call *call, struct error *err)
{
	struct cli_key *keys;
	size_t count;
	if (!call->cli->keys) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("there is no console here; \"atende --help\" lists the commands"), NULL);
	}
	if (!call->cli->keys(call->mem, &keys, &count, err)) {
		return false;
	}
	(call->json ? print_json : print_table)(call, keys, count);
	return true;
}

const struct subcommand command_keys = {
	.name = "keys",
	.group = GROUP_CARE,
	.summary = N_("list the keys of the console, screen by screen"),
	.text = N_("As they are with what your keys.conf says, see *atende*(5). A mistake in that "
		   "file is told, with its line, and the status is 2."),
	.example = "atende keys",
	.run = run_keys,
};
