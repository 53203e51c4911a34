#include "base/mem.h"
#include "script.h"
#include "test.h"

#include <string.h>

/* What is done at a console, besides keys. */

static struct console *running(struct script *script, struct seat *seat)
{
	if (!seat->console) {
		script_fail(script, "%s has no console", seat->name);
	}
	return seat->console;
}

static void hears(struct script *script, struct seat *seat)
{
	console_hear(running(script, seat));
}

static void answers(struct script *script, struct seat *seat)
{
	console_settle(running(script, seat));
}

static void pastes(struct script *script, struct seat *seat)
{
	struct console *console = running(script, seat);
	struct msg *msg = msg_create(MSG_PASTE, script->fixture->now);
	msg->text = mem_strdup(msg, script_word(script, 2));
	console_forget(console);
	console_send(console, msg);
	console_settle(console);
}

/* Pieces of bytes, and how long the terminal takes between them. */
static void bytes(struct script *script, struct seat *seat)
{
	struct console *console = running(script, seat);
	console_forget(console);
	for (size_t i = 2; i < script->word_count; i++) {
		const struct word *word = &script->words[i];
		if (word->is_quoted) {
			console_bytes(console, word->text, word->size);
		} else {
			script_wait(script, script_duration(script, i));
		}
	}
}

/* In $EDITOR: what its file holds while it runs ("holds"), and when it has ended. */
static void edits(struct script *script, struct seat *seat)
{
	struct console *console = running(script, seat);
	bool runs_on = script_is(script, 2, "on");
	struct msg *msg = msg_create(MSG_EDITED, script->fixture->now);
	msg->edited.done = !runs_on;
	msg->edited.ok = true;
	msg->edited.text = mem_strdup(msg, script_word(script, runs_on ? 3 : 2));
	console_send(console, msg);
	console_settle(console);
}

static void resized(struct script *script, struct seat *seat)
{
	struct console *console = running(script, seat);
	struct msg *msg = msg_create(MSG_RESIZE, script->fixture->now);
	msg->size.columns = (int)script_number(script, 2);
	msg->size.rows = (int)script_number(script, 3);
	console_send(console, msg);
	console_settle(console);
}

static void killed(struct script *script, struct seat *seat)
{
	console_destroy(running(script, seat));
	seat->console = NULL;
}

static void hangs_up(struct script *script, struct seat *seat)
{
	struct console *console = running(script, seat);
	console_send(console, msg_create(MSG_HANGUP, script->fixture->now));
	console_settle(console);
	killed(script, seat);
}

static void unreachable(struct script *script, struct seat *seat)
{
	running(script, seat)->is_unreachable = true;
}

static void back(struct script *script, struct seat *seat)
{
	running(script, seat)->is_unreachable = false;
}

static void misses(struct script *script, struct seat *seat)
{
	running(script, seat)->loses_answer = true;
}

/* Effects for the program since its last keys. */
static void did(struct script *script, struct seat *seat)
{
	const char *done = running(script, seat)->did;
	bool is_nothing = script_is(script, 2, "nothing");
	if (is_nothing && *done) {
		script_fail(script, "did%s", done);
	}
	for (size_t i = 2; !is_nothing && i < script->word_count; i++) {
		if (!strstr(done, script_word(script, i))) {
			script_fail(script, "did not %s, but%s", script_word(script, i),
				*done ? done : " nothing");
		}
	}
}

/* The text on the clipboard since its last keys. */
static void copied(struct script *script, struct seat *seat)
{
	const char *text = running(script, seat)->copied;
	if (!text || strcmp(text, script_word(script, 2)) != 0) {
		script_fail(script, "copied %s", text ? text : "nothing");
	}
}

const struct seat_verb seat_verbs[] = {
	{"hears", hears},
	{"answers", answers},
	{"pastes", pastes},
	{"bytes", bytes},
	{"edits", edits},
	{"resized", resized},
	{"killed", killed},
	{"hangs", hangs_up},
	{"unreachable", unreachable},
	{"back", back},
	{"misses", misses},
	{"did", did},
	{"copied", copied},
};
const size_t seat_verb_count = ARRAY_LEN(seat_verbs);
