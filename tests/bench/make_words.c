#include "make_words.h"

#include "base/mem.h"

#include <string.h>

enum { WORDS = 20000, WORD_SIZE = 24 };

struct words {
	char word[WORDS][WORD_SIZE];
	uint64_t upto[WORDS]; /* sum of the frequencies up to this one */
};

/* The frequent ones, in about their order. */
static const char *const common[] = {"de", "o", "a", "que", "e", "não", "para", "meu", "com", "um",
	"do", "da", "em", "uma", "por", "mais", "já", "está", "como", "no", "na", "foi", "minha",
	"ainda", "mas", "quando", "favor", "dia", "dias", "olá", "bom", "boa", "tarde", "obrigado",
	"obrigada", "entrega", "compra", "produto", "endereço", "prazo", "nota", "fiscal", "cartão",
	"boleto", "pagamento", "cobrança", "valor", "troca", "devolução", "reembolso", "código",
	"rastreio", "transportadora", "atraso", "cancelar", "cancelamento", "senha", "acesso",
	"cadastro", "conta", "e-mail", "telefone", "loja", "site", "aplicativo", "erro", "errado",
	"tamanho", "cor", "defeito", "garantia", "caixa", "embalagem", "recebi", "chegou",
	"preciso", "gostaria", "quero", "posso", "podem", "resposta", "aguardo", "urgente", "ontem",
	"hoje", "amanhã", "semana", "mês", "segunda", "terça", "quarta", "quinta", "sexta",
	"sábado", "São", "Paulo", "Rio", "Janeiro", "Curitiba", "Recife", "Belém", "situação",
	"informação", "solução", "ligação", "reclamação", "promoção", "desconto", "cupom", "frete",
	"grátis"};

static const char *const syllables[] = {"ba", "be", "bo", "ca", "ce", "co", "ça", "ção", "da", "de",
	"di", "do", "fa", "fe", "fi", "ga", "go", "gua", "la", "le", "lha", "lho", "li", "lo", "ma",
	"me", "mi", "mo", "na", "ne", "nha", "nho", "no", "pa", "pe", "pi", "po", "pra", "qua",
	"que", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "ta", "te", "ti", "to", "tra", "tre",
	"tro", "va", "ve", "vi", "vo", "xa", "xe", "za", "zé", "ão", "ães", "ém", "ô", "â"};

static const char *const first_names[] = {"Maria", "José", "Ana", "João", "Antônio", "Francisca",
	"Carlos", "Paulo", "Pedro", "Lucas", "Luiza", "Marcos", "Luís", "Gabriel", "Rafael",
	"Márcia", "Fernanda", "Patrícia", "Aline", "Sandra", "Camila", "Amanda", "Bruna", "Jéssica",
	"Letícia", "Júlia", "Luciana", "Vanessa", "Mariana", "Gabriela", "Vitória", "Larissa",
	"Cláudia", "Beatriz", "Rita", "Sônia", "Renata", "Eduardo", "Felipe", "Rodrigo", "Gustavo",
	"Guilherme", "Bruno", "André", "Fábio", "Leonardo", "Vinícius", "Íris", "Otávio", "Zélia"};

static const char *const last_names[] = {"Silva", "Santos", "Oliveira", "Souza", "Rodrigues",
	"Ferreira", "Alves", "Pereira", "Lima", "Gomes", "Costa", "Ribeiro", "Martins", "Carvalho",
	"Almeida", "Lopes", "Soares", "Fernandes", "Vieira", "Barbosa", "Rocha", "Dias",
	"Nascimento", "Andrade", "Moreira", "Nunes", "Marques", "Machado", "Mendes", "Freitas",
	"Cardoso", "Ramos", "Gonçalves", "Santana", "Teixeira", "Araújo", "Conceição", "Magalhães",
	"Assunção", "Brandão", "Guimarães", "Falcão", "Leão", "Simões", "Peçanha", "Bragança"};

uint64_t random_next(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

uint64_t random_below(uint64_t *state, uint64_t below)
{
	return (random_next(state) >> 11) % below;
}

static void make_word(char *word, uint64_t *random)
{
	size_t at = 0;
	for (uint64_t parts = 2 + random_below(random, 3); parts > 0; parts--) {
		const char *part = syllables[random_below(random, ARRAY_LEN(syllables))];
		size_t length = strlen(part);
		if (at + length < WORD_SIZE) {
			memcpy(word + at, part, length);
			at += length;
		}
	}
}

struct words *words_create(const void *mem)
{
	struct words *words = mem_new(mem, struct words);
	uint64_t random = 1;
	uint64_t sum = 0;
	for (size_t i = 0; i < WORDS; i++) {
		if (i < ARRAY_LEN(common)) {
			memcpy(words->word[i], common[i], strlen(common[i]));
		} else {
			make_word(words->word[i], &random);
		}
		sum += UINT64_C(1000000) / (i + 1);
		words->upto[i] = sum;
	}
	return words;
}

const char *words_pick(const struct words *words, uint64_t *random)
{
	uint64_t wanted = random_below(random, words->upto[WORDS - 1]);
	size_t low = 0, high = WORDS - 1;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (words->upto[middle] > wanted) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return words->word[low];
}

char *words_text(const void *mem, const struct words *words, uint64_t *random, size_t count)
{
	char *text = mem_array(mem, char, count *(WORD_SIZE + 1) + 1);
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		const char *word = words_pick(words, random);
		size_t length = strlen(word);
		memcpy(text + at, word, length);
		at += length;
		if (i + 1 < count) {
			text[at++] = i % 17 == 16 ? '\n' : ' ';
		}
	}
	return text;
}

char *words_name(const void *mem, uint64_t number)
{
	uint64_t random = number * 7 + 3;
	const char *first = first_names[random_below(&random, ARRAY_LEN(first_names))];
	const char *middle = last_names[random_below(&random, ARRAY_LEN(last_names))];
	const char *last = last_names[random_below(&random, ARRAY_LEN(last_names))];
	return mem_printf(mem, "%s %s %s", first, middle, last);
}
