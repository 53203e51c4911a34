#include "cli/sample_make.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <string.h>

/* The sample's customers. Addresses lie in domains that RFC 2606 keeps for examples; telephone
 * numbers end in 00xx; CPF and CNPJ are right by their digits alone. */

static const char *const domains[] = {
	"exemplo.example", "correio.example", "caixa.example", "example.com", "example.org"};
static const int area_codes[] = {11, 21, 31, 41, 51, 61, 71, 81, 92, 19};

/* "joao.d.avila": what an e-mail address makes of a name. */
static char *mail_name(const void *mem, const char *name)
{
	char *folded = text_fold(mem, name);
	char *out = mem_strdup(mem, folded);
	size_t n = 0;
	for (const char *at = folded; *at; at++) {
		if (isalnum((unsigned char)*at)) {
			out[n++] = *at;
		} else if (n > 0 && out[n - 1] != '.') {
			out[n++] = '.';
		}
	}
	out[n] = '\0';
	return out;
}

/* The check digit of a CPF or CNPJ: weights from `first` down to 2, then again from 9. */
static char check_digit(const char *digits, size_t count, int first)
{
	int sum = 0, weight = first;
	for (size_t i = 0; i < count; i++) {
		sum += (digits[i] - '0') * weight;
		weight = weight == 2 ? 9 : weight - 1;
	}
	int rest = sum % 11;
	return (char)('0' + (rest < 2 ? 0 : 11 - rest));
}

static char *make_cpf(const void *mem, int index)
{
	char *cpf = mem_printf(mem, "90000%04d00", index);
	cpf[9] = check_digit(cpf, 9, 10);
	cpf[10] = check_digit(cpf, 10, 11);
	return mem_printf(mem, "%.3s.%.3s.%.3s-%.2s", cpf, cpf + 3, cpf + 6, cpf + 9);
}

static char *make_cnpj(const void *mem, int index)
{
	char *cnpj = mem_printf(mem, "90000%03d000100", index);
	cnpj[12] = check_digit(cnpj, 12, 5);
	cnpj[13] = check_digit(cnpj, 13, 6);
	return mem_printf(
		mem, "%.2s.%.3s.%.3s/%.4s-%.2s", cnpj, cnpj + 2, cnpj + 5, cnpj + 8, cnpj + 12);
}

static const char *make_name(
	struct sample_maker *maker, int index, struct sample_customer *customer)
{
	const struct sample_row *companies = &sample_section(maker->sample, "company")->rows[0];
	const struct sample_row *english = &sample_section(maker->sample, "english")->rows[0];
	if (index % 40 == 7) {
		customer->is_company = true;
		return sample_field(companies, (size_t)index / 40 % companies->count);
	}
	if (index % 12 == 5 && (size_t)index / 12 < english->count) {
		customer->is_english = true;
		return sample_field(english, (size_t)index / 12);
	}
	return mem_printf(
		maker->mem, "%s %s", sample_pick(maker, "first"), sample_pick(maker, "last"));
}

static void make_customer(struct sample_maker *maker, int index)
{
	struct sample_customer *customer = &maker->customers[index];
	void *mem = maker->mem;
	customer->name = make_name(maker, index, customer);
	customer->first = customer->is_company
				  ? customer->name
				  : mem_strndup(mem, customer->name, strcspn(customer->name, " "));
	customer->email = mem_printf(mem, "%s%d@%s", mail_name(mem, customer->name), index + 10,
		domains[(size_t)index % ARRAY_LEN(domains)]);
	customer->phone = mem_printf(mem, "+55 %d 9%04d-00%02d",
		area_codes[(size_t)index % ARRAY_LEN(area_codes)], 1000 + index * 7, index % 100);
	int64_t days = 60 + sample_random(maker, 1400);
	struct change *change =
		sample_change(maker, CHANGE_CUSTOMER_NEW, maker->now - days * MS_DAY);
	change->name = customer->name;
	change->address = customer->email;
	change->shared = customer->is_company && index % 80 == 7 ? FLAG_YES : FLAG_UNSET;
	change->channel = index % 6 == 0 ? CHANNEL_WHATSAPP : CHANNEL_NONE;
	change->do_not_call = index % 25 == 3 ? FLAG_YES : FLAG_UNSET;
}

static void add_address(
	struct sample_maker *maker, const struct sample_customer *customer, const char *address)
{
	struct change *change =
		sample_change(maker, CHANGE_ADDRESS_ADD, maker->now - 50 * (int64_t)MS_DAY);
	change->customer = customer->id;
	change->address = address;
}

static void add_details(struct sample_maker *maker, int index)
{
	const struct sample_customer *customer = &maker->customers[index];
	const struct sample_section *remarks = sample_section(maker->sample, "remark");
	if (index % 3 != 2) {
		add_address(maker, customer, customer->phone);
	}
	if (customer->is_company) {
		add_address(maker, customer, make_cnpj(maker->mem, index));
	} else if (index % 4 == 1 && !customer->is_english) {
		add_address(maker, customer, make_cpf(maker->mem, index));
	}
	if (index % 15 == 4) {
		add_address(maker, customer,
			mem_printf(maker->mem, "@%s%d", mail_name(maker->mem, customer->first),
				index));
	}
	if (index % 7 == 0) {
		const struct sample_row *row = &remarks->rows[(size_t)index / 7 % remarks->count];
		int64_t days = 1 + sample_random(maker, 40);
		struct change *change =
			sample_change(maker, CHANGE_CUSTOMER_NOTE, maker->now - days * MS_DAY);
		change->customer = customer->id;
		change->text = sample_field(row, 0);
		change->pinned = *sample_field(row, 1) ? FLAG_YES : FLAG_UNSET;
		change->operator_id = sample_operator(maker, index % SAMPLE_OPERATORS)->id;
	}
}

bool sample_people(struct sample_maker *maker, struct error *err)
{
	for (int i = 0; i < SAMPLE_CUSTOMERS; i++) {
		make_customer(maker, i);
	}
	if (!sample_apply(maker, err)) {
		return false;
	}
	for (int i = 0; i < SAMPLE_CUSTOMERS; i++) {
		maker->customers[i].id = maker->results[i].customer;
	}
	for (int i = 0; i < SAMPLE_CUSTOMERS; i++) {
		add_details(maker, i);
	}
	return sample_apply(maker, err);
}
