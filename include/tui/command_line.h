#ifndef ATENDE_TUI_COMMAND_LINE_H
#define ATENDE_TUI_COMMAND_LINE_H

#include "tui/editor.h"
#include "tui/effect.h"

/* The `:` line and the palette: commands by name. */
struct model;

/* Completes the name at the start of the line as far as it is clear. */
void command_line_complete(struct editor *line);

void command_line_ask(struct model *model, struct effects *effects);
void palette_ask(struct model *model, struct effects *effects);

#endif
