#include "core/address.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/name.h"
#include "core/problem.h"

#include <string.h>

enum { ADDRESS_MAX_BYTES = 254, LOCAL_MAX_BYTES = 64, CPF_DIGITS = 11, CNPJ_CHARS = 14 };

#define DIGITS "0123456789"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LOWER "abcdefghijklmnopqrstuvwxyz"

/* --- check digits --- */

/* Weighted sum modulo 11 as both registers define it; characters count from '0'. */
static char check_digit(const char *text, size_t length, int first_weight, int wrap_to)
{
	int sum = 0;
	int weight = first_weight;
	for (size_t i = 0; i < length; i++) {
		sum += (text[i] - '0') * weight;
		weight = weight == 2 ? wrap_to : weight - 1;
	}
	int rest = sum % 11;
	return (char)('0' + (rest < 2 ? 0 : 11 - rest));
}

static bool is_one_character(const char *text)
{
	return strspn(text, (char[]){text[0], '\0'}) == strlen(text);
}

bool address_is_cpf(const char *digits)
{
	return strlen(digits) == CPF_DIGITS && strspn(digits, DIGITS) == CPF_DIGITS &&
	       !is_one_character(digits) && digits[9] == check_digit(digits, 9, 10, 0) &&
	       digits[10] == check_digit(digits, 10, 11, 0);
}

bool address_is_cnpj(const char *text)
{
	return strlen(text) == CNPJ_CHARS && strspn(text, DIGITS UPPER) >= 12 &&
	       strspn(text + 12, DIGITS) == 2 && !is_one_character(text) &&
	       text[12] == check_digit(text, 12, 5, 9) && text[13] == check_digit(text, 13, 6, 9);
}

/* Matches "999.999.999-99"-like patterns: '9' a digit, 'X' a digit or letter; the rest itself. */
static bool has_shape(const char *text, const char *shape)
{
	for (; *text && *shape; text++, shape++) {
		bool ok = *shape == '9'	  ? strchr(DIGITS, *text) != NULL
			  : *shape == 'X' ? strchr(DIGITS UPPER LOWER, *text) != NULL
					  : *text == *shape;
		if (!ok) {
			return false;
		}
	}
	return *text == *shape;
}

/* Digits and letters only, upper case. */
static char *plain(const void *mem, const char *text)
{
	char *result = mem_strdup(mem, text);
	char *to = result;
	for (; *text; text++) {
		if (strchr(DIGITS UPPER, *text)) {
			*to++ = *text;
		} else if (strchr(LOWER, *text)) {
			*to++ = (char)(*text - 'a' + 'A');
		}
	}
	*to = '\0';
	return result;
}

/* --- the kinds: each gives the key without its prefix, or NULL --- */

static char *cpf_key(const void *mem, const char *text, bool told)
{
	if (!told && !has_shape(text, "99999999999") && !has_shape(text, "999.999.999-99")) {
		return NULL;
	}
	char *digits = plain(mem, text);
	return strspn(text, DIGITS ".- ") == strlen(text) && address_is_cpf(digits) ? digits : NULL;
}

/* Letters without punctuation are taken for a CNPJ only in upper case: names are rarely that. */
static char *cnpj_key(const void *mem, const char *text, bool told)
{
	bool bare = has_shape(text, "XXXXXXXXXXXX99") && strpbrk(text, DIGITS) < text + 12 &&
		    !strpbrk(text, LOWER);
	if (!told && !bare && !has_shape(text, "XX.XXX.XXX/XXXX-99")) {
		return NULL;
	}
	char *key = plain(mem, text);
	bool clean = strspn(text, DIGITS UPPER LOWER "./- ") == strlen(text);
	return clean && address_is_cnpj(key) ? key : NULL;
}

/* National numbers of Brazil: area code 11–99 without zero, then a mobile (9…) or fixed line. */
static bool is_national(const char *digits)
{
	size_t length = strlen(digits);
	if (length < 10 || length > 11 || digits[0] == '0' || digits[1] == '0') {
		return false;
	}
	return length == 11 ? digits[2] == '9' : digits[2] >= '2';
}

/* 0800 and its kind: no area code. */
static bool is_service(const char *digits)
{
	return strlen(digits) == 10 && strchr("3589", digits[0]) &&
	       strncmp(digits + 1, "00", 2) == 0;
}

static char *international_key(const void *mem, const char *digits)
{
	if (strncmp(digits, "550", 3) == 0 && is_national(digits + 3)) {
		return mem_printf(mem, "+55%s", digits + 3); /* "+55 (0) 11 …" */
	}
	size_t length = strlen(digits);
	return length >= 7 && length <= 15 && digits[0] != '0' ? mem_printf(mem, "+%s", digits)
							       : NULL;
}

