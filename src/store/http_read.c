#include "store/http_remote.h"

#include "base/mem.h"
#include "base/text.h"
#include "codec/cursor.h"
#include "codec/objects.h"
#include "codec/ticket_json.h"

#include <inttypes.h>
#include <string.h>

/* --- lists --- */

/* Longer addresses are not taken; nobody looks for a longer text. */
enum { ROWS_A_REQUEST = 400, SEARCH_BYTES = 2000 };

static const char *team_word(const struct remote *remote, int64_t id)
{
	const struct team *team = directory_team(remote->directory, id);
	return id == TEAM_NONE ? "none" : team ? team->key : NULL;
}

static char *queue_path(
	const struct remote *remote, const void *mem, const struct queue_query *query)
{
	char *path = mem_strdup(mem, "/v1/tickets");
	remote_path_add(&path, "list", name_of(&queue_list_names, (int)query->list));
	remote_path_add(&path, "order", name_of(&queue_order_names, (int)query->order));
	if (query->filter && *query->filter->text) {
		remote_path_add(&path, "filter", query->filter->text);
		remote_path_add_int(&path, "offset_ms", query->filter->offset_ms);
	}
	remote_path_add(&path, "team", query->team ? team_word(remote, query->team) : NULL);
	if (query->has_after || query->backwards) {
		remote_path_add(&path, query->backwards ? "before" : "after",
			query->has_after ? cursor_print(mem, &query->after) : "end");
	}
	if (query->limit) {
		remote_path_add_int(&path, "limit", (int64_t)query->limit);
	}
	return path;
}

bool remote_queue(struct store *store, const void *mem, const struct queue_query *query,
	struct queue_page *page, struct error *err)
{
	struct remote *remote = remote_of(store);
	void *scratch = mem_context(NULL);
	struct remote_call call = {.path = queue_path(remote, scratch, query), .is_page = true};
	bool ok = remote_read(remote, &call, &queue_page_object, mem, page, err);
	talloc_free(scratch);
	return ok;
}

static bool ask_rows(struct remote *remote, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err)
{
	char *list = mem_strdup(NULL, "");
	for (size_t i = 0; i < count; i++) {
		list = mem_check(talloc_asprintf_append_buffer(
			list, "%s%" PRId64, i ? "," : "", numbers[i]));
	}
	char *path = mem_strdup(list, "/v1/rows");
	remote_path_add(&path, "numbers", list);
	bool ok = remote_get(remote, path, &queue_page_object, mem, page, err);
	talloc_free(list);
	return ok;
}

bool remote_rows(struct store *store, const void *mem, const int64_t *numbers, size_t count,
	struct queue_page *page, struct error *err)
{
	for (size_t at = 0; at < count; at += ROWS_A_REQUEST) {
		size_t left = count - at;
		struct queue_page more;
		if (!ask_rows(remote_of(store), mem, numbers + at,
			    left < ROWS_A_REQUEST ? left : ROWS_A_REQUEST, &more, err)) {
			return false;
		}
		page->rows =
			mem_grow(mem, page->rows, struct ticket_row, page->count + more.count + 1);
		memcpy(page->rows + page->count, more.rows, more.count * sizeof *more.rows);
		talloc_steal(page->rows, more.rows);
		page->count += more.count;
		page->revision = more.revision;
	}
	return true;
}

bool remote_search(struct store *store, const void *mem, const struct search_query *query,
	struct search_page *page, struct error *err)
{
	char *path = mem_strdup(NULL, "/v1/search");
	char *text = mem_strndup(path, query->text, text_cut(query->text, SEARCH_BYTES));
	remote_path_add(&path, "q", text);
	remote_path_add_int(&path, "offset_ms", query->offset_ms);
	if (query->before) {
		remote_path_add_int(&path, "before", query->before);
	}
	if (query->limit) {
		remote_path_add_int(&path, "limit", (int64_t)query->limit);
	}
	bool ok = remote_get(remote_of(store), path, &search_page_object, mem, page, err);
	talloc_free(path);
	return ok;
}

bool remote_log(struct store *store, const void *mem, int64_t ticket, int64_t since, size_t limit,
	struct feed *feed, struct error *err)
{
	char *path = ticket ? mem_printf(NULL, "/v1/tickets/%" PRId64 "/log", ticket)
			    : mem_strdup(NULL, "/v1/log");
	remote_path_add_int(&path, "since", since);
	if (limit) {
		remote_path_add_int(&path, "limit", (int64_t)limit);
	}
	bool ok = remote_get(remote_of(store), path, &feed_object, mem, feed, err);
	talloc_free(path);
	return ok;
}

