#include "core/quote.h"

#include "base/mem.h"
#include "test.h"

#include <string.h>

/* The text with each quote as "[n lines]" or "{n lines}" of a signature. */
static void folds(const char *text, const char *wanted)
{
	void *mem = mem_context(NULL);
	struct quotes quotes = quotes_find(mem, text);
	char *shown = mem_strdup(mem, "");
	size_t at = 0;
	for (size_t i = 0; i < quotes.count; i++) {
		const struct quote *quote = &quotes.items[i];
		assert_true(quote->offset >= at);
		assert_true(quote->offset == 0 || text[quote->offset - 1] == '\n');
		at = quote->offset + quote->length;
		assert_true(text[at] == '\n' || text[at] == '\0');
		size_t from = i ? quote[-1].offset + quote[-1].length : 0;
		const char *form = quote->kind == QUOTE_EARLIER ? "%s%.*s[%zu]" : "%s%.*s{%zu}";
		shown = mem_check(talloc_asprintf(
			mem, form, shown, (int)(quote->offset - from), text + from, quote->lines));
	}
	shown = mem_printf(mem, "%s%s", shown, text + at);
	assert_string_equal(shown, wanted);
	talloc_free(mem);
}

static void leaves_plain_texts(void **state)
{
	folds("", "");
	folds("Olá,\n\ntudo bem?\n", "Olá,\n\ntudo bem?\n");
	folds("a > b e c\n- um\n- dois\n\n* três", "a > b e c\n- um\n- dois\n\n* três");
	folds("Em resumo:\no pedido não chegou", "Em resumo:\no pedido não chegou");
	folds("On the remote host you wrote:\ntwo things",
		"On the remote host you wrote:\ntwo things");
	folds("O atendente escreveu:\nvou ligar\nnão ligou",
		"O atendente escreveu:\nvou ligar\nnão ligou");
	(void)state;
}

static void quoted_lines(void **state)
{
	folds("Sim.\n\n> um\n> dois\n>\n> três\n", "Sim.\n\n[4]\n");
	folds("Sim.\n> um\n\n>> dois\n", "Sim.\n[3]\n");
	folds("> um\n> dois\nAbaixo respondo.", "[2]\nAbaixo respondo.");
	/* between the lines: the question stays above its answer */
	folds("> Qual o pedido?\n88213\n> Qual o CEP?\n01310-100",
		"> Qual o pedido?\n88213\n> Qual o CEP?\n01310-100");
	/* nothing else: there would be nothing to read */
	folds("> um\n> dois\n", "> um\n> dois\n");
	folds("> um\n> dois\n\n-- \nJoão\nSão Paulo", "> um\n> dois\n\n-- \nJoão\nSão Paulo");
	(void)state;
}

static void lines_that_say_who_wrote(void **state)
{
	folds("Não chegou.\n\nEm ter., 3 de nov. de 2026 às 10:02, Loja <sac@loja.example> "
	      "escreveu:\n\n"
	      "> Olá\n> João\n",
		"Não chegou.\n\n[4]\n");
	folds("ok\nEm 3 de nov de 2026, Loja\n<sac@loja.example>\nescreveu:\n> Olá\n", "ok\n[4]\n");
	folds("thanks\nOn Tue, Nov 3, 2026 at 10:02 AM Shop <a@b.example> wrote:\n> hello\n",
		"thanks\n[2]\n");
	folds("thanks\nOn Tue, Nov 3, 2026 at 10:02 AM Shop <a@b.example>wrote:\nhello\nworld",
		"thanks\n[3]");
	folds("danke\nAm 03.11.2026 um 10:02 schrieb Max Muster:\n> hallo\n", "danke\n[2]\n");
	folds("merci\nLe 3 nov. 2026 à 10:02, Jean a écrit :\n> bonjour\n", "merci\n[2]\n");
	folds("gracias\nEl 3 nov 2026, a las 10:02, Juan escribió:\nhola\n", "gracias\n[2]\n");
	folds("grazie\nIl giorno mar 3 nov 2026 alle ore 10:02 Ugo ha scritto:\n\n> ciao\n",
		"grazie\n[3]\n");
	folds("ok\n2026-11-03 10:02 GMT-03:00 Loja <sac@loja.example>:\n\n> Olá\n", "ok\n[3]\n");
	folds("ok\nLoja <sac@loja.example> escreveu:\n> Olá\n> tudo\nsegue", "ok\n[3]\nsegue");
	/* with neither ">" nor an origin it is somebody's own sentence */
	folds("Em novembro ele escreveu:\nnão vou pagar",
		"Em novembro ele escreveu:\nnão vou pagar");
	/* nobody below it */
	folds("On 3 Nov, at 2:47, Shop wrote:", "On 3 Nov, at 2:47, Shop wrote:");
	(void)state;
}

