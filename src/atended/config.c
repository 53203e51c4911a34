#include "atended/config.h"

#include "base/clock.h"
#include "base/mem.h"
#include "httpd/peer.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#define KEY(section, name, type, member, summary)                                                  \
	{                                                                                          \
		section, name, type, offsetof(struct config, member), summary, NULL                \
	}

static const char *const metrics_words[] = {"token", "loopback", NULL};

static const struct config_key atended_keys[] = {
	KEY("", "desk", CONFIG_TEXT, desk, "the desk to serve: a file"),
	KEY("", "log", CONFIG_TEXT, log,
		"file that a line a request and all else goes to; standard error if not set"),
	KEY("", "log_keep", CONFIG_DURATION, log_keep_ms,
		"a new log file is begun each day, and those older than this are removed; "
		"0s: none of that, for logrotate(8)"),
	KEY("", "threads", CONFIG_INT, threads,
		"threads that answer, of each address; 0: one a processor, at least two"),
	{"", "metrics", CONFIG_WORD, offsetof(struct config, metrics),
		"who may read /metrics: token, who shows a token with that right; or loopback, "
		"everybody on this machine besides, but not through a proxy that is named here",
		metrics_words},
	KEY("", "uid_logins", CONFIG_BOOL, uid_logins,
		"on a Unix socket the user of the machine is the operator of the same login, "
		"unless [uids] says otherwise"),

	KEY("tls", "certificate", CONFIG_TEXT, certificate,
		"file in PEM with the certificate and those that it is signed with: what "
		"listens on TCP speaks TLS then. SIGHUP takes a new one into use"),
	KEY("tls", "key", CONFIG_TEXT, key, "file in PEM with its key; not readable for everybody"),
	KEY("tls", "insecure", CONFIG_BOOL, insecure,
		"yes: listen without TLS where other machines can reach it, because something "
		"else sees to that nobody reads along"),

	KEY("limits", "connections", CONFIG_INT, connections, "connections at once"),
	KEY("limits", "connections_per_address", CONFIG_INT, connections_of_address,
		"of them by TCP from one address; behind a proxy all come from one"),
	KEY("limits", "requests_per_second", CONFIG_INT, requests,
		"of an operator or token in the long run; four times as many at once"),
	KEY("limits", "feeds", CONFIG_INT, feeds, "live feeds at once"),
	KEY("limits", "feeds_per_operator", CONFIG_INT, feeds_of_one, "of them of one operator"),
	KEY("limits", "header_timeout", CONFIG_DURATION, header_ms,
		"time in which a new connection must have asked something; a body must come "
		"with at least 1 kB a second"),
	KEY("limits", "idle_timeout", CONFIG_DURATION, idle_ms,
		"time after which a connection is closed on which nothing is asked"),

	KEY("backup", "folder", CONFIG_TEXT, backup_folder,
		"folder for backups; without it there are none on schedule"),
	KEY("backup", "every", CONFIG_DURATION, backup_every_ms, "time between two backups"),
	KEY("backup", "keep", CONFIG_INT, backup_keep,
		"how many of them are kept; older ones are removed"),
};

/* What takes any name or may be repeated: for the manual. */
static const struct {
	const char *name, *summary;
} atended_extras[] = {
	{"listen", "where to listen: unix:PATH or HOST:PORT; may be there several times. Not "
		   "needed with socket activation"},
	{"proxy", "address of a reverse proxy, such as 127.0.0.1; may be there several times. Who "
		  "came "
		  "to it is the last one in X-Forwarded-For, which it must set; from anybody else "
		  "that header means nothing"},
	{"[uids] UID = LOGIN",
		"on a Unix socket the user of the machine with this number or name is this "
		"operator; as often as needed"},
};

struct loading {
	const void *mem;
	struct config *config;
};

static void add(const void *mem, const char ***list, size_t *count, const char *address)
{
	*list = mem_grow(mem, *list, const char *, (unsigned)*count + 1);
	(*list)[(*count)++] = mem_strdup(mem, address);
}

static bool add_proxy(
	struct loading *loading, const char *where, const char *address, struct error *err)
{
	struct config *config = loading->config;
	add(loading->mem, &config->proxies, &config->proxy_count, address);
	return peer_is_address(address) || config_wrong(where, "proxy", address, err);
}

