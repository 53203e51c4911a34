#include "chance.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "test.h"

#include <string.h>

/* Search: what is found, by whom, in which order; and that nothing typed is syntax. */

static struct search_page search_as(
	struct fixture *f, const char *login, const char *text, int64_t before, size_t limit)
{
	struct search_query query = {.text = text, .before = before, .limit = limit};
	struct search_page page;
	struct error err = {0};
	bool ok = store_search(fixture_as(f, login), f, &query, &page, &err);
	if (!ok) {
		print_error("%s: %s\n", text, error_sentence(f, &err, NULL));
	}
	assert_true(ok);
	return page;
}

/* All that is found, page by page; each ticket once. */
static size_t find_all(
	struct fixture *f, const char *login, const char *text, size_t limit, int64_t *numbers)
{
	size_t count = 0;
	int64_t before = 0;
	for (bool more = true; more;) {
		struct search_page page = search_as(f, login, text, before, limit);
		for (size_t i = 0; i < page.count; i++) {
			int64_t number = page.rows[i].ticket.number;
			for (size_t k = 0; k < count; k++) {
				assert_int_not_equal(numbers[k], number);
			}
			numbers[count++] = number;
		}
		assert_true(!page.has_more || before == 0 || page.before < before);
		before = page.before;
		more = page.has_more;
	}
	return count;
}

static bool finds(struct fixture *f, const char *login, const char *text, int64_t number)
{
	struct search_page page = search_as(f, login, text, 0, 0);
	for (size_t i = 0; i < page.count; i++) {
		if (page.rows[i].ticket.number == number) {
			return true;
		}
	}
	return false;
}

static int64_t a_ticket(struct fixture *f, const char *address, const char *name,
	const char *subject, const char *text)
{
	return fixture_do(f, NULL,
		(struct change){.kind = CHANGE_NEW,
			.channel = CHANNEL_EMAIL,
			.address = address,
			.name = name,
			.subject = subject,
			.text = text,
			.team = f->entrega})
		.ticket;
}

