#include "scenes.h"

#include "base/clock.h"
#include "base/mem.h"
#include "core/problem.h"

/* How a console gets to each of its screens. */

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

static const char mail[] =
	"Boa tarde,\n\na nota está em "
	"https://notas.example/danfe?id=35261100000000000000550010000012341"
	"&formato=pdf (2 páginas). Podem corrigir?\n\nEm seg., 23 de nov. de 2026 às 09:40, Loja\n"
	"<sac@loja.example> escreveu:\n\n> Olá,\n>\n> qual nota?\n>\n> Loja\n\n-- \nSol Andrade\n"
	"Padaria Sol\nhttps://padariasol.example\n";

static struct attachment file_of(const void *mem, const char *name, int64_t size_bytes)
{
	return (struct attachment){.name = mem_strdup(mem, name),
		.media_type = mem_strdup(mem, ""),
		.size_bytes = size_bytes,
		.blob = mem_strdup(mem, name)};
}

static void a_mail_came(struct stage *stage)
{
	stage_add_message(stage, 1003, 0, stage->now - 120000, mail);
	struct ticket_view *view = stage_ticket(stage, 1003);
	struct attachment *files = mem_array(stage, struct attachment, 2);
	files[0] = file_of(stage, "danfe.pdf", 86000);
	files[1] = file_of(stage, "ver.html", 900);
	view->messages[view->message_count - 1].attachments = (struct attachment_list){2, files};
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

static void review_plain(struct stage *stage)
{
	write_reply(stage);
	stage_do(stage, "Esc");
	stage_wait(stage, 1000);
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

static void drafts(struct stage *stage)
{
	draft_kept(stage);
	stage_do(stage, "g d");
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

/* --- a desk behind a server --- */

static void go_online(struct stage *stage)
{
	stage->link = (struct link_status){.round_trip_ms = 38, .data_at = stage->now};
	stage_link(stage, LINK_STATE_ONLINE);
	stage_do(stage, "j Enter");
}

static void lose_link(struct stage *stage)
{
	error_set(&stage->link.err, ERROR_UNAVAILABLE, N_("the desk is busy"), NULL);
	stage_link(stage, LINK_STATE_OFFLINE);
}

static void go_offline(struct stage *stage)
{
	go_online(stage);
	lose_link(stage);
}

static void answer_offline(struct stage *stage)
{
	go_online(stage);
	stage_do(stage, "r 'Chega amanhã.' ");
	lose_link(stage);
	stage_do(stage, "Esc");
	stage_wait(stage, 1000);
	stage_do(stage, "y");
	stage_link(stage, LINK_STATE_OFFLINE);
}

static void came_back(struct stage *stage)
{
	answer_offline(stage);
	struct pending_change *pending = &stage->pending.items[0];
	pending->is_refused = true;
	error_set(&pending->err, ERROR_CONFLICT,
		N_("ticket {0} was written to since you looked; read it, then send again"), "1002",
		NULL);
	stage->link.waiting = 0;
	stage->link.refused = 1;
	stage_link(stage, LINK_STATE_ONLINE);
	stage_answer(stage);
	stage_do(stage, "g o");
}

/* --- the desk as it is rarely --- */

static void nobody_waits(struct stage *stage)
{
	stage->ticket_count = 0;
}

static void many_wait(struct stage *stage)
{
	stage_grow(stage, 200);
}

/* --- prompts and what comes of them --- */

static void no_answer_yet(struct stage *stage)
{
	stage_play(stage, "c");
}

static void uncertain(struct stage *stage)
{
	stage->is_uncertain = true;
	stage_do(stage, "c");
}

static void refused(struct stage *stage)
{
	problem(&stage->refusal, PROBLEM_HELD, "1001", "bruno", "2 s", NULL);
	stage_do(stage, "c");
}

static void idle(struct stage *stage)
{
	stage_do(stage, "j c Enter");
	for (int minute = 0; minute < 8; minute++) {
		stage_wait(stage, MS_MINUTE);
		stage_answer(stage);
	}
	stage_wait(stage, 10 * (int64_t)MS_SECOND);
	stage_answer(stage);
}

/* A console that could not start: the screen in its place. */
static void start_with(struct stage *stage, const struct start_lack *lack)
{
	struct start_lack *copy = mem_new(stage, struct start_lack);
	*copy = *lack;
	copy->sample_path = "~/.local/share/atende/sample.db";
	copy->new_path = "~/.local/share/atende/desk.db";
	copy->login = "ana";
	stage->model->start.lack = copy;
	stage->model->screen = SCREEN_START;
}

static void start_first(struct stage *stage)
{
	start_with(stage, &(struct start_lack){.is_first = true});
}

static void start_who(struct stage *stage)
{
	struct error *problem = mem_new(stage, struct error);
	error_set_reason(problem, ERROR_NOT_FOUND, "no_operator",
		"it is not known who acts; say so with --as OPERATOR or ATENDE_AS", NULL);
	start_with(stage, &(struct start_lack){.problem = problem, .directory = stage->directory});
}

static void start_signed_out(struct stage *stage)
{
	struct error *problem = mem_new(stage, struct error);
	error_set_reason(problem, ERROR_DENIED, "signed_out",
		"you are signed out; sign in again: atende sign-in", NULL);
	start_with(stage, &(struct start_lack){.problem = problem, .login = "ana"});
}

static void start_fault(struct stage *stage)
{
	struct error *problem = mem_new(stage, struct error);
	error_set(problem, ERROR_INTERNAL,
		"the desk {0} is damaged; run \"atende doctor\", and put back a backup",
		"/srv/atende/desk.db", NULL);
	start_with(stage, &(struct start_lack){.problem = problem});
}

/* Bruno answers what he holds, which davi reads too; carla reads the first. */
static void colleagues_about(struct stage *stage)
{
	const struct presence items[] = {
		{.operator_id = BRUNO, .ticket = 1004, .doing = DOING_WRITING},
		{.operator_id = CARLA, .ticket = 1001, .doing = DOING_READING},
		{.operator_id = DAVI, .ticket = 1004, .doing = DOING_READING}};
	stage->presences.items = mem_dup(stage, items, sizeof items);
	stage->presences.count = ARRAY_LEN(items);
	for (size_t i = 0; i < ARRAY_LEN(items); i++) {
		stage->presences.items[i].expires_at = stage->now + PRESENCE_MS;
	}
	stage->model->presence.terminal = mem_strdup(stage->model, "t");
	stage_wait(stage, 100);
	stage_answer(stage);
}

static void memos_wait(struct stage *stage)
{
	const struct memo items[] = {
		{14, BRUNO, STAGE_NOW - 2 * MS_MINUTE, ANA, 0, 1004,
			mem_strdup(stage, "O cliente do 1004 ligou de novo.\nVocê assume?"), true},
		{12, ANA, STAGE_NOW - 20 * MS_MINUTE, 0, 1, 0,
			mem_strdup(stage, "A nota da Padaria Sol já saiu."), false},
		{9, DAVI, STAGE_NOW - 3 * MS_HOUR, 0, 0, 0,
			mem_strdup(stage, "Reunião às 15h na sala grande."), false}};
	stage->memos =
		(struct memo_list){ARRAY_LEN(items), mem_dup(stage, items, sizeof items), 1, false};
}

const struct scene scenes[] = {
	{"queue", .keys = ""},
	{"queue_live", .play = mine_and_news},
	{"queue_empty", .arrange = nobody_waits},
	{"queue_long", .arrange = many_wait, .keys = "PgDn PgDn"},
	{"queue_order", .keys = "o"},
	{"mine_empty", .keys = "2"},
	{"waiting", .keys = "g w"},
	{"no_preview", .keys = "v"},
	{"claimed", .keys = "j c"},
	{"asking", .play = no_answer_yet},
	{"refused", .play = refused},
	{"uncertain", .play = uncertain},
	{"filter", .keys = "/ 'pedido'"},
	{"filter_on", .keys = "/ 'pedido' Enter"},
	{"filter_none", .keys = "/ 'nada disso' Enter"},
	{"filter_wrong", .keys = "/ 'due:x' Enter"},
	{"marked", .keys = "Space Space Space s w"},
	{"marked_rows", .keys = "Space Space j"},
	{"prefix", .keys = "s"},
	{"prefix_colleagues", .keys = "t"},
	{"prefix_priority", .keys = "p"},
	{"prefix_go", .keys = "g"},
	{"unknown_key", .keys = "z"},
	{"reasons", .keys = "s r"},
	{"reasons_below", .keys = "s r 1"},
	{"snooze", .keys = "s z"},
	{"snooze_line", .keys = "s z '18:30'"},
	{"snooze_wrong", .keys = "s z 'ontem' Enter"},
	{"discard", .keys = "s d"},
	{"pick", .keys = "t t 'br'"},
	{"pick_none", .keys = "t t 'xyz'"},
	{"ask_team", .keys = "t ? Enter 'Chegou?'"},
	{"take_over", .keys = "j j j t T"},
	{"escalate", .keys = "t e"},
	{"merge", .keys = "j Enter t m"},
	{"split", .keys = "j Enter t s"},
	{"answers", .keys = "j m"},
	{"answers_found", .keys = "j m 'pra'"},
	{"call", .keys = "j L"},
	{"customer_note", .keys = "j N 'liga depois'"},
	{"line", .keys = ": 'tra' Tab"},
	{"line_wrong", .keys = ": 'nada' Enter"},
	{"line_tag", .keys = ": 'tag vip'"},
	{"palette", .keys = "Ctrl-P 'note'"},
	{"find_ask", .keys = "f 'pedido'"},
	{"find", .keys = "f 'pedido' Enter"},
	{"find_here", .keys = "j Enter / 'pedido' Enter"},
	{"mail", .arrange = a_mail_came, .keys = "j j Enter"},
	{"mail_link", .arrange = a_mail_came, .keys = "j j Enter ]"},
	{"mail_link_asked", .arrange = a_mail_came, .keys = "j j Enter ] Enter"},
	{"mail_file", .arrange = a_mail_came, .keys = "j j Enter G [ [ Enter"},
	{"mail_files", .arrange = a_mail_came, .keys = "j j Enter F"},
	{"mail_file_number", .arrange = a_mail_came, .keys = "j j Enter F 2"},
	{"mail_file_risk", .arrange = a_mail_came, .keys = "j j Enter G [ Enter o"},
	{"mail_file_saved", .arrange = a_mail_came, .keys = "j j Enter G [ [ Enter s"},
	{"mail_unfolded", .arrange = a_mail_came, .keys = "j j Enter ] ] Enter"},
	{"offline", .play = go_offline},
	{"offline_sent", .play = answer_offline},
	{"outbox_back", .play = came_back},
	{"ticket", .keys = "j Enter"},
	{"ticket_held", .keys = "j j j Enter"},
	{"colleagues", .play = colleagues_about},
	{"colleagues_ticket", .play = colleagues_about, .keys = "j j j Enter"},
	{"memos", .arrange = memos_wait, .keys = "g r"},
	{"memos_none", .keys = "g r"},
	{"memo_to", .keys = "j Enter t r"},
	{"memo_text", .keys = "t r 'br' Enter 'Pode olhar?'"},
	{"ask_for", .keys = "j j j t p"},
	{"hand_over", .keys = "j c t h"},
	{"ticket_idle", .play = idle},
	{"customer", .keys = "j Enter v"},
	{"reply", .play = write_reply},
	{"reply_prefix", .play = write_reply, .keys = "Ctrl-X"},
	{"note", .play = write_note},
	{"lost_claim", .play = lost_claim},
	{"review", .play = review},
	{"review_reasons", .play = review, .keys = "Y"},
	{"review_discard", .play = review, .keys = "d"},
	{"note_review", .play = review_note},
	{"sent", .play = review_plain, .keys = "y"},
	{"draft", .play = draft_kept},
	{"drafts", .play = drafts},
	{"bin", .keys = "g b"},
	{"messages", .keys = "c z g m"},
	{"messages_none", .keys = "g m"},
	{"help", .keys = "?"},
	{"help_find", .keys = "? 'draft'"},
	{"help_writing", .play = write_reply, .keys = "F1"},
	{"pause_ask", .keys = ": 'pause '"},
	{"paused", .keys = "g p Enter Enter"},
	{"shift", .keys = "c g e"},
	{"shift_out", .keys = "c g e s o"},
	{"quit_ask", .keys = "c q"},
	{"down", .play = down},
	{"start", .play = start_first},
	{"start_new", .play = start_first, .keys = "n"},
	{"start_keep", .play = start_first, .keys = "s Enter"},
	{"start_who", .play = start_who, .keys = "j"},
	{"start_signed_out", .play = start_signed_out},
	{"start_password", .play = start_signed_out, .keys = "e Enter 'segredo'"},
	{"start_fault", .play = start_fault},
	{"small", .keys = "", .only_size = {30, 6}},
};
const size_t scene_count = ARRAY_LEN(scenes);

const struct scene_size scene_sizes[] = {{40, 8}, {60, 20}, {80, 24}, {100, 30}, {132, 43}};
const size_t scene_size_count = ARRAY_LEN(scene_sizes);

struct stage *scene_arrange(const struct scene *scene, struct scene_size size)
{
	struct stage *stage = stage_create(size.columns, size.rows);
	if (scene->arrange) {
		scene->arrange(stage);
	}
	return stage;
}

void scene_go(struct stage *stage, const struct scene *scene)
{
	stage_answer(stage);
	stage_wait(stage, 200); /* the preview */
	stage_answer(stage);
	if (scene->play) {
		scene->play(stage);
	}
	stage_follow(stage, scene->keys ? scene->keys : "");
}

struct stage *scene_play(const struct scene *scene, struct scene_size size)
{
	struct stage *stage = scene_arrange(scene, size);
	scene_go(stage, scene);
	return stage;
}
