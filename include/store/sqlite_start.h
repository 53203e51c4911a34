#ifndef ATENDE_STORE_SQLITE_START_H
#define ATENDE_STORE_SQLITE_START_H

/* Sets the SQLite library up for this process, before it is first used; later calls do nothing. */
void sqlite_start(void);

#endif
