#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"

/* Between colleagues. */

static bool run_transfer(struct call *call, struct error *err)
{
	if (!call_value(call, "team") && !call_value(call, "to")) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("say to whom: --team TEAM, --to OPERATOR, or both"), NULL);
	}
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_TRANSFER);
	return call_team(call, "team", &change.team, err) &&
	       call_operator(call, "to", &change.operator_id, err) &&
	       call_text(call, false, &change.text, err) &&
	       call_ticket_change(call, &change, _("ticket {0} is transferred"), err);
}

static const struct command_option transfer_options[] = {
	{"team", 0, VALUE_TEAM, N_("to this team; \"none\": everybody's")},
	{"to", 0, VALUE_OPERATOR, N_("to this operator")},
};

const struct subcommand command_transfer = {
	.name = "transfer",
	.group = GROUP_TEAM,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = transfer_options,
	.option_count = ARRAY_LEN(transfer_options),
	.summary = N_("hand a ticket to another team or operator"),
	.text = N_("The text, if one is given, becomes an internal note. Your claim ends; the "
		   "customer's clock runs on."),
	.example = "atende transfer 1001 --team cobranca -m 'Cobrado em dobro'",
	.run = run_transfer,
};

static bool run_escalate(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_ESCALATE);
	return call_text(call, false, &change.text, err) &&
	       call_ticket_change(call, &change, _("ticket {0} is escalated"), err);
}

const struct subcommand command_escalate = {
	.name = "escalate",
	.group = GROUP_TEAM,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.summary = N_("raise the priority and tell the supervisors"),
	.run = run_escalate,
};

static bool run_ask(struct call *call, struct error *err)
{
	if (!call_value(call, "team")) {
		return error_set_reason(
			err, ERROR_USAGE, "usage", N_("say which team to ask: --team TEAM"), NULL);
	}
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_ASK);
	return call_team(call, "team", &change.team, err) &&
	       call_text(call, true, &change.text, err) &&
	       call_ticket_change(call, &change, _("ticket {0}: asked, question {1}"), err);
}

static const struct command_option ask_options[] = {
	{"team", 0, VALUE_TEAM, N_("the team to ask")},
};

const struct subcommand command_ask = {
	.name = "ask",
	.group = GROUP_TEAM,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = ask_options,
	.option_count = ARRAY_LEN(ask_options),
	.summary = N_("ask another team inside the ticket"),
	.text = N_("The ticket stays where it is; the question has a clock of its own."),
	.example = "atende ask 1001 --team cobranca -m 'O estorno saiu?'",
	.run = run_ask,
};

static bool run_answer_question(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_ANSWER_QUESTION);
	change.question = call_operand_number(call, 1);
	return call_text(call, true, &change.text, err) &&
	       call_ticket_change(call, &change, _("ticket {0}: the question is answered"), err);
}

const struct subcommand command_answer_question = {
	.name = "answer-question",
	.group = GROUP_TEAM,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false},
		{VALUE_NUMBER, N_("QUESTION"), false, false}},
	.summary = N_("answer a question of another team"),
	.run = run_answer_question,
};

static bool run_merge(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_MERGE);
	change.other = call_operand_number(call, 1);
	return call_ticket_change(call, &change, _("ticket {0} is merged"), err);
}

const struct subcommand command_merge = {
	.name = "merge",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}, {VALUE_TICKET, N_("INTO"), false, false}},
	.summary = N_("merge a ticket into another one of the same customer"),
	.text = N_("All its texts go there, and the customer's waiting time counts from the "
		   "earlier one. \"atende undo REVISION\" parts them again."),
	.run = run_merge,
};

static bool run_split(struct call *call, struct error *err)
{
	if (!call_value(call, "from-message") || !call_value(call, "subject")) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("say where and what for: --from-message NUMBER, --subject TEXT"), NULL);
	}
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_SPLIT);
	change.message = call_number(call, "from-message");
	change.subject = call_value(call, "subject");
	return call_ticket_change(call, &change, _("the new ticket is {0}"), err);
}

static const struct command_option split_options[] = {
	{"from-message", 0, VALUE_NUMBER, N_("the first message that goes to the new ticket")},
	{"subject", 0, VALUE_LINE, N_("what the new ticket is about")},
};

const struct subcommand command_split = {
	.name = "split",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = split_options,
	.option_count = ARRAY_LEN(split_options),
	.summary = N_("make a new ticket of a message and all after it"),
	.run = run_split,
};
