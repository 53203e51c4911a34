#include "tui/decode.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

enum { ESC = 0x1B, BEL = 0x07, DEL = 0x7F, SEQUENCE_MAX = 64, STRING_MAX = 4096, PARAMS = 4 };

static const char paste_end[] = "\033[201~";

struct learned {
	char *sequence;
	size_t size;
	struct key key;
};

struct decoder {
	char *bytes;
	size_t size, capacity;
	bool is_expired; /* nothing more will come for what is held */
	bool in_paste;
	size_t learned_count;
	struct learned *learned;
};

/* What the bytes at the start are. */
enum found { FOUND_MORE /* needed */, FOUND_KEY, FOUND_JUNK, FOUND_PASTE };

struct step {
	enum found found;
	size_t size; /* bytes it took */
	struct key key;
};

static const struct {
	char last;
	enum key_name name;
	bool shift;
} letters[] = {
	{'A', K_UP, false},
	{'B', K_DOWN, false},
	{'C', K_RIGHT, false},
	{'D', K_LEFT, false},
	{'F', K_END, false},
	{'H', K_HOME, false},
	{'M', K_ENTER, false},
	{'P', K_F1, false},
	{'Q', K_F2, false},
	{'R', K_F3, false},
	{'S', K_F4, false},
	{'Z', K_TAB, true},
};

static const struct {
	int number;
	enum key_name name;
} tildes[] = {
	{1, K_HOME},
	{2, K_INSERT},
	{3, K_DELETE},
	{4, K_END},
	{5, K_PAGE_UP},
	{6, K_PAGE_DOWN},
	{7, K_HOME},
	{8, K_END},
	{11, K_F1},
	{12, K_F2},
	{13, K_F3},
	{14, K_F4},
	{15, K_F5},
	{17, K_F6},
	{18, K_F7},
	{19, K_F8},
	{20, K_F9},
	{21, K_F10},
	{23, K_F11},
	{24, K_F12},
};

struct decoder *decoder_create(const void *mem)
{
	return mem_new(mem, struct decoder);
}

void decoder_learn(struct decoder *decoder, const char *sequence, struct key key)
{
	if (!sequence || sequence[0] != ESC || !sequence[1]) {
		return;
	}
	decoder->learned =
		mem_grow(decoder, decoder->learned, struct learned, decoder->learned_count + 1);
	struct learned *learned = &decoder->learned[decoder->learned_count++];
	learned->sequence = mem_strdup(decoder, sequence);
	learned->size = strlen(sequence);
	learned->key = key;
}

void decoder_feed(struct decoder *decoder, const char *bytes, size_t size)
{
	if (size == 0) {
		return;
	}
	if (decoder->size + size > decoder->capacity) {
		decoder->capacity = (decoder->size + size) * 2;
		decoder->bytes = mem_grow(decoder, decoder->bytes, char, decoder->capacity);
	}
	memcpy(decoder->bytes + decoder->size, bytes, size);
	decoder->size += size;
	decoder->is_expired = false;
}

bool decoder_is_waiting(const struct decoder *decoder)
{
	return decoder->size > 0 && !decoder->in_paste;
}

void decoder_expire(struct decoder *decoder)
{
	decoder->is_expired = true;
}

static void drop(struct decoder *decoder, size_t n)
{
	decoder->size -= n;
	memmove(decoder->bytes, decoder->bytes + n, decoder->size);
}

static struct step key_step(size_t size, struct key key)
{
	return (struct step){FOUND_KEY, size, key};
}

static struct step junk(size_t size)
{
	return (struct step){FOUND_JUNK, size, {0}};
}

static struct step more(void)
{
	return (struct step){FOUND_MORE, 0, {0}};
}

/* xterm: 1 + bits of Shift, Alt, Ctrl, Meta. */
static struct key with_modifiers(struct key key, int parameter)
{
	int bits = parameter > 1 ? parameter - 1 : 0;
	key.shift = key.shift || (bits & 1);
	key.meta = (bits & 2) || (bits & 8);
	key.ctrl = bits & 4;
	return key;
}

/* Numbers of a CSI or SS3 sequence; empty ones are 0. How many there are. */
static int read_params(const char *at, const char *end, int params[PARAMS])
{
	int count = 0;
	for (int i = 0; i < PARAMS; i++) {
		params[i] = 0;
	}
	while (at < end && count < PARAMS) {
		while (at < end && *at >= '0' && *at <= '9' && params[count] < 100000) {
			params[count] = params[count] * 10 + (*at++ - '0');
		}
		while (at < end && *at != ';') {
			at++;
		}
		at++;
		count++;
	}
	return count;
}

