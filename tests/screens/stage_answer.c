#include "base/clock.h"
#include "base/mem.h"
#include "core/problem.h"
#include "stage_desk.h"

#include <stdlib.h>
#include <string.h>

/* How the desk in memory answers. It knows just enough of the rules for a console's tests. */

static void copy_row(const void *mem, struct ticket_row *to, const struct ticket_row *from)
{
	struct list_row *copy = list_row_create(mem, from);
	*to = copy->row;
}

static bool is_in_list(
	const struct stage *stage, enum queue_list list, const struct ticket_row *row)
{
	const struct claim *claim = &row->claim;
	bool is_open = row->ticket.state == TICKET_OPEN;
	bool is_held = claim->operator_id && claim_is_live(claim, stage->now);
	switch (list) {
	case LIST_QUEUE:
		return is_open;
	case LIST_MINE:
		return is_open && is_held && claim->operator_id == ANA;
	case LIST_FREE:
		return is_open && !is_held;
	case LIST_OVERDUE:
		return is_open && row->ticket.due_at <= stage->now;
	case LIST_WAITING:
		return row->ticket.state == TICKET_WAITING;
	default:
		return false;
	}
}

static int by_due(const void *a, const void *b)
{
	const struct ticket_row *x = a;
	const struct ticket_row *y = b;
	if (x->ticket.due_at != y->ticket.due_at) {
		return x->ticket.due_at < y->ticket.due_at ? -1 : 1;
	}
	return x->ticket.number < y->ticket.number ? -1 : 1;
}

static bool passes(
	const struct stage *stage, const struct queue_query *query, const struct ticket_row *row)
{
	struct filter_row filter_row = {.ticket = &row->ticket,
		.customer_name = row->customer_name,
		.address = row->customer_address,
		.holder = row->claim.operator_id};
	return !query->filter || filter_matches(query->filter, &filter_row, ANA, stage->now);
}

static bool is_behind(const struct queue_query *query, const struct ticket_row *row)
{
	struct ticket_row key = {
		.ticket = {.due_at = query->after.due_at, .number = query->after.number}};
	return !query->has_after || by_due(row, &key) > 0;
}

static bool is_before(const struct queue_query *query, const struct ticket_row *row)
{
	struct ticket_row key = {
		.ticket = {.due_at = query->after.due_at, .number = query->after.number}};
	return by_due(row, &key) < 0;
}

static void answer_queue(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	const struct queue_query *query = &effect->queue;
	struct queue_page *page = &msg->response.page;
	struct ticket_row *all = mem_array(msg, struct ticket_row, stage->ticket_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < stage->ticket_count; i++) {
		const struct ticket_row *row = &stage->tickets[i].view.row;
		bool is_there = query->backwards ? is_before(query, row) : is_behind(query, row);
		if (is_there && is_in_list(stage, query->list, row) && passes(stage, query, row)) {
			copy_row(msg, &all[count++], row);
		}
	}
	qsort(all, count, sizeof *all, by_due);
	size_t limit = query->limit ? query->limit : 50;
	size_t shown = count < limit ? count : limit;
	page->rows = query->backwards ? all + (count - shown) : all;
	page->count = shown;
	page->has_more = count > shown;
	page->revision = stage->revision;
}

static void answer_rows(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	struct queue_page *page = &msg->response.page;
	page->rows = mem_array(msg, struct ticket_row, effect->rows.count + 1);
	for (size_t i = 0; i < effect->rows.count; i++) {
		const struct ticket_view *view = stage_ticket(stage, effect->rows.numbers[i]);
		if (view) {
			copy_row(msg, &page->rows[page->count++], &view->row);
		}
	}
}

static void answer_outbox(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)effect;
	msg->response.outbox = (struct outbox){0};
	struct pending_list *list = &msg->response.pending;
	list->count = stage->pending.count;
	list->items = mem_array(msg, struct pending_change, list->count + 1);
	for (size_t i = 0; i < list->count; i++) {
		list->items[i] = stage->pending.items[i];
		list->items[i].text = mem_strdup(msg, list->items[i].text);
	}
}

