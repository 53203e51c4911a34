#ifndef ATENDE_HTTPD_CONNECTION_H
#define ATENDE_HTTPD_CONNECTION_H

#include "httpd/request.h"

#include <microhttpd.h>

/*
 * Between libmicrohttpd and the handlers: gathers a request, finds its route and who asks, calls
 * the handler, sends the answer. `data` is the server.
 */
enum MHD_Result connection_handle(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size,
	void **request);
void connection_completed(void *data, struct MHD_Connection *connection, void **request,
	enum MHD_RequestTerminationCode code);

/* Lets a suspended connection go on. Any thread. */
void connection_resume(struct request *request);

/* Who asks: fills request->identity. DENIED, or reason "no_identity" when nobody was named. */
bool identify(struct request *request, struct error *err);

#endif
