#ifndef ATENDE_STORE_DRIVERS_H
#define ATENDE_STORE_DRIVERS_H

#include "store/store.h"

/* The back ends. Each program hands store_open the array of those it offers. */

extern const struct store_driver store_sqlite; /* "sqlite:FILE", or a path */
extern const struct store_driver store_http;   /* "unix:PATH", "http://…", "https://…" */
extern const struct store_driver store_copied; /* the same, with a copy if one is wanted */

#endif
