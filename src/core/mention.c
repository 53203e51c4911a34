#include "core/mention.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

#define LOGIN_CHARS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"

static bool equals_login(const char *login, const char *at, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		bool upper = at[i] >= 'A' && at[i] <= 'Z';
		if (login[i] != (upper ? at[i] - 'A' + 'a' : at[i])) {
			return false;
		}
	}
	return login[length] == '\0';
}

static const struct operator_ *find_login(
	const struct directory *directory, const char *at, size_t length)
{
	for (size_t i = 0; i < directory->operator_count; i++) {
		const struct operator_ *operator_ = &directory->operators[i];
		if (operator_->enabled && equals_login(operator_->login, at, length)) {
			return operator_;
		}
	}
	return NULL;
}

/* The login at `at`; the dot that ends a sentence is no part of it unless a login has one there. */
static const struct operator_ *mentioned(const struct directory *directory, const char *at)
{
	size_t length = strspn(at, LOGIN_CHARS);
	size_t size;
	if (text_is_word(text_rune(at + length, &size))) {
		return NULL;
	}
	const struct operator_ *found = NULL;
	while (length > 0 && !(found = find_login(directory, at, length)) &&
		strchr("._-", at[length - 1])) {
		length--;
	}
	return found;
}

size_t mention_add(int64_t *ids, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++) {
		if (ids[i] == id) {
			return count;
		}
	}
	ids[count] = id;
	return count + 1;
}

size_t mention_find(
	const void *mem, const char *text, const struct directory *directory, int64_t **ids)
{
	size_t count = 0;
	*ids = mem_array(mem, int64_t, directory->operator_count + 1);
	uint32_t before = ' ';
	for (size_t n; *text; text += n) {
		uint32_t rune = text_rune(text, &n);
		/* A mail address is no mention. */
		if (rune == '@' && !text_is_word(before) && before != '.' && before != '@') {
			const struct operator_ *operator_ = mentioned(directory, text + 1);
			count = operator_ ? mention_add(*ids, count, operator_->id) : count;
		}
		before = rune;
	}
	return count;
}
