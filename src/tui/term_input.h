#ifndef ATENDE_TUI_TERM_INPUT_H
#define ATENDE_TUI_TERM_INPUT_H

#include "tui/decode.h"
#include "tui/term.h"

#include <stdbool.h>
#include <stdint.h>

/* The keyboard's half of a terminal: no ncurses. */
struct term_input {
	int fd;
	int escape_ms;
	int64_t read_at; /* monotonic; when the last bytes came */
	bool is_gone;
	struct decoder *decoder;
};

void term_input_init(struct term_input *input, const void *mem, int fd);
int term_input_wait_ms(const struct term_input *input);
enum term_event term_input_read(
	struct term_input *input, const void *mem, struct key *key, char **paste);

#endif
