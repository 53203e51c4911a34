#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/table.h"
#include "codec/ticket_json.h"
#include "core/problem.h"

#include <string.h>

/* Lists of tickets: queue, next, search. */

enum { PAGE = 200, SCREENFUL = 50 };

static const struct table_column columns[] = {
	{N_("No."), true, 0, 0},
	{N_("State"), false, 0, 1},
	{N_("Waiting"), true, 0, 0},
	{N_("Due"), true, 0, 0},
	{N_("Priority"), false, 0, 3},
	{N_("Channel"), false, 0, 2},
	{N_("Team"), false, 0, 4},
	{N_("With"), false, 0, 0},
	{N_("Customer"), false, 12, 0},
	{N_("Subject"), false, 24, 0},
};

static char *due_cell(struct call *call, const struct ticket *ticket)
{
	bool is_overdue = ticket->due_at < store_now(call->store) &&
			  ticket_is_open(ticket, store_now(call->store));
	char *until = output_until(call, ticket->due_at);
	return is_overdue ? mem_printf(call->mem, "%s!", until) : until;
}

static void add_row(struct call *call, struct table *table, const struct ticket_row *row)
{
	const struct ticket *ticket = &row->ticket;
	const struct team *team = directory_team(call->directory, ticket->team);
	bool is_closed = ticket->state == TICKET_RESOLVED || ticket->state == TICKET_DISCARDED;
	table_number(table, ticket->number);
	table_cell(table, output_word(&ticket_state_names, (int)ticket->state));
	table_cell(table, is_closed ? "-" : output_since(call, ticket->waiting_since));
	table_cell(table, due_cell(call, ticket));
	table_cell(table, output_word(&priority_names, (int)ticket->priority));
	table_cell(table, output_word(&channel_names, (int)ticket->channel));
	table_cell(table, team ? team->key : "-");
	table_cell(table, row->claim.operator_id
				  ? directory_login_of(call->directory, row->claim.operator_id)
				  : "");
	table_cell(table, row->customer_name);
	table_cell(table, ticket->subject);
}

static struct table *ticket_table(struct call *call)
{
	struct table_column *titled = mem_array(call->mem, struct table_column, ARRAY_LEN(columns));
	for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
		titled[i] = columns[i];
		titled[i].title = _(columns[i].title);
	}
	return table_create(call, titled, ARRAY_LEN(columns));
}

static void print_ticket_rows(struct call *call, const struct ticket_row *rows, size_t count)
{
	struct table *table = ticket_table(call);
	for (size_t i = 0; i < count; i++) {
		add_row(call, table, &rows[i]);
	}
	table_print(table);
}

static bool set_after(struct call *call, struct queue_query *query, struct error *err)
{
	int64_t number = call_number(call, "after");
	struct queue_page page = {0};
	if (!number) {
		return true;
	}
	if (!store_rows(call->store, call->mem, &number, 1, &page, err)) {
		return false;
	}
	if (page.count == 0) {
		return problem_number(err, PROBLEM_NO_TICKET, number, NULL);
	}
	query->has_after = true;
	query->after = page.rows[0].key;
	return true;
}

static bool set_filter(struct call *call, struct queue_query *query, struct error *err)
{
	const char *text = call_value(call, "filter");
	if (!text) {
		return true;
	}
	struct filter *filter = mem_new(call->mem, struct filter);
	query->filter = filter;
	return filter_parse(call->mem, text, call->directory,
		zone_offset(&call->zone, store_now(call->store)), filter, err);
}

static bool set_list(struct call *call, struct queue_query *query, struct error *err)
{
	bool is_free = call_flag(call, "free");
	bool is_mine = call_flag(call, "mine");
	if (is_free + is_mine + (call_value(call, "list") != NULL) > 1) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("--free, --mine and --list exclude each other; give one"), NULL);
	}
	query->list = is_free	? LIST_FREE
		      : is_mine ? LIST_MINE
				: (enum queue_list)call_name(call, "list");
	return true;
}

/* A list on its way out, page by page: as JSON at once, for a table row by row. */
struct listing {
	struct queue_query query;
	size_t left; /* rows that may still come */
	size_t count;
	struct table *table; /* NULL: JSON */
	struct queue_page page;
};

