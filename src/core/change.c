#include "core/change.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/attachment.h"
#include "core/name.h"
#include "core/problem.h"

#include <string.h>

#define FIELD(member) offsetof(struct change, member)

const struct change_field_info change_fields[CHANGE_FIELDS] = {
	[F_ADDRESS] = {"address", FIELD_LINE, FIELD(address), NULL},
	[F_NAME] = {"name", FIELD_LINE, FIELD(name), NULL},
	[F_SUBJECT] = {"subject", FIELD_LINE, FIELD(subject), NULL},
	[F_TEXT] = {"text", FIELD_TEXT, FIELD(text), NULL},
	[F_KEY] = {"key", FIELD_LINE, FIELD(key), NULL},
	[F_VALUE] = {"value", FIELD_LINE, FIELD(value), NULL},
	[F_HOURS] = {"hours", FIELD_TEXT, FIELD(hours), NULL},
	[F_HOLIDAYS] = {"holidays", FIELD_TEXT, FIELD(holidays), NULL},
	[F_REF] = {"ref", FIELD_LINE, FIELD(ref), NULL},
	[F_SECRET] = {"secret", FIELD_LINE, FIELD(secret), NULL},
	[F_CHANNEL] = {"channel", FIELD_NAME, FIELD(channel), &channel_names},
	[F_DIRECTION] = {"direction", FIELD_NAME, FIELD(direction), &direction_names},
	[F_PRIORITY] = {"priority", FIELD_NAME, FIELD(priority), &priority_names},
	[F_OUTCOME] = {"outcome", FIELD_NAME, FIELD(outcome), &outcome_names},
	[F_CONTACT] = {"contact", FIELD_NAME, FIELD(contact), &contact_outcome_names},
	[F_DISCARD] = {"discard", FIELD_NAME, FIELD(discard), &discard_names},
	[F_ROLE] = {"role", FIELD_NAME, FIELD(role), &role_names},
	[F_MESSAGE_STATE] = {"message_state", FIELD_NAME, FIELD(message_state),
		&message_state_names},
	[F_TEAM] = {"team", FIELD_ID, FIELD(team), NULL},
	[F_OPERATOR] = {"operator", FIELD_ID, FIELD(operator_id), NULL},
	[F_REASON] = {"reason", FIELD_ID, FIELD(reason), NULL},
	[F_OTHER] = {"other", FIELD_ID, FIELD(other), NULL},
	[F_MESSAGE] = {"message", FIELD_ID, FIELD(message), NULL},
	[F_QUESTION] = {"question", FIELD_ID, FIELD(question), NULL},
	[F_NOTE] = {"note", FIELD_ID, FIELD(note), NULL},
	[F_SEEN] = {"seen", FIELD_ID, FIELD(seen), NULL},
	[F_GENERATION] = {"generation", FIELD_ID, FIELD(generation), NULL},
	[F_UNDO] = {"undo", FIELD_ID, FIELD(undo), NULL},
	[F_TOKEN] = {"token", FIELD_ID, FIELD(token), NULL},
	[F_UNTIL] = {"until", FIELD_TIME, FIELD(until_at), NULL},
	[F_FROM] = {"from", FIELD_TIME, FIELD(from_at), NULL},
	[F_TO] = {"to", FIELD_TIME, FIELD(to_at), NULL},
	[F_FIRST_ANSWER] = {"first_answer_ms", FIELD_INT, FIELD(first_answer_ms), NULL},
	[F_NEXT_ANSWER] = {"next_answer_ms", FIELD_INT, FIELD(next_answer_ms), NULL},
	[F_RESOLUTION] = {"resolution_ms", FIELD_INT, FIELD(resolution_ms), NULL},
	[F_QUESTION_MS] = {"question_ms", FIELD_INT, FIELD(question_ms), NULL},
	[F_CALENDAR] = {"calendar", FIELD_ID, FIELD(calendar), NULL},
	[F_SEPARATE] = {"separate", FIELD_NAME, FIELD(separate), &flag_names},
	[F_PINNED] = {"pinned", FIELD_NAME, FIELD(pinned), &flag_names},
	[F_DO_NOT_CALL] = {"do_not_call", FIELD_NAME, FIELD(do_not_call), &flag_names},
	[F_SHARED] = {"shared", FIELD_NAME, FIELD(shared), &flag_names},
	[F_ENABLED] = {"enabled", FIELD_NAME, FIELD(enabled), &flag_names},
	[F_ATTACHMENTS] = {"attachments", FIELD_FILES, FIELD(attachments), NULL},
};

