#include "net/http.h"

#include "base/mem.h"
#include "http_state.h"
#include "net/transfer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
	CONNECT_MS = 10 * 1000,
	STALL_MS = 20 * 1000,
	TOTAL_MS = 60 * 1000,
	ANSWER_MAX = 64 << 20,
	KEPT_CONNECTIONS = 2
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start_library(void)
{
	mem_check(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? &once : NULL);
}

bool http_text_is_plain(const char *text)
{
	for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
		if (*at < 0x20 || *at == 0x7F) {
			return false;
		}
	}
	return true;
}

/* RFC 6750: what may follow "Bearer ". */
static bool token_is_plain(const char *token)
{
	return token[0] && token[strspn(token, "0123456789abcdefghijklmnopqrstuvwxyz"
					       "ABCDEFGHIJKLMNOPQRSTUVWXYZ-._~+/=")] == '\0';
}

static int finish_http(struct http *http)
{
	curl_easy_cleanup(http->easy);
	curl_multi_cleanup(http->multi);
	return 0;
}

static int or_else(int given, int otherwise)
{
	return given ? given : otherwise;
}

static struct http *create(const struct http_options *options)
{
	struct http *http = mem_new(NULL, struct http);
	http->easy = mem_check(curl_easy_init());
	http->multi = mem_check(curl_multi_init());
	talloc_set_destructor(http, finish_http);
	curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, (long)KEPT_CONNECTIONS);
	http->options = (struct http_options){
		.insecure = options->insecure,
		.ca_file = mem_strdup(http, options->ca_file),
		.proxy = mem_strdup(http, options->proxy),
		.agent = mem_strdup(http, options->agent ? options->agent : "atende"),
		.connect_ms = or_else(options->connect_ms, CONNECT_MS),
		.stall_ms = or_else(options->stall_ms, STALL_MS),
		.total_ms = or_else(options->total_ms, TOTAL_MS),
		.answer_max = options->answer_max ? options->answer_max : ANSWER_MAX,
	};
	return http;
}

static bool check_ca_file(const struct http *http, struct error *err)
{
	const char *path = http->options.ca_file;
	return !path || access(path, R_OK) == 0 ||
	       error_set(err, ERROR_INVALID, N_("{0} cannot be read ({1}); check `ca_file`"), path,
		       strerror(errno), NULL);
}

static bool check_secrecy(const struct http *http, struct error *err)
{
	const struct location *location = &http->location;
	return location->is_encrypted || location->is_local || http->options.insecure ||
	       error_set_reason(err, ERROR_INVALID, "insecure",
		       N_("passwords and texts would go to {0} for all on the way to read; use "
			  "https://, or the socket of the server on its own machine; in a network "
			  "that you trust, say insecure = yes in atende.conf"),
		       location->name, NULL);
}

bool http_open(const struct http_options *options, struct http **http, struct error *err)
{
	*http = NULL;
	pthread_once(&once, start_library);
	struct http *opened = create(options);
	if (!location_parse(opened, options->location, &opened->location, err) ||
		!check_secrecy(opened, err) || !http_set_token(opened, options->token, err) ||
		!check_ca_file(opened, err)) {
		http_close(opened);
		return false;
	}
	*http = opened;
	return true;
}

void http_close(struct http *http)
{
	talloc_free(http);
}

bool http_set_token(struct http *http, const char *token, struct error *err)
{
	if (token && !token_is_plain(token)) {
		return error_set(err, ERROR_INVALID,
			N_("this is no token: it has characters that no token has; copy it again"),
			NULL);
	}
	talloc_free((void *)http->options.token);
	http->options.token = mem_strdup(http, token);
	return true;
}

bool http_send(struct http *http, const struct http_request *request, const void *mem,
	struct http_answer *answer, struct error *err)
{
	struct transfer *transfer;
	*answer = (struct http_answer){0};
	if (!transfer_begin(http, request, &transfer, err)) {
		return false;
	}
	bool is_done = false;
	bool ok = true;
	while (ok && !is_done) {
		ok = transfer_step(transfer, -1, &is_done, err);
	}
	if (ok) {
		transfer_move_answer(transfer, mem, answer);
	} else {
		answer->was_sent = transfer_answer(transfer)->was_sent;
	}
	transfer_end(transfer);
	return ok;
}

void http_cancel(struct http *http)
{
	atomic_store(&http->is_cancelled, true);
	curl_multi_wakeup(http->multi);
}

const char *http_header_of(const struct http_answer *answer, const char *name)
{
	for (size_t i = 0; i < answer->header_count; i++) {
		if (strcasecmp(answer->headers[i].name, name) == 0) {
			return answer->headers[i].value;
		}
	}
	return NULL;
}

int64_t http_header_number(const struct http_answer *answer, const char *name, int64_t missing)
{
	const char *text = http_header_of(answer, name);
	if (!text || text[strspn(text, "0123456789")] || !*text) {
		return missing;
	}
	errno = 0;
	int64_t number = strtoll(text, NULL, 10);
	return errno ? missing : number;
}

char *http_escape(const void *mem, const char *text)
{
	char *escaped = mem_check(curl_easy_escape(NULL, text, 0));
	char *copy = mem_strdup(mem, escaped);
	curl_free(escaped);
	return copy;
}
