#ifndef ATENDE_CLI_SAMPLE_H
#define ATENDE_CLI_SAMPLE_H

#include "base/error.h"

#include <stdbool.h>

/* A desk to try: everything on it is made up, the same every time, and ends now. */
struct call;

#define SAMPLE_ADMIN "elisa"
#define SAMPLE_OPERATOR "ana" /* who it is tried as */

/* Fills the empty desk that the call has open as SAMPLE_ADMIN. */
bool sample_fill(struct call *call, struct error *err);

#endif
