#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/table.h"
#include "codec/line_json.h"

/* The internal line: memos, and who is where. */

/* --- writing one --- */

static char *joined(struct call *call)
{
	char *text = mem_strdup(call->mem, "");
	for (size_t i = 1; call_operand(call, i); i++) {
		text = mem_check(talloc_asprintf_append_buffer(
			text, "%s%s", i > 1 ? " " : "", call_operand(call, i)));
	}
	return text;
}

static bool memo_text(struct call *call, const char **text, struct error *err)
{
	bool has_words = call_operand(call, 1) != NULL;
	if (!call_text(call, !has_words, text, err)) {
		return false;
	}
	if (has_words && *text) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("the text is given twice; leave out -F or -m, or the words"), NULL);
	}
	*text = has_words ? joined(call) : *text;
	return true;
}

static bool run_memo(struct call *call, struct error *err)
{
	struct change change;
	if (!call_open(call, err)) {
		return false;
	}
	change = call_change(call, CHANGE_MEMO);
	change.ticket = call_number(call, "ticket");
	if (!memo_receiver(call->directory, call_operand(call, 0), &change.operator_id,
		    &change.team, err) ||
		!memo_text(call, &change.text, err)) {
		return false;
	}
	return call_apply_done(call, &change, _("the memo is written"), err);
}

static const struct command_option memo_options[] = {
	{"ticket", 0, VALUE_TICKET, N_("which ticket it is about, for those who may see it")},
};

const struct subcommand command_memo = {
	.name = "memo",
	.group = GROUP_TEAM,
	.flags = COMMAND_CHANGES | COMMAND_TEXT,
	.arguments = {{VALUE_RECEIVER, NULL, false, false}, {VALUE_TEXT, NULL, true, true}},
	.options = memo_options,
	.option_count = ARRAY_LEN(memo_options),
	.summary = N_("write a short text to a colleague, a team, or all of yours"),
	.text = N_("TO is an operator, a team, or \"all\": as a supervisor all whom you supervise, "
		   "as an admin everybody. At most 2,000 characters. No customer sees it, and "
		   "nobody but you and its receivers."),
	.example = "atende memo bruno --ticket 1001 'Ele ligou de novo'",
	.run = run_memo,
};

/* --- reading them --- */

static void print_memo(struct call *call, const struct memo *memo)
{
	const char *author =
		memo->author ? directory_login_of(call->directory, memo->author) : _("the desk");
	char *about = mem_strdup(call->mem, "");
	if (memo->ticket) {
		about = mem_printf(call->mem, " %lld", (long long)memo->ticket);
	}
	output_format(call, "%s%s %s > %s%s", memo->is_unread ? "* " : "  ",
		output_time(call, memo->at), author,
		memo_receiver_word(call->directory, memo, _("all")), about);
	output_text(call, memo->text);
}

static bool mark_read(struct call *call, const struct memo_list *list, struct error *err)
{
	if (!call_flag(call, "read") || list->unread == 0) {
		return true;
	}
	struct change change = call_change(call, CHANGE_MEMO_READ);
	change.seen = list->items[0].id;
	return call_apply(call, &change, NULL, err);
}

static bool run_memos(struct call *call, struct error *err)
{
	struct memo_query query = {
		.before = call_number(call, "before"), .limit = (size_t)call_number(call, "limit")};
	struct memo_list list;
	if (!call_open(call, err) || !store_memos(call->store, call->mem, &query, &list, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, memo_list_json(call->mem, &list, call->directory));
	}
	for (size_t i = 0; !call->json && i < list.count; i++) {
		print_memo(call, &list.items[i]);
	}
	if (!call->json && list.count == 0) {
		output_line(call, _("no memos"));
	}
	return mark_read(call, &list, err);
}

static const struct command_option memos_options[] = {
	{"read", 0, VALUE_NONE, N_("you have read them: mark them so")},
	{"before", 0, VALUE_NUMBER, N_("those before the memo of this id")},
	{"limit", 0, VALUE_NUMBER, N_("at most so many, else 50")},
};

const struct subcommand command_memos = {
	.name = "memos",
	.group = GROUP_TEAM,
	.flags = COMMAND_CHANGES,
	.options = memos_options,
	.option_count = ARRAY_LEN(memos_options),
	.summary = N_("list the memos that you wrote or got, newest first"),
	.text = N_("Those not read yet begin with *."),
	.example = "atende memos --read",
	.run = run_memos,
};

/* --- who is where --- */

/* A break with its reason. */
static const char *doing_of(struct call *call, const struct presence *presence)
{
	const struct operator_ *who = directory_operator(call->directory, presence->operator_id);
	const char *said = output_word(&doing_names, (int)presence->doing);
	bool has_reason = presence->doing == DOING_PAUSED && who && *who->pause_reason;
	return has_reason ? output_fill(call->mem, _("{0} ({1})"), said, who->pause_reason, NULL)
			  : said;
}

static void presence_table(struct call *call, const struct presence_list *list)
{
	const struct table_column columns[] = {{_("Operator"), false, 0, 0},
		{_("Ticket"), true, 0, 0}, {_("Now"), false, 0, 0}, {_("Since"), true, 0, 0}};
	struct table *table = table_create(call, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < list->count; i++) {
		const struct presence *presence = &list->items[i];
		table_cell(table, directory_login_of(call->directory, presence->operator_id));
		if (presence->ticket) {
			table_number(table, presence->ticket);
		} else {
			table_cell(table, "");
		}
		table_cell(table, doing_of(call, presence));
		table_cell(table, output_since(call, presence->since));
	}
	table_print(table);
}

static bool run_presence(struct call *call, struct error *err)
{
	struct presence_list list;
	if (!call_open(call, err) ||
		!store_presences(call->store, call->mem,
			call_operand(call, 0) ? call_ticket(call) : 0, &list, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, presence_list_json(call->mem, &list, call->directory));
	} else if (list.count) {
		presence_table(call, &list);
	} else {
		output_line(call, _("nobody is here"));
	}
	return true;
}

const struct subcommand command_presence = {
	.name = "presence",
	.group = GROUP_TEAM,
	.arguments = {{VALUE_TICKET, NULL, true, false}},
	.summary = N_("list who has a console open, and what they do"),
	.text = N_("With a ticket: who reads or writes it. Of a ticket that you may not see the "
		   "number is left out."),
	.example = "atende presence",
	.run = run_presence,
};
