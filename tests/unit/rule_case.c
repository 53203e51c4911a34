#include "rule_case.h"

#include "base/mem.h"

#include <string.h>

static void add_operators(struct rule_case *c)
{
	static const struct {
		const char *login;
		enum role role;
		int64_t team;
	} people[] = {{"ana", ROLE_OPERATOR, ENTREGA}, {"bruno", ROLE_OPERATOR, ENTREGA},
		{"carla", ROLE_OPERATOR, COBRANCA}, {"davi", ROLE_SUPERVISOR, ENTREGA},
		{"eva", ROLE_ADMIN, 0}};
	c->directory.operator_count = ARRAY_LEN(people);
	c->directory.operators = mem_array(c->mem, struct operator_, ARRAY_LEN(people));
	for (size_t i = 0; i < ARRAY_LEN(people); i++) {
		c->directory.operators[i] = (struct operator_){.id = (int64_t)i + 1,
			.login = mem_strdup(c->mem, people[i].login),
			.name = mem_strdup(c->mem, people[i].login),
			.role = people[i].role,
			.enabled = true,
			.team_count = people[i].team ? 1 : 0,
			.teams = mem_dup(c->mem, &people[i].team, sizeof people[i].team),
			.pause_reason = mem_strdup(c->mem, "")};
	}
}

static void add_rest(struct rule_case *c)
{
	struct directory *directory = &c->directory;
	directory->team_count = 2;
	directory->teams = mem_array(c->mem, struct team, 2);
	directory->teams[0] = (struct team){
		ENTREGA, mem_strdup(c->mem, "entrega"), mem_strdup(c->mem, "Entrega"), 0, 0};
	directory->teams[1] = (struct team){COBRANCA, mem_strdup(c->mem, "cobranca"),
		mem_strdup(c->mem, "Cobrança"), 0, HOURS(1)};
	directory->reason_count = 2;
	directory->reasons = mem_array(c->mem, struct reason, 2);
	directory->reasons[0] = (struct reason){
		1, 0, mem_strdup(c->mem, "entrega"), mem_strdup(c->mem, "Entrega"), true};
	directory->reasons[1] = (struct reason){
		2, 1, mem_strdup(c->mem, "atraso"), mem_strdup(c->mem, "Atraso"), true};
	directory->target_count = 2;
	directory->targets = mem_array(c->mem, struct target, 2);
	directory->targets[0] =
		(struct target){0, CHANNEL_NONE, PRIORITY_NONE, HOURS(2), HOURS(4), HOURS(8)};
	directory->targets[1] =
		(struct target){0, CHANNEL_NONE, PRIORITY_URGENT, MINUTES(30), 0, 0};
	settings_init(c->mem, &directory->settings);
}

static struct ticket open_ticket(struct rule_case *c, int64_t number)
{
	return (struct ticket){.number = number,
		.state = TICKET_OPEN,
		.subject = mem_strdup(c->mem, "Where is my order"),
		.customer = CUSTOMER,
		.channel = CHANNEL_EMAIL,
		.team = ENTREGA,
		.priority = PRIORITY_NORMAL,
		.opened_at = NOW - HOURS(1),
		.run_at = NOW - HOURS(1),
		.waiting_since = NOW - HOURS(1),
		.answer_due_at = NOW + HOURS(1),
		.resolve_due_at = NOW + HOURS(7),
		.due_at = NOW + HOURS(1),
		.newest_public = 500,
		.message_count = 1,
		.tags = mem_strdup(c->mem, ""),
		.ref = mem_strdup(c->mem, ""),
		.revision = 500};
}

