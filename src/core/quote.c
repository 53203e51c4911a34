#include "core/quote.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/*
 * Lines are looked at by their first letters and their end; only those that may be the head of a
 * quote are folded (text_fold), which costs.
 */

enum {
	HEAD_LINES = 3,	      /* "Em … <joao@\nexemplo.com>\nescreveu:" */
	HEAD_BYTES = 400,     /* a longer line is somebody's paragraph */
	HEADER_LINES = 8,     /* From, Sent, To, Cc, Subject, and blanks between */
	SIGNATURE_LINES = 16, /* more is somebody's text below a rule of his */
	FOOTER_LINES = 6,     /* of a mailing list, below its rule */
	RULE_LENGTH = 5,      /* shorter ones are dashes */
	QUOTE_LEAST_LINES = 2,
	LABEL_BYTES = 24,
};

struct text_line {
	size_t offset, length; /* without its newline and the blanks at both ends */
	size_t end;	       /* of the line, where its newline is */
};

struct page {
	void *mem; /* work */
	const char *text;
	size_t count;
	struct text_line *lines;
};

static void add_line(struct page *page, const char *start, size_t length)
{
	size_t indent = 0;
	size_t offset = (size_t)(start - page->text);
	size_t end = offset + length;
	while (indent < length && (start[indent] == ' ' || start[indent] == '\t')) {
		indent++;
	}
	while (length > indent && (start[length - 1] == ' ' || start[length - 1] == '\t')) {
		length--;
	}
	if ((page->count & (page->count - 1)) == 0) {
		page->lines =
			mem_grow(page->mem, page->lines, struct text_line, page->count * 2 + 1);
	}
	page->lines[page->count++] = (struct text_line){offset + indent, length - indent, end};
}

static void read_lines(struct page *page)
{
	for (const char *at = page->text;;) {
		size_t length = strcspn(at, "\n");
		add_line(page, at, length);
		if (!at[length]) {
			return;
		}
		at += length + 1;
	}
}

static const char *start_of(const struct page *page, size_t line)
{
	return page->text + page->lines[line].offset;
}

static bool is_blank(const struct page *page, size_t line)
{
	return page->lines[line].length == 0;
}

static size_t skip_blanks(const struct page *page, size_t line)
{
	while (line < page->count && is_blank(page, line)) {
		line++;
	}
	return line;
}

static bool is_quoted(const struct page *page, size_t line)
{
	return line < page->count && *start_of(page, line) == '>' && !is_blank(page, line);
}

/* Past a run of quoted lines: blank ones between them belong to it. */
static size_t quoted_end(const struct page *page, size_t line)
{
	size_t end = line;
	while (is_quoted(page, line)) {
		end = line + 1;
		line = skip_blanks(page, end);
	}
	return end;
}

static bool has_word(const char *const words[], size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(words[i], text) == 0) {
			return true;
		}
	}
	return false;
}

/* Only these characters, and at least RULE_LENGTH of them that are no blank. */
static bool is_rule(const struct page *page, size_t line)
{
	const struct text_line *at = &page->lines[line];
	size_t drawn = 0;
	for (size_t i = 0; i < at->length; i++) {
		char c = page->text[at->offset + i];
		if (!strchr("-_ *", c)) {
			return false;
		}
		drawn += c != ' ';
	}
	return drawn >= RULE_LENGTH;
}

/* --- "Em 14/11 às 09:12, João Lima <joao@…> escreveu:" --- */

static const char *const verbs[] = {
	"wrote", "escreveu", "escribio", "a ecrit", " schrieb", "ha scritto", " schreef", " skrev"};

static bool says_wrote(const char *folded)
{
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		if (strstr(folded, verbs[i])) {
			return true;
		}
	}
	/* "2014-04-29 16:21 GMT-03:00 Fulano <fulano@exemplo.com>:" */
	size_t length = strlen(folded);
	return *folded >= '0' && *folded <= '9' && length > 2 &&
	       strcmp(folded + length - 2, ">:") == 0;
}

/* An address, or the time of day. */
static bool names_an_origin(const char *folded)
{
	if (strchr(folded, '@')) {
		return true;
	}
	for (const char *at = folded; *at; at++) {
		bool digit_before = *at >= '0' && *at <= '9';
		bool digit_behind = digit_before && (at[1] == ':' || at[1] == 'h') &&
				    at[2] >= '0' && at[2] <= '9';
		if (digit_behind) {
			return true;
		}
	}
	return false;
}

