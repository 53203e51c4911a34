#ifndef ATENDE_TESTS_SCREENS_SCRIPT_H
#define ATENDE_TESTS_SCREENS_SCRIPT_H

#include "console.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A session as a readable script (scripts/README.md): consoles on one desk, what is done at them,
 * what must be seen. A line that does not hold fails the running test.
 */

struct word {
	char *text;
	size_t size;
	bool is_quoted;
};

enum { SEATS = 8 };

/* A terminal somebody sits at: "ana", or "ana.2" for another one of hers. */
struct seat {
	char *name;
	struct console *console; /* NULL: nothing runs there */
	struct draft_list *spool;
};

struct script {
	char *path;
	char **lines;
	size_t line_count;
	size_t at; /* the line being done, from 0 */
	struct word *words;
	size_t word_count;
	struct fixture *fixture;
	struct seat seats[SEATS];
	int64_t remembered; /* revision of the desk */
	bool updates;	    /* whole screens are written instead of compared */
	bool is_altered;    /* … and some were others */
	bool is_over;
};

/* Reads the file; on mem. */
struct script *script_read(const void *mem, const char *path);
/* From beginning to end on the fixture. */
void script_run(struct script *script, struct fixture *fixture);
/* Ends consoles; when the script did not come to its end, says where and what was on the screens.
 */
void script_finish(struct script *script);

/* --- for verbs --- */

/* "script:line: …"; ends the test. */
void script_fail(struct script *script, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));
/* Is this word there, unquoted? */
bool script_is(const struct script *script, size_t at, const char *text);
/* The word, which must be there; quoted or not. */
const char *script_word(struct script *script, size_t at);
int64_t script_number(struct script *script, size_t at);
int64_t script_duration(struct script *script, size_t at); /* "150ms", "2h" */
/* Time passes for everybody. */
void script_wait(struct script *script, int64_t ms);
/* "ana" of "ana.2". On the script. */
char *seat_login(struct script *script, const struct seat *seat);

typedef void desk_verb_fn(struct script *script);
typedef void seat_verb_fn(struct script *script, struct seat *seat);

struct desk_verb {
	const char *word;
	desk_verb_fn *run;
};
struct seat_verb {
	const char *word;
	seat_verb_fn *run; /* words[1] is the verb */
};
extern const struct desk_verb desk_verbs[];
extern const size_t desk_verb_count;
extern const struct seat_verb seat_verbs[], see_verbs[];
extern const size_t seat_verb_count, see_verb_count;

#endif
