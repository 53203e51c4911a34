#include "cli/intake.h"

#include "base/mem.h"
#include "cli/intake_change.h"
#include "core/problem.h"

#include <string.h>

static const struct directory *directory_of(const struct intake *intake)
{
	return intake->call->directory;
}

static bool look_up_operator(
	const struct intake *intake, const char *login, int64_t *id, struct error *err)
{
	const struct operator_ *operator_ =
		*login ? directory_login(directory_of(intake), login) : NULL;
	*id = operator_ ? operator_->id : 0;
	return !*login || operator_ || problem(err, PROBLEM_NO_OPERATOR, login, NULL);
}

/* Teams, reasons and operators by their words. */
static bool look_up(struct intake *intake, struct intake_item *item, struct error *err)
{
	const struct import_item *import = &item->record.item;
	const struct directory *directory = directory_of(intake);
	const struct team *team =
		*import->team ? directory_team_key(directory, import->team) : NULL;
	const struct reason *reason =
		*import->reason ? directory_reason_key(directory, import->reason) : NULL;
	if (*import->team && !team) {
		return problem(err, PROBLEM_NO_TEAM, import->team, NULL);
	}
	if (*import->reason && !reason) {
		return problem(err, PROBLEM_NO_REASON, import->reason, NULL);
	}
	item->team = team ? team->id : 0;
	item->reason = reason ? reason->id : 0;
	item->authors = mem_array(intake->mem, int64_t, import->text_count + 1);
	for (size_t i = 0; i < import->text_count; i++) {
		if (!look_up_operator(intake, import->texts[i].author, &item->authors[i], err)) {
			return false;
		}
	}
	return look_up_operator(intake, import->assignee, &item->assignee, err);
}

struct intake_item *intake_add(
	struct intake *intake, const struct import_record *record, const struct error *err)
{
	intake->items = mem_grow(intake->mem, intake->items, struct intake_item, intake->count + 1);
	struct intake_item *item = &intake->items[intake->count++];
	*item = (struct intake_item){.record = *record, .err = *err};
	intake->counts.records++;
	if (item->err.code == ERROR_NONE) {
		intake->counts.cleaned += record->item.was_cleaned;
		look_up(intake, item, &item->err);
	}
	return item;
}

void intake_clear(struct intake *intake)
{
	talloc_free_children(intake->mem);
	intake->items = NULL;
	intake->count = 0;
}

/* --- applying a list --- */

static bool is_reason(const struct error *err, enum problem which)
{
	return err->reason && strcmp(err->reason, problem_infos[which].reason) == 0;
}

/* It is so already, or was entered before by somebody else. */
static bool is_known(const struct result *result)
{
	return result->is_repeat ||
	       (!result->ok && (is_reason(&result->err, PROBLEM_SAME) ||
				       is_reason(&result->err, PROBLEM_STATE) ||
				       is_reason(&result->err, PROBLEM_REF_TAKEN) ||
				       is_reason(&result->err, PROBLEM_ADDRESS_TAKEN) ||
				       is_reason(&result->err, PROBLEM_CHANGE_ID)));
}

/* Applies what is on the list; what is wrong by itself never gets to the desk. */
static bool apply_list(struct intake *intake, struct intake_list *list, struct error *err)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++) {
		struct intake_item *item = &intake->items[list->owners[i]];
		if (change_validate(&list->changes[i], &item->err)) {
			list->changes[kept] = list->changes[i];
			list->owners[kept++] = list->owners[i];
		}
	}
	list->count = kept;
	list->results = mem_array(list->mem, struct result, kept + 1);
	if (kept == 0) {
		return true;
	}
	if (!store_apply(intake->call->store, list->changes, kept, list->results, err)) {
		return false;
	}
	for (size_t i = 0; i < kept; i++) {
		struct intake_item *item = &intake->items[list->owners[i]];
		intake->counts.known += is_known(&list->results[i]);
		if (!list->results[i].ok && !is_known(&list->results[i])) {
			item->err = list->results[i].err;
		}
	}
	return true;
}

static bool is_new(const struct result *result)
{
	return result->ok && !result->is_repeat;
}

/* --- the steps --- */

/* By the number elsewhere, then by the addresses; 0 when it is not there. */
static bool find_customer(struct intake *intake, struct intake_item *item, struct error *err)
{
	const struct import_item *import = &item->record.item;
	if (*import->customer_ref && !store_ref_find(intake->call->store, true,
					     import->customer_ref, &item->customer, err)) {
		return false;
	}
	for (size_t i = 0; !item->customer && i < import->address_count; i++) {
		struct error unknown = {0};
		if (!store_customer_find(intake->call->store, intake->mem, import->addresses[i],
			    &item->customer, &unknown)) {
			item->customer = 0;
			if (unknown.code != ERROR_NOT_FOUND && unknown.code != ERROR_INVALID) {
				*err = unknown;
				return false;
			}
		}
	}
	return true;
}

static bool tells_customer(const struct import_item *import)
{
	return *import->customer_ref || import->address_count > 0 || *import->customer_name;
}

