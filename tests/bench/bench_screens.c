#include "child.h"
#include "figure.h"

#include <stdio.h>

/*
 * bench_screens LABEL MARKER PROGRAM ARGUMENT…: one key on every screen and prompt of a console, on
 * a desk that may be altered: until its last byte is painted, and how many bytes.
 */

enum { ROUNDS = 40 };

struct walk {
	const char *name;
	const char *in;	  /* keys from the queue to there */
	const char *key;  /* measured */
	const char *back; /* undoes it */
	const char *out;  /* to the queue again */
};

#define CTRL_D "\x04"
#define CTRL_P "\x10"
#define CTRL_U "\x15"
#define ESC "\x1b"
#define DELETE "\x7f"

static const struct walk walks[] = {
	{"queue, down", "", "j", "k", ""},
	{"queue, page down", "", CTRL_D, CTRL_U, ""},
	{"queue, mark", "", " ", "k ", ""},
	{"queue, preview off and on", "", "v", "v", ""},
	{"queue, what may follow a key", "", "s", ESC, ""},
	{"filter, a letter", "/", "p", DELETE, ESC},
	{"line, a letter", ":", "s", DELETE, ESC},
	{"palette, a letter", CTRL_P, "s", DELETE, ESC},
	{"help, down", "?", "\x1bOB", "\x1bOA", ESC},
	{"ticket, customer", "\r", "v", "v", "q"},
	{"ticket, page", "\r", CTRL_U, CTRL_D, "q"},
	{"ticket, next", "\r", "J", "K", "q"},
	{"reply, a letter", "r", "a", DELETE, ESC "p"},
	{"reply, a paste", "r", "\x1b[200~Pedido enviado hoje.\x1b[201~", CTRL_U, ESC "p"},
	{"review, back to the text", "ra" ESC, "e", ESC, "dx"},
	{"find, down", "fpedido\r", "j", "k", "q"},
	{"drafts", "", "gd", "q", ""},
	{"end of shift", "", "ge", "q", ""},
};

static void bench_walk(struct child *child, const struct walk *walk, const char *label)
{
	struct figure time, bytes;
	figure_init(&time, figure_name(walk->name, "key to paint"), label, "us");
	figure_init(&bytes, figure_name(walk->name, "bytes a key"), label, "bytes");
	child_walk(child, walk->in);
	child_read(child, CHILD_START_QUIET_MS, CHILD_START_QUIET_MS, NULL);
	for (int i = 0; i < ROUNDS; i++) {
		double begin = bench_now_us();
		struct painted painted = child_press(child, walk->key);
		if (painted.bytes) {
			figure_add(&time, painted.last_at - begin);
			figure_add(&bytes, (double)painted.bytes);
		}
		child_press(child, walk->back);
	}
	child_walk(child, walk->out);
	child_read(child, CHILD_START_QUIET_MS, CHILD_START_QUIET_MS, NULL);
	figure_print(&time);
	figure_print(&bytes);
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: bench_screens LABEL MARKER PROGRAM …\n");
		return 2;
	}
	struct child child = child_start_ready(argv + 3, argv[2]);
	for (size_t i = 0; i < sizeof walks / sizeof *walks; i++) {
		bench_walk(&child, &walks[i], argv[1]);
	}
	child_stop(&child);
	return 0;
}
