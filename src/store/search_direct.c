#include "store/search.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/address.h"
#include "store/statement.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { OF_CUSTOMER_MAX = 20 };

struct direct {
	struct sql *sql;
	const void *mem;
	int64_t *numbers;
	size_t count;
};

static void add(struct direct *direct, int64_t number)
{
	for (size_t i = 0; i < direct->count; i++) {
		if (direct->numbers[i] == number) {
			return;
		}
	}
	direct->numbers = mem_grow(direct->mem, direct->numbers, int64_t, direct->count + 1);
	direct->numbers[direct->count++] = number;
}

static void add_number(struct direct *direct, const char *text)
{
	const char *digits = text + (*text == '#');
	errno = 0;
	long long number = strtoll(digits, NULL, 10);
	if (*digits && strspn(digits, "0123456789") == strlen(digits) && errno == 0) {
		add(direct, number);
	}
}

static bool find_one(
	struct direct *direct, int statement, const char *text, int64_t *id, struct error *err)
{
	struct sql_query *query = sql_query(direct->sql, statement);
	sql_bind_text(query, 1, text);
	return sql_number(query, id, err);
}

static bool add_customer(struct direct *direct, int64_t customer, struct error *err)
{
	if (customer == 0) {
		return true;
	}
	struct sql_query *query = sql_query(direct->sql, SEARCH_CUSTOMER);
	bool has_row, ok;
	sql_bind_int(query, 1, customer);
	sql_bind_int(query, 2, OF_CUSTOMER_MAX);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		add(direct, sql_int(query, 0));
	}
	sql_done(query);
	return ok;
}

static bool add_refs(struct direct *direct, const char *text, struct error *err)
{
	int64_t ticket, customer;
	if (!find_one(direct, READ_TICKET_REF, text, &ticket, err) ||
		!find_one(direct, READ_CUSTOMER_REF, text, &customer, err)) {
		return false;
	}
	if (ticket) {
		add(direct, ticket);
	}
	return add_customer(direct, customer, err);
}

static bool add_address(struct direct *direct, const char *text, struct error *err)
{
	struct address_parts parts;
	struct error no_address = {0};
	int64_t customer;
	if (!address_parse(direct->mem, text, &parts, &no_address)) {
		return true;
	}
	return find_one(direct, READ_ADDRESS_OWNER, parts.key, &customer, err) &&
	       add_customer(direct, customer, err);
}

/* Eleven bare digits may be a telephone and a CPF: both are looked for. */
bool search_direct(struct desk *desk, const void *mem, const char *text, int64_t **numbers,
	size_t *count, struct error *err)
{
	struct direct direct = {.sql = desk->sql, .mem = mem};
	char *line = text_clean_line(mem, text, strlen(text), NULL);
	char *digits = text_digits(mem, line);
	bool ok = true;
	if (*line) {
		add_number(&direct, line);
		ok = add_refs(&direct, line, err) && add_address(&direct, line, err) &&
		     (!address_is_cpf(digits) ||
			     add_address(&direct, mem_printf(mem, "cpf:%s", digits), err));
	}
	*numbers = direct.numbers;
	*count = direct.count;
	return ok;
}
