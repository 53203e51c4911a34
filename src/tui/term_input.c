#include "term_input.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum { ESCAPE_LOCAL_MS = 25, ESCAPE_REMOTE_MS = 100, ESCAPE_MOST_MS = 5000 };

/* ESCDELAY as ncurses reads it; over SSH the bytes of one key may come apart. */
static int escape_delay(void)
{
	const char *given = getenv("ESCDELAY");
	char *end = NULL;
	long ms = given ? strtol(given, &end, 10) : 0;
	if (given && end != given && !*end && ms > 0 && ms <= ESCAPE_MOST_MS) {
		return (int)ms;
	}
	return getenv("SSH_CONNECTION") || getenv("SSH_TTY") ? ESCAPE_REMOTE_MS : ESCAPE_LOCAL_MS;
}

void term_input_init(struct term_input *input, const void *mem, int fd)
{
	*input = (struct term_input){
		.fd = fd, .escape_ms = escape_delay(), .decoder = decoder_create(mem)};
}

int term_input_wait_ms(const struct term_input *input)
{
	if (!decoder_is_waiting(input->decoder)) {
		return -1;
	}
	int64_t left = input->read_at + input->escape_ms - clock_monotonic();
	return left > 0 ? (int)left : 0;
}

/* False when nothing came. */
static bool read_bytes(struct term_input *input)
{
	struct pollfd poll_fd = {.fd = input->fd, .events = POLLIN};
	if (poll(&poll_fd, 1, 0) <= 0) {
		return false;
	}
	char bytes[4096];
	ssize_t n = read(input->fd, bytes, sizeof bytes);
	if (n < 0 && (errno == EINTR || errno == EAGAIN)) {
		return false;
	}
	if (n <= 0) {
		input->is_gone = true;
		return false;
	}
	input->read_at = clock_monotonic();
	decoder_feed(input->decoder, bytes, (size_t)n);
	return true;
}

enum term_event term_input_read(
	struct term_input *input, const void *mem, struct key *key, char **paste)
{
	for (;;) {
		enum decoded decoded = decoder_next(input->decoder, mem, key, paste);
		if (decoded != DECODED_NOTHING) {
			return decoded == DECODED_KEY ? TERM_KEY : TERM_PASTE;
		}
		if (input->is_gone) {
			return TERM_GONE;
		}
		if (read_bytes(input)) {
			continue;
		}
		if (input->is_gone || term_input_wait_ms(input) != 0) {
			return input->is_gone ? TERM_GONE : TERM_NOTHING;
		}
		decoder_expire(input->decoder);
		if (decoder_next(input->decoder, mem, key, paste) == DECODED_KEY) {
			return TERM_KEY;
		}
		return TERM_NOTHING;
	}
}
