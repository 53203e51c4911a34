#include "store/replica_parts.h"

#include "store/reads.h"

/* Where a question is answered: by the copy what it has, else by the desk; and when that cannot be
 * reached, by the copy as far as it goes. */

/* A verb and what it is asked: each takes from here what it knows of. */
struct asking {
	bool (*verb)(struct store *store, const struct asking *asking, struct error *err);
	void *answer;
	const void *mem;
	const void *about; /* the query, numbers, address, or which drafts */
	int64_t id;
	size_t count;
};

/* What there is for an answer. */
struct sources {
	struct replica *replica;
	struct desk *copy;	 /* NULL: there is the desk alone */
	struct copy_state state; /* of the copy */
	bool is_by_copy;	 /* the copy answered */
};

static bool sources_ready(struct sources *from, struct store *store, struct error *err)
{
	*from = (struct sources){.replica = replica_of(store)};
	return replica_ready(from->replica, &from->copy, err);
}

static bool sources_look(struct sources *from, struct store *store, struct error *err)
{
	return sources_ready(from, store, err) &&
	       (!from->copy || copy_state_read(from->copy, &from->state, err));
}

static bool ask_desk(struct replica *replica, const struct asking *asking, struct error *err)
{
	struct store *inner;
	return replica_inner(replica, &inner, err) &&
	       reach_told(&replica->own, asking->verb(inner, asking, err), err);
}

static bool ask_copy(struct sources *from, const struct asking *asking, struct error *err)
{
	from->is_by_copy = true;
	return asking->verb(&from->copy->store, asking, err);
}

/* Not answered by the desk, which cannot be reached: what is here has to do. */
static bool falls_back(const struct sources *from, bool ok, const struct error *err)
{
	return !ok && from->copy && is_link_error(err);
}

/* By the copy when all of it is there, else by the desk alone: where a part would be taken for the
 * whole, rows that are not here for rows that are gone, or their number for that of all. */
static bool ask_all(
	struct sources *from, bool is_here, const struct asking *asking, struct error *err)
{
	return is_here ? ask_copy(from, asking, err) : ask_desk(from->replica, asking, err);
}

/* What the copy has, or the desk; without both it is said that this is in neither. */
static bool ask_whole(
	struct sources *from, bool is_here, const struct asking *asking, struct error *err)
{
	bool ok = ask_all(from, is_here, asking, err);
	return falls_back(from, ok, err) && !is_here ? refuse_absent(err) : ok;
}

/* By the copy when it is there, else by the desk, else by the copy as far as it goes. */
static bool ask(struct sources *from, bool is_here, const struct asking *asking, struct error *err)
{
	bool ok = ask_all(from, is_here, asking, err);
	return falls_back(from, ok, err) && !is_here ? ask_copy(from, asking, err) : ok;
}

/* What the copy never has as well as the desk. */
static bool ask_desk_first(struct store *store, const struct asking *asking, struct error *err)
{
	struct sources from;
	return sources_ready(&from, store, err) && ask(&from, false, asking, err);
}

/* --- the directory --- */

/* By the copy once it has been told one. */
static bool ask_directory(struct store *store, const struct asking *asking, struct error *err)
{
	struct sources from;
	if (!sources_ready(&from, store, err)) {
		return false;
	}
	bool is_here = from.copy && copy_state_read(from.copy, &from.state, err) &&
		       from.state.directory >= 0;
	return ask_all(&from, is_here, asking, err);
}

static bool directory_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_directory(store, asking->answer, err);
}

bool replica_directory(struct store *store, const struct directory **directory, struct error *err)
{
	return ask_directory(
		store, &(struct asking){.verb = directory_verb, .answer = directory}, err);
}

static bool directory_copy_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_directory_copy(store, asking->mem, asking->answer, err);
}

bool replica_directory_copy(
	struct store *store, const void *mem, struct directory **directory, struct error *err)
{
	return ask_directory(store,
		&(struct asking){.verb = directory_copy_verb, .answer = directory, .mem = mem},
		err);
}

/* --- lists --- */

