#ifndef ATENDE_BASE_TEXT_H
#define ATENDE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Text: NUL-terminated UTF-8 that has been made safe at the doors. Safe means: valid UTF-8, no
 * control characters (C0, C1, DEL) but newline and tab, no bidirectional overrides and isolates, no
 * invisible format characters, no private use, surrogates or noncharacters, no line or paragraph
 * separators. Zero-width joiner stays where it joins pictographs, variation selectors after a base.
 * The only file that knows utf8proc is base/text.c.
 */

/*
 * Any bytes as safe text, on mem. Bad sequences become U+FFFD, CR LF and lone CR a newline, escape
 * sequences lose their ESC, the forbidden is dropped. NFC. *changed (may be NULL) tells that more
 * than line ends or composition had to be altered.
 */
char *text_clean(const void *mem, const char *bytes, size_t size, bool *changed);

/* As text_clean, for one line (names, subjects): white space runs become one blank, ends trimmed.
 */
char *text_clean_line(const void *mem, const char *bytes, size_t size, bool *changed);

/* True for text that text_clean would give back unaltered. */
bool text_is_clean(const char *text);

/* Case and accents folded (NFKD, marks stripped, case folded, NFC), for comparing and finding. */
char *text_fold(const void *mem, const char *text);

/* Case folded and nothing else (NFC): "JOÃO" and "joão" are one, "joao" is another. */
char *text_casefold(const void *mem, const char *text);

/*
 * True when `folded` (a result of text_fold) occurs in text, which is folded on the way, without
 * allocating. at_word: only where a word begins. An empty `folded` occurs everywhere.
 */
bool text_contains(const char *text, const char *folded, bool at_word);

/* Where that is, and how many bytes of text it takes; NULL when it does not occur. A blank in
 * `folded` also stands for the end of a line. */
const char *text_find(const char *text, const char *folded, bool at_word, size_t *size);

/* Only the ASCII digits of text. */
char *text_digits(const void *mem, const char *text);

/* Bytes of the grapheme cluster that begins at text; 0 at the end. */
size_t text_grapheme(const char *text);

/* Bytes of the grapheme cluster that ends at text + at; 0 at the start. */
size_t text_grapheme_before(const char *text, size_t at);

/* The first code point of text, its bytes in *size (0 at the end). */
uint32_t text_rune(const char *text, size_t *size);

/* The bytes of a code point, how many. */
size_t text_encode(uint32_t rune, char bytes[4]);

/* The code point without its accents: what "é" is to "e"; itself when it has none. */
uint32_t text_base(uint32_t rune);

/* A mark that is drawn on the code point before it and takes no place. */
bool text_is_mark(uint32_t rune);

/* Longest prefix of at most max bytes that does not cut a code point. */
size_t text_cut(const char *text, size_t max);

bool text_is_space(uint32_t rune);
bool text_is_word(uint32_t rune); /* letters, marks, digits, underscore */

/* True when text is empty or holds only white space. NULL is blank. */
bool text_is_blank(const char *text);

#endif