/* A person at a terminal gets a screenful, everybody else all. */
static size_t limit_of(struct call *call)
{
	size_t limit = (size_t)call_number(call, "limit");
	bool is_for_eyes = call->cli->columns > 0 && !call->json;
	return limit ? limit : is_for_eyes ? SCREENFUL : SIZE_MAX;
}

static void put_row(struct call *call, struct listing *listing, const struct ticket_row *row)
{
	if (listing->table) {
		add_row(call, listing->table, row);
	} else {
		struct json *object = json_object(call->mem);
		ticket_row_add_json(object, row, call->directory, store_now(call->store));
		output_part(call, listing->count ? "," : "");
		output_part(call, json_print(call->mem, object));
	}
	listing->count++;
}

/* One page; what it is made of is freed with it. */
static bool put_page(struct call *call, struct listing *listing, struct error *err)
{
	struct call part = *call;
	part.mem = mem_context(NULL);
	listing->query.limit = listing->left < PAGE ? listing->left : PAGE;
	bool ok = store_queue(call->store, part.mem, &listing->query, &listing->page, err);
	for (size_t i = 0; ok && i < listing->page.count; i++) {
		put_row(&part, listing, &listing->page.rows[i]);
	}
	if (ok) {
		listing->left -= listing->page.count;
		listing->query.after = listing->page.next;
		listing->query.has_after = true;
	}
	talloc_free(part.mem);
	return ok;
}

static bool put_pages(struct call *call, struct listing *listing, struct error *err)
{
	do {
		if (!put_page(call, listing, err)) {
			return false;
		}
	} while (listing->page.has_more && listing->left > 0);
	return true;
}

static bool list_json(struct call *call, struct listing *listing, struct error *err)
{
	output_part(call, "{\"tickets\":[");
	if (!put_pages(call, listing, err)) {
		output_line(call, "");
		return false;
	}
	output_format(call, "],\"has_more\":%s,\"revision\":%lld}",
		listing->page.has_more ? "true" : "false", (long long)listing->page.revision);
	return true;
}

static bool list_table(struct call *call, struct listing *listing, struct error *err)
{
	listing->table = ticket_table(call);
	if (!put_pages(call, listing, err)) {
		return false;
	}
	table_print(listing->table);
	if (listing->page.has_more) {
		char *last = mem_printf(call->mem, "%lld", (long long)listing->page.next.number);
		output_line(call, output_fill(call->mem, _("more: --after {0}"), last, NULL));
	} else if (listing->count == 0) {
		output_line(call, _("no tickets"));
	}
	return true;
}

static bool run_queue(struct call *call, struct error *err)
{
	struct listing listing = {.left = limit_of(call)};
	struct queue_query *query = &listing.query;
	query->order = (enum queue_order)call_name(call, "order");
	if (!set_list(call, query, err) || !call_open(call, err) ||
		!call_team(call, "team", &query->team, err) || !set_filter(call, query, err) ||
		!set_after(call, query, err)) {
		return false;
	}
	return call->json ? list_json(call, &listing, err) : list_table(call, &listing, err);
}

static const struct command_option queue_options[] = {
	{"free", 0, VALUE_NONE, N_("only those that nobody holds")},
	{"mine", 0, VALUE_NONE, N_("only those that you hold or are assigned")},
	{"list", 0, VALUE_LIST, N_("another list than the queue")},
	{"order", 0, VALUE_ORDER, N_("what comes first")},
	{"team", 0, VALUE_TEAM, N_("only those of a team")},
	{"filter", 0, VALUE_LINE, N_("only those that match, as in the console's /")},
	{"limit", 0, VALUE_NUMBER, N_("at most so many; else all, 50 on a terminal")},
	{"after", 0, VALUE_TICKET, N_("go on after this ticket")},
};

const struct subcommand command_queue = {
	.name = "queue",
	.group = GROUP_READ,
	.options = queue_options,
	.option_count = ARRAY_LEN(queue_options),
	.summary = N_("list the tickets that need an answer"),
	.text = N_("The queue shows open tickets and nothing else, the most urgent first. A filter "
		   "takes words (all must occur), !word, \"phrases\", and terms such as "
		   "team:entrega, channel:email, due:<1h, priority:high, tag:vip, is:overdue."),
	.example = "atende queue --free --team entrega --json",
	.run = run_queue,
};