static void answer_pending_drop(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)msg;
	struct pending_list *list = &stage->pending;
	for (size_t i = 0; i < list->count; i++) {
		if (memcmp(&list->items[i].id, &effect->pending, sizeof effect->pending) == 0) {
			list->count--;
			memmove(&list->items[i], &list->items[i + 1],
				(list->count - i) * sizeof *list->items);
			return;
		}
	}
}

static void answer_loads(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)effect;
	struct load_list *loads = &msg->response.loads;
	const struct directory *directory = stage->directory;
	loads->items = mem_array(msg, struct load, directory->operator_count + 1);
	for (size_t i = 0; i < directory->operator_count; i++) {
		loads->items[loads->count++].operator_id = directory->operators[i].id;
	}
}

static void answer_counts(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)effect;
	struct counts *counts = &msg->response.counts;
	for (size_t i = 0; i < stage->ticket_count; i++) {
		const struct ticket_row *row = &stage->tickets[i].view.row;
		counts->open += is_in_list(stage, LIST_QUEUE, row);
		counts->mine += is_in_list(stage, LIST_MINE, row);
		counts->free += is_in_list(stage, LIST_FREE, row);
		counts->overdue += is_in_list(stage, LIST_OVERDUE, row);
		counts->waiting += is_in_list(stage, LIST_WAITING, row);
	}
}

/* A copy, because what is shown must not change before the next answer. */
static struct ticket_view *copy_view(
	const struct stage *stage, const void *mem, const struct ticket_view *from)
{
	struct ticket_view *view = mem_dup(mem, from, sizeof *from);
	copy_row(view, &view->row, &from->row);
	view->revision = stage->revision;
	view->messages =
		mem_dup(view, from->messages, from->message_count * sizeof *from->messages);
	for (size_t i = 0; i < view->message_count; i++) {
		view->messages[i].text = mem_strdup(view, view->messages[i].text);
	}
	return view;
}

static void answer_ticket(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	const struct ticket_view *view = stage_ticket(stage, effect->ticket);
	msg->response.ok = view != NULL;
	if (view) {
		msg->response.ticket = copy_view(stage, msg, view);
	} else {
		problem_number(&msg->response.err, PROBLEM_NO_TICKET, effect->ticket, NULL);
	}
}

static void answer_next(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)effect;
	for (size_t i = 0; i < stage->ticket_count; i++) {
		const struct ticket_row *row = &stage->tickets[i].view.row;
		if (is_in_list(stage, LIST_FREE, row)) {
			copy_row(msg, &msg->response.row, row);
			return;
		}
	}
}

static void answer_search(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)effect;
	struct search_page *page = &msg->response.found;
	page->copied_at = stage->is_offline ? stage->link.data_at : 0;
	page->copied = 24;
	page->rows = mem_array(msg, struct ticket_row, 2);
	page->count = 2;
	for (size_t i = 0; i < 2; i++) {
		copy_row(msg, &page->rows[i], &stage->tickets[i].view.row);
		page->rows[i].snippet = mem_strdup(msg, "… pelo mesmo pedido …");
	}
}

static void answer_drafts(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	struct draft_list *list = &msg->response.drafts;
	if (effect->bin) {
		return;
	}
	list->count = stage->drafts.count;
	list->drafts = mem_array(msg, struct draft, list->count + 1);
	for (size_t i = 0; i < list->count; i++) {
		draft_copy(msg, &list->drafts[i], &stage->drafts.drafts[i]);
	}
}

static void answer_directory(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)effect;
	struct directory *directory = stage_directory(msg);
	const struct operator_ *ana = &stage->directory->operators[0];
	for (size_t i = 0; i < ana->preference_count; i++) {
		stage_prefer(directory, ana->preferences[i].name, ana->preferences[i].value);
	}
	msg->response.directory = directory;
	if (stage->alter_directory) {
		stage->alter_directory(msg->response.directory);
	}
}

/* --- changes --- */

static void claimed(struct stage *stage, struct ticket_view *view, struct result *result)
{
	stage_claim(stage, view->row.ticket.number, ANA, stage->now);
	result->generation = view->row.claim.generation;
}

static const enum ticket_state outcome_states[] = {[OUTCOME_WAIT] = TICKET_WAITING,
	[OUTCOME_RESOLVE] = TICKET_RESOLVED,
	[OUTCOME_STAY_OPEN] = TICKET_OPEN};