static char *phone_key(const void *mem, const char *text)
{
	bool plus = *text == '+';
	if (strspn(text + plus, DIGITS " ()-./") != strlen(text + plus)) {
		return NULL;
	}
	const char *digits = text_digits(mem, text);
	if (plus) {
		return international_key(mem, digits);
	}
	if (strncmp(digits, "00", 2) == 0) {
		return international_key(mem, digits + 2);
	}
	bool zero = *digits == '0';
	if (is_national(digits + zero) || (zero && is_service(digits + 1))) {
		return mem_printf(mem, "+55%s", digits + zero);
	}
	if (strncmp(digits, "55", 2) == 0 && is_national(digits + 2)) {
		return mem_printf(mem, "+%s", digits);
	}
	return NULL;
}

static bool is_domain(const char *text)
{
	for (;;) {
		size_t length = strcspn(text, ".");
		if (length == 0 || length > 63 || text[0] == '-' || text[length - 1] == '-') {
			return false;
		}
		for (size_t i = 0; i < length; i++) {
			if (!((unsigned char)text[i] >= 0x80 ||
				    strchr(DIGITS UPPER LOWER "-", text[i]))) {
				return false;
			}
		}
		if (text[length] == '\0') {
			return true;
		}
		text += length + 1;
	}
}

/* RFC 5321 without quoted local parts and address literals; a host without a dot is let pass, for
 * mail from machines. */
static char *email_key(const void *mem, const char *text)
{
	char *key = text_casefold(mem, text); /* may be longer than text */
	const char *at = strrchr(key, '@');
	size_t local = at ? (size_t)(at - key) : 0;
	bool is_plain = strcspn(key, " \t\n<>()[]\\,;:\"@") == local;
	return local > 0 && local <= LOCAL_MAX_BYTES && is_plain && key[0] != '.' &&
			       at[-1] != '.' && is_domain(at + 1)
		       ? key
		       : NULL;
}

/* --- putting it together --- */

static char *key_of_kind(const void *mem, enum address_kind kind, const char *text, bool told)
{
	switch (kind) {
	case ADDRESS_EMAIL:
		return email_key(mem, text);
	case ADDRESS_PHONE:
		return phone_key(mem, text);
	case ADDRESS_CPF:
		return cpf_key(mem, text, told);
	case ADDRESS_CNPJ:
		return cnpj_key(mem, text, told);
	case ADDRESS_HANDLE:
		return text_casefold(mem, text);
	case ADDRESS_NONE:
		break;
	}
	return NULL;
}

/* A kind told by the text itself: "phone:…", or an '@' in its midst. */
static enum address_kind told_kind(const char **text)
{
	for (int kind = ADDRESS_EMAIL; kind <= ADDRESS_HANDLE; kind++) {
		const char *word = name_of(&address_kind_names, kind);
		size_t length = strlen(word);
		if (strncmp(*text, word, length) == 0 && (*text)[length] == ':') {
			*text += length + 1;
			*text += strspn(*text, " ");
			return (enum address_kind)kind;
		}
	}
	const char *at = strchr(*text, '@');
	return at && at != *text ? ADDRESS_EMAIL : ADDRESS_NONE;
}

static bool finish(
	const void *mem, struct address_parts *parts, enum address_kind kind, const char *key)
{
	parts->kind = kind;
	parts->key = mem_printf(mem, "%s:%s", name_of(&address_kind_names, (int)kind), key);
	return true;
}

/* Bare digits that fit several kinds: the order decides. A CPF with its dots is none of a
 * telephone. */
static bool recognise(const void *mem, const char *text, struct address_parts *parts)
{
	static const enum address_kind order[] = {
		ADDRESS_PHONE, ADDRESS_CPF, ADDRESS_CNPJ, ADDRESS_HANDLE};
	bool dotted = has_shape(text, "999.999.999-99");
	for (size_t i = dotted ? 1 : 0; i < ARRAY_LEN(order); i++) {
		const char *key = key_of_kind(mem, order[i], text, false);
		if (key) {
			return finish(mem, parts, order[i], key);
		}
	}
	return false;
}

bool address_parse(
	const void *mem, const char *text, struct address_parts *parts, struct error *err)
{
	*parts = (struct address_parts){0};
	text += strspn(text, " \t\n");
	size_t length = strlen(text);
	while (length > 0 && strchr(" \t\n", text[length - 1])) {
		length--;
	}
	char *trimmed = mem_strndup(mem, text, length);
	const char *value = trimmed;
	enum address_kind kind = told_kind(&value);
	if (text_is_blank(value)) {
		return problem(err, PROBLEM_BLANK, "address", NULL);
	}
	if (strlen(value) > ADDRESS_MAX_BYTES) {
		return problem(err, PROBLEM_TOO_LONG, "address", NULL);
	}
	parts->value = mem_strdup(mem, value);
	if (kind == ADDRESS_NONE) {
		return recognise(mem, value, parts);
	}
	const char *key = key_of_kind(mem, kind, value, true);
	if (!key) {
		return problem(
			err, PROBLEM_ADDRESS, value, name_of(&address_kind_names, (int)kind), NULL);
	}
	return finish(mem, parts, kind, key);
}
