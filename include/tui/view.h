#ifndef ATENDE_TUI_VIEW_H
#define ATENDE_TUI_VIEW_H

#include "tui/command.h"

#include <stdbool.h>

struct canvas;
struct model;

/*
 * The model as a picture. The canvas has the model's size (or what is over is left blank); its
 * cursor is put where the focus is. Pure: the model is not altered.
 */
void model_view(const struct model *model, struct canvas *canvas);

/* The last line alone, on a canvas that has the rest: model_is_calm. The cursor stays. */
void model_view_foot(const struct model *model, struct canvas *canvas);

/* The screen can be painted; all must. */
bool view_has(enum screen screen);

#endif
