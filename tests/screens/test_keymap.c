#include "test.h"

#include "stage.h"

#include "base/mem.h"
#include "tui/keymap.h"

#include <string.h>

/* keys.conf: what its lines do, and what they are refused for.
 * covers: 3.keys-conf 3.never-bound 3.escape-letters 3.caps-lock */

struct entry {
	const char *section, *name, *value;
};

static bool take(struct keymap *keymap, const struct entry *entry, struct error *err)
{
	*err = (struct error){0};
	return keymap_line(keymap, "keys.conf:7", entry->section, entry->name, entry->value, err);
}

static struct keymap *make(const struct entry *entries, size_t count)
{
	struct keymap *keymap = keymap_create(NULL);
	struct error err;
	for (size_t i = 0; i < count; i++) {
		if (!take(keymap, &entries[i], &err)) {
			fail_msg("%s", error_sentence(NULL, &err, NULL));
		}
	}
	if (!keymap_check(keymap, "keys.conf", &err)) {
		fail_msg("%s", error_sentence(NULL, &err, NULL));
	}
	return keymap;
}

static const char *meant(const struct keymap *keymap, enum screen screen, const char *text)
{
	struct key keys[KEYMAP_SEQUENCE];
	size_t count = 0;
	while (*text) {
		assert_true(key_parse(&text, &keys[count++]));
	}
	const struct command *command = NULL;
	static const char *const others[] = {[KEYMAP_NONE] = "", [KEYMAP_PREFIX] = "…"};
	enum keymap_answer answer = keymap_find(keymap, screen, keys, count, &command);
	return answer == KEYMAP_COMMAND ? command->name : others[answer];
}

struct meaning {
	enum screen screen;
	const char *keys, *means;
};

/* With these lines of keys.conf the keys mean this. */
static void expect(const struct entry *entries, size_t entry_count, const struct meaning *meanings,
	size_t count)
{
	struct keymap *keymap = make(entries, entry_count);
	for (size_t i = 0; i < count; i++) {
		const char *means = meant(keymap, meanings[i].screen, meanings[i].keys);
		if (strcmp(means, meanings[i].means) != 0) {
			fail_msg("%s means %s", meanings[i].keys, means);
		}
	}
	talloc_free(keymap);
}

static void a_line_sets_adds_and_takes_keys(void **state)
{
	(void)state;
	static const struct entry entries[] = {{"", "claim", "F5, Ctrl-T"}, {"", "reply +", "F6"},
		{"", "down -", "j"}, {"", "mark", ""}, {"", "snooze", "z s"}};
	static const struct meaning meanings[] = {
		{SCREEN_QUEUE, "F5", "claim"},
		{SCREEN_TICKET, "Ctrl-T", "claim"},
		{SCREEN_QUEUE, "c", ""},
		{SCREEN_QUEUE, "r", "reply"},
		{SCREEN_QUEUE, "F6", "reply"},
		{SCREEN_QUEUE, "j", ""},
		{SCREEN_QUEUE, "Down", "down"},
		{SCREEN_QUEUE, "Space", ""},
		{SCREEN_QUEUE, "z", "…"},
		{SCREEN_QUEUE, "z s", "snooze"},
		{SCREEN_QUEUE, "s z", ""},
	};
	expect(entries, ARRAY_LEN(entries), meanings, ARRAY_LEN(meanings));
}

static void a_section_is_a_screen(void **state)
{
	(void)state;
	static const struct entry entries[] = {{"ticket", "claim", "F5"}, {"queue", "reply -", "r"},
		{"writing", "review +", "F2"}};
	static const struct meaning meanings[] = {
		{SCREEN_TICKET, "F5", "claim"},
		{SCREEN_TICKET, "c", ""},
		{SCREEN_QUEUE, "c", "claim"},
		{SCREEN_QUEUE, "r", ""},
		{SCREEN_TICKET, "r", "reply"},
		{SCREEN_COMPOSE, "F2", "review"},
		{SCREEN_COMPOSE, "Esc", "review"},
	};
	expect(entries, ARRAY_LEN(entries), meanings, ARRAY_LEN(meanings));
}

/* Where a text is typed the letter is one, elsewhere the command. */
static void a_letter_stays_a_letter_in_a_text(void **state)
{
	(void)state;
	static const struct entry entries[] = {{"", "call", "l"}};
	static const struct meaning meanings[] = {
		{SCREEN_QUEUE, "l", "call"}, {SCREEN_COMPOSE, "l", ""}};
	expect(entries, ARRAY_LEN(entries), meanings, ARRAY_LEN(meanings));
}

