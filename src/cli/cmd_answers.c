#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "codec/directory_json.h"
#include "core/problem.h"
#include "core/template.h"

#include <string.h>

/* Prepared answers: listing, filling in, setting. */

static void print_answer(struct call *call, const struct answer *answer)
{
	const struct team *team = directory_team(call->directory, answer->team);
	output_format(call, "%s%s%s%s: %s", answer->key, team ? ", " : "", team ? team->key : "",
		answer->enabled ? "" : _(", disabled"), answer->name);
	output_text(call, answer->text);
}

static const char *first_name(const void *mem, const char *name)
{
	return mem_strndup(mem, name, strcspn(name, " "));
}

/* The answer's text for a ticket; a variable without a value stays, with a warning. */
static bool fill(struct call *call, const struct answer *answer, char **text, struct error *err)
{
	struct ticket_view view;
	int64_t number = call_number(call, "ticket");
	if (!store_ticket(call->store, call->mem, number, &view, err)) {
		return false;
	}
	const struct operator_ *actor =
		directory_operator(call->directory, store_actor(call->store));
	const char *customer = view.customer.customer.name;
	const struct template_value values[] = {
		{"customer.name", customer},
		{"customer.first_name", first_name(call->mem, customer)},
		{"ticket.number", mem_printf(call->mem, "%lld", (long long)number)},
		{"ticket.subject", view.row.ticket.subject},
		{"operator.name", actor ? actor->name : ""},
		{"desk.name", call->directory->settings.desk_name},
		{"today", mem_strndup(call->mem, output_time(call, store_now(call->store)), 10)},
	};
	*text = template_fill(call->mem, answer->text, values, ARRAY_LEN(values));
	char *unfilled = template_unfilled(call->mem, *text);
	if (unfilled) {
		output_warning(
			call->cli, output_fill(call->mem,
					   _("{0} has no value here; fill it in before you send"),
					   unfilled, NULL));
	}
	return true;
}

static bool run_one(struct call *call, const char *key, struct error *err)
{
	const struct answer *answer = directory_answer_key(call->directory, key);
	if (!answer) {
		return problem(err, PROBLEM_NO_ANSWER, key, NULL);
	}
	char *text = answer->text;
	if (call_number(call, "ticket") && !fill(call, answer, &text, err)) {
		return false;
	}
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_text(object, "key", answer->key);
		json_add_text(object, "name", answer->name);
		json_add_text(object, "text", text);
		output_json(call, object);
	} else {
		output_line(call, text);
	}
	return true;
}

static bool run_list(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	if (call_operand(call, 0)) {
		return run_one(call, call_operand(call, 0), err);
	}
	if (call->json) {
		output_json(call, answers_json(call->mem, call->directory));
		return true;
	}
	for (size_t i = 0; i < call->directory->answer_count; i++) {
		print_answer(call, &call->directory->answers[i]);
	}
	return true;
}

static const struct command_option list_options[] = {
	{"ticket", 0, VALUE_TICKET, N_("fill its variables in for this ticket")},
};

const struct subcommand command_answers = {
	.name = "answers",
	.group = GROUP_ANSWER,
	.arguments = {{VALUE_ANSWER, NULL, true, false}},
	.options = list_options,
	.option_count = ARRAY_LEN(list_options),
	.summary = N_("list the prepared answers, or print one"),
	.text = N_("Variables: {{customer.name}}, {{customer.first_name}}, {{ticket.number}}, "
		   "{{ticket.subject}}, {{operator.name}}, {{desk.name}}, {{today}}."),
	.example = "atende answers rastreio --ticket 1001",
	.run = run_list,
};

static bool run_set(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_ANSWER);
	struct result result = {0};
	change.key = call_operand(call, 0);
	change.name = call_value(call, "name");
	change.enabled = call_name(call, "enabled");
	if (!call_team(call, "team", &change.team, err) ||
		!call_text(call, false, &change.text, err) ||
		!call_apply(call, &change, &result, err)) {
		return false;
	}
	call_done(call, &result, _("{2} is set"), change.key);
	return true;
}

static const struct command_option set_options[] = {
	{"name", 0, VALUE_LINE, N_("the name that people read")},
	{"team", 0, VALUE_TEAM, N_("only for this team; \"none\": everybody's")},
	{"enabled", 0, VALUE_FLAG, N_("no: is not offered any more")},
};

const struct subcommand command_answers_set = {
	.name = "answers set",
	.group = GROUP_SETUP,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_ANSWER, N_("KEY"), false, false}},
	.options = set_options,
	.option_count = ARRAY_LEN(set_options),
	.summary = N_("add a prepared answer or change one (supervisors)"),
	.example = "atende answers set rastreio --name Rastreio -F rastreio.txt",
	.run = run_set,
};
