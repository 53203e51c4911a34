#ifndef ATENDE_TESTS_SUPPORT_SESSION_H
#define ATENDE_TESTS_SUPPORT_SESSION_H

#include "support/terminal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * Programs in ptys, as people run them. The sessions of a group are all read whenever one is waited
 * for, so that none blocks on a full pty. Waiting polls the output with a generous deadline; when
 * that is over, or the terminal got something no program of ours may send, the screens are printed
 * and the cmocka test fails at the caller's line. There are no sleeps.
 */
struct session_group;
struct session;

struct session_options {
	const char *const *argv;	/* argv[0] is a path; ended by NULL */
	const char *const *environment; /* all of it (desk_environment), ended by NULL */
	int rows, columns;		/* 0: 24, 80 */
	bool no_echo; /* what is typed after the program's end does not come back */
};

struct session_group *session_group_create(void);

/* Kills what still runs and frees every session. NULL is fine. */
void session_group_destroy(struct session_group *group);

struct session *session_start(struct session_group *group, const struct session_options *options);

/* Sends bytes as keys. Named keys: SESSION_KEY_… below. */
void session_send(struct session *session, const char *bytes);
void session_send_bytes(struct session *session, const char *bytes, size_t size);

#define SESSION_KEY_ESC "\033"
#define SESSION_KEY_ENTER "\r"
#define SESSION_KEY_TAB "\t"
#define SESSION_KEY_BACKSPACE "\177"
#define SESSION_KEY_UP "\033OA"
#define SESSION_KEY_DOWN "\033OB"
#define SESSION_KEY_RIGHT "\033OC"
#define SESSION_KEY_LEFT "\033OD"
#define SESSION_KEY_HOME "\033OH"
#define SESSION_KEY_END "\033OF"
#define SESSION_KEY_PAGE_UP "\033[5~"
#define SESSION_KEY_PAGE_DOWN "\033[6~"
#define SESSION_KEY_F1 "\033OP"
#define SESSION_PASTE(text) "\033[200~" text "\033[201~"

/* Waits until the screen shows text; until it no longer does. */
#define session_wait_for(session, text) session_wait_for_at(session, text, __FILE__, __LINE__)
#define session_wait_gone(session, text) session_wait_gone_at(session, text, __FILE__, __LINE__)
void session_wait_for_at(struct session *session, const char *text, const char *file, int line);
void session_wait_gone_at(struct session *session, const char *text, const char *file, int line);

/* Waits until is_so says yes; `what` is printed when it never does. */
typedef bool (*session_condition)(struct session *session, void *data);
#define session_wait(session, is_so, data, what)                                                   \
	session_wait_at(session, is_so, data, what, __FILE__, __LINE__)
void session_wait_at(struct session *session, session_condition is_so, void *data, const char *what,
	const char *file, int line);

/* Waits for the end; the exit status, or 128 + the signal that ended it. The screen stays. */
#define session_wait_end(session) session_wait_end_at(session, __FILE__, __LINE__)
int session_wait_end_at(struct session *session, const char *file, int line);

/* Reads what has arrived, without waiting; false when the program has ended. */
bool session_poll(struct session *session);

/* The screen now; owned by the session. */
struct terminal *session_terminal(struct session *session);

/* All bytes the program has sent since the start (for budgets: take the difference). */
uint64_t session_received(const struct session *session);
/* The bytes themselves from an offset on, NUL-terminated, not owned, until the next read. */
const char *session_bytes(const struct session *session, uint64_t from, size_t *size);

pid_t session_pid(const struct session *session);
void session_resize(struct session *session, int rows, int columns); /* tells it by SIGWINCH */
void session_hang_up(struct session *session); /* the terminal goes away, as when SSH drops */
void session_signal(struct session *session, int number); /* to the program alone */

#endif