static void words_in_any_order_folded(void **state)
{
	struct fixture *f = *state;
	int64_t number =
		a_ticket(f, "joao@exemplo.com.br", "João da Conceição", "Cobrança em dobro",
			"Fui cobrado DUAS vezes em São Paulo, nota nº 4711, 1ª parcela.");
	static const char *const found[] = {"cobranca", "COBRANÇA", "sao paulo", "paulo são",
		"conceicao duas", "dobro joao vezes", "cob* parc*", "\"são paulo\"",
		"\"duas vezes\" joão", "nº 4711", "no 4711", "1ª", "1a parcela", "vezes !recife",
		"cobr* paul* joao", "vezes* exem* conc* cobr* dobr*", "!recife* conc* cobr* dobr*",
		"exemplo.com.br", "joao@exemplo.com.br", "fui-cobrado", "!recife", "em* dobro",
		"ｄｕａｓ"};
	static const char *const missed[] = {"recife", "\"paulo são\"", "cobr", "!vezes",
		"vezes !dobro", "\"duas paulo\"", "co* recife", "4712", "!cob*",
		"cobr* dobr* veze* recif*", "cobr* dobr* obrad*", "cobr* dobr* veze* !parc*"};
	for (size_t i = 0; i < ARRAY_LEN(found); i++) {
		if (!finds(f, "ana", found[i], number)) {
			fail_msg("not found: %s", found[i]);
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(missed); i++) {
		if (finds(f, "ana", missed[i], number)) {
			fail_msg("found: %s", missed[i]);
		}
	}
}

/* The index is asked for some long prefixes, the texts themselves for more: all the same to who
 * searches, on every page. */
static void many_long_prefixes_find_what_few_do(void **state)
{
	struct fixture *f = *state;
	static const char *const texts[] = {"entregaram pedidos errados",
		"Entrega: pedido com ERRO", "entrega_pedido_erro", "pedido errado",
		"reentrega pedido erro"};
	int64_t numbers[64];
	for (int i = 0; i < 30; i++) {
		a_ticket(f, mem_printf(f, "c%d@exemplo.com", i), "Maria Souza", "Assunto",
			texts[i % ARRAY_LEN(texts)]);
	}
	assert_int_equal(find_all(f, "ana", "entreg* pedid* erra*", 4, numbers), 6);
	assert_int_equal(find_all(f, "ana", "entr* pedi* erro*", 4, numbers), 12);
	assert_int_equal(find_all(f, "ana", "entr* pedi* maria* souza* assunto*", 4, numbers), 18);
	assert_int_equal(find_all(f, "ana", "pedid* erro* maria* souza* !entreg*", 4, numbers), 6);
	assert_int_equal(find_all(f, "ana", "pedido errad* maria* souza* assun*", 4, numbers), 6);
	assert_int_equal(find_all(f, "ana", "entr* pedi* erro* xyzw*", 4, numbers), 0);
}

static void what_is_named_as_a_whole_comes_first(void **state)
{
	struct fixture *f = *state;
	int64_t number = a_ticket(f, "+55 (11) 98765-4321", "Maria", "Troca", "Quero trocar.");
	int64_t customer = fixture_see(f, number)->customer;
	static const char *const more[] = {
		"123.456.789-09", "11.222.333/0001-81", "maria@exemplo.com.br"};
	for (size_t i = 0; i < ARRAY_LEN(more); i++) {
		fixture_do(f, NULL,
			(struct change){.kind = CHANGE_ADDRESS_ADD,
				.customer = customer,
				.address = more[i]});
	}
	char *bare = mem_printf(f, "%lld", (long long)number);
	a_ticket(f, "bia@exemplo.com.br", "Bia", mem_printf(f, "Sobre o %s", bare), "Oi.");
	const char *names[] = {bare, mem_printf(f, "#%s", bare), "(11) 98765-4321", "11987654321",
		"+5511987654321", "12345678909", "123.456.789-09", "11222333000181",
		"11.222.333/0001-81", "Maria@Exemplo.com.br", "  maria@exemplo.com.br "};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct search_page page = search_as(f, "ana", names[i], 0, 0);
		if (page.count == 0 || page.rows[0].ticket.number != number) {
			fail_msg("%s does not come first", names[i]);
		}
		for (size_t k = 1; k < page.count; k++) {
			assert_int_not_equal(page.rows[k].ticket.number, number);
		}
	}
	assert_int_equal(search_as(f, "ana", bare, 0, 0).count, 2);
	assert_false(finds(f, "carla", bare, number));
}

static void a_number_of_another_system_is_found(void **state)
{
	struct fixture *f = *state;
	struct change change = {.kind = CHANGE_NEW,
		.channel = CHANNEL_WEB,
		.address = "x@exemplo.com",
		.subject = "s",
		.text = "t",
		.ref = "ZD-77/9"};
	int64_t number = fixture_do(f, NULL, change).ticket;
	assert_true(finds(f, "ana", "ZD-77/9", number));
	int64_t id;
	struct error err = {0};
	assert_true(store_ref_find(f->desk, false, "ZD-77/9", &id, &err));
	assert_int_equal(id, number);
	assert_true(store_ref_find(f->desk, true, "ZD-77/9", &id, &err));
	assert_int_equal(id, 0);
}

