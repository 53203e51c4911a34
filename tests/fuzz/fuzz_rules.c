#include "fuzz.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/permission.h"
#include "core/rules.h"

#include <assert.h>
#include <string.h>

/*
 * Any sequence of changes on a desk of three tickets kept in arrays: the rules neither fail nor
 * leave a ticket that contradicts itself, and no claim is lost to anybody but a supervisor.
 */

enum { TICKETS = 3, OPERATORS = 4, FIRST_NUMBER = 1001, CUSTOMER = 7 };
#define START INT64_C(1795262400000)

static int64_t team_ids[] = {1};
static struct operator_ operators[OPERATORS] = {
	{.id = 1, .login = (char[]){"ana"}, .role = ROLE_OPERATOR},
	{.id = 2, .login = (char[]){"bruno"}, .role = ROLE_OPERATOR},
	{.id = 3, .login = (char[]){"davi"}, .role = ROLE_SUPERVISOR},
	{.id = 4, .login = (char[]){"eva"}, .role = ROLE_ADMIN},
};
static struct team teams[] = {{.id = 1, .key = (char[]){"entrega"}, .name = (char[]){"Entrega"}},
	{.id = 2, .key = (char[]){"cobranca"}, .name = (char[]){"Cobranca"}, .question_ms = 1000}};
static struct reason reasons[] = {{1, 0, (char[]){"entrega"}, (char[]){"Entrega"}, true}};
static struct target targets[] = {
	{0, CHANNEL_NONE, PRIORITY_NONE, 2 * MS_HOUR, 4 * MS_HOUR, 8 * MS_HOUR}};

struct desk {
	void *mem;
	struct directory directory;
	struct ticket tickets[TICKETS];
	struct claim claims[TICKETS];
	bool has_claim[TICKETS];
	struct message message; /* the newest of ours, and what was before it */
	struct undone undone;
	struct ticket former, former_other;
	struct attachment file;
	int64_t file_size; /* or -1: its content is not there */
	int64_t now, revision;
	const uint8_t *at, *end;
};

static uint8_t take(struct desk *desk)
{
	return desk->at < desk->end ? *desk->at++ : 0;
}

static void begin(struct desk *desk)
{
	struct directory *directory = &desk->directory;
	for (size_t i = 0; i < OPERATORS; i++) {
		operators[i].name = operators[i].login;
		operators[i].enabled = true;
		operators[i].teams = team_ids;
		operators[i].team_count = i == 1 ? 0 : 1;
		operators[i].pause_reason = (char[]){""};
	}
	*directory = (struct directory){.operator_count = OPERATORS,
		.operators = operators,
		.team_count = ARRAY_LEN(teams),
		.teams = teams,
		.reason_count = ARRAY_LEN(reasons),
		.reasons = reasons,
		.target_count = ARRAY_LEN(targets),
		.targets = targets};
	settings_init(desk->mem, &directory->settings);
	desk->now = START;
	desk->revision = 100;
	desk->file.name = mem_strdup(desk->mem, "x.png");
	for (int i = 0; i < TICKETS; i++) {
		desk->tickets[i] = (struct ticket){.number = FIRST_NUMBER + i,
			.state = TICKET_OPEN,
			.subject = mem_strdup(desk->mem, "x"),
			.customer = CUSTOMER,
			.channel = CHANNEL_EMAIL,
			.priority = PRIORITY_NORMAL,
			.opened_at = START - 5,
			.run_at = START - 5,
			.waiting_since = START - 5,
			.answer_due_at = START + MS_HOUR,
			.resolve_due_at = DUE_NEVER,
			.due_at = START + MS_HOUR,
			.newest_public = 10 + i,
			.message_count = 1,
			.tags = mem_strdup(desk->mem, ""),
			.ref = mem_strdup(desk->mem, "")};
	}
}

static int index_of(int64_t number)
{
	return number >= FIRST_NUMBER && number < FIRST_NUMBER + TICKETS
		       ? (int)(number - FIRST_NUMBER)
		       : -1;
}

/* --- a change from bytes: only fields that its kind takes --- */

