#ifndef ATENDE_TESTS_FUZZ_FUZZ_H
#define ATENDE_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/*
 * A fuzz target: feeds bytes of any kind to one parser and asserts what must hold of the result.
 * With -Dfuzz=true a libFuzzer program; else replay.c runs it over the files of corpus/NAME.
 * Gives 0.
 */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