/* The index follows whatever a ticket is found by. */
static void the_index_follows_changes(void **state)
{
	struct fixture *f = *state;
	int64_t number = a_ticket(f, "rita@exemplo.com", "Rita Peçanha", "Senha", "Esqueci.");
	int64_t customer = fixture_see(f, number)->customer;
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_SUBJECT, .ticket = number, .subject = "Acesso"});
	assert_true(finds(f, "ana", "acesso esqueci", number));
	assert_false(finds(f, "ana", "senha", number));
	fixture_do(f, "ana",
		(struct change){
			.kind = CHANGE_CUSTOMER, .customer = customer, .name = "Rita Bragança"});
	assert_true(finds(f, "ana", "braganca", number));
	assert_false(finds(f, "ana", "pecanha", number));
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_ADDRESS_ADD,
			.customer = customer,
			.address = "novo@exemplo.org"});
	assert_true(finds(f, "ana", "exemplo.org", number));
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_ADDRESS_REMOVE,
			.customer = customer,
			.address = "novo@exemplo.org"});
	assert_false(finds(f, "ana", "exemplo.org", number));
	struct result ask = fixture_do(f, "ana",
		(struct change){.kind = CHANGE_ASK,
			.ticket = number,
			.team = f->cobranca,
			.text = "Qual boleto?"});
	fixture_do(f, "carla",
		(struct change){.kind = CHANGE_ANSWER_QUESTION,
			.ticket = number,
			.question = ask.revision,
			.text = "O vencido."});
	assert_true(finds(f, "ana", "boleto vencido", number));
	fixture_do(f, "ana",
		(struct change){
			.kind = CHANGE_NOTE, .ticket = number, .text = "Cliente irritadíssimo"});
	assert_true(finds(f, "ana", "irritadissimo", number));
}

static void texts_are_found_where_they_were_moved(void **state)
{
	struct fixture *f = *state;
	int64_t from = a_ticket(f, "leo@exemplo.com", "Léo", "Geladeira", "Não gela.");
	int64_t to = a_ticket(f, "leo@exemplo.com", "Léo", "Fogão", "Não acende.");
	struct result merge = fixture_do(
		f, "ana", (struct change){.kind = CHANGE_MERGE, .ticket = from, .other = to});
	assert_true(finds(f, "ana", "gela", to));
	assert_true(finds(f, "ana", "fogao gela", to));
	assert_false(finds(f, "ana", "gela", from));
	fixture_do(f, "ana",
		(struct change){.kind = CHANGE_UNDO, .ticket = from, .undo = merge.revision});
	assert_true(finds(f, "ana", "geladeira gela", from));
	assert_false(finds(f, "ana", "gela", to));
}

static void terms_narrow_what_words_find(void **state)
{
	struct fixture *f = *state;
	int64_t open = a_ticket(f, "a@exemplo.com", "A", "Entrega", "Atrasada.");
	int64_t done = a_ticket(f, "b@exemplo.com", "B", "Entrega", "Atrasada.");
	fixture_do(f, "ana", (struct change){.kind = CHANGE_RESOLVE, .ticket = done});
	assert_true(finds(f, "ana", "atrasada state:resolved", done));
	assert_false(finds(f, "ana", "atrasada state:resolved", open));
	assert_true(finds(f, "ana", "state:open", open));
	assert_false(finds(f, "ana", "state:open", done));
	assert_true(finds(f, "ana", "team:entrega !state:resolved atras*", open));
	assert_false(finds(f, "ana", "team:cobranca atrasada", open));
	assert_false(finds(f, "ana", "atrasada before:2020-01-01", open));
	struct search_query query = {.text = "team:inexistente"};
	struct search_page page;
	struct error err = {0};
	assert_false(store_search(f->desk, f, &query, &page, &err));
	assert_int_equal(err.code, ERROR_INVALID);
}

