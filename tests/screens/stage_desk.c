#include "stage_desk.h"

#include "base/clock.h"
#include "base/mem.h"

#include <string.h>

/* The desk in memory: who is there, what waits. */

static const struct {
	const char *login, *name;
	enum role role;
} people[] = {{"ana", "Ana Prado", ROLE_OPERATOR}, {"bruno", "Bruno Reis", ROLE_OPERATOR},
	{"carla", "Carla Nunes", ROLE_OPERATOR}, {"davi", "Davi Lopes", ROLE_SUPERVISOR}};

static const struct {
	const char *key, *name;
} teams[] = {{"entrega", "Entrega"}, {"cobranca", "Cobrança"}, {"acesso", "Acesso"}};

static const struct {
	int64_t parent;
	const char *key, *name;
} reasons[] = {{0, "entrega", "Entrega"}, {0, "cobranca", "Cobrança"}, {1, "extravio", "Extravio"},
	{1, "atraso", "Atraso"}};

static const struct {
	const char *key, *name, *text;
} answers[] = {
	{"ola", "Saudação", "Olá {{customer.first_name}},\n\nobrigada pela mensagem.\n"},
	{"prazo", "Prazo de entrega", "O pedido chega até {{order.date}}."},
};

static void add_operators(struct directory *directory)
{
	directory->operator_count = ARRAY_LEN(people);
	directory->operators = mem_array(directory, struct operator_, ARRAY_LEN(people));
	for (size_t i = 0; i < ARRAY_LEN(people); i++) {
		int64_t *in = mem_array(directory, int64_t, ARRAY_LEN(teams));
		for (size_t n = 0; n < ARRAY_LEN(teams); n++) {
			in[n] = (int64_t)n + 1;
		}
		directory->operators[i] = (struct operator_){.id = (int64_t)i + 1,
			.login = mem_strdup(directory, people[i].login),
			.name = mem_strdup(directory, people[i].name),
			.role = people[i].role,
			.enabled = true,
			.team_count = ARRAY_LEN(teams),
			.teams = in,
			.pause_reason = mem_strdup(directory, ""),
			.signed_in_at = STAGE_NOW - MS_HOUR};
	}
}

static void add_rest(struct directory *directory)
{
	directory->team_count = ARRAY_LEN(teams);
	directory->teams = mem_array(directory, struct team, ARRAY_LEN(teams));
	for (size_t i = 0; i < ARRAY_LEN(teams); i++) {
		directory->teams[i] = (struct team){.id = (int64_t)i + 1,
			.key = mem_strdup(directory, teams[i].key),
			.name = mem_strdup(directory, teams[i].name)};
	}
	directory->reason_count = ARRAY_LEN(reasons);
	directory->reasons = mem_array(directory, struct reason, ARRAY_LEN(reasons));
	for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
		directory->reasons[i] = (struct reason){.id = (int64_t)i + 1,
			.parent = reasons[i].parent,
			.key = mem_strdup(directory, reasons[i].key),
			.name = mem_strdup(directory, reasons[i].name),
			.enabled = true};
	}
	directory->answer_count = ARRAY_LEN(answers);
	directory->answers = mem_array(directory, struct answer, ARRAY_LEN(answers));
	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		directory->answers[i] = (struct answer){.id = (int64_t)i + 1,
			.key = mem_strdup(directory, answers[i].key),
			.name = mem_strdup(directory, answers[i].name),
			.text = mem_strdup(directory, answers[i].text),
			.enabled = true};
	}
}

struct directory *stage_directory(const void *mem)
{
	struct directory *directory = mem_new(mem, struct directory);
	settings_init(directory, &directory->settings);
	add_operators(directory);
	add_rest(directory);
	stage_prefer(directory, "tour", "seen");
	return directory;
}

void stage_prefer(struct directory *directory, const char *name, const char *value)
{
	struct operator_ *ana = &directory->operators[0];
	ana->preferences =
		mem_grow(directory, ana->preferences, struct preference, ana->preference_count + 1);
	ana->preferences[ana->preference_count++] =
		(struct preference){mem_strdup(directory, name), mem_strdup(directory, value)};
}

