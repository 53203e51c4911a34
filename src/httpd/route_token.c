#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "codec/token_json.h"
#include "core/problem.h"
#include "httpd/route.h"

#include <string.h>

/* Tokens for scripts. What a token may do with tokens is the right "admin". */

bool route_tokens(struct request *request, struct error *err)
{
	struct token_list list;
	return identity_has_right(&request->identity, RIGHT_ADMIN, err) &&
	       store_tokens(request->store, request, &list, err) &&
	       request_directory(request, err) &&
	       request_respond_json(request, token_list_json(request, &list, request->directory));
}

/* A change of one token, on its way to the writer. */
struct wish {
	struct change change;
	struct result result;
	char *secret;
};

static struct wish *wish(struct request *request, enum change_kind kind)
{
	struct wish *made = mem_new(request, struct wish);
	made->change = (struct change){.kind = kind, .actor = request->identity.operator_id};
	made->change.id = uuid_make(store_now(request->store));
	request->data = made;
	request->job = (struct job){.changes = &made->change, .count = 1, .results = &made->result};
	return made;
}

/* --- making --- */

/* ["read","feed"] as "read,feed". */
static bool read_rights(
	struct request *request, const struct json *object, const char **rights, struct error *err)
{
	const struct json *array = json_get(object, "rights");
	char *text = NULL;
	if (json_type_of(array) == JSON_NULL) {
		return true;
	}
	for (const struct json *item = json_first(array); item; item = json_next(item)) {
		const char *word = json_text(item);
		if (!word) {
			return problem(err, PROBLEM_VALUE, "rights", NULL);
		}
		word = text_clean_line(request, word, strlen(word), NULL);
		text = text ? mem_printf(request, "%s,%s", text, word) : mem_strdup(request, word);
	}
	*rights = text;
	return text || problem(err, PROBLEM_VALUE, "rights", NULL);
}

static bool read_token(struct request *request, struct change *change, struct error *err)
{
	static const char *const keys[] = {"id", "name", "rights", "expires_at", "operator"};
	const struct json *object;
	const char *id = NULL;
	if (!request_object(request, keys, ARRAY_LEN(keys), &object, err) ||
		!json_get_text(object, "id", &id, err) ||
		!json_get_text(object, "name", &change->name, err) ||
		!json_get_text(object, "operator", &change->key, err) ||
		!json_get_time(object, "expires_at", &change->until_at, err) ||
		!read_rights(request, object, &change->value, err)) {
		return false;
	}
	if (id && !uuid_parse(id, &change->id)) {
		return problem(err, PROBLEM_VALUE, "id", NULL);
	}
	const char **texts[] = {&change->name, &change->key};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		*texts[i] = *texts[i] ? text_clean_line(request, *texts[i], strlen(*texts[i]), NULL)
				      : NULL;
	}
	return true;
}

/* The only time that the secret is seen. */
static bool answer_token(struct request *request, struct error *err)
{
	struct wish *made = request->data;
	if (made->result.ok && made->result.is_repeat) {
		return error_set_reason(err, ERROR_CONFLICT, "change_id",
			N_("that token was made before, and its secret is known to nobody but who "
			   "made it; revoke it and make another"),
			NULL);
	}
	if (!made->result.ok) {
		*err = made->result.err;
		return false;
	}
	struct json *object = json_object(request);
	json_add_id(object, "id", made->result.revision);
	json_add_text(object, "name", made->change.name);
	json_add_text(object, "token", made->secret);
	json_add_exact_time(object, "expires_at", made->change.until_at);
	request_respond_json(request, object);
	secret_wipe_text(made->secret);
	return true;
}

bool route_token_add(struct request *request, struct error *err)
{
	struct wish *made = wish(request, CHANGE_TOKEN_ADD);
	if (!identity_has_right(&request->identity, RIGHT_ADMIN, err) ||
		!read_token(request, &made->change, err)) {
		return false;
	}
	made->secret = token_make(request);
	made->change.secret = token_hash(request, made->secret);
	return request_write(request, answer_token);
}

/* --- revoking --- */

static bool answer_revoked(struct request *request, struct error *err)
{
	const struct wish *made = request->data;
	*err = made->result.err;
	return made->result.ok && request_respond_nothing(request);
}

bool route_token_revoke(struct request *request, struct error *err)
{
	struct wish *made = wish(request, CHANGE_TOKEN_REVOKE);
	return identity_has_right(&request->identity, RIGHT_ADMIN, err) &&
	       request_number(request, 0, &made->change.token, err) &&
	       request_write(request, answer_revoked);
}
