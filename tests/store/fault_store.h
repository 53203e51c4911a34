#ifndef ATENDE_TESTS_STORE_FAULT_STORE_H
#define ATENDE_TESTS_STORE_FAULT_STORE_H

#include "store/store.h"

#include <stdatomic.h>

/*
 * The way to a desk in a file, with the faults of a network: what a replica goes around in tests.
 * One line at a time; all handles share it.
 */
enum fault_mode {
	FAULT_NONE,
	FAULT_DOWN,  /* nothing reaches the desk */
	FAULT_LOST,  /* what is asked is done, and the answer never comes */
	FAULT_HANGS, /* no answer until the mode changes or the call is cancelled */
};

struct fault_line {
	_Atomic int mode;
	_Atomic int applies;   /* store_apply calls that reached the desk */
	_Atomic int calls;     /* … calls of any kind */
	_Atomic int countdown; /* > 0: so many calls later the mode becomes `then` */
	_Atomic int then;
	_Atomic int delay_ms;	 /* each call takes as long */
	_Atomic bool is_hostile; /* store_mirror tells nonsense */
};
extern struct fault_line fault_line;

extern const struct store_driver store_fault; /* "fault:FILE" */

#endif
