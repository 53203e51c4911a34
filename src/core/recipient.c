#include "core/recipient.h"

#include <string.h>

bool recipient_suits(enum address_kind kind, enum channel channel)
{
	switch (channel) {
	case CHANNEL_EMAIL:
		return kind == ADDRESS_EMAIL;
	case CHANNEL_PHONE:
	case CHANNEL_WHATSAPP:
		return kind == ADDRESS_PHONE;
	default:
		return kind == ADDRESS_EMAIL || kind == ADDRESS_PHONE || kind == ADDRESS_HANDLE;
	}
}

static const struct address *first_that_suits(
	enum channel channel, const char *value, const struct address *addresses, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (recipient_suits(addresses[i].kind, channel) &&
			(!value || strcmp(addresses[i].value, value) == 0)) {
			return &addresses[i];
		}
	}
	return NULL;
}

const struct address *recipient_usual(
	enum channel channel, const char *last, const struct address *addresses, size_t count)
{
	const struct address *found =
		last && *last ? first_that_suits(channel, last, addresses, count) : NULL;
	return found ? found : first_that_suits(channel, NULL, addresses, count);
}

const struct address *recipient_of_view(const struct ticket_view *view, enum channel channel)
{
	const char *last = NULL;
	for (size_t i = 0; i < view->message_count; i++) {
		const struct message *message = &view->messages[i];
		if (message->direction == DIRECTION_IN && *message->address) {
			last = message->address;
		}
	}
	return recipient_usual(
		channel, last, view->customer.addresses, view->customer.address_count);
}
