#include "tui/command.h"

#include "base/mem.h"

#include <string.h>

/* Names of commands: the English ones of the table, and what people say in Portuguese. */

const struct command_alias command_aliases[] = {
	{"abrir", "open"},
	{"pegar", "claim"},
	{"responder", "reply"},
	{"nota", "note"},
	{"resposta", "answer"},
	{"soltar", "release"},
	{"aguardar", "wait"},
	{"resolver", "resolve"},
	{"adiar", "snooze"},
	{"sem-resposta", "no-answer"},
	{"reabrir", "reopen"},
	{"descartar", "discard"},
	{"proximo", "next"},
	{"filtrar", "filter"},
	{"transferir", "transfer"},
	{"perguntar", "ask"},
	{"responder-pergunta", "answer-question"},
	{"assumir", "take-over"},
	{"pedir", "ask-for"},
	{"passar", "hand-over"},
	{"recado", "memo"},
	{"recados", "memos"},
	{"escalar", "escalate"},
	{"continuar", "continue"},
	{"juntar", "merge"},
	{"separar", "split"},
	{"urgente", "urgent"},
	{"alta", "high"},
	{"baixa", "low"},
	{"etiqueta", "tag"},
	{"tirar-etiqueta", "untag"},
	{"assunto", "subject"},
	{"ligacao", "call"},
	{"observacao", "customer-note"},
	{"desfazer", "undo"},
	{"arquivo", "file"},
	{"buscar", "find"},
	{"marcar", "mark"},
	{"marcar-todos", "mark-all"},
	{"cliente", "customer"},
	{"ordem", "order"},
	{"colunas", "columns"},
	{"cores", "theme"},
	{"atualizar", "reload"},
	{"fila", "queue"},
	{"meus", "mine"},
	{"livres", "free"},
	{"vencidos", "overdue"},
	{"aguardando", "waiting"},
	{"adiados", "snoozed"},
	{"respondidos", "answered"},
	{"mencoes", "mentions"},
	{"descartados", "discarded"},
	{"rascunhos", "drafts"},
	{"lixeira", "bin"},
	{"mensagens", "messages"},
	{"pausa", "pause"},
	{"fim-do-turno", "shift"},
	{"ajuda", "help"},
	{"voltar", "back"},
	{"sair", "quit"},
};
const size_t command_alias_count = ARRAY_LEN(command_aliases);

static const struct command *find_named(const char *name)
{
	for (size_t i = 0; i < console_command_count; i++) {
		if (strcmp(console_commands[i].name, name) == 0) {
			return &console_commands[i];
		}
	}
	return NULL;
}

const struct command *console_command_find(const char *name)
{
	const struct command *command = find_named(name);
	for (size_t i = 0; i < command_alias_count && !command; i++) {
		if (strcmp(command_aliases[i].alias, name) == 0) {
			command = find_named(command_aliases[i].name);
		}
	}
	return command;
}

const char *command_alias_of(const struct command *command)
{
	for (size_t i = 0; i < command_alias_count; i++) {
		if (strcmp(command_aliases[i].name, command->name) == 0) {
			return command_aliases[i].alias;
		}
	}
	return NULL;
}

bool command_needs_argument(const struct command *command)
{
	return command->argument && !command->keys[0];
}
