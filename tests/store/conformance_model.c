#include "conformance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "chance.h"
#include "model.h"
#include "store/shape.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* Changes by chance, to a store and to a plain desk in memory: the two never differ. */

enum { QUICK_CHANGES = 1500, LONG_CHANGES = 20000, COMPARE_EACH = 100, CUSTOMERS = 12 };

static int64_t changes = QUICK_CHANGES;

static const char *const people[] = {"ana", "bruno", "carla", "davi", "eva"};

struct dice {
	struct fixture *f;
	struct model *model;
	uint64_t state;
};

static int64_t upto(struct dice *dice, int64_t most)
{
	return (int64_t)chance(&dice->state, (uint64_t)most + 1);
}

static int64_t some_ticket(struct dice *dice)
{
	return MODEL_FIRST + upto(dice, (int64_t)dice->model->ticket_count);
}

static int64_t some_customer(struct dice *dice)
{
	return 1 + upto(dice, (int64_t)dice->model->customer_count);
}

static int64_t some_team(struct dice *dice)
{
	const int64_t teams[] = {TEAM_NONE, dice->f->entrega, dice->f->cobranca};
	return teams[upto(dice, 2)];
}

/* Rather a ticket of the same customer, so that merges happen. */
static int64_t some_other(struct dice *dice, int64_t number)
{
	const struct ticket *ticket = model_ticket(dice->model, number);
	for (size_t i = 0; ticket && i < dice->model->ticket_count; i++) {
		const struct ticket *other = &dice->model->tickets[i];
		if (other->customer == ticket->customer && other->number != number &&
			other->state != TICKET_DISCARDED && upto(dice, 1)) {
			return other->number;
		}
	}
	return some_ticket(dice);
}

static int64_t some_message(struct dice *dice, int64_t number)
{
	const struct model *model = dice->model;
	for (size_t i = model->message_count; i > 0; i--) {
		if (model->messages[i - 1].ticket == number) {
			return model->messages[i - 1].id;
		}
	}
	return 1;
}

/* Two in three are there. */
static struct attachment_list some_file(struct dice *dice)
{
	struct attachment *file = mem_new(dice->f, struct attachment);
	char *text = mem_printf(dice->f, "%lld", (long long)upto(dice, 8));
	struct error err = {0};
	if (upto(dice, 3)) {
		return (struct attachment_list){0};
	}
	file->name = mem_printf(dice->f, "%s.txt", text);
	file->media_type = mem_strdup(dice->f, "text/plain");
	if (upto(dice, 2)) {
		assert_true(store_blob_put(
			dice->f->desk, dice->f, text, strlen(text), &file->blob, &err));
		model_put(dice->model, file->blob);
	} else {
		file->blob = mem_printf(dice->f, "%064lld", (long long)upto(dice, 8));
	}
	return (struct attachment_list){1, file};
}

static const char *some_address(struct dice *dice)
{
	return upto(dice, 3) ? NULL
			     : mem_printf(dice->f, "cliente%lld@exemplo.com",
				       (long long)upto(dice, CUSTOMERS));
}

static struct change make_new(struct dice *dice)
{
	return (struct change){.kind = CHANGE_NEW,
		.channel = 1 + (int)upto(dice, 3),
		.address = mem_printf(
			dice->f, "cliente%lld@exemplo.com", (long long)upto(dice, CUSTOMERS)),
		.subject = "Pedido",
		.text = "Onde está?",
		.team = some_team(dice),
		.direction = upto(dice, 5) ? 0 : DIRECTION_OUT};
}

static struct change make_reply(struct dice *dice, int64_t number)
{
	const struct ticket *ticket = model_ticket(dice->model, number);
	struct change change = fixture_reply(number, "Segue.", 1 + (int)upto(dice, 2));
	change.separate = upto(dice, 3) ? 0 : FLAG_YES;
	change.attachments = some_file(dice);
	change.address = some_address(dice);
	change.channel = (int)upto(dice, 3);
	if (ticket && upto(dice, 3)) {
		change.seen = ticket->newest_public;
	}
	if (upto(dice, 4) == 0) {
		change.generation = 1 + upto(dice, (int64_t)dice->model->entry_count);
	}
	return change;
}

static struct change make_transfer(struct dice *dice, int64_t number)
{
	struct change change = {.kind = CHANGE_TRANSFER, .ticket = number};
	change.team = upto(dice, 1) ? some_team(dice) : 0;
	change.operator_id = upto(dice, 2) ? 0 : fixture_id(dice->f, people[upto(dice, 3)]);
	return change;
}

