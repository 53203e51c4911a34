#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/output.h"

/* Answers: written ones and calls. */

/* --wait, --resolve REASON, --stay-open: one of them, or none where that is allowed. */
static bool take_outcome(struct call *call, bool needed, struct change *change, struct error *err)
{
	bool waits = call_flag(call, "wait");
	bool resolves = call_flag(call, "resolve");
	bool stays = call_flag(call, "stay-open");
	if (waits + resolves + stays > 1 || (needed && waits + resolves + stays == 0)) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("say what becomes of the ticket: one of --wait, --resolve REASON, "
			   "--stay-open"),
			NULL);
	}
	change->outcome = waits	     ? OUTCOME_WAIT
			  : resolves ? OUTCOME_RESOLVE
			  : stays    ? OUTCOME_STAY_OPEN
				     : OUTCOME_NONE;
	return true;
}

/* The generation of the operator's live claim; 0: he holds none, the reply claims. */
static bool own_generation(
	struct call *call, int64_t ticket, int64_t *generation, struct error *err)
{
	struct queue_page page = {0};
	*generation = 0;
	if (!store_rows(call->store, call->mem, &ticket, 1, &page, err)) {
		return false;
	}
	if (page.count && page.rows[0].claim.operator_id == store_actor(call->store)) {
		*generation = page.rows[0].claim.generation;
	}
	return true;
}

/* The store keeps a refused text with its author; the next holder may adopt it. */
static void tell_draft(struct call *call, int64_t ticket)
{
	struct queue_page page = {0};
	if (store_rows(call->store, call->mem, &ticket, 1, &page, NULL) && page.count &&
		page.rows[0].has_draft) {
		call_hint(call, _("the text is kept as your draft: \"atende drafts\" shows it"));
	}
}

static bool prepare_reply(struct call *call, struct change *change, struct error *err)
{
	change->ticket = call_ticket(call);
	change->seen = call_number(call, "seen");
	change->generation = call_number(call, "generation");
	change->separate = call_flag(call, "separate") ? FLAG_YES : FLAG_UNSET;
	change->channel = call_name(call, "channel");
	change->address = call_value(call, "to");
	if (!call_reason(call, "resolve", &change->reason, err) ||
		!call_text(call, true, &change->text, err) ||
		!call_attachments(call, &change->attachments, err)) {
		return false;
	}
	return change->generation || own_generation(call, change->ticket, &change->generation, err);
}

static bool run_reply(struct call *call, struct error *err)
{
	struct change outcome = {0};
	if (!take_outcome(call, true, &outcome, err) || !call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_REPLY);
	struct result result = {0};
	change.outcome = outcome.outcome;
	if (!prepare_reply(call, &change, err)) {
		return false;
	}
	if (call_apply(call, &change, &result, err)) {
		call_done(call, &result,
			_("ticket {0}: answered; \"atende undo {1}\" takes it back while it waits "
			  "to go out"),
			NULL);
		return true;
	}
	if (err->code == ERROR_CONFLICT) {
		tell_draft(call, change.ticket);
	}
	return false;
}

static const struct command_option reply_options[] = {
	{"wait", 0, VALUE_NONE, N_("then the ticket waits for the customer")},
	{"resolve", 0, VALUE_REASON, N_("then the ticket is resolved, for this reason")},
	{"stay-open", 0, VALUE_NONE, N_("then the ticket stays open: the customer still waits")},
	{"seen", 0, VALUE_NUMBER, N_("the newest message that you have read")},
	{"generation", 0, VALUE_NUMBER,
		N_("of the claim it was written under, else your live one")},
	{"channel", 0, VALUE_CHANNEL, N_("by which it goes, else the ticket's")},
	{"to", 0, VALUE_ADDRESS,
		N_("to which of the customer's addresses, else where the newest came from")},
	ATTACH_OPTION,
	{"separate", 0, VALUE_NONE, N_("though a colleague holds another ticket of the customer")},
};

const struct subcommand command_reply = {
	.name = "reply",
	.group = GROUP_ANSWER,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = reply_options,
	.option_count = ARRAY_LEN(reply_options),
	.summary = N_("answer the customer and end the claim"),
	.text = N_(
		"A free ticket is claimed first, by the same change. It is refused when somebody "
		"else holds the ticket, when the claim was lost, when something was written "
		"that --seen does not cover, and without --seen when the newest message is "
		"ours. A refused text is kept as a draft."),
	.example = "atende reply 1001 -F answer.txt --wait",
	.run = run_reply,
};

static bool take_span(struct call *call, struct change *change, struct error *err)
{
	int64_t span_ms = call_span(call, "for");
	if (!call_time(call, "from", &change->from_at, err) ||
		!call_time(call, "to", &change->to_at, err)) {
		return false;
	}
	if (span_ms) {
		change->to_at = change->to_at ? change->to_at : store_now(call->store);
		change->from_at = change->to_at - span_ms;
	}
	return true;
}

static bool prepare_call(struct call *call, struct change *change, struct error *err)
{
	int contact = call_name(call, "contact");
	change->contact = contact ? contact : CONTACT_ANSWERED;
	change->channel = call_flag(call, "counter") ? CHANNEL_COUNTER : CHANNEL_PHONE;
	change->direction = call_flag(call, "inbound") ? DIRECTION_IN : DIRECTION_OUT;
	return take_span(call, change, err) &&
	       call_when(call, "back", call_ticket(call), &change->until_at, err) &&
	       call_reason(call, "resolve", &change->reason, err) &&
	       call_text(call, false, &change->text, err) &&
	       call_attachments(call, &change->attachments, err);
}

static bool run_call(struct call *call, struct error *err)
{
	struct change outcome = {0};
	if (!take_outcome(call, false, &outcome, err) || !call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_CALL);
	change.outcome = outcome.outcome;
	return prepare_call(call, &change, err) &&
	       call_ticket_change(call, &change, _("ticket {0}: the call is recorded"), err);
}

static const struct command_option call_options[] = {
	{"contact", 0, VALUE_CONTACT, N_("how it went, else answered")},
	{"inbound", 0, VALUE_NONE, N_("the customer called")},
	{"counter", 0, VALUE_NONE, N_("at the counter, not by telephone")},
	{"from", 0, VALUE_TIME, N_("when it began")},
	{"to", 0, VALUE_TIME, N_("when it ended")},
	{"for", 0, VALUE_SPAN, N_("how long it took, until now or --to")},
	{"back", 0, VALUE_TIME, N_("when to call back: the ticket is put off until then")},
	{"wait", 0, VALUE_NONE, N_("then the ticket waits for the customer")},
	{"resolve", 0, VALUE_REASON, N_("then the ticket is resolved, for this reason")},
	{"stay-open", 0, VALUE_NONE, N_("then the ticket stays open")},
	ATTACH_OPTION,
};

const struct subcommand command_call = {
	.name = "call",
	.group = GROUP_ANSWER,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = call_options,
	.option_count = ARRAY_LEN(call_options),
	.summary = N_("record a call or a contact at the counter"),
	.text = N_("A call that the customer took is an answer, by whatever channel he had "
		   "written."),
	.example = "atende call 1001 --contact no_answer --back 2h",
	.run = run_call,
};
