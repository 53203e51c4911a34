#ifndef ATENDE_TESTS_TEST_H
#define ATENDE_TESTS_TEST_H

/* cmocka and what it wants included before it. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka needs the four above. */
#include <cmocka.h>

#endif
