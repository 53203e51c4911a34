#include "base/mailbox.h"

#include "base/mem.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

/* One byte in the pipe while there are letters, so that poll() and the list agree. */
struct mailbox {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	void **letters;
	size_t count, capacity;
	bool closed;
	int pipe[2];
};

struct mailbox *mailbox_create(void)
{
	struct mailbox *box = mem_new(NULL, struct mailbox);
	pthread_mutex_init(&box->lock, NULL);
	pthread_cond_init(&box->changed, NULL);
	if (pipe(box->pipe) != 0) {
		mem_check(NULL);
	}
	for (int i = 0; i < 2; i++) {
		fcntl(box->pipe[i], F_SETFD, FD_CLOEXEC);
		fcntl(box->pipe[i], F_SETFL, O_NONBLOCK);
	}
	return box;
}

void mailbox_destroy(struct mailbox *box)
{
	if (!box) {
		return;
	}
	for (size_t i = 0; i < box->count; i++) {
		talloc_free(box->letters[i]);
	}
	close(box->pipe[0]);
	close(box->pipe[1]);
	pthread_cond_destroy(&box->changed);
	pthread_mutex_destroy(&box->lock);
	talloc_free(box);
}

static void signal_readable(struct mailbox *box)
{
	while (write(box->pipe[1], "", 1) < 0) {
		break; /* full means readable already */
	}
}

void mailbox_post(struct mailbox *box, void *letter)
{
	pthread_mutex_lock(&box->lock);
	if (box->count == box->capacity) {
		box->capacity = box->capacity ? box->capacity * 2 : 16;
		box->letters = mem_grow(box, box->letters, void *, box->capacity);
	}
	if (box->count == 0) {
		signal_readable(box);
	}
	box->letters[box->count++] = letter;
	pthread_cond_signal(&box->changed);
	pthread_mutex_unlock(&box->lock);
}

static void *take_locked(struct mailbox *box)
{
	if (box->count == 0) {
		return NULL;
	}
	void *letter = box->letters[0];
	box->count--;
	for (size_t i = 0; i < box->count; i++) {
		box->letters[i] = box->letters[i + 1];
	}
	if (box->count == 0) {
		char byte;
		while (read(box->pipe[0], &byte, 1) > 0) {
		}
	}
	return letter;
}

void *mailbox_take(struct mailbox *box)
{
	pthread_mutex_lock(&box->lock);
	void *letter = take_locked(box);
	pthread_mutex_unlock(&box->lock);
	return letter;
}

void *mailbox_wait(struct mailbox *box)
{
	pthread_mutex_lock(&box->lock);
	while (box->count == 0 && !box->closed) {
		pthread_cond_wait(&box->changed, &box->lock);
	}
	void *letter = take_locked(box);
	pthread_mutex_unlock(&box->lock);
	return letter;
}

void mailbox_close(struct mailbox *box)
{
	pthread_mutex_lock(&box->lock);
	box->closed = true;
	pthread_cond_broadcast(&box->changed);
	pthread_mutex_unlock(&box->lock);
}

int mailbox_fd(const struct mailbox *box)
{
	return box->pipe[0];
}
