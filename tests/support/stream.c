#include "support/stream.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

enum { SEQUENCE_MAX = 128, CHUNK_MAX = 256, STRING_MAX = 1 << 20 };

enum stream_state { GROUND, RUNE, ESCAPE, CHARSET, CSI, OSC, OSC_ESCAPE, DCS, DCS_ESCAPE };

struct stream {
	enum stream_state state;
	uint64_t offset;
	char *sequence; /* the bytes of the unfinished sequence, after ESC [ or ESC ] */
	size_t size;
	uint32_t rune;
	uint32_t least; /* the smallest rune that needs so many bytes */
	int missing;	/* bytes of the unfinished character */
	bool may_ring;
	bool is_copying; /* through GNU screen, chunk by chunk */
	char *fault;
};

void stream_may_ring(struct stream *stream)
{
	stream->may_ring = true;
}

struct stream *stream_create(const void *mem)
{
	struct stream *stream = mem_new(mem, struct stream);
	stream->sequence = mem_array(stream, char, SEQUENCE_MAX);
	return stream;
}

static void fault(struct stream *stream, const char *what)
{
	if (!stream->fault) {
		stream->fault = mem_printf(
			stream, "byte %llu: %s", (unsigned long long)stream->offset, what);
	}
}

/* Parameters: what may stand between ESC [ and the final byte. */

static bool is_counts(const char *parameters)
{
	return strspn(parameters, "0123456789;") == strlen(parameters);
}

static bool is_in_list(const char *parameters, const char *allowed)
{
	char *copy = mem_strdup(NULL, *parameters ? parameters : "0");
	bool good = true;
	char *rest = copy;
	while (good && rest) {
		char *end = strchr(rest, ';');
		if (end) {
			*end = '\0';
		}
		char *word = mem_printf(copy, " %s ", *rest ? rest : "0");
		good = strstr(allowed, word) != NULL;
		rest = end ? end + 1 : NULL;
	}
	talloc_free(copy);
	return good;
}

static bool is_rendition(const char *parameters)
{
	return is_in_list(parameters, " 0 1 2 3 4 5 7 10 11 22 23 24 25 27 30 31 32 33 34 35 36 37 "
				      "39 40 41 42 43 44 45 46 47 49 ");
}

static bool is_mode(const char *parameters)
{
	return is_in_list(parameters, " 4 34 ");
}

static bool is_private_mode(const char *parameters)
{
	return *parameters == '?' &&
	       is_in_list(parameters + 1, " 1 7 12 25 47 1004 1034 1049 2004 2026 ");
}

/* Mouse reporting may be switched off, never on: it takes text selection away. */
static bool is_private_reset(const char *parameters)
{
	return is_private_mode(parameters) ||
	       (*parameters == '?' && is_in_list(parameters + 1, " 1000 1002 1003 1006 "));
}

static bool is_title_stack(const char *parameters)
{
	return strcmp(parameters, "22;0;0") == 0 || strcmp(parameters, "23;0;0") == 0;
}

/* The Linux console's ways to show and hide its cursor. */
static bool is_linux_cursor(const char *parameters)
{
	return *parameters == '?' && is_in_list(parameters + 1, " 0 1 8 ");
}

static const struct {
	const char *finals;
	bool (*is_good)(const char *parameters);
} controls[] = {
	{"@ABCDEFGHIJKLMPSTXZbdfr", is_counts},
	{"m", is_rendition},
	{"hl", is_mode},
	{"h", is_private_mode},
	{"l", is_private_reset},
	{"t", is_title_stack},
	{"c", is_linux_cursor},
};

static void end_control(struct stream *stream, char final)
{
	for (size_t i = 0; i < ARRAY_LEN(controls); i++) {
		if (strchr(controls[i].finals, final) && controls[i].is_good(stream->sequence)) {
			stream->state = GROUND;
			return;
		}
	}
	char *what = mem_printf(stream, "ESC [ %s %c", stream->sequence, final);
	fault(stream, what);
}

/* Whole groups of four, padded at the end. */
static bool is_base64(const char *text)
{
	size_t size = strlen(text);
	size_t digits =
		strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
	size_t padding = strspn(text + digits, "=");
	return size % 4 == 0 && padding <= 2 && digits + padding == size;
}

