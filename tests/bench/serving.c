#include "serving.h"

#include "base/mem.h"
#include "figure.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ARGUMENTS_MAX = 16, START_LIMIT_US = 60 * 1000 * 1000 };

static void run_program(const char *const *command, const char *address)
{
	const char *arguments[ARGUMENTS_MAX + 2];
	size_t count = 0;
	for (; command[count] && count < ARGUMENTS_MAX; count++) {
		arguments[count] = command[count];
	}
	arguments[count] = address;
	arguments[count + 1] = NULL;
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* a benchmark that gives up leaves nothing */
	int nowhere = open("/dev/null", O_WRONLY);
	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	execvp(arguments[0], (char *const *)(uintptr_t)arguments);
	_exit(127);
}

static bool can_connect(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	bool ok = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
	close(fd);
	return ok;
}

struct serving serving_start(
	const void *mem, const char *dir, const char *name, const char *const *command)
{
	struct serving serving = {.address = mem_printf(mem, "unix:%s/%s", dir, name)};
	double start = bench_now_us();
	serving.pid = fork();
	if (serving.pid == 0) {
		run_program(command, serving.address);
	}
	while (!can_connect(serving.address + 5)) {
		if (waitpid(serving.pid, NULL, WNOHANG) == serving.pid ||
			bench_now_us() - start > START_LIMIT_US) {
			fprintf(stderr, "bench: %s does not start\n", command[0]);
			exit(1);
		}
		poll(NULL, 0, 2);
	}
	return serving;
}

void serving_stop(struct serving *serving)
{
	kill(serving->pid, SIGTERM);
	waitpid(serving->pid, NULL, 0);
}

double serving_cpu_us(const struct serving *serving)
{
	char *path = mem_printf(NULL, "/proc/%d/stat", (int)serving->pid);
	FILE *file = fopen(path, "r");
	char line[1024] = "";
	double ticks = 0;
	if (file && fgets(line, sizeof line, file)) {
		char *at = strrchr(line, ')'); /* then "S ppid …": utime is the 12th from here */
		for (int i = 0; at && i < 12; i++) {
			at = strchr(at + 1, ' ');
		}
		char *end;
		ticks = at ? strtod(at, &end) + strtod(end, NULL) : 0;
	}
	if (file) {
		fclose(file);
	}
	talloc_free(path);
	return 1e6 * ticks / (double)sysconf(_SC_CLK_TCK);
}

double serving_pss(const struct serving *serving)
{
	char *path = mem_printf(NULL, "/proc/%d/smaps_rollup", (int)serving->pid);
	FILE *file = fopen(path, "r");
	char line[256];
	double kb = 0;
	while (file && fgets(line, sizeof line, file)) {
		if (strncmp(line, "Pss:", 4) == 0) {
			kb = strtod(line + 4, NULL);
		}
	}
	if (file) {
		fclose(file);
	}
	talloc_free(path);
	return kb;
}
