#ifndef ATENDE_CODEC_TOKEN_JSON_H
#define ATENDE_CODEC_TOKEN_JSON_H

#include "codec/json.h"
#include "core/directory.h"
#include "core/token.h"

/* Sessions and tokens as shown (see codec/ticket_json.h), and back. A hash is in none. */

/* {"tokens":[{"id","operator","name","kind","rights":[word…],"created_at","used_at","expires_at"},
 * …]} */
struct json *token_list_json(
	const void *mem, const struct token_list *list, const struct directory *directory);

#endif
