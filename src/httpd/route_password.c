#include "base/mem.h"
#include "core/problem.h"
#include "httpd/route.h"
#include "httpd/server_state.h"
#include "httpd/sign_in.h"

/* The password of an operator: his own, for which he gives the present one, or another's, which
 * takes an admin. */

struct password {
	struct verify_job verify;
	const char *login, *current, *wanted;
	bool is_asked; /* for the present one */
	struct change change;
	struct result result;
};

static bool read_password(struct request *request, struct password *password, struct error *err)
{
	static const char *const keys[] = {"id", "password", "current"};
	const struct json *object;
	const char *id = NULL;
	password->change.id = uuid_make(store_now(request->store));
	if (!request_object(request, keys, ARRAY_LEN(keys), &object, err) ||
		!json_get_text(object, "id", &id, err) ||
		!json_get_text(object, "password", &password->wanted, err) ||
		!json_get_text(object, "current", &password->current, err)) {
		return false;
	}
	if (id && !uuid_parse(id, &password->change.id)) {
		return problem(err, PROBLEM_VALUE, "id", NULL);
	}
	return password->wanted ? password_check(password->wanted, err)
				: problem(err, PROBLEM_MISSING, "password", NULL);
}

/* Whoever is known by his uid and has none yet needs none to set one. */
static bool check_current(struct request *request, struct password *password,
	const struct operator_ *whose, struct error *err)
{
	const struct identity *identity = &request->identity;
	char *hash = NULL;
	bool is_own = identity->operator_id == whose->id;
	if (!is_own || identity->is_trusted) {
		return true;
	}
	password->login = mem_strdup(request, whose->login);
	if (!sign_in_credential(request, identity->operator_id, &hash, err)) {
		return false;
	}
	if (!hash && identity->via == VIA_SOCKET) {
		return true;
	}
	if (!password->current) {
		return error_set_reason(
			err, ERROR_DENIED, "current", N_("give your present password too"), NULL);
	}
	password->is_asked = true;
	password->verify.password = password->current;
	password->verify.against = hash;
	return sign_in_attempt(request, password->login, err);
}

static bool may_set(struct request *request, const struct operator_ *whose, struct error *err)
{
	const struct identity *identity = &request->identity;
	if (!identity_has_right(identity, RIGHT_ADMIN, err)) {
		return false;
	}
	if (!whose) {
		return problem(err, PROBLEM_NO_OPERATOR, request->values[0], NULL);
	}
	bool may = !identity->operator_id || identity->operator_id == whose->id ||
		   identity->role == ROLE_ADMIN;
	return may || problem(err, PROBLEM_NOT_YOURS, whose->login, NULL);
}

static bool answer_password(struct request *request, struct error *err)
{
	const struct password *password = request->data;
	*err = password->result.err;
	return password->result.ok && request_respond_nothing(request);
}

static bool write_password(struct request *request, struct error *err)
{
	struct password *password = request->data;
	sign_in_forget(request, password->wanted);
	sign_in_forget(request, password->current);
	if (!password->verify.ok) {
		return error_set_reason(err, ERROR_DENIED, "current",
			N_("that is not the present password; try again"), NULL);
	}
	if (password->is_asked) {
		sign_in_succeeded(request, password->login);
	}
	password->change.kind = CHANGE_PASSWORD;
	password->change.actor = request->identity.operator_id;
	password->change.key = request->values[0];
	password->change.secret = password->verify.hash;
	request->job = (struct job){
		.changes = &password->change, .count = 1, .results = &password->result};
	return request_write(request, answer_password);
}

bool route_password(struct request *request, struct error *err)
{
	struct password *password = mem_new(request, struct password);
	const struct operator_ *whose = directory_login(request->directory, request->values[0]);
	request->data = password;
	if (!may_set(request, whose, err) || !read_password(request, password, err) ||
		!check_current(request, password, whose, err)) {
		return false;
	}
	password->verify.wanted = password->wanted;
	password->verify.mem = request;
	return request_verify(request, &password->verify, write_password);
}
