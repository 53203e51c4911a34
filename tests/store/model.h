#ifndef ATENDE_TESTS_STORE_MODEL_H
#define ATENDE_TESTS_STORE_MODEL_H

#include "core/rules.h"

/*
 * A desk in memory, as plain as can be: arrays, looked through from end to end. It asks the same
 * rules as the stores; what they know when they decide, and what becomes of what they say, it works
 * out by itself.
 */
enum { MODEL_FIRST = 1001 };

struct model_entry { /* of the log, by revision */
	enum change_kind kind;
	int64_t actor, ticket, customer, other, at;
	bool is_undone;
	struct ticket former, former_other;
	bool has_former, has_former_other;
};

struct model_moved {
	int64_t revision, id, former;
	char what; /* message, note, ticket, address */
};

/* Files: which text has which. */
struct model_file {
	int64_t text;
	char *name, *blob;
};

struct model_mention {
	int64_t operator_id, ticket;
};

struct model {
	const struct directory *directory;
	int64_t newest_at;
	size_t ticket_count, customer_count, message_count, note_count, entry_count, moved_count,
		address_count, mention_count, blob_count, file_count;
	struct ticket *tickets;	    /* MODEL_FIRST + index */
	struct claim *claims;	    /* of each; operator_id 0: none */
	struct customer *customers; /* id: index + 1 */
	struct message *messages;
	struct note *notes;
	struct model_entry *entries; /* revision: index + 1 */
	struct model_moved *moved;
	struct address *addresses; /* oldest first; id: index + 1 */
	struct model_mention *mentions;
	char **blobs; /* keys of what was put */
	struct model_file *files;
};

/* On mem; begins at this revision, as if all before it had been of the directory. */
struct model *model_create(
	const void *mem, const struct directory *directory, int64_t revision, int64_t newest_at);

/* One transaction of one change: what is due first, as who writes next logs it. */
struct result model_apply(struct model *model, const struct change *change, int64_t now);

/* The content of a file is there from now on. */
void model_put(struct model *model, const char *key);

/* NULL: there is none. */
struct ticket *model_ticket(const struct model *model, int64_t number);
struct claim *model_claim(const struct model *model, int64_t number);
struct customer *model_customer(const struct model *model, int64_t id);
struct message *model_message(const struct model *model, int64_t id);

/* What the rules are told of a change at this time; an undo gets the ticket of what it undoes. */
void model_facts(const struct model *model, struct change *change, struct undone *undone,
	struct facts *facts, int64_t now);

#endif
