#ifndef ATENDE_TUI_COMMAND_LINE_H
#define ATENDE_TUI_COMMAND_LINE_H

#include "tui/effect.h"

/* The `:` line and the palette: commands by name. */
struct model;

void command_line_ask(struct model *model, struct effects *effects);
void palette_ask(struct model *model, struct effects *effects);

#endif