static void take_change(struct stage *stage, const struct change *change, struct result *result)
{
	struct ticket_view *view = stage_ticket(stage, change->ticket);
	result->ok = true;
	result->ticket = change->ticket;
	if (view && change->kind == CHANGE_CLAIM) {
		claimed(stage, view, result);
	} else if (view && change->kind == CHANGE_REPLY) {
		stage_add_message(stage, change->ticket, ANA, stage->now, change->text);
		view->row.ticket.state = outcome_states[change->outcome];
		view->row.claim = (struct claim){0};
	} else if (view && change->kind == CHANGE_RELEASE) {
		view->row.claim = (struct claim){0};
	} else if (view && change->kind == CHANGE_RESOLVE) {
		view->row.ticket.state = TICKET_RESOLVED;
		view->row.claim = (struct claim){0};
	} else if (view && change->kind == CHANGE_WAIT) {
		view->row.ticket.state = TICKET_WAITING;
		view->row.claim = (struct claim){0};
	}
	result->revision = ++stage->revision;
}

static void refuse_offline(struct error *err)
{
	error_set_reason(
		err, ERROR_UNAVAILABLE, "offline", N_("there is no connection to the desk"), NULL);
}

/* As a replica takes what it may, and refuses the rest. */
static void keep_change(struct stage *stage, const struct change *change, struct result *result)
{
	if (change->kind != CHANGE_REPLY && change->kind != CHANGE_NOTE &&
		change->kind != CHANGE_CUSTOMER_NOTE && change->kind != CHANGE_MEMO) {
		refuse_offline(&result->err);
		return;
	}
	struct pending_list *list = &stage->pending;
	list->items = mem_grow(stage, list->items, struct pending_change, list->count + 1);
	list->items[list->count++] = (struct pending_change){.id = change->id,
		.kind = change->kind,
		.ticket = change->ticket,
		.operator_id = change->operator_id,
		.team = change->team,
		.text = mem_strdup(stage, change->text),
		.at = stage->now};
	result->ok = true;
	result->is_queued = true;
	stage->link.waiting = list->count;
}

static bool is_refused(struct stage *stage, const struct change *change)
{
	bool is_it = stage->refused_ticket == 0 || stage->refused_ticket == change->ticket;
	return stage->refusal.code && is_it && change->kind != CHANGE_WORKED;
}

static void answer_apply(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	if (stage->is_uncertain) {
		stage->is_uncertain = false;
		msg->response.ok = false;
		error_set(&msg->response.err, ERROR_UNCERTAIN, N_("no answer came"), NULL);
		return;
	}
	msg->response.results = mem_array(msg, struct result, effect->apply.count);
	for (size_t i = 0; i < effect->apply.count; i++) {
		struct result *result = &msg->response.results[i];
		if (is_refused(stage, &effect->apply.changes[i])) {
			result->err = stage->refusal;
		} else if (stage->is_offline) {
			keep_change(stage, &effect->apply.changes[i], result);
		} else {
			take_change(stage, &effect->apply.changes[i], result);
		}
	}
	stage->refusal = stage->refused_ticket ? stage->refusal : (struct error){0};
}

static void answer_renew(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	msg->response.renewal = effect->renewal;
	msg->response.renewal.expires_at = stage->now + 2 * (int64_t)MS_MINUTE;
	if (stage->refusal.code) {
		msg->response.ok = false;
		msg->response.err = stage->refusal;
		stage->refusal = (struct error){0};
	}
}

static void save_draft(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)msg;
	struct draft_list *list = &stage->drafts;
	size_t at = 0;
	while (at < list->count && (list->drafts[at].ticket != effect->draft.ticket ||
					   list->drafts[at].kind != effect->draft.kind)) {
		at++;
	}
	if (at == list->count) {
		list->drafts = mem_grow(stage, list->drafts, struct draft, ++list->count);
	}
	draft_copy(stage, &list->drafts[at], &effect->draft);
}

