#include "httpd/sign_in.h"

#include "base/mem.h"
#include "base/secret.h"
#include "httpd/peer.h"
#include "httpd/server_state.h"

#include <stdio.h>

/* --- attempts --- */

bool sign_in_attempt(struct request *request, const char *login, struct error *err)
{
	struct server *server = request->server;
	int64_t wait_ms;
	if (attempts_take(server->attempts, login, peer_of(request), clock_now(&server->clock),
		    &wait_ms)) {
		return true;
	}
	char seconds[24];
	request->response.retry_after_s = (int)((wait_ms + MS_SECOND - 1) / MS_SECOND);
	snprintf(seconds, sizeof seconds, "%d", request->response.retry_after_s);
	return error_set_reason(err, ERROR_DENIED, "attempts",
		N_("too many attempts; wait {0} seconds and try again"), seconds, NULL);
}

void sign_in_succeeded(struct request *request, const char *login)
{
	attempts_succeeded(request->server->attempts, login, peer_of(request));
}

/* --- passwords --- */

bool sign_in_credential(
	struct request *request, int64_t operator_id, char **hash, struct error *err)
{
	store_set_actor(request->store, 0);
	bool ok = store_credential(request->store, request, operator_id, hash, err);
	store_set_actor(request->store, request->identity.operator_id);
	return ok && request_directory(request, err);
}

void sign_in_forget(struct request *request, const char *password)
{
	secret_wipe_text((char *)(uintptr_t)password);
	secret_wipe(request->body, request->size);
}
