#include "cli/call.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "cli/output.h"
#include "codec/result_json.h"
#include "core/problem.h"

#include <stdio.h>
#include <string.h>

/* Applying changes, and telling what became of them. */

struct change call_change(struct call *call, enum change_kind kind)
{
	struct change change = {.kind = kind, .actor = store_actor(call->store)};
	const char *id = call_value(call, "change-id");
	if (!id || !uuid_parse(id, &change.id)) {
		change.id = uuid_make(store_now(call->store));
	}
	return change;
}

/* Who holds the ticket now, when a refusal has to do with it; NULL: nobody else. */
static const char *other_holder(
	struct call *call, const struct change *change, const struct result *result)
{
	int64_t holder = result->holder;
	struct queue_page page = {0};
	if (!holder && change->ticket &&
		store_rows(call->store, call->mem, &change->ticket, 1, &page, NULL) && page.count) {
		holder = page.rows[0].claim.operator_id;
	}
	if (!holder || holder == store_actor(call->store)) {
		return NULL;
	}
	const char *login = directory_login_of(call->directory, holder);
	return *login ? login : NULL;
}

static bool is_reason(const struct error *err, enum problem which)
{
	return err->reason && strcmp(err->reason, problem_infos[which].reason) == 0;
}

static bool names(const struct error *err, const char *login)
{
	for (size_t i = 0; i < ERROR_ARGS; i++) {
		if (strcmp(err->arg[i], login) == 0) {
			return true;
		}
	}
	return false;
}

void call_hint(struct call *call, const char *text)
{
	call->hints = call->hints ? mem_printf(call->mem, "%s\n%s", call->hints, text) : text;
}

/* A conflict names the holder in a line of its own when the refusal itself does not. */
static void tell_more(struct call *call, const struct change *change, struct result *result)
{
	const char *login = other_holder(call, change, result);
	if (login && !names(&result->err, login)) {
		call_hint(
			call, output_fill(call->mem, _("the ticket is with {0} now"), login, NULL));
	}
	if (result->newest && (is_reason(&result->err, PROBLEM_UNSEEN) ||
				      is_reason(&result->err, PROBLEM_OURS_LAST))) {
		char *newest = mem_printf(call->mem, "%lld", (long long)result->newest);
		char *number = mem_printf(call->mem, "%lld", (long long)change->ticket);
		call_hint(call,
			output_fill(call->mem,
				_("the newest message is {0}: read it with \"atende show {1}\", "
				  "then give --seen {0}"),
				newest, number, NULL));
	}
	if (login && !result->holder) {
		result->holder = directory_login(call->directory, login)->id;
	}
}

/* An apply that may or may not have happened is settled by the same id. */
static void tell_change_id(struct call *call, const struct change *change)
{
	char id[UUID_TEXT_SIZE];
	uuid_format(&change->id, id);
	call_hint(call,
		output_fill(call->mem,
			_("it is not known whether the change was made; run the command again "
			  "with --change-id {0}: it will be made once"),
			id, NULL));
}

bool call_apply(
	struct call *call, const struct change *change, struct result *result, struct error *err)
{
	struct result local = {0};
	result = result ? result : &local;
	if (!change_validate(change, err)) {
		return false;
	}
	if (!store_apply(call->store, change, 1, result, err)) {
		if (err->code == ERROR_UNCERTAIN) {
			tell_change_id(call, change);
		}
		return false;
	}
	if (result->ok) {
		return true;
	}
	*err = result->err;
	if (err->code == ERROR_CONFLICT) {
		tell_more(call, change, result);
	}
	if (call->json) {
		char *sentence = cli_sentence(call->mem, err);
		call->failure = result_json(call->mem, result, call->directory, sentence);
	}
	return false;
}

void call_done(struct call *call, const struct result *result, const char *done, const char *extra)
{
	if (call->json) {
		output_json(call, result_json(call->mem, result, call->directory, NULL));
		return;
	}
	int64_t about = result->ticket ? result->ticket : result->customer;
	char *number = mem_printf(call->mem, "%lld", (long long)about);
	char *revision = mem_printf(call->mem, "%lld", (long long)result->revision);
	output_line(call, output_fill(call->mem, done, number, revision, extra ? extra : "", NULL));
}

bool call_apply_done(
	struct call *call, const struct change *change, const char *done, struct error *err)
{
	struct result result = {0};
	if (!call_apply(call, change, &result, err)) {
		return false;
	}
	call_done(call, &result, done, NULL);
	return true;
}

bool call_ticket_change(
	struct call *call, struct change *change, const char *done, struct error *err)
{
	change->ticket = call_ticket(call);
	return call_apply_done(call, change, done, err);
}