#define B(field) FIELD_BIT(F_##field)
#define NOBODY ROLE_NONE
#define ANYONE ROLE_OPERATOR

const struct change_kind_info change_kinds[CHANGE_KINDS] = {
	[CHANGE_NEW] = {"new", ON_TICKET, ANYONE, B(CHANNEL) | B(SUBJECT) | B(TEXT),
		B(ADDRESS) | B(NAME) | B(TEAM) | B(PRIORITY) | B(DIRECTION) | B(REF) | B(OPERATOR) |
			B(MESSAGE_STATE) | B(ATTACHMENTS),
		NEED_ADDRESS | NEED_NUMBER | NEED_REF | NEED_RECIPIENT, true, false,
		N_("opened it")},
	[CHANGE_RECEIVE] = {"receive", ON_TICKET, ANYONE, B(TEXT),
		B(CHANNEL) | B(ADDRESS) | B(ATTACHMENTS), NEED_CLAIM | NEED_NUMBER | NEED_ADDRESS,
		true, false, N_("the customer wrote")},
	[CHANGE_CLAIM] = {"claim", ON_TICKET, ANYONE, 0, B(SEPARATE), NEED_CLAIM, false, true,
		N_("took it")},
	[CHANGE_RELEASE] = {"release", ON_TICKET, ANYONE, 0, B(GENERATION), NEED_CLAIM, false,
		false, N_("let it go")},
	[CHANGE_TAKE_OVER] = {"take_over", ON_TICKET, ROLE_SUPERVISOR, 0, 0, NEED_CLAIM, false,
		true, N_("took it over")},
	[CHANGE_ASK_FOR] = {"ask_for", ON_TICKET, ANYONE, 0, 0, NEED_CLAIM, false, true,
		N_("asked for it")},
	[CHANGE_HAND_OVER] = {"hand_over", ON_TICKET, ANYONE, B(OPERATOR), B(GENERATION),
		NEED_CLAIM | NEED_TAKER, false, true, N_("handed it over")},
	[CHANGE_EXPIRE] = {"expire", ON_TICKET, NOBODY, B(OPERATOR), 0, NEED_CLAIM, false, false,
		N_("the claim ran out")},
	[CHANGE_REPLY] = {"reply", ON_TICKET, ANYONE, B(TEXT) | B(OUTCOME),
		B(REASON) | B(SEEN) | B(GENERATION) | B(SEPARATE) | B(CHANNEL) | B(OPERATOR) |
			B(MESSAGE_STATE) | B(ADDRESS) | B(ATTACHMENTS),
		NEED_CLAIM | NEED_ADDRESS | NEED_RECIPIENT, true, true, N_("replied")},
	[CHANGE_NOTE] = {"note", ON_TICKET, ANYONE, B(TEXT), B(OPERATOR) | B(ATTACHMENTS), 0, true,
		false, N_("wrote a note")},
	[CHANGE_WAIT] = {"wait", ON_TICKET, ANYONE, 0, 0, NEED_CLAIM, true, true,
		N_("waits for the customer")},
	[CHANGE_RESOLVE] = {"resolve", ON_TICKET, ANYONE, 0, B(REASON) | B(OPERATOR), NEED_CLAIM,
		true, true, N_("resolved it")},
	[CHANGE_REOPEN] = {"reopen", ON_TICKET, ANYONE, 0, 0, NEED_CLAIM, true, false,
		N_("opened it again")},
	[CHANGE_SNOOZE] = {"snooze", ON_TICKET, ANYONE, B(UNTIL), 0, NEED_CLAIM, true, true,
		N_("put it off")},
	[CHANGE_WAKE] = {"wake", ON_TICKET, NOBODY, 0, 0, 0, false, false, N_("is due again")},
	[CHANGE_AUTO_RESOLVE] = {"auto_resolve", ON_TICKET, NOBODY, 0, 0, NEED_CLAIM, false, false,
		N_("resolved by time")},
	[CHANGE_NO_ANSWER] = {"no_answer", ON_TICKET, ANYONE, 0, 0, NEED_CLAIM, false, true,
		N_("said that no answer is needed")},
	[CHANGE_DISCARD] = {"discard", ON_TICKET, ANYONE, B(DISCARD), B(OTHER),
		NEED_CLAIM | NEED_OTHER, true, true, N_("discarded it")},
	[CHANGE_TRANSFER] = {"transfer", ON_TICKET, ANYONE, 0, B(TEAM) | B(OPERATOR) | B(TEXT),
		NEED_CLAIM, false, true, N_("transferred it")},
	[CHANGE_PRIORITY] = {"priority", ON_TICKET, ANYONE, B(PRIORITY), 0, 0, true, true,
		N_("changed the priority")},
	[CHANGE_ESCALATE] = {"escalate", ON_TICKET, ANYONE, 0, B(TEXT), 0, false, true,
		N_("escalated it")},
	[CHANGE_TAG] = {"tag", ON_TICKET, ANYONE, B(KEY), 0, 0, true, false, N_("tagged it")},
	[CHANGE_UNTAG] = {"untag", ON_TICKET, ANYONE, B(KEY), 0, 0, true, false,
		N_("took a tag off")},
	[CHANGE_SUBJECT] = {"subject", ON_TICKET, ANYONE, B(SUBJECT), 0, 0, true, false,
		N_("changed the subject")},
	[CHANGE_ASK] = {"ask", ON_TICKET, ANYONE, B(TEAM) | B(TEXT), 0, 0, false, true,
		N_("asked another team")},
	[CHANGE_ANSWER_QUESTION] = {"answer_question", ON_TICKET, ANYONE, B(QUESTION) | B(TEXT), 0,
		NEED_QUESTION, false, false, N_("answered a question")},
	[CHANGE_MERGE] = {"merge", ON_TICKET, ANYONE, B(OTHER), 0, NEED_CLAIM | NEED_OTHER, false,
		true, N_("merged it into another")},
	[CHANGE_SPLIT] = {"split", ON_TICKET, ANYONE, B(MESSAGE) | B(SUBJECT), 0,
		NEED_CLAIM | NEED_MESSAGE | NEED_NUMBER, false, true, N_("split it")},
	[CHANGE_CALL] = {"call", ON_TICKET, ANYONE, B(CONTACT),
		B(CHANNEL) | B(TEXT) | B(FROM) | B(TO) | B(UNTIL) | B(OUTCOME) | B(REASON) |
			B(OPERATOR) | B(DIRECTION) | B(ATTACHMENTS),
		NEED_CLAIM, true, true, N_("spoke with the customer")},
	[CHANGE_WORKED] = {"worked", ON_TICKET, ANYONE, B(FROM) | B(TO), B(OPERATOR), NEED_CLAIM,
		true, false, N_("worked on it")},
	[CHANGE_UNDO] = {"undo", ON_TICKET, ANYONE, B(UNDO), 0,
		NEED_CLAIM | NEED_OTHER | NEED_UNDONE, false, false, N_("took a change back")},
	[CHANGE_CUSTOMER_NEW] = {"customer_new", ON_CUSTOMER, ANYONE, B(NAME),
		B(ADDRESS) | B(REF) | B(CHANNEL) | B(DO_NOT_CALL) | B(SHARED),
		NEED_ADDRESS | NEED_REF, true, false, N_("entered the customer")},
	[CHANGE_CUSTOMER] = {"customer", ON_CUSTOMER, ANYONE, 0,
		B(NAME) | B(CHANNEL) | B(DO_NOT_CALL) | B(SHARED), 0, true, false,
		N_("changed the customer")},
	[CHANGE_ADDRESS_ADD] = {"address_add", ON_CUSTOMER, ANYONE, B(ADDRESS), 0, NEED_ADDRESS,
		true, false, N_("added an address")},
	[CHANGE_ADDRESS_REMOVE] = {"address_remove", ON_CUSTOMER, ANYONE, B(ADDRESS), 0,
		NEED_ADDRESS, true, false, N_("removed an address")},
	[CHANGE_CUSTOMER_NOTE] = {"customer_note", ON_CUSTOMER, ANYONE, B(TEXT),
		B(PINNED) | B(OPERATOR), 0, true, false, N_("wrote a customer note")},
	[CHANGE_CUSTOMER_NOTE_EDIT] = {"customer_note_edit", ON_CUSTOMER, ANYONE, B(NOTE),
		B(TEXT) | B(PINNED) | B(ENABLED), NEED_NOTE, false, false,
		N_("changed a customer note")},
	[CHANGE_CUSTOMER_MERGE] = {"customer_merge", ON_CUSTOMER, ROLE_OPERATOR, B(OTHER), 0,
		NEED_CLAIM | NEED_OTHER, false, false, N_("merged the customer into another")},
	[CHANGE_OPERATOR] = {"operator", ON_DESK, ROLE_ADMIN, B(KEY),
		B(NAME) | B(ROLE) | B(VALUE) | B(ENABLED), 0, false, false,
		N_("changed an operator")},
	[CHANGE_TEAM] = {"team", ON_DESK, ROLE_ADMIN, B(KEY),
		B(NAME) | B(CALENDAR) | B(QUESTION_MS), 0, false, false, N_("changed a team")},
	[CHANGE_CALENDAR] = {"calendar", ON_DESK, ROLE_ADMIN, B(KEY),
		B(VALUE) | B(HOURS) | B(HOLIDAYS), 0, false, false, N_("changed a calendar")},
	[CHANGE_TARGET] = {"target", ON_DESK, ROLE_ADMIN, 0,
		B(TEAM) | B(CHANNEL) | B(PRIORITY) | B(FIRST_ANSWER) | B(NEXT_ANSWER) |
			B(RESOLUTION),
		0, false, false, N_("changed a target")},
	[CHANGE_ANSWER] = {"answer", ON_DESK, ROLE_SUPERVISOR, B(KEY),
		B(NAME) | B(TEXT) | B(TEAM) | B(ENABLED), 0, false, false,
		N_("changed a prepared answer")},
	[CHANGE_REASON] = {"reason", ON_DESK, ROLE_SUPERVISOR, B(KEY),
		B(NAME) | B(REASON) | B(ENABLED), 0, false, false, N_("changed a reason")},
	[CHANGE_SETTING] = {"setting", ON_DESK, ROLE_ADMIN, B(KEY) | B(VALUE), 0, 0, false, false,
		N_("changed a setting")},
	[CHANGE_SIGN_IN] = {"sign_in", ON_OPERATOR, ANYONE, 0, 0, 0, false, false, N_("signed in")},
	[CHANGE_SIGN_OUT] = {"sign_out", ON_OPERATOR, ANYONE, 0, 0, 0, false, false,
		N_("signed out")},
	[CHANGE_PAUSE] = {"pause", ON_OPERATOR, ANYONE, 0, B(TEXT), 0, false, false, N_("paused")},
	[CHANGE_RESUME] = {"resume", ON_OPERATOR, ANYONE, 0, 0, 0, false, false, N_("resumed")},
	[CHANGE_PREFERENCE] = {"preference", ON_OPERATOR, ANYONE, B(KEY) | B(VALUE), 0, 0, false,
		false, N_("changed a preference")},
	[CHANGE_PASSWORD] = {"password", ON_OPERATOR, ANYONE, B(SECRET), B(KEY), 0, false, false,
		N_("set a password")},
	[CHANGE_SESSION] = {"session", ON_OPERATOR, NOBODY, B(OPERATOR) | B(NAME) | B(SECRET), 0,
		NEED_TOKEN, false, false, N_("began a session")},
	[CHANGE_TOKEN_ADD] = {"token_add", ON_OPERATOR, ANYONE, B(NAME) | B(SECRET),
		B(KEY) | B(VALUE) | B(UNTIL), NEED_TOKEN, false, false, N_("made a token")},
	[CHANGE_TOKEN_REVOKE] = {"token_revoke", ON_OPERATOR, ANYONE, B(TOKEN), 0, NEED_TOKEN,
		false, false, N_("revoked a token")},
	[CHANGE_MEMO] = {"memo", ON_LINE, ANYONE, B(TEXT), B(OPERATOR) | B(TEAM), 0, false, false,
		N_("wrote a memo")},
	[CHANGE_MEMO_READ] = {"memo_read", ON_LINE, ANYONE, B(SEEN), 0, 0, false, false,
		N_("read the memos")},
};

