#include "test.h"

#include "base/mem.h"
#include "tui/command.h"
#include "tui/keys_manual.h"

#include <ctype.h>
#include <string.h>

/* The table of commands against its own rules and those of the keyboard. */

static void names_are_unique_and_plain(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		const char *name = console_commands[i].name;
		assert_true(strspn(name, "abcdefghijklmnopqrstuvwxyz-") == strlen(name));
		assert_ptr_equal(console_command_find(name), &console_commands[i]);
	}
}

static void aliases_stand_for_a_command_and_clash_with_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_alias_count; i++) {
		const char *alias = command_aliases[i].alias;
		assert_true(strspn(alias, "abcdefghijklmnopqrstuvwxyz-") == strlen(alias));
		const struct command *command = console_command_find(alias);
		assert_non_null(command);
		assert_string_equal(command->name, command_aliases[i].name);
		for (size_t n = 0; n < i; n++) {
			assert_string_not_equal(alias, command_aliases[n].alias);
			assert_string_not_equal(command_aliases[i].name, command_aliases[n].name);
		}
	}
}

static void no_two_commands_share_a_key(void **state)
{
	(void)state;
	struct error err = {0};
	if (!keymap_check(&err)) {
		fail_msg("%s", error_sentence(NULL, &err, NULL));
	}
}

static void every_command_can_be_reached_and_is_explained(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		assert_non_null(command->run);
		assert_true(command->summary && *command->summary);
		assert_true(command->screens != 0);
		/* Without a key it takes an argument, so the `:` line is its place. */
		assert_true(command->keys[0] || command->argument);
	}
}

static void each_key_leads_to_its_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		for (size_t n = 0; n < COMMAND_KEYS && console_commands[i].keys[n]; n++) {
			struct key keys[4];
			size_t count = 0;
			for (const char *at = console_commands[i].keys[n]; *at;) {
				assert_true(key_parse(&at, &keys[count++]));
			}
			for (int screen = 0; screen < SCREENS; screen++) {
				const struct command *found = NULL;
				if (console_commands[i].screens & ON(screen)) {
					assert_int_equal(keymap_find((enum screen)screen, keys,
								 count, &found),
						KEYMAP_COMMAND);
					assert_ptr_equal(found, &console_commands[i]);
				}
			}
		}
	}
}

/* Dead keys of ABNT2, and the keys of screen, tmux and flow control (ux.md §3). */
static void some_keys_are_never_bound(void **state)
{
	(void)state;
	static const char *const never[] = {
		"~", "^", "´", "`", "¨", "Ctrl-A", "Ctrl-B", "Ctrl-S", "Ctrl-Q"};
	for (size_t i = 0; i < ARRAY_LEN(never); i++) {
		const char *at = never[i];
		struct key key;
		assert_true(key_parse(&at, &key));
		for (int screen = 0; screen < SCREENS; screen++) {
			const struct command *command = NULL;
			assert_int_equal(
				keymap_find((enum screen)screen, &key, 1, &command), KEYMAP_NONE);
		}
	}
}

/* Half an escape sequence, or Caps Lock, must not change anything unasked. */
static void upper_case_changes_ask_first(void **state)
{
	(void)state;
	for (size_t i = 0; i < console_command_count; i++) {
		for (size_t n = 0; n < COMMAND_KEYS && console_commands[i].keys[n]; n++) {
			const char *keys = console_commands[i].keys[n];
			const char *last = strrchr(keys, ' ') ? strrchr(keys, ' ') + 1 : keys;
			bool is_upper = strlen(last) == 1 && isupper((unsigned char)*last);
			assert_true(!is_upper || !console_commands[i].is_change ||
				    console_commands[i].asks);
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
			assert_true(found);
		}
	}
}

static void every_screen_has_a_way_back(void **state)
{
	(void)state;
	static const struct key keys[] = {{.name = K_ESC}, {.name = K_ENTER}, {.rune = 'q'}};
	for (int screen = 0; screen < SCREENS; screen++) {
		bool found = false;
		for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
			const struct command *command = NULL;
			found |= keymap_find((enum screen)screen, &keys[i], 1, &command) ==
				 KEYMAP_COMMAND;
		}
		assert_true(found);
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
		cmocka_unit_test(names_are_unique_and_plain),
		cmocka_unit_test(aliases_stand_for_a_command_and_clash_with_none),
		cmocka_unit_test(no_two_commands_share_a_key),
		cmocka_unit_test(every_command_can_be_reached_and_is_explained),
		cmocka_unit_test(each_key_leads_to_its_command),
		cmocka_unit_test(some_keys_are_never_bound),
		cmocka_unit_test(upper_case_changes_ask_first),
		cmocka_unit_test(prefixes_have_titles),
		cmocka_unit_test(the_manual_has_every_command),
		cmocka_unit_test(every_screen_has_a_way_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
