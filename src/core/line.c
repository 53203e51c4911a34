#include "core/line.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/problem.h"

#include <string.h>

static const char *const doing_words[] = {"", "here", "reading", "writing", "calling", "paused"};
static const char *const doing_said[] = {
	[DOING_GONE] = "",
	[DOING_HERE] = N_("here"),
	[DOING_READING] = N_("reading"),
	[DOING_WRITING] = N_("answering"),
	[DOING_CALLING] = N_("on the phone"),
	[DOING_PAUSED] = N_("on a break"),
};
const struct name_table doing_names = {"doing", doing_words, ARRAY_LEN(doing_words), doing_said};

bool presence_check(const struct presence *presence, struct error *err)
{
	const char *terminal = presence->terminal ? presence->terminal : "";
	if (presence->doing < DOING_GONE || presence->doing >= DOING_PAUSED) {
		return problem(err, PROBLEM_VALUE, "doing", NULL);
	}
	if (text_is_blank(terminal) || !text_is_clean(terminal) || strpbrk(terminal, "\n\t") ||
		strlen(terminal) > PRESENCE_TERMINAL_MAX) {
		return problem(err, PROBLEM_VALUE, "terminal", NULL);
	}
	return true;
}

static uint64_t mix(uint64_t stamp, uint64_t value)
{
	for (int i = 0; i < 8; i++, value >>= 8) {
		stamp = (stamp ^ (value & 0xff)) * UINT64_C(1099511628211);
	}
	return stamp;
}

/* FNV-1a, which is enough to tell two lists apart that nobody made on purpose. */
int64_t presence_stamp(const struct presence_list *list)
{
	uint64_t stamp = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < list->count; i++) {
		const struct presence *presence = &list->items[i];
		stamp = mix(stamp, (uint64_t)presence->operator_id);
		stamp = mix(stamp, (uint64_t)presence->ticket);
		stamp = mix(stamp, (uint64_t)presence->doing);
		for (const char *at = presence->terminal; *at; at++) {
			stamp = mix(stamp, (unsigned char)*at);
		}
	}
	return list->count ? (int64_t)(stamp >> 1) | 1 : 0;
}

bool memo_receiver(const struct directory *directory, const char *word, int64_t *operator_id,
	int64_t *team, struct error *err)
{
	static const char *const all[] = {"all", "todos"};
	const struct operator_ *operator_ = directory_login(directory, word);
	const struct team *found = directory_team_key(directory, word);
	*operator_id = operator_ ? operator_->id : 0;
	*team = found && !operator_ ? found->id : 0;
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (strcmp(word, all[i]) == 0) {
			return true;
		}
	}
	return operator_ || found || problem(err, PROBLEM_NO_RECEIVER, word, NULL);
}

const char *memo_receiver_word(
	const struct directory *directory, const struct memo *memo, const char *all)
{
	const struct team *team = directory_team(directory, memo->team);
	return memo->operator_id ? directory_login_of(directory, memo->operator_id)
	       : team		 ? team->key
				 : all;
}
