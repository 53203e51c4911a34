#ifndef ATENDE_TESTS_NET_CERTIFICATES_H
#define ATENDE_TESTS_NET_CERTIFICATES_H

#include "support/desk.h"

#include <stdbool.h>

/* Certificates that are made when a test runs, by openssl(1), in the directory of a desk. */

/* A new authority: NAME.key, NAME.crt. Gives the path of the certificate. */
char *authority_make(const struct desk *desk, const char *name);

/*
 * A certificate of that authority: NAME.key, NAME.crt. `names` as subjectAltName has them
 * ("IP:127.0.0.1", "DNS:desk.example"), good for `days` from now; -1: until yesterday.
 */
void certificate_make(const struct desk *desk, const char *authority, const char *name,
	const char *names, int days);

/* Does openssl(1) come to terms with this port of 127.0.0.1 by this version alone ("-tls1_1",
 * "-tls1_2"), whatever is weak about it? */
bool tls_is_spoken(const struct desk *desk, int port, const char *version);

#endif