enum { LINE_MAX_BYTES = 1000 };

const enum change_undo change_undos[CHANGE_KINDS] = {
	[CHANGE_REPLY] = UNDO_REPLY,
	[CHANGE_WAIT] = UNDO_TICKET,
	[CHANGE_RESOLVE] = UNDO_TICKET,
	[CHANGE_REOPEN] = UNDO_TICKET,
	[CHANGE_SNOOZE] = UNDO_TICKET,
	[CHANGE_NO_ANSWER] = UNDO_TICKET,
	[CHANGE_DISCARD] = UNDO_MERGE, /* a duplicate goes into another */
	[CHANGE_TRANSFER] = UNDO_TICKET,
	[CHANGE_PRIORITY] = UNDO_TICKET,
	[CHANGE_ESCALATE] = UNDO_TICKET,
	[CHANGE_TAG] = UNDO_TICKET,
	[CHANGE_UNTAG] = UNDO_TICKET,
	[CHANGE_SUBJECT] = UNDO_TICKET,
	[CHANGE_MERGE] = UNDO_MERGE,
	[CHANGE_SPLIT] = UNDO_SPLIT,
	[CHANGE_CUSTOMER_MERGE] = UNDO_CUSTOMER_MERGE,
};

bool change_keeps_former(enum change_kind kind)
{
	return change_undos[kind] == UNDO_TICKET || change_undos[kind] == UNDO_MERGE;
}

