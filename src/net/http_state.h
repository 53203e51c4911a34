#ifndef ATENDE_NET_HTTP_STATE_H
#define ATENDE_NET_HTTP_STATE_H

#include "net/http.h"
#include "net/location.h"

#include <curl/curl.h>
#include <stdatomic.h>

/* What http.c and transfer.c share: the inside of a handle. */
struct http {
	struct http_options options; /* its texts are on the handle, its numbers set */
	struct location location;
	CURLM *multi; /* keeps the connections */
	CURL *easy;
	bool is_busy;		  /* has a transfer */
	atomic_bool is_cancelled; /* set by http_cancel, cleared when a transfer begins */
};

/* True for a text that can stand in a header: no control characters. */
bool http_text_is_plain(const char *text);

/*
 * Why a transfer failed: fills *err from libcurl's result and what its handle knows besides (the
 * verdict on a certificate, the error of the system). Gives false.
 */
bool http_explain(const struct http *http, CURLcode code, struct error *err);

/* The transfer was silent for too long. Gives false. */
bool http_explain_silence(const struct http *http, struct error *err);

#endif
