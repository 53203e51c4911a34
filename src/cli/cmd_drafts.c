#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/output.h"
#include "codec/ticket_json.h"
#include "core/problem.h"

/* Unfinished texts. */

static bool run_list(struct call *call, struct error *err)
{
	struct draft_list list;
	if (!call_open(call, err) ||
		!store_drafts(call->store, call->mem, call_flag(call, "bin"), &list, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, draft_list_json(call->mem, &list, call->directory));
		return true;
	}
	for (size_t i = 0; i < list.count; i++) {
		const struct draft *draft = &list.drafts[i];
		output_format(call, "%lld %s %s %s", (long long)draft->ticket,
			output_word(&draft_kind_names, (int)draft->kind),
			directory_login_of(call->directory, draft->operator_id),
			output_time(call, draft->updated_at));
		output_text(call, draft->text);
		print_attachments(call, &draft->attachments);
	}
	if (list.count == 0) {
		output_line(call, _("no drafts"));
	}
	return true;
}

static const struct command_option list_options[] = {
	{"bin", 0, VALUE_NONE, N_("those thrown away")},
};

const struct subcommand command_drafts = {
	.name = "drafts",
	.group = GROUP_ANSWER,
	.options = list_options,
	.option_count = ARRAY_LEN(list_options),
	.summary = N_("list your unfinished texts, and those you may adopt"),
	.run = run_list,
};

static enum draft_kind kind_of(struct call *call)
{
	int kind = call_name(call, "kind");
	return kind ? (enum draft_kind)kind : DRAFT_REPLY;
}

static bool done(struct call *call, const char *text)
{
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_bool(object, "ok", true);
		json_add_int(object, "ticket", call_ticket(call));
		output_json(call, object);
	} else {
		output_line(call, text);
	}
	return true;
}

static const struct command_option kind_options[] = {
	{"kind", 0, VALUE_DRAFT, N_("what it is, else a reply")},
};

static const struct command_option save_options[] = {
	{"kind", 0, VALUE_DRAFT, N_("what it shall be, else a reply")},
	{"to", 0, VALUE_ADDRESS, N_("to which of the customer's addresses")},
	ATTACH_OPTION,
};

static bool run_save(struct call *call, struct error *err)
{
	const char *text;
	struct draft draft = {.ticket = call_ticket(call), .kind = kind_of(call)};
	if (!call_open(call, err) || !call_text(call, true, &text, err) ||
		!call_attachments(call, &draft.attachments, err)) {
		return false;
	}
	draft.operator_id = store_actor(call->store);
	draft.text = mem_strdup(call->mem, text);
	draft.address = mem_strdup(call->mem, call_value(call, "to"));
	return store_draft_save(call->store, &draft, err) && done(call, _("the draft is saved"));
}

const struct subcommand command_drafts_save = {
	.name = "drafts save",
	.group = GROUP_ANSWER,
	.flags = COMMAND_TEXT,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = save_options,
	.option_count = ARRAY_LEN(save_options),
	.summary = N_("save a text as your draft on a ticket"),
	.run = run_save,
};

static bool has_draft(struct call *call, struct error *err)
{
	struct draft_list list;
	if (!store_drafts(call->store, call->mem, false, &list, err)) {
		return false;
	}
	for (size_t i = 0; i < list.count; i++) {
		const struct draft *draft = &list.drafts[i];
		if (draft->ticket == call_ticket(call) && draft->kind == kind_of(call) &&
			draft->operator_id == store_actor(call->store)) {
			return true;
		}
	}
	return error_set_reason(err, ERROR_NOT_FOUND, "no_draft",
		N_("you have no such draft on ticket {0}; \"atende drafts\" lists yours"),
		call_operand(call, 0), NULL);
}

static bool run_discard(struct call *call, struct error *err)
{
	return call_open(call, err) && has_draft(call, err) &&
	       store_draft_discard(call->store, call_ticket(call), kind_of(call), err) &&
	       done(call, _("the draft is in the bin"));
}

const struct subcommand command_drafts_discard = {
	.name = "drafts discard",
	.group = GROUP_ANSWER,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = kind_options,
	.option_count = ARRAY_LEN(kind_options),
	.summary = N_("throw your draft on a ticket away; the bin keeps it for a while"),
	.run = run_discard,
};

static bool run_restore(struct call *call, struct error *err)
{
	return call_open(call, err) &&
	       store_draft_restore(call->store, call_ticket(call), kind_of(call), err) &&
	       done(call, _("the draft is back"));
}

const struct subcommand command_drafts_restore = {
	.name = "drafts restore",
	.group = GROUP_ANSWER,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = kind_options,
	.option_count = ARRAY_LEN(kind_options),
	.summary = N_("take your draft on a ticket back from the bin"),
	.run = run_restore,
};

static bool run_adopt(struct call *call, struct error *err)
{
	int64_t author;
	if (!call_value(call, "from")) {
		return error_set_reason(
			err, ERROR_USAGE, "usage", N_("say whose draft: --from OPERATOR"), NULL);
	}
	return call_open(call, err) && call_operator(call, "from", &author, err) &&
	       store_draft_adopt(call->store, call_ticket(call), author, kind_of(call), err) &&
	       done(call, _("the draft is yours now"));
}

static const struct command_option adopt_options[] = {
	{"from", 0, VALUE_OPERATOR, N_("whose draft it is")},
	{"kind", 0, VALUE_DRAFT, N_("what it is, else a reply")},
};

const struct subcommand command_drafts_adopt = {
	.name = "drafts adopt",
	.group = GROUP_ANSWER,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.options = adopt_options,
	.option_count = ARRAY_LEN(adopt_options),
	.summary = N_("make a colleague's draft yours, on a ticket that you hold"),
	.text = N_("It is added below your own. His goes to his bin."),
	.run = run_adopt,
};
