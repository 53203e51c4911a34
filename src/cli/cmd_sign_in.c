#include "cli/call.h"

#include "base/mem.h"
#include "base/token_file.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/secret.h"
#include "store/replica.h"

#include <string.h>

/* The beginning and the end of a shift; at a server also of a session. */

static bool is_about(const struct error *err, const char *reason)
{
	return err->reason && strcmp(err->reason, reason) == 0;
}

/* Refused for not knowing who it is, which a password may mend. */
static bool is_unknown(const struct error *err)
{
	return is_about(err, "no_identity") || is_about(err, "signed_out") ||
	       is_about(err, "no_uid");
}

static void close_desk(struct call *call)
{
	store_close(call->store);
	call->store = NULL;
}

/* By the login that was said, else the one that is asked for. */
static bool ask_and_sign_in(struct call *call, struct error *err)
{
	char *login = call->profile.as, *password;
	if (call->profile.as_is_guess && !line_ask(call, _("login"), &login, err)) {
		return false;
	}
	return secret_ask(call, _("password"), &password, err) &&
	       call_sign_in(call, login, password, err);
}

/* By a socket and its uid nobody needs a password; by a session that was kept, not again. */
static bool open_or_sign_in(struct call *call, struct error *err)
{
	struct error refused = {0};
	if (call_open(call, &refused)) {
		return true;
	}
	close_desk(call);
	if (!call_has_server(call) || !is_unknown(&refused)) {
		*err = refused;
		return false;
	}
	return ask_and_sign_in(call, err) && call_open(call, err);
}

static bool run_sign_in(struct call *call, struct error *err)
{
	if (!open_or_sign_in(call, err)) {
		return false;
	}
	struct change change = call_change(call, CHANGE_SIGN_IN);
	return call_apply_done(call, &change, _("signed in"), err);
}

/* A session that is over already is forgotten. */
static bool forget(struct call *call, const struct error *refused, struct error *err)
{
	if (!is_about(refused, "signed_out") || !call->options.token) {
		*err = *refused;
		return false;
	}
	if (!token_file_remove(call->profile.desk, call->options.token, err)) {
		return false;
	}
	*err = *refused;
	return false;
}

/* What the console kept of the desk on this machine. */
static bool wipe_copy(struct call *call, struct error *err)
{
	const struct profile *profile = &call->profile;
	bool removed;
	return !profile->wipe_copy || !call_has_server(call) ||
	       replica_wipe(replica_folder(call->mem), profile->desk, profile->as, &removed, err);
}

static bool run_sign_out(struct call *call, struct error *err)
{
	struct error refused = {0};
	struct result result = {0};
	if (!call_open(call, &refused)) {
		return forget(call, &refused, err);
	}
	struct change change = call_change(call, CHANGE_SIGN_OUT);
	if (!call_apply(call, &change, &result, err) || !call_sign_out(call, err)) {
		return false;
	}
	call_done(call, &result, _("signed out"), NULL);
	return wipe_copy(call, err);
}

const struct subcommand command_sign_in = {
	.name = "sign-in",
	.group = GROUP_DAY,
	.flags = COMMAND_CHANGES,
	.summary = N_("begin your shift; at a server that does not know you, sign in"),
	.text = N_("A server that does not know who you are asks for login and password: on the "
		   "terminal, or from standard input, a line each (the login only if --as or "
		   "ATENDE_AS does not say it). What it gives is kept in a file that only you can "
		   "read, until \"atende sign-out\"."),
	.example = "atende sign-in --desk https://desk.example",
	.run = run_sign_in,
};

const struct subcommand command_sign_out = {
	.name = "sign-out",
	.group = GROUP_DAY,
	.flags = COMMAND_CHANGES,
	.summary = N_("end your shift: your claims end, your tickets are anybody's"),
	.text = N_("At a server it also ends your session: to go on, sign in again."),
	.run = run_sign_out,
};
