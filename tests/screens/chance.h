#ifndef ATENDE_TESTS_SCREENS_CHANCE_H
#define ATENDE_TESTS_SCREENS_CHANCE_H

#include <stdint.h>

/*
 * Chance from a seed, and how a test by chance is run: a few keys each time, millions with --long,
 * some seeds again with --seed N [LAST].
 */
struct chance {
	uint64_t state;
};

/* 0 … below-1. */
uint32_t chance_draw(struct chance *chance, uint32_t below);

/* A key as stage.h and console.h play it: of a command, of prompts, letters of a text. Never one
 * that would end the program. Static. */
const char *chance_key(struct chance *chance);

struct chance_run {
	uint64_t first, last; /* seeds */
};
/* From the program's arguments: seeds 1 … few, or 1 … many, or those given. */
struct chance_run chance_run_of(int argc, char **argv, uint64_t few, uint64_t many);

#endif