/* Waiting and due are minutes before and after now. */
static const struct {
	const char *customer, *address, *subject, *text;
	enum channel channel;
	int waiting, due;
} tickets[] = {
	{"Maria Souza", "maria@exemplo.com.br", "Cobrança em dobro na fatura de novembro",
		"Fui cobrada duas vezes pelo mesmo pedido. Podem estornar?", CHANNEL_EMAIL, 182,
		-12},
	{"João Lima", "joao@exemplo.com.br", "Não recebi meu pedido",
		"Olá, fiz o pedido 88213 no dia 14 e até agora não chegou. O rastreio diz \"saiu "
		"para entrega\" desde quarta. Podem verificar?",
		CHANNEL_CHAT, 134, 46},
	{"Padaria Sol", "compras@padariasol.example", "Nota fiscal com CNPJ errado",
		"A nota veio com o CNPJ da matriz.", CHANNEL_EMAIL, 121, 59},
	{"Carla Dias", "+55 11 98765-4321", "Troca de tamanho", "Quero trocar o M pelo G.",
		CHANNEL_PHONE, 110, 70},
	{"Studio Norte", "oi@studionorte.example", "Acesso bloqueado",
		"Não conseguimos entrar desde ontem.", CHANNEL_EMAIL, 91, 89},
	{"M. Tanaka 田中", "tanaka@example.jp", "Dúvida sobre entrega no exterior",
		"Vocês entregam no Japão? 日本への配送は可能ですか。", CHANNEL_WEB, 72, 168},
	{"Pedro Alves", "pedro@exemplo.com.br", "Reembolso parcial", "Recebi só metade do valor.",
		CHANNEL_WHATSAPP, 58, 182},
	{"Lúcia Prates", "lucia@exemplo.com.br", "Segunda via do boleto", "O boleto venceu.",
		CHANNEL_COUNTER, 31, 209},
};
enum { FIRST_NUMBER = 1001, FIRST_TEXT = 100 };

static struct ticket ticket_of(const void *mem, size_t i)
{
	int64_t waits = STAGE_NOW - tickets[i].waiting * (int64_t)MS_MINUTE;
	int64_t due = STAGE_NOW + tickets[i].due * (int64_t)MS_MINUTE;
	return (struct ticket){.number = FIRST_NUMBER + (int64_t)i,
		.state = TICKET_OPEN,
		.subject = mem_strdup(mem, tickets[i].subject),
		.customer = (int64_t)i + 1,
		.channel = tickets[i].channel,
		.team = (int64_t)(i % ARRAY_LEN(teams)) + 1,
		.priority = PRIORITY_NORMAL,
		.opened_at = waits,
		.run_at = waits,
		.waiting_since = waits,
		.answer_due_at = due,
		.resolve_due_at = DUE_NEVER,
		.due_at = due,
		.tags = mem_strdup(mem, ""),
		.ref = mem_strdup(mem, "")};
}

static void add_customer(const void *mem, struct customer_view *view, size_t i)
{
	view->customer = (struct customer){.id = (int64_t)i + 1,
		.name = mem_strdup(mem, tickets[i].customer),
		.created_at = STAGE_NOW - 1800 * (int64_t)MS_DAY,
		.ref = mem_strdup(mem, "")};
	view->address_count = 1;
	view->addresses = mem_array(mem, struct address, 1);
	view->addresses[0] = (struct address){.id = (int64_t)i + 1,
		.customer = (int64_t)i + 1,
		.kind = tickets[i].channel == CHANNEL_PHONE ? ADDRESS_PHONE : ADDRESS_EMAIL,
		.value = mem_strdup(mem, tickets[i].address),
		.key = mem_strdup(mem, tickets[i].address)};
	view->history_count = 1;
	view->history = mem_array(mem, struct history_row, 1);
	view->history[0] = (struct history_row){FIRST_NUMBER + (int64_t)i, TICKET_OPEN,
		STAGE_NOW - tickets[i].waiting * (int64_t)MS_MINUTE,
		mem_strdup(mem, tickets[i].subject)};
}

static void add_ticket(struct stage *stage, size_t i)
{
	struct ticket_view *view = &stage->tickets[i].view;
	view->row.ticket = ticket_of(stage, i);
	view->row.customer_name = mem_strdup(stage, tickets[i].customer);
	view->row.customer_address = mem_strdup(stage, tickets[i].address);
	view->row.snippet = mem_strdup(stage, "");
	add_customer(stage, &view->customer, i);
	stage_add_message(
		stage, FIRST_NUMBER + (int64_t)i, 0, view->row.ticket.run_at, tickets[i].text);
}

static void add_note(struct stage *stage, struct ticket_view *view, const char *text)
{
	view->note_count = 1;
	view->row.ticket.note_count = 1;
	view->notes = mem_array(stage, struct note, 1);
	view->notes[0] = (struct note){.id = ++stage->revision,
		.ticket = view->row.ticket.number,
		.author = BRUNO,
		.at = STAGE_NOW - 100 * (int64_t)MS_MINUTE,
		.text = mem_strdup(stage, text)};
}

