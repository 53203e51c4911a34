#include "test.h"

#include "base/mem.h"
#include "tui/keymap.h"
#include "tui/keys_manual.h"
#include "tui/linear.h"
#include "tui/view.h"

#include <string.h>

/* The table of commands against its own rules and those of the keyboard. */

static void names_are_unique_and_plain(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		const char *name = console_commands[i].name;
		if (strspn(name, "abcdefghijklmnopqrstuvwxyz-") != strlen(name)) {
			fail_msg("%s: a name has the letters a to z and hyphens", name);
		}
		if (console_command_find(name) != &console_commands[i]) {
			fail_msg("%s is the name of two commands; choose another", name);
		}
	}
}

static void aliases_stand_for_a_command_and_clash_with_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_alias_count; i++) {
		const char *alias = command_aliases[i].alias;
		assert_true(strspn(alias, "abcdefghijklmnopqrstuvwxyz-") == strlen(alias));
		const struct command *command = console_command_find(alias);
		if (!command || strcmp(command->name, command_aliases[i].name) != 0) {
			fail_msg("%s does not stand for %s: that is no command, or the alias "
				 "is another's name",
				alias, command_aliases[i].name);
		}
		for (size_t n = 0; n < i; n++) {
			assert_string_not_equal(alias, command_aliases[n].alias);
			assert_string_not_equal(command_aliases[i].name, command_aliases[n].name);
		}
	}
}

static void every_screen_is_painted_and_told(void **state)
{
	(void)state;
	for (int screen = 0; screen < SCREENS; screen++) {
		if (!view_has((enum screen)screen)) {
			fail_msg("screen %d is not in `views` (src/tui/view.c)", screen);
		}
		if (!linear_has((enum screen)screen)) {
			fail_msg("screen %d is not in `tellers` (src/tui/linear.c)", screen);
		}
	}
}

static struct keymap *keymap;

static bool is_sequence(const char *text)
{
	struct key keys[KEYMAP_SEQUENCE];
	size_t count = 0;
	for (const char *at = text; *at; count++) {
		if (count == KEYMAP_SEQUENCE || !key_parse(&at, &keys[count])) {
			return false;
		}
	}
	return count > 0;
}

/* Without this the keymap would only abort. */
static int make_keymap(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		for (size_t n = 0; n < COMMAND_KEYS && console_commands[i].keys[n]; n++) {
			if (!is_sequence(console_commands[i].keys[n])) {
				print_error("%s: \"%s\" is no sequence of keys (tui/key.h)\n",
					console_commands[i].name, console_commands[i].keys[n]);
				return -1;
			}
		}
	}
	keymap = keymap_create(NULL);
	return 0;
}

static int free_keymap(void **state)
{
	(void)state;
	talloc_free(keymap);
	return 0;
}

static bool is_left_by_some(enum screen screen)
{
	for (size_t i = 0; i < console_command_count; i++) {
		if (console_commands[i].leaves && (console_commands[i].screens & ON(screen))) {
			return true;
		}
	}
	return false;
}

static void no_keys_clash_and_every_screen_can_be_left(void **state)
{
	(void)state;
	struct error err = {0};
	for (int screen = 0; screen < SCREENS; screen++) {
		if (!is_left_by_some((enum screen)screen)) {
			fail_msg("no command leaves the screen %s; add it to the screens of one "
				 "with .leaves, as back",
				name_of(&screen_names, screen));
		}
	}
	if (!keymap_check(keymap, "command.c", &err)) {
		fail_msg("%s", error_sentence(NULL, &err, NULL));
	}
}

static const char *lack_of(const struct command *command)
{
	if (!command->run) {
		return ".run";
	}
	if (!command->summary || !*command->summary) {
		return "a summary";
	}
	if (command->screens == 0) {
		return "screens";
	}
	/* Without a key it takes an argument, so the `:` line is its place. */
	return command->keys[0] || command->argument ? NULL : "a key or an argument";
}

static void every_command_can_be_reached_and_is_explained(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		const char *lacks = lack_of(command);
		if (lacks) {
			fail_msg("%s lacks %s", command->name, lacks);
		}
	}
}

