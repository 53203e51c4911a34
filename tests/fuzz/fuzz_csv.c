#include "fuzz.h"

#include "base/mem.h"
#include "codec/csv.h"

#include <assert.h>
#include <string.h>

struct source {
	const uint8_t *bytes;
	size_t size, at, chunk;
};

static bool give(void *data, char *bytes, size_t size, size_t *got, struct error *err)
{
	struct source *source = data;
	size_t rest = source->size - source->at;
	(void)err;
	*got = rest < source->chunk ? rest : source->chunk;
	*got = *got < size ? *got : size;
	memcpy(bytes, source->bytes + source->at, *got);
	source->at += *got;
	return true;
}

/* What a spreadsheet gets comes back, but for the guard. */
static void check_print(const void *mem, const struct csv_row *row)
{
	char *text = csv_print(mem, (const char *const *)row->fields, row->count);
	struct source source = {(const uint8_t *)text, strlen(text), 0, SIZE_MAX};
	struct csv_reader *reader = csv_open(mem, give, &source, ',');
	struct csv_row back;
	struct error err = {0};
	bool is_blank = row->count == 1 && !*row->fields[0];
	bool is_mark = strncmp(text, "\xEF\xBB\xBF", 3) == 0;
	if (is_blank || is_mark) {
		return;
	}
	assert(csv_next(reader, mem, &back, &err) == CSV_ROW);
	assert(back.count == row->count);
	for (size_t i = 0; i < row->count; i++) {
		assert(strcmp(csv_unguarded(back.fields[i]), csv_unguarded(row->fields[i])) == 0);
	}
	assert(csv_next(reader, mem, &back, &err) == CSV_END);
}

/* However the bytes come in, the same rows come out; they get ahead, and what is set aside is a
 * piece of the input. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	struct source whole = {bytes, size, 0, SIZE_MAX};
	struct source single = {bytes, size, 0, 1};
	struct csv_reader *a = csv_open(mem, give, &whole, 0);
	struct csv_reader *b = csv_open(mem, give, &single, 0);
	enum csv_step step;
	int64_t line = 0;
	do {
		void *each = mem_context(mem);
		struct csv_row row, same;
		struct error err = {0}, again = {0};
		step = csv_next(a, each, &row, &err);
		assert(csv_next(b, each, &same, &again) == step && step != CSV_FAILED);
		assert(row.count == same.count && row.line == same.line);
		assert(row.raw_size == same.raw_size && row.raw_size <= size);
		assert((step == CSV_BAD) == (err.code == ERROR_INVALID));
		if (step != CSV_END) {
			assert(row.line > line && row.raw_size > 0);
			assert(memcmp(row.raw, same.raw, row.raw_size) == 0);
			line = row.line;
		}
		for (size_t i = 0; i < row.count; i++) {
			assert(strcmp(row.fields[i], same.fields[i]) == 0);
		}
		if (step == CSV_ROW) {
			check_print(each, &row);
		}
		talloc_free(each);
	} while (step != CSV_END);
	talloc_free(mem);
	return 0;
}
