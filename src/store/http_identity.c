#include "store/http_remote.h"

#include "base/mem.h"
#include "base/secret.h"
#include "base/uuid.h"
#include "codec/objects.h"

#include <string.h>

/* Signing in and out, tokens, passwords. None of it needs the directory, which a session that has
 * just ended does not get. */

/* A body with a secret in it is wiped when it was sent. */
static bool send_object(struct remote *remote, const char *method, const char *path,
	const struct json *object, const void *mem, struct http_answer *answer, struct error *err)
{
	char *body = json_print(mem, object);
	struct remote_call call = {.method = method,
		.path = path,
		.body = body,
		.size = strlen(body),
		.is_change = strcmp(method, "PUT") == 0};
	bool ok = remote_receive(remote, &call, mem, answer, err);
	secret_wipe_text(body);
	return ok;
}

static bool read_text(struct remote *remote, const struct http_answer *answer, const void *mem,
	const char *key, char **text, struct error *err)
{
	const struct json *json;
	bool ok = json_parse(mem, answer->body, answer->body_size, 1, &json, err);
	const char *found = ok ? json_text(json_get(json, key)) : NULL;
	*text = mem_strdup(mem, found);
	return found || remote_strange(remote, &(struct remote_call){0}, err);
}

bool remote_sign_in(struct store *store, const void *mem, const struct sign_in *in, char **token,
	struct error *err)
{
	struct remote *remote = remote_of(store);
	struct http_answer answer;
	void *scratch = mem_context(NULL);
	struct json *object = json_object(scratch);
	json_add_text(object, "login", in->login);
	json_add_text(object, "password", in->password);
	json_add_text(object, "name", in->name);
	char *found;
	bool ok = send_object(remote, "POST", "/v1/sign-in", object, scratch, &answer, err) &&
		  read_text(remote, &answer, scratch, "token", &found, err);
	if (ok && !token_is_wellformed(found)) {
		ok = remote_strange(remote, &(struct remote_call){0}, err);
	}
	*token = ok ? mem_strdup(mem, found) : NULL;
	talloc_free(scratch);
	return ok;
}

bool remote_sign_out(struct store *store, struct error *err)
{
	struct http_answer answer;
	void *scratch = mem_context(NULL);
	struct remote_call call = {.method = "POST", .path = "/v1/sign-out"};
	bool ok = remote_receive(remote_of(store), &call, scratch, &answer, err);
	talloc_free(scratch);
	return ok;
}

bool remote_whoami(struct store *store, const void *mem, char **login, struct error *err)
{
	struct remote *remote = remote_of(store);
	void *scratch = mem_context(NULL);
	const struct json *json;
	struct remote_call call = {.path = "/v1/me"};
	bool ok = remote_ask(remote, &call, scratch, &json, err);
	*login = ok ? mem_strdup(mem, json_text(json_get(json_get(json, "operator"), "login")))
		    : NULL;
	talloc_free(scratch);
	return ok;
}

bool remote_tokens(struct store *store, const void *mem, struct token_list *list, struct error *err)
{
	return remote_get(remote_of(store), "/v1/tokens", &token_list_object, mem, list, err);
}

bool remote_password_set(
	struct store *store, const struct password_change *password, struct error *err)
{
	struct remote *remote = remote_of(store);
	struct http_answer answer;
	void *scratch = mem_context(NULL);
	struct json *object = json_object(scratch);
	char id[UUID_TEXT_SIZE];
	const char *login = password->login ? password->login
					    : directory_login_of(remote->directory, store->actor);
	uuid_format(&password->id, id);
	json_add_text(object, "id", id);
	json_add_text(object, "password", password->password);
	if (password->current) {
		json_add_text(object, "current", password->current);
	}
	char *path = mem_printf(scratch, "/v1/operators/%s/password", http_escape(scratch, login));
	bool ok = send_object(remote, "PUT", path, object, scratch, &answer, err);
	talloc_free(scratch);
	return ok;
}
