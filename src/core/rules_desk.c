#include "base/mem.h"
#include "core/problem.h"
#include "core/rule.h"

#include <ctype.h>
#include <string.h>

/* The desk itself: operators, teams, calendars, targets, answers, reasons, settings. Each kind
 * makes the row or alters the fields that are given. */

/* Keys are typed on command lines and in filters: one word of a-z 0-9 . _ -. */
static bool key_is_word(struct rule *rule)
{
	const char *key = rule->change->key;
	for (const char *c = key; *c; c++) {
		if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) &&
			!strchr("._-", *c)) {
			return problem(rule->err, PROBLEM_VALUE, "key", NULL);
		}
	}
	if (strcmp(key, "me") == 0 || strcmp(key, "none") == 0) {
		return problem(
			rule->err, PROBLEM_VALUE, "key", NULL); /* filters mean others by it */
	}
	return strlen(key) <= 64 || problem(rule->err, PROBLEM_TOO_LONG, "key", NULL);
}

static char *given(struct rule *rule, const char *value, const char *former, const char *otherwise)
{
	return mem_strdup(rule->mem, value ? value : former ? former : otherwise);
}

static bool enabled_after(const struct rule *rule, bool before)
{
	return rule->change->enabled ? rule->change->enabled == FLAG_YES : before;
}

static int64_t id_after(int64_t given, int64_t before)
{
	return given == ID_NONE ? 0 : given ? given : before;
}

/* "entrega, cobranca" as ids, ascending. */
static bool parse_teams(struct rule *rule, struct operator_ *operator_)
{
	const struct directory *directory = rule->facts->directory;
	int64_t *teams = mem_array(rule->mem, int64_t, directory->team_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < directory->team_count; i++) {
		teams[i] = 0;
	}
	const char *at = rule->change->value;
	while (*(at += strspn(at, ", "))) {
		size_t length = strcspn(at, ", ");
		char *key = mem_strndup(rule->mem, at, length);
		const struct team *team = directory_team_key(directory, key);
		if (!team) {
			return problem(rule->err, PROBLEM_NO_TEAM, key, NULL);
		}
		teams[team - directory->teams] = team->id;
		at += length;
	}
	for (size_t i = 0; i < directory->team_count; i++) {
		if (teams[i]) {
			teams[count++] = teams[i];
		}
	}
	operator_->teams = teams;
	operator_->team_count = count;
	return true;
}

static bool an_admin_remains(struct rule *rule, const struct operator_ *after)
{
	const struct directory *directory = rule->facts->directory;
	if (after->enabled && after->role == ROLE_ADMIN) {
		return true;
	}
	for (size_t i = 0; i < directory->operator_count; i++) {
		const struct operator_ *operator_ = &directory->operators[i];
		if (operator_->id != after->id && operator_->enabled &&
			operator_->role == ROLE_ADMIN) {
			return true;
		}
	}
	return problem(rule->err, PROBLEM_LAST_ADMIN, NULL);
}

bool rule_operator(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct operator_ *before = directory_login(rule->facts->directory, change->key);
	struct operator_ *after = &rule->out->operator_;
	if (!key_is_word(rule)) {
		return false;
	}
	*after = before ? *before : (struct operator_){.role = ROLE_OPERATOR, .enabled = true};
	after->login = mem_strdup(rule->mem, change->key);
	after->name = given(rule, change->name, before ? before->name : NULL, change->key);
	after->pause_reason = given(rule, NULL, before ? before->pause_reason : NULL, "");
	after->enabled = enabled_after(rule, after->enabled);
	if (change->role) {
		after->role = (enum role)change->role;
	}
	if (change->value && !parse_teams(rule, after)) {
		return false;
	}
	rule->out->writes |= WRITE_DESK;
	return rule->facts->actor == NULL || an_admin_remains(rule, after);
}

bool rule_team(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct directory *directory = rule->facts->directory;
	const struct team *before = directory_team_key(directory, change->key);
	struct team *after = &rule->out->team;
	if (!key_is_word(rule)) {
		return false;
	}
	if (change->calendar > 0 && !directory_calendar(directory, change->calendar)) {
		return problem_number(rule->err, PROBLEM_NO_CALENDAR, change->calendar, NULL);
	}
	*after = before ? *before : (struct team){0};
	after->key = mem_strdup(rule->mem, change->key);
	after->name = given(rule, change->name, before ? before->name : NULL, change->key);
	after->calendar = id_after(change->calendar, after->calendar);
	after->question_ms = change->question_ms ? change->question_ms : after->question_ms;
	rule->out->writes |= WRITE_DESK;
	return true;
}

