#include "test.h"

#include "base/file.h"
#include "base/language.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/problem.h"
#include "stage.h"

#include <stdlib.h>
#include <string.h>

/*
 * What the screens look like, against the files in golden/. After a change that was meant, run
 * UPDATE_SCREENS=1 meson test -C build --suite screens
 * and read the difference before committing it. SCREENS_LANG chooses the language.
 */

static void nothing(struct stage *stage)
{
	(void)stage;
}

static void mine_and_news(struct stage *stage)
{
	stage_do(stage, "j c");
	stage_wait(stage, 200);
	stage_answer(stage);
	stage_ticket(stage, 1008)->row.ticket.state = TICKET_WAITING;
	stage_do(stage, "R");
	stage_ticket(stage, 1008)->row.ticket.state = TICKET_OPEN;
	stage_feed(stage, CHANGE_REOPEN, CARLA, 1008);
	stage_ticket(stage, 1003)->row.ticket.state = TICKET_RESOLVED;
	stage_feed(stage, CHANGE_REPLY, BRUNO, 1003);
	stage_answer(stage);
}

static void open_ticket(struct stage *stage)
{
	stage_do(stage, "j Enter");
}

static void open_held(struct stage *stage)
{
	stage_do(stage, "j j j Enter");
}

static void open_customer(struct stage *stage)
{
	stage_do(stage, "j Enter v");
}

static const char text[] = "Olá João, já estamos reenviando o pedido 88213, que chega até quinta, "
			   "26/11. Em anexo o novo código de rastreio.";

static void write_reply(struct stage *stage)
{
	stage_do(stage, "j r");
	struct msg *msg = stage_msg(stage, MSG_PASTE);
	msg->text = mem_strdup(msg, text);
	stage_send(stage, msg);
	stage_wait(stage, 5000);
	stage_answer(stage);
}

static void write_note(struct stage *stage)
{
	stage_do(stage, "j Enter i 'ligar' ");
	stage_wait(stage, 5000);
	stage_answer(stage);
}

static void review(struct stage *stage)
{
	write_reply(stage);
	stage_add_message(stage, 1002, 0, stage->now, "Esqueçam, o pedido chegou!");
	stage_feed(stage, CHANGE_RECEIVE, 0, 1002);
	stage_answer(stage);
	stage_do(stage, "Esc");
}

static void lost_claim(struct stage *stage)
{
	write_reply(stage);
	stage_claim(stage, 1002, DAVI, stage->now);
	stage_feed(stage, CHANGE_TAKE_OVER, DAVI, 1002);
	stage_answer(stage);
}

static void draft_kept(struct stage *stage)
{
	write_reply(stage);
	stage_do(stage, "Esc");
	stage_wait(stage, 1000);
	stage_do(stage, "p Enter");
}

static void find(struct stage *stage)
{
	stage_do(stage, "f 'pedido' Enter");
}

static void drafts(struct stage *stage)
{
	draft_kept(stage);
	stage_do(stage, "g d");
}

static void messages(struct stage *stage)
{
	stage_do(stage, "c z g m");
}

static void help(struct stage *stage)
{
	stage_do(stage, "?");
}

static void prefix(struct stage *stage)
{
	stage_do(stage, "s");
}

static void pick(struct stage *stage)
{
	stage_do(stage, "t t 'br'");
}

static void filter(struct stage *stage)
{
	stage_do(stage, "/ 'pedido'");
}

static void reasons(struct stage *stage)
{
	stage_do(stage, "s r");
}

static void marked(struct stage *stage)
{
	stage_do(stage, "Space Space Space s w");
}

static void shift(struct stage *stage)
{
	stage_do(stage, "c g e");
}

static void paused(struct stage *stage)
{
	stage_do(stage, "g p");
}

static void down(struct stage *stage)
{
	stage_do(stage, "j");
	stage->is_unreachable = true;
	stage_do(stage, "R");
}

enum sizes { ALL_SIZES, TWO_SIZES };

static const struct {
	const char *name;
	enum sizes sizes;
	void (*play)(struct stage *stage);
} scenes[] = {
	{"queue", ALL_SIZES, nothing},
	{"queue_live", ALL_SIZES, mine_and_news},
	{"ticket", ALL_SIZES, open_ticket},
	{"ticket_held", TWO_SIZES, open_held},
	{"customer", TWO_SIZES, open_customer},
	{"reply", ALL_SIZES, write_reply},
	{"note", TWO_SIZES, write_note},
	{"review", ALL_SIZES, review},
	{"lost_claim", TWO_SIZES, lost_claim},
	{"draft", TWO_SIZES, draft_kept},
	{"find", TWO_SIZES, find},
	{"drafts", TWO_SIZES, drafts},
	{"messages", TWO_SIZES, messages},
	{"help", TWO_SIZES, help},
	{"prefix", TWO_SIZES, prefix},
	{"pick", TWO_SIZES, pick},
	{"filter", TWO_SIZES, filter},
	{"reasons", TWO_SIZES, reasons},
	{"marked", TWO_SIZES, marked},
	{"shift", TWO_SIZES, shift},
	{"paused", TWO_SIZES, paused},
	{"down", TWO_SIZES, down},
};

static const struct {
	int columns, rows;
} sizes[] = {{80, 24}, {40, 12}, {60, 20}, {100, 30}, {132, 40}, {30, 6}};

static char *golden_path(const void *mem, const char *name, size_t size)
{
	const char *lang = getenv("SCREENS_LANG");
	return mem_printf(mem, "%s/%s.%dx%d.%s.txt", getenv("SCREENS_DIR"), name,
		sizes[size].columns, sizes[size].rows, lang ? lang : "en");
}

static void check_golden(const void *mem, const char *path, const char *screen)
{
	struct error err = {0};
	if (getenv("UPDATE_SCREENS")) {
		assert_true(file_replace(path, screen, strlen(screen), &err));
		return;
	}
	char *wanted = NULL;
	size_t size;
	if (!file_read(mem, path, 100000, &wanted, &size, &err)) {
		fail_msg("%s is not there: UPDATE_SCREENS=1 makes it", path);
	}
	if (strcmp(wanted, screen) != 0) {
		fail_msg("%s differs:\n%s\n--- instead of ---\n%s", path, screen, wanted);
	}
}

static void check_scene(size_t scene, size_t size)
{
	struct stage *stage = stage_begin(sizes[size].columns, sizes[size].rows);
	scenes[scene].play(stage);
	check_golden(stage, golden_path(stage, scenes[scene].name, size), stage_screen(stage));
	stage_destroy(stage);
}

static void screens_look_as_agreed(void **state)
{
	(void)state;
	for (size_t scene = 0; scene < ARRAY_LEN(scenes); scene++) {
		size_t count = scenes[scene].sizes == ALL_SIZES ? ARRAY_LEN(sizes) : 2;
		for (size_t size = 0; size < count; size++) {
			check_scene(scene, size);
		}
	}
}

int main(void)
{
	language_setup(getenv("SCREENS_LANG"));
	const struct CMUnitTest tests[] = {cmocka_unit_test(screens_look_as_agreed)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
