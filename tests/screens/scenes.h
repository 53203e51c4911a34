#ifndef ATENDE_TESTS_SCREENS_SCENES_H
#define ATENDE_TESTS_SCREENS_SCENES_H

#include "stage.h"

struct scene_size {
	int columns, rows;
};

/* Every screen and prompt of the console, and how to get there from its start. */
struct scene {
	const char *name;
	void (*play)(struct stage *stage); /* NULL: keys, with their answers */
	const char *keys;
	void (*arrange)(struct stage *stage); /* the desk, before anything is answered; or NULL */
	struct scene_size only_size;	      /* {0}: all of scene_sizes */
};
extern const struct scene scenes[];
extern const size_t scene_count;

extern const struct scene_size scene_sizes[];
extern const size_t scene_size_count;

/* A stage with the scene on it, in one step; or the desk, still to be altered, and then the rest.
 */
struct stage *scene_play(const struct scene *scene, struct scene_size size);
struct stage *scene_arrange(const struct scene *scene, struct scene_size size);
void scene_go(struct stage *stage, const struct scene *scene);

#endif
