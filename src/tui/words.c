#include "tui/words.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "tui/i18n.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ARGS_MAX = 10 };

char *words_put(const void *mem, const char *pattern, ...)
{
	const char *args[ARGS_MAX] = {NULL};
	size_t count = 0;
	va_list list;
	va_start(list, pattern);
	for (const char *arg; count < ARGS_MAX && (arg = va_arg(list, const char *));) {
		args[count++] = arg;
	}
	va_end(list);
	char *text = mem_strdup(mem, "");
	const char *at = pattern;
	for (const char *brace; (brace = strchr(at, '{'));) {
		bool is_arg = isdigit((unsigned char)brace[1]) && brace[2] == '}' &&
			      (size_t)(brace[1] - '0') < count;
		size_t kept = (size_t)(brace - at) + (is_arg ? 0 : 1);
		text = mem_check(talloc_strndup_append_buffer(text, at, kept));
		if (is_arg) {
			text = mem_check(talloc_strdup_append_buffer(text, args[brace[1] - '0']));
		}
		at = brace + (is_arg ? 3 : 1);
	}
	return mem_check(talloc_strdup_append_buffer(text, at));
}

/* gettext("") is the header of the catalogue. */
static const char *said(const struct name_table *table, int value)
{
	const char *text = name_said(table, value);
	return *text ? _(text) : "";
}

/* Refusals that name what the program itself has a word for. */
static const struct {
	const char *reason;
	size_t arg;
	const struct name_table *table;
} named[] = {
	{"state", 1, &ticket_state_names},
	{"role", 0, &role_names},
};

static void say_names(struct error *err)
{
	for (size_t i = 0; i < ARRAY_LEN(named) && err->reason; i++) {
		char *arg = err->arg[named[i].arg];
		int value;
		if (strcmp(err->reason, named[i].reason) == 0 &&
			name_find(named[i].table, arg, &value)) {
			snprintf(arg, ERROR_ARG_SIZE, "%s", said(named[i].table, value));
		}
	}
}

char *words_error(const void *mem, const struct error *err)
{
	struct error named_err = *err;
	say_names(&named_err);
	char *text = error_sentence(NULL, &named_err, err->text ? _(err->text) : NULL);
	char *clean = text_clean_line(mem, text, strlen(text), NULL); /* arguments may be cut */
	talloc_free(text);
	return clean;
}

char *words_number(const void *mem, int64_t number)
{
	return mem_printf(mem, "%lld", (long long)number);
}

char *words_subject(const void *mem, const struct draft *draft)
{
	return draft->ticket ? words_number(mem, draft->ticket) : mem_strdup(mem, "-");
}

static const char *const orders[QUEUE_ORDERS] = {
	[ORDER_DUE] = N_("in order of due time"),
	[ORDER_WAITING] = N_("in order of waiting time"),
	[ORDER_PRIORITY] = N_("in order of priority"),
	[ORDER_NEWEST] = N_("newest first"),
};

const char *words_channel(enum channel channel)
{
	return said(&channel_names, (int)channel);
}

const char *words_state(enum ticket_state state)
{
	return said(&ticket_state_names, (int)state);
}

const char *words_standing(const struct ticket *ticket)
{
	/* TRANSLATORS: the state of a ticket: merged into another */
	return ticket->merged_into ? _("merged") : words_state(ticket->state);
}

const char *words_priority(enum priority priority)
{
	return said(&priority_names, (int)priority);
}

const char *words_message_state(enum message_state state)
{
	return said(&message_state_names, (int)state);
}

const char *words_contact(enum contact_outcome contact)
{
	return said(&contact_outcome_names, (int)contact);
}

const char *words_address(enum address_kind kind)
{
	return said(&address_kind_names, (int)kind);
}

const char *words_role(enum role role)
{
	return said(&role_names, (int)role);
}

const char *words_order(enum queue_order order)
{
	return order < QUEUE_ORDERS ? _(orders[order]) : "";
}

enum { HOURS_SHOWN = 100 };

char *words_hours(const void *mem, int64_t span_ms)
{
	const char *sign = span_ms < 0 ? "-" : "";
	long long minutes = (long long)((span_ms < 0 ? -span_ms : span_ms) / MS_MINUTE);
	if (minutes < HOURS_SHOWN * 60) {
		return mem_printf(mem, "%s%lldh%02lld", sign, minutes / 60, minutes % 60);
	}
	char *days = mem_printf(mem, "%s%lld", sign, minutes / (24 * 60));
	/* TRANSLATORS: so many days, as short as can be */
	char *text = words_put(mem, _("{0}d"), days, NULL);
	talloc_free(days);
	return text;
}

char *words_age(const void *mem, int64_t span_ms)
{
	static const struct {
		int64_t below_ms, unit_ms;
		const char *pattern;
	} units[] = {
		{MS_MINUTE, MS_SECOND, N_("{0} s")},
		{2 * (int64_t)MS_HOUR, MS_MINUTE, N_("{0} min")},
		{2 * (int64_t)MS_DAY, MS_HOUR, N_("{0} h")},
		{INT64_MAX, MS_DAY, N_("{0} d")},
	};
	int64_t span = span_ms < 0 ? 0 : span_ms;
	size_t i = 0;
	while (span >= units[i].below_ms) {
		i++;
	}
	char *number = words_number(mem, span / units[i].unit_ms);
	char *text = words_put(mem, _(units[i].pattern), number, NULL);
	talloc_free(number);
	return text;
}

char *words_person(const void *mem, const char *name, const char *address)
{
	bool is_told = *address && strcmp(name, address) != 0;
	return is_told ? mem_printf(mem, "%s <%s>", name, address) : mem_strdup(mem, name);
}
