#ifndef ATENDE_TESTS_SCREENS_GOLDEN_H
#define ATENDE_TESTS_SCREENS_GOLDEN_H

/*
 * A text against the file of that name in a folder, which the environment variable `folder` names.
 * With UPDATE_SCREENS set the file is written instead. A difference fails the test, with the part
 * ("== …") it is in and how all files are made anew.
 */
#define GOLDEN_UPDATE "UPDATE_SCREENS=1 meson test -C build --suite screens"
void golden_check(const char *folder, const char *name, const char *text);

/* SCREENS_LANG, or "en". */
const char *golden_language(void);

#endif
