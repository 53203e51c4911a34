#include "core/name.h"

#include "base/error.h"
#include "base/mem.h"
#include "core/directory.h"
#include "core/ticket.h"

#include <string.h>

static const char *const channel_words[] = {"", "email", "phone", "counter", "chat", "whatsapp",
	"web", "social", "marketplace", "community"};
static const char *const ticket_state_words[] = {
	"", "open", "waiting", "snoozed", "resolved", "discarded"};
static const char *const direction_words[] = {"", "in", "out"};
static const char *const message_state_words[] = {
	"", "received", "queued", "sending", "sent", "bounced", "failed", "uncertain", "undone"};
static const char *const priority_words[] = {"", "urgent", "high", "normal", "low"};
static const char *const role_words[] = {"", "operator", "supervisor", "admin"};
static const char *const outcome_words[] = {"", "wait", "resolve", "stay_open"};
static const char *const contact_outcome_words[] = {
	"", "answered", "no_answer", "busy", "voicemail", "wrong_number"};
static const char *const discard_words[] = {"", "spam", "duplicate", "test"};
static const char *const address_kind_words[] = {"", "email", "phone", "cpf", "cnpj", "handle"};
static const char *const draft_kind_words[] = {"", "reply", "note", "customer_note", "call",
	"question", "question_answer", "transfer", "escalation", "memo", "customer_note_edit"};
static const char *const flag_words[] = {"", "no", "yes"};

/* What people are shown; "" where nothing need be said. */
static const char *const channel_said[] = {
	[CHANNEL_NONE] = "",
	[CHANNEL_EMAIL] = N_("email"),
	[CHANNEL_PHONE] = N_("phone"),
	[CHANNEL_COUNTER] = N_("counter"),
	[CHANNEL_CHAT] = N_("chat"),
	[CHANNEL_WHATSAPP] = N_("whatsapp"),
	[CHANNEL_WEB] = N_("web"),
	[CHANNEL_SOCIAL] = N_("social"),
	[CHANNEL_MARKETPLACE] = N_("marketplace"),
	[CHANNEL_COMMUNITY] = N_("community"),
};
static const char *const ticket_state_said[] = {
	[TICKET_NO_STATE] = "",
	[TICKET_OPEN] = N_("open"),
	[TICKET_WAITING] = N_("waiting"),
	[TICKET_SNOOZED] = N_("snoozed"),
	[TICKET_RESOLVED] = N_("resolved"),
	[TICKET_DISCARDED] = N_("discarded"),
};
static const char *const priority_said[] = {
	[PRIORITY_NONE] = "",
	[PRIORITY_URGENT] = N_("urgent"),
	[PRIORITY_HIGH] = N_("high"),
	[PRIORITY_NORMAL] = N_("normal"),
	[PRIORITY_LOW] = N_("low"),
};
static const char *const message_state_said[] = {
	[MESSAGE_NO_STATE] = "",
	[MESSAGE_RECEIVED] = "",
	[MESSAGE_QUEUED] = N_("queued"),
	[MESSAGE_SENDING] = N_("being sent"),
	[MESSAGE_SENT] = N_("sent"),
	[MESSAGE_BOUNCED] = N_("CAME BACK"),
	[MESSAGE_FAILED] = N_("NOT SENT"),
	[MESSAGE_UNCERTAIN] = N_("perhaps not sent"),
	[MESSAGE_UNDONE] = N_("taken back"),
};
static const char *const contact_outcome_said[] = {
	[CONTACT_NONE] = "",
	[CONTACT_ANSWERED] = N_("spoke with the customer"),
	[CONTACT_NO_ANSWER] = N_("nobody answered"),
	[CONTACT_BUSY] = N_("busy"),
	[CONTACT_VOICEMAIL] = N_("voicemail"),
	[CONTACT_WRONG_NUMBER] = N_("wrong number"),
};
static const char *const address_kind_said[] = {
	[ADDRESS_NONE] = "",
	[ADDRESS_EMAIL] = N_("email"),
	[ADDRESS_PHONE] = N_("phone"),
	[ADDRESS_CPF] = "CPF",
	[ADDRESS_CNPJ] = "CNPJ",
	[ADDRESS_HANDLE] = N_("account"),
};
static const char *const role_said[] = {
	[ROLE_NONE] = "",
	[ROLE_OPERATOR] = N_("operator"),
	[ROLE_SUPERVISOR] = N_("supervisor"),
	[ROLE_ADMIN] = N_("admin"),
};
static const char *const draft_kind_said[] = {
	[DRAFT_NONE] = "",
	[DRAFT_REPLY] = N_("reply"),
	[DRAFT_NOTE] = N_("note"),
	[DRAFT_CUSTOMER_NOTE] = N_("customer note"),
	[DRAFT_CALL] = N_("call"),
	[DRAFT_QUESTION] = N_("question"),
	[DRAFT_QUESTION_ANSWER] = N_("answer to a question"),
	[DRAFT_TRANSFER] = N_("transfer note"),
	[DRAFT_ESCALATION] = N_("escalation note"),
	[DRAFT_MEMO] = N_("memo"),
	[DRAFT_CUSTOMER_NOTE_EDIT] = N_("customer note"),
};

const struct name_table channel_names = {
	"channel", channel_words, ARRAY_LEN(channel_words), channel_said};
const struct name_table ticket_state_names = {
	"state", ticket_state_words, ARRAY_LEN(ticket_state_words), ticket_state_said};
const struct name_table direction_names = {
	"direction", direction_words, ARRAY_LEN(direction_words), NULL};
const struct name_table message_state_names = {
	"message_state", message_state_words, ARRAY_LEN(message_state_words), message_state_said};
const struct name_table priority_names = {
	"priority", priority_words, ARRAY_LEN(priority_words), priority_said};
const struct name_table role_names = {"role", role_words, ARRAY_LEN(role_words), role_said};
const struct name_table outcome_names = {"outcome", outcome_words, ARRAY_LEN(outcome_words), NULL};
const struct name_table contact_outcome_names = {
	"contact", contact_outcome_words, ARRAY_LEN(contact_outcome_words), contact_outcome_said};
const struct name_table discard_names = {"discard", discard_words, ARRAY_LEN(discard_words), NULL};
const struct name_table address_kind_names = {
	"kind", address_kind_words, ARRAY_LEN(address_kind_words), address_kind_said};
const struct name_table draft_kind_names = {
	"draft", draft_kind_words, ARRAY_LEN(draft_kind_words), draft_kind_said};
const struct name_table flag_names = {"flag", flag_words, ARRAY_LEN(flag_words), NULL};

const char *name_of(const struct name_table *table, int value)
{
	return value >= 0 && (size_t)value < table->count ? table->words[value] : "";
}

const char *name_said(const struct name_table *table, int value)
{
	if (value < 0 || (size_t)value >= table->count) {
		return "";
	}
	return (table->said ? table->said : table->words)[value];
}

bool name_find(const struct name_table *table, const char *word, int *value)
{
	for (size_t i = 0; *word && i < table->count; i++) {
		if (strcmp(table->words[i], word) == 0) {
			*value = (int)i;
			return true;
		}
	}
	return false;
}

char *name_list(const void *mem, const struct name_table *table)
{
	char *list = mem_strdup(mem, "");
	for (size_t i = 0; i < table->count; i++) {
		if (*table->words[i]) {
			list = mem_check(talloc_asprintf_append_buffer(
				list, "%s%s", *list ? ", " : "", table->words[i]));
		}
	}
	return list;
}