/* Nothing typed is syntax: each is an answer, or at worst a term that is not understood. */
static void hostile_queries_are_but_words(void **state)
{
	struct fixture *f = *state;
	a_ticket(
		f, "a@exemplo.com", "A", "AND OR NOT", "NEAR text about \"aspas\" ' -- ; * ^ : {}");
	static const char *const texts[] = {"\"", "\"\"", "\"\"\"", "'",
		"''; DROP TABLE ticket; --", "AND", "OR", "NOT", "a AND", "NOT a", "NEAR(a b, 2)",
		"NEAR", "(", ")", "((a", "a)) OR b", "*", "**", "a**", "* *", "^a", "a ^ b",
		"{text about} : a", "- a", "+a", "a + b", "text", "\"a\" * b", "a\"b", "a\"*",
		"\"a", "!\"", "!", "! !", "!!a", "😀", "\xEF\xBC\x8A", "%", "_", "_*", "?1", "$1",
		":x", "@@", "\\", "\\\"", "a\tb\nc", "", "   ", "ﬁ", "ß", "İ", "a\xCC\x81", "1001'",
		"0x10", "99999999999999999999999", "rowid", "rank", "text_index", "delete-all",
		"integrity-check"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct search_query query = {.text = texts[i]};
		struct search_page page;
		struct error err = {0};
		if (!store_search(f->desk, f, &query, &page, &err)) {
			if (err.code != ERROR_INVALID) {
				fail_msg("%s: %s", texts[i], error_sentence(f, &err, NULL));
			}
		}
	}
	char *longest = mem_array(f, char, 100001);
	memset(longest, 'a', 100000);
	search_as(f, NULL, longest, 0, 0);
	char *many = mem_strdup(f, "");
	for (int i = 0; i < 64; i++) {
		many = mem_printf(f, "%sa%d ", many, i);
	}
	search_as(f, NULL, many, 0, 0);
	struct search_query query = {.text = mem_printf(f, "%smore", many)};
	struct search_page page;
	struct error err = {0};
	assert_false(store_search(f->desk, f, &query, &page, &err));
	assert_int_equal(err.code, ERROR_INVALID);
	assert_int_equal(search_as(f, NULL, "!!! ???", 0, 0).count, 0);
}

static void the_snippet_shows_the_word(void **state)
{
	struct fixture *f = *state;
	char *text = mem_strdup(f, "");
	for (int i = 0; i < 60; i++) {
		text = mem_printf(f, "%spalavra%d ", text, i);
	}
	a_ticket(f, "a@exemplo.com", "A", "Assunto",
		mem_printf(f, "%s\nAÇÃO  urgente\n%s", text, text));
	struct search_page page = search_as(f, "ana", "acao", 0, 0);
	assert_int_equal(page.count, 1);
	const char *snippet = page.rows[0].snippet;
	assert_non_null(strstr(snippet, "AÇÃO urgente"));
	assert_true(strncmp(snippet, "…palavra", strlen("…palavra")) == 0);
	assert_null(strchr(snippet, '\n'));
	assert_true(strlen(snippet) < 160);
	assert_true(text_is_clean(snippet));
	page = search_as(f, "ana", "assunto", 0, 0);
	assert_true(strncmp(page.rows[0].snippet, "palavra0 palavra1", 17) == 0);
}

/* --- against plain looking --- */

static bool has_word(const char *folded, const char *word)
{
	size_t length = strlen(word);
	for (const char *at = folded; (at = strstr(at, word)); at++) {
		size_t size;
		bool begins =
			at == folded ||
			!text_is_word(text_rune(
				at - text_grapheme_before(folded, (size_t)(at - folded)), &size));
		if (begins && !text_is_word(text_rune(at + length, &size))) {
			return true;
		}
	}
	return false;
}

static bool text_fits(struct fixture *f, const struct ticket_view *view, const char *text,
	const char *const *words)
{
	char *all = mem_printf(
		f, "%s\n%s\n%s", text, view->row.ticket.subject, view->row.customer_name);
	for (size_t i = 0; i < view->customer.address_count; i++) {
		all = mem_printf(f, "%s\n%s", all, view->customer.addresses[i].value);
	}
	char *folded = text_fold(f, all);
	for (; *words; words++) {
		if (!has_word(folded, *words)) {
			return false;
		}
	}
	return true;
}

static bool view_fits(struct fixture *f, const struct ticket_view *view, const char *const *words)
{
	for (size_t i = 0; i < view->message_count; i++) {
		if (text_fits(f, view, view->messages[i].text, words)) {
			return true;
		}
	}
	for (size_t i = 0; i < view->note_count; i++) {
		if (text_fits(f, view, view->notes[i].text, words)) {
			return true;
		}
	}
	for (size_t i = 0; i < view->question_count; i++) {
		if (text_fits(f, view, view->questions[i].text, words)) {
			return true;
		}
	}
	return false;
}