static bool is_text_rune(uint32_t rune)
{
	char bytes[8] = "x";
	size_t n = text_encode(rune, bytes + 1);
	char *clean = text_clean(NULL, bytes, n + 1, NULL);
	bool is_text = n > 0 && clean[0] == 'x' && clean[1];
	talloc_free(clean);
	return is_text;
}

/* CSI code ; modifiers u, and xterm's CSI 27 ; modifiers ; code ~ */
static struct step coded_key(size_t size, int code, int modifiers)
{
	static const struct {
		int code;
		enum key_name name;
	} named[] = {{9, K_TAB}, {13, K_ENTER}, {27, K_ESC}, {127, K_BACKSPACE}};
	struct key key = {0};
	for (size_t i = 0; i < ARRAY_LEN(named); i++) {
		if (named[i].code == code) {
			key.name = named[i].name;
			return key_step(size, with_modifiers(key, modifiers));
		}
	}
	if (code < 0x20 || !is_text_rune((uint32_t)code)) {
		return junk(size);
	}
	key.rune = (uint32_t)code;
	key = with_modifiers(key, modifiers);
	key.shift = false;
	return key_step(size, key);
}

static struct step tilde_key(size_t size, const int params[PARAMS])
{
	if (params[0] == 200) {
		return (struct step){FOUND_PASTE, size, {0}};
	}
	if (params[0] == 27) {
		return coded_key(size, params[2], params[1]);
	}
	for (size_t i = 0; i < ARRAY_LEN(tildes); i++) {
		if (tildes[i].number == params[0]) {
			struct key key = {.name = tildes[i].name};
			return key_step(size, with_modifiers(key, params[1]));
		}
	}
	return junk(size);
}

static struct step letter_key(size_t size, char last, int modifiers)
{
	for (size_t i = 0; i < ARRAY_LEN(letters); i++) {
		if (letters[i].last == last) {
			struct key key = {.name = letters[i].name, .shift = letters[i].shift};
			return key_step(size, with_modifiers(key, modifiers));
		}
	}
	return junk(size);
}

/* The Linux console's F1 to F5 are CSI [ A to E; X10 mouse reports have three bytes behind the M.
 */
static struct step odd_csi(const char *bytes, size_t size, size_t end)
{
	if (bytes[end] == '[') {
		if (end + 1 >= size) {
			return more();
		}
		int n = bytes[end + 1] - 'A';
		struct key key = {.name = (enum key_name)(K_F1 + n)};
		return n >= 0 && n < 5 ? key_step(end + 2, key) : junk(end + 2);
	}
	return end + 4 <= size ? junk(end + 4) : more();
}

static struct step read_csi(const char *bytes, size_t size)
{
	size_t end = 2;
	while (end < size && end < SEQUENCE_MAX && bytes[end] >= 0x20 && bytes[end] < 0x40) {
		end++;
	}
	if (end == SEQUENCE_MAX) {
		return junk(end);
	}
	if (end == size) {
		return more();
	}
	unsigned char last = (unsigned char)bytes[end];
	if (last < 0x40 || last > 0x7E) {
		return junk(end);
	}
	if (end == 2 && (last == '[' || last == 'M')) {
		return odd_csi(bytes, size, end);
	}
	int params[PARAMS];
	read_params(bytes + 2, bytes + end, params);
	if (bytes[2] >= '<' && bytes[2] <= '?') {
		return junk(end + 1); /* answers and reports, no keys */
	}
	if (last == '~') {
		return tilde_key(end + 1, params);
	}
	if (last == 'u') {
		return coded_key(end + 1, params[0], params[1]);
	}
	return last == 'M' ? junk(end + 1) : letter_key(end + 1, (char)last, params[1]);
}

static struct step read_ss3(const char *bytes, size_t size)
{
	size_t end = 2;
	while (end < size && end < SEQUENCE_MAX && bytes[end] >= '0' && bytes[end] <= ';') {
		end++;
	}
	if (end == size) {
		return more();
	}
	unsigned char last = (unsigned char)bytes[end];
	if (last < 0x20 || last >= DEL) {
		return junk(end);
	}
	int params[PARAMS];
	int count = read_params(bytes + 2, bytes + end, params);
	if (last >= 'j' && last <= 'y') { /* the keypad in application mode */
		struct key key = {.rune = (uint32_t)last - 0x40};
		return key_step(end + 1, key);
	}
	return letter_key(end + 1, (char)last, count > 0 ? params[count - 1] : 0);
}

/* OSC, DCS, APC, PM, SOS: up to BEL or ESC \. */
static struct step read_string(const char *bytes, size_t size)
{
	for (size_t i = 2; i < size; i++) {
		if (bytes[i] == BEL) {
			return junk(i + 1);
		}
		if (bytes[i] == ESC && i + 1 < size) {
			return junk(bytes[i + 1] == '\\' ? i + 2 : i);
		}
	}
	return size > STRING_MAX ? junk(size) : more();
}