bool change_kind_find(const char *name, enum change_kind *kind)
{
	for (size_t i = 1; i < CHANGE_KINDS; i++) {
		if (strcmp(change_kinds[i].name, name) == 0) {
			*kind = (enum change_kind)i;
			return true;
		}
	}
	return false;
}

static const void *field_at(const struct change *change, enum change_field field)
{
	return (const char *)change + change_fields[field].offset;
}

bool change_has(const struct change *change, enum change_field field)
{
	const void *at = field_at(change, field);
	switch (change_fields[field].type) {
	case FIELD_TEXT:
	case FIELD_LINE:
		return *(const char *const *)at != NULL;
	case FIELD_ID:
	case FIELD_INT:
	case FIELD_TIME:
		return *(const int64_t *)at != 0;
	case FIELD_NAME:
		return *(const int *)at != 0;
	case FIELD_FILES:
		return ((const struct attachment_list *)at)->count != 0;
	}
	return false;
}

/* What can be taken off again by an id that is none. */
static bool may_be_none(enum change_kind kind, enum change_field field)
{
	return field == F_TEAM || field == F_CALENDAR ||
	       (field == F_REASON && kind == CHANGE_REASON);
}

static bool validate_value(const struct change *change, enum change_field field, struct error *err)
{
	const struct change_field_info *info = &change_fields[field];
	const void *at = field_at(change, field);
	switch (info->type) {
	case FIELD_TEXT:
	case FIELD_LINE: {
		const char *text = *(const char *const *)at;
		if (!text_is_clean(text) || (info->type == FIELD_LINE && strpbrk(text, "\n\t"))) {
			return problem(err, PROBLEM_VALUE, info->name, NULL);
		}
		size_t max = info->type == FIELD_LINE ? LINE_MAX_BYTES : CHANGE_TEXT_MAX;
		return strlen(text) <= max || problem(err, PROBLEM_TOO_LONG, info->name, NULL);
	}
	case FIELD_ID: {
		int64_t value = *(const int64_t *)at;
		bool none = value == ID_NONE && may_be_none(change->kind, field);
		return value > 0 || none || problem(err, PROBLEM_VALUE, info->name, NULL);
	}
	case FIELD_INT:
	case FIELD_TIME:
		return (*(const int64_t *)at > 0 && *(const int64_t *)at <= DUE_NEVER) ||
		       problem(err, PROBLEM_VALUE, info->name, NULL);
	case FIELD_NAME:
		return *name_of(info->names, *(const int *)at) != '\0' ||
		       problem(err, PROBLEM_VALUE, info->name, NULL);
	case FIELD_FILES:
		return attachment_list_check(at, err);
	}
	return true;
}

