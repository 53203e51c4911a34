#include "cli/call.h"

#include "base/mem.h"
#include "base/timestamp.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/table.h"
#include "codec/directory_json.h"
#include "core/problem.h"

#include <string.h>

/* Operators, teams, reasons, prepared answers: listing and setting them. */

typedef struct json *directory_json_fn(const void *mem, const struct directory *directory);
typedef void print_fn(struct call *call);

/* Lists one part of the directory, as JSON or as a table. */
static bool list(struct call *call, directory_json_fn *json, print_fn *print, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, json(call->mem, call->directory));
	} else {
		print(call);
	}
	return true;
}

static const char *team_key(struct call *call, int64_t id)
{
	const struct team *team = directory_team(call->directory, id);
	return team ? team->key : "";
}

static char *team_keys(struct call *call, const struct operator_ *operator_)
{
	char *keys = mem_strdup(call->mem, "");
	for (size_t i = 0; i < operator_->team_count; i++) {
		keys = mem_check(talloc_asprintf_append_buffer(
			keys, "%s%s", i ? "," : "", team_key(call, operator_->teams[i])));
	}
	return keys;
}

static const char *yes_no(bool value)
{
	return value ? _("yes") : _("no");
}

static void print_operators(struct call *call)
{
	const struct table_column columns[] = {{_("Login"), false, 0, 0}, {_("Name"), false, 10, 0},
		{_("Role"), false, 0, 0}, {_("Teams"), false, 10, 0}, {_("Enabled"), false, 0, 0},
		{_("Since"), false, 0, 0}};
	struct table *table = table_create(call, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < call->directory->operator_count; i++) {
		const struct operator_ *operator_ = &call->directory->operators[i];
		table_cell(table, operator_->login);
		table_cell(table, operator_->name);
		table_cell(table, output_word(&role_names, (int)operator_->role));
		table_cell(table, team_keys(call, operator_));
		table_cell(table, yes_no(operator_->enabled));
		table_cell(table, output_time(call, operator_->signed_in_at));
	}
	table_print(table);
}

static bool run_operator(struct call *call, struct error *err)
{
	return list(call, operators_json, print_operators, err);
}

const struct subcommand command_operator = {
	.name = "operator",
	.group = GROUP_SETUP,
	.summary = N_("list the operators"),
	.run = run_operator,
};

/* A change of the row whose key is the first operand. */
static bool set_row(struct call *call, struct change *change, struct error *err)
{
	struct result result = {0};
	change->key = call_operand(call, 0);
	if (!call_apply(call, change, &result, err)) {
		return false;
	}
	call_done(call, &result, _("{2} is set"), change->key);
	return true;
}

static bool run_operator_set(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_OPERATOR);
	change.name = call_value(call, "name");
	change.role = call_name(call, "role");
	change.value = call_value(call, "teams");
	change.enabled = call_name(call, "enabled");
	return set_row(call, &change, err);
}

static const struct command_option operator_options[] = {
	{"name", 0, VALUE_LINE, N_("the name that colleagues read")},
	{"role", 0, VALUE_ROLE, N_("what the operator may do")},
	{"teams", 0, VALUE_LINE, N_("keys of all the teams, with commas between")},
	{"enabled", 0, VALUE_FLAG, N_("no: may not act any more")},
};

const struct subcommand command_operator_set = {
	.name = "operator set",
	.group = GROUP_SETUP,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_OPERATOR, N_("LOGIN"), false, false}},
	.options = operator_options,
	.option_count = ARRAY_LEN(operator_options),
	.summary = N_("add an operator or change one (admins)"),
	.example = "atende operator set ana --name 'Ana Ribeiro' --teams entrega,troca",
	.run = run_operator_set,
};

static void print_teams(struct call *call)
{
	const struct table_column columns[] = {{_("Key"), false, 0, 0}, {_("Name"), false, 10, 0},
		{_("Calendar"), false, 0, 0}, {_("Questions in"), true, 0, 0}};
	struct table *table = table_create(call, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < call->directory->team_count; i++) {
		const struct team *team = &call->directory->teams[i];
		const struct calendar *calendar =
			directory_calendar(call->directory, team->calendar);
		table_cell(table, team->key);
		table_cell(table, team->name);
		table_cell(table, calendar ? calendar->name : "-");
		table_cell(table,
			team->question_ms ? timestamp_span(call->mem, team->question_ms) : "-");
	}
	table_print(table);
}

