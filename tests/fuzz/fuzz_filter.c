#include "fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/filter.h"

#include <assert.h>
#include <string.h>

static struct operator_ operators[] = {{.id = 1, .login = (char[]){"ana"}, .enabled = true}};
static struct team teams[] = {{.id = 1, .key = (char[]){"entrega"}, .name = (char[]){"Entrega"}}};
static struct reason reasons[] = {
	{1, 0, (char[]){"entrega"}, (char[]){"Entrega"}, true},
	{2, 1, (char[]){"atraso"}, (char[]){"Atraso"}, true},
};
static const struct directory directory = {.operator_count = 1,
	.operators = operators,
	.team_count = 1,
	.teams = teams,
	.reason_count = 2,
	.reasons = reasons};

/* What a filter matches its negation does not, term by term. */
static void terms_can_be_negated(const struct filter *filter, const struct filter_row *row)
{
	for (size_t i = 0; i < filter->count; i++) {
		struct filter_term term = filter->terms[i];
		const struct filter one = {.count = 1, .terms = &term};
		bool matches = filter_matches(&one, row, 1, 2000);
		term.negated = !term.negated;
		assert(matches != filter_matches(&one, row, 1, 2000));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	void *mem = mem_context(NULL);
	char *text = text_clean(mem, (const char *)bytes, size, NULL);
	struct filter filter;
	struct error err = {0};
	if (filter_parse(mem, text, &directory, 0, &filter, &err)) {
		struct ticket ticket = {.number = 1001,
			.state = TICKET_OPEN,
			.subject = text,
			.team = 1,
			.tags = mem_strdup(mem, " vip "),
			.waiting_since = 1000,
			.due_at = 3000};
		const struct filter_row row = {&ticket, "João", "joao@exemplo.br", 1};
		terms_can_be_negated(&filter, &row);
		if (filter_matches(&filter, &row, 1, 2000)) {
			assert(filter_matches_terms(&filter, &row, 1, 2000));
		}
		for (size_t i = 0; i < filter.count; i++) {
			assert(filter.terms[i].kind != TERM_WORD || *filter.terms[i].word);
		}
	} else {
		assert(err.code == ERROR_INVALID && err.reason);
	}
	talloc_free(mem);
	return 0;
}
