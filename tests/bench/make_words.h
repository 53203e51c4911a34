#ifndef ATENDE_TESTS_BENCH_MAKE_WORDS_H
#define ATENDE_TESTS_BENCH_MAKE_WORDS_H

#include <stddef.h>
#include <stdint.h>

/* Made-up Portuguese: the same seed gives the same words on every machine. */

/* A stream of numbers (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", 2014). The state is the seed. */
uint64_t random_next(uint64_t *state);
/* 0 … below-1; below > 0. */
uint64_t random_below(uint64_t *state, uint64_t below);

/* Words with frequencies after Zipf: the n-th is 1/n times as frequent as the first. */
struct words;
struct words *words_create(const void *mem);
const char *words_pick(const struct words *words, uint64_t *random);

/* A sentence or more of about `count` words, on mem. */
char *words_text(const void *mem, const struct words *words, uint64_t *random, size_t count);

/* "Maria Souza": always the same for a number. On mem. */
char *words_name(const void *mem, uint64_t number);

#endif
