#include "chance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/mention.h"
#include "core/permission.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static const char *const people[] = {"ana", "bruno", "carla", "davi", "eva"};

uint64_t chance(uint64_t *state, uint64_t below)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (*state >> 33) % below;
}

/* --- changes --- */

struct dice {
	struct fixture *f;
	uint64_t *state;
	int64_t newest; /* ticket number */
	int64_t asked;	/* the newest question and its ticket */
	int64_t asked_on;
};

static const char *somebody(struct dice *dice)
{
	return people[chance(dice->state, ARRAY_LEN(people))];
}

static int64_t some_team(struct dice *dice)
{
	const int64_t teams[] = {TEAM_NONE, dice->f->entrega, dice->f->cobranca};
	return teams[chance(dice->state, ARRAY_LEN(teams))];
}

static int64_t soon(struct dice *dice)
{
	return dice->f->now + (1 + (int64_t)chance(dice->state, 300)) * MS_MINUTE;
}

static struct change make_new(struct dice *dice)
{
	static const char *const subjects[] = {
		"Cobrança em dobro", "Não recebi", "Troca de cor", "Nota fiscal", "Senha"};
	const char *address =
		mem_printf(dice->f, "cliente%d@exemplo.com.br", (int)chance(dice->state, 40));
	return (struct change){.kind = CHANGE_NEW,
		.channel = CHANNEL_EMAIL,
		.address = address,
		.subject = subjects[chance(dice->state, ARRAY_LEN(subjects))],
		.text = "Podem verificar, por favor?",
		.priority = 1 + (int)chance(dice->state, 4),
		.team = some_team(dice)};
}

static struct change make_reply(struct dice *dice)
{
	return (struct change){.kind = CHANGE_REPLY,
		.text = "Já estamos verificando.",
		.outcome = 1 + (int)chance(dice->state, 3),
		.seen = INT64_MAX};
}

static struct change make_note(struct dice *dice)
{
	return (struct change){
		.kind = CHANGE_NOTE, .text = mem_printf(dice->f, "@%s confirma?", somebody(dice))};
}

static struct change make_transfer(struct dice *dice)
{
	struct change change = {.kind = CHANGE_TRANSFER, .team = some_team(dice)};
	if (chance(dice->state, 2)) {
		change.operator_id = fixture_id(dice->f, somebody(dice));
	}
	return change;
}

static struct change make_other(struct dice *dice)
{
	struct change changes[] = {
		{.kind = CHANGE_RECEIVE, .text = "Alguém?"},
		{.kind = CHANGE_RECEIVE, .text = "Obrigado"},
		{.kind = CHANGE_CLAIM},
		{.kind = CHANGE_CLAIM, .separate = FLAG_YES},
		{.kind = CHANGE_RELEASE},
		{.kind = CHANGE_WAIT},
		{.kind = CHANGE_RESOLVE},
		{.kind = CHANGE_REOPEN},
		{.kind = CHANGE_SNOOZE, .until_at = soon(dice)},
		{.kind = CHANGE_SNOOZE, .until_at = soon(dice)},
		{.kind = CHANGE_DISCARD, .discard = DISCARD_SPAM},
		{.kind = CHANGE_PRIORITY, .priority = 1 + (int)chance(dice->state, 4)},
		{.kind = CHANGE_TAG, .key = "vip"},
		{.kind = CHANGE_ASK_FOR},
		{.kind = CHANGE_HAND_OVER, .operator_id = fixture_id(dice->f, somebody(dice))},
	};
	return changes[chance(dice->state, ARRAY_LEN(changes))];
}

static struct change make_change(struct dice *dice)
{
	switch (dice->newest < FIRST_TICKET + 5 ? 0 : chance(dice->state, 12)) {
	case 0:
	case 1:
		return make_new(dice);
	case 2:
	case 3:
		return make_reply(dice);
	case 4:
		return make_note(dice);
	case 5:
		return make_transfer(dice);
	case 6:
		return (struct change){
			.kind = CHANGE_ASK, .team = some_team(dice), .text = "Já saiu?"};
	case 7:
		return (struct change){.kind = CHANGE_ANSWER_QUESTION,
			.ticket = dice->asked_on,
			.question = dice->asked,
			.text = "Saiu ontem."};
	default:
		return make_other(dice);
	}
}

void chance_memos(struct fixture *f, uint64_t *state, int count)
{
	struct dice dice = {.f = f, .state = state};
	for (int i = 0; i < count; i++) {
		struct change change = {.kind = CHANGE_MEMO, .text = "Me ajuda?"};
		const char *to = chance(state, 4) ? somebody(&dice) : NULL;
		change.operator_id = to ? fixture_id(f, to) : 0;
		change.team = to || chance(state, 2) ? 0 : f->entrega;
		fixture_try(f, somebody(&dice), change);
	}
}

