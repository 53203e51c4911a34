#include "service/attempts.h"

#include "base/mem.h"
#include "base/secret.h"

#include <pthread.h>
#include <string.h>

/* A key may lie in one of WAYS places of its row. */
enum { ROWS = 512, WAYS = 8, KEY_SIZE = 16 };

struct entry {
	unsigned char key[KEY_SIZE]; /* of a digest: names of any length take the same room */
	int count;		     /* 0: free */
	int64_t last_at;
};

struct attempts {
	pthread_mutex_t lock;
	struct entry rows[ROWS][WAYS];
};

struct attempts *attempts_create(void)
{
	struct attempts *attempts = mem_new(NULL, struct attempts);
	pthread_mutex_init(&attempts->lock, NULL);
	return attempts;
}

void attempts_destroy(struct attempts *attempts)
{
	if (attempts) {
		pthread_mutex_destroy(&attempts->lock);
		talloc_free(attempts);
	}
}

/* The entry of a key, or the one it takes the place of. */
static struct entry *entry_of(
	struct attempts *attempts, const char *what, const char *name, int64_t now)
{
	struct sha256 sha256;
	unsigned char key[SHA256_SIZE];
	sha256_init(&sha256);
	sha256_add(&sha256, what, strlen(what) + 1);
	sha256_add(&sha256, name, strlen(name));
	sha256_finish(&sha256, key);
	struct entry *row = attempts->rows[(key[0] << 8 | key[1]) % ROWS];
	struct entry *oldest = row;
	for (size_t i = 0; i < WAYS; i++) {
		if (row[i].count && memcmp(row[i].key, key, KEY_SIZE) == 0) {
			if (now - row[i].last_at >= ATTEMPTS_FORGOTTEN_MS) {
				row[i].count = 0;
			}
			return &row[i];
		}
		if (row[i].last_at < oldest->last_at) {
			oldest = &row[i];
		}
	}
	*oldest = (struct entry){0};
	memcpy(oldest->key, key, KEY_SIZE);
	return oldest;
}

static int64_t wait_of(const struct entry *entry, int free, int64_t most_ms, int64_t now)
{
	if (entry->count < free) {
		return 0;
	}
	int64_t wait_ms = ATTEMPTS_FIRST_MS;
	for (int i = entry->count; i > free && wait_ms < most_ms; i--) {
		wait_ms *= 2;
	}
	wait_ms = wait_ms < most_ms ? wait_ms : most_ms;
	int64_t left_ms = entry->last_at + wait_ms - now;
	return left_ms > 0 ? left_ms : 0;
}

static void count(struct entry *entry, int64_t now)
{
	entry->count++;
	entry->last_at = now;
}

bool attempts_take(struct attempts *attempts, const char *login, const char *address, int64_t now,
	int64_t *wait_ms)
{
	pthread_mutex_lock(&attempts->lock);
	struct entry *account = entry_of(attempts, "account", login, now);
	int64_t a = wait_of(account, ATTEMPTS_ACCOUNT, ATTEMPTS_ACCOUNT_MOST_MS, now);
	const struct entry before = *account;
	if (a == 0) {
		count(account,
			now); /* the other may lie in the same row and must not take its place */
	}
	struct entry *place = entry_of(attempts, "address", address, now);
	int64_t b = wait_of(place, ATTEMPTS_ADDRESS, ATTEMPTS_ADDRESS_MOST_MS, now);
	bool ok = a == 0 && b == 0;
	if (ok) {
		count(place, now);
	} else {
		*account = before;
	}
	pthread_mutex_unlock(&attempts->lock);
	*wait_ms = a > b ? a : b;
	return ok;
}

void attempts_succeeded(struct attempts *attempts, const char *login, const char *address)
{
	pthread_mutex_lock(&attempts->lock);
	struct entry *account = entry_of(attempts, "account", login, 0);
	account->count = 0;
	struct entry *place = entry_of(attempts, "address", address, 0);
	place->count -= place->count > 0;
	pthread_mutex_unlock(&attempts->lock);
}
