#include "cli/call.h"

#include "base/bytes.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "codec/ticket_json.h"

#include <string.h>

/* One ticket: its data, customer, messages, notes, questions. */

static const char *author_of(struct call *call, int64_t author, const char *otherwise)
{
	return author ? directory_login_of(call->directory, author) : otherwise;
}

/* "label: value", nothing for an empty value. */
static void put_field(struct call *call, const char *label, const char *value)
{
	if (value && *value && strcmp(value, "-") != 0) {
		output_format(call, "%s: %s", label, value);
	}
}

static void put_head(struct call *call, const struct ticket_row *row)
{
	const struct ticket *ticket = &row->ticket;
	const struct team *team = directory_team(call->directory, ticket->team);
	const struct reason *reason = directory_reason(call->directory, ticket->reason);
	int64_t assignee = ticket_assignee(ticket, store_now(call->store));
	output_format(call, "%lld %s", (long long)ticket->number, ticket->subject);
	put_field(call, _("state"), output_word(&ticket_state_names, (int)ticket->state));
	put_field(call, _("priority"), output_word(&priority_names, (int)ticket->priority));
	put_field(call, _("channel"), output_word(&channel_names, (int)ticket->channel));
	put_field(call, _("team"), team ? team->key : "");
	put_field(call, _("with"), author_of(call, row->claim.operator_id, ""));
	put_field(call, _("assigned to"), author_of(call, assignee, ""));
	put_field(call, _("opened"), output_time(call, ticket->opened_at));
	put_field(call, _("waiting since"), output_time(call, ticket->run_at));
	put_field(call, _("due"), output_time(call, ticket->due_at));
	put_field(call, _("snoozed until"), output_time(call, ticket->snoozed_until));
	put_field(call, _("resolved"), output_time(call, ticket->resolved_at));
	put_field(call, _("reason"), reason ? reason->name : "");
	put_field(call, _("tags"),
		text_clean_line(call->mem, ticket->tags, strlen(ticket->tags), NULL));
	put_field(call, _("other number"), ticket->ref);
}

static void put_customer(struct call *call, const struct customer_view *view)
{
	output_format(call, "%s: %s (%lld)", _("customer"), view->customer.name,
		(long long)view->customer.id);
	for (size_t i = 0; i < view->address_count; i++) {
		output_format(call, "  %s %s",
			output_word(&address_kind_names, (int)view->addresses[i].kind),
			view->addresses[i].value);
	}
	if (view->customer.do_not_call) {
		output_format(call, "  %s", _("do not call"));
	}
	for (size_t i = 0; i < view->note_count; i++) {
		const struct customer_note *note = &view->notes[i];
		if (!note->removed) {
			output_format(call, "%s %lld, %s, %s%s", _("customer note"),
				(long long)note->id, author_of(call, note->author, "-"),
				output_time(call, note->at), note->pinned ? _(", pinned") : "");
			output_text(call, note->text);
		}
	}
}

static void put_history(struct call *call, const struct customer_view *view, int64_t but)
{
	for (size_t i = 0; i < view->history_count; i++) {
		const struct history_row *row = &view->history[i];
		if (row->number != but) {
			output_format(call, "  %lld %s %s %s", (long long)row->number,
				output_time(call, row->opened_at),
				output_word(&ticket_state_names, (int)row->state), row->subject);
		}
	}
}

void print_customer(struct call *call, const struct customer_view *view, int64_t but)
{
	put_customer(call, view);
	if (view->history_count > (but ? 1 : 0)) {
		output_format(call, "%s:", _("tickets"));
		put_history(call, view, but);
	}
}

void print_attachments(struct call *call, const struct attachment_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct attachment *file = &list->items[i];
		char *number = file->id ? mem_printf(call->mem, "%lld", (long long)file->id)
					: mem_strdup(call->mem, "-");
		output_format(call, "  [%s] %s %s", number, file->name,
			bytes_format(call->mem, file->size_bytes));
	}
}

/* ", part", nothing for an empty one. */
static char *add_part(char *line, const char *part)
{
	return *part ? mem_check(talloc_asprintf_append_buffer(line, ", %s", part)) : line;
}

