#ifndef ATENDE_CLI_RESTORE_H
#define ATENDE_CLI_RESTORE_H

#include "cli/source.h"

/*
 * A whole desk as lines of JSON: one record a line (codec/record_json.h), between a first line
 * {"export":{"format":1}} and a last one {"export_end":{"records":N}}, so that half a file is
 * noticed.
 */
#define RESTORE_BEGINNING "{\"export\":{"
#define RESTORE_END "{\"export_end\":{"
enum { RESTORE_FORMAT = 1 };

/* Into a desk that is not there yet, or is as init made it. All or nothing. */
bool restore_desk(struct call *call, struct source *source, struct error *err);

#endif
