#include "base/language.h"
#include "base/mem.h"
#include "base/profile.h"
#include "support/desk.h"
#include "test.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char *const variables[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG",
	"ATENDE_DESK", "ATENDE_AS", "NO_COLOR"};

/* An environment of these alone: "NAME=value" words. */
static void set_environment(const char *words)
{
	for (size_t i = 0; i < ARRAY_LEN(variables); i++) {
		unsetenv(variables[i]);
	}
	char *copy = mem_strdup(NULL, words);
	for (char *word = copy; *word;) {
		size_t size = strcspn(word, " ");
		bool is_last = word[size] == '\0';
		char *value = strchr(word, '=');
		word[size] = *value = '\0';
		setenv(word, value + 1, 1);
		word += size + (is_last ? 0 : 1);
	}
	talloc_free(copy);
}

static const struct {
	const char *environment;
	const char *lang;
	const char *list; /* what gettext is given */
	bool is_utf8;
} cases[] = {
	{"", NULL, "en", true}, /* nothing said: no statement about the terminal */
	{"LANG=pt_BR.UTF-8", NULL, "pt_BR:pt_BR", true},
	{"LANG=pt_BR.UTF-8", "en", "en", true},
	{"LANG=en_US.UTF-8", "pt_BR", "pt_BR:pt_BR", true},
	{"LANGUAGE=pt_BR:en LANG=C.UTF-8", NULL, "pt_BR:pt_BR", true},
	{"LANGUAGE=pt_BR", NULL, "pt_BR:pt_BR", true},
	{"LANGUAGE=en:pt_BR LANG=pt_BR.UTF-8", NULL, "en", true}, /* English came first */
	{"LANGUAGE=pt_BR LC_ALL=C", NULL, "en", false},
	{"LC_ALL=POSIX", NULL, "en", false},
	{"LANG=pt_PT.UTF-8", NULL, "pt_PT:pt_BR", true}, /* the nearer of the two we have */
	{"LANG=pt_BR.ISO-8859-1", NULL, "pt_BR:pt_BR", false},
	{"LANG=pt_BR.utf8@euro", NULL, "pt_BR:pt_BR", true},
	{"LANG=en_US.UTF-8 LC_MESSAGES=pt_BR.UTF-8", NULL, "pt_BR:pt_BR", true},
	{"LANG=C.UTF-8 LC_CTYPE=C", NULL, "en", false},
};

static void finds_language_and_characters(void **state)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		set_environment(cases[i].environment);
		bool is_utf8 = language_setup(cases[i].lang);
		if (strcmp(getenv("LANGUAGE"), cases[i].list) != 0 || is_utf8 != cases[i].is_utf8) {
			fail_msg("%s: %s, %d", cases[i].environment, getenv("LANGUAGE"), is_utf8);
		}
	}
	(void)state;
}

/* gettext looks at LANGUAGE in no locale called "C"; numbers keep their point. */
static void locale_lets_translate(void **state)
{
	set_environment("LANG=pt_BR.UTF-8");
	language_setup(NULL);
	assert_string_not_equal(setlocale(LC_MESSAGES, NULL), "C");
	assert_string_equal(setlocale(LC_NUMERIC, NULL), "C");
	(void)state;
}

static void load(const void *mem, const char *desk, const char *as, struct profile *profile)
{
	struct error err = {0};
	if (!profile_load(mem, desk, as, profile, &err)) {
		fail_msg("%s", err.text);
	}
}

static void command_line_wins_over_environment_over_file(void **state)
{
	struct desk *place = desk_create(NULL);
	struct profile profile;
	setenv("ATENDE_CONFIG", place->path, 1);
	set_environment("");
	load(place, NULL, NULL, &profile);
	assert_true(profile.desk_is_guess);
	assert_true(profile.as_is_guess);
	desk_write(place, "atende.conf", "desk = file.db\nas = carla\nlang = pt_BR\nascii = yes\n");
	load(place, NULL, NULL, &profile);
	assert_string_equal(profile.desk, "file.db");
	assert_string_equal(profile.as, "carla");
	assert_string_equal(profile.lang, "pt_BR");
	assert_true(profile.ascii);
	assert_false(profile.no_colour);
	set_environment("ATENDE_DESK=env.db ATENDE_AS=bruno NO_COLOR=1");
	load(place, NULL, NULL, &profile);
	assert_string_equal(profile.desk, "env.db");
	assert_string_equal(profile.as, "bruno");
	assert_true(profile.no_colour);
	load(place, "a  b.db", "ana", &profile);
	assert_string_equal(profile.desk, "a  b.db"); /* a file's name, byte for byte */
	assert_string_equal(profile.as, "ana");
	assert_false(profile.desk_is_guess);
	talloc_free(place);
	(void)state;
}

static void bad_configuration_is_refused(void **state)
{
	struct desk *place = desk_create(NULL);
	struct profile profile;
	struct error err = {0};
	setenv("ATENDE_CONFIG", place->path, 1);
	desk_write(place, "atende.conf", "desk = a.db\nfaint = yes\n");
	assert_false(profile_load(place, NULL, NULL, &profile, &err));
	assert_int_equal(err.code, ERROR_USAGE);
	assert_non_null(strstr(err.arg[0], "atende.conf:2"));
	talloc_free(place);
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_language_and_characters),
		cmocka_unit_test(locale_lets_translate),
		cmocka_unit_test(command_line_wins_over_environment_over_file),
		cmocka_unit_test(bad_configuration_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