int rule_case_setup(void **state)
{
	struct rule_case *c = mem_new(NULL, struct rule_case);
	c->mem = c;
	add_operators(c);
	add_rest(c);
	c->ticket = open_ticket(c, 1001);
	c->customer = (struct customer){.id = CUSTOMER,
		.name = mem_strdup(c->mem, "João Lima"),
		.created_at = NOW - HOURS(100),
		.ref = mem_strdup(c->mem, "")};
	c->other_ticket = open_ticket(c, 1002);
	c->other_customer = c->customer;
	c->other_customer.id = OTHER_CUSTOMER;
	c->facts = (struct facts){.directory = &c->directory,
		.now = NOW,
		.revision = REVISION,
		.ticket = &c->ticket,
		.customer = &c->customer,
		.next_number = 1100};
	act_as(c, ANA);
	*state = c;
	return 0;
}

int rule_case_teardown(void **state)
{
	talloc_free(*state);
	return 0;
}

void act_as(struct rule_case *c, int64_t operator_id)
{
	c->facts.actor = directory_operator(&c->directory, operator_id);
}

void hold(struct rule_case *c, int64_t operator_id, bool live)
{
	c->claim = (struct claim){.ticket = 1001,
		.customer = CUSTOMER,
		.operator_id = operator_id,
		.generation = 800,
		.since = NOW - MINUTES(3),
		.expires_at = NOW + (live ? MINUTES(1) : -MINUTES(1))};
	c->facts.claim = &c->claim;
}

void cover(struct rule_case *c, int64_t operator_id)
{
	c->cover = (struct claim){.ticket = 1002,
		.customer = CUSTOMER,
		.operator_id = operator_id,
		.generation = 700,
		.since = NOW - MINUTES(5),
		.expires_at = NOW + MINUTES(1)};
	c->facts.cover = &c->cover;
}

static struct change completed(const struct rule_case *c, struct change change)
{
	change.id = (struct uuid){{1, 2, 3}};
	change.actor = c->facts.actor ? c->facts.actor->id : 0;
	bool on_ticket = change_kinds[change.kind].subject == ON_TICKET;
	if (on_ticket && change.kind != CHANGE_NEW && change.ticket == 0) {
		change.ticket = 1001;
	}
	if (change_kinds[change.kind].subject == ON_CUSTOMER && change.customer == 0) {
		change.customer = CUSTOMER;
	}
	return change;
}

void accept(struct rule_case *c, struct change change)
{
	struct change *whole = mem_new(c->mem, struct change);
	*whole = completed(c, change);
	c->err = (struct error){0};
	if (!change_validate(whole, &c->err) ||
		!change_decide(c->mem, whole, &c->facts, &c->out, &c->err)) {
		fail_msg("refused: %s (%s, %s)", c->err.reason, c->err.arg[0], c->err.arg[1]);
	}
}

void refuse(struct rule_case *c, struct change change, const char *reason)
{
	struct change *whole = mem_new(c->mem, struct change);
	*whole = completed(c, change);
	c->err = (struct error){0};
	if (change_validate(whole, &c->err) &&
		change_decide(c->mem, whole, &c->facts, &c->out, &c->err)) {
		fail_msg("not refused; should be: %s", reason);
	}
	assert_string_equal(c->err.reason ? c->err.reason : "", reason);
}

void go_on(struct rule_case *c)
{
	if (c->out.writes & WRITE_TICKET) {
		c->former = c->ticket;
		c->ticket = c->out.ticket;
	}
	if (c->out.writes & WRITE_OTHER_TICKET) {
		c->former_other = c->other_ticket;
		c->other_ticket = c->out.other_ticket;
	}
	if (c->out.writes & WRITE_CUSTOMER) {
		c->customer = c->out.customer;
	}
	if (c->out.writes & (WRITE_MESSAGE | WRITE_MESSAGE_STATE)) {
		c->message = c->out.message;
		c->facts.message = &c->message;
	}
	if (c->out.claim_step == CLAIM_TAKE) {
		c->claim = c->out.claim;
		c->facts.claim = &c->claim;
	} else if (c->out.claim_step == CLAIM_END) {
		c->facts.claim = NULL;
	}
	c->facts.now += MS_MINUTE;
	c->facts.revision++;
}