static void put_message(struct call *call, const struct message *message)
{
	bool is_in = message->direction == DIRECTION_IN;
	char *head = mem_printf(call->mem, "%s %lld", is_in ? "<" : ">", (long long)message->id);
	head = add_part(head, author_of(call, message->author, is_in ? _("customer") : "-"));
	head = add_part(head, output_time(call, message->at));
	head = add_part(head, output_word(&channel_names, (int)message->channel));
	head = add_part(head, output_word(&message_state_names, (int)message->state));
	head = add_part(head, output_word(&contact_outcome_names, (int)message->contact));
	if (*message->address) {
		head = add_part(head, mem_printf(call->mem, "%s %s", is_in ? _("from") : _("to"),
					      message->address));
	}
	output_line(call, "");
	output_line(call, head);
	output_text(call, message->text);
	print_attachments(call, &message->attachments);
}

static void put_note(struct call *call, const struct note *note)
{
	output_line(call, "");
	output_format(call, "# %lld, %s, %s, %s", (long long)note->id,
		author_of(call, note->author, "-"), output_time(call, note->at), _("note"));
	output_text(call, note->text);
	print_attachments(call, &note->attachments);
}

static void put_question(struct call *call, const struct question *question)
{
	const struct team *team = directory_team(call->directory, question->team);
	output_line(call, "");
	output_format(call, "? %lld, %s, %s, %s %s", (long long)question->id,
		author_of(call, question->asked_by, "-"), output_time(call, question->at), _("to"),
		team ? team->key : "-");
	output_text(call, question->text);
	if (question->answered_at) {
		output_format(call, "= %s, %s", author_of(call, question->answered_by, "-"),
			output_time(call, question->answered_at));
		output_text(call, question->answer);
	}
}

static void put_memo(struct call *call, const struct memo *memo)
{
	output_line(call, "");
	output_format(call, "@ %lld, %s, %s, %s %s", (long long)memo->id,
		author_of(call, memo->author, _("the desk")), output_time(call, memo->at), _("to"),
		memo_receiver_word(call->directory, memo, _("all")));
	output_text(call, memo->text);
}

/* Messages, notes, questions and memos in the order in which they were recorded. */
static void put_texts(struct call *call, const struct ticket_view *view)
{
	size_t m = 0, n = 0, q = 0, o = 0;
	for (;;) {
		const int64_t ids[] = {
			m < view->message_count ? view->messages[m].id : INT64_MAX,
			n < view->note_count ? view->notes[n].id : INT64_MAX,
			q < view->question_count ? view->questions[q].id : INT64_MAX,
			o < view->memo_count ? view->memos[o].id : INT64_MAX,
		};
		size_t first = 0;
		for (size_t i = 1; i < ARRAY_LEN(ids); i++) {
			first = ids[i] < ids[first] ? i : first;
		}
		if (ids[first] == INT64_MAX) {
			return;
		}
		switch (first) {
		case 0:
			put_message(call, &view->messages[m++]);
			break;
		case 1:
			put_note(call, &view->notes[n++]);
			break;
		case 2:
			put_question(call, &view->questions[q++]);
			break;
		default:
			put_memo(call, &view->memos[o++]);
			break;
		}
	}
}

static void put_drafts(struct call *call, const struct ticket_view *view)
{
	for (size_t i = 0; i < view->draft_count; i++) {
		const struct draft *draft = &view->drafts[i];
		output_line(call, "");
		output_format(call, "%s, %s, %s", _("draft"),
			author_of(call, draft->operator_id, "-"),
			output_time(call, draft->updated_at));
		output_text(call, draft->text);
		print_attachments(call, &draft->attachments);
	}
}

static bool run(struct call *call, struct error *err)
{
	struct ticket_view view;
	if (!call_open(call, err) ||
		!store_ticket(call->store, call->mem, call_ticket(call), &view, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, ticket_view_json(call->mem, &view, call->directory,
					  store_now(call->store)));
		return true;
	}
	put_head(call, &view.row);
	print_customer(call, &view.customer, view.row.ticket.number);
	if (view.has_more_messages) {
		output_line(call, _("(older messages are left out)"));
	}
	put_texts(call, &view);
	put_drafts(call, &view);
	return true;
}

const struct subcommand command_show = {
	.name = "show",
	.group = GROUP_READ,
	.arguments = {{VALUE_TICKET, NULL, false, false}},
	.summary = N_("show a ticket: conversation, notes, customer, history"),
	.text = N_("Every text has its number. \"<\" is from the customer, \">\" to the customer, "
		   "\"#\" an internal note, \"?\" a question to another team."),
	.example = "atende show 1001 --json",
	.run = run,
};
