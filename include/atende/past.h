#ifndef ATENDE_ATENDE_PAST_H
#define ATENDE_ATENDE_PAST_H

/*
 * The commands given by name in former sessions: the file `history` in the person's state folder,
 * readable by its owner alone, a line each, oldest first. Several consoles add to it.
 */

/* Adds a line. A convenience: when it cannot be kept, nobody need be told. */
void past_add(const char *line);

/* What is there, clean, on mem; "" when there is nothing. A file that has grown long is cut to its
 * newest lines. */
char *past_read(const void *mem);

#endif
