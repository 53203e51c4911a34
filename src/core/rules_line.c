#include "base/mem.h"
#include "base/text.h"
#include "core/permission.h"
#include "core/problem.h"
#include "core/rule.h"

/* Memos between operators. Who gets one is settled as it is written: who joins a team later has
 * not missed what was said before. */

static size_t length_of(const char *text)
{
	size_t count = 0;
	size_t size;
	for (; text_rune(text, &size) && size; text += size) {
		count++;
	}
	return count;
}

static bool gets_it(const struct rule *rule, const struct operator_ *operator_)
{
	const struct change *change = rule->change;
	const struct operator_ *actor = rule->facts->actor;
	if (!operator_->enabled || (actor && operator_->id == actor->id)) {
		return false;
	}
	if (change->operator_id) {
		return operator_->id == change->operator_id;
	}
	if (change->team) {
		return operator_in_team(operator_, change->team);
	}
	return !actor || permission_supervises(actor, operator_);
}

static bool add_readers(struct rule *rule)
{
	const struct directory *directory = rule->facts->directory;
	struct decision *out = rule->out;
	int64_t *readers = mem_array(rule->mem, int64_t, directory->operator_count);
	for (size_t i = 0; i < directory->operator_count; i++) {
		if (gets_it(rule, &directory->operators[i])) {
			readers[out->reader_count++] = directory->operators[i].id;
		}
	}
	out->readers = readers;
	return out->reader_count > 0 || problem(rule->err, PROBLEM_NOBODY, NULL);
}

static bool may_write_to(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct operator_ *actor = rule->facts->actor;
	if (change->operator_id && change->team) {
		return problem(rule->err, PROBLEM_VALUE, "team", NULL);
	}
	if (change->operator_id) {
		if (actor && actor->id == change->operator_id) {
			return problem(rule->err, PROBLEM_MEMO_SELF, NULL);
		}
		return rule_operator_exists(rule, change->operator_id);
	}
	if (change->team) {
		return directory_team(rule->facts->directory, change->team) ||
		       problem_number(rule->err, PROBLEM_NO_TEAM, change->team, NULL);
	}
	return !actor || actor->role >= ROLE_SUPERVISOR ||
	       problem(rule->err, PROBLEM_ROLE, name_of(&role_names, ROLE_SUPERVISOR), NULL);
}

/* What a memo is about its author must see; a reader who does not is shown the text alone. */
static bool sees_subject(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	if (!rule->change->ticket) {
		return true;
	}
	bool sees = facts->ticket &&
		    (!facts->actor || permission_sees_ticket(facts->actor, facts->ticket,
					      facts->claim, facts->is_involved));
	return sees || problem_number(rule->err, PROBLEM_NO_TICKET, rule->change->ticket, NULL);
}

bool rule_memo(struct rule *rule)
{
	const struct change *change = rule->change;
	if (!may_write_to(rule) || !sees_subject(rule)) {
		return false;
	}
	if (length_of(change->text) > MEMO_TEXT_MAX) {
		return problem_number(rule->err, PROBLEM_MEMO_LONG, MEMO_TEXT_MAX, NULL);
	}
	rule->out->memo = (struct memo){.id = rule->facts->revision,
		.author = rule->facts->actor ? rule->facts->actor->id : 0,
		.at = rule->facts->now,
		.operator_id = change->operator_id,
		.team = change->team,
		.ticket = change->ticket,
		.text = mem_strdup(rule->mem, change->text)};
	rule->out->writes |= WRITE_MEMO;
	if (change->ticket) {
		rule_end_draft(rule, DRAFT_MEMO);
	}
	return add_readers(rule);
}

bool rule_memo_read(struct rule *rule)
{
	rule->out->writes |= WRITE_MEMO_READ;
	return rule->facts->actor || problem_number(rule->err, PROBLEM_NO_OPERATOR, 0, NULL);
}
