#include "core/name.h"

#include "base/mem.h"

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
static const char *const draft_kind_words[] = {
	"", "reply", "note", "customer_note", "call", "question"};
static const char *const flag_words[] = {"", "no", "yes"};

const struct name_table channel_names = {"channel", channel_words, ARRAY_LEN(channel_words)};
const struct name_table ticket_state_names = {
	"state", ticket_state_words, ARRAY_LEN(ticket_state_words)};
const struct name_table direction_names = {
	"direction", direction_words, ARRAY_LEN(direction_words)};
const struct name_table message_state_names = {
	"message_state", message_state_words, ARRAY_LEN(message_state_words)};
const struct name_table priority_names = {"priority", priority_words, ARRAY_LEN(priority_words)};
const struct name_table role_names = {"role", role_words, ARRAY_LEN(role_words)};
const struct name_table outcome_names = {"outcome", outcome_words, ARRAY_LEN(outcome_words)};
const struct name_table contact_outcome_names = {
	"contact", contact_outcome_words, ARRAY_LEN(contact_outcome_words)};
const struct name_table discard_names = {"discard", discard_words, ARRAY_LEN(discard_words)};
const struct name_table address_kind_names = {
	"kind", address_kind_words, ARRAY_LEN(address_kind_words)};
const struct name_table draft_kind_names = {"draft", draft_kind_words, ARRAY_LEN(draft_kind_words)};
const struct name_table flag_names = {"flag", flag_words, ARRAY_LEN(flag_words)};

const char *name_of(const struct name_table *table, int value)
{
	return value >= 0 && (size_t)value < table->count ? table->words[value] : "";
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
