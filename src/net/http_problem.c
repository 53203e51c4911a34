#include "http_state.h"

#include "base/mem.h"

#include <errno.h>

/* X509_V_ERR_… of OpenSSL, which libcurl hands on as numbers (openssl-verification-options(1)). */
enum {
	VERDICT_NONE = 1,
	VERDICT_NO_ISSUER = 2,
	VERDICT_NOT_BEGUN = 9,
	VERDICT_EXPIRED = 10,
	VERDICT_SELF_SIGNED = 18,
	VERDICT_SELF_SIGNED_CHAIN = 19,
	VERDICT_NO_ISSUER_HERE = 20,
	VERDICT_NOT_VERIFIED = 21,
	VERDICT_REVOKED = 23,
	VERDICT_OTHER_NAME = 62,
	VERDICT_OTHER_ADDRESS = 64,
	VERDICT_ANY = -1
};

static const char unknown_authority[] =
	N_("the certificate of {0} is from an authority that this machine does not know; if it is "
	   "your company's own, name its certificate as `ca_file`");
static const char other_name[] = N_("the certificate of {0} is for another name; use the name that "
				    "is in the certificate, and tell who runs the server");
static const char lost[] = N_("the connection to {0} was lost; check the network and try again");
static const char no_server[] = N_("what answers at {0} is no server of a desk; check the address");

static const char too_big[] = N_("the answer of {0} is longer than is allowed");

static const struct {
	long verdict;
	const char *text;
} verdicts[] = {
	{VERDICT_EXPIRED, N_("the certificate of {0} has expired; tell who runs the server (or is "
			     "the clock of this machine wrong?)")},
	{VERDICT_NOT_BEGUN, N_("the certificate of {0} is not valid before a later day; is the "
			       "clock of this machine right?")},
	{VERDICT_OTHER_NAME, other_name},
	{VERDICT_OTHER_ADDRESS, other_name},
	/* libcurl compares names itself, before it asks OpenSSL for a verdict. */
	{VERDICT_NONE, other_name},
	{VERDICT_NO_ISSUER, unknown_authority},
	{VERDICT_NO_ISSUER_HERE, unknown_authority},
	{VERDICT_NOT_VERIFIED, unknown_authority},
	{VERDICT_SELF_SIGNED, unknown_authority},
	{VERDICT_SELF_SIGNED_CHAIN, unknown_authority},
	{VERDICT_REVOKED, N_("the certificate of {0} was revoked; tell who runs the server")},
	{VERDICT_ANY, N_("the certificate of {0} is not good; tell who runs the server")},
};

static const struct {
	int number;
	const char *reason;
	const char *text;
} connect_errors[] = {
	{ECONNREFUSED, "refused", N_("nobody listens at {0}; is the server running?")},
	{ENOENT, "refused", N_("there is no socket {0}; is the server running?")},
	{EACCES, "unreachable", N_("you may not use the socket {0}; ask who runs the server")},
	{0, "unreachable", N_("{0} cannot be reached; check the network and try again")},
};

static const struct {
	CURLcode code;
	const char *reason;
	const char *text;
} problems[] = {
	{CURLE_COULDNT_RESOLVE_HOST, "unreachable",
		N_("the address of {0} cannot be found; check the name and the network")},
	{CURLE_COULDNT_RESOLVE_PROXY, "unreachable",
		N_("the address of the proxy on the way to {0} cannot be found; check its name and "
		   "the network")},
	{CURLE_PROXY, "unreachable", N_("the proxy on the way to {0} does not let through")},
	{CURLE_OPERATION_TIMEDOUT, "timeout", N_("{0} took too long to answer; try again")},
	{CURLE_SEND_ERROR, "unreachable", lost},
	{CURLE_RECV_ERROR, "unreachable", lost},
	{CURLE_GOT_NOTHING, "unreachable", lost},
	{CURLE_PARTIAL_FILE, "unreachable", lost},
	{CURLE_SEND_FAIL_REWIND, "unreachable", lost},
	{CURLE_UPLOAD_FAILED, "unreachable", lost},
	{CURLE_ABORTED_BY_CALLBACK, "unreachable", lost},
	{CURLE_WEIRD_SERVER_REPLY, "broken", no_server},
	{CURLE_UNSUPPORTED_PROTOCOL, "broken", no_server},
	{CURLE_BAD_CONTENT_ENCODING, "broken", no_server},
	{CURLE_FILESIZE_EXCEEDED, "too_big", too_big},
	/* What libcurl says of a header line past its own bound. */
	{CURLE_OUT_OF_MEMORY, "too_big", too_big},
	{CURLE_SSL_CONNECT_ERROR, "tls",
		N_("no encrypted connection with {0} came about: it speaks no TLS (is it "
		   "http://?), "
		   "or a version older than 1.2; tell who runs the server")},
	{CURLE_SSL_CIPHER, "tls",
		N_("{0} and this program have no cipher in common; tell who runs the server")},
};

static bool explain_certificate(const struct http *http, struct error *err)
{
	long verdict = VERDICT_ANY;
	curl_easy_getinfo(http->easy, CURLINFO_SSL_VERIFYRESULT, &verdict);
	size_t i = 0;
	while (verdicts[i].verdict != verdict && verdicts[i].verdict != VERDICT_ANY) {
		i++;
	}
	return error_set_reason(
		err, ERROR_UNAVAILABLE, "tls", verdicts[i].text, http->location.name, NULL);
}

static bool explain_connect(const struct http *http, struct error *err)
{
	long number = 0;
	curl_easy_getinfo(http->easy, CURLINFO_OS_ERRNO, &number);
	size_t i = 0;
	while (connect_errors[i].number != number && connect_errors[i].number != 0) {
		i++;
	}
	return error_set_reason(err, ERROR_UNAVAILABLE, connect_errors[i].reason,
		connect_errors[i].text, http->location.name, NULL);
}

bool http_explain(const struct http *http, CURLcode code, struct error *err)
{
	if (code == CURLE_PEER_FAILED_VERIFICATION) {
		return explain_certificate(http, err);
	}
	if (code == CURLE_COULDNT_CONNECT) {
		return explain_connect(http, err);
	}
	if (code == CURLE_SSL_CACERT_BADFILE) {
		return error_set(err, ERROR_INVALID,
			N_("{0} holds no certificates; check `ca_file`"), http->options.ca_file,
			NULL);
	}
	for (size_t i = 0; i < ARRAY_LEN(problems); i++) {
		if (problems[i].code == code) {
			return error_set_reason(err, ERROR_UNAVAILABLE, problems[i].reason,
				problems[i].text, http->location.name, NULL);
		}
	}
	return error_set_reason(err, ERROR_UNAVAILABLE, "unreachable",
		N_("no answer from {0}: {1}"), http->location.name, curl_easy_strerror(code), NULL);
}

bool http_explain_silence(const struct http *http, struct error *err)
{
	return error_set_reason(err, ERROR_UNAVAILABLE, "timeout",
		N_("{0} has fallen silent; check the network and try again"), http->location.name,
		NULL);
}
