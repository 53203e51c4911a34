#ifndef ATENDE_BASE_KEPT_H
#define ATENDE_BASE_KEPT_H

/*
 * Short texts that live as long as the program, for what points to them without owning them (the
 * words of a struct error that another program sent). Each text is kept once, and only so many:
 * who sends ever new ones cannot make the program grow. Any thread.
 */
enum { KEPT_MOST = 1024, KEPT_BYTES = 512 };

/* The kept text that equals this one; NULL when it is longer than KEPT_BYTES, or no more are kept.
 */
const char *kept_text(const char *text);

#endif
