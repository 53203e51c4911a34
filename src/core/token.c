#include "core/token.h"

#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "core/problem.h"

#include <stdio.h>
#include <string.h>

static const char *const token_kind_words[] = {"", "session", "token"};
const struct name_table token_kind_names = {
	"kind", token_kind_words, ARRAY_LEN(token_kind_words), NULL};

const struct right_info right_infos[] = {
	{"read", RIGHT_READ, ROLE_OPERATOR, N_("read tickets, customers and the log, search")},
	{"feed", RIGHT_FEED, ROLE_OPERATOR, N_("be told what changes")},
	{"write", RIGHT_WRITE, ROLE_OPERATOR, N_("change tickets and customers")},
	{"metrics", RIGHT_METRICS, ROLE_SUPERVISOR, N_("read the figures of the server")},
	{"manage", RIGHT_MANAGE, ROLE_SUPERVISOR, N_("change teams, reasons, answers, settings")},
	{"admin", RIGHT_ADMIN, ROLE_ADMIN,
		N_("copy the whole desk, give out tokens and passwords")},
};
const size_t right_info_count = ARRAY_LEN(right_infos);

char *rights_list(const void *mem)
{
	return rights_format(mem, RIGHTS_ALL);
}

static bool no_right(const char *word, size_t length, struct error *err)
{
	void *scratch = mem_context(NULL);
	problem(err, PROBLEM_NO_RIGHT, mem_strndup(scratch, word, length), rights_list(scratch),
		NULL);
	talloc_free(scratch);
	return false;
}

bool rights_parse(const char *text, int64_t *rights, struct error *err)
{
	*rights = 0;
	while (*(text += strspn(text, ", "))) {
		size_t length = strcspn(text, ", ");
		size_t i = 0;
		while (i < right_info_count &&
			(strlen(right_infos[i].word) != length ||
				strncmp(right_infos[i].word, text, length))) {
			i++;
		}
		if (i == right_info_count) {
			return no_right(text, length, err);
		}
		*rights |= right_infos[i].bit;
		text += length;
	}
	return *rights != 0 || no_right("", 0, err);
}

char *rights_format(const void *mem, int64_t rights)
{
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < right_info_count; i++) {
		if (rights & right_infos[i].bit) {
			text = mem_check(talloc_asprintf_append_buffer(
				text, "%s%s", *text ? "," : "", right_infos[i].word));
		}
	}
	return text;
}

int64_t rights_of_role(enum role role)
{
	int64_t rights = 0;
	for (size_t i = 0; i < right_info_count; i++) {
		rights |= role >= right_infos[i].role ? (int64_t)right_infos[i].bit : 0;
	}
	return rights;
}

enum token_end token_end(const struct token *token, const struct settings *settings, int64_t now)
{
	if (token->revoked_at) {
		return TOKEN_REVOKED;
	}
	if (token->expires_at && now >= token->expires_at) {
		return TOKEN_EXPIRED;
	}
	if (token->kind != TOKEN_SESSION) {
		return TOKEN_ALIVE;
	}
	if (now >= token->created_at + settings->session_age_ms) {
		return TOKEN_EXPIRED;
	}
	return now >= token->used_at + settings->session_idle_ms ? TOKEN_IDLE : TOKEN_ALIVE;
}

static size_t characters(const char *text)
{
	size_t count = 0;
	for (; *text; text++) {
		count += ((unsigned char)*text & 0xc0) != 0x80;
	}
	return count;
}

bool password_check(const char *password, struct error *err)
{
	bool ok = text_is_clean(password) && !strpbrk(password, "\n\t") &&
		  characters(password) >= PASSWORD_MIN && strlen(password) <= PASSWORD_MAX;
	char least[16];
	snprintf(least, sizeof least, "%d", PASSWORD_MIN);
	return ok || problem(err, PROBLEM_PASSWORD, least, NULL);
}
