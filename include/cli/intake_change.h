#ifndef ATENDE_CLI_INTAKE_CHANGE_H
#define ATENDE_CLI_INTAKE_CHANGE_H

#include "cli/intake.h"

/* The changes that an item becomes, with their ids. */

/* A list of changes to be applied together, and whose each is. */
struct intake_list {
	void *mem;
	size_t count;
	struct change *changes;
	size_t *owners; /* indexes of items */
	struct result *results;
};

void intake_customer_changes(struct intake *intake, struct intake_list *list, size_t owner);
void intake_address_changes(struct intake *intake, struct intake_list *list, size_t owner);
void intake_ticket_changes(struct intake *intake, struct intake_list *list, size_t owner);
void intake_text_changes(struct intake *intake, struct intake_list *list, size_t owner);
void intake_state_changes(struct intake *intake, struct intake_list *list, size_t owner);

/* The first message of an item; item.text_count without one. */
size_t intake_first_message(const struct import_item *item);

#endif
