#ifndef ATENDE_TESTS_STORE_SERVER_PLACE_H
#define ATENDE_TESTS_STORE_SERVER_PLACE_H

#include "conformance.h"

/* A desk behind a server within the test: a file, its server with the same clock, a socket. */

/* Of that directory; on mem. */
char *server_place_location(const void *mem, const char *dir);
/* Serves the desk of the directory, which is made first when the options say so, unless that is
 * done already; to the end of mem. */
bool server_place_serve(
	const void *mem, const char *dir, const struct store_options *options, struct error *err);

#endif
