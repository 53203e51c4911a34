#ifndef ATENDE_SERVICE_IDENTITY_H
#define ATENDE_SERVICE_IDENTITY_H

#include "base/error.h"
#include "core/change.h"
#include "core/directory.h"
#include "core/token.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Who asks a server: the user of a Unix socket, or whoever shows a token. One gate a server, for
 * all its threads. What it knows of a token it asks of the desk again once the directory has
 * changed, so that a request costs no statement and a token that was revoked opens nothing any
 * more.
 */
enum via { VIA_SOCKET, VIA_SESSION, VIA_TOKEN };

struct identity {
	int64_t operator_id; /* 0: the desk itself */
	enum role role;	     /* ROLE_NONE: the desk itself, which may everything */
	const char *login;   /* "" for the desk itself */
	enum via via;
	bool is_trusted;  /* a peer with the server's own uid: may act as anyone */
	int64_t rights;	  /* bits of enum right: of a session or socket all, the role decides */
	int64_t token;	  /* its id, 0 by a socket */
	const char *hash; /* of the token, NULL by a socket */
};

/* Users of the machine that are operators. */
struct uid_entry {
	unsigned uid;
	const char *login;
};
struct uid_map {
	const struct uid_entry *entries; /* borrowed until gate_destroy or the next map */
	size_t count;
	bool by_name; /* who is in no entry is the operator of the same login */
};

struct gate;

struct gate *gate_create(void);
void gate_destroy(struct gate *gate); /* NULL is fine */
/* Counts from the next request on. */
void gate_set_uids(struct gate *gate, struct uid_map map);

/*
 * By the peer's uid. The server's own and root's may act as `as`, and are the desk itself without
 * it; any other is the operator of the map. DENIED, reason "no_uid" for a user that is none,
 * "not_yours" when he would act as another, "disabled"; NOT_FOUND for an unknown `as`. *identity
 * and what it points to on mem.
 */
bool gate_by_uid(struct gate *gate, const void *mem, const struct directory *directory,
	unsigned uid, const char *as, struct identity *identity, struct error *err);

/*
 * By a token. The store acts as the desk itself, its directory was read just before and may be gone
 * afterwards. DENIED, reason "signed_out", for a token that opens nothing (any more), whatever it
 * is, and "not_yours", "disabled" as above. *note_use: the desk shall be told (store_token_used),
 * which costs a write and so is wanted every USE_NOTED_MS at most.
 */
enum { USE_NOTED_MS = 5 * 60 * 1000 };
bool gate_by_token(struct gate *gate, const void *mem, struct store *store, const char *token,
	const char *as, struct identity *identity, bool *note_use, struct error *err);

/* Is it still who it was? For what goes on for long, after the directory has changed: store and
 * errors as above. False too, reason "signed_out", when the role is another. */
bool gate_check(
	struct gate *gate, struct store *store, const struct identity *identity, struct error *err);

/* DENIED, reason "right", with its name. The desk itself, sessions and sockets have all. */
bool identity_has_right(const struct identity *identity, enum right right, struct error *err);

/* May this change come from there at all? What the actor may the rules say. A password comes by a
 * route of its own, which asks for the present one; a token gives its rights to no other. */
bool identity_may_change(
	const struct identity *identity, const struct change *change, struct error *err);

#endif
