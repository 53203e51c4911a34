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

enum { LOG_LIMIT = 100, FOLLOW_WAIT_MS = 1000 };

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

static bool run(struct call *call, struct error *err)
{
	int64_t since = call_number(call, "since");
	int64_t limit = call_number(call, "limit");
	struct feed feed;
	if (!call_open(call, err) || !is_there(call, err)) {
		return false;
	}
	if (call_flag(call, "follow")) {
		return follow(call, call_value(call, "since") ? since : -1, err);
	}
	limit = limit ? limit : LOG_LIMIT;
	if (!store_log(
		    call->store, call->mem, call_ticket(call), since, (size_t)limit, &feed, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, feed_json(call->mem, &feed, call->directory));
		return true;
	}
	print_page(call, &feed);
	if (feed.count == (size_t)limit) {
		char *last = mem_printf(
			call->mem, "%lld", (long long)feed.items[feed.count - 1].revision);
		output_line(call, output_fill(call->mem, _("more: --since {0}"), last, NULL));
	}
	return true;
}

static const struct command_option options[] = {
	{"since", 0, VALUE_REVISION, N_("only what came after this revision, else from the first")},
	{"limit", 0, VALUE_NUMBER, N_("at most so many, else 100")},
	{"follow", 0, VALUE_NONE, N_("print what is changed from now on, until Ctrl-C")},
};

const struct command command_log = {
	.name = "log",
	.group = GROUP_READ,
	.arguments = {{VALUE_TICKET, NULL, true, false}},
	.options = options,
	.option_count = ARRAY_LEN(options),
	.summary = N_("print the log of changes, of one ticket or of all"),
	.text = N_(
		"Every change has a number, its revision. With --follow --json there is one line "
		"of JSON for each change."),
	.example = "atende log 1001",
	.run = run,
};