void chance_changes(struct fixture *f, uint64_t *state, int count)
{
	struct dice dice = {.f = f, .state = state};
	for (int i = 0; i < count; i++) {
		struct change change = make_change(&dice);
		if (change.kind == CHANGE_ANSWER_QUESTION && !dice.asked) {
			continue;
		}
		if (change.kind != CHANGE_NEW && change.kind != CHANGE_ANSWER_QUESTION) {
			change.ticket =
				FIRST_TICKET +
				(int64_t)chance(state, (uint64_t)(dice.newest - FIRST_TICKET + 1));
		}
		const char *login = change.kind == CHANGE_RECEIVE ? "davi" : somebody(&dice);
		struct result result = fixture_try(f, login, change);
		if (result.ok && result.ticket > dice.newest) {
			dice.newest = result.ticket;
		}
		if (result.ok && change.kind == CHANGE_ASK) {
			dice.asked = result.revision;
			dice.asked_on = change.ticket;
		}
		f->now += (int64_t)chance(state, 4 * MS_MINUTE);
	}
}

static struct attachment some_file(struct dice *dice)
{
	int which = (int)chance(dice->state, 12);
	char *text = mem_printf(dice->f, "conteúdo %d", which);
	struct attachment file = {.name = mem_printf(dice->f, "nota %d.txt", which),
		.media_type = mem_strdup(dice->f, "text/plain")};
	struct error err = {0};
	assert_true(store_blob_put(dice->f->desk, dice->f, text, strlen(text), &file.blob, &err));
	return file;
}

void chance_files(struct fixture *f, uint64_t *state, int count)
{
	struct dice dice = {.f = f, .state = state};
	int64_t number = fixture_ticket(f, "arquivos@exemplo.com.br", "entrega");
	struct error err = {0};
	for (int i = 0; i < count; i++) {
		struct attachment files[] = {some_file(&dice), some_file(&dice)};
		struct change change = {.kind = i % 2 ? CHANGE_RECEIVE : CHANGE_NOTE,
			.ticket = number,
			.text = "Segue",
			.attachments = {1 + chance(state, 2), files}};
		fixture_do(f, "davi", change);
	}
	struct attachment file = some_file(&dice);
	struct draft draft = {.ticket = number,
		.kind = DRAFT_REPLY,
		.text = (char *)"Segue anexo",
		.address = (char *)"arquivos@exemplo.com.br",
		.attachments = {1, &file}};
	assert_true(store_draft_save(fixture_as(f, "davi"), &draft, &err));
}

/* --- what should be there --- */

struct plain *plain_load(struct fixture *f)
{
	struct plain *plain = mem_new(f, struct plain);
	for (int64_t number = FIRST_TICKET;; number++) {
		struct ticket_view view;
		struct error err = {0};
		if (!store_ticket(f->desk, plain, number, &view, &err)) {
			assert_int_equal(err.code, ERROR_NOT_FOUND);
			return plain;
		}
		plain->views = mem_grow(plain, plain->views, struct ticket_view, plain->count + 1);
		plain->views[plain->count++] = view;
	}
}

const struct ticket_view *plain_view(const struct plain *plain, int64_t number)
{
	return &plain->views[number - FIRST_TICKET];
}

static const struct operator_ *person(
	struct fixture *f, const char *login, const struct directory **directory)
{
	struct error err = {0};
	assert_true(store_directory(f->desk, directory, &err));
	return directory_login(*directory, login);
}

/* The newest note that mentions him, 0: none. */
static int64_t mentioned_by(struct fixture *f, const struct ticket_view *view, const char *login)
{
	const struct directory *directory;
	const struct operator_ *operator_ = person(f, login, &directory);
	int64_t newest = 0;
	for (size_t i = 0; i < view->note_count; i++) {
		int64_t *ids;
		size_t count = mention_find(f, view->notes[i].text, directory, &ids);
		for (size_t k = 0; k < count; k++) {
			newest = ids[k] == operator_->id ? view->notes[i].id : newest;
		}
	}
	return newest;
}

static int64_t asked_by(
	struct fixture *f, const struct ticket_view *view, const char *login, bool only_open)
{
	const struct directory *directory;
	const struct operator_ *operator_ = person(f, login, &directory);
	int64_t newest = 0;
	for (size_t i = 0; i < view->question_count; i++) {
		const struct question *question = &view->questions[i];
		bool counts = !only_open || question->answered_at == 0;
		if (counts && operator_in_team(operator_, question->team)) {
			newest = question->id;
		}
	}
	return newest;
}

static bool sees(struct fixture *f, const char *login, const struct ticket_view *view,
	bool only_open_questions)
{
	const struct directory *directory;
	bool is_involved =
		mentioned_by(f, view, login) || asked_by(f, view, login, only_open_questions);
	return permission_sees_ticket(
		person(f, login, &directory), &view->row.ticket, &view->row.claim, is_involved);
}

bool plain_sees(struct fixture *f, const char *login, const struct ticket_view *view)
{
	return sees(f, login, view, false);
}

/* Once a team has answered, the ticket of the other team leaves its lists. */
static bool is_listed(struct fixture *f, const char *login, const struct queue_query *query,
	const struct ticket_view *view)
{
	bool by_state = query->list != LIST_ANSWERED && query->list != LIST_MENTIONS &&
			query->list != LIST_DISCARDED;
	return sees(f, login, view, by_state);
}

