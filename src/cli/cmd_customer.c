#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "codec/customer_json.h"

#include <string.h>

/* Customers, their addresses and the remarks that stay with them. */

static bool run_show(struct call *call, struct error *err)
{
	int64_t id;
	struct customer_view view;
	if (!call_open(call, err) || !call_customer(call, call_operand(call, 0), &id, err) ||
		!store_customer(call->store, call->mem, id, &view, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, customer_view_json(call->mem, &view, call->directory));
	} else {
		print_customer(call, &view, 0);
	}
	return true;
}

const struct subcommand command_customer = {
	.name = "customer",
	.group = GROUP_CUSTOMER,
	.arguments = {{VALUE_CUSTOMER, NULL, false, false}},
	.summary = N_("show a customer: addresses, notes, tickets"),
	.text = N_("By number, or by any of the addresses: e-mail, telephone, CPF, CNPJ, @name."),
	.example = "atende customer maria@exemplo.example",
	.run = run_show,
};

static void take_details(struct call *call, struct change *change)
{
	change->channel = call_name(call, "channel");
	change->do_not_call = call_name(call, "do-not-call");
	change->shared = call_name(call, "shared");
}

static bool run_new(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_CUSTOMER_NEW);
	change.name = call_operand(call, 0);
	change.address = call_value(call, "address");
	change.ref = call_value(call, "ref");
	take_details(call, &change);
	struct result result = {0};
	if (!call_apply(call, &change, &result, err)) {
		return false;
	}
	call_done(call, &result, "{0}", NULL);
	return true;
}

static const struct command_option new_options[] = {
	{"address", 0, VALUE_ADDRESS, N_("an address: e-mail, telephone, CPF, CNPJ, @name")},
	{"channel", 0, VALUE_CHANNEL, N_("the channel that the customer prefers")},
	{"do-not-call", 0, VALUE_FLAG, N_("never to be called")},
	{"shared", 0, VALUE_FLAG, N_("an organisation: claims do not cover its other tickets")},
	{"ref", 0, VALUE_LINE, N_("its number in another system")},
};

const struct subcommand command_customer_new = {
	.name = "customer new",
	.group = GROUP_CUSTOMER,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_LINE, N_("NAME"), false, false}},
	.options = new_options,
	.option_count = ARRAY_LEN(new_options),
	.summary = N_("enter a customer; prints the number"),
	.example = "atende customer new 'Maria Souza' --address maria@exemplo.example",
	.run = run_new,
};

/* A change of the customer that is the first operand. */
static bool customer_change(
	struct call *call, struct change *change, const char *done, struct error *err)
{
	return call_customer(call, call_operand(call, 0), &change->customer, err) &&
	       call_apply_done(call, change, done, err);
}

static bool run_edit(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_CUSTOMER);
	change.name = call_value(call, "name");
	take_details(call, &change);
	if (!change.name && !change.channel && !change.do_not_call && !change.shared) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("say what to change: --name, --channel, --do-not-call, --shared"), NULL);
	}
	return customer_change(call, &change, _("customer {0} is changed"), err);
}

static const struct command_option edit_options[] = {
	{"name", 0, VALUE_LINE, N_("the customer's name")},
	{"channel", 0, VALUE_CHANNEL, N_("the channel that the customer prefers")},
	{"do-not-call", 0, VALUE_FLAG, N_("never to be called")},
	{"shared", 0, VALUE_FLAG, N_("an organisation: claims do not cover its other tickets")},
};

const struct subcommand command_customer_edit = {
	.name = "customer edit",
	.group = GROUP_CUSTOMER,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_CUSTOMER, NULL, false, false}},
	.options = edit_options,
	.option_count = ARRAY_LEN(edit_options),
	.summary = N_("change a customer's name, preferred channel and the like"),
	.example = "atende customer edit 12 --do-not-call yes",
	.run = run_edit,
};

static bool run_address(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	bool removes = call_flag(call, "remove");
	struct change change =
		call_change(call, removes ? CHANGE_ADDRESS_REMOVE : CHANGE_ADDRESS_ADD);
	change.address = call_operand(call, 1);
	return customer_change(call, &change,
		removes ? _("customer {0}: the address is removed")
			: _("customer {0}: the address is added"),
		err);
}

static const struct command_option address_options[] = {
	{"remove", 0, VALUE_NONE, N_("remove it instead")},
};

const struct subcommand command_customer_address = {
	.name = "customer address",
	.group = GROUP_CUSTOMER,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_CUSTOMER, NULL, false, false}, {VALUE_ADDRESS, NULL, false, false}},
	.options = address_options,
	.option_count = ARRAY_LEN(address_options),
	.summary = N_("add an address to a customer, or remove one"),
	.example = "atende customer address 12 +5511912340001",
	.run = run_address,
};

static bool run_note(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_CUSTOMER_NOTE);
	change.pinned = call_flag(call, "pinned") ? FLAG_YES : FLAG_UNSET;
	return call_text(call, true, &change.text, err) &&
	       customer_change(call, &change, _("customer {0}: noted, note {1}"), err);
}

static const struct command_option note_options[] = {
	{"pinned", 0, VALUE_NONE, N_("it stands first, on every ticket of the customer")},
};

const struct subcommand command_customer_note = {
	.name = "customer note",
	.group = GROUP_CUSTOMER,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_CUSTOMER, NULL, false, false}},
	.options = note_options,
	.option_count = ARRAY_LEN(note_options),
	.summary = N_("write a remark that stays with the customer"),
	.example = "atende customer note 12 --pinned -m 'Prefere ser chamada de Bia'",
	.run = run_note,
};

static bool run_note_edit(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_CUSTOMER_NOTE_EDIT);
	change.note = call_operand_number(call, 1);
	change.pinned = call_name(call, "pin");
	change.enabled = call_flag(call, "remove") ? FLAG_NO : FLAG_UNSET;
	if (!call_text(call, false, &change.text, err)) {
		return false;
	}
	if (!change.pinned && !change.enabled && !change.text) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("say what to change: -F, -m, --pin, --remove"), NULL);
	}
	return customer_change(call, &change, _("customer {0}: the note is changed"), err);
}

static const struct command_option note_edit_options[] = {
	{"pin", 0, VALUE_FLAG, N_("whether it stands first")},
	{"remove", 0, VALUE_NONE, N_("take it out of sight; the log keeps it")},
};

const struct subcommand command_customer_note_edit = {
	.name = "customer note-edit",
	.group = GROUP_CUSTOMER,
	.flags = COMMAND_TEXT | COMMAND_CHANGES,
	.arguments = {{VALUE_CUSTOMER, NULL, false, false},
		{VALUE_NUMBER, N_("NOTE"), false, false}},
	.options = note_edit_options,
	.option_count = ARRAY_LEN(note_edit_options),
	.summary = N_("change, pin or remove a customer note"),
	.run = run_note_edit,
};

static bool run_merge(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_CUSTOMER_MERGE);
	return call_customer(call, call_operand(call, 1), &change.other, err) &&
	       customer_change(
		       call, &change, _("merged; \"atende undo {1}\" parts them again"), err);
}

const struct subcommand command_customer_merge = {
	.name = "customer merge",
	.group = GROUP_CUSTOMER,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_CUSTOMER, NULL, false, false},
		{VALUE_CUSTOMER, N_("INTO"), false, false}},
	.summary = N_("merge a customer into another one, who is the same person"),
	.text = N_("Tickets, addresses and notes go there."),
	.run = run_merge,
};