static void set_number(struct desk *desk, struct change *change, enum change_field field)
{
	const struct change_field_info *info = &change_fields[field];
	char *at = (char *)change + info->offset;
	uint8_t byte = take(desk);
	switch (info->type) {
	case FIELD_TEXT:
	case FIELD_LINE:
		*(const char **)at = byte % 4 ? "entrega" : "ana@x.br";
		break;
	case FIELD_ID:
		*(int64_t *)at = field == F_OTHER ? FIRST_NUMBER + byte % 4 : byte % 5;
		break;
	case FIELD_INT:
		*(int64_t *)at = byte * 1000;
		break;
	case FIELD_TIME:
		*(int64_t *)at = desk->now + (byte - 100) * (int64_t)MS_MINUTE;
		break;
	case FIELD_NAME:
		*(int *)at = byte % 4;
		break;
	case FIELD_FILES:
		*(struct attachment_list *)at = (struct attachment_list){byte % 2, &desk->file};
		break;
	}
}

static struct change next_change(struct desk *desk)
{
	struct change change = {
		.id = {{1}}, .kind = (enum change_kind)(1 + take(desk) % (CHANGE_KINDS - 1))};
	const struct change_kind_info *info = &change_kinds[change.kind];
	uint8_t who = take(desk);
	change.actor = info->role == ROLE_NONE ? who % 2 : who % (OPERATORS + 1);
	change.ticket = FIRST_NUMBER + take(desk) % TICKETS;
	change.customer = info->subject == ON_CUSTOMER ? CUSTOMER : 0;
	for (int field = 0; field < CHANGE_FIELDS; field++) {
		bool wanted = info->required & FIELD_BIT(field);
		if (wanted || ((info->optional & FIELD_BIT(field)) && take(desk) % 2)) {
			set_number(desk, &change, (enum change_field)field);
		}
	}
	if (change.generation) {
		int i = index_of(change.ticket);
		change.generation = desk->claims[i].generation + change.generation % 2;
	}
	if (change.seen) {
		change.seen = desk->tickets[index_of(change.ticket)].newest_public;
	}
	if (change.undo) {
		change.undo = desk->undone.revision;
	}
	return change;
}

/* --- facts, as a store loads them --- */

static struct facts facts_of(struct desk *desk, const struct change *change,
	const struct customer *customer, struct message *message)
{
	struct facts facts = {.directory = &desk->directory,
		.now = desk->now,
		.revision = desk->revision,
		.actor = directory_operator(&desk->directory, change->actor),
		.customer = customer,
		.address_owner = change->kind == CHANGE_RECEIVE ? CUSTOMER : 0,
		.blob_sizes = &desk->file_size,
		.next_number = FIRST_NUMBER + TICKETS};
	int i = index_of(change->ticket);
	int other = index_of(change->other);
	facts.ticket = &desk->tickets[i];
	facts.claim = desk->has_claim[i] ? &desk->claims[i] : NULL;
	if (other >= 0) {
		facts.other_ticket = &desk->tickets[other];
		facts.other_claim = desk->has_claim[other] ? &desk->claims[other] : NULL;
	}
	for (int k = 0; k < TICKETS; k++) {
		bool live = desk->has_claim[k] && claim_is_live(&desk->claims[k], desk->now);
		bool own = live && desk->claims[k].operator_id == change->actor;
		facts.claims_held += own && k != i;
		facts.cover = live && !own && k != i ? &desk->claims[k] : facts.cover;
	}
	if (change->kind == CHANGE_UNDO && desk->undone.revision) {
		facts.undone = &desk->undone;
		facts.message = desk->message.id == desk->undone.revision ? &desk->message : NULL;
	} else if (change->kind == CHANGE_SPLIT) {
		facts.message = message;
	}
	return facts;
}

/* --- what must hold --- */

static void check_ticket(const struct ticket *ticket)
{
	assert(ticket->state >= TICKET_OPEN && ticket->state <= TICKET_DISCARDED);
	assert(ticket->priority >= PRIORITY_URGENT && ticket->priority <= PRIORITY_LOW);
	assert(ticket->waiting_since != 0);
	assert(ticket->run_at != 0 || ticket->answer_due_at == DUE_NEVER);
	assert(ticket->due_at == ticket_due(ticket));
	assert(ticket->message_count >= 0 && ticket->note_count >= 0);
	assert(ticket->tags && ticket->subject && ticket->ref);
	bool is_over = ticket->state == TICKET_RESOLVED || ticket->state == TICKET_DISCARDED;
	assert(!is_over || ticket->run_at == 0);
	assert(ticket->state != TICKET_RESOLVED || ticket->resolved_at != 0);
	assert(ticket->state != TICKET_WAITING || ticket->waited_at != 0);
	assert(ticket->state != TICKET_SNOOZED || ticket->snoozed_until != 0);
	assert(ticket->state == TICKET_DISCARDED || ticket->merged_into == 0);
	bool waits = ticket->state == TICKET_OPEN && ticket->run_at;
	assert(!waits || ticket->waiting_since == ticket->run_at);
}