static const struct calendar_row *calendar_row(const struct directory *directory, const char *key)
{
	for (size_t i = 0; i < directory->calendar_count; i++) {
		if (strcmp(directory->calendar_rows[i].key, key) == 0) {
			return &directory->calendar_rows[i];
		}
	}
	return NULL;
}

/* The zone's name is checked where zones are known: the store refuses what it cannot load. */
bool rule_calendar(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct calendar_row *before = calendar_row(rule->facts->directory, change->key);
	struct calendar_row *after = &rule->out->calendar;
	if (!key_is_word(rule)) {
		return false;
	}
	*after = before ? *before : (struct calendar_row){0};
	after->key = mem_strdup(rule->mem, change->key);
	after->zone = given(rule, change->value, before ? before->zone : NULL, "UTC");
	after->hours = given(rule, change->hours, before ? before->hours : NULL, "always");
	after->holidays = given(rule, change->holidays, before ? before->holidays : NULL, "");
	struct interval *intervals;
	int64_t *days;
	size_t count;
	if (!calendar_parse_hours(rule->mem, after->hours, &intervals, &count, rule->err) ||
		!calendar_parse_holidays(rule->mem, after->holidays, &days, &count, rule->err)) {
		return false;
	}
	rule->out->writes |= WRITE_DESK;
	return true;
}

bool rule_target(struct rule *rule)
{
	const struct change *change = rule->change;
	if (!rule_team_exists(rule, change->team)) {
		return false;
	}
	rule->out->target = (struct target){.team = change->team > 0 ? change->team : 0,
		.channel = (enum channel)change->channel,
		.priority = (enum priority)change->priority,
		.first_answer_ms = change->first_answer_ms,
		.next_answer_ms = change->next_answer_ms,
		.resolution_ms = change->resolution_ms};
	rule->out->writes |= WRITE_DESK;
	return true;
}

bool rule_answer(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct answer *before = directory_answer_key(rule->facts->directory, change->key);
	struct answer *after = &rule->out->answer;
	if (!key_is_word(rule) || !rule_team_exists(rule, change->team)) {
		return false;
	}
	if (!before && !change->text) {
		return problem(rule->err, PROBLEM_MISSING, "text", NULL);
	}
	*after = before ? *before : (struct answer){.enabled = true};
	after->key = mem_strdup(rule->mem, change->key);
	after->name = given(rule, change->name, before ? before->name : NULL, change->key);
	after->text = given(rule, change->text, before ? before->text : NULL, "");
	after->team = id_after(change->team, after->team);
	after->enabled = enabled_after(rule, after->enabled);
	rule->out->writes |= WRITE_DESK;
	return true;
}

bool rule_reason(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct directory *directory = rule->facts->directory;
	const struct reason *before = directory_reason_key(directory, change->key);
	struct reason *after = &rule->out->reason;
	if (!key_is_word(rule)) {
		return false;
	}
	*after = before ? *before : (struct reason){.enabled = true};
	after->key = mem_strdup(rule->mem, change->key);
	after->name = given(rule, change->name, before ? before->name : NULL, change->key);
	after->parent = id_after(change->reason, after->parent);
	after->enabled = enabled_after(rule, after->enabled);
	for (int64_t up = after->parent, depth = 0; up; depth++) {
		const struct reason *parent = directory_reason(directory, up);
		if (!parent || (before && parent->id == before->id) || depth > 8) {
			return problem_number(rule->err, PROBLEM_NO_REASON, change->reason, NULL);
		}
		up = parent->parent;
	}
	rule->out->writes |= WRITE_DESK;
	return true;
}

bool rule_setting(struct rule *rule)
{
	struct settings settings = {0};
	settings_init(rule->mem, &settings);
	if (!settings_set(
		    rule->mem, &settings, rule->change->key, rule->change->value, rule->err)) {
		return false;
	}
	rule->out->writes |= WRITE_DESK;
	return true;
}
