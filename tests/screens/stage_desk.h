#ifndef ATENDE_TESTS_SCREENS_STAGE_DESK_H
#define ATENDE_TESTS_SCREENS_STAGE_DESK_H

#include "stage.h"

/* Inside of the stage: what the desk in memory holds, and how it answers. */

struct directory *stage_directory(const void *mem);
void stage_fill(struct stage *stage);

/* The response to a question; effect becomes its own. */
struct msg *stage_respond(struct stage *stage, struct effect *effect);

/* What ana keeps in the desk. */
void stage_prefer(struct directory *directory, const char *name, const char *value);

#endif