static bool apply_customers(struct intake *intake, struct error *err)
{
	struct intake_list list = {.mem = intake->mem};
	for (size_t i = 0; i < intake->count; i++) {
		struct intake_item *item = &intake->items[i];
		if (item->err.code || !tells_customer(&item->record.item)) {
			continue;
		}
		if (!find_customer(intake, item, err)) {
			return false;
		}
		if (!item->customer) {
			intake_customer_changes(intake, &list, i);
		}
	}
	if (!apply_list(intake, &list, err)) {
		return false;
	}
	for (size_t i = 0; i < list.count; i++) {
		struct intake_item *item = &intake->items[list.owners[i]];
		intake->counts.customers += is_new(&list.results[i]);
		if (list.results[i].ok) {
			item->customer = list.results[i].customer;
		} else if (!item->err.code && !find_customer(intake, item, err)) {
			return false;
		}
	}
	return true;
}

static bool apply_addresses(struct intake *intake, struct error *err)
{
	struct intake_list list = {.mem = intake->mem};
	for (size_t i = 0; i < intake->count; i++) {
		if (!intake->items[i].err.code && intake->items[i].customer) {
			intake_address_changes(intake, &list, i);
		}
	}
	return apply_list(intake, &list, err);
}

/* A line without a customer adds to a ticket that is there, or comes before it in the file. */
static bool find_ticket(struct intake *intake, struct intake_item *item, struct error *err)
{
	const char *ref = item->record.item.ticket_ref;
	if (item->err.code || item->ticket || !item->record.item.has_ticket) {
		return true;
	}
	if (*ref && !store_ref_find(intake->call->store, false, ref, &item->ticket, err)) {
		return false;
	}
	if (!item->ticket) {
		problem(&item->err, PROBLEM_NO_TICKET, *ref ? ref : "?", NULL);
	}
	return true;
}

static bool apply_tickets(struct intake *intake, struct error *err)
{
	struct intake_list list = {.mem = intake->mem};
	for (size_t i = 0; i < intake->count; i++) {
		const struct intake_item *item = &intake->items[i];
		if (!item->err.code && item->customer && item->record.item.has_ticket) {
			intake_ticket_changes(intake, &list, i);
		}
	}
	if (!apply_list(intake, &list, err)) {
		return false;
	}
	for (size_t i = 0; i < list.count; i++) {
		struct intake_item *item = &intake->items[list.owners[i]];
		intake->counts.tickets += is_new(&list.results[i]);
		if (list.results[i].ok) {
			size_t first = intake_first_message(&item->record.item);
			item->ticket = list.results[i].ticket;
			item->opened = first < item->record.item.text_count;
			intake->counts.texts += item->opened && is_new(&list.results[i]);
		}
	}
	for (size_t i = 0; i < intake->count; i++) {
		if (!find_ticket(intake, &intake->items[i], err)) {
			return false;
		}
	}
	return true;
}

static bool apply_texts(struct intake *intake, struct error *err)
{
	struct intake_list list = {.mem = intake->mem};
	for (size_t i = 0; i < intake->count; i++) {
		if (!intake->items[i].err.code) {
			intake_text_changes(intake, &list, i);
		}
	}
	if (!apply_list(intake, &list, err)) {
		return false;
	}
	for (size_t i = 0; i < list.count; i++) {
		intake->counts.texts += is_new(&list.results[i]);
	}
	return true;
}

static bool apply_states(struct intake *intake, struct error *err)
{
	struct intake_list list = {.mem = intake->mem};
	for (size_t i = 0; i < intake->count; i++) {
		if (!intake->items[i].err.code && intake->items[i].ticket) {
			intake_state_changes(intake, &list, i);
		}
	}
	return apply_list(intake, &list, err);
}

/* What can be said without writing: each change as it would be, on whatever ticket. */
static void check_items(struct intake *intake)
{
	struct intake_list list = {.mem = intake->mem};
	for (size_t i = 0; i < intake->count; i++) {
		struct intake_item *item = &intake->items[i];
		if (item->err.code) {
			continue;
		}
		item->customer = item->ticket = 1;
		if (tells_customer(&item->record.item)) {
			intake_customer_changes(intake, &list, i);
		}
		if (item->record.item.has_ticket) {
			intake_ticket_changes(intake, &list, i);
			intake_state_changes(intake, &list, i);
		}
		intake_text_changes(intake, &list, i);
	}
	for (size_t i = 0; i < list.count; i++) {
		change_validate(&list.changes[i], &intake->items[list.owners[i]].err);
	}
}

bool intake_apply(struct intake *intake, struct error *err)
{
	bool ok = true;
	if (intake->dry_run) {
		check_items(intake);
	} else {
		ok = apply_customers(intake, err) && apply_addresses(intake, err) &&
		     apply_tickets(intake, err) && apply_texts(intake, err) &&
		     apply_states(intake, err);
	}
	for (size_t i = 0; ok && i < intake->count; i++) {
		intake->counts.bad += intake->items[i].err.code != ERROR_NONE;
	}
	return ok;
}
