#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "core/problem.h"

/* Taking a ticket and letting it go. */

static bool run_claim(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_CLAIM);
	change.separate = call_flag(call, "separate") ? FLAG_YES : FLAG_UNSET;
	return call_ticket_change(call, &change, _("ticket {0} is yours"), err);
}

static const struct command_option claim_options[] = {
	{"separate", 0, VALUE_NONE, N_("though a colleague holds another ticket of the customer")},
};

const struct subcommand command_claim = {
	.name = "claim",
	.group = GROUP_ANSWER,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = claim_options,
	.option_count = ARRAY_LEN(claim_options),
	.summary = N_("take a ticket, so that nobody else answers it"),
	.text = N_("The claim ends by itself after the setting \"claim\" (120 s) unless a console "
		   "renews it. To claim what you hold already is a success and renews it. When "
		   "somebody else holds it, the status is 4 and the message names him."),
	.example = "atende claim 1001",
	.run = run_claim,
};

static bool run_release(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_RELEASE);
	change.generation = call_number(call, "generation");
	return call_ticket_change(call, &change, _("ticket {0} is free"), err);
}

static const struct command_option release_options[] = {
	{"generation", 0, VALUE_NUMBER, N_("only the claim of this generation")},
};

const struct subcommand command_release = {
	.name = "release",
	.group = GROUP_ANSWER,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = release_options,
	.option_count = ARRAY_LEN(release_options),
	.summary = N_("let a ticket go that you hold"),
	.run = run_release,
};

static bool run_take_over(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_TAKE_OVER);
	return call_ticket_change(call, &change, _("ticket {0} is yours"), err);
}

const struct subcommand command_take_over = {
	.name = "take-over",
	.group = GROUP_TEAM,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.summary = N_("take a ticket from the operator who holds it (supervisors)"),
	.text = N_("What he has typed stays his draft, which you can adopt."),
	.run = run_take_over,
};

static bool run_ask_for(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_ASK_FOR);
	return call_ticket_change(
		call, &change, _("whoever holds ticket {0} is told that you ask for it"), err);
}

const struct subcommand command_ask_for = {
	.name = "ask-for",
	.group = GROUP_TEAM,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.summary = N_("ask the operator who holds a ticket for it"),
	.text = N_("His console tells him, and he hands it over or writes you a memo. When nobody "
		   "holds it the status is 4: take it."),
	.example = "atende ask-for 1001",
	.run = run_ask_for,
};

static bool run_hand_over(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	const char *login = call_operand(call, 1);
	const struct operator_ *taker = directory_login(call->directory, login);
	if (!taker) {
		return problem(err, PROBLEM_NO_OPERATOR, login, NULL);
	}
	struct change change = call_change(call, CHANGE_HAND_OVER);
	change.operator_id = taker->id;
	change.generation = call_number(call, "generation");
	return call_ticket_change(call, &change, _("ticket {0} is handed over"), err);
}

const struct subcommand command_hand_over = {
	.name = "hand-over",
	.group = GROUP_TEAM,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}, {VALUE_OPERATOR, NULL, false, false}},
	.options = release_options,
	.option_count = ARRAY_LEN(release_options),
	.summary = N_("give a ticket that you hold, and your draft, to a colleague"),
	.text = N_("He holds it from then on and goes on with your draft, of which your bin keeps "
		   "a copy. It is refused when he may not see the ticket or holds too many."),
	.example = "atende hand-over 1001 bruno",
	.run = run_hand_over,
};