static void a_mistake_is_told_with_its_line(void **state)
{
	(void)state;
	static const struct {
		struct entry entry;
		const char *says;
	} all[] = {
		{{"", "clam", "c"}, "no command clam"},
		{{"kitchen", "claim", "c"}, "there are queue, ticket"},
		{{"pause", "claim", "F5"}, "claim is no command of the screen pause"},
		{{"", "claim", "Strg-X"}, "\"Strg-X\" is no key"},
		{{"", "claim", "F5,"}, "\"\" is no key"},
		{{"", "claim", "a b c d e"}, "is no key"},
		{{"", "claim", "F5\n reply = r"}, "is no key"},
		{{"", "claim -", "F5"}, "F5 is no key of claim"},
		{{"", "claim", "~"}, "dead key"},
		{{"", "claim", "g ^"}, "dead key"},
		{{"", "claim", "´"}, "dead key"},
		{{"", "claim", "`"}, "dead key"},
		{{"", "claim", "¨"}, "dead key"},
		{{"", "claim", "Ctrl-A"}, "screen keeps Ctrl-A"},
		{{"", "claim", "Ctrl-X ctrl-b"}, "tmux keeps Ctrl-B"},
		{{"", "claim", "Ctrl-S"}, "Ctrl-S alone"},
		{{"", "claim", "Ctrl-Q"}, "Ctrl-Q alone"},
		{{"", "claim", "Meta-c"}, "Meta-c cannot be told from Esc"},
		{{"", "claim", "Ctrl-I"}, "Ctrl-I is Tab"},
		{{"", "claim", "Ctrl-M"}, "Ctrl-M is Enter"},
		{{"", "claim", "z Esc"}, "Esc ends a sequence"},
		{{"", "claim", "A"}, "Caps Lock"},
		{{"", "claim", "S c"}, "Caps Lock"},
		{{"", "claim", "z M"}, "Caps Lock"},
		{{"writing", "review", "z"}, "typed into the text"},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct keymap *keymap = keymap_create(NULL);
		struct error err;
		assert_false(take(keymap, &all[i].entry, &err));
		char *sentence = error_sentence(keymap, &err, NULL);
		if (err.code != ERROR_USAGE || !strstr(sentence, all[i].says) ||
			strncmp(sentence, "keys.conf:7: ", 13) != 0) {
			fail_msg("%s", sentence);
		}
		talloc_free(keymap);
	}
}

static void what_asks_first_may_have_a_capital(void **state)
{
	(void)state;
	static const struct entry entries[] = {
		{"", "discard", "X"}, {"", "order", "O"}, {"", "wait", "Ctrl-X Ctrl-S"}};
	talloc_free(make(entries, ARRAY_LEN(entries)));
}

static void keys_are_set_once_a_screen(void **state)
{
	(void)state;
	static const struct entry first = {"", "claim", "F5"}, other = {"ticket", "claim", "F6"};
	struct keymap *keymap = make(&first, 1);
	struct error err;
	assert_false(take(keymap, &first, &err));
	assert_non_null(strstr(err.text, "set twice"));
	assert_true(take(keymap, &other, &err));
	talloc_free(keymap);
}

static void bindings_that_go_not_together_are_told(void **state)
{
	(void)state;
	static const struct {
		struct entry entry;
		const char *says;
	} all[] = {
		{{"", "claim", "r"}, "keys.conf:7: r of claim is in the way of r (reply)"},
		{{"queue", "claim", "s"}, "keys.conf:7: s of claim is in the way of s w (wait)"},
		{{"", "claim", "j j"}, "keys.conf:7: j j of claim is in the way of j (down)"},
		{{"", "quit", ""}, "keys.conf: no key is left to leave the screen queue; give one "
				   "to quit"},
		{{"ticket", "back", ""}, "no key is left to leave the screen ticket"},
	};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct keymap *keymap = keymap_create(NULL);
		struct error err;
		assert_true(take(keymap, &all[i].entry, &err));
		assert_false(keymap_check(keymap, "keys.conf", &err));
		char *sentence = error_sentence(keymap, &err, NULL);
		if (!strstr(sentence, all[i].says)) {
			fail_msg("%s", sentence);
		}
		talloc_free(keymap);
	}
}

static void the_screen_shows_the_persons_keys(void **state)
{
	(void)state;
	static const struct entry entries[] = {{"", "claim", "F5"}, {"", "wait", "z w"},
		{"", "resolve", "z r"}, {"", "help", "F2"}, {"ticket", "reply", "F6"},
		{"", "continue", "F7"}, {"", "bin", "F8"}};
	struct keymap *keymap = make(entries, ARRAY_LEN(entries));
	struct stage *stage = stage_begin(80, 24);
	stage->model->keymap = keymap;
	assert_true(stage_shows(stage, "F5 takes"));
	assert_true(stage_shows(stage, "z situation"));
	assert_true(stage_shows(stage, "F2 help"));
	assert_null(strstr(stage_screen(stage), " c takes"));
	stage_play(stage, "z");
	assert_true(stage_shows(stage, "situation ──"));
	assert_true(stage_shows(stage, "w  wait for the customer"));
	stage_play(stage, "Esc c");
	assert_true(stage_shows(stage, "c has no meaning here; F2 lists"));
	assert_true(strstr(stage_play(stage, "F5"), "apply(claim") != NULL);
	stage_play(stage, "F2");
	assert_true(stage_shows(stage, "F5               claim"));
	stage_play(stage, "Esc Enter");
	assert_true(stage_shows(stage, "F6 replies"));
	stage_do(stage, "x i 'Oi'");
	stage_play(stage, "Ctrl-X p");
	assert_true(stage_shows(stage, "kept as a draft; F7 continues it"));
	stage_do(stage, "g d");
	assert_true(stage_shows(stage, "Drafts: F7 continues one"));
	stage_do(stage, "q");
	stage_do(stage, "F7 Esc");
	stage_wait(stage, 1000);
	stage_do(stage, "d x");
	assert_true(stage_shows(stage, "thrown away; F8 finds it for seven days"));
	stage_destroy(stage);
	talloc_free(keymap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_sets_adds_and_takes_keys),
		cmocka_unit_test(a_section_is_a_screen),
		cmocka_unit_test(a_letter_stays_a_letter_in_a_text),
		cmocka_unit_test(a_mistake_is_told_with_its_line),
		cmocka_unit_test(what_asks_first_may_have_a_capital),
		cmocka_unit_test(keys_are_set_once_a_screen),
		cmocka_unit_test(bindings_that_go_not_together_are_told),
		cmocka_unit_test(the_screen_shows_the_persons_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
