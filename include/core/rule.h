#ifndef ATENDE_CORE_RULE_H
#define ATENDE_CORE_RULE_H

#include "core/address.h"
#include "core/rules.h"

/*
 * Inside of the rules: one function a kind, grouped by noun in rules_*.c, and what they share.
 * Nobody outside core includes this.
 */
struct rule {
	const void *mem;
	const struct change *change;
	const struct facts *facts;
	struct decision *out;
	struct error *err;
};

typedef bool rule_fn(struct rule *rule);

rule_fn rule_new, rule_receive, rule_note, rule_subject, rule_tag, rule_untag, rule_priority,
	rule_escalate, rule_transfer, rule_ask, rule_answer_question, rule_merge, rule_split;
rule_fn rule_claim, rule_release, rule_take_over, rule_ask_for, rule_hand_over, rule_expire,
	rule_worked;
rule_fn rule_reply, rule_call;
rule_fn rule_wait, rule_resolve, rule_reopen, rule_snooze, rule_wake, rule_auto_resolve,
	rule_no_answer, rule_discard;
rule_fn rule_undo;
rule_fn rule_customer_new, rule_customer, rule_address_add, rule_address_remove, rule_customer_note,
	rule_customer_note_edit, rule_customer_merge;
rule_fn rule_operator, rule_team, rule_calendar, rule_target, rule_answer, rule_reason,
	rule_setting;
rule_fn rule_sign_in, rule_sign_out, rule_pause, rule_resume, rule_preference;
rule_fn rule_password, rule_session, rule_token_add, rule_token_revoke;
rule_fn rule_memo, rule_memo_read;

/* --- claims: refusals shared by all that answer or end a ticket --- */

/* Refuses (HELD) while another operator holds the ticket. */
bool rule_not_held_by_other(struct rule *rule);
/* Refuses (COVERED) while another operator holds another ticket of the customer. */
bool rule_not_covered(struct rule *rule);
/* Takes the lease for the actor under the generation of this change. */
void rule_take(struct rule *rule);
/* At most max_claims an operator. */
bool rule_may_hold_more(const struct rule *rule);
/* Ends the claim on the ticket, but for a live one of another (imports, the desk itself). */
void rule_end_claim(struct rule *rule);

/* --- the ticket's clocks --- */

/* The customer waits since `at`: starts a run unless one is open. */
void rule_run_start(struct rule *rule, struct ticket *ticket, int64_t at);
/* Nothing is waited for any more. */
void rule_run_close(struct ticket *ticket);
/* The customer wrote or called: the queue has the ticket again, and remembers where it came from.
 */
void rule_reopen_by_customer(struct rule *rule, struct ticket *ticket);
/* Sets the answer's due time anew, from the start of the open run. */
void rule_run_due(struct rule *rule, struct ticket *ticket);
void rule_set_state(struct rule *rule, struct ticket *ticket, enum ticket_state state);

/* --- texts --- */

/* change.text as a message of ours, the newest public one of the ticket; its address is empty. */
void rule_add_out_message(struct rule *rule, struct ticket *ticket, enum channel channel);

/* change.address as one of the customer's; INVALID for another's. On rule->mem. */
bool rule_address_of(struct rule *rule, int64_t customer, struct address_parts *parts);
/* Where a reply goes: there, else to the usual address; "" when there is none. INVALID when the
 * channel does not lead there. */
bool rule_recipient(struct rule *rule, int64_t customer, enum channel channel, char **address);
/* The usual address, "" when there is none. */
char *rule_usual_recipient(const struct rule *rule, enum channel channel);
/* The actor's draft of this kind was what is being written. */
void rule_end_draft(struct rule *rule, enum draft_kind kind);

/* --- small things --- */

/* The author of an imported text: the operator it names, else the actor. 0: the desk. */
int64_t rule_author(const struct rule *rule);
/* Adds change.text as an internal note, with its mentions. */
void rule_add_note(struct rule *rule, const char *text);
/* A priority of its own target can make an open run due earlier, never later: lowering it is no way
 * out of a target. */
void rule_set_priority(struct rule *rule, struct ticket *ticket, enum priority priority);
/* Team and operator named by the change exist (and are enabled). */
bool rule_team_exists(struct rule *rule, int64_t team);
bool rule_operator_exists(struct rule *rule, int64_t operator_id);
/* Refuses what was merged, with the number to go on at; the first gives false always. */
bool rule_refuse_merged(struct rule *rule, const struct ticket *ticket);
bool rule_customer_is_alive(struct rule *rule, const struct customer *customer);
/* A reason was given where the desk has any, and it exists. */
bool rule_reason_given(struct rule *rule);

#endif