static bool is_covered(
	struct fixture *f, const struct plain *plain, const struct ticket_view *view, int64_t actor)
{
	for (size_t i = 0; i < plain->count; i++) {
		const struct ticket_row *other = &plain->views[i].row;
		if (other->ticket.number != view->row.ticket.number &&
			other->ticket.customer == view->row.ticket.customer &&
			claim_is_live(&other->claim, f->now) && other->claim.operator_id != actor) {
			return true;
		}
	}
	return false;
}

static int64_t answered_by(const struct ticket_view *view, int64_t actor)
{
	int64_t newest = 0;
	for (size_t i = 0; i < view->message_count; i++) {
		const struct message *message = &view->messages[i];
		if (message->direction == DIRECTION_OUT && message->author == actor &&
			message->state != MESSAGE_UNDONE) {
			newest = message->id;
		}
	}
	return newest;
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Does it belong into the list; *text is what put it there. */
static bool belongs(struct fixture *f, const struct plain *plain, const char *login,
	const struct queue_query *query, const struct ticket_view *view, int64_t *text)
{
	const struct ticket *ticket = &view->row.ticket;
	int64_t actor = fixture_id(f, login);
	bool is_held = view->row.claim.operator_id != 0;
	bool open = ticket->state == TICKET_OPEN;
	switch (query->list) {
	case LIST_QUEUE:
		return open;
	case LIST_MINE:
		return open && (view->row.claim.operator_id == actor ||
				       ticket_assignee(ticket, f->now) == actor);
	case LIST_FREE:
		return open && !is_held && !is_covered(f, plain, view, actor);
	case LIST_OVERDUE:
		return open && ticket->due_at <= f->now;
	case LIST_WAITING:
		return ticket->state == TICKET_WAITING;
	case LIST_SNOOZED:
		return ticket->state == TICKET_SNOOZED;
	case LIST_ANSWERED:
		*text = answered_by(view, actor);
		return *text != 0;
	case LIST_MENTIONS:
		*text = larger(mentioned_by(f, view, login), asked_by(f, view, login, true));
		return *text != 0;
	case LIST_DISCARDED:
		return ticket->state == TICKET_DISCARDED;
	case QUEUE_LISTS:
		break;
	}
	return false;
}

struct place_of {
	int64_t parts[4], number;
};

static int compare_places(const void *a, const void *b)
{
	const struct place_of *left = a, *right = b;
	for (size_t i = 0; i < ARRAY_LEN(left->parts); i++) {
		if (left->parts[i] != right->parts[i]) {
			return left->parts[i] < right->parts[i] ? -1 : 1;
		}
	}
	return 0;
}

static struct place_of place_in(
	const struct queue_query *query, const struct ticket *ticket, int64_t text)
{
	int64_t number = ticket->number, priority = (int64_t)ticket->priority;
	struct place_of at = {.number = number};
	int64_t parts[QUEUE_ORDERS][4] = {
		[ORDER_DUE] = {ticket->due_at, priority, ticket->waiting_since, number},
		[ORDER_WAITING] = {ticket->waiting_since, number},
		[ORDER_PRIORITY] = {priority, ticket->due_at, ticket->waiting_since, number},
		[ORDER_NEWEST] = {-number},
	};
	if (query->list == LIST_ANSWERED || query->list == LIST_MENTIONS) {
		at.parts[0] = -text;
		at.parts[1] = -number;
		return at;
	}
	int order = query->list == LIST_DISCARDED ? ORDER_NEWEST : (int)query->order;
	memcpy(at.parts, parts[order], sizeof at.parts);
	return at;
}

static bool is_filtered_in(struct fixture *f, const struct queue_query *query,
	const struct ticket_row *row, int64_t actor)
{
	struct filter_row filtered = {
		&row->ticket, row->customer_name, row->customer_address, row->claim.operator_id};
	bool team = query->team == 0 ||
		    row->ticket.team == (query->team == TEAM_NONE ? 0 : query->team);
	return team && (!query->filter || filter_matches(query->filter, &filtered, actor, f->now));
}

size_t plain_list(struct fixture *f, const struct plain *plain, const char *login,
	const struct queue_query *query, int64_t **numbers)
{
	struct place_of *places = mem_array(f, struct place_of, plain->count + 1);
	size_t count = 0;
	for (size_t i = 0; i < plain->count; i++) {
		const struct ticket_view *view = &plain->views[i];
		int64_t text = 0;
		if (belongs(f, plain, login, query, view, &text) &&
			is_listed(f, login, query, view) &&
			is_filtered_in(f, query, &view->row, fixture_id(f, login))) {
			places[count++] = place_in(query, &view->row.ticket, text);
		}
	}
	qsort(places, count, sizeof *places, compare_places);
	*numbers = mem_array(f, int64_t, count + 1);
	for (size_t i = 0; i < count; i++) {
		(*numbers)[i] = places[i].number;
	}
	return count;
}
