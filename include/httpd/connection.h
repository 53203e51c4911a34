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

/* Its end, whether it was answered or not. */
void connection_finish(struct request *request);

/* Begins a request, for MHD_OPTION_URI_LOG_CALLBACK. */
void *connection_begin(void *data, const char *target, struct MHD_Connection *connection);

/* This thread's store for the request, acting for `actor`, with the directory current. */
bool request_take_store(struct request *request, int64_t actor, struct error *err);

/* send.c: gives what request->response says to the library; what the cache has of it instead. */
enum MHD_Result request_send(struct request *request);
/* True: there is such an answer already, and request->response has it. */
bool request_recall(struct request *request);

/* Lets a suspended connection go on. Any thread. */
void connection_resume(struct request *request);

/* Decodes %XX, for MHD_OPTION_UNESCAPE_CALLBACK. */
size_t connection_unescape(void *data, struct MHD_Connection *connection, char *text);

/* request_check.c: is the request written as its route takes it? Its headers, and the path alone,
 * before the route is known; query and media types; the size of the body. INVALID. */
bool request_check_head(struct request *request, struct error *err);
bool request_check_path(struct request *request, struct error *err);
bool request_check(struct request *request, struct error *err);
bool request_check_size(struct request *request, size_t size, struct error *err);

/* Looks at who connects, for MHD_OPTION_NOTIFY_CONNECTION. */
void connection_changed(void *data, struct MHD_Connection *connection, void **context,
	enum MHD_ConnectionNotificationCode code);

/* Who asks: fills request->identity. DENIED, or reason "no_identity" when nobody was named. */
bool identify(struct request *request, struct error *err);

#endif