static void copies_below_headers(void **state)
{
	folds("Segue.\n\n-----Mensagem original-----\nDe: Loja\nOlá\n", "Segue.\n\n[3]\n");
	folds("Ok\n----- Original Message -----\nFrom: x\n\nHello", "Ok\n[4]");
	folds("Segue.\n\nDe: Loja <sac@loja.example>\nEnviada em: terça-feira, 3 de novembro\n"
	      "Para: João\nAssunto: Pedido\n\nOlá\n",
		"Segue.\n\n[6]\n");
	folds("Segue.\n________________________________\nDe: Loja\nEnviado: terça\nPara: "
	      "João\n\nOlá",
		"Segue.\n[6]");
	folds("Reply\n ------------------------------\n\n*From:* Shop\n*Sent:* Thursday\n*To:* me\n"
	      "*Subject:* News\n\nText",
		"Reply\n[8]");
	folds("From: a\n\nSent: b\n\nTo: c\nown", "From: a\n\nSent: b\n\nTo: c\nown");
	folds("----- Original Nachricht ----\nVon: a\nGesendet: b\nAn: c\nd",
		"----- Original Nachricht ----\nVon: a\nGesendet: b\nAn: c\nd");
	folds("\n------------\nFrom: a\nSent: b\nTo: c\nd",
		"\n------------\nFrom: a\nSent: b\nTo: c\nd");
	/* a route is no mail */
	folds("A coleta:\nDe: São Paulo\nPara: Recife\nData: 14/11\nobrigado",
		"A coleta:\nDe: São Paulo\nPara: Recife\nData: 14/11\nobrigado");
	/* what somebody passes on is what he wants to say */
	folds("Vejam:\n---------- Mensagem encaminhada ---------\nDe: Loja\nData: terça\nAssunto: "
	      "Nota\n"
	      "Para: eu\n\nA nota",
		"Vejam:\n---------- Mensagem encaminhada ---------\nDe: Loja\n"
		"Data: terça\nAssunto: Nota\nPara: eu\n\nA nota");
	(void)state;
}

static void signatures(void **state)
{
	folds("Obrigado.\n-- \nJoão Lima\nSão Paulo", "Obrigado.\n{3}");
	folds("Obrigado.\n--\nJoão Lima\n\n> Olá\n> João", "Obrigado.\n{2}\n\n[2]");
	folds("um -- dois\n-- três --\nquatro", "um -- dois\n-- três --\nquatro");
	folds("Oi\n-----\nnão é assinatura", "Oi\n-----\nnão é assinatura");
	folds("hi\n_______________________________________________\nlist mailing "
	      "list\nlist@a.example",
		"hi\n{3}");
	folds("a\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16",
		"a\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16");
	(void)state;
}

/* Hostile repetition takes no longer than any text. */
static void stays_linear(void **state)
{
	static const char *const parts[] = {
		"-----\n\n", "Em 1:1\n", "De: a\n", "--\n", "> a\n\n", "Em a\n@\n:\n"};
	enum { TIMES = 20000 };
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		char *text = mem_array(NULL, char, strlen(parts[i]) * TIMES + 1);
		for (size_t n = 0; n < TIMES; n++) {
			memcpy(text + n * strlen(parts[i]), parts[i], strlen(parts[i]));
		}
		text[strlen(parts[i]) * TIMES] = '\0';
		struct quotes quotes = quotes_find(text, text);
		assert_true(quotes.count <= TIMES);
		talloc_free(text);
	}
	(void)state;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_plain_texts),
		cmocka_unit_test(quoted_lines),
		cmocka_unit_test(lines_that_say_who_wrote),
		cmocka_unit_test(copies_below_headers),
		cmocka_unit_test(signatures),
		cmocka_unit_test(stays_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
