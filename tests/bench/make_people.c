#include "make_desk.h"

#include "base/mem.h"
#include "base/timestamp.h"
#include "core/address.h"
#include "core/directory.h"

#include <stdio.h>

static const char *const teams[TEAMS] = {
	"entrega", "cobranca", "troca", "acesso", "vendas", "juridico", "marketplace", "geral"};
static const char *const logins[] = {
	"admin", "ana", "bruno", "carla", "davi", "elisa", "fabio", "gilda"};
static const char *const reasons[REASONS] = {
	"entrega", "cobranca", "troca", "acesso", "elogio", "outro"};

static void add_operator(struct making *making, int64_t id)
{
	char *login = id <= 8 ? mem_strdup(making->scratch, logins[id - 1])
			      : mem_printf(making->scratch, "op%02d", (int)id);
	enum role role = id == 1 ? ROLE_ADMIN : id == 5 ? ROLE_SUPERVISOR : ROLE_OPERATOR;
	rows_add(&making->rows, ROW_OPERATOR, "issiiisii", id, login,
		words_name(making->scratch, (uint64_t)id), (int64_t)role, INT64_C(1), INT64_C(0),
		"", INT64_C(0), INT64_C(0));
	for (int64_t team = 1; team <= TEAMS; team++) {
		bool is_his = role == ROLE_SUPERVISOR || team == 1 + id % TEAMS ||
			      team == 1 + (id / 2) % TEAMS;
		if (role != ROLE_ADMIN && is_his) {
			rows_add(&making->rows, ROW_OPERATOR_TEAM, "ii", id, team);
		}
	}
	making_log(making, "operator", 0, 0, 0,
		mem_printf(making->scratch, "{\"key\":\"%s\"}", login));
}

void making_staff(struct making *making)
{
	for (int64_t i = 0; i < TEAMS; i++) {
		rows_add(&making->rows, ROW_TEAM, "issii", i + 1, teams[i], teams[i], INT64_C(0),
			INT64_C(0));
		making_log(making, "team", 0, 0, 0,
			mem_printf(making->scratch, "{\"key\":\"%s\"}", teams[i]));
	}
	for (int64_t i = 0; i < OPERATORS; i++) {
		add_operator(making, i + 1);
	}
	for (int64_t i = 0; i < REASONS; i++) {
		rows_add(&making->rows, ROW_REASON, "iissi", i + 1, INT64_C(0), reasons[i],
			reasons[i], INT64_C(1));
		making_log(making, "reason", 0, 0, 0,
			mem_printf(making->scratch, "{\"key\":\"%s\"}", reasons[i]));
	}
}

/* --- customers: all that is said of one follows from its number --- */

static char *email_of(const void *mem, int64_t customer)
{
	return mem_printf(mem, "cliente%lld@exemplo.com.br", (long long)customer);
}

static char *phone_of(const void *mem, int64_t customer)
{
	return customer % 3 ? NULL
			    : mem_printf(mem, "+55 11 9%04lld-%04lld",
				      (long long)(customer / 10000 % 10000),
				      (long long)(customer % 10000));
}

/* Tries the hundred pairs of check digits: one is right. */
static char *cpf_of(const void *mem, int64_t customer)
{
	if (customer % 5) {
		return NULL;
	}
	for (int digits = 0; digits < 100; digits++) {
		char *cpf =
			mem_printf(mem, "%09lld%02d", (long long)(100000000 + customer), digits);
		if (address_is_cpf(cpf)) {
			return cpf;
		}
		talloc_free(cpf);
	}
	return NULL;
}

static void add_address(
	struct making *making, int64_t customer, enum address_kind kind, const char *text)
{
	struct address_parts parts;
	struct error err = {0};
	if (!text) {
		return;
	}
	if (!address_parse(making->scratch, text, &parts, &err) || parts.kind != kind) {
		fprintf(stderr, "make_desk: %s is no address of its kind\n", text);
		return;
	}
	rows_add(&making->rows, ROW_ADDRESS, "iiiss", ++making->addresses, customer, (int64_t)kind,
		parts.value, parts.key);
}

int64_t making_customer(struct making *making)
{
	int64_t id = ++making->customers;
	void *mem = making->scratch;
	rows_add(&making->rows, ROW_CUSTOMER, "isiiiiis", id, words_name(mem, (uint64_t)id),
		INT64_C(0), INT64_C(0), INT64_C(0), making->at, INT64_C(0), "");
	add_address(making, id, ADDRESS_EMAIL, email_of(mem, id));
	add_address(making, id, ADDRESS_PHONE, phone_of(mem, id));
	add_address(making, id, ADDRESS_CPF, cpf_of(mem, id));
	return id;
}

char *making_called(const struct making *making, const void *mem, int64_t customer)
{
	(void)making;
	char *phone = phone_of(mem, customer);
	char *cpf = cpf_of(mem, customer);
	return mem_printf(mem, "%s\n%s\n%s\n%s", words_name(mem, (uint64_t)customer),
		email_of(mem, customer), phone ? phone : "", cpf ? cpf : "");
}