static struct change make_plain(struct dice *dice, int64_t number)
{
	static const enum change_kind kinds[] = {CHANGE_RELEASE, CHANGE_TAKE_OVER, CHANGE_WAIT,
		CHANGE_RESOLVE, CHANGE_REOPEN, CHANGE_NO_ANSWER, CHANGE_ESCALATE, CHANGE_CLAIM,
		CHANGE_CLAIM, CHANGE_ASK_FOR};
	return (struct change){.kind = kinds[upto(dice, 9)], .ticket = number};
}

static struct change make_hand_over(struct dice *dice, int64_t number)
{
	return (struct change){.kind = CHANGE_HAND_OVER,
		.ticket = number,
		.operator_id = fixture_id(dice->f, people[upto(dice, 4)])};
}

static struct change make_undo(struct dice *dice)
{
	int64_t newest = (int64_t)dice->model->entry_count;
	return (struct change){.kind = CHANGE_UNDO, .undo = newest - upto(dice, 8)};
}

static struct change make_merge(struct dice *dice, int64_t number)
{
	struct change change = {.kind = CHANGE_MERGE, .ticket = number};
	change.other = some_other(dice, number);
	if (upto(dice, 3) == 0) {
		change.kind = CHANGE_DISCARD;
		change.discard = DISCARD_DUPLICATE;
	}
	return change;
}

static struct change make_tag(struct dice *dice, int64_t number)
{
	return (struct change){
		.kind = upto(dice, 1) ? CHANGE_TAG : CHANGE_UNTAG, .ticket = number, .key = "vip"};
}

static struct change make_change(struct dice *dice)
{
	int64_t number = some_ticket(dice);
	switch (upto(dice, 20)) {
	case 0:
	case 1:
		return make_new(dice);
	case 2:
	case 3:
		return (struct change){.kind = CHANGE_RECEIVE,
			.ticket = number,
			.text = "E agora?",
			.address = some_address(dice),
			.attachments = some_file(dice)};
	case 4:
	case 5:
	case 6:
		return make_reply(dice, number);
	case 7:
		return make_transfer(dice, number);
	case 8:
		return (struct change){.kind = CHANGE_SNOOZE,
			.ticket = number,
			.until_at = dice->f->now + 1 + upto(dice, 4 * MS_HOUR)};
	case 9:
		return (struct change){.kind = CHANGE_NOTE,
			.ticket = number,
			.text = "@carla e @ana: olhem",
			.attachments = some_file(dice)};
	case 10:
		return make_merge(dice, number);
	case 11:
		return (struct change){.kind = CHANGE_SPLIT,
			.ticket = number,
			.message = some_message(dice, number),
			.subject = "Outra"};
	case 12:
		return (struct change){.kind = CHANGE_PRIORITY,
			.ticket = number,
			.priority = 1 + (int)upto(dice, 3)};
	case 13:
		return make_tag(dice, number);
	case 14:
		return (struct change){.kind = CHANGE_CALL,
			.ticket = number,
			.contact = 1 + (int)upto(dice, 2),
			.outcome = (int)upto(dice, 3)};
	case 15:
		return (struct change){.kind = CHANGE_CUSTOMER_MERGE,
			.customer = some_customer(dice),
			.other = some_customer(dice)};
	case 16:
	case 17:
		return make_undo(dice);
	case 18:
		return make_hand_over(dice, number);
	default:
		return make_plain(dice, number);
	}
}

/* --- comparing --- */

static void compare_results(
	const struct result *store, const struct result *model, enum change_kind kind)
{
	const char *a = store->ok ? "ok" : store->err.reason;
	const char *b = model->ok ? "ok" : model->err.reason;
	if (strcmp(a, b) != 0) {
		fail_msg("%s: the store says %s, the model %s", change_kinds[kind].name, a, b);
	}
	assert_int_equal(store->revision, model->revision);
	if (store->ok) {
		assert_int_equal(store->ticket, model->ticket);
		assert_int_equal(store->customer, model->customer);
		assert_int_equal(store->generation, model->generation);
	}
}

static int64_t number_at(const struct column *column, const void *at)
{
	return column->type == COLUMN_INT    ? *(const int64_t *)at
	       : column->type == COLUMN_ENUM ? *(const int *)at
					     : *(const bool *)at;
}

