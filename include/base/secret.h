#ifndef ATENDE_BASE_SECRET_H
#define ATENDE_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Passwords and tokens, by libsodium; nothing here is of our own making. Whoever has held a secret
 * in memory wipes it when it is done with.
 */

/*
 * What hashing a password costs: argon2id (RFC 9106) as libsodium's "interactive" limits have it,
 * two passes over 64 MiB, some 60 ms on a slow machine. More would let a handful of sign-ins take
 * the server's memory, less would make a stolen hash cheap to guess at.
 */
enum { PASSWORD_PASSES = 2, PASSWORD_MEMORY = 64 * 1024 * 1024 };
enum { PASSWORD_MIN = 8, PASSWORD_MAX = 256 }; /* bytes */

/* "$argon2id$v=19$m=65536,t=2,p=1$…", on mem: what is kept of a password. */
char *password_hash(const void *mem, const char *password);
bool password_verify(const char *hash, const char *password);
/* Made by password_hash, at exactly this cost: nobody may have us work through another's. */
bool password_hash_is_ours(const char *hash);

enum { TOKEN_BYTES = 32 };
#define TOKEN_PREFIX "atd_" /* so that scanners of secrets know one when they see it */

/* A new random token, TOKEN_PREFIX and 43 characters (RFC 4648, section 5), on mem. */
char *token_make(const void *mem);
bool token_is_wellformed(const char *text);
/*
 * What is kept of a token: BLAKE2b of its characters, 64 hexadecimal digits, on mem. Quick and
 * without salt, for a token is as random as a key.
 */
char *token_hash(const void *mem, const char *token);
bool token_hash_is_wellformed(const char *text);

/* Zeroes that no optimiser takes away. */
void secret_wipe(void *bytes, size_t size);
void secret_wipe_text(char *text); /* NULL is fine */

/* SHA-256 (FIPS 180-4) in steps; base/digest.h is what others use. */
struct sha256 {
	uint64_t state[13]; /* libsodium's own */
};
enum { SHA256_SIZE = 32 };

void sha256_init(struct sha256 *sha256);
void sha256_add(struct sha256 *sha256, const void *bytes, size_t size);
void sha256_finish(struct sha256 *sha256, unsigned char result[SHA256_SIZE]);

#endif
