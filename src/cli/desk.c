#include "cli/call.h"

#include "core/problem.h"

#include <unistd.h>

/* Which desk, and who acts on it. */

bool call_profile(struct call *call, struct error *err)
{
	return profile_load(call->mem, call->desk ? call->desk : call_value(call, "desk"),
		call->as ? call->as : call_value(call, "as"), &call->profile, err);
}

static bool has_desk(struct call *call, struct error *err)
{
	struct profile *profile = &call->profile;
	if (!profile->desk_is_guess || access(profile->desk, F_OK) == 0) {
		return true;
	}
	return error_set_reason(err, ERROR_NOT_FOUND, "no_desk",
		N_("no desk was named, and there is none at {0}; name one with --desk or "
		   "ATENDE_DESK, or make one: atende init FILE, atende sample FILE"),
		profile->desk, NULL);
}

/* Whose copy: not of the user's name, which the server may not know. */
static const char *copy_of(const struct call *call)
{
	const struct profile *profile = &call->profile;
	if (!call->wants_copy || !profile->keep_copy || !call_has_server(call)) {
		return NULL;
	}
	return profile->as_is_guess || !profile->as ? "" : profile->as;
}

static bool open_desk(struct call *call, struct error *err)
{
	call->options = (struct store_options){.clock = call->cli->clock,
		.ca_file = call->profile.ca_file,
		.insecure = call->profile.insecure,
		.copy_of = copy_of(call)};
	return call_token(call, &call->options.token, err) &&
	       store_open(call->mem, call->profile.desk, call->cli->drivers,
		       call->cli->driver_count, &call->options, &call->store, err) &&
	       call_directory(call, err);
}

bool call_open_desk(struct call *call, struct error *err)
{
	return call_profile(call, err) && has_desk(call, err) && open_desk(call, err);
}

static bool act(struct call *call, const char *login, struct error *err)
{
	struct error refused = {0};
	if (store_act_as(call->store, login, &refused)) {
		return true;
	}
	if (refused.code == ERROR_NOT_FOUND) {
		return error_set_reason(err, ERROR_NOT_FOUND, "no_operator",
			N_("there is no operator \"{0}\" on this desk; say who acts with --as "
			   "OPERATOR or ATENDE_AS, or have an admin add it: atende operator set "
			   "{0}"),
			login, NULL);
	}
	*err = refused;
	return false;
}

/* Not even a name of the user is known. */
static bool nobody_acts(struct error *err)
{
	return error_set_reason(err, ERROR_NOT_FOUND, "no_operator",
		N_("it is not known who acts; say so with --as OPERATOR or ATENDE_AS"), NULL);
}

/* Nobody said who acts: it is whom the server takes him for. */
static bool find_actor(struct call *call, struct error *err)
{
	char *login;
	if (!call->profile.as_is_guess) {
		return true;
	}
	if (!store_whoami(call->store, call->mem, &login, err)) {
		return false;
	}
	call->profile.as = login ? login : call->profile.as;
	return call->profile.as || nobody_acts(err);
}

bool call_open(struct call *call, struct error *err)
{
	if (!call_profile(call, err)) {
		return false;
	}
	return (call->profile.as || call_has_server(call) || nobody_acts(err)) &&
	       has_desk(call, err) && open_desk(call, err) && find_actor(call, err) &&
	       act(call, call->profile.as, err);
}

bool call_directory(struct call *call, struct error *err)
{
	struct directory *directory;
	if (!store_directory_copy(call->store, call->mem, &directory, err)) {
		return false;
	}
	call->directory = directory;
	return true;
}

bool call_open_role(struct call *call, enum role role, struct error *err)
{
	if (!call_open(call, err)) {
		return false;
	}
	const struct operator_ *actor =
		directory_operator(call->directory, store_actor(call->store));
	return (actor && actor->role >= role) ||
	       problem(err, PROBLEM_ROLE, name_of(&role_names, (int)role), NULL);
}