static bool is_list_here(enum queue_list list)
{
	return list == LIST_QUEUE || list == LIST_MINE || list == LIST_FREE ||
	       list == LIST_OVERDUE || list == LIST_SNOOZED;
}

static bool queue_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_queue(store, asking->mem, asking->about, asking->answer, err);
}

/* A page of the copy is as old as the copy. */
static bool date_page(const struct sources *from, struct queue_page *page, bool ok)
{
	if (from->is_by_copy) {
		page->revision = from->state.since;
	}
	return ok;
}

bool replica_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err)
{
	struct asking asking = {.verb = queue_verb, .answer = page, .mem = mem, .about = query};
	struct sources from;
	if (!sources_look(&from, store, err)) {
		return false;
	}
	bool is_here = from.state.is_complete && is_list_here(query->list);
	return date_page(&from, page, ask(&from, is_here, &asking, err));
}

static bool has_all(
	struct desk *copy, const int64_t *numbers, size_t count, bool *all, struct error *err)
{
	*all = true;
	for (size_t i = 0; *all && i < count; i++) {
		bool is_whole, is_gone;
		if (!copy_has(copy, numbers[i], &is_whole, &is_gone, err)) {
			return false;
		}
		*all = is_whole || is_gone;
	}
	return true;
}

static bool rows_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_rows(store, asking->mem, asking->about, asking->count, asking->answer, err);
}

bool replica_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err)
{
	struct asking asking = {
		.verb = rows_verb, .answer = page, .mem = mem, .about = numbers, .count = count};
	struct sources from;
	bool is_here = false;
	if (!sources_look(&from, store, err) ||
		(from.copy && !has_all(from.copy, numbers, count, &is_here, err))) {
		return false;
	}
	is_here = is_here && !from.replica->is_strict;
	return date_page(&from, page, ask_all(&from, is_here, &asking, err));
}

static bool next_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_next(store, asking->mem, asking->answer, err);
}

bool replica_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err)
{
	struct sources from;
	return sources_look(&from, store, err) &&
	       ask(&from, from.state.is_complete,
		       &(struct asking){.verb = next_verb, .answer = row, .mem = mem}, err);
}

static bool counts_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_counts(store, asking->answer, err);
}

/* What is open and put off is counted here, what waits was counted there. */
bool replica_counts(struct store *store, struct counts *counts, struct error *err)
{
	struct sources from;
	if (!sources_look(&from, store, err)) {
		return false;
	}
	bool ok = ask_all(&from, from.state.is_complete,
		&(struct asking){.verb = counts_verb, .answer = counts}, err);
	if (from.is_by_copy) {
		counts->waiting = from.state.waiting;
	}
	return ok;
}

static bool outbox_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_outbox(store, asking->mem, asking->answer, err);
}

bool replica_outbox(struct store *store, const void *mem, struct outbox *outbox, struct error *err)
{
	return ask_desk_first(
		store, &(struct asking){.verb = outbox_verb, .answer = outbox, .mem = mem}, err);
}

static bool loads_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_loads(store, asking->mem, asking->answer, err);
}

bool replica_loads(struct store *store, const void *mem, struct load_list *loads, struct error *err)
{
	return ask_desk_first(
		store, &(struct asking){.verb = loads_verb, .answer = loads, .mem = mem}, err);
}

static bool drafts_verb(struct store *store, const struct asking *asking, struct error *err)
{
	const bool *bin = asking->about;
	return store_drafts(store, asking->mem, *bin, asking->answer, err);
}

bool replica_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err)
{
	return ask_desk_first(store,
		&(struct asking){.verb = drafts_verb, .answer = list, .mem = mem, .about = &bin},
		err);
}

/* --- ticket and customer --- */

static bool ticket_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_ticket(store, asking->mem, asking->id, asking->answer, err);
}