/* Texts that may be empty: clearing a name, a holiday list, a setting. */
static bool may_be_blank(enum change_kind kind, enum change_field field)
{
	return field == F_VALUE || field == F_HOLIDAYS ||
	       (field == F_TEXT && kind == CHANGE_CALL) ||
	       (field == F_NAME && kind == CHANGE_NEW) || field == F_REF;
}

static bool validate_field(const struct change *change, enum change_field field, struct error *err)
{
	const struct change_kind_info *kind = &change_kinds[change->kind];
	bool has = change_has(change, field);
	if (!has) {
		return !(kind->required & FIELD_BIT(field)) ||
		       problem(err, PROBLEM_MISSING, change_fields[field].name, NULL);
	}
	if (!((kind->required | kind->optional) & FIELD_BIT(field))) {
		return problem(
			err, PROBLEM_UNKNOWN_FIELD, change_fields[field].name, kind->name, NULL);
	}
	if (!validate_value(change, field, err)) {
		return false;
	}
	bool is_text = change_fields[field].type <= FIELD_LINE;
	if (is_text && !may_be_blank(change->kind, field) &&
		text_is_blank(*(const char *const *)field_at(change, field))) {
		return problem(err, PROBLEM_BLANK, change_fields[field].name, NULL);
	}
	return true;
}

