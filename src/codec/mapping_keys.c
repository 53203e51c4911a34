#include "codec/mapping_parts.h"

#include "base/mem.h"

/* What may stand in a mapping. */

const struct section_info section_infos[SECTION_KINDS] = {
	[SECTION_SOURCE] = {"source", true, false},
	[SECTION_CUSTOMER] = {"customer", true, false},
	[SECTION_TICKET] = {"ticket", true, false},
	[SECTION_MESSAGE] = {"message", false, true},
	[SECTION_NOTE] = {"note", false, true},
	[SECTION_REMARK] = {"remark", false, true},
	[SECTION_WORDS] = {"words", false, false},
};

#define ITEM(field) offsetof(struct import_item, field)
#define TEXT(field) offsetof(struct import_text, field)

const struct key_info key_infos[] = {
	{SECTION_CUSTOMER, "ref", KEY_LINE, ITEM(customer_ref), NULL},
	{SECTION_CUSTOMER, "name", KEY_LINE, ITEM(customer_name), NULL},
	{SECTION_CUSTOMER, "address", KEY_LIST, ITEM(addresses), NULL},
	{SECTION_CUSTOMER, "channel", KEY_NAME, ITEM(customer_channel), &channel_names},
	{SECTION_CUSTOMER, "do_not_call", KEY_NAME, ITEM(do_not_call), &flag_names},
	{SECTION_CUSTOMER, "shared", KEY_NAME, ITEM(shared), &flag_names},
	{SECTION_TICKET, "ref", KEY_LINE, ITEM(ticket_ref), NULL},
	{SECTION_TICKET, "subject", KEY_LINE, ITEM(subject), NULL},
	{SECTION_TICKET, "channel", KEY_NAME, ITEM(channel), &channel_names},
	{SECTION_TICKET, "team", KEY_LINE, ITEM(team), NULL},
	{SECTION_TICKET, "priority", KEY_NAME, ITEM(priority), &priority_names},
	{SECTION_TICKET, "state", KEY_NAME, ITEM(state), &ticket_state_names},
	{SECTION_TICKET, "reason", KEY_LINE, ITEM(reason), NULL},
	{SECTION_TICKET, "assignee", KEY_LINE, ITEM(assignee), NULL},
	{SECTION_TICKET, "tags", KEY_LIST, ITEM(tags), NULL},
	{SECTION_TICKET, "at", KEY_TIME, ITEM(at), NULL},
	{SECTION_TICKET, "until", KEY_TIME, ITEM(until_at), NULL},
	{SECTION_MESSAGE, "text", KEY_TEXT, TEXT(text), NULL},
	{SECTION_MESSAGE, "at", KEY_TIME, TEXT(at), NULL},
	{SECTION_MESSAGE, "direction", KEY_NAME, TEXT(direction), &direction_names},
	{SECTION_MESSAGE, "author", KEY_LINE, TEXT(author), NULL},
	{SECTION_MESSAGE, "channel", KEY_NAME, TEXT(channel), &channel_names},
	{SECTION_MESSAGE, "state", KEY_NAME, TEXT(state), &message_state_names},
	{SECTION_NOTE, "text", KEY_TEXT, TEXT(text), NULL},
	{SECTION_NOTE, "at", KEY_TIME, TEXT(at), NULL},
	{SECTION_NOTE, "author", KEY_LINE, TEXT(author), NULL},
	{SECTION_REMARK, "text", KEY_TEXT, TEXT(text), NULL},
	{SECTION_REMARK, "at", KEY_TIME, TEXT(at), NULL},
	{SECTION_REMARK, "author", KEY_LINE, TEXT(author), NULL},
	{SECTION_REMARK, "pinned", KEY_NAME, TEXT(pinned), &flag_names},
};
const size_t key_info_count = ARRAY_LEN(key_infos);
