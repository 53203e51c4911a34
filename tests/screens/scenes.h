#ifndef ATENDE_TESTS_SCREENS_SCENES_H
#define ATENDE_TESTS_SCREENS_SCENES_H

#include "stage.h"

/* Every screen of the console, and how to get there from its start. */
struct scene {
	const char *name;
	bool in_all_sizes;
	void (*play)(struct stage *stage);
};
extern const struct scene scenes[];
extern const size_t scene_count;

/* 80×24 and the smallest first: what every scene is shown in. */
struct scene_size {
	int columns, rows;
};
extern const struct scene_size scene_sizes[];
extern const size_t scene_size_count;

#endif
