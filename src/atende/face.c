#include "atende/face.h"

#include <stdlib.h>
#include <string.h>

static bool is_reason(const struct error *err, const char *reason)
{
	return err->reason && strcmp(err->reason, reason) == 0;
}

bool face_open(
	const void *mem, const struct face_options *options, struct face **face, struct error *err)
{
	const char *type = getenv("TERM");
	bool is_dumb = type && strcmp(type, "dumb") == 0;
	if (!options->is_linear && !is_dumb) {
		if (face_screen_open(mem, options, face, err)) {
			return true;
		}
		if (!is_reason(err, "poor_terminal")) {
			return false;
		}
		*err = (struct error){0};
	}
	*face = face_lines_open(mem, options);
	return true;
}
