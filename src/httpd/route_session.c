#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "codec/json.h"
#include "httpd/route.h"
#include "httpd/server_state.h"
#include "httpd/sign_in.h"

#include <string.h>

/* Signing in and out, and who one is. */

struct arrival {
	struct verify_job verify;
	const char *login, *password, *name;
	int64_t operator_id; /* 0: nobody who may sign in */
	char *token;
	struct change change;
	struct result result;
};

/* --- in --- */

static bool read_sign_in(struct request *request, struct arrival *in, struct error *err)
{
	static const char *const keys[] = {"login", "password", "name"};
	const struct json *object;
	if (!request_object(request, keys, ARRAY_LEN(keys), &object, err) ||
		!json_get_text(object, "login", &in->login, err) ||
		!json_get_text(object, "password", &in->password, err) ||
		!json_get_text(object, "name", &in->name, err)) {
		return false;
	}
	if (!in->login || !in->password || strlen(in->password) > PASSWORD_MAX) {
		return error_set_reason(
			err, ERROR_INVALID, "body", N_("send \"login\" and \"password\""), NULL);
	}
	const char *name = in->name && !text_is_blank(in->name) ? in->name : "atende";
	in->name = text_clean_line(request, name, strlen(name), NULL);
	return true;
}

/* Whoever does not exist, has no password or is disabled costs as much and is told the same. */
static bool find_credential(struct request *request, struct arrival *in, struct error *err)
{
	const struct operator_ *operator_ = directory_login(request->directory, in->login);
	char *hash = NULL;
	in->operator_id = operator_ && operator_->enabled ? operator_->id : 0;
	if (!sign_in_credential(request, in->operator_id, &hash, err)) {
		return false;
	}
	in->verify = (struct verify_job){
		.password = in->password, .against = in->operator_id ? hash : NULL};
	return true;
}

static bool answer_sign_in(struct request *request, struct error *err)
{
	struct arrival *in = request->data;
	if (!in->result.ok) {
		*err = in->result.err;
		return false;
	}
	const struct operator_ *operator_ = directory_operator(request->directory, in->operator_id);
	struct json *object = json_object(request);
	json_add_text(object, "token", in->token);
	json_add_exact_time(object, "expires_at",
		store_now(request->store) + request->directory->settings.session_age_ms);
	json_add_text(object, "operator", operator_->login);
	request_respond_json(request, object);
	sign_in_succeeded(request, in->login);
	secret_wipe_text(in->token);
	return true;
}

/* A password that was changed meanwhile opens nothing any more. */
static bool is_still(struct request *request, struct arrival *in, bool *same, struct error *err)
{
	char *hash;
	bool ok = sign_in_credential(request, in->operator_id, &hash, err);
	*same = ok && hash && strcmp(hash, in->verify.against) == 0;
	return ok;
}

static bool begin_session(struct request *request, struct error *err)
{
	struct arrival *in = request->data;
	bool same = false;
	sign_in_forget(request, in->password);
	if (in->verify.ok && !is_still(request, in, &same, err)) {
		return false;
	}
	if (!same) {
		return error_set_reason(err, ERROR_DENIED, "password_wrong",
			N_("the login or the password is wrong; try again"), NULL);
	}
	in->token = token_make(request);
	in->change = (struct change){.id = uuid_make(store_now(request->store)),
		.kind = CHANGE_SESSION,
		.operator_id = in->operator_id,
		.name = in->name,
		.secret = token_hash(request, in->token)};
	request->job = (struct job){.changes = &in->change, .count = 1, .results = &in->result};
	return request_write(request, answer_sign_in);
}

bool route_sign_in(struct request *request, struct error *err)
{
	struct arrival *in = mem_new(request, struct arrival);
	request->data = in;
	return read_sign_in(request, in, err) && sign_in_attempt(request, in->login, err) &&
	       find_credential(request, in, err) &&
	       request_verify(request, &in->verify, begin_session);
}

/* --- out --- */

static bool respond_ended(struct request *request, bool ended)
{
	struct json *object = json_object(request);
	json_add_bool(object, "ended", ended);
	return request_respond_json(request, object);
}

/* One that had ended already is as good. */
static bool answer_sign_out(struct request *request, struct error *err)
{
	(void)err;
	return respond_ended(request, true);
}

/* Nobody signs out of his uid, and a script's token is revoked by name. */
bool route_sign_out(struct request *request, struct error *err)
{
	(void)err;
	if (request->identity.via != VIA_SESSION) {
		return respond_ended(request, false);
	}
	struct change *change = mem_new(request, struct change);
	*change = (struct change){.id = uuid_make(store_now(request->store)),
		.kind = CHANGE_TOKEN_REVOKE,
		.actor = request->identity.operator_id,
		.token = request->identity.token};
	request->job = (struct job){
		.changes = change, .count = 1, .results = mem_new(request, struct result)};
	return request_write(request, answer_sign_out);
}

/* --- who --- */

static void add_operator(struct json *object, struct request *request)
{
	const struct directory *directory = request->directory;
	const struct operator_ *me = directory_operator(directory, request->identity.operator_id);
	if (!me) {
		json_add_null(object, "operator");
		json_add_null(object, "role");
		return;
	}
	struct json *operator_ = json_add_object(object, "operator");
	json_add_id(operator_, "id", me->id);
	json_add_text(operator_, "login", me->login);
	json_add_text(operator_, "name", me->name);
	json_add_text(object, "role", name_of(&role_names, (int)me->role));
	struct json *teams = json_add_array(object, "teams");
	for (size_t i = 0; i < me->team_count; i++) {
		json_add_text(teams, NULL, directory_team(directory, me->teams[i])->key);
	}
}

static void add_rights(struct json *object, const struct identity *identity)
{
	int64_t most = identity->operator_id ? rights_of_role(identity->role) : RIGHTS_ALL;
	struct json *rights = json_add_array(object, "rights");
	for (size_t i = 0; i < right_info_count; i++) {
		if (identity->rights & most & right_infos[i].bit) {
			json_add_text(rights, NULL, right_infos[i].word);
		}
	}
}

bool route_me(struct request *request, struct error *err)
{
	static const char *const vias[] = {
		[VIA_SOCKET] = "socket", [VIA_SESSION] = "session", [VIA_TOKEN] = "token"};
	struct json *object = json_object(request);
	(void)err;
	add_operator(object, request);
	json_add_text(object, "via", vias[request->identity.via]);
	add_rights(object, &request->identity);
	json_add_text(object, "version", ATENDE_VERSION);
	struct json *desk = json_add_object(object, "desk");
	json_add_text(desk, "name", request->directory->settings.desk_name);
	json_add_int(desk, "revision", request->directory->revision);
	return request_respond_json(request, object);
}
