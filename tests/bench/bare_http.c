#include <microhttpd.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * bare_http FILE unix:PATH: as little of a libmicrohttpd server as can be: answers every request
 * with the bytes of FILE, from as many threads as atended has. What atended is held against.
 */

struct answer {
	char *bytes;
	size_t size;
};

static enum MHD_Result handle(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size,
	void **state)
{
	(void)url, (void)method, (void)version, (void)upload;
	const struct answer *answer = data;
	if (!*state || *upload_size) {
		*state = data;
		*upload_size = 0;
		return MHD_YES;
	}
	struct MHD_Response *response = MHD_create_response_from_buffer(
		answer->size, answer->bytes, MHD_RESPMEM_PERSISTENT);
	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
	enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return result;
}

static struct answer read_answer(const char *path)
{
	enum { MOST = 1 << 20 };
	struct answer answer = {.bytes = calloc(1, MOST)};
	FILE *file = fopen(path, "r");
	if (!file) {
		perror(path);
		exit(1);
	}
	answer.size = fread(answer.bytes, 1, MOST, file);
	fclose(file);
	return answer;
}

static int listen_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	unlink(path);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 1024) != 0) {
		perror(path);
		exit(1);
	}
	return fd;
}

int main(int argc, char **argv)
{
	if (argc != 3 || strncmp(argv[2], "unix:", 5) != 0) {
		fprintf(stderr, "usage: bare_http FILE unix:PATH\n");
		return 2;
	}
	struct answer answer = read_answer(argv[1]);
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	sigset_t signals;
	int number;
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL,
		handle, &answer, MHD_OPTION_LISTEN_SOCKET, listen_at(argv[2] + 5),
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)(processors < 2 ? 2 : processors),
		MHD_OPTION_CONNECTION_LIMIT, 4096U, MHD_OPTION_END);
	if (!daemon) {
		return 1;
	}
	sigwait(&signals, &number);
	MHD_stop_daemon(daemon);
	free(answer.bytes);
	return 0;
}
