#ifndef ATENDE_HTTPD_CERTIFICATE_H
#define ATENDE_HTTPD_CERTIFICATE_H

#include "base/error.h"

#include <gnutls/abstract.h>
#include <stdbool.h>

/*
 * The certificate that the server shows, which may be replaced while it runs: whoever connects from
 * then on sees the new one. (Not by another daemon on the same socket: to have one at work take no
 * more, MHD_quiesce_daemon of libmicrohttpd 0.9.75, aborts the program now and then.)
 */
struct certificates;

struct certificates *certificates_create(void);
/* Once nobody shakes hands any more. NULL is fine. */
void certificates_destroy(struct certificates *certificates);

/*
 * Reads both files, in PEM, and takes them into use if they are other ones. INVALID, reason "tls",
 * when they do not do, NOT_FOUND and others when they cannot be read: what was in use stays so.
 */
bool certificates_load(struct certificates *certificates, const char *file, const char *key_file,
	struct error *err);

/* For MHD_OPTION_HTTPS_CERT_CALLBACK, of sessions whose pointer was set by certificates_show. */
int certificates_retrieve(gnutls_session_t session, const gnutls_datum_t *authorities, int count,
	const gnutls_pk_algorithm_t *algorithms, int algorithm_count, gnutls_pcert_st **chain,
	unsigned *chain_count, gnutls_privkey_t *key);
void certificates_show(struct certificates *certificates, gnutls_session_t session);

#endif
