#ifndef ATENDE_BASE_OS_H
#define ATENDE_BASE_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What POSIX.1-2008 does not have: the only file compiled with _GNU_SOURCE is base/os.c. */

/* Fills bytes from the kernel's random source; aborts if there is none. */
void os_random(void *bytes, size_t size);

/*
 * Open-file-description locks (fcntl(2), F_OFD_*) on one byte of fd. os_lock waits at most
 * timeout_ms (negative: for ever) and is false with errno EAGAIN when that is over.
 */
bool os_lock(int fd, int64_t byte, int timeout_ms);
bool os_try_lock(int fd, int64_t byte);
void os_unlock(int fd, int64_t byte);

/* The type name ("nfs", "cifs", "9p" …) if path lies on a network file system, else NULL. Static.
 */
const char *os_network_filesystem(const char *path);

/* The directory of the running program's file, without a trailing slash, on mem; NULL if unknown.
 */
char *os_program_dir(const void *mem);

/* The uid of whoever is at the other end of a Unix socket; false when that cannot be known. */
bool os_peer_uid(int fd, unsigned *uid);

/* Memory that the process has now; 0 if unknown. */
int64_t os_resident_bytes(void);

/* The calling thread gives way to all others that want the processor. */
void os_lower_priority(void);

/* Lets heaps grow in steps of 256 KiB: a thread's grows page by page otherwise, a system call each.
 * Before any thread is started. */
void os_widen_heaps(void);

/* The login name of the user, or of another by his uid, on mem; NULL if there is none. */
char *os_login(const void *mem);
char *os_user(const void *mem, unsigned uid);

#endif
