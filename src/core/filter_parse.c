#include "core/filter.h"

#include "base/config.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "core/name.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct parser {
	const void *mem;
	const struct directory *directory;
	int64_t offset_ms;
	struct filter *filter;
	struct error *err;
};

/* --- values: each adds the term, or says what would be right --- */

static bool refuse(struct parser *parser, const char *right, const char *value)
{
	return error_set_reason(parser->err, ERROR_INVALID, "filter", right, value, NULL);
}

static void add(struct parser *parser, const struct filter_term *term)
{
	struct filter *filter = parser->filter;
	if (filter->count % 8 == 0) {
		filter->terms =
			mem_grow(parser->mem, filter->terms, struct filter_term, filter->count + 8);
	}
	filter->terms[filter->count++] = *term;
}

static bool take_named(struct parser *parser, struct filter_term *term, const char *value,
	const struct name_table *names)
{
	int found;
	if (!name_find(names, value, &found)) {
		char *list = name_list(NULL, names);
		error_set_reason(parser->err, ERROR_INVALID, "filter",
			N_("\"{0}\" is not understood; after \"{1}:\" write one of: {2}"), value,
			names->what, list, NULL);
		talloc_free(list);
		return false;
	}
	term->value = found;
	add(parser, term);
	return true;
}

static bool take_channel(struct parser *parser, struct filter_term *term, const char *value)
{
	return take_named(parser, term, value, &channel_names);
}

static bool take_state(struct parser *parser, struct filter_term *term, const char *value)
{
	return take_named(parser, term, value, &ticket_state_names);
}

static bool take_priority(struct parser *parser, struct filter_term *term, const char *value)
{
	return take_named(parser, term, value, &priority_names);
}

static bool take_is(struct parser *parser, struct filter_term *term, const char *value)
{
	static const char *const words[] = {"", "free", "mine", "overdue"};
	static const struct name_table is_names = {"is", words, ARRAY_LEN(words), NULL};
	return take_named(parser, term, value, &is_names);
}

static bool take_team(struct parser *parser, struct filter_term *term, const char *value)
{
	const struct team *team = directory_team_key(parser->directory, value);
	if (!team && strcmp(value, "none") != 0) {
		return refuse(parser,
			N_("there is no team \"{0}\"; write the key of one, or \"none\""), value);
	}
	term->value = team ? team->id : 0;
	add(parser, term);
	return true;
}

static bool take_operator(struct parser *parser, struct filter_term *term, const char *value)
{
	const struct operator_ *operator_ = directory_login(parser->directory, value);
	if (strcmp(value, "me") == 0) {
		term->value = FILTER_ME;
	} else if (operator_ || strcmp(value, "none") == 0) {
		term->value = operator_ ? operator_->id : 0;
	} else {
		return refuse(parser,
			N_("there is no operator \"{0}\"; write a login, \"me\" or \"none\""),
			value);
	}
	add(parser, term);
	return true;
}

static bool is_below(const struct directory *directory, const struct reason *reason, int64_t top)
{
	for (int depth = 0; reason && depth < 16; depth++) {
		if (reason->id == top) {
			return true;
		}
		reason = directory_reason(directory, reason->parent);
	}
	return false;
}

/* A reason and all below it. */
static bool take_reason(struct parser *parser, struct filter_term *term, const char *value)
{
	const struct directory *directory = parser->directory;
	const struct reason *top = directory_reason_key(directory, value);
	if (!top) {
		return refuse(
			parser, N_("there is no reason \"{0}\"; write the key of one"), value);
	}
	for (size_t i = 0; i < directory->reason_count; i++) {
		if (is_below(directory, &directory->reasons[i], top->id)) {
			term->value = directory->reasons[i].id;
			add(parser, term);
		}
	}
	return true;
}

static bool take_span(struct parser *parser, struct filter_term *term, const char *value)
{
	const char *span = value + (*value == '<' || *value == '>');
	term->above = *value == '>' || (*value != '<' && term->kind == TERM_WAITING);
	if (!config_duration(span, &term->value)) {
		return refuse(parser, N_("\"{0}\" is no span of time; write one like <1h or >30m"),
			value);
	}
	add(parser, term);
	return true;
}