static bool print_next(struct call *call, const struct ticket_row *row)
{
	if (call->json) {
		struct json *object = json_object(call->mem);
		if (row->ticket.number) {
			ticket_row_add_json(json_add_object(object, "ticket"), row, call->directory,
				store_now(call->store));
		} else {
			json_add_null(object, "ticket");
		}
		output_json(call, object);
	} else if (row->ticket.number) {
		print_ticket_rows(call, row, 1);
	} else {
		output_line(call, _("nothing is left to answer"));
	}
	return true;
}

static bool run_next(struct call *call, struct error *err)
{
	enum { TRIES = 20 }; /* a colleague may be faster, but not for ever */
	struct ticket_row row;
	if (!call_open(call, err)) {
		return false;
	}
	for (int i = 0; i < TRIES; i++) {
		if (!store_next(call->store, call->mem, &row, err)) {
			return false;
		}
		if (!call_flag(call, "claim") || row.ticket.number == 0) {
			return print_next(call, &row);
		}
		struct change claim = call_change(call, CHANGE_CLAIM);
		struct result result = {0};
		claim.ticket = row.ticket.number;
		if (!store_apply(call->store, &claim, 1, &result, err)) {
			return false;
		}
		struct queue_page page = {0};
		if (result.ok) {
			return store_rows(call->store, call->mem, &claim.ticket, 1, &page, err) &&
			       print_next(call, page.rows);
		}
		*err = result.err;
		if (result.holder == 0) {
			return false;
		}
	}
	return false;
}

static const struct command_option next_options[] = {
	{"claim", 0, VALUE_NONE, N_("claim it")},
};

const struct subcommand command_next = {
	.name = "next",
	.group = GROUP_READ,
	.flags = COMMAND_CHANGES,
	.options = next_options,
	.option_count = ARRAY_LEN(next_options),
	.summary = N_("show the ticket that should be answered next"),
	.text = N_(
		"By due time, priority and waiting time; those assigned to you come first, those "
		"that somebody holds are passed over."),
	.example = "atende next --claim",
	.run = run_next,
};

static bool print_found(struct call *call, const struct search_page *page)
{
	if (call->json) {
		output_json(call,
			search_page_json(call->mem, page, call->directory, store_now(call->store)));
		return true;
	}
	print_ticket_rows(call, page->rows, page->count);
	if (page->count == 0 && !page->has_more) {
		output_line(call, _("nothing found"));
	} else if (page->has_more) {
		char *before = mem_printf(call->mem, "%lld", (long long)page->before);
		output_line(
			call, output_fill(call->mem, _("looked back to {0}; more: --before {1}"),
				      output_time(call, page->looked_back_to), before, NULL));
	}
	return true;
}

static bool run_search(struct call *call, struct error *err)
{
	char *text = mem_strdup(call->mem, "");
	for (size_t i = 0; call_operand(call, i); i++) {
		text = mem_check(talloc_asprintf_append_buffer(
			text, "%s%s", *text ? " " : "", call_operand(call, i)));
	}
	if (!call_open(call, err)) {
		return false;
	}
	struct search_query query = {.text = text,
		.offset_ms = zone_offset(&call->zone, store_now(call->store)),
		.before = call_number(call, "before"),
		.limit = (size_t)call_number(call, "limit")};
	struct search_page page;
	return store_search(call->store, call->mem, &query, &page, err) && print_found(call, &page);
}

static const struct command_option search_options[] = {
	{"limit", 0, VALUE_NUMBER, N_("at most so many, else 50")},
	{"before", 0, VALUE_NUMBER, N_("go on before this text")},
};

const struct subcommand command_search = {
	.name = "search",
	.group = GROUP_READ,
	.arguments = {{VALUE_LINE, N_("WORDS"), false, true}},
	.options = search_options,
	.option_count = ARRAY_LEN(search_options),
	.summary = N_("find tickets of any state"),
	.text = N_("By words of subject, messages and notes, in any order, without case and "
		   "accents, word* for a beginning, \"a phrase\"; by number, name, address, "
		   "telephone, "
		   "CPF or CNPJ; with terms such as team:entrega state:resolved after:2026-01-01."),
	.example = "atende search rastreio state:resolved",
	.run = run_search,
};
