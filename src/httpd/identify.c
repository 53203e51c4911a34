#include "base/mem.h"
#include "base/os.h"
#include "core/problem.h"
#include "httpd/connection.h"
#include "httpd/server_state.h"

#include <sys/socket.h>
#include <unistd.h>

/* Who asks: by the peer's uid on a Unix socket. */

static bool peer_uid(struct request *request, unsigned *uid)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	return info && os_peer_uid(info->connect_fd, uid);
}

static bool act_as(struct request *request, const char *login, struct error *err)
{
	const struct operator_ *operator_ = directory_login(request->directory, login);
	if (!operator_) {
		return problem(err, PROBLEM_NO_OPERATOR, login, NULL);
	}
	if (!operator_->enabled) {
		return problem(err, PROBLEM_DISABLED, login, NULL);
	}
	request->identity.operator_id = operator_->id;
	request->identity.role = operator_->role;
	request->identity.login = mem_strdup(request, operator_->login);
	return true;
}

bool identify(struct request *request, struct error *err)
{
	unsigned uid;
	if (!peer_uid(request, &uid)) {
		return error_set_reason(err, ERROR_DENIED, "no_identity",
			N_("it is not known who asks; sign in first: atende sign-in"), NULL);
	}
	if (uid != 0 && uid != (unsigned)getuid()) {
		return error_set_reason(err, ERROR_DENIED, "no_identity",
			N_("this user of the machine is no operator of this desk; ask an admin"),
			NULL);
	}
	request->identity = (struct identity){.login = "", .is_trusted = true};
	const char *login =
		MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "Atende-As");
	return !login || act_as(request, login, err);
}
