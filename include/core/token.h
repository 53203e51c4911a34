#ifndef ATENDE_CORE_TOKEN_H
#define ATENDE_CORE_TOKEN_H

#include "base/error.h"
#include "core/directory.h"
#include "core/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What an operator shows a server to be known by: a session, which a sign-in makes, or a token that
 * he gave a script. The desk keeps the hash of it (base/secret.h); who lost it makes a new one.
 */
enum token_kind { TOKEN_NO_KIND, TOKEN_SESSION, TOKEN_SCRIPT };

struct token {
	int64_t id; /* revision of the change that made it */
	int64_t operator_id;
	char *name; /* what it is for, or where the session is */
	enum token_kind kind;
	char *hash;
	int64_t rights;
	int64_t created_at;
	int64_t used_at;    /* some minutes late at most */
	int64_t expires_at; /* 0: never; of a session its greatest age */
	int64_t revoked_at; /* 0: not */
};

struct token_list {
	size_t count;
	struct token *tokens;
};

extern const struct name_table token_kind_names;

/* Bits of token.rights. A session has all; no token has more than its operator's role. */
enum right {
	RIGHT_READ = 1 << 0,	/* tickets, customers, search, counts, the log */
	RIGHT_FEED = 1 << 1,	/* what changes, as it changes */
	RIGHT_WRITE = 1 << 2,	/* changes of tickets, customers and the own day; drafts, files */
	RIGHT_METRICS = 1 << 3, /* figures about the server */
	RIGHT_MANAGE = 1 << 4,	/* operators, teams, reasons, answers, targets, settings */
	RIGHT_ADMIN = 1 << 5,	/* tokens, passwords, backup, the whole desk as records */
	RIGHTS_ALL = (1 << 6) - 1,
};

struct right_info {
	const char *word;
	enum right bit;
	enum role role;	     /* the least that may have it */
	const char *summary; /* N_() */
};
extern const struct right_info right_infos[];
extern const size_t right_info_count;

/* "read,write" as bits, and back, on mem. INVALID, reason "right", for a word that is none. */
bool rights_parse(const char *text, int64_t *rights, struct error *err);
char *rights_format(const void *mem, int64_t rights);
/* "read, feed, …": all of them, for messages and help, on mem. */
char *rights_list(const void *mem);

/* The most that an operator of this role can give away. */
int64_t rights_of_role(enum role role);

/* Why a token opens nothing (any more). */
enum token_end { TOKEN_ALIVE, TOKEN_REVOKED, TOKEN_EXPIRED, TOKEN_IDLE };
enum token_end token_end(const struct token *token, const struct settings *settings, int64_t now);

/* May this be somebody's password? INVALID, reason "password": too short, too long, or with
 * characters that cannot be typed everywhere. */
bool password_check(const char *password, struct error *err);

#endif
