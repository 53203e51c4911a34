#define _GNU_SOURCE /* F_OFD_SETLK, getrandom */
#include "base/os.h"

#include "base/clock.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

void os_random(void *bytes, size_t size)
{
	unsigned char *at = bytes;
	while (size > 0) {
		ssize_t got = getrandom(at, size, 0);
		if (got < 0 && errno != EINTR) {
			abort();
		}
		if (got > 0) {
			at += got;
			size -= (size_t)got;
		}
	}
}

static bool set_lock(int fd, int64_t byte, int command, short type)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
	int rc;
	do {
		rc = fcntl(fd, command, &lock);
	} while (rc < 0 && errno == EINTR);
	return rc == 0;
}

bool os_try_lock(int fd, int64_t byte)
{
	return set_lock(fd, byte, F_OFD_SETLK, F_WRLCK);
}

void os_unlock(int fd, int64_t byte)
{
	set_lock(fd, byte, F_OFD_SETLK, F_UNLCK);
}

/* The kernel queues waiters of F_OFD_SETLKW; only a bounded wait has to look again and again. */
bool os_lock(int fd, int64_t byte, int timeout_ms)
{
	if (timeout_ms < 0) {
		return set_lock(fd, byte, F_OFD_SETLKW, F_WRLCK);
	}
	int64_t end = clock_monotonic() + timeout_ms;
	struct timespec pause = {0, 200000};
	while (!os_try_lock(fd, byte)) {
		if (errno != EAGAIN && errno != EACCES) {
			return false;
		}
		if (clock_monotonic() >= end) {
			errno = EAGAIN;
			return false;
		}
		nanosleep(&pause, NULL);
		if (pause.tv_nsec < 2000000) {
			pause.tv_nsec *= 2;
		}
	}
	return true;
}

/* statfs(2) magic numbers of file systems whose locks or shared memory do not reach other machines.
 */
static const struct {
	unsigned long magic;
	const char *name;
} network_types[] = {
	{0x6969, "nfs"},
	{0xFF534D42, "cifs"},
	{0xFE534D42, "smb2"},
	{0x517B, "smb"},
	{0x01021997, "9p"},
	{0x5346414F, "afs"},
	{0x6B414653, "afs"},
	{0x00C36400, "ceph"},
	{0x73757245, "coda"},
	{0x0BD00BD0, "lustre"},
	{0x47504653, "gpfs"},
};

enum { FUSE_MAGIC = 0x65735546 };

/* FUSE may be local (ntfs-3g) or not (sshfs): only the mount table tells. */
static const char *fuse_network_name(const char *path)
{
	static const char *const names[] = {"fuse.sshfs", "fuse.glusterfs", "fuse.cephfs",
		"fuse.s3fs", "fuse.rclone", "fuse.davfs"};
	FILE *mounts = fopen("/proc/self/mounts", "re");
	char *real = realpath(path, NULL);
	const char *found = NULL;
	size_t longest = 0;
	char line[4096], where[2048], type[256];
	while (mounts && real && fgets(line, sizeof line, mounts)) {
		if (sscanf(line, "%*s %2047s %255s", where, type) != 2) {
			continue;
		}
		size_t n = strlen(where);
		if (strncmp(real, where, n) != 0 || n < longest) {
			continue;
		}
		longest = n;
		found = NULL;
		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			if (strcmp(type, names[i]) == 0) {
				found = names[i];
			}
		}
	}
	free(real);
	if (mounts) {
		fclose(mounts);
	}
	return found;
}

const char *os_network_filesystem(const char *path)
{
	struct statfs info;
	if (statfs(path, &info) != 0) {
		return NULL;
	}
	unsigned long type = (unsigned long)info.f_type & 0xFFFFFFFFUL;
	if (type == FUSE_MAGIC) {
		return fuse_network_name(path);
	}
	for (size_t i = 0; i < ARRAY_LEN(network_types); i++) {
		if (network_types[i].magic == type) {
			return network_types[i].name;
		}
	}
	return NULL;
}

char *os_program_dir(const void *mem)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	if (n <= 0) {
		return NULL;
	}
	path[n] = '\0';
	char *slash = strrchr(path, '/');
	if (slash) {
		*slash = '\0';
	}
	return mem_strdup(mem, path);
}

char *os_login(const void *mem)
{
	return os_user(mem, getuid());
}

char *os_user(const void *mem, unsigned uid)
{
	struct passwd entry, *found = NULL;
	char buffer[4096];
	if (getpwuid_r((uid_t)uid, &entry, buffer, sizeof buffer, &found) != 0 || !found) {
		return NULL;
	}
	return mem_strdup(mem, entry.pw_name);
}

bool os_peer_uid(int fd, unsigned *uid)
{
	struct ucred peer;
	socklen_t size = sizeof peer;
	struct sockaddr_storage name;
	socklen_t name_size = sizeof name;
	if (getsockname(fd, (struct sockaddr *)&name, &name_size) != 0 ||
		name.ss_family != AF_UNIX ||
		getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
		return false;
	}
	*uid = peer.uid;
	return true;
}

void os_widen_heaps(void)
{
	mallopt(M_TOP_PAD, 256 * 1024);
}

int64_t os_resident_bytes(void)
{
	long long all, resident = 0;
	FILE *file = fopen("/proc/self/statm", "re");
	if (file) {
		if (fscanf(file, "%lld %lld", &all, &resident) != 2) {
			resident = 0;
		}
		fclose(file);
	}
	return (int64_t)resident * sysconf(_SC_PAGESIZE);
}

/* On Linux a thread has a nice value of its own. */
void os_lower_priority(void)
{
	setpriority(PRIO_PROCESS, 0, 19);
}