static void add_customer_notes(struct stage *stage, struct customer_view *view)
{
	view->note_count = 2;
	view->notes = mem_array(stage, struct customer_note, 2);
	view->notes[0] = (struct customer_note){.id = 1,
		.customer = view->customer.id,
		.author = DAVI,
		.at = STAGE_NOW - 30 * (int64_t)MS_DAY,
		.text = mem_strdup(stage, "Prefere ser chamado de João Pedro."),
		.pinned = true};
	view->notes[1] = (struct customer_note){.id = 2,
		.customer = view->customer.id,
		.author = BRUNO,
		.at = STAGE_NOW - 2 * (int64_t)MS_DAY,
		.text = mem_strdup(stage, "Mora em prédio sem portaria.")};
	view->history_count = 3;
	view->history = mem_grow(stage, view->history, struct history_row, 3);
	view->history[1] = (struct history_row){901, TICKET_RESOLVED,
		STAGE_NOW - 90 * (int64_t)MS_DAY, mem_strdup(stage, "Troca de endereço")};
	view->history[2] = (struct history_row){
		702, TICKET_RESOLVED, STAGE_NOW - 200 * (int64_t)MS_DAY, mem_strdup(stage, "")};
}

void stage_fill(struct stage *stage)
{
	stage->revision = FIRST_TEXT;
	stage->ticket_count = ARRAY_LEN(tickets);
	stage->tickets = mem_array(stage, struct stage_ticket, ARRAY_LEN(tickets));
	for (size_t i = 0; i < ARRAY_LEN(tickets); i++) {
		add_ticket(stage, i);
	}
	struct ticket_view *joao = stage_ticket(stage, 1002);
	add_note(stage, joao, "transportadora confirmou extravio, pode reenviar");
	add_customer_notes(stage, &joao->customer);
	stage_add_message(stage, 1002, 0, STAGE_NOW - 11 * (int64_t)MS_MINUTE, "Alguém?");
	stage_claim(stage, 1004, BRUNO, STAGE_NOW - 3 * (int64_t)MS_MINUTE);
	stage_claim(stage, 1005, DAVI, STAGE_NOW - 8 * (int64_t)MS_MINUTE);
	stage_ticket(stage, 1005)->row.claim.grace = true;
	stage_ticket(stage, 1003)->row.ticket.priority = PRIORITY_HIGH;
}

void stage_grow(struct stage *stage, size_t count)
{
	stage->tickets = mem_grow(stage, stage->tickets, struct stage_ticket, count);
	for (size_t i = stage->ticket_count; i < count; i++) {
		stage->tickets[i] = stage->tickets[0];
		struct ticket_row *row = &stage->tickets[i].view.row;
		row->ticket.number = FIRST_NUMBER + (int64_t)i;
		row->ticket.customer = (int64_t)i + 1;
		row->ticket.due_at = STAGE_NOW + (int64_t)i * MS_MINUTE;
		row->ticket.answer_due_at = row->ticket.due_at;
	}
	stage->ticket_count = count;
}

void stage_claim(struct stage *stage, int64_t number, int64_t operator_id, int64_t since)
{
	struct ticket_view *view = stage_ticket(stage, number);
	view->row.claim = (struct claim){.ticket = number,
		.customer = view->row.ticket.customer,
		.operator_id = operator_id,
		.generation = ++stage->revision,
		.since = since,
		.expires_at = stage->now + 2 * (int64_t)MS_MINUTE};
}

void stage_add_message(
	struct stage *stage, int64_t number, int64_t author, int64_t at, const char *text)
{
	struct ticket_view *view = stage_ticket(stage, number);
	struct ticket *ticket = &view->row.ticket;
	view->messages = mem_grow(stage, view->messages, struct message, view->message_count + 1);
	view->messages[view->message_count++] = (struct message){.id = ++stage->revision,
		.ticket = number,
		.direction = author ? DIRECTION_OUT : DIRECTION_IN,
		.author = author,
		.channel = ticket->channel,
		.at = at,
		.text = mem_strdup(stage, text),
		.state = author ? MESSAGE_SENT : MESSAGE_RECEIVED,
		.message_id = mem_strdup(stage, ""),
		.address = mem_strdup(stage, "")};
	ticket->message_count++;
	ticket->newest_public = stage->revision;
	ticket->newest_is_ours = author != 0;
}

struct ticket_view *stage_ticket(struct stage *stage, int64_t number)
{
	size_t i = (size_t)(number - FIRST_NUMBER);
	return number >= FIRST_NUMBER && i < stage->ticket_count ? &stage->tickets[i].view : NULL;
}
