#include "net/location.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

static const char unix_scheme[] = "unix:";

/* A part of a URL on mem, "" when it has none. */
static char *part_of(const void *mem, CURLU *url, CURLUPart part)
{
	char *text = NULL;
	if (curl_url_get(url, part, &text, 0) != CURLUE_OK) {
		return mem_strdup(mem, "");
	}
	char *copy = mem_strdup(mem, text);
	curl_free(text);
	return copy;
}

/* host as libcurl gives it: numbers of IPv4 in four parts, of IPv6 in brackets. */
static bool is_local(const char *host)
{
	struct in_addr in4;
	if (inet_pton(AF_INET, host, &in4) == 1) {
		return ntohl(in4.s_addr) >> 24 == IN_LOOPBACKNET;
	}
	return strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
}

static bool fill_url(const void *mem, CURLU *url, struct location *location)
{
	void *parts = mem_context(mem);
	const char *scheme = part_of(parts, url, CURLUPART_SCHEME);
	const char *host = part_of(parts, url, CURLUPART_HOST);
	const char *port = part_of(parts, url, CURLUPART_PORT);
	char *path = part_of(parts, url, CURLUPART_PATH);
	bool is_plain =
		!*part_of(parts, url, CURLUPART_QUERY) && !*part_of(parts, url, CURLUPART_FRAGMENT);
	location->is_encrypted = strcmp(scheme, "https") == 0;
	location->is_local = is_local(host);
	bool ok = is_plain && *host && (location->is_encrypted || strcmp(scheme, "http") == 0);
	for (size_t n = strlen(path); n > 0 && path[n - 1] == '/'; n--) {
		path[n - 1] = '\0';
	}
	location->name = mem_printf(mem, "%s%s%s", host, *port ? ":" : "", port);
	location->base = mem_printf(mem, "%s://%s%s", scheme, location->name, path);
	location->socket = NULL;
	talloc_free(parts);
	return ok;
}

static bool parse_url(const void *mem, const char *text, struct location *location)
{
	CURLU *url = mem_check(curl_url());
	bool ok = curl_url_set(url, CURLUPART_URL, text, CURLU_DISALLOW_USER) == CURLUE_OK &&
		  fill_url(mem, url, location);
	curl_url_cleanup(url);
	return ok;
}

bool location_parse(const void *mem, const char *text, struct location *location, struct error *err)
{
	size_t n = strlen(unix_scheme);
	*location = (struct location){0};
	if (strncmp(text, unix_scheme, n) == 0 && text[n]) {
		location->base = "http://localhost";
		location->socket = mem_strdup(mem, text + n);
		location->name = location->socket;
		location->is_local = true;
		return true;
	}
	if (!parse_url(mem, text, location)) {
		/* Without the text itself: somebody may have put a password into it. */
		return error_set(err, ERROR_INVALID,
			N_("this is no address of a server; write unix:PATH, "
			   "https://HOST:PORT or http://HOST:PORT, without a user name"),
			NULL);
	}
	return true;
}
