#include "cli/secret.h"

#include "base/mem.h"
#include "base/secret.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "core/token.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1000 };

static int wipe(char *line)
{
	secret_wipe(line, talloc_get_size(line));
	return 0;
}

static bool no_line(struct error *err)
{
	return error_set_reason(err, ERROR_INVALID, "no_line",
		N_("nothing was typed; give it on the terminal, or a line each on standard input"),
		NULL);
}

/* Byte by byte: what comes after this line is for the next question, or for another program. */
static bool read_line(struct call *call, char **line, struct error *err)
{
	char *bytes = mem_array(call->mem, char, LINE_MAX_BYTES + 1);
	size_t size = 0;
	char byte = '\0';
	ssize_t n = 1;
	talloc_set_destructor(bytes, wipe);
	while (size < LINE_MAX_BYTES && !interrupt_happened() &&
		(n = read(fileno(call->cli->in), &byte, 1)) == 1 && byte != '\n') {
		bytes[size++] = byte;
	}
	if (interrupt_happened() || (n < 0 && errno == EINTR)) {
		return error_set_reason(
			err, ERROR_UNAVAILABLE, "interrupted", N_("it was interrupted"), NULL);
	}
	size -= size > 0 && bytes[size - 1] == '\r';
	bytes[size] = '\0';
	*line = bytes;
	bool is_whole = byte == '\n' || n == 0;
	return (is_whole && size > 0 && strlen(bytes) == size) || no_line(err);
}

/* Ctrl-Z is off, for the shell would have a terminal that shows nothing. What was typed before
 * goes, for it was seen. */
static bool hide(int fd, struct termios *former)
{
	if (tcgetattr(fd, former) != 0) {
		return false;
	}
	struct termios hidden = *former;
	hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	hidden.c_cc[VSUSP] = _POSIX_VDISABLE;
	return tcsetattr(fd, TCSAFLUSH, &hidden) == 0;
}

static bool ask(
	struct call *call, const char *question, bool is_hidden, char **line, struct error *err)
{
	struct cli *cli = call->cli;
	struct termios former;
	if (!cli->in_is_terminal) {
		return read_line(call, line, err);
	}
	interrupt_watch();
	is_hidden = is_hidden && hide(fileno(cli->in), &former);
	fprintf(cli->err, "%s: ", question);
	fflush(cli->err);
	bool ok = read_line(call, line, err);
	if (is_hidden) {
		tcsetattr(fileno(cli->in), TCSAFLUSH, &former);
		fputc('\n', cli->err);
	}
	interrupt_restore();
	return ok;
}

bool secret_ask(struct call *call, const char *question, char **secret, struct error *err)
{
	return ask(call, question, true, secret, err);
}

bool line_ask(struct call *call, const char *question, char **line, struct error *err)
{
	return ask(call, question, false, line, err);
}

bool secret_ask_new(struct call *call, const char *question, char **secret, struct error *err)
{
	char *again;
	for (;;) {
		if (!secret_ask(call, question, secret, err) || !password_check(*secret, err)) {
			return false;
		}
		if (!call->cli->in_is_terminal) {
			return true;
		}
		if (!secret_ask(call, _("the same again"), &again, err)) {
			return false;
		}
		if (strcmp(*secret, again) == 0) {
			return true;
		}
		output_warning(call->cli, _("the two differ; once more"));
	}
}