static void answer_attach(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	struct response *response = &msg->response;
	if (stage->refusal.code) {
		response->ok = false;
		response->err = stage->refusal;
		stage->refusal = (struct error){0};
		return;
	}
	const char *slash = strrchr(effect->attach.path, '/');
	response->attachment = (struct attachment){
		.name = mem_strdup(msg, slash ? slash + 1 : effect->attach.path),
		.media_type = mem_strdup(msg, "image/png"),
		.size_bytes = 84 * 1024,
		.blob = mem_strdup(msg, "b")};
}

static void answer_nothing(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)stage;
	(void)msg;
	(void)effect;
}

static void answer_fetch(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)stage;
	const struct fetch *fetch = &effect->fetch;
	msg->response.path = fetch->folder ? mem_printf(msg, "/srv/%s", fetch->name) : NULL;
}

static void answer_presences(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)effect;
	msg->response.presences.count = stage->presences.count;
	msg->response.presences.items = mem_dup(msg, stage->presences.items,
		stage->presences.count * sizeof *stage->presences.items);
	for (size_t i = 0; i < stage->presences.count; i++) {
		msg->response.presences.items[i].terminal = mem_strdup(msg, "t");
	}
}

static void answer_memos(struct stage *stage, struct msg *msg, const struct effect *effect)
{
	(void)effect;
	struct memo_list *list = &msg->response.memos;
	if (stage->is_offline) {
		msg->response.ok = false;
		refuse_offline(&msg->response.err);
		return;
	}
	*list = stage->memos;
	list->items = mem_dup(msg, list->items, list->count * sizeof *list->items);
	for (size_t i = 0; i < list->count; i++) {
		list->items[i].text = mem_strdup(msg, list->items[i].text);
	}
}

typedef void answer_fn(struct stage *stage, struct msg *msg, const struct effect *effect);

static answer_fn *const answers[EFFECT_TYPES] = {
	[EFFECT_DIRECTORY] = answer_directory,
	[EFFECT_QUEUE] = answer_queue,
	[EFFECT_ROWS] = answer_rows,
	[EFFECT_NEXT] = answer_next,
	[EFFECT_COUNTS] = answer_counts,
	[EFFECT_OUTBOX] = answer_outbox,
	[EFFECT_PENDING_DROP] = answer_pending_drop,
	[EFFECT_LOADS] = answer_loads,
	[EFFECT_TICKET] = answer_ticket,
	[EFFECT_SEARCH] = answer_search,
	[EFFECT_DRAFTS] = answer_drafts,
	[EFFECT_APPLY] = answer_apply,
	[EFFECT_DRAFT_SAVE] = save_draft,
	[EFFECT_DRAFT_DISCARD] = answer_nothing,
	[EFFECT_DRAFT_RESTORE] = answer_nothing,
	[EFFECT_DRAFT_ADOPT] = answer_nothing,
	[EFFECT_RENEW] = answer_renew,
	[EFFECT_ATTACH] = answer_attach,
	[EFFECT_FETCH] = answer_fetch,
	[EFFECT_PRESENCE] = answer_nothing,
	[EFFECT_PRESENCES] = answer_presences,
	[EFFECT_MEMOS] = answer_memos,
};

/* As the program does before it asks: a change that is tried again keeps its id. */
static void give_ids(const struct stage *stage, struct effect *effect)
{
	for (size_t i = 0; effect->type == EFFECT_APPLY && i < effect->apply.count; i++) {
		struct change *change = &effect->apply.changes[i];
		if (uuid_is_zero(&change->id)) {
			change->id = uuid_make(stage->now);
		}
	}
}

struct msg *stage_respond(struct stage *stage, struct effect *effect)
{
	give_ids(stage, effect);
	struct msg *msg = stage_msg(stage, MSG_RESPONSE);
	msg->response.ok = !stage->is_unreachable && !stage->is_cut_short;
	msg->response.elapsed_ms = 3;
	msg->response.effect = talloc_steal(msg, effect);
	if (stage->is_unreachable) {
		error_set(&msg->response.err, ERROR_UNAVAILABLE, N_("the desk is busy"), NULL);
	} else if (stage->is_cut_short) {
		error_set_reason(&msg->response.err, ERROR_UNAVAILABLE, "cancelled",
			N_("the request was cancelled"), NULL);
	} else {
		answers[effect->type](stage, msg, effect);
	}
	return msg;
}
