#ifndef ATENDE_TESTS_TEST_H
#define ATENDE_TESTS_TEST_H

/* cmocka and what it wants included before it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
/* cmocka needs the first four. */
#include <cmocka.h>

/* cmocka's own cuts after 1023 bytes; a screen has more. fail_msg goes through it. */
#define print_error(...) fprintf(stderr, __VA_ARGS__)

#endif
