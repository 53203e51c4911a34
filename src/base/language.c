#include "base/language.h"

#include "base/mem.h"
#include "base/paths.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *first_set(const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *value = getenv(names[i]);
		if (value && *value) {
			return value;
		}
	}
	return "";
}

/* "C", "C.UTF-8", "POSIX": no language at all, the msgids. */
static bool is_plain_locale(const char *name)
{
	size_t n = strcspn(name, ".@");
	return (n == 1 && name[0] == 'C') || (n == 5 && strncmp(name, "POSIX", 5) == 0);
}

static bool is_english(const char *name, size_t n)
{
	return n == 0 || is_plain_locale(name) ||
	       (n >= 2 && strncmp(name, "en", 2) == 0 && (n == 2 || name[2] == '_'));
}

/*
 * A list for gettext. It takes the first language it has a catalogue of, and there is none of
 * English: so the list ends where English would be chosen. A Portuguese reader without a catalogue
 * of his own is better served by the Brazilian one.
 */
static char *language_list(const void *mem, const char *wanted)
{
	char *list = mem_strdup(mem, "");
	for (const char *at = wanted; *at;) {
		size_t n = strcspn(at, ":");
		size_t name = strcspn(at, ":.@");
		if (is_english(at, name)) {
			break;
		}
		list = mem_check(talloc_asprintf_append_buffer(
			list, "%s%.*s", *list ? ":" : "", (int)name, at));
		if (strncmp(at, "pt", 2) == 0 && (name == 2 || at[2] == '_')) {
			list = mem_check(talloc_strdup_append_buffer(list, ":pt_BR"));
		}
		at += n + (at[n] == ':');
	}
	return *list ? list : mem_check(talloc_strdup_append_buffer(list, "en"));
}

static const char *wanted_language(const char *lang)
{
	static const char *const message_names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *locale = first_set(message_names, ARRAY_LEN(message_names));
	if (lang && *lang) {
		return lang;
	}
	const char *list = getenv("LANGUAGE");
	bool refuses = strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
	return list && *list && !refuses ? list : locale;
}

static bool names_utf8(void)
{
	static const char *const ctype_names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	const char *locale = first_set(ctype_names, ARRAY_LEN(ctype_names));
	const char *set = strchr(locale, '.');
	if (!set) {
		/* Nothing said is no statement about the terminal; "C" from a person is. */
		return !is_plain_locale(locale);
	}
	set++;
	size_t n = strcspn(set, "@");
	return (n == 5 && strncasecmp(set, "UTF-8", 5) == 0) ||
	       (n == 4 && strncasecmp(set, "utf8", 4) == 0);
}

/* C.UTF-8 even where the wanted locale is installed: widths and classes are the same, and numbers
 * and dates come from our catalogue. */
static void set_category(int category)
{
	if (!setlocale(category, "C.UTF-8")) {
		setlocale(category, "");
	}
}

bool language_setup(const char *lang)
{
	void *mem = mem_context(NULL);
	char *list = language_list(mem, wanted_language(lang));
	char *folder = paths_locale(mem);
	setenv("LANGUAGE", list, 1);
	set_category(LC_CTYPE);
	set_category(LC_MESSAGES);
	bindtextdomain(LANGUAGE_DOMAIN, folder);
	bind_textdomain_codeset(LANGUAGE_DOMAIN, "UTF-8");
	textdomain(LANGUAGE_DOMAIN);
	talloc_free(mem);
	return names_utf8();
}
