#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/output.h"

/* A ticket's beginning, and what else is written on it. */

static bool run_new(struct call *call, struct error *err)
{
	const char *address = call_value(call, "customer");
	if (!call_value(call, "channel") || !address || !call_value(call, "subject")) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("a ticket needs --channel, --customer and --subject; give them"), NULL);
	}
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_NEW);
	change.channel = call_name(call, "channel");
	change.priority = call_name(call, "priority");
	change.address = address;
	change.subject = call_value(call, "subject");
	change.name = call_value(call, "name");
	change.ref = call_value(call, "ref");
	change.direction = call_flag(call, "outbound") ? DIRECTION_OUT : DIRECTION_NONE;
	struct result result = {0};
	if (!call_team(call, "team", &change.team, err) ||
		!call_text(call, true, &change.text, err) ||
		!call_attachments(call, &change.attachments, err) ||
		!call_apply(call, &change, &result, err)) {
		return false;
	}
	call_done(call, &result, "{0}", NULL);
	return true;
}

static const struct command_option new_options[] = {
	{"channel", 0, VALUE_CHANNEL, N_("by which the customer came")},
	{"customer", 0, VALUE_ADDRESS, N_("an address: e-mail, telephone, CPF, CNPJ, @name")},
	{"subject", 0, VALUE_LINE, N_("what it is about")},
	{"name", 0, VALUE_LINE, N_("the customer's name, when the address is new")},
	{"team", 0, VALUE_TEAM, N_("whose it is")},
	{"priority", 0, VALUE_PRIORITY, N_("else normal")},
	{"outbound", 0, VALUE_NONE, N_("we write first: the text goes to the customer")},
	{"ref", 0, VALUE_LINE, N_("its number in another system")},
	ATTACH_OPTION,
};

const struct subcommand command_new = {
	.name = "new",
	.group = GROUP_ANSWER,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.options = new_options,
	.option_count = ARRAY_LEN(new_options),
	.summary = N_("open a ticket; prints its number"),
	.text = N_("The text is the customer's first message; with --outbound it is ours, and the "
		   "ticket waits for the customer. An address that is not known makes a new "
		   "customer."),
	.example = "atende new --channel phone --customer +5511912340001 --subject Troca -F -",
	.run = run_new,
};

static bool run_receive(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_RECEIVE);
	change.channel = call_name(call, "channel");
	change.address = call_value(call, "from");
	return call_text(call, true, &change.text, err) &&
	       call_attachments(call, &change.attachments, err) &&
	       call_ticket_change(
		       call, &change, _("ticket {0}: the customer's message is there"), err);
}

static const struct command_option receive_options[] = {
	{"channel", 0, VALUE_CHANNEL, N_("by which it came, else the ticket's")},
	{"from", 0, VALUE_ADDRESS, N_("from which of the customer's addresses")},
	ATTACH_OPTION,
};

const struct subcommand command_receive = {
	.name = "receive",
	.group = GROUP_ANSWER,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = receive_options,
	.option_count = ARRAY_LEN(receive_options),
	.summary = N_("record a customer's message on a ticket"),
	.text = N_("It opens a ticket that waits, is put off, or was resolved a short while ago; "
		   "later it opens a new one that is linked to the old. Prints the number."),
	.example = "atende receive 1001 -F mail.txt",
	.run = run_receive,
};

static bool run_note(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_NOTE);
	return call_text(call, true, &change.text, err) &&
	       call_attachments(call, &change.attachments, err) &&
	       call_ticket_change(call, &change, _("ticket {0}: noted"), err);
}

static const struct command_option note_options[] = {
	ATTACH_OPTION,
};

const struct subcommand command_note = {
	.name = "note",
	.group = GROUP_ANSWER,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = note_options,
	.option_count = ARRAY_LEN(note_options),
	.summary = N_("write an internal note; the customer never gets it"),
	.text = N_("Whoever is mentioned (@bruno) sees the ticket from then on."),
	.example = "atende note 1001 -m 'Ligar para a transportadora @bruno'",
	.run = run_note,
};

static bool run_subject(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_SUBJECT);
	change.subject = call_operand(call, 1);
	return call_ticket_change(call, &change, _("ticket {0}: the subject is changed"), err);
}

const struct subcommand command_subject = {
	.name = "subject",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false},
		{VALUE_LINE, N_("SUBJECT"), false, false}},
	.summary = N_("change the subject"),
	.run = run_subject,
};

/* One change a tag; the first refusal ends it. */
static bool change_tags(
	struct call *call, enum change_kind kind, const char *done, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct result result = {0};
	for (size_t i = 1; call_operand(call, i); i++) {
		struct change change = call_change(call, kind);
		if (i > 1) {
			change.id = uuid_make(store_now(call->store));
		}
		change.ticket = call_ticket(call);
		change.key = call_operand(call, i);
		if (!call_apply(call, &change, &result, err)) {
			return false;
		}
	}
	call_done(call, &result, done, NULL);
	return true;
}

static bool run_tag(struct call *call, struct error *err)
{
	return change_tags(call, CHANGE_TAG, _("ticket {0}: tagged"), err);
}

static bool run_untag(struct call *call, struct error *err)
{
	return change_tags(call, CHANGE_UNTAG, _("ticket {0}: the tag is off"), err);
}

const struct subcommand command_tag = {
	.name = "tag",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}, {VALUE_LINE, N_("TAG"), false, true}},
	.summary = N_("put tags on a ticket"),
	.example = "atende tag 1001 vip late",
	.run = run_tag,
};

const struct subcommand command_untag = {
	.name = "untag",
	.group = GROUP_STATE,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_TICKET, NULL, false, false}, {VALUE_LINE, N_("TAG"), false, true}},
	.summary = N_("take tags off a ticket"),
	.run = run_untag,
};