/* Who wrote, and what became of it, is told of history only: of what is new it is known. */
static bool validate_import(const struct change *change, struct error *err)
{
	const struct change_kind_info *kind = &change_kinds[change->kind];
	if (change->imported) {
		bool ok = kind->importable && change->at > 0 && change->at <= DUE_NEVER;
		return ok || problem(err, PROBLEM_VALUE, "imported", NULL);
	}
	if (kind->importable && change->operator_id && change->operator_id != change->actor) {
		return problem(err, PROBLEM_VALUE, "operator", NULL);
	}
	return change->message_state == 0 || problem(err, PROBLEM_VALUE, "message_state", NULL);
}

bool change_validate(const struct change *change, struct error *err)
{
	if (change->kind <= CHANGE_NONE || change->kind >= CHANGE_KINDS) {
		return problem(err, PROBLEM_VALUE, "kind", NULL);
	}
	const struct change_kind_info *kind = &change_kinds[change->kind];
	if (uuid_is_zero(&change->id)) {
		return problem(err, PROBLEM_MISSING, "id", NULL);
	}
	if (kind->subject == ON_TICKET && change->kind != CHANGE_NEW &&
		change->kind != CHANGE_UNDO && change->ticket <= 0) {
		return problem(err, PROBLEM_MISSING, "ticket", NULL);
	}
	if (kind->subject == ON_CUSTOMER && change->kind != CHANGE_CUSTOMER_NEW &&
		change->customer <= 0) {
		return problem(err, PROBLEM_MISSING, "customer", NULL);
	}
	for (int field = 0; field < CHANGE_FIELDS; field++) {
		if (!validate_field(change, (enum change_field)field, err)) {
			return false;
		}
	}
	return validate_import(change, err);
}