static bool find_uid(const char *name, unsigned *uid)
{
	const struct passwd *user = getpwnam(name);
	char *end;
	unsigned long number = strtoul(name, &end, 10);
	bool is_number = *name >= '0' && *name <= '9' && *end == '\0' && number < UINT32_MAX;
	*uid = user ? (unsigned)user->pw_uid : (unsigned)number;
	return user || is_number;
}

static bool add_uid(struct loading *loading, const char *where, const char *name, const char *login,
	struct error *err)
{
	struct config *config = loading->config;
	struct uid_entry entry = {.login = mem_strdup(loading->mem, login)};
	if (!find_uid(name, &entry.uid)) {
		return error_set(err, ERROR_USAGE,
			N_("{0}: {1} is no user of this machine; give a name or a number"), where,
			name, NULL);
	}
	for (size_t i = 0; i < config->uid_count; i++) {
		if (config->uids[i].uid == entry.uid) {
			return config_twice(where, name, err);
		}
	}
	config->uids = mem_grow(
		loading->mem, config->uids, struct uid_entry, (unsigned)config->uid_count + 1);
	config->uids[config->uid_count++] = entry;
	return *login || config_wrong(where, name, login, err);
}

static bool take_other(void *data, const char *where, const char *section, const char *name,
	const char *value, struct error *err)
{
	struct loading *loading = data;
	if (strcmp(section, "uids") == 0) {
		return add_uid(loading, where, name, value, err);
	}
	struct config *config = loading->config;
	if (!*section && strcmp(name, "listen") == 0) {
		add(loading->mem, &config->listen, &config->listen_count, value);
		return true;
	}
	return !*section && strcmp(name, "proxy") == 0 ? add_proxy(loading, where, value, err)
						       : config_unknown(where, name, err);
}

/* Numbers that would stop everything are mistakes. */
static bool check(const char *path, const struct config *config, struct error *err)
{
	const struct {
		const char *name;
		int64_t value, least, most;
	} ranges[] = {
		{"threads", config->threads, 0, 64},
		{"connections", config->connections, 10, 100000},
		{"connections_per_address", config->connections_of_address, 1, 100000},
		{"requests_per_second", config->requests, 1, 1000000},
		{"feeds", config->feeds, 1, 100000},
		{"feeds_per_operator", config->feeds_of_one, 1, 100000},
		{"header_timeout", config->header_ms, MS_SECOND, MS_HOUR},
		{"idle_timeout", config->idle_ms, MS_SECOND, MS_DAY},
		{"every", config->backup_every_ms, MS_MINUTE, 366 * (int64_t)MS_DAY},
		{"keep", config->backup_keep, 1, 100000},
	};
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++) {
		if (ranges[i].value < ranges[i].least || ranges[i].value > ranges[i].most) {
			return error_set(err, ERROR_USAGE,
				N_("{0}: the value of {1} makes no sense; give one that does"),
				path, ranges[i].name, NULL);
		}
	}
	return true;
}

bool atended_config_load(
	const void *mem, const char *path, struct config *config, struct error *err)
{
	*config = (struct config){.connections = 4000,
		.connections_of_address = 200,
		.requests = 100,
		.feeds = 2000,
		.feeds_of_one = 32,
		.header_ms = 10 * MS_SECOND,
		.idle_ms = 2 * MS_MINUTE,
		.backup_every_ms = MS_DAY,
		.backup_keep = 14,
		.log_keep_ms = 30 * (int64_t)MS_DAY};
	config->listen = mem_array(mem, const char *, 0);
	config->proxies = mem_array(mem, const char *, 0);
	config->uids = mem_array(mem, struct uid_entry, 0);
	struct loading loading = {mem, config};
	return config_load_with(mem, path, atended_keys, ARRAY_LEN(atended_keys), config,
		       take_other, &loading, err) &&
	       check(path, config, err);
}

/* --- the manual --- */

char *atended_manual(const void *mem)
{
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < ARRAY_LEN(atended_extras); i++) {
		text = mem_check(talloc_asprintf_append_buffer(text, "*%s*\n\t%s.\n\n",
			atended_extras[i].name, atended_extras[i].summary));
	}
	for (size_t i = 0; i < ARRAY_LEN(atended_keys); i++) {
		const struct config_key *key = &atended_keys[i];
		const char *open = *key->section ? "[" : "", *close = *key->section ? "] " : "";
		text = mem_check(talloc_asprintf_append_buffer(text, "*%s%s%s%s*\n\t%s.\n\n", open,
			key->section, close, key->name, key->summary));
	}
	return text;
}
