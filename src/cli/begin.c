#include "cli/call.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/secret.h"
#include "cli/sample.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

/* The console's start: what is missing is asked for, until there is a desk and somebody on it. */

enum { FATAL_SIGNAL = 128 };

static void close_desk(struct call *call)
{
	store_close(call->store);
	call->store = NULL;
}

static bool make(struct call *call, const struct cli_wish *wish, struct error *err)
{
	char *path = paths_expand(call->mem, wish->desk);
	bool ok = file_make_dirs(dirname(mem_strdup(call->mem, path)), err) &&
		  (wish->deed == CLI_SAMPLE ? call_make_sample(call, path, err)
					    : call_make(call, path, wish->login, err));
	close_desk(call);
	return ok;
}

static bool keep(struct call *call, struct error *err)
{
	struct config_value values[] = {{"desk", call->profile.desk}, {"as", call->profile.as}};
	return config_put(paths_config(call->mem, "atende.conf"), values, ARRAY_LEN(values), err);
}

/* Relative paths would mean another file the next time. What names a driver is no path. */
static char *whole_path(struct call *call, const char *path)
{
	if (strchr(path, ':')) {
		return mem_strdup(call->mem, path);
	}
	char *expanded = paths_expand(call->mem, path);
	char *real = realpath(expanded, NULL);
	char *whole = mem_strdup(call->mem, real ? real : expanded);
	free(real);
	return whole;
}

static bool sign_in(struct call *call, const struct cli_wish *wish, struct error *err)
{
	bool ok = call_sign_in(call, wish->login, wish->password, err);
	secret_wipe_text(wish->password);
	return ok;
}

static bool carry_out(struct call *call, const struct cli_wish *wish, struct error *err)
{
	if (wish->deed == CLI_SIGN_IN) {
		return sign_in(call, wish, err);
	}
	if (wish->deed != CLI_OPEN && !make(call, wish, err)) {
		return false;
	}
	if (wish->desk) {
		call->desk = whole_path(call, wish->desk);
	}
	if (wish->deed == CLI_SAMPLE) {
		call->as = SAMPLE_OPERATOR;
	} else if (wish->login) {
		call->as = wish->login;
	}
	return true;
}

static bool is_about(const struct error *problem, const char *reason)
{
	return problem->reason && strcmp(problem->reason, reason) == 0;
}

static bool ask(struct call *call, const struct error *problem, const struct error *failure,
	struct cli_wish *wish, struct error *err)
{
	struct cli *cli = call->cli;
	const char *theme = call_value(call, "theme");
	bool has_desk = is_about(problem, "no_operator") && call->store;
	const struct cli_lack lack = {.problem = problem,
		.failure = failure->code ? failure : NULL,
		.is_first = is_about(problem, "no_desk") && call->profile.desk_is_guess,
		.login = call->profile.as,
		.directory = has_desk ? call->directory : NULL,
		.zone = &call->zone,
		.theme = theme ? theme : call->profile.theme,
		.ascii = call_flag(call, "ascii") || call->profile.ascii,
		.no_colour = call->profile.no_colour,
		.a11y = call_flag(call, "a11y") || call->profile.a11y,
		.linear = call_flag(call, "linear") || call->profile.linear};
	bool ok = cli->start(cli->console_data, call->mem, &lack, wish, err);
	close_desk(call);
	return ok;
}

/* Nobody said which desk nor who: the sample desk is there to be tried as somebody. */
static bool is_being_tried(const struct call *call, const struct error *problem)
{
	const struct profile *profile = &call->profile;
	return is_about(problem, "no_operator") && call->store && profile->desk_is_guess &&
	       profile->as_is_guess && directory_login(call->directory, SAMPLE_OPERATOR);
}

bool call_begin(struct call *call, bool *is_left, struct error *err)
{
	struct cli_wish wish = {0};
	struct error failure = {0};
	struct error problem = {0};
	call->wants_copy = true;
	if (!call_profile(call, err)) {
		return false;
	}
	while (!call_open(call, &problem)) {
		if (is_being_tried(call, &problem)) {
			call->as = SAMPLE_OPERATOR;
			close_desk(call);
			continue;
		}
		if (!call->cli->start || !call->cli->in_is_terminal) {
			close_desk(call);
			*err = problem;
			return false;
		}
		if (!ask(call, &problem, &failure, &wish, err)) {
			return false;
		}
		if (wish.deed == CLI_LEAVE) {
			*is_left = true;
			call->status = wish.ended_by ? FATAL_SIGNAL + wish.ended_by : 0;
			return true;
		}
		failure = problem = (struct error){0};
		carry_out(call, &wish, &failure);
	}
	return !wish.is_kept || keep(call, err);
}
