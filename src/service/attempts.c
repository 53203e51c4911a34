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

static struct entry *row_of(
	struct attempts *attempts, const char *what, const char *name, unsigned char *key)
{
	struct sha256 sha256;
	sha256_init(&sha256);
	sha256_add(&sha256, what, strlen(what) + 1);
	sha256_add(&sha256, name, strlen(name));
	sha256_finish(&sha256, key);
	return attempts->rows[(key[0] << 8 | key[1]) % ROWS];
}

/* NULL when it is not there. */
static struct entry *find(struct entry *row, const unsigned char *key)
{
	for (size_t i = 0; i < WAYS; i++) {
		if (row[i].count && memcmp(row[i].key, key, KEY_SIZE) == 0) {
			return &row[i];
		}
	}
	return NULL;
}

/* Names are an attacker's to invent, a try each: those that were tried often stay. */
static bool goes_before(const struct entry *one, const struct entry *other)
{
	return one->count != other->count ? one->count < other->count
					  : one->last_at < other->last_at;
}

/* What is forgotten; and a clock that was put back makes nobody wait for what lies ahead. */
static void settle(struct entry *row, int64_t now)
{
	for (size_t i = 0; i < WAYS; i++) {
		row[i].last_at = row[i].last_at < now ? row[i].last_at : now;
		if (now - row[i].last_at >= ATTEMPTS_FORGOTTEN_MS) {
			row[i] = (struct entry){0};
		}
	}
}

/* The entry of a key, or the one it takes the place of. */
static struct entry *entry_of(
	struct attempts *attempts, const char *what, const char *name, int64_t now)
{
	unsigned char key[SHA256_SIZE];
	struct entry *row = row_of(attempts, what, name, key);
	settle(row, now);
	struct entry *found = find(row, key), *least = row;
	if (found) {
		return found;
	}
	for (size_t i = 1; i < WAYS; i++) {
		least = goes_before(&row[i], least) ? &row[i] : least;
	}
	*least = (struct entry){0};
	memcpy(least->key, key, KEY_SIZE);
	return least;
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
	unsigned char key[SHA256_SIZE];
	pthread_mutex_lock(&attempts->lock);
	struct entry *account = find(row_of(attempts, "account", login, key), key);
	if (account) {
		account->count = 0;
	}
	struct entry *place = find(row_of(attempts, "address", address, key), key);
	if (place) {
		place->count--;
	}
	pthread_mutex_unlock(&attempts->lock);
}
