#include "core/permission.h"
#include "core/problem.h"
#include "core/rule.h"

/* Taking a change back. Which kinds can be: change_undos. */

/* The run that the message closed is open again, due as it was. */
static void give_run_back(struct rule *rule, const struct message *message)
{
	const struct ticket *former = rule->facts->undone->former;
	struct ticket *ticket = &rule->out->ticket;
	if (message->is_first) {
		ticket->first_answer_at = 0;
	}
	if (message->run_at && (ticket->run_at == 0 || message->run_at < ticket->run_at)) {
		ticket->run_at = message->run_at;
	}
	if (former && former->run_at == ticket->run_at) {
		ticket->answer_due_at = former->answer_due_at;
	} else {
		rule_run_due(rule, ticket);
	}
}

/* What the send ended is as before it, unless somebody has resolved it anew since. */
static void give_state_back(struct rule *rule)
{
	const struct undone *undone = rule->facts->undone;
	const struct ticket *former = undone->former;
	struct ticket *ticket = &rule->out->ticket;
	if (ticket->resolved_at == undone->at) {
		ticket->resolved_at = former ? former->resolved_at : 0;
		ticket->resolved_by_time = former && former->resolved_by_time;
		ticket->reason = former ? former->reason : 0;
	}
	if (former && rule->facts->ticket->revision == undone->revision) {
		ticket->former_state = former->former_state;
		ticket->assignee = former->assignee;
	}
	rule_set_state(rule, ticket, TICKET_OPEN);
}

/* What goes out, until it does; what was told by mouth never goes anywhere, and has the same time.
 */
static bool can_be_called_back(const struct message *message, int64_t now)
{
	bool is_here = message->state == MESSAGE_QUEUED ||
		       (message->state == MESSAGE_SENT && channel_is_spoken(message->channel));
	return is_here && now < message->send_at;
}

static bool undo_reply(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	const struct message *message = facts->message;
	struct ticket *ticket = &rule->out->ticket;
	bool is_moved = message && message->ticket != ticket->number; /* by a merge or split */
	if (!message || is_moved || !can_be_called_back(message, facts->now)) {
		return problem(rule->err, PROBLEM_UNDO_LATE, NULL);
	}
	rule->out->message = *message;
	rule->out->message.state = MESSAGE_UNDONE;
	give_run_back(rule, message);
	give_state_back(rule);
	if (ticket->newest_public == message->id) {
		ticket->newest_public = facts->undone->former_public;
		ticket->newest_is_ours = facts->undone->former_is_ours;
	}
	ticket->message_count--;
	bool free = !claim_is_live(facts->claim, facts->now) && !facts->cover;
	if (free && facts->actor && message->author == facts->actor->id &&
		rule_may_hold_more(rule)) {
		rule_take(rule);
	}
	rule->out->draft_kind = DRAFT_REPLY;
	rule->out->writes |= WRITE_TICKET | WRITE_MESSAGE_STATE | WRITE_DRAFT_BACK;
	return true;
}

/* The ticket as it was, while nothing else has altered it since. */
static bool undo_ticket(struct rule *rule)
{
	const struct undone *undone = rule->facts->undone;
	if (!undone->former || rule->facts->ticket->revision != undone->revision) {
		return problem(rule->err, PROBLEM_UNDO_LATE, NULL);
	}
	if (!rule_not_held_by_other(rule)) {
		return false;
	}
	int64_t note_count = rule->out->ticket.note_count;
	rule->out->ticket = *undone->former;
	rule->out->ticket.note_count = note_count; /* a note written with it stays */
	rule->out->writes |= WRITE_TICKET;
	return true;
}

/* The other ticket's run is given back only while it is as the merge left it. */
static bool undo_merge(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	const struct undone *undone = facts->undone;
	if (!undo_ticket(rule)) {
		return false;
	}
	const struct ticket *other = facts->other_ticket;
	if (other && undone->former_other && other->revision == undone->revision) {
		rule->out->other_ticket = *undone->former_other;
	}
	rule->out->writes |= (other ? WRITE_OTHER_TICKET : 0) |
			     (undone->kind == CHANGE_MERGE ? WRITE_MOVE_BACK : 0);
	return true;
}

static bool undo_split(struct rule *rule)
{
	const struct ticket *other = rule->facts->other_ticket;
	struct ticket *ticket = &rule->out->ticket;
	if (!other || other->revision != rule->facts->undone->revision ||
		claim_is_live(rule->facts->other_claim, rule->facts->now)) {
		return problem(rule->err, PROBLEM_UNDO_LATE, NULL);
	}
	if (other->run_at && (ticket->run_at == 0 || other->run_at < ticket->run_at)) {
		ticket->run_at = other->run_at;
		rule_run_due(rule, ticket);
	}
	if (ticket->run_at && ticket->state != TICKET_OPEN) {
		rule_set_state(rule, ticket, TICKET_OPEN);
	}
	rule->out->other_ticket.state = TICKET_DISCARDED;
	rule->out->other_ticket.merged_into = ticket->number;
	rule_run_close(&rule->out->other_ticket);
	rule->out->writes |= WRITE_TICKET | WRITE_OTHER_TICKET | WRITE_MOVE_BACK;
	return true;
}

/* One that was merged on comes back only after that merge was taken back. */
static bool undo_customer_merge(struct rule *rule)
{
	const struct customer *other = rule->facts->other_customer;
	if (!rule->facts->customer) {
		return problem_number(rule->err, PROBLEM_NO_CHANGE, rule->change->undo, NULL);
	}
	if (other && other->merged_into) {
		return problem(rule->err, PROBLEM_UNDO_LATE, NULL);
	}
	rule->out->customer.merged_into = 0;
	rule->out->writes |= WRITE_CUSTOMER | WRITE_MOVE_BACK;
	return true;
}

static rule_fn *const undos[] = {
	[UNDO_TICKET] = undo_ticket,
	[UNDO_MERGE] = undo_merge,
	[UNDO_SPLIT] = undo_split,
	[UNDO_REPLY] = undo_reply,
	[UNDO_CUSTOMER_MERGE] = undo_customer_merge,
};

/* The row is there, of this ticket, and what it was about was loaded. */
static bool undone_is_there(const struct rule *rule)
{
	const struct undone *undone = rule->facts->undone;
	const struct ticket *ticket = rule->facts->ticket;
	return undone && (undone->ticket == 0 || (ticket && ticket->number == undone->ticket));
}

bool rule_undo(struct rule *rule)
{
	const struct facts *facts = rule->facts;
	const struct undone *undone = facts->undone;
	if (!undone_is_there(rule)) {
		return problem_number(rule->err, PROBLEM_NO_CHANGE, rule->change->undo, NULL);
	}
	const struct operator_ *author = directory_operator(facts->directory, undone->actor);
	if (undone->actor == 0) {
		return problem(rule->err, PROBLEM_UNDO_KIND, NULL); /* the desk's own doing */
	}
	if (facts->actor && facts->actor->id != undone->actor &&
		!(author && permission_supervises(facts->actor, author))) {
		return problem(rule->err, PROBLEM_NOT_YOURS,
			directory_login_of(facts->directory, undone->actor), NULL);
	}
	if (undone->is_undone) {
		return problem(rule->err, PROBLEM_UNDONE, NULL);
	}
	rule_fn *undo = undos[change_undos[undone->kind]];
	return undo ? undo(rule) : problem(rule->err, PROBLEM_UNDO_KIND, NULL);
}
