#include "atende/signals.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static void tell(int number);
static void crash(int number);

/* What a handler can reach: state of the process, for it has but one set of handlers. */
static int signal_pipe[2];
static struct term_rescue rescue_at_crash;
static bool has_rescue; /* else the terminal is in the mode of its driver, whose Ctrl-Z is told */
static struct {
	int number;
	void (*handler)(int);
	int flags;
} handled[] = {
	{SIGHUP, tell, SA_RESTART},
	{SIGTERM, tell, SA_RESTART},
	{SIGINT, tell, SA_RESTART},
	{SIGQUIT, tell, SA_RESTART},
	{SIGWINCH, tell, SA_RESTART},
	{SIGCONT, tell, SA_RESTART},
	{SIGCHLD, tell, SA_RESTART},
	{SIGPIPE, SIG_IGN, 0},
	{SIGTSTP, SIG_IGN, 0},
	{SIGSEGV, crash, SA_RESETHAND | SA_NODEFER},
	{SIGBUS, crash, SA_RESETHAND | SA_NODEFER},
	{SIGFPE, crash, SA_RESETHAND | SA_NODEFER},
	{SIGILL, crash, SA_RESETHAND | SA_NODEFER},
	{SIGABRT, crash, SA_RESETHAND | SA_NODEFER},
};

static struct sigaction former[ARRAY_LEN(handled)];

static void tell(int number)
{
	int saved = errno;
	unsigned char byte = (unsigned char)number;
	ssize_t n = write(signal_pipe[1], &byte, 1);
	(void)n; /* full: so many are waiting that this one is among them */
	errno = saved;
}

static void crash(int number)
{
	if (has_rescue) {
		term_rescue_run(&rescue_at_crash);
	}
	raise(number); /* SA_RESETHAND: as it would have been */
}

bool signals_start(const struct term_rescue *rescue)
{
	has_rescue = rescue != NULL;
	if (has_rescue) {
		rescue_at_crash = *rescue;
	}
	if (pipe(signal_pipe) != 0) {
		return false;
	}
	for (int i = 0; i < 2; i++) {
		fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
		fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
	}
	for (size_t i = 0; i < ARRAY_LEN(handled); i++) {
		bool is_told = handled[i].number == SIGTSTP && !has_rescue;
		struct sigaction action = {.sa_handler = is_told ? tell : handled[i].handler,
			.sa_flags = handled[i].flags};
		sigemptyset(&action.sa_mask);
		sigaction(handled[i].number, &action, &former[i]);
	}
	return true;
}

void signals_stop(void)
{
	for (size_t i = 0; i < ARRAY_LEN(handled); i++) {
		sigaction(handled[i].number, &former[i], NULL);
	}
	close(signal_pipe[0]);
	close(signal_pipe[1]);
}

int signals_fd(void)
{
	return signal_pipe[0];
}

int signals_take(void)
{
	unsigned char byte;
	return read(signal_pipe[0], &byte, 1) == 1 ? byte : 0;
}

void signals_suspend(void)
{
	struct sigaction stop = {.sa_handler = SIG_DFL};
	struct sigaction before;
	sigemptyset(&stop.sa_mask);
	sigaction(SIGTSTP, &stop, &before);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &before, NULL);
}

void signals_reset(void)
{
	for (size_t i = 0; i < ARRAY_LEN(handled); i++) {
		signal(handled[i].number, SIG_DFL);
	}
}
