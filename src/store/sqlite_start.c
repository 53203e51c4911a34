#include "store/sqlite_start.h"

#include <pthread.h>
#include <sqlite3.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Figures of its memory, that nobody asks for, cost all threads one lock for each piece. */
static void start(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

void sqlite_start(void)
{
	pthread_once(&once, start);
}
