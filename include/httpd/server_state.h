#ifndef ATENDE_HTTPD_SERVER_STATE_H
#define ATENDE_HTTPD_SERVER_STATE_H

#include "httpd/feeder.h"
#include "httpd/guests.h"
#include "httpd/metrics.h"
#include "httpd/pool.h"
#include "httpd/port.h"
#include "httpd/server.h"
#include "httpd/writer.h"
#include "service/attempts.h"
#include "service/verifier.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

/* A server's inside. Nobody outside httpd includes this. */

struct server {
	struct server_options options;
	struct clock clock;
	struct pool *pool;
	struct store *store; /* the writer's */
	struct writer *writer;
	struct metrics *metrics;
	struct guests *guests;
	struct backups_options backups_options;
	struct backups *backups;
	struct care *care;
	struct gate *gate;
	struct attempts *attempts;
	struct verifier *verifier;
	struct due *due;
	struct certificates *certificates;
	struct feeder *feeder;
	size_t port_count;
	struct port *ports;
	atomic_bool is_stopping;      /* not ready any more */
	atomic_int_fast64_t requests; /* the number of the newest */
	atomic_int_fast64_t bodies;   /* bytes of those that are not small */
	pthread_mutex_t lock;	      /* of open */
	pthread_cond_t closed;
	int open; /* requests that are not answered yet */
};

/* Counts the open requests, for server_stop. To leave twice is fine. */
void server_enter(struct server *server, struct request *request);
void server_leave(struct server *server, struct request *request);

#endif