/* Operating system commands: a title, and text for the clipboard in base 64. */
static void end_command(struct stream *stream)
{
	const char *command = stream->sequence;
	bool is_title = strncmp(command, "0;", 2) == 0 || strncmp(command, "2;", 2) == 0;
	bool is_copy = strncmp(command, "52;c;", 5) == 0 && is_base64(command + 5);
	bool is_palette = strcmp(command, "104") == 0; /* ncurses, when it comes back */
	if (is_copy || is_palette ||
		(is_title && text_is_clean(command + 2) && !strpbrk(command, "\t\n"))) {
		stream->state = GROUND;
		return;
	}
	fault(stream, mem_printf(stream, "ESC ] %.80s", command));
}

static void keep(struct stream *stream, unsigned char byte)
{
	size_t room = talloc_get_size(stream->sequence);
	if (stream->size + 2 > room) {
		stream->sequence = mem_grow(stream, stream->sequence, char, 2 * room);
	}
	stream->sequence[stream->size++] = (char)byte;
	stream->sequence[stream->size] = '\0';
}

static void begin(struct stream *stream, enum stream_state state)
{
	stream->state = state;
	stream->size = 0;
	stream->sequence[0] = '\0';
}

static const struct {
	uint32_t from, to;
	const char *what;
} forbidden[] = {
	{0x80, 0x9F, "a C1 control"},
	{0xAD, 0xAD, "a soft hyphen"},
	{0x61C, 0x61C, "an Arabic letter mark"},
	{0x180E, 0x180E, "an invisible character"},
	{0x200B, 0x200C, "an invisible character"},
	{0x200E, 0x200F, "a direction mark"},
	{0x2028, 0x202E, "a separator or a bidirectional override"},
	{0x2060, 0x206F, "an invisible character or an isolate"},
	{0xD800, 0xDFFF, "a surrogate"},
	{0xE000, 0xF8FF, "private use"},
	{0xFDD0, 0xFDEF, "a noncharacter"},
	{0xFEFF, 0xFEFF, "a byte order mark"},
	{0xFFF9, 0xFFFB, "an interlinear mark"},
	{0xFFFE, 0xFFFF, "a noncharacter"},
	{0xE0000, 0xE007F, "a tag"},
	{0xF0000, UINT32_MAX, "private use or beyond Unicode"},
};

static void end_rune(struct stream *stream)
{
	for (size_t i = 0; i < ARRAY_LEN(forbidden); i++) {
		if (stream->rune >= forbidden[i].from && stream->rune <= forbidden[i].to) {
			fault(stream, mem_printf(stream, "U+%04X, %s", (unsigned)stream->rune,
					      forbidden[i].what));
		}
	}
	stream->state = GROUND;
}

static void begin_rune(struct stream *stream, unsigned char byte)
{
	static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
	if (byte < 0xC2 || byte > 0xF4) {
		fault(stream, "not UTF-8");
		return;
	}
	stream->missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
	stream->least = least[stream->missing];
	stream->rune = byte & (0x3FU >> stream->missing);
	stream->state = RUNE;
}

static void take_rune(struct stream *stream, unsigned char byte)
{
	if ((byte & 0xC0) != 0x80) {
		fault(stream, "not UTF-8");
		return;
	}
	stream->rune = stream->rune << 6 | (byte & 0x3F);
	stream->missing--;
	if (stream->missing == 0 && stream->rune < stream->least) {
		fault(stream, "not UTF-8");
	} else if (stream->missing == 0) {
		end_rune(stream);
	}
}

static void take_ground(struct stream *stream, unsigned char byte)
{
	if (byte == 033) {
		begin(stream, ESCAPE);
	} else if (byte >= 0x80) {
		begin_rune(stream, byte);
	} else if (byte == '\a' && stream->may_ring) {
		return;
	} else if (byte < 0x20 && !strchr("\b\t\n\r\016\017", byte)) {
		fault(stream, mem_printf(stream, "control character %02X", byte));
	} else if (byte == 0 || byte == 0x7F) {
		fault(stream, mem_printf(stream, "control character %02X", byte));
	}
}

