#ifndef ATENDE_ATENDED_SERVE_H
#define ATENDE_ATENDED_SERVE_H

#include "atended/options.h"
#include "base/error.h"

#include <stdbool.h>

/*
 * The life of the server: starts it as command line and configuration say, tells systemd, takes
 * signals. SIGHUP reads the configuration again, SIGTERM and SIGINT end it when what was accepted
 * is answered.
 */
bool serve(const struct options *options, struct error *err);

/* --check: could it start so? Alters nothing; *remark on mem, NULL: nothing to say. */
bool serve_check(const void *mem, const struct options *options, char **remark, struct error *err);

#endif
