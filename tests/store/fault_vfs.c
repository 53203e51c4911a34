#include "fault_vfs.h"

#include "base/mem.h"
#include "chance.h"

#include <sqlite3.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A write that no sync has followed: what stood there before, and what was written. */
struct pending {
	char *path;
	sqlite3_int64 offset, size_before;
	int size;
	char *old, *new;
	struct pending *earlier;
};

struct fault_file {
	sqlite3_file base;
	const char *path;
	bool is_tracked, is_log;
	sqlite3_file *real; /* behind this struct */
};

static struct {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	enum fault fault;
	int64_t at, count, log_writes;
	uint64_t seed;
	bool has_come, is_dead;
	struct pending *newest;
} layer;

static struct fault_file *of(sqlite3_file *file)
{
	return (struct fault_file *)file;
}

/* --- the plan --- */

void fault_set(enum fault fault, int64_t at, uint64_t seed)
{
	layer.fault = fault;
	layer.at = at;
	layer.seed = seed;
	layer.count = 0;
	layer.log_writes = 0;
	layer.has_come = false;
	layer.is_dead = false;
}

int64_t fault_count(void)
{
	return layer.count;
}

int64_t fault_log_writes(void)
{
	return layer.log_writes;
}

bool fault_has_come(void)
{
	return layer.has_come;
}

/* Is this the operation that fails? */
static bool strikes(void)
{
	if (layer.is_dead) {
		return true;
	}
	bool now = ++layer.count == layer.at && layer.fault != FAULT_NONE;
	layer.has_come = layer.has_come || now;
	layer.is_dead = layer.has_come && layer.fault == FAULT_POWER;
	return now;
}

static void forget(struct pending *pending)
{
	talloc_free(pending);
}

static void note_pending(struct fault_file *file, const void *bytes, int size, int64_t offset)
{
	struct pending *pending = mem_new(NULL, struct pending);
	pending->path = mem_strdup(pending, file->path);
	pending->offset = offset;
	pending->size = size;
	pending->new = mem_dup(pending, bytes, (size_t)size);
	pending->old = mem_array(pending, char, (size_t)size);
	file->real->pMethods->xFileSize(file->real, &pending->size_before);
	file->real->pMethods->xRead(file->real, pending->old, size, offset); /* short: zeroes */
	pending->earlier = layer.newest;
	layer.newest = pending;
}

static void drop_pending(const char *path)
{
	struct pending **at = &layer.newest;
	while (*at) {
		struct pending *pending = *at;
		if (strcmp(pending->path, path) == 0) {
			*at = pending->earlier;
			forget(pending);
		} else {
			at = &pending->earlier;
		}
	}
}

/* --- what the disk holds after a power failure --- */

static void write_at(const struct pending *pending, const char *bytes, int size)
{
	int fd = open(pending->path, O_WRONLY | O_CLOEXEC);
	if (fd >= 0) {
		ssize_t n = pwrite(fd, bytes, (size_t)size, pending->offset);
		(void)n;
		close(fd);
	}
}

static void take_back(const struct pending *pending)
{
	write_at(pending, pending->old, pending->size);
	int rc = truncate(pending->path, pending->size_before);
	(void)rc;
}

/* Nothing, the whole, or the first part, in units of a sector. */
static void write_by_chance(const struct pending *pending)
{
	enum { SECTOR = 512 };
	uint64_t fate = chance(&layer.seed, 3);
	int sectors = (pending->size + SECTOR - 1) / SECTOR;
	int torn = (int)chance(&layer.seed, (uint64_t)sectors + 1) * SECTOR;
	if (fate == 1) {
		write_at(pending, pending->new, pending->size);
	} else if (fate == 2) {
		write_at(pending, pending->new, torn < pending->size ? torn : pending->size);
	}
}

void fault_settle(void)
{
	struct pending *oldest = NULL;
	while (layer.newest) {
		struct pending *pending = layer.newest;
		take_back(pending);
		layer.newest = pending->earlier;
		pending->earlier = oldest;
		oldest = pending;
	}
	while (oldest) {
		struct pending *next = oldest->earlier;
		write_by_chance(oldest);
		forget(oldest);
		oldest = next;
	}
	layer.is_dead = false;
	layer.fault = FAULT_NONE;
}

/* --- methods --- */

static int fault_close(sqlite3_file *file)
{
	return of(file)->real->pMethods->xClose(of(file)->real);
}

static int fault_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset)
{
	return of(file)->real->pMethods->xRead(of(file)->real, bytes, size, offset);
}