/* One that is not here as a whole is fetched, and stays as read lately. */
bool replica_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err)
{
	struct asking asking = {.verb = ticket_verb, .answer = view, .mem = mem, .id = number};
	struct sources from;
	struct store *inner;
	bool is_whole = false, is_gone = false;
	struct error failed = {0};
	if (!sources_look(&from, store, err) ||
		(from.copy && !copy_has(from.copy, number, &is_whole, &is_gone, err))) {
		return false;
	}
	struct replica *replica = from.replica;
	if (is_gone) {
		is_whole = replica_is_down(replica);
	}
	is_whole = is_whole && !replica->is_strict;
	if (from.copy && !is_whole && replica_inner(replica, &inner, &failed)) {
		is_whole = sync_numbers(&replica->own, &number, 1, &failed);
	}
	bool ok = ask_whole(&from, is_whole, &asking, err);
	if (is_whole) {
		view->revision = from.state.since;
	}
	return ok;
}

static bool customer_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_customer(store, asking->mem, asking->id, asking->answer, err);
}

bool replica_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err)
{
	struct asking asking = {.verb = customer_verb, .answer = view, .mem = mem, .id = id};
	struct sources from;
	bool is_here = false;
	if (!sources_ready(&from, store, err) ||
		(from.copy && !copy_has_customer(from.copy, id, &is_here, err))) {
		return false;
	}
	return ask_whole(&from, is_here, &asking, err);
}

static bool customer_find_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_customer_find(store, asking->mem, asking->about, asking->answer, err);
}

/* That the copy does not know it says nothing: the desk's refusal stays. */
bool replica_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err)
{
	struct asking asking = {
		.verb = customer_find_verb, .answer = id, .mem = mem, .about = address};
	struct sources from;
	struct error here = {0};
	if (!sources_ready(&from, store, err)) {
		return false;
	}
	bool ok = ask_desk(from.replica, &asking, err);
	return falls_back(&from, ok, err) ? ask_copy(&from, &asking, &here) : ok;
}

bool replica_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err)
{
	struct replica *replica = replica_of(store);
	struct store *inner;
	return replica_inner(replica, &inner, err) &&
	       reach_told(&replica->own, store_ref_find(inner, customer, ref, id, err), err);
}

/* --- searching --- */

static bool search_verb(struct store *store, const struct asking *asking, struct error *err)
{
	return store_search(store, asking->mem, asking->about, asking->answer, err);
}

/* The copy has a small part of the desk, so that it is searched only when there is nothing else,
 * and says so. */
static bool search_copy(struct sources *from, const struct asking *asking, struct error *err)
{
	struct search_page *page = asking->answer;
	bool ok = copy_index(from->copy, &from->replica->indexed, err) &&
		  ask_copy(from, asking, err) && copy_count(from->copy, &page->copied, err);
	page->copied_at = from->state.data_at;
	return ok;
}

bool replica_search(struct store *store, const void *mem, const struct search_query *query,
	struct search_page *page, struct error *err)
{
	struct asking asking = {.verb = search_verb, .answer = page, .mem = mem, .about = query};
	struct sources from;
	if (!sources_look(&from, store, err)) {
		return false;
	}
	bool ok = ask_desk(from.replica, &asking, err);
	return falls_back(&from, ok, err) ? search_copy(&from, &asking, err) : ok;
}

/* --- files --- */

struct content {
	char **bytes;
	size_t *size;
};

static bool blob_verb(struct store *store, const struct asking *asking, struct error *err)
{
	struct content *content = asking->answer;
	return store_blob_get(
		store, asking->mem, asking->id, asking->about, content->bytes, content->size, err);
}

/* What was read once is kept: a key stands for the same content always. */
bool replica_blob_get(struct store *store, const void *mem, int64_t ticket, const char *key,
	char **bytes, size_t *size, struct error *err)
{
	struct content content = {bytes, size};
	struct asking asking = {
		.verb = blob_verb, .answer = &content, .mem = mem, .about = key, .id = ticket};
	struct sources from;
	struct error ignored = {0};
	bool is_here = false;
	if (!sources_ready(&from, store, err) ||
		(from.copy && !copy_files_has(from.copy, key, &is_here, err))) {
		return false;
	}
	is_here = is_here && !from.replica->is_strict;
	bool ok = ask_whole(&from, is_here, &asking, err);
	if (ok && from.copy && !is_here) {
		copy_files_put(from.copy, key, *bytes, *size, &ignored);
	}
	return ok;
}
