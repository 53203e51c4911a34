#ifndef ATENDE_BASE_LANGUAGE_H
#define ATENDE_BASE_LANGUAGE_H

#include <stdbool.h>

/*
 * Locale and translation of a program. Characters are always UTF-8, also where the wanted locale is
 * not installed (bare Debian): then C.UTF-8 with the translation all the same. Called once, before
 * threads.
 */

#define LANGUAGE_DOMAIN "atende"

/*
 * lang: "pt_BR", "en" …, or NULL or "" for what LANGUAGE, LC_ALL, LC_MESSAGES and LANG ask for.
 * False when the environment names a character set that is not UTF-8: then show ASCII alone.
 */
bool language_setup(const char *lang);

#endif