static bool run_team(struct call *call, struct error *err)
{
	return list(call, teams_json, print_teams, err);
}

const struct subcommand command_team = {
	.name = "team",
	.group = GROUP_SETUP,
	.summary = N_("list the teams"),
	.run = run_team,
};

static bool find_calendar(struct call *call, const char *key, int64_t *id, struct error *err)
{
	*id = key && strcmp(key, "none") == 0 ? ID_NONE : 0;
	for (size_t i = 0; key && i < call->directory->calendar_count; i++) {
		if (strcmp(call->directory->calendar_rows[i].key, key) == 0) {
			*id = call->directory->calendar_rows[i].id;
		}
	}
	return !key || *id || problem(err, PROBLEM_NO_CALENDAR, key, NULL);
}

static bool run_team_set(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_TEAM);
	change.name = call_value(call, "name");
	change.question_ms = call_span(call, "questions");
	return find_calendar(call, call_value(call, "calendar"), &change.calendar, err) &&
	       set_row(call, &change, err);
}

static const struct command_option team_options[] = {
	{"name", 0, VALUE_LINE, N_("the name that people read")},
	{"calendar", 0, VALUE_CALENDAR, N_("its working hours; none: day and night")},
	{"questions", 0, VALUE_SPAN, N_("working time to answer another team's question")},
};

const struct subcommand command_team_set = {
	.name = "team set",
	.group = GROUP_SETUP,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TEAM, N_("KEY"), false, false}},
	.options = team_options,
	.option_count = ARRAY_LEN(team_options),
	.summary = N_("add a team or change one (admins)"),
	.example = "atende team set entrega --name Entrega --calendar loja --questions 4h",
	.run = run_team_set,
};

static const char *reason_key(struct call *call, int64_t id)
{
	const struct reason *reason = directory_reason(call->directory, id);
	return reason ? reason->key : "";
}

static void print_reasons(struct call *call)
{
	const struct table_column columns[] = {{_("Key"), false, 0, 0}, {_("Name"), false, 10, 0},
		{_("Below"), false, 0, 0}, {_("Enabled"), false, 0, 0}};
	struct table *table = table_create(call, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < call->directory->reason_count; i++) {
		const struct reason *reason = &call->directory->reasons[i];
		table_cell(table, reason->key);
		table_cell(table, reason->name);
		table_cell(table, reason_key(call, reason->parent));
		table_cell(table, yes_no(reason->enabled));
	}
	table_print(table);
}

static bool run_reasons(struct call *call, struct error *err)
{
	return list(call, reasons_json, print_reasons, err);
}

const struct subcommand command_reasons = {
	.name = "reasons",
	.group = GROUP_SETUP,
	.summary = N_("list the reasons for which customers make contact"),
	.run = run_reasons,
};

static bool run_reasons_set(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_REASON);
	change.name = call_value(call, "name");
	change.enabled = call_name(call, "enabled");
	const char *below = call_value(call, "below");
	if (below && strcmp(below, "none") == 0) {
		change.reason = ID_NONE;
	} else if (!call_reason(call, "below", &change.reason, err)) {
		return false;
	}
	return set_row(call, &change, err);
}

static const struct command_option reason_options[] = {
	{"name", 0, VALUE_LINE, N_("the name that people read")},
	{"below", 0, VALUE_REASON,
		N_("the broader reason that it is a part of; none: it stands alone")},
	{"enabled", 0, VALUE_FLAG, N_("no: cannot be chosen any more")},
};

const struct subcommand command_reasons_set = {
	.name = "reasons set",
	.group = GROUP_SETUP,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_REASON, N_("KEY"), false, false}},
	.options = reason_options,
	.option_count = ARRAY_LEN(reason_options),
	.summary = N_("add a reason or change one (supervisors)"),
	.example = "atende reasons set atraso --name 'Entrega atrasada' --below entrega",
	.run = run_reasons_set,
};
