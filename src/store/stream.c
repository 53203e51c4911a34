#include "store/stream.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>

enum { KEY_PARTS = 4 };

/* The parts of a key as an order compares them, ascending; newest first is a negated number. */
static void key_parts(int order, const struct queue_key *key, int64_t parts[KEY_PARTS])
{
	const int64_t all[STREAM_ORDERS][KEY_PARTS] = {
		[ORDER_DUE] = {key->due_at, key->priority, key->waiting_since, key->number},
		[ORDER_WAITING] = {key->waiting_since, key->number},
		[ORDER_PRIORITY] = {key->priority, key->due_at, key->waiting_since, key->number},
		[ORDER_NEWEST] = {-key->number},
		[STREAM_TEXT] = {-key->text, -key->number},
	};
	for (size_t i = 0; i < KEY_PARTS; i++) {
		parts[i] = all[order][i];
	}
}

/* < 0 when a comes before b in the list, 0 when they are the same place. */
static int compare_keys(int order, const struct queue_key *a, const struct queue_key *b)
{
	int64_t left[KEY_PARTS], right[KEY_PARTS];
	key_parts(order, a, left);
	key_parts(order, b, right);
	for (size_t i = 0; i < KEY_PARTS; i++) {
		if (left[i] != right[i]) {
			return left[i] < right[i] ? -1 : 1;
		}
	}
	return 0;
}

static int merge_compare(
	const struct merge *merge, const struct queue_key *a, const struct queue_key *b)
{
	int way = compare_keys(merge->order, a, b);
	return merge->backwards ? -way : way;
}

void merge_init(struct merge *merge, const void *mem, int order, bool backwards, size_t max)
{
	*merge = (struct merge){.order = order, .backwards = backwards};
	merge->streams = mem_array(mem, struct stream, max);
}

static bool stream_advance(struct stream *stream, struct error *err)
{
	if (!stream->query) {
		stream->has_head = stream->left > 0;
		if (stream->has_head) {
			stream->head = *stream->at++;
			stream->left--;
		}
		return true;
	}
	if (!sql_step(stream->query, &stream->has_head, err)) {
		return false;
	}
	if (stream->has_head) {
		stream->head = (struct queue_key){.due_at = sql_int(stream->query, 0),
			.priority = (int)sql_int(stream->query, 1),
			.waiting_since = sql_int(stream->query, 2),
			.number = sql_int(stream->query, 3),
			.text = sql_int(stream->query, 4)};
	}
	return true;
}

bool merge_add_query(struct merge *merge, struct sql_query *query, struct error *err)
{
	struct stream *stream = &merge->streams[merge->count++];
	*stream = (struct stream){.query = query};
	return stream_advance(stream, err);
}

/* A heap sort: qsort has no argument for the order. */
static void sift(const struct merge *merge, struct queue_key *keys, size_t at, size_t count)
{
	for (size_t child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && merge_compare(merge, &keys[child], &keys[child + 1]) < 0) {
			child++;
		}
		if (merge_compare(merge, &keys[at], &keys[child]) >= 0) {
			return;
		}
		struct queue_key key = keys[at];
		keys[at] = keys[child];
		keys[child] = key;
	}
}

static void sort_keys(const struct merge *merge, struct queue_key *keys, size_t count)
{
	for (size_t i = count / 2; i-- > 0;) {
		sift(merge, keys, i, count);
	}
	for (size_t last = count; last-- > 1;) {
		struct queue_key key = keys[0];
		keys[0] = keys[last];
		keys[last] = key;
		sift(merge, keys, 0, last);
	}
}

bool merge_add_keys(struct merge *merge, struct queue_key *keys, size_t count,
	const struct queue_key *after, struct error *err)
{
	sort_keys(merge, keys, count);
	size_t skip = 0;
	while (after && skip < count && merge_compare(merge, &keys[skip], after) <= 0) {
		skip++;
	}
	struct stream *stream = &merge->streams[merge->count++];
	*stream = (struct stream){.at = keys + skip, .left = count - skip};
	return stream_advance(stream, err);
}

bool merge_next(struct merge *merge, struct queue_key *key, bool *has_key, struct error *err)
{
	struct stream *first = NULL;
	for (size_t i = 0; i < merge->count; i++) {
		struct stream *stream = &merge->streams[i];
		if (stream->has_head &&
			(!first || merge_compare(merge, &stream->head, &first->head) < 0)) {
			first = stream;
		}
	}
	*has_key = first != NULL;
	if (!first) {
		return true;
	}
	*key = first->head;
	for (size_t i = 0; i < merge->count; i++) {
		struct stream *stream = &merge->streams[i];
		while (stream->has_head && merge_compare(merge, &stream->head, key) == 0) {
			if (!stream_advance(stream, err)) {
				return false;
			}
		}
	}
	return true;
}

void merge_finish(struct merge *merge)
{
	for (size_t i = 0; i < merge->count; i++) {
		sql_done(merge->streams[i].query);
	}
	merge->count = 0;
}
