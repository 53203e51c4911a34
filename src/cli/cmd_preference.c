#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/table.h"
#include "core/preference.h"

/* What the acting operator prefers. */

static const struct operator_ *actor(struct call *call)
{
	return directory_operator(call->directory, store_actor(call->store));
}

static void list_json(struct call *call)
{
	struct json *object = json_object(call->mem);
	struct json *preferences = json_add_object(object, "preferences");
	for (size_t i = 0; i < preference_info_count; i++) {
		const char *value = preference_value(actor(call), preference_infos[i].name);
		json_add_text(preferences, preference_infos[i].name, *value ? value : NULL);
	}
	output_json(call, object);
}

static void list_table(struct call *call)
{
	const struct table_column columns[] = {{_("Preference"), false, 0, 0},
		{_("Value"), false, 10, 0}, {_("What it is"), false, 10, 0}};
	struct table *table = table_create(call, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < preference_info_count; i++) {
		const char *value = preference_value(actor(call), preference_infos[i].name);
		table_cell(table, preference_infos[i].name);
		table_cell(table, *value ? value : "-");
		table_cell(table, _(preference_infos[i].summary));
	}
	table_print(table);
}

static bool show_one(struct call *call, const char *name, struct error *err)
{
	if (!preference_check(name, "", err)) {
		return false;
	}
	const char *value = preference_value(actor(call), name);
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_text(object, "preference", name);
		json_add_text(object, "value", *value ? value : NULL);
		output_json(call, object);
	} else {
		output_line(call, value);
	}
	return true;
}

static bool run(struct call *call, struct error *err)
{
	const char *name = call_operand(call, 0);
	if (!call_open(call, err)) {
		return false;
	}
	if (!name) {
		(call->json ? list_json : list_table)(call);
		return true;
	}
	if (!call_operand(call, 1)) {
		return show_one(call, name, err);
	}
	struct change change = call_change(call, CHANGE_PREFERENCE);
	change.key = name;
	change.value = call_operand(call, 1);
	return call_apply_done(call, &change, _("it is so from now on"), err);
}

const struct subcommand command_preference = {
	.name = "preference",
	.group = GROUP_DAY,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_PREFERENCE, NULL, true, false},
		{VALUE_LINE, N_("VALUE"), true, false}},
	.summary = N_("list what you prefer in the console, or change it"),
	.text = N_("An empty value goes back to what is usual."),
	.example = "atende preference order waiting",
	.run = run,
};
