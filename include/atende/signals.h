#ifndef ATENDE_ATENDE_SIGNALS_H
#define ATENDE_ATENDE_SIGNALS_H

#include "tui/term.h"

#include <stdbool.h>

/*
 * Signals as bytes in a pipe that the loop polls. HUP, TERM, INT, QUIT end the console; WINCH,
 * CONT, CHLD are passed on; PIPE is ignored. The signals of a crash bring the terminal back first
 * and then end the process as they would have. One console a process: the state is the process'.
 * Without a rescue the terminal is left as its driver has it, and TSTP is told as well.
 */
bool signals_start(const struct term_rescue *rescue);
void signals_stop(void); /* as they were */

int signals_fd(void);
/* The next signal that came, 0 when there is none. */
int signals_take(void);

/* Stops the process as Ctrl-Z does, until it is continued. */
void signals_suspend(void);

/* For a child before it runs another program: all as at the start of a process. */
void signals_reset(void);

#endif
