#include "scenes.h"

#include "base/mem.h"
#include "core/problem.h"

/* How a console gets to each of its screens. */

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

static void review_note(struct stage *stage)
{
	write_note(stage);
	stage_do(stage, "Esc");
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
	for (int second = 0; second < 11; second++) {
		stage_wait(stage, 1000);
		stage_answer(stage);
	}
}

const struct scene scenes[] = {
	{"queue", true, nothing},
	{"queue_live", true, mine_and_news},
	{"ticket", true, open_ticket},
	{"ticket_held", false, open_held},
	{"customer", false, open_customer},
	{"reply", true, write_reply},
	{"note", false, write_note},
	{"review", true, review},
	{"note_review", false, review_note},
	{"lost_claim", false, lost_claim},
	{"draft", false, draft_kept},
	{"find", false, find},
	{"drafts", false, drafts},
	{"messages", false, messages},
	{"help", false, help},
	{"prefix", false, prefix},
	{"pick", false, pick},
	{"filter", false, filter},
	{"reasons", false, reasons},
	{"marked", false, marked},
	{"shift", false, shift},
	{"paused", false, paused},
	{"down", false, down},
};
const size_t scene_count = ARRAY_LEN(scenes);

const struct scene_size scene_sizes[] = {
	{80, 24}, {40, 12}, {60, 20}, {100, 30}, {132, 40}, {30, 6}};
const size_t scene_size_count = ARRAY_LEN(scene_sizes);
