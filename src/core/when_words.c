#include "core/when_words.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { MORNING = -1, NOON = 720, AFTERNOON = 840, EVENING = 1140 };

/* Folded. Names that begin alike in both languages stand once. */
static const struct {
	const char *word;
	enum when_kind kind;
	int value;
} words[] = {
	{"hoje", WHEN_DAY, 0},
	{"today", WHEN_DAY, 0},
	{"hj", WHEN_DAY, 0},
	{"amanha", WHEN_DAY, 1},
	{"tomorrow", WHEN_DAY, 1},
	{"tmr", WHEN_DAY, 1},
	{"depois", WHEN_AFTER, 0},
	{"after", WHEN_AFTER, 0},
	{"domingo", WHEN_WEEKDAY, 0},
	{"dom", WHEN_WEEKDAY, 0},
	{"sunday", WHEN_WEEKDAY, 0},
	{"sun", WHEN_WEEKDAY, 0},
	{"segunda", WHEN_WEEKDAY, 1},
	{"seg", WHEN_WEEKDAY, 1},
	{"monday", WHEN_WEEKDAY, 1},
	{"mon", WHEN_WEEKDAY, 1},
	{"terca", WHEN_WEEKDAY, 2},
	{"ter", WHEN_WEEKDAY, 2},
	{"tuesday", WHEN_WEEKDAY, 2},
	{"tue", WHEN_WEEKDAY, 2},
	{"tues", WHEN_WEEKDAY, 2},
	{"quarta", WHEN_WEEKDAY, 3},
	{"qua", WHEN_WEEKDAY, 3},
	{"wednesday", WHEN_WEEKDAY, 3},
	{"wed", WHEN_WEEKDAY, 3},
	{"quinta", WHEN_WEEKDAY, 4},
	{"qui", WHEN_WEEKDAY, 4},
	{"thursday", WHEN_WEEKDAY, 4},
	{"thu", WHEN_WEEKDAY, 4},
	{"thur", WHEN_WEEKDAY, 4},
	{"thurs", WHEN_WEEKDAY, 4},
	{"sexta", WHEN_WEEKDAY, 5},
	{"sex", WHEN_WEEKDAY, 5},
	{"friday", WHEN_WEEKDAY, 5},
	{"fri", WHEN_WEEKDAY, 5},
	{"sabado", WHEN_WEEKDAY, 6},
	{"sab", WHEN_WEEKDAY, 6},
	{"saturday", WHEN_WEEKDAY, 6},
	{"sat", WHEN_WEEKDAY, 6},
	{"janeiro", WHEN_MONTH, 1},
	{"january", WHEN_MONTH, 1},
	{"jan", WHEN_MONTH, 1},
	{"fevereiro", WHEN_MONTH, 2},
	{"february", WHEN_MONTH, 2},
	{"fev", WHEN_MONTH, 2},
	{"feb", WHEN_MONTH, 2},
	{"marco", WHEN_MONTH, 3},
	{"march", WHEN_MONTH, 3},
	{"mar", WHEN_MONTH, 3},
	{"abril", WHEN_MONTH, 4},
	{"april", WHEN_MONTH, 4},
	{"abr", WHEN_MONTH, 4},
	{"apr", WHEN_MONTH, 4},
	{"maio", WHEN_MONTH, 5},
	{"may", WHEN_MONTH, 5},
	{"mai", WHEN_MONTH, 5},
	{"junho", WHEN_MONTH, 6},
	{"june", WHEN_MONTH, 6},
	{"jun", WHEN_MONTH, 6},
	{"julho", WHEN_MONTH, 7},
	{"july", WHEN_MONTH, 7},
	{"jul", WHEN_MONTH, 7},
	{"agosto", WHEN_MONTH, 8},
	{"august", WHEN_MONTH, 8},
	{"ago", WHEN_MONTH, 8},
	{"aug", WHEN_MONTH, 8},
	{"setembro", WHEN_MONTH, 9},
	{"september", WHEN_MONTH, 9},
	{"set", WHEN_MONTH, 9},
	{"sep", WHEN_MONTH, 9},
	{"sept", WHEN_MONTH, 9},
	{"outubro", WHEN_MONTH, 10},
	{"october", WHEN_MONTH, 10},
	{"out", WHEN_MONTH, 10},
	{"oct", WHEN_MONTH, 10},
	{"novembro", WHEN_MONTH, 11},
	{"november", WHEN_MONTH, 11},
	{"nov", WHEN_MONTH, 11},
	{"dezembro", WHEN_MONTH, 12},
	{"december", WHEN_MONTH, 12},
	{"dez", WHEN_MONTH, 12},
	{"dec", WHEN_MONTH, 12},
	{"proxima", WHEN_NEXT, 0},
	{"proximo", WHEN_NEXT, 0},
	{"prox", WHEN_NEXT, 0},
	{"next", WHEN_NEXT, 0},
	{"vem", WHEN_NEXT, 0},
	{"em", WHEN_IN, 0},
	{"in", WHEN_IN, 0},
	{"daqui", WHEN_IN, 0},
	{"dentro", WHEN_IN, 0},
	{"within", WHEN_IN, 0},
	{"as", WHEN_AT, 0},
	{"at", WHEN_AT, 0},
	{"meia", WHEN_HALF, 0},
	{"meio", WHEN_HALF, 0},
	{"half", WHEN_HALF, 0},
	{"m", WHEN_MINUTES, 0},
	{"min", WHEN_MINUTES, 0},
	{"mins", WHEN_MINUTES, 0},
	{"minuto", WHEN_MINUTES, 0},
	{"minutos", WHEN_MINUTES, 0},
	{"minute", WHEN_MINUTES, 0},
	{"minutes", WHEN_MINUTES, 0},
	{"h", WHEN_HOURS, 1},
	{"hs", WHEN_HOURS, 1},
	{"hr", WHEN_HOURS, 0},
	{"hrs", WHEN_HOURS, 0},
	{"hora", WHEN_HOURS, 0},
	{"horas", WHEN_HOURS, 0},
	{"hour", WHEN_HOURS, 0},
	{"hours", WHEN_HOURS, 0},
	{"d", WHEN_DAYS, 0},
	{"dia", WHEN_DAYS, 0},
	{"dias", WHEN_DAYS, 0},
	{"day", WHEN_DAYS, 0},
	{"days", WHEN_DAYS, 0},
	{"w", WHEN_WEEKS, 0},
	{"semana", WHEN_WEEKS, 0},
	{"semanas", WHEN_WEEKS, 0},
	{"week", WHEN_WEEKS, 0},
	{"weeks", WHEN_WEEKS, 0},
	{"mes", WHEN_MONTHS, 0},
	{"meses", WHEN_MONTHS, 0},
	{"month", WHEN_MONTHS, 0},
	{"months", WHEN_MONTHS, 0},
	{"manha", WHEN_PART, MORNING},
	{"cedo", WHEN_PART, MORNING},
	{"morning", WHEN_PART, MORNING},
	{"noon", WHEN_PART, NOON},
	{"tarde", WHEN_PART, AFTERNOON},
	{"afternoon", WHEN_PART, AFTERNOON},
	{"noite", WHEN_PART, EVENING},
	{"evening", WHEN_PART, EVENING},
	{"tonight", WHEN_PART, EVENING},
	{"am", WHEN_MERIDIEM, 0},
	{"pm", WHEN_MERIDIEM, 12},
	{"um", WHEN_NUMBER, 1},
	{"uma", WHEN_NUMBER, 1},
	{"one", WHEN_NUMBER, 1},
	{"an", WHEN_NUMBER, 1},
	{"dois", WHEN_NUMBER, 2},
	{"duas", WHEN_NUMBER, 2},
	{"two", WHEN_NUMBER, 2},
	{"tres", WHEN_NUMBER, 3},
	{"three", WHEN_NUMBER, 3},
	{"quatro", WHEN_NUMBER, 4},
	{"four", WHEN_NUMBER, 4},
	{"cinco", WHEN_NUMBER, 5},
	{"five", WHEN_NUMBER, 5},
	{"seis", WHEN_NUMBER, 6},
	{"six", WHEN_NUMBER, 6},
	{"ten", WHEN_NUMBER, 10},
	{"a", WHEN_FILLER, 0},
	{"ao", WHEN_FILLER, 0},
	{"de", WHEN_FILLER, 0},
	{"da", WHEN_FILLER, 0},
	{"do", WHEN_FILLER, 0},
	{"na", WHEN_FILLER, 0},
	{"no", WHEN_FILLER, 0},
	{"o", WHEN_FILLER, 0},
	{"e", WHEN_FILLER, 0},
	{"que", WHEN_FILLER, 0},
	{"para", WHEN_FILLER, 0},
	{"pela", WHEN_FILLER, 0},
	{"ate", WHEN_FILLER, 0},
	{"feira", WHEN_FILLER, 0},
	{"the", WHEN_FILLER, 0},
	{"of", WHEN_FILLER, 0},
	{"on", WHEN_FILLER, 0},
	{"and", WHEN_FILLER, 0},
	{"until", WHEN_FILLER, 0},
	{"till", WHEN_FILLER, 0},
	{"this", WHEN_FILLER, 0},
	{"st", WHEN_FILLER, 0},
	{"nd", WHEN_FILLER, 0},
	{"rd", WHEN_FILLER, 0},
	{"th", WHEN_FILLER, 0},
	{"t", WHEN_FILLER, 0},
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

enum { DIGITS_MAX = 4 };

static size_t cut_number(const char *at, struct when_token *token)
{
	size_t size = 0;
	while (is_digit(at[size])) {
		size++;
	}
	token->kind = size <= DIGITS_MAX ? WHEN_NUMBER : WHEN_UNKNOWN;
	token->digits = (int)size;
	token->value = size <= DIGITS_MAX ? (int)strtol(at, NULL, 10) : 0;
	return size;
}

static size_t cut_word(const char *at, struct when_token *token)
{
	size_t size = 0;
	while (is_letter(at[size])) {
		size++;
	}
	token->kind = WHEN_UNKNOWN;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (strlen(words[i].word) == size && memcmp(words[i].word, at, size) == 0) {
			token->kind = words[i].kind;
			token->value = words[i].value;
			break;
		}
	}
	return size;
}

static size_t cut_one(const char *at, struct when_token *token)
{
	if (is_digit(*at)) {
		return cut_number(at, token);
	}
	if (is_letter(*at)) {
		return cut_word(at, token);
	}
	bool is_sign = strchr("/:-.", *at) != NULL;
	token->kind = is_sign ? WHEN_SIGN : *at == ',' ? WHEN_FILLER : WHEN_UNKNOWN;
	token->value = *at;
	return 1;
}

struct when_token *when_cut(const void *mem, const char *folded, size_t *count)
{
	struct when_token *tokens = mem_array(mem, struct when_token, strlen(folded) + 1);
	const char *at = folded;
	bool is_glued = false;
	*count = 0;
	while (*at) {
		if (*at == ' ') {
			at++;
			is_glued = false;
			continue;
		}
		struct when_token *token = &tokens[(*count)++];
		*token = (struct when_token){.is_glued = is_glued};
		at += cut_one(at, token);
		is_glued = true;
	}
	tokens[*count] = (struct when_token){.kind = WHEN_END};
	return tokens;
}
