#include "cli/call.h"

#include "base/mem.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "codec/desk_json.h"
#include "core/problem.h"

#include <stdio.h>
#include <string.h>

/* The log of changes. */

enum { PAGE = 500, SCREENFUL = 100, FOLLOW_WAIT_MS = 1000 };

/* Imported history tells who did it; the actor is who imported it. */
static int64_t who(struct call *call, const struct feed_item *item)
{
	const struct json *detail;
	int64_t author = 0;
	if (item->imported &&
		json_parse(call->mem, item->detail, strlen(item->detail), 1, &detail, NULL)) {
		json_get_int(detail, "operator", &author, NULL);
	}
	return author ? author : item->actor;
}

static void print_item(struct call *call, const struct feed_item *item)
{
	char *about = mem_strdup(call->mem, "");
	int64_t id = who(call, item);
	const char *actor = id ? directory_login_of(call->directory, id) : _("the desk");
	if (item->ticket) {
		about = mem_printf(call->mem, " %lld", (long long)item->ticket);
	} else if (item->customer) {
		about = mem_printf(call->mem, " %s %lld", _("customer"), (long long)item->customer);
	}
	output_format(call, "%lld %s%s %s: %s", (long long)item->revision,
		output_time(call, item->at), about, actor, _(change_kinds[item->kind].summary));
}

static void print_page(struct call *call, const struct feed *feed)
{
	for (size_t i = 0; i < feed->count; i++) {
		print_item(call, &feed->items[i]);
	}
}

/* One line of JSON a change, for programs that read along. */
static void print_lines(struct call *call, const struct feed *feed)
{
	for (size_t i = 0; i < feed->count; i++) {
		struct json *object = json_object(call->mem);
		feed_item_add_json(object, &feed->items[i], call->directory);
		output_json(call, object);
	}
}

/* Until Ctrl-C. */
static bool follow(struct call *call, int64_t since, struct error *err)
{
	interrupt_watch();
	bool ok = true;
	while (ok && !interrupt_happened() && !ferror(call->cli->out)) {
		struct feed feed;
		void *page = mem_context(NULL);
		ok = store_feed(call->store, page, since, FOLLOW_WAIT_MS, &feed, err);
		if (ok) {
			(call->json ? print_lines : print_page)(call, &feed);
			fflush(call->cli->out);
			since = feed.revision;
		}
		talloc_free(page);
	}
	interrupt_restore();
	return ok;
}

/* A ticket without changes is none. */
static bool is_there(struct call *call, struct error *err)
{
	struct queue_page page = {0};
	int64_t number = call_ticket(call);
	return !number ||
	       (store_rows(call->store, call->mem, &number, 1, &page, err) &&
		       (page.count || problem_number(err, PROBLEM_NO_TICKET, number, NULL)));
}

static bool is_for_eyes(const struct call *call)
{
	return call->cli->columns > 0 && !call->json;
}

/* A person at a terminal gets the newest of a desk, everybody else all. */
static bool newest(struct call *call, int64_t *since, struct error *err)
{
	struct feed feed;
	if (!store_feed(call->store, call->mem, -1, 0, &feed, err)) {
		return false;
	}
	*since = feed.revision > SCREENFUL ? feed.revision - SCREENFUL : 0;
	return true;
}

static void put_part(struct call *call, const struct feed *feed, bool is_first)
{
	for (size_t i = 0; i < feed->count; i++) {
		struct json *object = json_object(call->mem);
		feed_item_add_json(object, &feed->items[i], call->directory);
		output_part(call, is_first && i == 0 ? "" : ",");
		output_part(call, json_print(call->mem, object));
	}
}

/* One page; what it is made of is freed with it. */
static bool put_page(struct call *call, struct feed *feed, int64_t since, int64_t limit,
	bool is_first, struct error *err)
{
	struct call part = *call;
	part.mem = mem_context(NULL);
	bool ok = store_log(call->store, part.mem, call_ticket(call), since,
		(size_t)(limit < PAGE ? limit : PAGE), feed, err);
	if (ok && call->json) {
		put_part(&part, feed, is_first);
	} else if (ok) {
		print_page(&part, feed);
	}
	talloc_free(part.mem);
	return ok;
}

static bool put_pages(struct call *call, int64_t since, int64_t left, struct error *err)
{
	struct feed feed = {.revision = since};
	bool ok = true;
	output_part(call, call->json ? "{\"changes\":[" : "");
	for (bool is_first = true; left > 0; is_first = is_first && feed.count == 0) {
		int64_t former = feed.revision;
		ok = put_page(call, &feed, former, left, is_first, err);
		if (!ok || feed.revision == former) {
			break;
		}
		left -= (int64_t)feed.count;
	}
	if (call->json) {
		output_format(call, "],\"revision\":%lld}", (long long)feed.revision);
	}
	return ok;
}

static bool run(struct call *call, struct error *err)
{
	int64_t since = call_number(call, "since");
	int64_t limit = call_number(call, "limit");
	if (!call_open(call, err) || !is_there(call, err)) {
		return false;
	}
	if (call_flag(call, "follow")) {
		return follow(call, call_value(call, "since") ? since : -1, err);
	}
	if (!call_value(call, "since") && !limit && !call_ticket(call) && is_for_eyes(call) &&
		!newest(call, &since, err)) {
		return false;
	}
	return put_pages(call, since, limit ? limit : INT64_MAX, err);
}

static const struct command_option options[] = {
	{"since", 0, VALUE_REVISION, N_("only what came after this revision, else from the first")},
	{"limit", 0, VALUE_NUMBER, N_("at most so many; else all")},
	{"follow", 0, VALUE_NONE, N_("print what is changed from now on, until Ctrl-C")},
};

const struct subcommand command_log = {
	.name = "log",
	.group = GROUP_READ,
	.arguments = {{VALUE_TICKET, NULL, true, false}},
	.options = options,
	.option_count = ARRAY_LEN(options),
	.summary = N_("print the log of changes, of one ticket or of all"),
	.text = N_("Every change has a number, its revision. On a terminal the newest 100 of a "
		   "desk are "
		   "printed unless told otherwise. With --follow --json there is one line "
		   "of JSON for each change."),
	.example = "atende log 1001",
	.run = run,
};
