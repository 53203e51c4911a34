#ifndef ATENDE_ATENDED_CONFIG_H
#define ATENDE_ATENDED_CONFIG_H

#include "base/config.h"
#include "base/error.h"
#include "service/identity.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The server's configuration file. Its keys are in one table, which reads them and makes their part
 * of atended(8).
 */
struct config {
	char *desk;
	const char **listen;
	size_t listen_count;
	const char **proxies;
	size_t proxy_count;
	char *log;
	int64_t threads;
	char *certificate, *key;
	bool insecure;
	int metrics; /* 1: loopback */
	bool uid_logins;
	struct uid_entry *uids;
	size_t uid_count;

	int64_t connections, connections_of_address;
	int64_t requests; /* a second */
	int64_t feeds, feeds_of_one;
	int64_t header_ms, idle_ms;

	char *backup_folder;
	int64_t backup_every_ms, backup_keep;
	int64_t log_keep_ms;
};

/* All on mem; a file that is not there is no error. USAGE, naming file and line. */
bool atended_config_load(
	const void *mem, const char *path, struct config *config, struct error *err);

/* The keys as scdoc, on mem. */
char *atended_manual(const void *mem);

#endif
