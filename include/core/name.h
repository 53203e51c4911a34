#ifndef ATENDE_CORE_NAME_H
#define ATENDE_CORE_NAME_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The words of enumerations: the same in schema, JSON, command line and documents. A table has a
 * word for each value from 0 on; an empty word marks a value that cannot be named ("none").
 */
struct name_table {
	const char *what; /* "channel": for messages */
	const char *const *words;
	size_t count;
	const char *const
		*said; /* N_(): what people are shown instead; NULL: the words themselves */
};

const char *name_of(const struct name_table *table, int value); /* "" when out of range */
/* What people are shown: an msgid, "" when there is nothing to show. */
const char *name_said(const struct name_table *table, int value);
bool name_find(const struct name_table *table, const char *word, int *value);
/* "email, phone, counter": all words, for messages and help, on mem. */
char *name_list(const void *mem, const struct name_table *table);

extern const struct name_table channel_names;
extern const struct name_table ticket_state_names;
extern const struct name_table direction_names;
extern const struct name_table message_state_names;
extern const struct name_table priority_names;
extern const struct name_table role_names;
extern const struct name_table outcome_names;
extern const struct name_table contact_outcome_names;
extern const struct name_table discard_names;
extern const struct name_table address_kind_names;
extern const struct name_table draft_kind_names;
extern const struct name_table flag_names;

#endif
