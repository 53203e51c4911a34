#include "base/kept.h"

#include "base/mem.h"

#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *texts[KEPT_MOST];
static size_t count;

static const char *find_or_add(const char *text)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(texts[i], text) == 0) {
			return texts[i];
		}
	}
	if (count == KEPT_MOST) {
		return NULL;
	}
	texts[count] = mem_strdup(NULL, text);
	return texts[count++];
}

const char *kept_text(const char *text)
{
	if (strlen(text) > KEPT_BYTES) {
		return NULL;
	}
	pthread_mutex_lock(&lock);
	const char *kept = find_or_add(text);
	pthread_mutex_unlock(&lock);
	return kept;
}
