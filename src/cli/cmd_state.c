#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"

/* The situation of a ticket. */

static bool apply_kind(
	struct call *call, enum change_kind kind, const char *done, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, kind);
	return call_ticket_change(call, &change, done, err);
}

static bool run_wait(struct call *call, struct error *err)
{
	return apply_kind(call, CHANGE_WAIT, _("ticket {0} waits for the customer"), err);
}

static bool run_reopen(struct call *call, struct error *err)
{
	return apply_kind(call, CHANGE_REOPEN, _("ticket {0} is open again"), err);
}

static bool run_no_answer(struct call *call, struct error *err)
{
	return apply_kind(call, CHANGE_NO_ANSWER, _("ticket {0} needs no answer"), err);
}

#define ONE_TICKET                                                                                 \
	{                                                                                          \
		{                                                                                  \
			VALUE_TICKET, NULL, false, false                                           \
		}                                                                                  \
	}

const struct subcommand command_wait = {
	.name = "wait",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = ONE_TICKET,
	.summary = N_("let a ticket wait for the customer"),
	.run = run_wait,
};

const struct subcommand command_reopen = {
	.name = "reopen",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = ONE_TICKET,
	.summary = N_("open a ticket again"),
	.run = run_reopen,
};

const struct subcommand command_no_answer = {
	.name = "no-answer",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = ONE_TICKET,
	.summary = N_("say that the customer's last message needs no answer"),
	.text = N_("For the \"thanks\" after a resolve: the ticket gets its former state back, and "
		   "the reopening does not count."),
	.run = run_no_answer,
};

static bool has_reasons(const struct directory *directory)
{
	bool has = false;
	for (size_t i = 0; i < directory->reason_count && !has; i++) {
		has = directory->reasons[i].enabled;
	}
	return has;
}

static bool run_resolve(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_RESOLVE);
	if (!call_value(call, "reason") && has_reasons(call->directory)) {
		return error_set_reason(err, ERROR_INVALID, "missing",
			N_("the reason is missing; give it with --reason, \"atende reasons\" lists "
			   "them"),
			NULL);
	}
	return call_reason(call, "reason", &change.reason, err) &&
	       call_ticket_change(call, &change, _("ticket {0} is resolved"), err);
}

static const struct command_option resolve_options[] = {
	{"reason", 0, VALUE_REASON, N_("why the customer made contact")},
};

const struct subcommand command_resolve = {
	.name = "resolve",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = ONE_TICKET,
	.options = resolve_options,
	.option_count = ARRAY_LEN(resolve_options),
	.summary = N_("resolve a ticket without another word"),
	.example = "atende resolve 1001 --reason entrega",
	.run = run_resolve,
};

static bool run_snooze(struct call *call, struct error *err)
{
	if (!call_value(call, "until")) {
		return error_set_reason(
			err, ERROR_USAGE, "usage", N_("say until when: --until TIME"), NULL);
	}
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_SNOOZE);
	return call_when(call, "until", call_ticket(call), &change.until_at, err) &&
	       call_ticket_change(call, &change, _("ticket {0} is put off"), err);
}

static const struct command_option snooze_options[] = {
	{"until", 0, VALUE_TIME,
		N_("when it is open again, as people say it: 2h, \"tomorrow 9h\", \"fri 14:00\", "
		   "26/11")},
};

const struct subcommand command_snooze = {
	.name = "snooze",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = ONE_TICKET,
	.options = snooze_options,
	.option_count = ARRAY_LEN(snooze_options),
	.summary = N_("put a ticket off until a time"),
	.text = N_("A customer's message opens it earlier."),
	.example = "atende snooze 1001 --until 'fri 14:00'",
	.run = run_snooze,
};

static bool take_discard(struct call *call, struct change *change, struct error *err)
{
	bool spam = call_flag(call, "spam");
	bool test = call_flag(call, "test");
	change->other = call_number(call, "duplicate-of");
	if (spam + test + (change->other != 0) != 1) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("say why: one of --spam, --test, --duplicate-of N"), NULL);
	}
	change->discard = spam ? DISCARD_SPAM : test ? DISCARD_TEST : DISCARD_DUPLICATE;
	return true;
}

static bool run_discard(struct call *call, struct error *err)
{
	struct change why = {0};
	if (!take_discard(call, &why, err) || !call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_DISCARD);
	change.discard = why.discard;
	change.other = why.other;
	return call_ticket_change(call, &change, _("ticket {0} is discarded"), err);
}

static const struct command_option discard_options[] = {
	{"spam", 0, VALUE_NONE, N_("it is no customer's")},
	{"test", 0, VALUE_NONE, N_("it was a test")},
	{"duplicate-of", 0, VALUE_TICKET, N_("the same was said on another ticket")},
};

const struct subcommand command_discard = {
	.name = "discard",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = ONE_TICKET,
	.options = discard_options,
	.option_count = ARRAY_LEN(discard_options),
	.summary = N_("discard a ticket: spam, test, duplicate"),
	.run = run_discard,
};

static bool run_priority(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_PRIORITY);
	change.priority = call_operand_name(call, 1);
	return call_ticket_change(call, &change, _("ticket {0}: the priority is changed"), err);
}

const struct subcommand command_priority = {
	.name = "priority",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}, {VALUE_PRIORITY, NULL, false, false}},
	.summary = N_("change the priority"),
	.example = "atende priority 1001 high",
	.run = run_priority,
};

static bool run_undo(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_UNDO);
	change.undo = call_operand_number(call, 0);
	return call_apply_done(call, &change, _("undone"), err);
}

const struct subcommand command_undo = {
	.name = "undo",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_NUMBER, N_("REVISION"), false, false}},
	.summary = N_("take a change back, by its revision"),
	.text = N_("A reply, while it waits to go out: its text is a draft again. States, "
		   "transfers, merges, splits and the like, while nothing else has altered the "
		   "ticket. \"atende log N\" shows the revisions of a ticket."),
	.example = "atende undo 4711",
	.run = run_undo,
};