static void each_key_leads_to_its_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		for (size_t n = 0; n < COMMAND_KEYS && console_commands[i].keys[n]; n++) {
			struct key keys[KEYMAP_SEQUENCE];
			size_t count = 0;
			for (const char *at = console_commands[i].keys[n]; *at;) {
				assert_true(key_parse(&at, &keys[count++]));
			}
			bool is_letter = keys[0].name == K_RUNE && !keys[0].ctrl;
			for (int screen = 0; screen < SCREENS; screen++) {
				bool is_text = screen_takes_text((enum screen)screen) && is_letter;
				const struct command *found = NULL;
				if ((console_commands[i].screens & ON(screen)) && !is_text) {
					assert_int_equal(keymap_find(keymap, (enum screen)screen,
								 keys, count, &found),
						KEYMAP_COMMAND);
					assert_ptr_equal(found, &console_commands[i]);
				}
			}
		}
	}
}

/* "L" logs a call, but it is a letter in a reply. */
static void no_letter_is_a_command_in_a_text(void **state)
{
	(void)state;
	for (uint32_t rune = 0x20; rune < 0x7F; rune++) {
		struct key key = {.rune = rune};
		const struct command *command;
		assert_int_equal(
			keymap_find(keymap, SCREEN_COMPOSE, &key, 1, &command), KEYMAP_NONE);
		assert_int_equal(keymap_find(keymap, SCREEN_HELP, &key, 1, &command), KEYMAP_NONE);
	}
}

/* Dead keys, keys of screen and tmux, Alt; Caps Lock and torn escape sequences. */
static void the_usual_keys_may_be_bound(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		for (size_t n = 0; n < COMMAND_KEYS && console_commands[i].keys[n]; n++) {
			struct binding binding = {.command = &console_commands[i]};
			struct error err = {0};
			for (const char *at = console_commands[i].keys[n]; *at;) {
				assert_true(key_parse(&at, &binding.keys[binding.count++]));
			}
			if (!keymap_may_bind(&binding, console_commands[i].name, &err)) {
				fail_msg("%s", error_sentence(NULL, &err, NULL));
			}
		}
	}
}

static void prefixes_have_titles(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		for (size_t n = 0; n < COMMAND_KEYS && console_commands[i].keys[n]; n++) {
			size_t length = strcspn(console_commands[i].keys[n], " ");
			bool found = console_commands[i].keys[n][length] == '\0';
			for (size_t p = 0; p < command_prefix_count && !found; p++) {
				found = strlen(command_prefixes[p].key) == length &&
					strncmp(command_prefixes[p].key,
						console_commands[i].keys[n], length) == 0;
			}
			if (!found) {
				fail_msg("the first key of %s (%s) has no title; give it one in "
					 "command_prefixes",
					console_commands[i].keys[n], console_commands[i].name);
			}
		}
	}
}

static void every_screen_has_a_name(void **state)
{
	(void)state;
	for (int screen = 0; screen < SCREENS; screen++) {
		const char *name = name_of(&screen_names, screen);
		if (!name || !*name) {
			fail_msg(
				"screen %d of enum screen has no name; give it one in screen_words",
				screen);
		}
	}
}

static void the_manual_has_every_command(void **state)
{
	(void)state;
	char *manual = keys_manual(NULL);
	for (size_t i = 0; i < console_command_count; i++) {
		/* Letters up to the first hyphen, which is written with a backslash. */
		const char *name = console_commands[i].name;
		char *entry = mem_printf(manual, "(*:%.*s", (int)strcspn(name, "-"), name);
		assert_non_null(strstr(manual, entry));
	}
	talloc_free(manual);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_screen_has_a_name),
		cmocka_unit_test(names_are_unique_and_plain),
		cmocka_unit_test(every_screen_is_painted_and_told),
		cmocka_unit_test(aliases_stand_for_a_command_and_clash_with_none),
		cmocka_unit_test(no_keys_clash_and_every_screen_can_be_left),
		cmocka_unit_test(every_command_can_be_reached_and_is_explained),
		cmocka_unit_test(each_key_leads_to_its_command),
		cmocka_unit_test(no_letter_is_a_command_in_a_text),
		cmocka_unit_test(the_usual_keys_may_be_bound),
		cmocka_unit_test(prefixes_have_titles),
		cmocka_unit_test(the_manual_has_every_command),
	};
	return cmocka_run_group_tests(tests, make_keymap, free_keymap);
}
