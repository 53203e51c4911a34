#include "codec/byte_reader.h"

#include "base/mem.h"

#include <string.h>

enum { ROOM_FIRST = 64 * 1024 };

static void make_room(struct byte_reader *reader)
{
	size_t held = reader->end - reader->start;
	if (reader->start > 0) {
		memmove(reader->bytes, reader->bytes + reader->start, held);
		reader->start = 0;
		reader->end = held;
	}
	if (held == reader->room) {
		reader->room = reader->room ? reader->room * 2 : ROOM_FIRST;
		reader->bytes = mem_grow(reader->mem, reader->bytes, char, reader->room);
	}
}

static void read_more(struct byte_reader *reader)
{
	size_t got = 0;
	if (reader->end == reader->room) {
		make_room(reader);
	}
	reader->has_failed = !reader->read(reader->data, reader->bytes + reader->end,
		reader->room - reader->end, &got, &reader->err);
	got = reader->has_failed ? 0 : got;
	reader->is_over = got == 0;
	reader->end += got;
	reader->read_bytes += (int64_t)got;
}

int byte_reader_at(struct byte_reader *reader, size_t at)
{
	while (at >= reader->end - reader->start && !reader->is_over) {
		read_more(reader);
	}
	return at < reader->end - reader->start ? (unsigned char)reader->bytes[reader->start + at]
						: -1;
}

const char *byte_reader_bytes(const struct byte_reader *reader)
{
	return reader->bytes ? reader->bytes + reader->start : "";
}

void byte_reader_take(struct byte_reader *reader, size_t count)
{
	reader->start += count;
}

size_t byte_reader_line_end(struct byte_reader *reader, size_t at)
{
	int byte = byte_reader_at(reader, at);
	if (byte == '\r') {
		return byte_reader_at(reader, at + 1) == '\n' ? 2 : 1;
	}
	return byte == '\n' ? 1 : 0;
}

void byte_reader_pass_mark(struct byte_reader *reader)
{
	static const unsigned char mark[] = {0xEF, 0xBB, 0xBF};
	for (size_t i = 0; i < sizeof mark; i++) {
		if (byte_reader_at(reader, i) != mark[i]) {
			return;
		}
	}
	byte_reader_take(reader, sizeof mark);
}

bool byte_reader_read(void *data, char *bytes, size_t size, size_t *got, struct error *err)
{
	struct byte_reader *reader = data;
	byte_reader_at(reader, 0);
	size_t held = reader->end - reader->start;
	*got = held < size ? held : size;
	if (*got == 0) {
		if (reader->has_failed) {
			*err = reader->err;
		}
		return !reader->has_failed;
	}
	memcpy(bytes, reader->bytes + reader->start, *got);
	byte_reader_take(reader, *got);
	return true;
}
