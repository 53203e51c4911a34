#include "base/mem.h"
#include "core/mention.h"
#include "core/problem.h"
#include "core/rule.h"

/* Between colleagues: transfer, escalation, questions to another team. */

bool rule_transfer(struct rule *rule)
{
	const struct change *change = rule->change;
	struct ticket *ticket = &rule->out->ticket;
	if (!rule_not_held_by_other(rule)) {
		return false;
	}
	if (!change->team && !change->operator_id) {
		return problem(rule->err, PROBLEM_MISSING, "team", NULL);
	}
	int64_t team = change->team == TEAM_NONE ? 0 : change->team ? change->team : ticket->team;
	if (!rule_team_exists(rule, team) ||
		(change->operator_id && !rule_operator_exists(rule, change->operator_id))) {
		return false;
	}
	if (team == ticket->team && change->operator_id == ticket->assignee) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	ticket->team = team;
	ticket->assignee = change->operator_id;
	if (change->text) {
		rule_add_note(rule, change->text);
		rule_end_draft(rule, DRAFT_TRANSFER);
	}
	rule_end_claim(rule);
	rule->out->writes |= WRITE_TICKET;
	return true;
}

/* Adds those of the team, 0: of all; false when there is none. */
static bool add_supervisors(struct rule *rule, int64_t *ids, size_t *count, int64_t team)
{
	const struct directory *directory = rule->facts->directory;
	bool any = false;
	for (size_t i = 0; i < directory->operator_count; i++) {
		const struct operator_ *operator_ = &directory->operators[i];
		bool concerned = team == 0 || operator_in_team(operator_, team);
		if (operator_->enabled && operator_->role >= ROLE_SUPERVISOR && concerned) {
			*count = mention_add(ids, *count, operator_->id);
			any = true;
		}
	}
	return any;
}

/* The supervisors of the ticket's team see it as if they were mentioned; where the team has none,
 * those of all teams. */
static void tell_supervisors(struct rule *rule)
{
	size_t count = rule->out->mention_count;
	int64_t *ids =
		mem_array(rule->mem, int64_t, count + rule->facts->directory->operator_count + 1);
	for (size_t i = 0; i < count; i++) {
		ids[i] = rule->out->mentions[i];
	}
	if (!add_supervisors(rule, ids, &count, rule->out->ticket.team)) {
		add_supervisors(rule, ids, &count, 0);
	}
	rule->out->mentions = ids;
	rule->out->mention_count = count;
	rule->out->writes |= count ? WRITE_MENTIONS : 0;
}

bool rule_escalate(struct rule *rule)
{
	struct ticket *ticket = &rule->out->ticket;
	if (ticket->priority > PRIORITY_URGENT) {
		rule_set_priority(rule, ticket, (enum priority)(ticket->priority - 1));
	}
	ticket->escalated_at = rule->facts->now;
	if (rule->change->text) {
		rule_add_note(rule, rule->change->text);
		rule_end_draft(rule, DRAFT_ESCALATION);
	}
	tell_supervisors(rule);
	rule->out->writes |= WRITE_TICKET;
	return true;
}

bool rule_ask(struct rule *rule)
{
	const struct change *change = rule->change;
	const struct facts *facts = rule->facts;
	const struct team *team = directory_team(facts->directory, change->team);
	if (!team) {
		return problem_number(rule->err, PROBLEM_NO_TEAM, change->team, NULL);
	}
	if (team->id == facts->ticket->team) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	int64_t due_at = DUE_NEVER;
	if (team->question_ms) {
		due_at = calendar_add(directory_team_calendar(facts->directory, team->id),
			facts->now, team->question_ms);
	}
	rule->out->question = (struct question){.id = facts->revision,
		.ticket = facts->ticket->number,
		.asked_by = rule_author(rule),
		.team = team->id,
		.at = facts->now,
		.due_at = due_at,
		.text = mem_strdup(rule->mem, change->text),
		.answer = mem_strdup(rule->mem, "")};
	rule_end_draft(rule, DRAFT_QUESTION);
	rule->out->writes |= WRITE_QUESTION;
	return true;
}

bool rule_answer_question(struct rule *rule)
{
	const struct question *question = rule->facts->question;
	if (!question || question->ticket != rule->facts->ticket->number) {
		return problem_number(rule->err, PROBLEM_NO_QUESTION, rule->change->question, NULL);
	}
	if (question->answered_at) {
		return problem(rule->err, PROBLEM_SAME, NULL);
	}
	rule->out->question = *question;
	rule->out->question.answered_at = rule->facts->now;
	rule->out->question.answered_by = rule_author(rule);
	rule->out->question.answer = mem_strdup(rule->mem, rule->change->text);
	rule_end_draft(rule, DRAFT_QUESTION_ANSWER);
	rule->out->writes |= WRITE_QUESTION;
	return true;
}
