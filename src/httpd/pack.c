#include "httpd/pack.h"

#include "base/mem.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

/* --- who wants it --- */

enum { WEIGHT_ONE = 1000, NOT_NAMED = -1 };

static size_t blanks(const char *at)
{
	return strspn(at, " \t");
}

/* "0.5" in thousandths. *at ends behind it. */
static int weight_of(const char **at)
{
	const char *digit = *at;
	int weight = *digit == '1' ? WEIGHT_ONE : 0;
	bool is_number = *digit == '0' || *digit == '1';
	digit += is_number ? 1 : 0;
	if (is_number && *digit == '.') {
		digit++;
		for (int worth = WEIGHT_ONE / 10; worth && *digit >= '0' && *digit <= '9';
			worth /= 10) {
			weight += worth * (*digit++ - '0');
		}
	}
	*at = digit;
	return is_number && weight <= WEIGHT_ONE ? weight : 0;
}

/* One member of the list; *at ends at the comma behind it or at the end. */
static int take_member(const char **at, const char **name, size_t *size)
{
	*name = *at += blanks(*at);
	*size = strcspn(*name, " \t;,");
	const char *next = *name + *size;
	next += blanks(next);
	int weight = WEIGHT_ONE;
	if (*next == ';') {
		next++;
		next += blanks(next);
		bool has_weight = (*next == 'q' || *next == 'Q') && next[1] == '=';
		next += has_weight ? 2 : 0;
		weight = has_weight ? weight_of(&next) : 0;
		next += blanks(next);
	}
	size_t odd = strcspn(next, ",");
	*at = next + odd;
	return odd == 0 ? weight : 0;
}

static bool is_name(const char *name, size_t size, const char *wanted)
{
	return size == strlen(wanted) && strncasecmp(name, wanted, size) == 0;
}

bool pack_is_wanted(const char *accepted)
{
	int gzip = NOT_NAMED, any = NOT_NAMED, identity = NOT_NAMED;
	for (const char *at = accepted; at && *at; at += *at ? 1 : 0) {
		const char *name;
		size_t size;
		int weight = take_member(&at, &name, &size);
		if (is_name(name, size, "gzip") || is_name(name, size, "x-gzip")) {
			gzip = weight;
		} else if (is_name(name, size, "identity")) {
			identity = weight;
		} else if (is_name(name, size, "*")) {
			any = weight;
		}
	}
	int weight = gzip == NOT_NAMED ? any : gzip;
	return weight > 0 && weight >= identity;
}

/* --- what is worth it --- */

/* Files come packed already, or may be anything. */
bool pack_is_text(const char *media_type)
{
	static const char *const texts[] = {"application/json", "application/problem+json",
		"application/x-ndjson", "text/plain"};
	size_t size = media_type ? strcspn(media_type, "; ") : 0;
	for (size_t i = 0; media_type && i < ARRAY_LEN(texts); i++) {
		if (is_name(media_type, size, texts[i])) {
			return true;
		}
	}
	return false;
}

bool pack_is_useful(const char *media_type, size_t size)
{
	return size >= PACK_LEAST && size <= PACK_MOST && pack_is_text(media_type);
}

/* --- zlib --- */

/* Level 1: a page of fifty tickets becomes an eighth; higher levels win little and cost thrice. */
enum { LEVEL = 1, GZIP_WINDOW = 15 + 16, MEMORY = 8 };

char *pack_bytes(const void *mem, const char *bytes, size_t size, size_t *packed_size)
{
	z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes, .avail_in = (uInt)size};
	int state =
		deflateInit2(&stream, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY);
	mem_check(state == Z_OK ? &stream : NULL);
	char *packed = mem_array(mem, char, size);
	stream.next_out = (Bytef *)packed;
	stream.avail_out = (uInt)size;
	bool is_less = deflate(&stream, Z_FINISH) == Z_STREAM_END && stream.total_out < size;
	*packed_size = stream.total_out;
	deflateEnd(&stream);
	if (!is_less) {
		talloc_free(packed);
		return NULL;
	}
	return packed;
}
