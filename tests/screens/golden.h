#ifndef ATENDE_TESTS_SCREENS_GOLDEN_H
#define ATENDE_TESTS_SCREENS_GOLDEN_H

/*
 * A text against the file of that name in a folder, which the environment variable `folder` names.
 * With UPDATE_SCREENS set the file is written instead. A difference fails the test, with the part
 * ("== …") it is in.
 */
void golden_check(const char *folder, const char *name, const char *text);

/* SCREENS_LANG, or "en". */
const char *golden_language(void);

#endif