/* --- what is one object --- */

bool remote_counts(struct store *store, struct counts *counts, struct error *err)
{
	return remote_get(remote_of(store), "/v1/counts", &counts_object, NULL, counts, err);
}

bool remote_outbox(struct store *store, const void *mem, struct outbox *outbox, struct error *err)
{
	return remote_get(remote_of(store), "/v1/outbox", &outbox_object, mem, outbox, err);
}

bool remote_loads(struct store *store, const void *mem, struct load_list *loads, struct error *err)
{
	return remote_get(remote_of(store), "/v1/loads", &load_list_object, mem, loads, err);
}

bool remote_drafts(
	struct store *store, const void *mem, bool bin, struct draft_list *list, struct error *err)
{
	return remote_get(remote_of(store), bin ? "/v1/drafts?bin=yes" : "/v1/drafts",
		&draft_list_object, mem, list, err);
}

bool remote_customer(struct store *store, const void *mem, int64_t id, struct customer_view *view,
	struct error *err)
{
	char *path = mem_printf(NULL, "/v1/customers/%" PRId64, id);
	bool ok = remote_get(remote_of(store), path, &customer_view_object, mem, view, err);
	talloc_free(path);
	return ok;
}

bool remote_ticket(struct store *store, const void *mem, int64_t number, struct ticket_view *view,
	struct error *err)
{
	struct remote *remote = remote_of(store);
	void *scratch = mem_context(NULL);
	struct remote_call call = {.path = mem_printf(scratch, "/v1/tickets/%" PRId64, number)};
	const struct json *json;
	bool ok = remote_ask(remote, &call, scratch, &json, err) &&
		  (ticket_view_from_json(mem, json, view, remote->directory, err) ||
			  remote_strange(remote, &call, err));
	talloc_free(scratch);
	return ok;
}

bool remote_next(struct store *store, const void *mem, struct ticket_row *row, struct error *err)
{
	struct remote *remote = remote_of(store);
	void *scratch = mem_context(NULL);
	struct remote_call call = {.path = "/v1/next"};
	const struct json *json;
	bool ok = remote_ask(remote, &call, scratch, &json, err);
	const struct json *ticket = ok ? json_get(json, "ticket") : NULL;
	if (ok && json_type_of(ticket) != JSON_NULL) {
		ok = object_from_json(
			     mem, ticket, &ticket_row_object, row, remote->directory, err) ||
		     remote_strange(remote, &call, err);
	}
	talloc_free(scratch);
	return ok;
}

/* --- numbers --- */

static bool ask_id(struct remote *remote, const char *path, int64_t *id, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct remote_call call = {.path = path};
	const struct json *json;
	bool ok = remote_ask(remote, &call, scratch, &json, err) &&
		  (json_get_int(json, "id", id, err) || remote_strange(remote, &call, err));
	talloc_free(scratch);
	return ok;
}

bool remote_customer_find(
	struct store *store, const void *mem, const char *address, int64_t *id, struct error *err)
{
	char *path = mem_strdup(mem, "/v1/customers");
	remote_path_add(&path, "address", address);
	bool ok = ask_id(remote_of(store), path, id, err);
	talloc_free(path);
	return ok;
}

bool remote_ref_find(
	struct store *store, bool customer, const char *ref, int64_t *id, struct error *err)
{
	if (!*ref) {
		return true;
	}
	char *path = mem_strdup(NULL, "/v1/refs");
	remote_path_add(&path, customer ? "customer" : "ticket", ref);
	bool ok = ask_id(remote_of(store), path, id, err);
	talloc_free(path);
	return ok;
}

/* --- bytes --- */

bool remote_blob_get(struct store *store, const void *mem, int64_t ticket, const char *key,
	char **bytes, size_t *size, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct remote_call call = {.accept = "application/octet-stream",
		.path = mem_printf(scratch, "/v1/tickets/%" PRId64 "/files/%s", ticket,
			http_escape(scratch, key))};
	struct http_answer answer;
	bool ok = remote_send(remote_of(store), &call, scratch, &answer, err);
	if (ok) {
		*bytes = mem_array(mem, char, answer.body_size + 1);
		memcpy(*bytes, answer.body, answer.body_size);
		*size = answer.body_size;
	}
	talloc_free(scratch);
	return ok;
}
