#ifndef ATENDE_ATENDED_SYSTEMD_H
#define ATENDE_ATENDED_SYSTEMD_H

#include <stddef.h>
#include <stdint.h>

/*
 * The two small protocols by which systemd starts and watches a service (sd_listen_fds(3),
 * sd_notify(3), sd_watchdog_enabled(3)). Without systemd they do nothing.
 */

/* Sockets that were opened for this process: their addresses for listener_open ("fd:3", …), on mem;
 * *count of them. They are not given to any child. */
const char **systemd_sockets(const void *mem, size_t *count);

/* "READY=1", "STOPPING=1", "WATCHDOG=1", … */
void systemd_notify(const char *state);

/* How often to say "WATCHDOG=1"; 0: not at all. */
int64_t systemd_watchdog_ms(void);

#endif
