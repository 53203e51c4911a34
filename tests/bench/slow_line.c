#include "support/proxy.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * slow_line SOCKET SERVER DELAY_MS EVERY_MS STALL_MS: a long line to a server, until it is killed.
 * Each request and each answer takes DELAY_MS; again and again, after EVERY_MS, those of the next
 * STALL_MS take that long.
 */
int main(int argc, char **argv)
{
	if (argc != 6) {
		fprintf(stderr, "usage: slow_line SOCKET SERVER DELAY_MS EVERY_MS STALL_MS\n");
		return 2;
	}
	int delay_ms = (int)strtol(argv[3], NULL, 10);
	int every_ms = (int)strtol(argv[4], NULL, 10);
	int stall_ms = (int)strtol(argv[5], NULL, 10);
	struct proxy *proxy = proxy_start(argv[1], argv[2]);
	for (;;) {
		proxy_delay(proxy, delay_ms);
		poll(NULL, 0, every_ms);
		proxy_delay(proxy, stall_ms);
		poll(NULL, 0, stall_ms);
	}
}