static bool may_begin_head(const struct page *page, size_t line)
{
	static const char *const starters[] = {
		"on", "em", "le", "el", "am", "il", "op", "den", "in", "na", "no", "a", "o", "as"};
	const char *start = start_of(page, line);
	if (*start >= '0' && *start <= '9') {
		return true;
	}
	size_t length = strcspn(start, " ,\n");
	if (length == 0 || length > 3) {
		return false;
	}
	char *word = mem_strndup(page->mem, start, length);
	char *folded = text_fold(page->mem, word);
	bool is = has_word(starters, ARRAY_LEN(starters), folded);
	talloc_free(word);
	talloc_free(folded);
	return is;
}

/* The line behind the head that begins here; 0: none begins. */
static size_t head_end(const struct page *page, size_t line, bool *is_strong)
{
	const struct text_line *first = &page->lines[line];
	bool may_go_on = may_begin_head(page, line);
	for (size_t n = 1; n <= HEAD_LINES && line + n <= page->count; n++) {
		const struct text_line *last = &page->lines[line + n - 1];
		size_t end = last->offset + last->length;
		if (last->length == 0 || end - first->offset > HEAD_BYTES) {
			return 0;
		}
		if (page->text[end - 1] == ':') {
			char *folded = mem_strndup(
				page->mem, page->text + first->offset, end - first->offset);
			folded = text_fold(page->mem, folded);
			*is_strong = names_an_origin(folded);
			bool is = says_wrote(folded) && (may_go_on || *is_strong);
			talloc_free(folded);
			return is ? line + n : 0;
		}
		if (!may_go_on) {
			return 0;
		}
	}
	return 0;
}

/* With quoted lines behind it, or, when it names an origin, with all the rest. */
static size_t attribution(const struct page *page, size_t line)
{
	bool is_strong = false;
	size_t end = head_end(page, line, &is_strong);
	if (end == 0) {
		return 0;
	}
	size_t next = skip_blanks(page, end);
	if (is_quoted(page, next)) {
		return quoted_end(page, next);
	}
	return is_strong && next < page->count ? page->count : 0;
}

/* --- headers as Outlook copies them --- */

/* "*Enviada em:* terça" as "enviada em"; NULL when there is no label. On the page. */
static char *label_of(const struct page *page, size_t line)
{
	const struct text_line *at = &page->lines[line];
	const char *start = start_of(page, line);
	const char *colon = memchr(start, ':', at->length < LABEL_BYTES ? at->length : LABEL_BYTES);
	if (!colon) {
		return NULL;
	}
	while (*start == '*') {
		start++;
	}
	size_t length = colon > start ? (size_t)(colon - start) : 0;
	while (length > 0 && (start[length - 1] == '*' || start[length - 1] == ' ')) {
		length--;
	}
	char *label = mem_strndup(page->mem, start, length);
	return text_fold(page->mem, label);
}

static bool is_forward(const struct page *page, size_t line);

/* De, and two of the others, one of them that only mails have. */
static bool is_header_block(const struct page *page, size_t line)
{
	static const char *const from[] = {"de", "from", "von", "remetente"};
	static const char *const mail[] = {"enviada em", "enviado em", "enviada", "enviado",
		"enviado el", "sent", "gesendet", "assunto", "asunto", "subject", "betreff"};
	static const char *const other[] = {
		"date", "data", "fecha", "datum", "para", "to", "an", "cc", "reply-to"};
	char *label = label_of(page, line);
	if (!label || !has_word(from, ARRAY_LEN(from), label)) {
		return false;
	}
	size_t mails = 0;
	size_t others = 0;
	for (size_t i = line + 1; i < page->count && i <= line + HEADER_LINES; i++) {
		label = label_of(page, i);
		mails += label && has_word(mail, ARRAY_LEN(mail), label);
		others += label && has_word(other, ARRAY_LEN(other), label);
	}
	return mails > 0 && mails + others > 1;
}

static bool says_original(
	const struct page *page, size_t line, const char *const words[], size_t count)
{
	const char *start = start_of(page, line);
	size_t length = page->lines[line].length;
	if (strncmp(start, "--", 2) != 0 || length > HEAD_BYTES) {
		return false;
	}
	char *text = mem_strndup(page->mem, start, length);
	char *folded = text_fold(page->mem, text);
	folded += strspn(folded, "- ");
	size_t end = strlen(folded);
	while (end > 0 && (folded[end - 1] == '-' || folded[end - 1] == ' ')) {
		end--;
	}
	folded[end] = '\0';
	return has_word(words, count, folded);
}

