#ifndef ATENDE_TUI_NOTICES_H
#define ATENDE_TUI_NOTICES_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the console told its operator: the newest on the last line until the next key, all of them
 * in `g m`.
 */
enum { NOTICES_KEPT = 200 };

struct notice {
	int64_t at;
	bool is_error;
	char *text;
};

struct notices {
	size_t count;
	struct notice *items; /* oldest first, at most NOTICES_KEPT */
	bool is_shown;	      /* the newest stands on the last line */
};

struct model;

/* text is translated; it is copied. */
void notice_say(struct model *model, const char *text);
void notice_fail(struct model *model, const char *text);
void notice_error(struct model *model, const struct error *err);

#endif
