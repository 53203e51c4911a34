#include "base/secret.h"

#include "base/mem.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(PASSWORD_PASSES == crypto_pwhash_OPSLIMIT_INTERACTIVE, "as the header says");
_Static_assert(PASSWORD_MEMORY == crypto_pwhash_MEMLIMIT_INTERACTIVE, "as the header says");
_Static_assert(sizeof(struct sha256) >= sizeof(crypto_hash_sha256_state), "room for its state");
_Static_assert(SHA256_SIZE == crypto_hash_sha256_BYTES, "one size");

enum {
	HASH_BYTES = 32,
	HASH_DIGITS = 2 * HASH_BYTES,
	TOKEN_CHARACTERS = 43, /* of 32 bytes in base64 without padding */
};

/* Threads may come here at the same time: sodium_init takes a lock of its own. */
static void start(void)
{
	if (sodium_init() < 0) {
		abort();
	}
}

/* --- passwords --- */

char *password_hash(const void *mem, const char *password)
{
	char *hash = mem_array(mem, char, crypto_pwhash_STRBYTES);
	start();
	if (crypto_pwhash_str(hash, password, strlen(password), PASSWORD_PASSES, PASSWORD_MEMORY) !=
		0) {
		abort(); /* out of memory */
	}
	return hash;
}

bool password_verify(const char *hash, const char *password)
{
	start();
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

bool password_hash_is_ours(const char *hash)
{
	return strncmp(hash, crypto_pwhash_STRPREFIX, strlen(crypto_pwhash_STRPREFIX)) == 0 &&
	       crypto_pwhash_str_needs_rehash(hash, PASSWORD_PASSES, PASSWORD_MEMORY) == 0;
}

/* --- tokens --- */

char *token_make(const void *mem)
{
	enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };
	unsigned char bytes[TOKEN_BYTES];
	char text[sodium_base64_ENCODED_LEN(TOKEN_BYTES, VARIANT)];
	start();
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, VARIANT);
	char *token = mem_printf(mem, TOKEN_PREFIX "%s", text);
	secret_wipe(bytes, sizeof bytes);
	secret_wipe(text, sizeof text);
	return token;
}

bool token_is_wellformed(const char *text)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				       "0123456789-_";
	size_t prefix = strlen(TOKEN_PREFIX);
	return strncmp(text, TOKEN_PREFIX, prefix) == 0 &&
	       strspn(text + prefix, alphabet) == TOKEN_CHARACTERS &&
	       text[prefix + TOKEN_CHARACTERS] == '\0';
}

char *token_hash(const void *mem, const char *token)
{
	unsigned char hash[HASH_BYTES];
	char *text = mem_array(mem, char, HASH_DIGITS + 1);
	crypto_generichash(hash, sizeof hash, (const unsigned char *)token, strlen(token), NULL, 0);
	return sodium_bin2hex(text, HASH_DIGITS + 1, hash, sizeof hash);
}

bool token_hash_is_wellformed(const char *text)
{
	return strspn(text, "0123456789abcdef") == HASH_DIGITS && text[HASH_DIGITS] == '\0';
}

/* --- memory --- */

void secret_wipe(void *bytes, size_t size)
{
	sodium_memzero(bytes, size);
}

void secret_wipe_text(char *text)
{
	if (text) {
		secret_wipe(text, strlen(text));
	}
}

/* --- SHA-256 --- */

static crypto_hash_sha256_state *state_of(struct sha256 *sha256)
{
	return (crypto_hash_sha256_state *)(void *)sha256->state;
}

void sha256_init(struct sha256 *sha256)
{
	crypto_hash_sha256_init(state_of(sha256));
}

void sha256_add(struct sha256 *sha256, const void *bytes, size_t size)
{
	crypto_hash_sha256_update(state_of(sha256), bytes, size);
}

void sha256_finish(struct sha256 *sha256, unsigned char result[SHA256_SIZE])
{
	crypto_hash_sha256_final(state_of(sha256), result);
}
