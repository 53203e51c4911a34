#include "cli/call.h"

#include "base/config.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "cli/attachment_file.h"
#include "cli/output.h"
#include "codec/zone.h"
#include "core/attachment.h"
#include "core/problem.h"
#include "core/when.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What a command was given, in the types that it works with. */

enum { TEXT_MOST_BYTES = 1024 * 1024 };

const char *call_value(const struct call *call, const char *option)
{
	return arguments_value(&call->arguments, option);
}

bool call_flag(const struct call *call, const char *option)
{
	return arguments_flag(&call->arguments, option);
}

const char *call_operand(const struct call *call, size_t index)
{
	const struct arguments *arguments = &call->arguments;
	return index < arguments->operand_count ? arguments->operands[index] : NULL;
}

static int64_t to_number(const char *text)
{
	return text ? strtoll(text + (*text == '#'), NULL, 10) : 0;
}

int64_t call_number(const struct call *call, const char *option)
{
	return to_number(call_value(call, option));
}

int64_t call_operand_number(const struct call *call, size_t index)
{
	return to_number(call_operand(call, index));
}

int64_t call_ticket(const struct call *call)
{
	return call_operand_number(call, 0);
}

static int to_name(enum value_type type, const char *word)
{
	int value = 0;
	assert(value_infos[type].names);
	if (word) {
		name_find(value_infos[type].names, word, &value);
	}
	return value;
}

int call_name(const struct call *call, const char *option)
{
	const struct command_option *info =
		command_option_find(call->arguments.command, option, strlen(option), 0);
	return to_name(info->type, call_value(call, option));
}

int call_operand_name(const struct call *call, size_t index)
{
	return to_name(call->arguments.command->arguments[index].type, call_operand(call, index));
}

int64_t call_span(const struct call *call, const char *option)
{
	int64_t span_ms = 0;
	const char *text = call_value(call, option);
	if (text) {
		config_duration(text, &span_ms);
	}
	return span_ms;
}

/* "14:00": today, or tomorrow when that has passed. */
static bool parse_hour(struct call *call, const char *text, int64_t now, int64_t *at)
{
	int64_t local = now + zone_offset(&call->zone, now);
	struct civil today = civil_of(local);
	char *full = mem_printf(
		call->mem, "%04d-%02d-%02dT%s:00", today.year, today.month, today.day, text);
	if (strlen(text) != strlen("14:00") || !timestamp_parse(full, 0, at)) {
		return false;
	}
	*at += *at <= local ? MS_DAY : 0;
	*at = zone_instant(&call->zone, *at);
	return true;
}

bool call_time(struct call *call, const char *option, int64_t *at, struct error *err)
{
	const char *text = call_value(call, option);
	int64_t now = call->store ? store_now(call->store) : clock_now(&call->cli->clock);
	int64_t span_ms, shifted;
	*at = 0;
	if (!text) {
		return true;
	}
	if (config_duration(text, &span_ms)) {
		*at = now + span_ms;
		return true;
	}
	if (parse_hour(call, text, now, at)) {
		return true;
	}
	char *full = strlen(text) == strlen("2026-12-01 14:00")
			     ? mem_printf(call->mem, "%s:00", text)
			     : mem_strdup(call->mem, text);
	/* An offset of its own makes the reader's zone irrelevant: then both readings agree. */
	if (timestamp_parse(full, 0, at) && timestamp_parse(full, MS_HOUR, &shifted)) {
		*at = *at == shifted ? *at : zone_instant(&call->zone, *at);
		return true;
	}
	return error_set_reason(err, ERROR_USAGE, "usage",
		N_("\"{0}\" is no time for --{1}; give one like 2026-12-01, \"2026-12-01 14:00\", "
		   "14:00, 2h or 3d"),
		text, option, NULL);
}

bool call_when(
	struct call *call, const char *option, int64_t ticket, int64_t *at, struct error *err)
{
	const char *text = call_value(call, option);
	struct queue_page page = {0};
	*at = 0;
	if (!text) {
		return true;
	}
	if (!store_rows(call->store, call->mem, &ticket, 1, &page, err)) {
		return false;
	}
	struct when when = {.now = store_now(call->store),
		.zone = &call->zone,
		.calendar = page.count ? directory_team_calendar(
						 call->directory, page.rows[0].ticket.team)
				       : NULL};
	return when_parse(&when, text, at, err);
}

