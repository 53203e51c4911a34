#include "cli/call.h"

#include "base/command.h"
#include "base/mem.h"
#include "base/token_file.h"
#include "cli/secret.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A desk behind a server: what one is known by there. */

bool call_has_server(const struct call *call)
{
	static const char *const schemes[] = {"http:", "https:", "unix:"};
	for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
		if (strncmp(call->profile.desk, schemes[i], strlen(schemes[i])) == 0) {
			return true;
		}
	}
	return false;
}

/* The login that was said, or on the start screen chosen; NULL: any. */
static const char *said_login(const struct call *call)
{
	return call->profile.as_is_guess ? NULL : call->profile.as;
}

/* Of those that come from elsewhere no copy is kept. */
static bool is_given(const struct call *call)
{
	const char *variable = getenv("ATENDE_TOKEN");
	const char *command = call->profile.token_command;
	return (variable && *variable) || (command && *command);
}

bool call_token(struct call *call, const char **token, struct error *err)
{
	const char *variable = getenv("ATENDE_TOKEN");
	const char *command = call->profile.token_command;
	char *found = NULL;
	*token = NULL;
	if (!call_has_server(call)) {
		return true;
	}
	bool ok = true;
	if (variable && *variable) {
		found = mem_strdup(call->mem, variable);
	} else if (command && *command) {
		ok = command_read(call->mem, command, "token_command", &found, err);
	} else {
		ok = token_file_get(call->mem, call->profile.desk, said_login(call), &found, err);
	}
	*token = found;
	return ok;
}

static char *host_name(const void *mem)
{
	enum { HOST_MOST = 256 };
	char name[HOST_MOST] = "";
	bool ok = gethostname(name, sizeof name - 1) == 0 && *name;
	return mem_strdup(mem, ok ? name : "atende");
}

static bool open_stranger(struct call *call, struct store **store, struct error *err)
{
	struct store_options options = {.clock = call->cli->clock,
		.ca_file = call->profile.ca_file,
		.insecure = call->profile.insecure,
		.is_stranger = true};
	return store_open(call->mem, call->profile.desk, call->cli->drivers,
		call->cli->driver_count, &options, store, err);
}

bool call_sign_in(struct call *call, const char *login, const char *password, struct error *err)
{
	struct store *store = NULL;
	char *token;
	struct sign_in in = {login, password, host_name(call->mem)};
	bool ok = open_stranger(call, &store, err) &&
		  store_sign_in(store, call->mem, &in, &token, err) &&
		  token_file_put(call->profile.desk, login, token, err);
	store_close(store);
	if (ok) {
		call->as = mem_strdup(call->mem, login);
	}
	return ok;
}

bool call_sign_out(struct call *call, struct error *err)
{
	const char *token = call->options.token;
	if (!token || is_given(call)) {
		return true;
	}
	return store_sign_out(call->store, err) &&
	       token_file_remove(call->profile.desk, token, err);
}
