#ifndef ATENDE_TESTS_SUPPORT_STREAM_H
#define ATENDE_TESTS_SUPPORT_STREAM_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A strict reader of what a program sends to a terminal. It knows the sequences that ncurses and
 * the console send and takes everything else for text of a customer that got through: unknown or
 * malformed escape sequences, control characters (also the C1 ones in UTF-8), DEL, NUL, bytes that
 * are not UTF-8, bidirectional overrides and invisible characters, more than the 8 ANSI colours.
 * It cannot tell an allowed sequence sent by the console from the same one sent by a customer;
 * a test of hostile text also checks that the text is readable on the screen without its ESC.
 */
struct stream;

struct stream *stream_create(const void *mem);

/* From here on the bell is no fault: the program has a reason to ring. */
void stream_may_ring(struct stream *stream);

/* Reads on; sequences may be cut anywhere between two calls. False from the first fault on. */
bool stream_feed(struct stream *stream, const char *bytes, size_t size);

/* The first fault with its offset in words, or NULL. Lives as long as the stream. */
const char *stream_fault(const struct stream *stream);

/* What is wrong with the output of a subcommand, which may hold only clean text, tab and newline;
 * on mem, or NULL. */
char *stream_plain_fault(const void *mem, const char *bytes, size_t size);

#endif
