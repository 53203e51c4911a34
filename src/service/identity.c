#include "service/identity.h"

#include "base/mem.h"
#include "base/os.h"
#include "base/secret.h"
#include "core/problem.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Tokens that are in use are far fewer; two that fall together take turns. */
enum { SLOTS = 8192, HASH_TEXT = 65 };

/* What is known of a token, as of a revision of the directory. */
struct slot {
	char hash[HASH_TEXT];
	int64_t revision;
	struct token token; /* without name and hash */
	int64_t noted_at;   /* when the desk was told that it is used */
};

struct gate {
	pthread_mutex_t lock;
	struct uid_map uids;
	struct slot slots[SLOTS];
};

struct gate *gate_create(void)
{
	struct gate *gate = mem_new(NULL, struct gate);
	pthread_mutex_init(&gate->lock, NULL);
	return gate;
}

void gate_destroy(struct gate *gate)
{
	if (gate) {
		pthread_mutex_destroy(&gate->lock);
		talloc_free(gate);
	}
}

void gate_set_uids(struct gate *gate, struct uid_map map)
{
	pthread_mutex_lock(&gate->lock);
	gate->uids = map;
	pthread_mutex_unlock(&gate->lock);
}

/* --- who --- */

static bool take_operator(const void *mem, const struct operator_ *operator_,
	struct identity *identity, struct error *err)
{
	if (!operator_->enabled) {
		return problem(err, PROBLEM_DISABLED, operator_->login, NULL);
	}
	identity->operator_id = operator_->id;
	identity->role = operator_->role;
	identity->login = mem_strdup(mem, operator_->login);
	return true;
}

static bool is_himself(const char *login, const char *as, struct error *err)
{
	return !as || strcmp(as, login) == 0 || problem(err, PROBLEM_NOT_YOURS, as, NULL);
}

/* --- by uid --- */

/* On mem; NULL when the map has none. */
static char *mapped(struct gate *gate, const void *mem, unsigned uid)
{
	char *login = NULL;
	pthread_mutex_lock(&gate->lock);
	for (size_t i = 0; i < gate->uids.count && !login; i++) {
		if (gate->uids.entries[i].uid == uid) {
			login = mem_strdup(mem, gate->uids.entries[i].login);
		}
	}
	bool by_name = gate->uids.by_name;
	pthread_mutex_unlock(&gate->lock);
	return login || !by_name ? login : os_user(mem, uid);
}

bool gate_by_uid(struct gate *gate, const void *mem, const struct directory *directory,
	unsigned uid, const char *as, struct identity *identity, struct error *err)
{
	bool is_own = uid == 0 || uid == (unsigned)getuid();
	*identity = (struct identity){
		.login = "", .via = VIA_SOCKET, .is_trusted = is_own, .rights = RIGHTS_ALL};
	if (is_own && !as) {
		return true;
	}
	const char *login = is_own ? as : mapped(gate, mem, uid);
	const struct operator_ *operator_ = login ? directory_login(directory, login) : NULL;
	if (is_own && !operator_) {
		return problem(err, PROBLEM_NO_OPERATOR, as, NULL);
	}
	if (!operator_) {
		return error_set_reason(err, ERROR_DENIED, "no_uid",
			N_("this user of the machine is no operator of this desk; ask an admin to "
			   "enter you"),
			NULL);
	}
	return is_himself(login, as, err) && take_operator(mem, operator_, identity, err);
}

/* --- by token --- */

static struct slot *slot_of(struct gate *gate, const char *hash)
{
	char first[8];
	memcpy(first, hash, 7);
	first[7] = '\0';
	return &gate->slots[strtoul(first, NULL, 16) % SLOTS];
}

/* A token that was asked for at an older revision may have ended since. */
static bool recall(struct gate *gate, const char *hash, int64_t revision, struct slot *found)
{
	pthread_mutex_lock(&gate->lock);
	struct slot *slot = slot_of(gate, hash);
	bool ok = slot->revision >= revision && strcmp(slot->hash, hash) == 0;
	if (ok) {
		*found = *slot;
	}
	pthread_mutex_unlock(&gate->lock);
	return ok;
}

static void keep(struct gate *gate, struct slot *new)
{
	pthread_mutex_lock(&gate->lock);
	struct slot *slot = slot_of(gate, new->hash);
	bool is_same = strcmp(slot->hash, new->hash) == 0;
	if (is_same && slot->token.used_at > new->token.used_at) {
		new->token.used_at = slot->token.used_at;
		new->noted_at = slot->noted_at;
	}
	if (!is_same || slot->revision <= new->revision) {
		*slot = *new;
	}
	pthread_mutex_unlock(&gate->lock);
}

static bool look_up(struct gate *gate, struct store *store, const char *hash, int64_t revision,
	struct slot *found, struct error *err)
{
	void *scratch = mem_context(NULL);
	struct token token;
	bool ok = store_token_find(store, scratch, hash, &token, err);
	if (ok) {
		*found = (struct slot){
			.revision = revision, .token = token, .noted_at = token.used_at};
		memcpy(found->hash, hash, HASH_TEXT);
		found->token.name = NULL;
		found->token.hash = NULL;
		keep(gate, found);
	}
	talloc_free(scratch);
	return ok;
}