static void check_claim(const struct desk *desk, const struct change *change,
	const struct facts *facts, const struct decision *out)
{
	bool is_anothers = claim_is_live(facts->claim, desk->now) &&
			   facts->claim->operator_id != change->actor;
	if (out->claim_step == CLAIM_TAKE) {
		assert(out->claim.operator_id == change->actor && change->actor != 0);
		assert(out->claim.expires_at > desk->now);
		assert(!is_anothers || change->kind == CHANGE_TAKE_OVER);
		assert(facts->claims_held < desk->directory.settings.max_claims ||
			out->claim.generation != desk->revision);
		assert(!facts->cover || out->claim.separate ||
			out->claim.generation != desk->revision);
	}
	assert(out->claim_step != CLAIM_END || !is_anothers);
	if (change->kind == CHANGE_REPLY) {
		assert(!is_anothers && out->claim_step != CLAIM_TAKE);
	}
	if (out->writes & WRITE_WORKED) {
		assert(out->worked_operator && out->worked_from < out->worked_to);
	}
}

/* --- writing --- */

static void keep_undone(struct desk *desk, const struct change *change, const struct facts *facts,
	const struct decision *out)
{
	desk->undone = (struct undone){.kind = change->kind,
		.revision = desk->revision,
		.actor = change->actor,
		.ticket = change->ticket,
		.other = change->other,
		.at = desk->now,
		.former_public = facts->ticket->newest_public,
		.former_is_ours = facts->ticket->newest_is_ours};
	desk->former = *facts->ticket;
	desk->undone.former = &desk->former;
	if (facts->other_ticket && (out->writes & WRITE_OTHER_TICKET)) {
		desk->former_other = *facts->other_ticket;
		desk->undone.former_other = &desk->former_other;
	}
	if (out->writes & WRITE_MESSAGE) {
		desk->message = out->message;
	}
}

static void write_ticket(struct desk *desk, const struct ticket *ticket)
{
	check_ticket(ticket);
	int i = index_of(ticket->number);
	if (i >= 0) {
		desk->tickets[i] = *ticket;
	}
}

static void apply(struct desk *desk, const struct change *change, const struct facts *facts,
	const struct decision *out)
{
	int i = index_of(change->ticket);
	struct facts before = *facts;
	struct ticket ticket = *facts->ticket;
	before.ticket = &ticket;
	if (change->kind == CHANGE_UNDO) {
		desk->undone = (struct undone){0};
	} else if (change_kinds[change->kind].subject == ON_TICKET) {
		keep_undone(desk, change, &before, out);
	}
	if (out->writes & WRITE_TICKET) {
		write_ticket(desk, &out->ticket);
	}
	if (out->writes & WRITE_OTHER_TICKET) {
		write_ticket(desk, &out->other_ticket);
	}
	if (out->claim_step == CLAIM_TAKE) {
		desk->claims[i] = out->claim;
		desk->has_claim[i] = true;
	} else if (out->claim_step == CLAIM_END) {
		desk->has_claim[i] = false;
	} else if (out->claim_step == CLAIM_MARK_EXPIRED) {
		desk->claims[i].is_logged = true;
	}
}

static void step(struct desk *desk)
{
	struct change change = next_change(desk);
	struct customer customer = {.id = CUSTOMER,
		.name = mem_strdup(desk->mem, "x"),
		.shared = take(desk) % 8 == 7,
		.ref = mem_strdup(desk->mem, "")};
	struct message message = {.id = 50,
		.ticket = change.ticket,
		.direction = take(desk) % 2 ? DIRECTION_IN : DIRECTION_OUT,
		.at = START - 4};
	struct facts facts = facts_of(desk, &change, &customer, &message);
	struct decision out;
	struct error err = {0};
	if (change_validate(&change, &err) &&
		change_decide(desk->mem, &change, &facts, &out, &err)) {
		check_claim(desk, &change, &facts, &out);
		apply(desk, &change, &facts, &out);
		desk->revision++;
	} else {
		assert(err.code != ERROR_NONE && err.reason && err.text);
	}
	desk->now += take(desk) * INT64_C(3000);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct desk desk = {.mem = mem_context(NULL), .at = bytes, .end = bytes + size};
	begin(&desk);
	for (int steps = 0; desk.at < desk.end && steps < 200; steps++) {
		step(&desk);
	}
	talloc_free(desk.mem);
	return 0;
}
