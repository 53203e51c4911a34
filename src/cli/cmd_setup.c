#include "cli/call.h"

#include "base/bytes.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/table.h"
#include "codec/directory_json.h"

#include <string.h>

/* Calendars, targets and settings. */

static bool set_done(
	struct call *call, const struct change *change, const char *what, struct error *err)
{
	struct result result = {0};
	if (!call_apply(call, change, &result, err)) {
		return false;
	}
	call_done(call, &result, _("{2} is set"), what);
	return true;
}

static bool run_calendar(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, calendars_json(call->mem, call->directory));
		return true;
	}
	for (size_t i = 0; i < call->directory->calendar_count; i++) {
		const struct calendar_row *row = &call->directory->calendar_rows[i];
		output_format(call, "%s (%s)", row->key, row->zone);
		output_text(call, row->hours);
		output_text(call, row->holidays);
	}
	return true;
}

const struct subcommand command_calendar = {
	.name = "calendar",
	.group = GROUP_SETUP,
	.summary = N_("list the calendars: working hours and holidays"),
	.run = run_calendar,
};

static bool run_calendar_set(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_CALENDAR);
	change.key = call_operand(call, 0);
	change.value = call_value(call, "zone");
	change.hours = call_value(call, "hours");
	change.holidays = call_value(call, "holidays");
	return set_done(call, &change, change.key, err);
}

static const struct command_option calendar_options[] = {
	{"zone", 0, VALUE_LINE, N_("time zone, such as America/Sao_Paulo; else UTC")},
	{"hours", 0, VALUE_TEXT, N_("\"mon-fri 09:00-12:00 13:00-18:00; sat 09:00-13:00\"")},
	{"holidays", 0, VALUE_TEXT, N_("\"2026-12-25 2027-01-01\"")},
};

const struct subcommand command_calendar_set = {
	.name = "calendar set",
	.group = GROUP_SETUP,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_CALENDAR, N_("KEY"), false, false}},
	.options = calendar_options,
	.option_count = ARRAY_LEN(calendar_options),
	.summary = N_("add a calendar or change one (admins)"),
	.example =
		"atende calendar set loja --zone America/Sao_Paulo --hours 'mon-fri 09:00-18:00'",
	.run = run_calendar_set,
};

static const char *span_or_dash(struct call *call, int64_t span_ms)
{
	return span_ms ? timestamp_span(call->mem, span_ms) : "-";
}

static void print_targets(struct call *call)
{
	const struct table_column columns[] = {{_("Team"), false, 0, 0},
		{_("Channel"), false, 0, 0}, {_("Priority"), false, 0, 0},
		{_("First answer"), true, 0, 0}, {_("Next answer"), true, 0, 0},
		{_("Resolution"), true, 0, 0}};
	struct table *table = table_create(call, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < call->directory->target_count; i++) {
		const struct target *target = &call->directory->targets[i];
		const struct team *team = directory_team(call->directory, target->team);
		table_cell(table, team ? team->key : _("any"));
		table_cell(table, target->channel
					  ? output_word(&channel_names, (int)target->channel)
					  : _("any"));
		table_cell(table, target->priority
					  ? output_word(&priority_names, (int)target->priority)
					  : _("any"));
		table_cell(table, span_or_dash(call, target->first_answer_ms));
		table_cell(table, span_or_dash(call, target->next_answer_ms));
		table_cell(table, span_or_dash(call, target->resolution_ms));
	}
	table_print(table);
}

static bool run_target(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, targets_json(call->mem, call->directory));
	} else {
		print_targets(call);
	}
	return true;
}

const struct subcommand command_target = {
	.name = "target",
	.group = GROUP_SETUP,
	.summary = N_("list the targets: working time allowed to answer and to resolve"),
	.run = run_target,
};

static bool run_target_set(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_TARGET);
	change.channel = call_name(call, "channel");
	change.priority = call_name(call, "priority");
	change.first_answer_ms = call_span(call, "first-answer");
	change.next_answer_ms = call_span(call, "next-answer");
	change.resolution_ms = call_span(call, "resolution");
	return call_team(call, "team", &change.team, err) &&
	       set_done(call, &change, _("the target"), err);
}

static const struct command_option target_options[] = {
	{"team", 0, VALUE_TEAM, N_("of this team, else of any")},
	{"channel", 0, VALUE_CHANNEL, N_("on this channel, else on any")},
	{"priority", 0, VALUE_PRIORITY, N_("of this priority, else of any")},
	{"first-answer", 0, VALUE_SPAN, N_("to the first answer; not given: no target")},
	{"next-answer", 0, VALUE_SPAN, N_("to each further answer")},
	{"resolution", 0, VALUE_SPAN, N_("to the resolution")},
};

const struct subcommand command_target_set = {
	.name = "target set",
	.group = GROUP_SETUP,
	.flags = COMMAND_CHANGES,
	.options = target_options,
	.option_count = ARRAY_LEN(target_options),
	.summary = N_("set the target of a team, channel and priority (admins)"),
	.text = N_("The most specific one counts: team, then channel, then priority. It holds for "
		   "customers who begin to wait from now on. Without any span it is removed."),
	.example = "atende target set --channel chat --first-answer 5m --next-answer 10m",
	.run = run_target_set,
};

/* "25 MB", when it is no more and no less. */
static char *exact_bytes(struct call *call, int64_t size_bytes)
{
	char *text = bytes_format(call->mem, size_bytes);
	int64_t back = 0;
	bytes_parse(text, &back);
	return back == size_bytes ? text : mem_printf(call->mem, "%lld", (long long)size_bytes);
}

static char *setting_text(struct call *call, const struct setting_info *info)
{
	const char *at = (const char *)&call->directory->settings + info->offset;
	switch (info->type) {
	case SETTING_TEXT:
		return *(char *const *)at;
	case SETTING_DURATION:
		return timestamp_span(call->mem, *(const int64_t *)at);
	case SETTING_INT:
		return mem_printf(call->mem, "%lld", (long long)*(const int64_t *)at);
	case SETTING_BYTES:
		return exact_bytes(call, *(const int64_t *)at);
	case SETTING_BOOL:
		return mem_strdup(call->mem, *(const bool *)at ? "yes" : "no");
	}
	return NULL;
}

static bool run_setting(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, settings_json(call->mem, call->directory));
		return true;
	}
	const struct table_column columns[] = {{_("Setting"), false, 0, 0},
		{_("Value"), false, 10, 0}, {_("What it is"), false, 10, 0}};
	struct table *table = table_create(call, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < setting_info_count; i++) {
		table_cell(table, setting_infos[i].name);
		table_cell(table, setting_text(call, &setting_infos[i]));
		table_cell(table, _(setting_infos[i].summary));
	}
	table_print(table);
	return true;
}

const struct subcommand command_setting = {
	.name = "setting",
	.group = GROUP_SETUP,
	.summary = N_("list the settings of the desk"),
	.run = run_setting,
};

static bool run_setting_set(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_SETTING);
	change.key = call_operand(call, 0);
	change.value = call_operand(call, 1);
	return set_done(call, &change, change.key, err);
}

const struct subcommand command_setting_set = {
	.name = "setting set",
	.group = GROUP_SETUP,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_SETTING, NULL, false, false}, {VALUE_LINE, N_("VALUE"), false, false}},
	.summary = N_("change a setting of the desk (admins)"),
	.example = "atende setting set claim 3m",
	.run = run_setting_set,
};