/* One sentence for all of it: whoever guesses learns nothing. */
static bool signed_out(struct error *err)
{
	return error_set_reason(err, ERROR_DENIED, "signed_out",
		N_("you are signed out, or this token is no longer good; sign in: atende sign-in"),
		NULL);
}

/* What is alive lives on. */
static void use(struct gate *gate, const char *hash, int64_t now)
{
	pthread_mutex_lock(&gate->lock);
	struct slot *slot = slot_of(gate, hash);
	if (strcmp(slot->hash, hash) == 0 && slot->token.used_at < now) {
		slot->token.used_at = now;
	}
	pthread_mutex_unlock(&gate->lock);
}

/* With the directory as it was just read; a read may have replaced it. */
static bool find(struct gate *gate, struct store *store, const char *hash, struct slot *found,
	const struct directory **directory, struct error *err)
{
	struct error problem = {0};
	int64_t now = store_now(store);
	*directory = store_directory_known(store);
	int64_t revision = (*directory)->revision;
	if (!recall(gate, hash, revision, found)) {
		if (!look_up(gate, store, hash, revision, found, &problem)) {
			*err = problem;
			return problem.code == ERROR_NOT_FOUND ? signed_out(err) : false;
		}
		*directory = store_directory_known(store);
	}
	if (token_end(&found->token, &(*directory)->settings, now) != TOKEN_ALIVE) {
		return signed_out(err);
	}
	use(gate, hash, now);
	return true;
}

/* True once every USE_NOTED_MS for each token. */
static bool is_to_be_noted(struct gate *gate, const struct slot *found, int64_t now)
{
	if (now - found->noted_at < USE_NOTED_MS) {
		return false;
	}
	pthread_mutex_lock(&gate->lock);
	struct slot *slot = slot_of(gate, found->hash);
	bool is_same = strcmp(slot->hash, found->hash) == 0;
	bool is_first = !is_same || slot->noted_at == found->noted_at;
	if (is_same && is_first) {
		slot->noted_at = now;
	}
	pthread_mutex_unlock(&gate->lock);
	return is_first;
}

bool gate_by_token(struct gate *gate, const void *mem, struct store *store, const char *token,
	const char *as, struct identity *identity, bool *note_use, struct error *err)
{
	struct slot found;
	const struct directory *directory;
	*note_use = false;
	*identity = (struct identity){.login = ""};
	if (!token_is_wellformed(token)) {
		return signed_out(err);
	}
	identity->hash = token_hash(mem, token);
	if (!find(gate, store, identity->hash, &found, &directory, err)) {
		return false;
	}
	const struct operator_ *operator_ = directory_operator(directory, found.token.operator_id);
	if (!operator_) {
		return signed_out(err);
	}
	if (!take_operator(mem, operator_, identity, err) ||
		!is_himself(operator_->login, as, err)) {
		return false;
	}
	bool is_session = found.token.kind == TOKEN_SESSION;
	identity->via = is_session ? VIA_SESSION : VIA_TOKEN;
	identity->rights =
		is_session ? RIGHTS_ALL : found.token.rights & rights_of_role(operator_->role);
	identity->token = found.token.id;
	*note_use = is_to_be_noted(gate, &found, store_now(store));
	return true;
}

bool gate_check(
	struct gate *gate, struct store *store, const struct identity *identity, struct error *err)
{
	struct slot found;
	const struct directory *directory;
	if (!identity->operator_id) {
		return true;
	}
	if (!store_directory(store, &directory, err) ||
		(identity->hash && !find(gate, store, identity->hash, &found, &directory, err))) {
		return false;
	}
	const struct operator_ *operator_ = directory_operator(directory, identity->operator_id);
	if (!operator_ || operator_->role != identity->role) {
		return signed_out(err);
	}
	return operator_->enabled || problem(err, PROBLEM_DISABLED, operator_->login, NULL);
}

/* --- what --- */

bool identity_has_right(const struct identity *identity, enum right right, struct error *err)
{
	if (identity->rights & right) {
		return true;
	}
	void *scratch = mem_context(NULL);
	error_set_reason(err, ERROR_DENIED, "right",
		N_("this token does not have the right \"{0}\"; make one that has it"),
		rights_format(scratch, right), NULL);
	talloc_free(scratch);
	return false;
}

static enum right right_of(enum change_kind kind)
{
	switch (kind) {
	case CHANGE_PASSWORD:
	case CHANGE_SESSION:
	case CHANGE_TOKEN_ADD:
	case CHANGE_TOKEN_REVOKE:
		return RIGHT_ADMIN;
	default:
		return change_kinds[kind].subject == ON_DESK ? RIGHT_MANAGE : RIGHT_WRITE;
	}
}

bool identity_may_change(
	const struct identity *identity, const struct change *change, struct error *err)
{
	if (identity->is_trusted || change->kind == CHANGE_NONE) {
		return true;
	}
	if (change->kind == CHANGE_PASSWORD) {
		return error_set_reason(err, ERROR_DENIED, "current",
			N_("a password is set by \"atende operator password\", which asks for the "
			   "present one"),
			NULL);
	}
	return identity_has_right(identity, right_of(change->kind), err);
}
