#ifndef ATENDE_TESTS_HTTP_LINE_H
#define ATENDE_TESTS_HTTP_LINE_H

#include "service.h"

#include <stddef.h>

/* A connection on which a test says what it likes, when it likes. */
int line_open(const struct service *s);
void line_say(int fd, const char *text);
/* One read; 0 at the end of the line. Fails the test when nothing comes in 20 s. */
size_t line_hear(int fd, char *bytes, size_t room);
/* Waits for its end, and closes it. */
void line_ends(int fd);

#endif
