#ifndef ATENDE_HTTPD_ROUTE_H
#define ATENDE_HTTPD_ROUTE_H

#include "core/directory.h"
#include "httpd/request.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What the server answers: one table, which drives dispatch, permissions, and the test that holds
 * doc/openapi.yaml against it.
 */

enum route_access {
	ACCESS_KNOWN, /* an operator, or the desk itself; a token with the right to read or write */
	ACCESS_OPEN,  /* without any identity: health */
	ACCESS_ANYONE, /* without any identity, but the desk must be there: sign-in */
	ACCESS_SELF,   /* as known, but a token with any rights: the handler asks for those it needs
			*/
};

/* What a request carries besides its address. */
enum route_body {
	BODY_NONE,
	BODY_JSON,
	BODY_SHORT, /* JSON, a few members */
	BODY_FILE,  /* any bytes */
	BODY_LINES, /* JSON, a value a line */
	ROUTE_BODIES
};

struct route {
	const char *method;
	const char *path; /* "/v1/tickets/{number}": a part in braces takes any value */
	enum route_access access;
	enum role role; /* the least that may; ROLE_NONE: any identity */
	handler_fn *handler;
	const char *query; /* names that may stand in the query, separated by blanks; NULL: none */
	enum route_body body;
	const char *gives; /* media types of its answers, separated by blanks; NULL: JSON */
	bool is_kept;	   /* depends on desk, operator and address alone: httpd/cache.h */
};

extern const struct route routes[];
extern const size_t route_count;

/*
 * The route of a request; its values into `values` (decoded, on mem). NOT_FOUND, reason "no_route"
 * ("version" below /v2 and the like); INVALID, reason "method", with *allowed the methods that the
 * path has ("GET, PUT", on mem).
 */
bool route_find(const void *mem, const char *method, const char *path, const struct route **route,
	const char *values[PATH_VALUES], const char **allowed, struct error *err);

/* --- handlers, by noun --- */

handler_fn route_healthz, route_readyz; /* route_health.c */
handler_fn route_metrics;		/* route_metrics.c */

handler_fn route_tickets, route_ticket, route_rows, route_next;	     /* route_ticket.c */
handler_fn route_ticket_log, route_log;				     /* route_log.c */
handler_fn route_customer, route_customer_find, route_ref;	     /* route_customer.c */
handler_fn route_search;					     /* route_search.c */
handler_fn route_directory, route_counts, route_outbox, route_loads; /* route_desk.c */

handler_fn route_changes;				      /* route_change.c */
handler_fn route_file_get, route_file_put;		      /* route_file.c */
handler_fn route_renewal;				      /* route_renewal.c */
handler_fn route_sign_in, route_sign_out, route_me;	      /* route_session.c */
handler_fn route_tokens, route_token_add, route_token_revoke; /* route_token.c */
handler_fn route_password;				      /* route_password.c */
/* route_draft.c */
handler_fn route_drafts, route_draft_save, route_draft_discard, route_draft_restore,
	route_draft_adopt;

handler_fn route_backup, route_check, route_records; /* route_care.c */
handler_fn route_restore, route_restore_records;     /* route_restore.c */
/* route_line.c */
handler_fn route_presence, route_presences, route_memos;
handler_fn route_mirror; /* route_mirror.c */
handler_fn route_feed;	 /* route_feed.c */

#endif
