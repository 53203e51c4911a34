#ifndef ATENDE_CODEC_TOKEN_JSON_H
#define ATENDE_CODEC_TOKEN_JSON_H

#include "codec/json.h"
#include "core/directory.h"
#include "core/token.h"

/* Sessions and tokens as shown (see codec/ticket_json.h), and back. A hash is in none. */

/* {"id","operator","name","kind","rights":[word…],"created_at","used_at","expires_at"} */
void token_add_json(
	struct json *object, const struct token *token, const struct directory *directory);

/* {"tokens":[…]} */
struct json *token_list_json(
	const void *mem, const struct token_list *list, const struct directory *directory);

#endif
