#include "base/mem.h"
#include "base/os.h"
#include "base/text.h"
#include "httpd/certificate.h"
#include "httpd/connection.h"
#include "httpd/server_state.h"

#include <string.h>
#include <strings.h>

/* Who asks: by the peer's uid on a Unix socket, or by a token. */

void connection_changed(void *data, struct MHD_Connection *connection, void **context,
	enum MHD_ConnectionNotificationCode code)
{
	struct server *server = data;
	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		/* Of some that it cannot read (too many cookies) the library tells no end. */
		struct request *left = *context ? guest_held(*context) : NULL;
		if (left) {
			connection_finish(left);
		}
		guest_leave(*context);
		*context = NULL;
		return;
	}
	const union MHD_ConnectionInfo *fd =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	const union MHD_ConnectionInfo *from =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const union MHD_ConnectionInfo *tls =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	if (tls && tls->tls_session) {
		certificates_show(server->certificates, tls->tls_session);
	}
	*context = guest_join(server->guests, fd->connect_fd, from ? from->client_addr : NULL);
}

static const char *header(struct request *request, const char *name)
{
	return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

/* "Bearer TOKEN" (RFC 6750, section 2.1); NULL without it. */
static const char *bearer(struct request *request)
{
	static const char scheme[] = "Bearer ";
	const char *value = header(request, MHD_HTTP_HEADER_AUTHORIZATION);
	bool is_bearer = value && strncasecmp(value, scheme, strlen(scheme)) == 0;
	return is_bearer ? value + strlen(scheme) + strspn(value + strlen(scheme), " ") : NULL;
}

/* --- the desk is told now and then that a token is in use --- */

struct use {
	struct job job;
	int64_t token, at;
};

static bool write_use(struct store *store, struct job *job, struct error *err)
{
	const struct use *use = job->data;
	return store_token_used(store, use->token, use->at, err);
}

static void end_use(struct job *job)
{
	talloc_free(job->data);
}

static void note_use(struct request *request)
{
	struct use *use = mem_new(NULL, struct use);
	use->token = request->identity.token;
	use->at = store_now(request->store);
	use->job = (struct job){.run = write_use, .data = use, .done = end_use};
	if (!writer_submit(request->server->writer, &use->job)) {
		talloc_free(use);
	}
}

static bool by_token(struct request *request, const char *token, const char *as, struct error *err)
{
	bool is_due;
	bool ok = gate_by_token(request->server->gate, request, request->store, token, as,
		&request->identity, &is_due, err);
	if (ok && is_due) {
		note_use(request);
	}
	return ok;
}

bool identify(struct request *request, struct error *err)
{
	unsigned uid;
	const char *as = header(request, "Atende-As");
	as = as ? text_clean_line(request, as, strlen(as), NULL) : NULL;
	const char *token = bearer(request);
	if (token) {
		return by_token(request, token, as, err) && request_directory(request, err);
	}
	if (guest_uid(request->guest, &uid)) {
		return gate_by_uid(request->server->gate, request, request->directory, uid, as,
			&request->identity, err);
	}
	return error_set_reason(err, ERROR_DENIED, "no_identity",
		N_("it is not known who asks; sign in first: atende sign-in"), NULL);
}