static void search_finds_what_looking_finds(void **state)
{
	static const char *const people[] = {"ana", "bruno", "carla", "davi", "eva"};
	static const struct {
		const char *text;
		const char *words[4];
	} queries[] = {{"verificar", {"verificar"}},
		{"verificar cobranca", {"verificar", "cobranca"}}, {"alguem", {"alguem"}},
		{"ja estamos", {"ja", "estamos"}}, {"confirma", {"confirma"}},
		{"nota verificando", {"nota", "verificando"}}, {"cliente7", {"cliente7"}},
		{"obrigado recebi", {"obrigado", "recebi"}}};
	struct fixture *f = *state;
	uint64_t dice = 77;
	chance_changes(f, &dice, 400);
	struct plain *plain = plain_load(f);
	int64_t *numbers = mem_array(f, int64_t, plain->count + 1);
	for (size_t q = 0; q < ARRAY_LEN(queries); q++) {
		for (size_t who = 0; who < ARRAY_LEN(people); who++) {
			size_t count = find_all(f, people[who], queries[q].text, 5, numbers);
			size_t expected = 0;
			for (size_t i = 0; i < plain->count; i++) {
				expected += plain_sees(f, people[who], &plain->views[i]) &&
							    view_fits(f, &plain->views[i],
								    queries[q].words)
						    ? 1
						    : 0;
			}
			if (count != expected) {
				fail_msg("%s by %s: %zu, not %zu", queries[q].text, people[who],
					count, expected);
			}
			for (size_t i = 0; i < count; i++) {
				assert_true(
					plain_sees(f, people[who], plain_view(plain, numbers[i])));
			}
		}
	}
}

/* A page ends after 5,000 texts that did not fit, and tells how far back it looked. */
static void a_page_stops_after_five_thousand_candidates(void **state)
{
	struct fixture *f = *state;
	enum { MANY = 5200, BATCH = 400 };
	int64_t oldest = a_ticket(f, "a@exemplo.com", "A", "Palha", "palha");
	struct change *changes = mem_array(f, struct change, BATCH);
	struct result *results = mem_array(f, struct result, BATCH);
	struct error err = {0};
	for (int made = 0; made < MANY; made += BATCH) {
		f->now += MS_MINUTE;
		for (int i = 0; i < BATCH; i++) {
			changes[i] = (struct change){.id = uuid_make(f->now),
				.kind = CHANGE_NEW,
				.channel = CHANNEL_WEB,
				.address = "loja@exemplo.com",
				.subject = "monte",
				.text = "palha",
				.team = f->cobranca};
		}
		assert_true(store_apply(f->desk, changes, BATCH, results, &err));
	}
	struct search_page page = search_as(f, "ana", "palha", 0, 0);
	assert_int_equal(page.count, 0);
	assert_int_equal(page.candidates, 5000);
	assert_true(page.has_more);
	assert_true(page.looked_back_to > 0 && page.looked_back_to < f->now);
	page = search_as(f, "ana", "palha", page.before, 0);
	assert_int_equal(page.count, 1);
	assert_int_equal(page.rows[0].ticket.number, oldest);
	assert_false(page.has_more);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(words_in_any_order_folded),
		with_fixture(many_long_prefixes_find_what_few_do),
		with_fixture(what_is_named_as_a_whole_comes_first),
		with_fixture(a_number_of_another_system_is_found),
		with_fixture(the_index_follows_changes),
		with_fixture(texts_are_found_where_they_were_moved),
		with_fixture(terms_narrow_what_words_find),
		with_fixture(hostile_queries_are_but_words),
		with_fixture(the_snippet_shows_the_word),
		with_fixture(search_finds_what_looking_finds),
		with_fixture(a_page_stops_after_five_thousand_candidates),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
