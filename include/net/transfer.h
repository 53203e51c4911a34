#ifndef ATENDE_NET_TRANSFER_H
#define ATENDE_NET_TRANSFER_H

#include "net/http.h"

/*
 * One request and its answer under way on a handle: what http_send does at once, in steps, for
 * streams that are read as they come. One at a time a handle.
 */
struct transfer;

/* Begins; nothing is sent before the first step. The request's body, path and callbacks must stay
 * until transfer_end. */
bool transfer_begin(struct http *http, const struct http_request *request,
	struct transfer **transfer, struct error *err);

/*
 * Goes on for at most wait_ms (negative: until the end), or until there is news: the headers of
 * the answer, or bytes for a taker. *is_done once the answer is complete. False when it failed;
 * only transfer_end may follow.
 */
bool transfer_step(struct transfer *transfer, int wait_ms, bool *is_done, struct error *err);

/* What has come of the answer so far, owned by the transfer; status 0 before its headers are
 * complete. */
const struct http_answer *transfer_answer(const struct transfer *transfer);

/* The answer of one that is done, with all of it on mem. */
void transfer_move_answer(struct transfer *transfer, const void *mem, struct http_answer *answer);

/* Ends it, complete or not (then its connection is closed), and frees it. NULL is fine. */
void transfer_end(struct transfer *transfer);

#endif