static bool take_date(struct parser *parser, struct filter_term *term, const char *value)
{
	if (!timestamp_parse(value, parser->offset_ms, &term->value)) {
		return refuse(parser, N_("\"{0}\" is no date; write one like 2026-01-31"), value);
	}
	add(parser, term);
	return true;
}

static bool take_number(struct parser *parser, struct filter_term *term, const char *value)
{
	char *end;
	errno = 0;
	term->value = strtoll(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno) {
		return refuse(parser, N_("\"{0}\" is no ticket number; write digits only"), value);
	}
	add(parser, term);
	return true;
}

static bool take_tag(struct parser *parser, struct filter_term *term, const char *value)
{
	term->word = mem_strdup(parser->mem, value);
	add(parser, term);
	return true;
}

static const struct {
	const char *name;
	enum filter_term_kind kind;
	bool (*take)(struct parser *parser, struct filter_term *term, const char *value);
} kinds[] = {
	{"team", TERM_TEAM, take_team},
	{"channel", TERM_CHANNEL, take_channel},
	{"state", TERM_STATE, take_state},
	{"due", TERM_DUE, take_span},
	{"waiting", TERM_WAITING, take_span},
	{"priority", TERM_PRIORITY, take_priority},
	{"tag", TERM_TAG, take_tag},
	{"assignee", TERM_ASSIGNEE, take_operator},
	{"holder", TERM_HOLDER, take_operator},
	{"reason", TERM_REASON, take_reason},
	{"before", TERM_BEFORE, take_date},
	{"after", TERM_AFTER, take_date},
	{"is", TERM_IS, take_is},
	{"number", TERM_NUMBER, take_number},
};

/* --- the text --- */

/* The length of a term's name: lower-case letters before a colon, but not of "http://…". */
static size_t name_length(const char *token)
{
	size_t length = strspn(token, "abcdefghijklmnopqrstuvwxyz");
	return length > 0 && token[length] == ':' && token[length + 1] != '/' ? length : 0;
}

static bool take_term(struct parser *parser, const char *token, size_t length, bool negated)
{
	const char *value = token + length + 1;
	char *name = mem_strndup(parser->mem, token, length);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (strcmp(kinds[i].name, name) != 0) {
			continue;
		}
		struct filter_term term = {.kind = kinds[i].kind, .negated = negated};
		return *value ? kinds[i].take(parser, &term, value)
			      : refuse(parser, N_("write what to look for after \"{0}:\""), name);
	}
	return refuse(parser,
		N_("there is no term \"{0}:\"; to look for the text itself, put it in quotes"),
		name);
}

static void take_word(struct parser *parser, char *token, bool negated, bool phrase)
{
	struct filter_term term = {.kind = TERM_WORD, .negated = negated, .phrase = phrase};
	size_t length = strlen(token);
	if (!phrase && length > 1 && token[length - 1] == '*') {
		token[length - 1] = '\0';
		term.prefix = true;
	}
	term.word = text_fold(parser->mem, token);
	if (!text_is_blank(term.word)) {
		add(parser, &term);
	}
}

static bool take_token(struct parser *parser, char *token, bool negated)
{
	size_t length = name_length(token);
	if (length > 0) {
		return take_term(parser, token, length, negated);
	}
	take_word(parser, token, negated, false);
	return true;
}

bool filter_parse(const void *mem, const char *text, const struct directory *directory,
	int64_t offset_ms, struct filter *filter, struct error *err)
{
	struct parser parser = {mem, directory, offset_ms, filter, err};
	*filter = (struct filter){.text = mem_strdup(mem, text), .offset_ms = offset_ms};
	for (;;) {
		text += strspn(text, " \t\n");
		if (*text == '\0') {
			return true;
		}
		bool negated = *text == '!';
		text += negated;
		bool phrase = *text == '"';
		text += phrase;
		size_t length = strcspn(text, phrase ? "\"" : " \t\n");
		char *token = mem_strndup(NULL, text, length);
		bool ok = true;
		if (phrase) {
			take_word(&parser, token, negated, true);
		} else {
			ok = take_token(&parser, token, negated);
		}
		talloc_free(token);
		if (!ok) {
			return false;
		}
		text += length + (phrase && text[length] == '"');
	}
}
