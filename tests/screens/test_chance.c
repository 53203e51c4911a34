#include "test.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/mem.h"
#include "core/problem.h"
#include "stage.h"

#include <stdlib.h>
#include <string.h>

/*
 * Keys, answers, failures, changes of others and sizes by chance: whatever happens, nothing breaks,
 * and a text that was typed is in the editor, among the drafts, in the spool's last copy, or sent.
 */

enum { SEEDS = 20, SEEDS_LONG = 20000, STEPS = 1500 };

struct chance {
	uint64_t state;
};

/* splitmix64 (Steele, Lea, Flood 2014). */
static uint32_t draw(struct chance *chance, uint32_t below)
{
	uint64_t z = (chance->state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t)((z ^ (z >> 31)) % below);
}

static void some_key(struct stage *stage, struct chance *chance)
{
	static const char *const others[] = {"Enter", "Esc", "Tab", "Down", "Up", "PgDn", "PgUp",
		"Space", "Backspace", "'y'", "'n'", "'1'", "'é'", "'texto '", "Ctrl-C", "F5"};
	if (draw(chance, 3) == 0) {
		stage_play(stage, others[draw(chance, ARRAY_LEN(others))]);
		return;
	}
	const struct command *command =
		&console_commands[draw(chance, (uint32_t)console_command_count)];
	bool leaves = strcmp(command->name, "quit") == 0 || strcmp(command->name, "sign-out") == 0;
	if (command->keys[0] && !leaves) {
		stage_play(stage, command->keys[0]);
	}
}

static void some_answer(struct stage *stage, struct chance *chance)
{
	static const enum problem problems[] = {PROBLEM_HELD, PROBLEM_COVERED, PROBLEM_STALE,
		PROBLEM_UNSEEN, PROBLEM_TOO_MANY, PROBLEM_STATE};
	if (draw(chance, 6) == 0) {
		problem(&stage->refusal, problems[draw(chance, ARRAY_LEN(problems))], "1001",
			"bruno", "2s", NULL);
	}
	stage->is_unreachable = draw(chance, 20) == 0;
	stage->is_uncertain = draw(chance, 20) == 0;
	enum effect_type type = (enum effect_type)draw(chance, EFFECT_TYPES);
	if (effect_is_for_desk(type)) {
		stage_answer_one(stage, type); /* not in the order it was asked */
	}
	if (draw(chance, 2) == 0) {
		stage_answer(stage);
	}
	stage->is_unreachable = false;
	stage->refusal = (struct error){0};
}

static void some_change(struct stage *stage, struct chance *chance)
{
	static const enum change_kind kinds[] = {CHANGE_RECEIVE, CHANGE_REPLY, CHANGE_CLAIM,
		CHANGE_TAKE_OVER, CHANGE_RELEASE, CHANGE_RESOLVE, CHANGE_REOPEN, CHANGE_EXPIRE,
		CHANGE_SIGN_IN, CHANGE_NOTE, CHANGE_MERGE};
	int64_t number = 1001 + draw(chance, 8);
	struct ticket *ticket = &stage_ticket(stage, number)->row.ticket;
	enum change_kind kind = kinds[draw(chance, ARRAY_LEN(kinds))];
	if (kind == CHANGE_RECEIVE) {
		stage_add_message(stage, number, 0, stage->now, "mais uma");
	} else if (kind == CHANGE_CLAIM || kind == CHANGE_TAKE_OVER) {
		stage_claim(stage, number, BRUNO, stage->now);
	} else if (kind == CHANGE_RELEASE || kind == CHANGE_EXPIRE) {
		stage_ticket(stage, number)->row.claim = (struct claim){0};
	} else {
		ticket->state = draw(chance, 2) ? TICKET_OPEN : TICKET_RESOLVED;
	}
	stage_feed(stage, kind, draw(chance, 3), number);
}

static void some_size(struct stage *stage, struct chance *chance)
{
	struct msg *msg = stage_msg(stage, MSG_RESIZE);
	msg->size.columns = 1 + (int)draw(chance, 160);
	msg->size.rows = 1 + (int)draw(chance, 50);
	stage_send(stage, msg);
}

static void some_step(struct stage *stage, struct chance *chance)
{
	uint32_t what = draw(chance, 20);
	if (what < 12) {
		some_key(stage, chance);
	} else if (what < 16) {
		some_answer(stage, chance);
	} else if (what < 17) {
		some_change(stage, chance);
	} else if (what < 19) {
		stage_wait(stage, draw(chance, draw(chance, 5) == 0 ? 10 * MS_MINUTE : 3000));
	} else {
		some_size(stage, chance);
	}
}

static void check(struct stage *stage)
{
	const struct model *model = stage->model;
	const struct queue_part *queue = &model->queue;
	assert_true(queue->cursor == 0 || queue->cursor < queue->count);
	assert_true(model->back_count <= SCREENS_BACK);
	assert_true((model->compose.ticket != 0) == (model->compose.editor != NULL));
	assert_true(!screen_is_writing(model->screen) || model->compose.ticket != 0);
	assert_true(!model->prompt || model->prompt->form != PROMPT_NONE);
	talloc_free(stage_screen(stage));
}

/* The text that was being written before a step, when it is written no more. */
static void check_text(struct stage *stage, const struct draft *before)
{
	const struct compose *compose = &stage->model->compose;
	if (compose->ticket == before->ticket && compose->kind == before->kind) {
		return;
	}
	const struct draft *kept = drafts_find(stage->model, before->ticket, before->kind);
	bool is_kept = kept && strcmp(kept->text, before->text) == 0;
	bool is_sent_or_binned = strstr(stage->done, "spool_remove(") != NULL;
	if (!is_kept && !is_sent_or_binned) {
		print_error("text lost: %lld \"%s\" kept \"%s\" after %s\n",
			(long long)before->ticket, before->text, kept ? kept->text : "-",
			stage->done);
	}
	assert_true(is_kept || is_sent_or_binned);
}

static void step_keeps_text(struct stage *stage, struct chance *chance)
{
	const struct compose *compose = &stage->model->compose;
	bool has_text = compose->ticket && !compose_is_empty(stage->model);
	struct draft before = {.ticket = compose->ticket,
		.kind = compose->kind,
		.text = has_text ? mem_strdup(NULL, editor_text(compose->editor)) : NULL};
	stage->done = mem_strdup(stage, "");
	some_step(stage, chance);
	if (has_text) {
		check_text(stage, &before);
		talloc_free(before.text);
	}
}

static void nothing_breaks(void **state)
{
	uint64_t seeds = *(const uint64_t *)*state;
	for (uint64_t seed = 1; seed <= seeds; seed++) {
		struct chance chance = {seed};
		print_message("# seed %llu\n", (unsigned long long)seed);
		struct stage *stage = stage_begin(80, 24);
		for (int step = 0; step < STEPS && !stage->model->is_leaving; step++) {
			step_keeps_text(stage, &chance);
			check(stage);
		}
		stage_destroy(stage);
	}
}

int main(int argc, char **argv)
{
	bool is_long = argc > 1 && strcmp(argv[1], "--long") == 0;
	uint64_t seeds = is_long ? SEEDS_LONG : SEEDS;
	language_setup("en");
	const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(nothing_breaks, &seeds)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
