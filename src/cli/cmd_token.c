#include "cli/call.h"

#include "base/mem.h"
#include "base/secret.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/secret.h"
#include "cli/table.h"
#include "codec/token_json.h"
#include "core/problem.h"

#include <stdlib.h>
#include <string.h>

/* Tokens for scripts, and the password of an operator. */

/* --- tokens --- */

static bool list_tokens(struct call *call, struct token_list *list, struct error *err)
{
	return call_open(call, err) && store_tokens(call->store, call->mem, list, err);
}

static bool run_token(struct call *call, struct error *err)
{
	struct token_list list;
	if (!list_tokens(call, &list, err)) {
		return false;
	}
	if (call->json) {
		output_json(call, token_list_json(call->mem, &list, call->directory));
		return true;
	}
	const struct table_column columns[] = {{_("Number"), true, 0, 0}, {_("Name"), false, 10, 0},
		{_("Operator"), false, 0, 0}, {_("Kind"), false, 0, 0}, {_("Rights"), false, 10, 0},
		{_("Used"), false, 0, 1}, {_("Until"), false, 0, 2}};
	struct table *table = table_create(call, columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < list.count; i++) {
		const struct token *token = &list.tokens[i];
		bool is_session = token->kind == TOKEN_SESSION;
		table_number(table, (long long)token->id);
		table_cell(table, token->name);
		table_cell(table, directory_login_of(call->directory, token->operator_id));
		table_cell(table, output_word(&token_kind_names, (int)token->kind));
		table_cell(table, is_session ? "-" : rights_format(call->mem, token->rights));
		table_cell(table, output_time(call, token->used_at));
		table_cell(table, output_time(call, token->expires_at));
	}
	table_print(table);
	return true;
}

const struct subcommand command_token = {
	.name = "token",
	.group = GROUP_SETUP,
	.summary = N_("list your tokens and sessions (admins: everybody's)"),
	.run = run_token,
};

const struct subcommand command_token_list = {
	.name = "token list",
	.group = GROUP_SETUP,
	.summary = N_("the same as \"token\""),
	.run = run_token,
};

/* The only time that the secret is seen. */
static void print_token(struct call *call, const struct change *change, int64_t id, char *secret)
{
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_id(object, "id", id);
		json_add_text(object, "name", change->name);
		json_add_text(object, "token", secret);
		json_add_time(object, "expires_at", change->until_at);
		output_json(call, object);
	} else {
		output_line(call, secret);
		output_warning(call->cli,
			_("this is the token; keep it where only the script can read it, for it "
			  "is not shown again"));
	}
}

static bool run_token_add(struct call *call, struct error *err)
{
	struct result result = {0};
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_TOKEN_ADD);
	char *secret = token_make(call->mem);
	int64_t span_ms = call_span(call, "expires");
	change.name = call_operand(call, 0);
	change.key = call_value(call, "for");
	change.value = call_value(call, "rights");
	change.until_at = span_ms ? store_now(call->store) + span_ms : 0;
	change.secret = token_hash(call->mem, secret);
	bool ok = call_apply(call, &change, &result, err);
	if (ok && result.is_repeat) {
		ok = error_set_reason(err, ERROR_CONFLICT, "change_id",
			N_("that token was made before, and its secret is known to nobody but who "
			   "made it; revoke it and make another"),
			NULL);
	}
	if (ok) {
		print_token(call, &change, result.revision, secret);
	}
	secret_wipe_text(secret);
	return ok;
}

static const struct command_option token_options[] = {
	{"rights", 0, VALUE_LINE,
		N_("what it may: read, feed, write, metrics, manage, admin; read if not given")},
	{"expires", 0, VALUE_SPAN, N_("how long it is good; for ever if not given")},
	{"for", 0, VALUE_OPERATOR, N_("whom it acts as, if not you (admins)")},
};

const struct subcommand command_token_add = {
	.name = "token add",
	.group = GROUP_SETUP,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_LINE, N_("NAME"), false, false}},
	.options = token_options,
	.option_count = ARRAY_LEN(token_options),
	.summary = N_("make a token that a script is known by to the server"),
	.text = N_(
		"The token is printed once. It never has more rights than its operator, and ends "
		"when it is revoked, when its time is over or when the operator is disabled."),
	.example = "atende token add painel --rights read,feed --expires 90d",
	.run = run_token_add,
};

/* By number, or by a name that only one has. */
static bool find_token(struct call *call, const char *which, int64_t *id, struct error *err)
{
	struct token_list list;
	char *end;
	size_t found = 0;
	*id = strtoll(which, &end, 10);
	if (*end == '\0' && *id > 0) {
		return true;
	}
	if (!store_tokens(call->store, call->mem, &list, err)) {
		return false;
	}
	for (size_t i = 0; i < list.count; i++) {
		if (list.tokens[i].kind == TOKEN_SCRIPT &&
			strcmp(list.tokens[i].name, which) == 0) {
			*id = list.tokens[i].id;
			found++;
		}
	}
	if (found > 1) {
		return error_set_reason(err, ERROR_INVALID, "token",
			N_("there are several tokens called {0}; give the number of one, as "
			   "\"atende token list\" shows it"),
			which, NULL);
	}
	return found == 1 || problem(err, PROBLEM_NO_TOKEN, which, NULL);
}

static bool run_token_revoke(struct call *call, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_TOKEN_REVOKE);
	return find_token(call, call_operand(call, 0), &change.token, err) &&
	       call_apply_done(call, &change, _("it is revoked"), err);
}

const struct subcommand command_token_revoke = {
	.name = "token revoke",
	.group = GROUP_SETUP,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_LINE, N_("NUMBER|NAME"), false, false}},
	.summary = N_("end a token or a session at once"),
	.example = "atende token revoke painel",
	.run = run_token_revoke,
};

/* --- passwords --- */

static bool set_password(struct call *call, struct password_change *password, struct error *err)
{
	struct error refused = {0};
	if (store_password_set(call->store, password, &refused)) {
		return true;
	}
	if (refused.reason && strcmp(refused.reason, "current") == 0 && !password->current) {
		char *current;
		if (!secret_ask(call, _("present password"), &current, err)) {
			return false;
		}
		password->current = current;
		return store_password_set(call->store, password, err);
	}
	*err = refused;
	return false;
}

static bool run_operator_password(struct call *call, struct error *err)
{
	char *secret;
	if (!call_open(call, err) || !secret_ask_new(call, _("new password"), &secret, err)) {
		return false;
	}
	struct password_change password = {.id = call_change(call, CHANGE_PASSWORD).id,
		.login = call_operand(call, 0),
		.password = secret};
	if (!set_password(call, &password, err)) {
		return false;
	}
	if (call->json) {
		struct json *object = json_object(call->mem);
		json_add_bool(object, "ok", true);
		output_json(call, object);
	} else {
		output_line(
			call, _("the password is set; who was signed in by the old one signs in "
				"again"));
	}
	return true;
}

const struct subcommand command_operator_password = {
	.name = "operator password",
	.group = GROUP_SETUP,
	.flags = COMMAND_CHANGES,
	.arguments = {{VALUE_OPERATOR, N_("LOGIN"), true, false}},
	.summary = N_("set your password for the server, or another's (admins)"),
	.text = N_(
		"It is asked for on the terminal, or else read from standard input: the new one, "
		"and where a server wants it too, in the next line, the present one. All sessions "
		"of the operator end."),
	.example = "atende operator password ana",
	.run = run_operator_password,
};
