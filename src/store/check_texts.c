#include "store/care.h"

#include "base/mem.h"
#include "base/text.h"
#include "store/statement.h"

#include <string.h>

/*
 * The full-text index against the texts: the same ids, and of a sample each text's longest word is
 * found under its id. (The index's own check would hold the write lock for as long as it takes.)
 */

enum { SAMPLE = 5000 };

#define TEXT_IDS                                                                                   \
	"SELECT id FROM message UNION ALL SELECT id FROM note UNION ALL SELECT id FROM question"

static bool check_ids(struct checking *checking, struct error *err)
{
	return check_rows(checking, true,
		       "SELECT id FROM (" TEXT_IDS ") WHERE id NOT IN "
		       "(SELECT id FROM text_index_docsize)",
		       N_("text {0} is not in the search index"), err) &&
	       check_rows(checking, true,
		       "SELECT id FROM text_index_docsize WHERE id NOT IN (" TEXT_IDS ")",
		       N_("the search index has an entry {0} without a text"), err);
}

/* The longest run of ASCII letters and digits: what every tokenizer takes for a word. Empty when
 * other letters touch it. */
static char *longest_word(const void *mem, const char *folded)
{
	const char *best = "";
	size_t best_length = 0;
	for (const char *at = folded; *at;) {
		size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789");
		bool alone = (at == folded || (unsigned char)at[-1] < 0x80) &&
			     (unsigned char)at[length] < 0x80;
		if (alone && length > best_length) {
			best = at;
			best_length = length;
		}
		at += length ? length : 1;
	}
	return mem_strndup(mem, best, best_length);
}

static bool is_found(
	struct checking *checking, int64_t id, const char *word, bool *found, struct error *err)
{
	char *match = mem_printf(NULL, "text : \"%s\"", word);
	struct sql_query *query = sql_query(checking->desk->sql, SEARCH_ONE);
	sql_bind_text(query, 1, match);
	sql_bind_int(query, 2, id);
	bool ok = sql_first(query, found, err);
	sql_done(query);
	talloc_free(match);
	return ok;
}

static bool check_text(struct checking *checking, int64_t id, const char *text, struct error *err)
{
	void *scratch = mem_context(NULL);
	char *word = longest_word(scratch, text_fold(scratch, text));
	bool found = true;
	bool ok = *word == '\0' || is_found(checking, id, word, &found, err);
	if (ok && !found) {
		char *number = mem_printf(scratch, "%lld", (long long)id);
		check_found(checking, true,
			N_("text {0} is in the search index under other words: \"{1}\" does not "
			   "find it"),
			number, word, NULL);
	}
	talloc_free(scratch);
	return ok;
}

static bool check_sample(struct checking *checking, struct error *err)
{
	struct sql_query *query = sql_query(checking->desk->sql, CHECK_SAMPLE);
	bool has_row, ok;
	sql_bind_int(query, 1, SAMPLE);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		ok = check_text(checking, sql_int(query, 0), sql_peek(query, 1), err);
		if (!ok) {
			break;
		}
	}
	sql_done(query);
	return ok;
}

bool check_texts(struct checking *checking, struct error *err)
{
	return check_ids(checking, err) && check_sample(checking, err);
}
