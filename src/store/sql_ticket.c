#include "store/reads.h"

#include "base/mem.h"
#include "core/permission.h"
#include "core/problem.h"
#include "store/row.h"
#include "store/shape.h"
#include "store/statement.h"
#include "store/writes.h"

enum { MESSAGES_MAX = 500 };

struct looking {
	struct desk *desk;
	const void *mem;
	struct scope scope;
	struct ticket_view *view;
};

static struct sql_query *of_ticket(const struct looking *looking, int statement)
{
	struct sql_query *query = sql_query(looking->desk->sql, statement);
	sql_bind_int(query, 1, looking->view->row.ticket.number);
	return query;
}

/* The newest come first from the statement and go last on the screen. */
static bool load_messages(struct looking *looking, struct error *err)
{
	struct ticket_view *view = looking->view;
	struct sql_query *query = of_ticket(looking, READ_MESSAGES);
	sql_bind_int(query, 2, MESSAGES_MAX + 1);
	void *rows;
	if (!shape_read_all(
		    &message_shape, query, looking->mem, &rows, &view->message_count, err)) {
		return false;
	}
	view->messages = rows;
	if (view->message_count > MESSAGES_MAX) {
		view->has_more_messages = true;
		view->message_count = MESSAGES_MAX;
	}
	for (size_t i = 0, last = view->message_count; i + 1 < last; i++) {
		struct message message = view->messages[i];
		view->messages[i] = view->messages[--last];
		view->messages[last] = message;
	}
	return true;
}

static bool load_notes(struct looking *looking, struct error *err)
{
	struct ticket_view *view = looking->view;
	void *notes, *questions;
	bool ok = shape_read_all(&note_shape, of_ticket(looking, READ_NOTES), looking->mem, &notes,
			  &view->note_count, err) &&
		  shape_read_all(&question_shape, of_ticket(looking, READ_QUESTIONS), looking->mem,
			  &questions, &view->question_count, err);
	if (ok) {
		view->notes = notes;
		view->questions = questions;
	}
	return ok;
}

static bool sees_draft(const struct looking *looking, const struct draft *draft)
{
	const struct scope *scope = &looking->scope;
	const struct operator_ *author =
		directory_operator(looking->desk->directory, draft->operator_id);
	return !scope->actor || (author && permission_sees_draft(scope->actor, author,
						   &looking->view->row.claim, scope->now));
}

static bool load_drafts(struct looking *looking, struct error *err)
{
	struct ticket_view *view = looking->view;
	void *rows;
	size_t count;
	if (!shape_read_all(&draft_shape, of_ticket(looking, READ_DRAFTS_ALIVE), looking->mem,
		    &rows, &count, err)) {
		return false;
	}
	view->drafts = rows;
	for (size_t i = 0; i < count; i++) {
		if (sees_draft(looking, &view->drafts[i])) {
			view->drafts[view->draft_count++] = view->drafts[i];
		}
	}
	for (size_t i = 0; i < view->draft_count; i++) {
		struct draft *draft = &view->drafts[i];
		if (!desk_draft_attachments(looking->desk->sql, looking->mem, draft->id,
			    &draft->attachments, err)) {
			return false;
		}
	}
	return true;
}

/* Files come in the order of their texts: the run that belongs to this one. */
static void take_files(
	const struct attachment_list *all, int64_t text, struct attachment_list *list)
{
	for (size_t i = 0; i < all->count; i++) {
		if (all->items[i].text == text) {
			list->items = list->count ? list->items : &all->items[i];
			list->count++;
		}
	}
}

static bool load_files(struct looking *looking, struct error *err)
{
	struct ticket_view *view = looking->view;
	struct attachment_list all = {0};
	void *rows;
	if (!shape_read_all(&attachment_shape, of_ticket(looking, READ_ATTACHMENTS), looking->mem,
		    &rows, &all.count, err)) {
		return false;
	}
	all.items = rows;
	for (size_t i = 0; all.count && i < view->message_count; i++) {
		take_files(&all, view->messages[i].id, &view->messages[i].attachments);
	}
	for (size_t i = 0; all.count && i < view->note_count; i++) {
		take_files(&all, view->notes[i].id, &view->notes[i].attachments);
	}
	return true;
}

static bool load_view(struct looking *looking, int64_t number, struct error *err)
{
	struct ticket_view *view = looking->view;
	struct desk *desk = looking->desk;
	bool sees, found;
	if (!row_load(desk, looking->mem, &looking->scope, number, &view->row, &sees, err)) {
		return false;
	}
	if (!sees) {
		return problem_number(err, PROBLEM_NO_TICKET, number, NULL);
	}
	return load_messages(looking, err) && load_notes(looking, err) &&
	       load_files(looking, err) && load_drafts(looking, err) &&
	       desk_memos_of(desk, looking->mem, number, &view->memos, &view->memo_count, err) &&
	       customer_load(desk, looking->mem, &looking->scope, view->row.ticket.customer,
		       &view->customer, &found, err) &&
	       desk_revision(desk, &view->revision, err);
}

bool desk_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err)
{
	struct desk *desk = desk_of(store);
	*view = (struct ticket_view){0};
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	struct looking looking = {.desk = desk, .mem = mem, .view = view};
	void *scratch = mem_context(NULL);
	scope_init(&looking.scope, desk, scratch);
	bool ok = load_view(&looking, number, err);
	talloc_free(scratch);
	desk_read_end(desk);
	return ok;
}

/* Which numbers of another system are taken here is no secret: whoever imports must know. */
bool desk_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err)
{
	struct desk *desk = desk_of(store);
	*id = 0;
	if (!*ref) {
		return true;
	}
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	struct sql_query *query =
		sql_query(desk->sql, customer ? READ_CUSTOMER_REF : READ_TICKET_REF);
	sql_bind_text(query, 1, ref);
	bool ok = sql_number(query, id, err);
	desk_read_end(desk);
	return ok;
}
