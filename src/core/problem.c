#include "core/problem.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>

const struct problem_info problem_infos[PROBLEMS] = {
	[PROBLEM_HELD] = {ERROR_CONFLICT, "held",
		N_("ticket {0} is with {1} for {2} now; wait, or ask {1} for it")},
	[PROBLEM_COVERED] = {ERROR_CONFLICT, "covered",
		N_("ticket {0} of the same customer is with {1}; leave this one to {1}, or take it "
		   "separately")},
	[PROBLEM_STALE] = {ERROR_CONFLICT, "stale",
		N_("your claim on ticket {0} is over; your text is kept, read the ticket again and "
		   "claim it anew")},
	[PROBLEM_UNSEEN] = {ERROR_CONFLICT, "unseen",
		N_("something new was written on ticket {0} meanwhile; read it, then send again")},
	[PROBLEM_OURS_LAST] = {ERROR_CONFLICT, "ours_last",
		N_("the last message on ticket {0} is ours already; read it, then name the newest "
		   "message you have seen")},
	[PROBLEM_TOO_MANY] = {ERROR_CONFLICT, "too_many",
		N_("you hold {0} tickets already ({1}); answer or release one first")},
	[PROBLEM_NOT_HELD] = {ERROR_CONFLICT, "not_held",
		N_("you do not hold ticket {0}; there is nothing to release")},
	[PROBLEM_CHANGE_ID] = {ERROR_CONFLICT, "change_id",
		N_("the change id {0} belongs to another change; use a new one")},
	[PROBLEM_NO_TICKET] = {ERROR_NOT_FOUND, "no_ticket",
		N_("there is no ticket {0} for you; check the number")},
	[PROBLEM_NO_CUSTOMER] = {ERROR_NOT_FOUND, "no_customer",
		N_("there is no customer {0}; check the number or address")},
	[PROBLEM_NO_OPERATOR] = {ERROR_NOT_FOUND, "no_operator",
		N_("there is no operator {0}; check the name")},
	[PROBLEM_NO_TEAM] = {ERROR_NOT_FOUND, "no_team",
		N_("there is no team {0}; check the name")},
	[PROBLEM_NO_REASON] = {ERROR_NOT_FOUND, "no_reason",
		N_("there is no reason {0}; choose one of the list")},
	[PROBLEM_NO_ANSWER] = {ERROR_NOT_FOUND, "no_answer",
		N_("there is no prepared answer {0}; choose one of the list")},
	[PROBLEM_NO_MESSAGE] = {ERROR_NOT_FOUND, "no_message",
		N_("there is no message {0} on this ticket; check the number")},
	[PROBLEM_NO_QUESTION] = {ERROR_NOT_FOUND, "no_question",
		N_("there is no question {0} on this ticket; check the number")},
	[PROBLEM_NO_NOTE] = {ERROR_NOT_FOUND, "no_note",
		N_("there is no note {0} on this customer; check the number")},
	[PROBLEM_NO_CHANGE] = {ERROR_NOT_FOUND, "no_change",
		N_("there is no change {0}; look at the log for its number")},
	[PROBLEM_NO_CALENDAR] = {ERROR_NOT_FOUND, "no_calendar",
		N_("there is no calendar {0}; make it first")},
	[PROBLEM_NO_SETTING] = {ERROR_INVALID, "no_setting",
		N_("there is no setting {0}; the manual lists them")},
	[PROBLEM_DISCARDED] = {ERROR_INVALID, "discarded",
		N_("ticket {0} was discarded; open it again first")},
	[PROBLEM_MERGED] = {ERROR_INVALID, "merged",
		N_("ticket {0} was merged into {1}; go on there")},
	[PROBLEM_CUSTOMER_MERGED] = {ERROR_INVALID, "customer_merged",
		N_("customer {0} was merged into {1}; go on there")},
	[PROBLEM_STATE] = {ERROR_INVALID, "state",
		N_("ticket {0} is \"{1}\", so this cannot be done; look at it again")},
	[PROBLEM_ROLE] = {ERROR_DENIED, "role",
		N_("this takes the role \"{0}\"; ask somebody who has it")},
	[PROBLEM_DESK_ONLY] = {ERROR_DENIED, "desk_only",
		N_("the desk does this by itself when its time has come; there is nothing to do")},
	[PROBLEM_NOT_YOURS] = {ERROR_DENIED, "not_yours",
		N_("this is for {0} or a supervisor of {0} to do; ask one of them")},
	[PROBLEM_DISABLED] = {ERROR_DENIED, "disabled",
		N_("the operator {0} is disabled; ask an admin to enable it")},
	[PROBLEM_UNDO_LATE] = {ERROR_INVALID, "undo_late",
		N_("too late to undo: it was sent, or something else has changed since; correct it "
		   "by a new change")},
	[PROBLEM_UNDO_KIND] = {ERROR_INVALID, "undo_kind",
		N_("such a change cannot be undone; correct it by a new one")},
	[PROBLEM_UNDONE] = {ERROR_INVALID, "undone",
		N_("this was undone already; there is nothing to do")},
	[PROBLEM_SAME] = {ERROR_INVALID, "same", N_("it is so already; there is nothing to do")},
	[PROBLEM_PAST] = {ERROR_INVALID, "past", N_("that time has passed; choose a later one")},
	[PROBLEM_ADDRESS_TAKEN] = {ERROR_INVALID, "address_taken",
		N_("the address {0} belongs to customer {1}; merge the two, or correct the "
		   "address")},
	[PROBLEM_ADDRESS] = {ERROR_INVALID, "address",
		N_("\"{0}\" is no address of the kind {1}; correct it")},
	[PROBLEM_REF_TAKEN] = {ERROR_INVALID, "ref_taken",
		N_("the number {0} of the other system is taken; it was entered before")},
	[PROBLEM_MISSING] = {ERROR_INVALID, "missing", N_("{0} is missing; give it")},
	[PROBLEM_UNKNOWN_FIELD] = {ERROR_INVALID, "unknown_field",
		N_("{1} takes no {0}; leave it out")},
	[PROBLEM_BLANK] = {ERROR_INVALID, "blank", N_("{0} is empty; write something")},
	[PROBLEM_TOO_LONG] = {ERROR_INVALID, "too_long", N_("{0} is too long; shorten it")},
	[PROBLEM_VALUE] = {ERROR_INVALID, "value",
		N_("what was given for {0} is not allowed; correct it")},
	[PROBLEM_SETTING_VALUE] = {ERROR_INVALID, "setting_value",
		N_("\"{1}\" is no value for {0}; give one like \"{2}\"")},
	[PROBLEM_SPAN] = {ERROR_INVALID, "span",
		N_("that span of time is empty, too long or counted already; correct its times")},
	[PROBLEM_GROUP] = {ERROR_CONFLICT, "group",
		N_("an earlier change of the same group was refused; settle that one first")},
	[PROBLEM_LAST_ADMIN] = {ERROR_INVALID, "last_admin",
		N_("this is the last admin of the desk; make another one first")},
	[PROBLEM_OTHER_CUSTOMER] = {ERROR_INVALID, "other_customer",
		N_("tickets {0} and {1} are of different customers; merge the customers first")},
	[PROBLEM_FIRST_MESSAGE] = {ERROR_INVALID, "first_message",
		N_("the first message stays where it is; choose a later one to split at")},
	[PROBLEM_NO_PREFERENCE] = {ERROR_INVALID, "no_preference",
		N_("there is no preference {0}; there are {1}")},
	[PROBLEM_PREFERENCE_VALUE] = {ERROR_INVALID, "preference_value",
		N_("\"{1}\" is no value for {0}; it may be {2}")},
	[PROBLEM_NO_BLOB] = {ERROR_NOT_FOUND, "no_blob",
		N_("the content of {0} is not on the desk any more; attach the file again")},
	[PROBLEM_NO_ATTACHMENT] = {ERROR_NOT_FOUND, "no_attachment",
		N_("there is no file {0} on this ticket; check the number")},
	[PROBLEM_FILE_NAME] = {ERROR_INVALID, "file_name",
		N_("a file cannot be called \"{0}\"; give it another name")},
	[PROBLEM_FILES] = {ERROR_INVALID, "files",
		N_("a text takes at most {0} files; send the others with another")},
	[PROBLEM_FILE_SIZE] = {ERROR_INVALID, "file_size",
		N_("this desk takes files of at most {0}; send a smaller one, or a link to it")},
	[PROBLEM_NOT_ADDRESS] = {ERROR_INVALID, "not_address",
		N_("{0} is no address of customer {1}; add it to the customer first, or choose "
		   "another")},
	[PROBLEM_ADDRESS_CHANNEL] = {ERROR_INVALID, "address_channel",
		N_("nothing can be sent to {0} by {1}; choose another address or channel")},
	[PROBLEM_NO_RIGHT] = {ERROR_INVALID, "right",
		N_("\"{0}\" is no right of a token; there are {1}")},
	[PROBLEM_RIGHTS] = {ERROR_DENIED, "rights",
		N_("the role of {0} does not include {1}, so a token of {0} cannot; leave it out")},
	[PROBLEM_NO_TOKEN] = {ERROR_NOT_FOUND, "no_token",
		N_("there is no token {0} for you; look at the list of tokens")},
	[PROBLEM_PASSWORD] = {ERROR_INVALID, "password",
		N_("a password has at least {0} characters, of those that can be typed; choose a "
		   "longer one")},
	[PROBLEM_NOT_HOLDER] = {ERROR_CONFLICT, "not_holder",
		N_("you do not hold ticket {0}; only who holds it can hand it over")},
	[PROBLEM_FREE] = {ERROR_CONFLICT, "free",
		N_("nobody holds ticket {0}; take it instead of asking for it")},
	[PROBLEM_TAKER_BLIND] = {ERROR_INVALID, "taker_blind",
		N_("{1} may not see ticket {0}; mention {1} in a note first, or transfer it")},
	[PROBLEM_TAKER_FULL] = {ERROR_CONFLICT, "taker_full",
		N_("{1} holds {0} tickets already; ask {1} to answer or release one first")},
	[PROBLEM_NOBODY] = {ERROR_INVALID, "nobody",
		N_("nobody would get this memo; choose other receivers")},
	[PROBLEM_NO_RECEIVER] = {ERROR_NOT_FOUND, "no_receiver",
		N_("there is no operator and no team {0}; give a name of theirs, or \"all\"")},
	[PROBLEM_MEMO_SELF] = {ERROR_INVALID, "memo_self",
		N_("a memo goes to somebody else; for yourself write a note on a ticket")},
	[PROBLEM_MEMO_LONG] = {ERROR_INVALID, "memo_long",
		N_("a memo has at most {0} characters; shorten it, or write a note on a ticket")},
};

bool problem(struct error *err, enum problem which, ...)
{
	const struct problem_info *info = &problem_infos[which];
	const char *arg[ERROR_ARGS] = {NULL};
	va_list args;
	va_start(args, which);
	for (size_t i = 0; i < ERROR_ARGS; i++) {
		arg[i] = va_arg(args, const char *);
		if (!arg[i]) {
			break;
		}
	}
	va_end(args);
	return error_set_reason(
		err, info->code, info->reason, info->text, arg[0], arg[1], arg[2], arg[3], NULL);
}

bool problem_number(struct error *err, enum problem which, int64_t number, const char *second)
{
	char text[24];
	snprintf(text, sizeof text, "%lld", (long long)number);
	return problem(err, which, text, second, NULL);
}
