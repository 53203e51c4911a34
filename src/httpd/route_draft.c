#include "base/mem.h"
#include "base/text.h"
#include "codec/change_json.h"
#include "codec/ticket_json.h"
#include "core/problem.h"
#include "httpd/route.h"

#include <string.h>

/* Drafts: request->data is the one that is meant, a struct draft. */

/* --- which --- */

static bool read_key(struct request *request, struct error *err)
{
	struct draft *draft = mem_new(request, struct draft);
	int kind;
	if (!request_number(request, 0, &draft->ticket, err) ||
		!request_word(request, 1, &draft_kind_names, &kind, err)) {
		return false;
	}
	draft->kind = (enum draft_kind)kind;
	draft->operator_id = request->identity.operator_id;
	request->data = draft;
	return true;
}

static bool read_author(struct request *request, struct error *err)
{
	static const char *const keys[] = {"author"};
	struct draft *draft = request->data;
	const struct json *object;
	const char *login = NULL;
	if (!request_object(request, keys, ARRAY_LEN(keys), &object, err) ||
		!json_get_text(object, "author", &login, err)) {
		return false;
	}
	const struct operator_ *author = directory_login(request->directory, login ? login : "");
	draft->operator_id = author ? author->id : 0;
	return author || problem(err, login ? PROBLEM_NO_OPERATOR : PROBLEM_MISSING,
				 login ? login : "author", NULL);
}

static bool read_text(struct request *request, struct error *err)
{
	static const char *const keys[] = {"text", "generation", "seen", "address", "attachments"};
	struct draft *draft = request->data;
	const struct json *object;
	const char *text = "", *address = "";
	if (!request_object(request, keys, ARRAY_LEN(keys), &object, err) ||
		!json_get_text(object, "text", &text, err) ||
		!json_get_text(object, "address", &address, err) ||
		!json_get_int(object, "generation", &draft->generation, err) ||
		!json_get_int(object, "seen", &draft->seen, err) ||
		!files_from_json(request, json_get(object, "attachments"), "attachments",
			&draft->attachments, err)) {
		return false;
	}
	draft->text = text_clean(request, text, strlen(text), NULL);
	draft->address = text_clean_line(request, address, strlen(address), NULL);
	return true;
}

/* --- what is done with it --- */

static bool save(struct request *request, struct store *store, struct error *err)
{
	return store_draft_save(store, request->data, err);
}

static bool discard(struct request *request, struct store *store, struct error *err)
{
	const struct draft *draft = request->data;
	return store_draft_discard(store, draft->ticket, draft->kind, err);
}

static bool restore(struct request *request, struct store *store, struct error *err)
{
	const struct draft *draft = request->data;
	return store_draft_restore(store, draft->ticket, draft->kind, err);
}

static bool adopt(struct request *request, struct store *store, struct error *err)
{
	const struct draft *draft = request->data;
	return store_draft_adopt(store, draft->ticket, draft->operator_id, draft->kind, err);
}

bool route_draft_save(struct request *request, struct error *err)
{
	return read_key(request, err) && read_text(request, err) &&
	       request_run(request, save, request_answer_done);
}

bool route_draft_discard(struct request *request, struct error *err)
{
	return read_key(request, err) && request_run(request, discard, request_answer_done);
}

bool route_draft_restore(struct request *request, struct error *err)
{
	return read_key(request, err) && request_run(request, restore, request_answer_done);
}

bool route_draft_adopt(struct request *request, struct error *err)
{
	return read_key(request, err) && read_author(request, err) &&
	       request_run(request, adopt, request_answer_done);
}

/* --- the list --- */

bool route_drafts(struct request *request, struct error *err)
{
	struct draft_list list;
	int bin = FLAG_NO;
	return request_query_word(request, "bin", &flag_names, &bin, err) &&
	       store_drafts(request->store, request, bin == FLAG_YES, &list, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, draft_list_json(request, &list, request->directory));
}