static void take_escape(struct stream *stream, unsigned char byte)
{
	if (byte == '[') {
		begin(stream, CSI);
	} else if (byte == ']') {
		begin(stream, OSC);
	} else if (byte == 'P') {
		begin(stream, DCS);
	} else if (byte == '(' || byte == ')') {
		stream->state = CHARSET;
	} else if (byte && strchr("78DEM=>", byte)) {
		stream->state = GROUND;
	} else {
		fault(stream, mem_printf(stream, "ESC and byte %02X", byte));
	}
}

static void take_charset(struct stream *stream, unsigned char byte)
{
	if (!byte || !strchr("B0", byte)) {
		fault(stream, mem_printf(stream, "character set %02X", byte));
	}
	stream->state = GROUND;
}

static void take_csi(struct stream *stream, unsigned char byte)
{
	if (byte >= 0x40 && byte < 0x7F) {
		end_control(stream, (char)byte);
	} else if (byte >= 0x20 && byte < 0x40 && stream->size < SEQUENCE_MAX) {
		keep(stream, byte);
	} else {
		fault(stream, mem_printf(stream, "byte %02X inside ESC [", byte));
	}
}

static void take_osc(struct stream *stream, unsigned char byte)
{
	if (byte == 007) {
		end_command(stream);
	} else if (byte == 033) {
		stream->state = OSC_ESCAPE;
	} else if (byte >= 0x20 && byte != 0x7F && stream->size < STRING_MAX) {
		keep(stream, byte);
	} else {
		fault(stream, mem_printf(stream, "byte %02X inside ESC ]", byte));
	}
}

static void take_osc_escape(struct stream *stream, unsigned char byte)
{
	if (byte == '\\') {
		end_command(stream);
	} else {
		fault(stream, "ESC inside ESC ]");
	}
}

/* A string that GNU screen hands on: the same text for the clipboard, in pieces. */
static void end_passed_on(struct stream *stream)
{
	char *piece = stream->sequence;
	bool begins = strncmp(piece, "\033]52;c;", 7) == 0;
	bool may_be = begins != stream->is_copying;
	piece += begins ? 7 : 0;
	size_t size = strlen(piece);
	bool ends = size > 0 && piece[size - 1] == 007;
	piece[ends ? size - 1 : size] = '\0';
	if (!may_be || !is_base64(piece)) {
		fault(stream, mem_printf(stream, "ESC P %.80s", stream->sequence));
	}
	stream->is_copying = !ends;
	stream->state = GROUND;
}

static void take_dcs(struct stream *stream, unsigned char byte)
{
	if (byte == 033) {
		stream->state = DCS_ESCAPE;
	} else if (byte < 0x7F && (byte >= 0x20 || byte == 007) && stream->size < CHUNK_MAX) {
		keep(stream, byte);
	} else {
		fault(stream, mem_printf(stream, "byte %02X inside ESC P", byte));
	}
}

static void take_dcs_escape(struct stream *stream, unsigned char byte)
{
	stream->state = DCS;
	if (byte == '\\') {
		end_passed_on(stream);
	} else if (byte == ']' && stream->size == 0) {
		keep(stream, 033);
		keep(stream, byte);
	} else {
		fault(stream, "ESC inside ESC P");
	}
}

static void (*const take[])(struct stream *stream, unsigned char byte) = {
	[GROUND] = take_ground,
	[RUNE] = take_rune,
	[ESCAPE] = take_escape,
	[CHARSET] = take_charset,
	[CSI] = take_csi,
	[OSC] = take_osc,
	[OSC_ESCAPE] = take_osc_escape,
	[DCS] = take_dcs,
	[DCS_ESCAPE] = take_dcs_escape,
};

bool stream_feed(struct stream *stream, const char *bytes, size_t size)
{
	for (size_t i = 0; i < size && !stream->fault; i++) {
		take[stream->state](stream, (unsigned char)bytes[i]);
		stream->offset++;
	}
	return !stream->fault;
}

const char *stream_fault(const struct stream *stream)
{
	return stream->fault;
}

char *stream_plain_fault(const void *mem, const char *bytes, size_t size)
{
	struct stream *stream = stream_create(NULL);
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F) {
			fault(stream, mem_printf(stream, "control character %02X", byte));
		}
		stream_feed(stream, bytes + i, 1);
	}
	if (!stream->fault && stream->state != GROUND) {
		fault(stream, "ends inside a character");
	}
	char *found = mem_strdup(mem, stream->fault);
	talloc_free(stream);
	return found;
}
