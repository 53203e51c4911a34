#include "place.h"

#include "test.h"

#include "base/mem.h"
#include "screens/chance.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/*
 * The real program and two operators whose cats walk over the keyboards: keys, halves of keys,
 * pastes, reports of the mouse and answers to questions nobody asked. It never crashes, sends only
 * its own sequences, ends only when it was told to, and leaves a desk that is in order.
 * --keys N presses so many (--long: 50,000), --seed N begins elsewhere.
 */

enum { KEYS = 1500, KEYS_LONG = 50000, BURST = 20, OPERATORS = 2, ROWS = 24, ROWS_MOST = 44 };

struct play {
	int keys;
	uint64_t seed;
};

struct cats {
	struct place *place;
	struct chance chance;
	struct session *sessions[OPERATORS];
	int rows[OPERATORS];
};

static struct play play = {KEYS, 1};

static const char *const logins[OPERATORS] = {"ana", "bruno"};

/* A name ends with NUL: bytes that come in one piece. */
static const char *const bytes[] = {
	"\r",
	"\r",
	"\r",
	"\033",
	"\033",
	"\t",
	"\177",
	" ",
	"\033OA",
	"\033OB",
	"\033[A",
	"\033[B",
	"\033[C",
	"\033OD",
	"\033[5~",
	"\033[6~",
	"\033OH",
	"\033[F",
	"\033[3~",
	"\033OP",
	"\033[15~",
	"\003",
	"\004",
	"\025",
	"\027",
	"\013",
	"\031",
	"\020",
	"\030m",
	"\030\005",
	"\030c",
	"\030p",
	"\030l",
	"\030s",
	"\014",
	"\034",
	"\001",
	"\002",
	"\021",
	"\023",
	/* Alt, halves, and what no key sends. */
	"\033y",
	"\033r",
	"\033",
	"[",
	"O",
	"A",
	"\033[",
	"\033[1;5D",
	"\033[Z",
	"\033[I",
	"\033[O",
	"\033[M !!",
	"\033[<0;3;4M",
	"\033[24;80R",
	"\033[?62;1c",
	"\033]10;rgb:00/00/00\007",
	"\033P1$r0m\033\\",
	"\033[200~y\ry\033[201~",
	"\033[200~Ol\303\241\033[201~",
	"\303",
	"\303\251",
	"\377",
	"\360\237\221\215",
	"\314\201",
};

static void some_key(struct cats *cats, struct session *session)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzCGJKLNRTYZ0123456789/?:*.;@!=^~";
	if (chance_draw(&cats->chance, 3) > 0) {
		char letter = letters[chance_draw(&cats->chance, sizeof letters - 1)];
		session_send_bytes(session, &letter, 1);
	} else {
		session_send(session, bytes[chance_draw(&cats->chance, ARRAY_LEN(bytes))]);
	}
}

/* $EDITOR comes back at once. */
static struct session *begin(struct cats *cats, size_t who)
{
	const struct desk *desk = cats->place->desk;
	const char *argv[] = {desk_program(), NULL};
	const char *more[] = {mem_printf(desk, "ATENDE_AS=%s", logins[who]), "EDITOR=true", NULL};
	struct session_options options = {
		.argv = argv, .environment = desk_environment(desk, more), .no_echo = true};
	cats->rows[who] = ROWS;
	return session_start(cats->place->group, &options);
}

static bool has_drawn(struct session *session, void *data)
{
	return session_received(session) > *(const uint64_t *)data || !session_poll(session);
}

/* A size that was not there before is always answered by a picture: so one knows that the keys were
 * read. */
static void wait_drawn(struct cats *cats, size_t who)
{
	struct session *session = cats->sessions[who];
	session_poll(session);
	uint64_t before = session_received(session);
	cats->rows[who] = cats->rows[who] == ROWS_MOST ? ROWS : cats->rows[who] + 1;
	session_resize(session, cats->rows[who], 80);
	session_wait(session, has_drawn, &before, "a picture of another size");
}

static void press_some(struct cats *cats, size_t who)
{
	struct session *session = cats->sessions[who];
	for (int i = 0; i < BURST; i++) {
		some_key(cats, session);
	}
	wait_drawn(cats, who);
	if (!session_poll(session)) {
		assert_int_equal(session_wait_end(session), 0); /* it was told to */
		cats->sessions[who] = begin(cats, who);
		session_wait_for(cats->sessions[who], "online");
	}
}

/* In seconds that nobody waits for, claims would end: some of it is at the end of the run. */
static void nothing_breaks_in_a_terminal(void **state)
{
	struct cats cats = {.place = *state, .chance = {play.seed}};
	print_message("# seed %llu\n", (unsigned long long)play.seed);
	for (size_t i = 0; i < OPERATORS; i++) {
		cats.sessions[i] = begin(&cats, i);
		session_wait_for(cats.sessions[i], "online");
	}
	for (int keys = 0; keys < play.keys; keys += BURST) {
		press_some(&cats, chance_draw(&cats.chance, OPERATORS));
	}
	for (size_t i = 0; i < OPERATORS; i++) {
		session_hang_up(cats.sessions[i]);
		assert_int_equal(session_wait_end(cats.sessions[i]), 128 + SIGHUP);
	}
	print_message("# %s\n", desk_do(cats.place->desk, "davi", NULL, "doctor", NULL));
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--long") == 0) {
			play.keys = KEYS_LONG;
		} else if (i + 1 < argc && strcmp(argv[i], "--keys") == 0) {
			play.keys = (int)strtol(argv[++i], NULL, 10);
		} else if (i + 1 < argc && strcmp(argv[i], "--seed") == 0) {
			play.seed = strtoull(argv[++i], NULL, 10);
		}
	}
	const struct CMUnitTest tests[] = {AT_A_PLACE(nothing_breaks_in_a_terminal)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