static struct step read_learned(const struct decoder *decoder)
{
	struct step step = junk(0);
	for (size_t i = 0; i < decoder->learned_count; i++) {
		const struct learned *learned = &decoder->learned[i];
		if (learned->size > step.size && learned->size <= decoder->size &&
			memcmp(learned->sequence, decoder->bytes, learned->size) == 0) {
			step = key_step(learned->size, learned->key);
		}
	}
	return step;
}

static struct step read_plain(const char *bytes, size_t size, bool is_expired)
{
	unsigned char first = (unsigned char)bytes[0];
	struct key key = {0};
	if (first == '\r' || first == '\n') {
		key.name = K_ENTER;
	} else if (first == '\t') {
		key.name = K_TAB;
	} else if (first == DEL || first == '\b') {
		key.name = K_BACKSPACE;
	} else if (first < 0x20) {
		key.ctrl = true;
		key.rune = first == 0 ? ' ' : first <= 26 ? first + 0x60U : first + 0x40U;
	} else if (first < DEL) {
		key.rune = first;
	} else {
		size_t need = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
		if (need > size) {
			return is_expired ? junk(size) : more();
		}
		char *copy = mem_strndup(NULL, bytes, need);
		size_t n;
		key.rune = text_rune(copy, &n);
		talloc_free(copy);
		return n == need && need > 1 && is_text_rune(key.rune) ? key_step(n, key) : junk(n);
	}
	return key_step(1, key);
}

static struct step read_escape(const char *bytes, size_t size, bool is_expired)
{
	if (size == 1) {
		return is_expired ? key_step(1, (struct key){.name = K_ESC}) : more();
	}
	struct step step = more();
	if (bytes[1] == ESC) {
		/* Esc twice, or Alt and a key whose sequence follows (rxvt). */
		bool is_alt = size > 2 && (bytes[2] == '[' || bytes[2] == 'O');
		if (!is_alt && (size > 2 || is_expired)) {
			return key_step(1, (struct key){.name = K_ESC});
		}
		if (is_alt) {
			step = read_escape(bytes + 1, size - 1, is_expired);
			step.size += step.found == FOUND_MORE ? 0 : 1;
			step.key.meta = true;
		}
		return step;
	}
	if (bytes[1] == '[') {
		step = read_csi(bytes, size);
	} else if (bytes[1] == 'O') {
		step = read_ss3(bytes, size);
	} else if (strchr("]P_^X", bytes[1])) {
		step = read_string(bytes, size);
	} else {
		step = read_plain(bytes + 1, size - 1, is_expired);
		step.size += step.found == FOUND_MORE ? 0 : 1;
		step.key.meta = true;
		return step;
	}
	if (step.found != FOUND_MORE || !is_expired) {
		return step;
	}
	struct key key = {.rune = (unsigned char)bytes[1], .meta = true};
	return size == 2 ? key_step(2, key) : junk(size);
}

static struct step read_step(const struct decoder *decoder)
{
	if (decoder->bytes[0] != ESC) {
		return read_plain(decoder->bytes, decoder->size, decoder->is_expired);
	}
	struct step step = read_learned(decoder);
	if (step.found == FOUND_KEY) {
		return step;
	}
	return read_escape(decoder->bytes, decoder->size, decoder->is_expired);
}

static bool take_paste(struct decoder *decoder, const void *mem, char **paste)
{
	size_t n = sizeof paste_end - 1;
	for (size_t i = 0; i + n <= decoder->size; i++) {
		if (memcmp(decoder->bytes + i, paste_end, n) == 0) {
			*paste = text_clean(mem, decoder->bytes, i, NULL);
			drop(decoder, i + n);
			decoder->in_paste = false;
			return true;
		}
	}
	return false;
}

enum decoded decoder_next(struct decoder *decoder, const void *mem, struct key *key, char **paste)
{
	for (;;) {
		if (decoder->in_paste) {
			return take_paste(decoder, mem, paste) ? DECODED_PASTE : DECODED_NOTHING;
		}
		if (decoder->size == 0) {
			return DECODED_NOTHING;
		}
		struct step step = read_step(decoder);
		if (step.found == FOUND_MORE) {
			return DECODED_NOTHING;
		}
		drop(decoder, step.size);
		if (step.found == FOUND_PASTE) {
			decoder->in_paste = true;
		}
		if (step.found == FOUND_KEY) {
			*key = step.key;
			return DECODED_KEY;
		}
	}
}