static void compare_rows(const struct shape *shape, const void *store, const void *model)
{
	for (size_t i = 0; i < shape->count; i++) {
		const struct column *column = &shape->columns[i];
		const char *a = (const char *)store + column->offset;
		const char *b = (const char *)model + column->offset;
		if (column->type == COLUMN_TEXT) {
			assert_string_equal(*(char *const *)a, *(char *const *)b);
		} else if (number_at(column, a) != number_at(column, b)) {
			fail_msg("%s.%s: %lld in the store, %lld in the model", shape->table,
				column->name, (long long)number_at(column, a),
				(long long)number_at(column, b));
		}
	}
}

static void compare_files(
	const struct model *model, int64_t text, const struct attachment_list *list)
{
	size_t n = 0;
	for (size_t i = 0; i < model->file_count; i++) {
		if (model->files[i].text == text) {
			assert_true(n < list->count);
			assert_string_equal(list->items[n].name, model->files[i].name);
			assert_string_equal(list->items[n++].blob, model->files[i].blob);
		}
	}
	assert_int_equal(n, list->count);
}

static void compare_messages(
	const struct model *model, int64_t number, const struct ticket_view *view)
{
	size_t n = 0;
	for (size_t i = 0; i < model->message_count; i++) {
		if (model->messages[i].ticket == number) {
			assert_true(n < view->message_count);
			compare_files(model, view->messages[n].id, &view->messages[n].attachments);
			compare_rows(&message_shape, &view->messages[n++], &model->messages[i]);
		}
	}
	assert_int_equal(n, view->message_count);
	n = 0;
	for (size_t i = 0; i < model->note_count; i++) {
		if (model->notes[i].ticket == number) {
			assert_true(n < view->note_count);
			compare_files(model, view->notes[n].id, &view->notes[n].attachments);
			n++;
		}
	}
	assert_int_equal(n, view->note_count);
}

/* As written, not as it counts now: the model has logged what the store has. */
static void compare_desks(struct dice *dice)
{
	const struct model *model = dice->model;
	for (size_t i = 0; i < model->ticket_count; i++) {
		int64_t number = MODEL_FIRST + (int64_t)i;
		const struct ticket_view *view = fixture_view(dice->f, NULL, number);
		compare_rows(&ticket_shape, &view->row.ticket, &model->tickets[i]);
		compare_messages(model, number, view);
		bool is_live = claim_is_live(&model->claims[i], dice->f->now);
		assert_int_equal(
			view->row.claim.operator_id, is_live ? model->claims[i].operator_id : 0);
		if (is_live) {
			compare_rows(&claim_shape, &view->row.claim, &model->claims[i]);
		}
		talloc_free((void *)view);
	}
}

static void change_both(struct dice *dice)
{
	const char *who = people[upto(dice, (int64_t)ARRAY_LEN(people) - 1)];
	/* The time before the change: what it puts into the desk is not gone when it comes. */
	dice->f->now += upto(dice, 30) ? upto(dice, 20 * MS_SECOND) : upto(dice, 3 * MS_DAY);
	struct change change = make_change(dice);
	change.id = uuid_make(dice->f->now);
	change.actor = fixture_id(dice->f, who);
	struct result store = fixture_try(dice->f, who, change);
	struct result model = model_apply(dice->model, &change, dice->f->now);
	compare_results(&store, &model, change.kind);
}

static void store_and_model_never_differ(void **state)
{
	struct fixture *f = *state;
	struct directory *directory;
	struct error err = {0};
	assert_true(store_directory_copy(f->desk, f, &directory, &err));
	struct dice dice = {.f = f, .state = 20260101};
	dice.model = model_create(f, directory, fixture_feed(f, NULL, -1).revision, f->now);
	for (int64_t i = 1; i <= changes; i++) {
		change_both(&dice);
		if (i % COMPARE_EACH == 0) {
			/* what is due now is logged on both sides before they are compared */
			struct change last = {.id = uuid_make(f->now),
				.kind = CHANGE_NOTE,
				.ticket = MODEL_FIRST,
				.text = "Nota"};
			struct result store = fixture_try(f, NULL, last);
			struct result model = model_apply(dice.model, &last, f->now);
			compare_results(&store, &model, CHANGE_NOTE);
			compare_desks(&dice);
		}
	}
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--long") == 0) {
		changes = LONG_CHANGES;
	}
	const struct CMUnitTest tests[] = {
		with_fixture(store_and_model_never_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