bool call_team(struct call *call, const char *option, int64_t *id, struct error *err)
{
	const char *key = call_value(call, option);
	*id = 0;
	if (!key) {
		return true;
	}
	if (strcmp(key, "none") == 0) {
		*id = TEAM_NONE;
		return true;
	}
	const struct team *team = directory_team_key(call->directory, key);
	*id = team ? team->id : 0;
	return team || problem(err, PROBLEM_NO_TEAM, key, NULL);
}

bool call_operator(struct call *call, const char *option, int64_t *id, struct error *err)
{
	const char *login = call_value(call, option);
	const struct operator_ *operator_ = login ? directory_login(call->directory, login) : NULL;
	*id = operator_ ? operator_->id : 0;
	return !login || operator_ || problem(err, PROBLEM_NO_OPERATOR, login, NULL);
}

bool call_reason(struct call *call, const char *option, int64_t *id, struct error *err)
{
	const char *key = call_value(call, option);
	const struct reason *reason = key ? directory_reason_key(call->directory, key) : NULL;
	*id = reason ? reason->id : 0;
	return !key || reason || problem(err, PROBLEM_NO_REASON, key, NULL);
}

/* True with *id, true and 0, or false when the desk fails. */
static bool find_address(struct call *call, const char *text, int64_t *id, struct error *err)
{
	struct error unknown = {0};
	*id = 0;
	if (store_customer_find(call->store, call->mem, text, id, &unknown) ||
		unknown.code == ERROR_NOT_FOUND || unknown.code == ERROR_INVALID) {
		return true;
	}
	*err = unknown;
	return false;
}

/* Bare digits may be a telephone, a CPF, a CNPJ, or the customer's number. */
bool call_customer(struct call *call, const char *text, int64_t *id, struct error *err)
{
	static const char *const kinds[] = {"", "cpf:", "cnpj:"};
	bool is_number = strspn(text, "0123456789") == strlen(text);
	for (size_t i = 0; i < (is_number ? ARRAY_LEN(kinds) : 1); i++) {
		if (!find_address(call, mem_printf(call->mem, "%s%s", kinds[i], text), id, err)) {
			return false;
		}
		if (*id) {
			return true;
		}
	}
	struct customer_view view;
	*id = is_number && strlen(text) <= 18 ? to_number(text) : 0;
	return *id ? store_customer(call->store, call->mem, *id, &view, err)
		   : problem(err, PROBLEM_NO_CUSTOMER, text, NULL);
}

static bool read_text(
	struct call *call, const char *path, char **bytes, size_t *size, struct error *err)
{
	if (strcmp(path, "-") != 0) {
		return file_read(call->mem, path, TEXT_MOST_BYTES, bytes, size, err);
	}
	if (call->cli->in_is_terminal) {
		output_warning(call->cli, _("write the text; Ctrl-D on a new line ends it"));
	}
	return file_read_fd(call->mem, fileno(call->cli->in), TEXT_MOST_BYTES, bytes, size, err);
}

static void trim_end(char *text)
{
	size_t length = strlen(text);
	while (length > 0 && strchr(" \n\t", text[length - 1])) {
		text[--length] = '\0';
	}
}

bool call_text(struct call *call, bool needed, const char **text, struct error *err)
{
	const char *path = call_value(call, "file");
	const char *message = call_value(call, "message");
	*text = message;
	if (path && message) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("-F and -m both give the text; leave one out"), NULL);
	}
	if (!path && !message && needed) {
		return error_set_reason(err, ERROR_USAGE, "usage",
			N_("the text is missing; give it with -F FILE, -F - or -m TEXT"), NULL);
	}
	if (!path) {
		return true;
	}
	char *bytes;
	size_t size;
	bool changed = false;
	if (!read_text(call, path, &bytes, &size, err)) {
		return false;
	}
	char *clean = text_clean(call->mem, bytes, size, &changed);
	trim_end(clean);
	if (changed) {
		output_warning(call->cli,
			_("the text held bytes that are no text or could harm a terminal; they "
			  "were taken out"));
	}
	*text = clean;
	return true;
}

bool call_attachments(struct call *call, struct attachment_list *list, struct error *err)
{
	const struct arguments *arguments = &call->arguments;
	*list = (struct attachment_list){0};
	for (size_t i = 0; i < arguments->given_count; i++) {
		struct attachment file;
		if (strcmp(arguments->given[i].option->name, "attach") != 0) {
			continue;
		}
		if (!attachment_read(
			    call->store, call->mem, arguments->given[i].value, &file, err)) {
			return false;
		}
		attachment_list_add(call->mem, list, &file);
	}
	return true;
}
