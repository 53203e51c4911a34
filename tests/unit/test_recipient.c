#include "test.h"

#include "base/mem.h"
#include "core/recipient.h"

/* Where a reply goes that does not say it. */

static struct address addresses[] = {
	{.kind = ADDRESS_CPF, .value = (char *)"123.456.789-09"},
	{.kind = ADDRESS_EMAIL, .value = (char *)"casa@exemplo.com"},
	{.kind = ADDRESS_PHONE, .value = (char *)"+5511987654321"},
	{.kind = ADDRESS_EMAIL, .value = (char *)"trabalho@exemplo.com"},
	{.kind = ADDRESS_HANDLE, .value = (char *)"@joao"},
};

static void the_usual_address_is_where_it_came_from(void **state)
{
	(void)state;
	static const struct {
		enum channel channel;
		const char *last, *usual;
	} all[] = {
		{CHANNEL_EMAIL, NULL, "casa@exemplo.com"},
		{CHANNEL_EMAIL, "", "casa@exemplo.com"},
		{CHANNEL_EMAIL, "trabalho@exemplo.com", "trabalho@exemplo.com"},
		{CHANNEL_EMAIL, "+5511987654321", "casa@exemplo.com"},	 /* the channel changed */
		{CHANNEL_EMAIL, "gone@exemplo.com", "casa@exemplo.com"}, /* his no more */
		{CHANNEL_WHATSAPP, NULL, "+5511987654321"},
		{CHANNEL_PHONE, "casa@exemplo.com", "+5511987654321"},
		{CHANNEL_CHAT, "@joao", "@joao"},
		{CHANNEL_CHAT, NULL, "casa@exemplo.com"},
		{CHANNEL_CHAT, "123.456.789-09", "casa@exemplo.com"},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		const struct address *usual = recipient_usual(
			all[i].channel, all[i].last, addresses, ARRAY_LEN(addresses));
		assert_non_null(usual);
		assert_string_equal(usual->value, all[i].usual);
	}
	assert_null(recipient_usual(CHANNEL_EMAIL, NULL, addresses, 1));
	assert_null(recipient_usual(CHANNEL_PHONE, "casa@exemplo.com", addresses, 2));
}

static void the_newest_incoming_message_counts(void **state)
{
	(void)state;
	struct message messages[] = {
		{.direction = DIRECTION_IN, .address = (char *)"casa@exemplo.com"},
		{.direction = DIRECTION_IN, .address = (char *)"trabalho@exemplo.com"},
		{.direction = DIRECTION_OUT, .address = (char *)"casa@exemplo.com"},
		{.direction = DIRECTION_IN, .address = (char *)""},
	};
	struct ticket_view view = {.message_count = ARRAY_LEN(messages),
		.messages = messages,
		.customer = {.address_count = ARRAY_LEN(addresses), .addresses = addresses}};
	assert_string_equal(recipient_of_view(&view, CHANNEL_EMAIL)->value, "trabalho@exemplo.com");
	view.message_count = 0;
	assert_string_equal(recipient_of_view(&view, CHANNEL_EMAIL)->value, "casa@exemplo.com");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_usual_address_is_where_it_came_from),
		cmocka_unit_test(the_newest_incoming_message_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
