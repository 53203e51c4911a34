#include "base/log.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

struct log {
	int fd;
	pthread_mutex_t lock;
};

struct log *log_open(const char *path)
{
	struct log *log = mem_new(NULL, struct log);
	log->fd =
		path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : STDERR_FILENO;
	pthread_mutex_init(&log->lock, NULL);
	return log;
}

void log_reopen(struct log *log, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	pthread_mutex_lock(&log->lock);
	if (fd >= 0 && log->fd > STDERR_FILENO) {
		close(log->fd);
	}
	log->fd = fd >= 0 ? fd : log->fd;
	pthread_mutex_unlock(&log->lock);
}

void log_close(struct log *log)
{
	if (!log) {
		return;
	}
	if (log->fd > STDERR_FILENO) {
		close(log->fd);
	}
	pthread_mutex_destroy(&log->lock);
	talloc_free(log);
}

void log_line(struct log *log, const char *word, const char *format, ...)
{
	if (!log) {
		return;
	}
	struct clock clock = clock_system();
	char *at = timestamp_format(NULL, clock_now(&clock) / MS_SECOND * MS_SECOND);
	char *text = mem_printf(at, "%s %s ", at, word);
	va_list args;
	va_start(args, format);
	text = mem_check(talloc_vasprintf_append(text, format, args));
	va_end(args);
	for (char *c = text; *c; c++) {
		if ((unsigned char)*c < ' ') {
			*c = ' '; /* one line an event, whatever is in it */
		}
	}
	size_t size = strlen(text);
	text[size] = '\n'; /* instead of its end: one call, which is one line whoever else writes */
	pthread_mutex_lock(&log->lock);
	ssize_t written = write(log->fd, text, size + 1);
	pthread_mutex_unlock(&log->lock);
	(void)written;
	talloc_free(at);
}