static bool is_original(const struct page *page, size_t line)
{
	static const char *const words[] = {"mensagem original", "original message",
		"e-mail original", "email original", "original appointment", "mensaje original",
		"message d'origine", "ursprungliche nachricht", "original nachricht",
		"originalnachricht", "messaggio originale"};
	return says_original(page, line, words, ARRAY_LEN(words));
}

static bool is_forward(const struct page *page, size_t line)
{
	static const char *const words[] = {"forwarded message", "mensagem encaminhada",
		"mensagem reencaminhada", "mensaje reenviado", "weitergeleitete nachricht"};
	return says_original(page, line, words, ARRAY_LEN(words));
}

static bool is_forwarded(const struct page *page, size_t line)
{
	while (line > 0 && is_blank(page, line - 1)) {
		line--;
	}
	return line > 0 && is_forward(page, line - 1);
}

static size_t copied_mail(const struct page *page, size_t line)
{
	size_t head = is_rule(page, line) ? skip_blanks(page, line + 1) : line;
	bool is_copy =
		is_original(page, line) ||
		(head < page->count && is_header_block(page, head) && !is_forwarded(page, line));
	return is_copy ? page->count : 0;
}

static size_t quoted_run(const struct page *page, size_t line)
{
	return is_quoted(page, line) ? quoted_end(page, line) : 0;
}

/* --- signatures --- */

static size_t quote_at(const struct page *page, size_t line);

/* From "-- " to the end, or to the quote that follows it. A rule of a mailing list near the end. */
static size_t signature(const struct page *page, size_t line)
{
	const struct text_line *at = &page->lines[line];
	bool is_delimiter = at->length == 2 && strncmp(start_of(page, line), "--", 2) == 0;
	bool is_footer = is_rule(page, line) && *start_of(page, line) == '_' &&
			 page->count - line <= FOOTER_LINES;
	if (!is_delimiter && !is_footer) {
		return 0;
	}
	size_t end = line + 1;
	while (end < page->count && end - line <= SIGNATURE_LINES && !quote_at(page, end)) {
		end++;
	}
	return end - line <= SIGNATURE_LINES ? end : 0;
}

/* --- all of them --- */

/* Neither blank nor a rule: something of the author's own. */
static bool says_something(const struct page *page, size_t line)
{
	return !is_blank(page, line) && !is_rule(page, line);
}

static size_t quote_at(const struct page *page, size_t line)
{
	static size_t (*const shapes[])(const struct page *, size_t) = {
		quoted_run, copied_mail, attribution};
	size_t end = 0;
	for (size_t i = 0; i < ARRAY_LEN(shapes) && end == 0 && !is_blank(page, line); i++) {
		end = shapes[i](page, line);
	}
	return end;
}

static void add(struct quotes *quotes, const void *mem, const struct page *page,
	enum quote_kind kind, size_t from, size_t to)
{
	while (to > from && is_blank(page, to - 1)) {
		to--;
	}
	if (to - from < QUOTE_LEAST_LINES) {
		return;
	}
	size_t offset = from == 0 ? 0 : page->lines[from - 1].end + 1;
	quotes->items = mem_grow(mem, quotes->items, struct quote, quotes->count + 1);
	quotes->items[quotes->count++] = (struct quote){
		.kind = kind,
		.offset = offset,
		.length = page->lines[to - 1].end - offset,
		.lines = to - from,
	};
}

struct quotes quotes_find(const void *mem, const char *text)
{
	struct page page = {.mem = mem_context(NULL), .text = text};
	struct quotes quotes = {0};
	bool has_own = false;
	read_lines(&page);
	for (size_t line = 0; line < page.count;) {
		size_t end = quote_at(&page, line);
		enum quote_kind kind = end ? QUOTE_EARLIER : QUOTE_SIGNATURE;
		end = end ? end : signature(&page, line);
		if (end) {
			add(&quotes, mem, &page, kind, line, end);
			line = end;
		} else {
			has_own = has_own || says_something(&page, line);
			line++;
		}
	}
	quotes.count = has_own ? quotes.count : 0;
	talloc_free(page.mem);
	return quotes;
}