static int fault_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
	struct fault_file *f = of(file);
	if (f->is_tracked) {
		bool was_dead = layer.is_dead;
		bool fails = strikes();
		if (fails && !was_dead && layer.fault == FAULT_POWER) {
			note_pending(f, bytes, size, offset); /* it may reach the disk yet */
		}
		if (fails) {
			return layer.fault == FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
		}
		note_pending(f, bytes, size, offset);
		layer.log_writes += f->is_log;
	}
	return f->real->pMethods->xWrite(f->real, bytes, size, offset);
}

static int fault_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct fault_file *f = of(file);
	if (f->is_tracked && layer.is_dead) {
		return SQLITE_IOERR_TRUNCATE;
	}
	return f->real->pMethods->xTruncate(f->real, size);
}

static int fault_sync(sqlite3_file *file, int flags)
{
	struct fault_file *f = of(file);
	if (f->is_tracked) {
		if (strikes()) {
			return SQLITE_IOERR_FSYNC;
		}
		drop_pending(f->path);
		return SQLITE_OK; /* the power is ours: nothing need reach the real disk */
	}
	return f->real->pMethods->xSync(f->real, flags);
}

static int fault_file_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return of(file)->real->pMethods->xFileSize(of(file)->real, size);
}

static int fault_lock(sqlite3_file *file, int level)
{
	return of(file)->real->pMethods->xLock(of(file)->real, level);
}

static int fault_unlock(sqlite3_file *file, int level)
{
	return of(file)->real->pMethods->xUnlock(of(file)->real, level);
}

static int fault_check_reserved_lock(sqlite3_file *file, int *is_locked)
{
	return of(file)->real->pMethods->xCheckReservedLock(of(file)->real, is_locked);
}

static int fault_file_control(sqlite3_file *file, int op, void *arg)
{
	return of(file)->real->pMethods->xFileControl(of(file)->real, op, arg);
}

static int fault_sector_size(sqlite3_file *file)
{
	return of(file)->real->pMethods->xSectorSize(of(file)->real);
}

/* A disk whose neighbouring sectors suffer with the one that is written when the power fails. */
static int fault_characteristics(sqlite3_file *file)
{
	int bits = of(file)->real->pMethods->xDeviceCharacteristics(of(file)->real);
	return bits & ~SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int fault_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
	return of(file)->real->pMethods->xShmMap(of(file)->real, page, size, extend, memory);
}

static int fault_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
	return of(file)->real->pMethods->xShmLock(of(file)->real, offset, n, flags);
}

static void fault_shm_barrier(sqlite3_file *file)
{
	of(file)->real->pMethods->xShmBarrier(of(file)->real);
}

static int fault_shm_unmap(sqlite3_file *file, int remove)
{
	return of(file)->real->pMethods->xShmUnmap(of(file)->real, remove);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = fault_close,
	.xRead = fault_read,
	.xWrite = fault_write,
	.xTruncate = fault_truncate,
	.xSync = fault_sync,
	.xFileSize = fault_file_size,
	.xLock = fault_lock,
	.xUnlock = fault_unlock,
	.xCheckReservedLock = fault_check_reserved_lock,
	.xFileControl = fault_file_control,
	.xSectorSize = fault_sector_size,
	.xDeviceCharacteristics = fault_characteristics,
	.xShmMap = fault_shm_map,
	.xShmLock = fault_shm_lock,
	.xShmBarrier = fault_shm_barrier,
	.xShmUnmap = fault_shm_unmap,
};

/* --- the layer --- */

static int fault_open(
	sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
	(void)vfs;
	struct fault_file *f = of(file);
	*f = (struct fault_file){.path = path};
	f->real = (sqlite3_file *)(f + 1);
	f->is_log = (flags & SQLITE_OPEN_WAL) != 0;
	f->is_tracked = f->is_log || (flags & SQLITE_OPEN_MAIN_DB);
	int rc = layer.real->xOpen(layer.real, path, f->real, flags, out_flags);
	if (rc == SQLITE_OK) {
		f->base.pMethods = &methods;
	}
	return rc;
}

static int fault_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	(void)vfs;
	if (layer.is_dead) {
		return SQLITE_IOERR_DELETE;
	}
	drop_pending(path);
	return layer.real->xDelete(layer.real, path, sync);
}

void fault_install(void)
{
	layer.real = sqlite3_vfs_find(NULL);
	layer.vfs = *layer.real;
	layer.vfs.zName = "fault";
	layer.vfs.szOsFile = (int)sizeof(struct fault_file) + layer.real->szOsFile;
	layer.vfs.xOpen = fault_open;
	layer.vfs.xDelete = fault_delete;
	layer.vfs.pNext = NULL;
	sqlite3_vfs_register(&layer.vfs, 1);
}
