#ifndef ATENDE_CORE_ADDRESS_H
#define ATENDE_CORE_ADDRESS_H

#include "base/error.h"
#include "core/ticket.h"

#include <stdbool.h>

/*
 * Ways to reach or recognise a customer. The key is the normal form under which an address is
 * unique:
 *
 *   email:joao@exemplo.com.br   case folded
 *   phone:+5511987654321        E.164; Brazil (+55) when no country is given
 *   cpf:12345678909, cnpj:…     with right check digits; CNPJ also in the alphanumeric form of
 *                               IN RFB 2.229/2024, upper case
 *   handle:@name                anything else, case folded
 *
 * A text may begin with its kind ("cpf:12345678909"), so that a key is an address too, of the same
 * key. Eleven bare digits that could be both a mobile telephone and a CPF are a telephone.
 */
struct address_parts {
	enum address_kind kind;
	char *value; /* trimmed */
	char *key;
};

/* INVALID for blank text, a malformed e-mail address, text that is not of the kind it names, or
 * over 254 bytes. On mem. */
bool address_parse(
	const void *mem, const char *text, struct address_parts *parts, struct error *err);

bool address_is_cpf(const char *digits); /* 11 digits */
bool address_is_cnpj(const char *text);	 /* 14 characters, upper case */

#endif
