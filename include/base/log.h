#ifndef ATENDE_BASE_LOG_H
#define ATENDE_BASE_LOG_H

/*
 * A program's own log (never a library's): one line an event, "2026-11-22T12:31:05Z word text".
 * Thread-safe. No personal data, no message texts.
 */
struct log;

struct log *log_open(const char *path); /* appends, mode 0600; NULL path: stderr */
/* Goes on in a file of this name: after it was moved away. */
void log_reopen(struct log *log, const char *path);
void log_close(struct log *log);
void log_line(struct log *log, const char *word, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
