#include "base/mem.h"
#include "codec/cursor.h"
#include "codec/json.h"
#include "codec/mirror_json.h"
#include "codec/record_json.h"
#include "httpd/route.h"

#include <string.h>

/* What a console keeps on its machine: core/mirror.h, a record a line. */

static bool read_query(
	struct request *request, int64_t *numbers, struct mirror_query *query, struct error *err)
{
	const char *after = request_query(request, "after");
	int64_t limit = 0;
	int part = MIRROR_STATE;
	if (!request_query_word(request, "part", &mirror_part_names, &part, err) ||
		!request_query_int(request, "known", 0, JSON_INT_MAX, &query->known, err) ||
		!request_query_int(request, "limit", 1, MIRROR_TICKETS_MOST, &limit, err)) {
		return false;
	}
	query->part = (enum mirror_part)part;
	query->limit = (size_t)limit;
	query->numbers = numbers;
	query->has_after = after != NULL;
	if (after && !cursor_parse(after, &query->after)) {
		return request_query_wrong(request, "after", err);
	}
	return part != MIRROR_TICKETS ||
	       request_query_numbers(request, numbers, MIRROR_TICKETS_MOST, &query->count, err);
}

struct lines {
	char *text;
	size_t size, room;
};

static void add_line(struct lines *lines, const struct record *record)
{
	char *line = record_print(NULL, record);
	size_t n = strlen(line);
	if (lines->size + n + 1 > lines->room) {
		lines->room = 2 * (lines->size + n + 1);
		lines->text = mem_grow(NULL, lines->text, char, lines->room);
	}
	memcpy(lines->text + lines->size, line, n);
	lines->text[lines->size + n] = '\n';
	lines->size += n + 1;
	talloc_free(line);
}

static bool take_record(void *data, const struct record *record, struct error *err)
{
	(void)err;
	add_line(data, record);
	return true;
}

bool route_mirror(struct request *request, struct error *err)
{
	int64_t numbers[MIRROR_TICKETS_MOST];
	struct mirror_query query = {0};
	struct mirror mirror;
	struct lines lines = {.text = mem_array(NULL, char, 1)};
	bool ok = read_query(request, numbers, &query, err) &&
		  store_mirror(request->store, &query, take_record, &lines, &mirror, err);
	if (ok) {
		add_line(&lines, mirror_record(request, &mirror));
	}
	lines.text = talloc_steal(request, lines.text);
	return ok && request_respond_bytes(request, request->route->gives, lines.text, lines.size);
}
