#include "core/preference.h"

#include "base/mem.h"
#include "core/problem.h"
#include "core/query.h"

#include <string.h>

static const char *const theme_words[] = {"", "default", "dark", "light", "high-contrast", "mono"};
static const char *const queue_column_words[] = {"", "number", "waiting", "due", "channel", "team",
	"priority", "holder", "customer", "subject"};
static const char *const tour_words[] = {"", "seen"};

static const struct name_table theme_names = {"theme", theme_words, ARRAY_LEN(theme_words), NULL};
const struct name_table queue_column_names = {
	"columns", queue_column_words, ARRAY_LEN(queue_column_words), NULL};
static const struct name_table tour_names = {"tour", tour_words, ARRAY_LEN(tour_words), NULL};

const struct preference_info preference_infos[] = {
	{"order", &queue_order_names, false, "", N_("order of the queue")},
	{"columns", &queue_column_names, true, "", N_("columns of the queue")},
	{"theme", &theme_names, false, "", N_("colours")},
	{"tour", &tour_names, false, "", N_("whether the first steps were shown")},
};
const size_t preference_info_count = ARRAY_LEN(preference_infos);

static const struct preference_info *find(const char *name)
{
	for (size_t i = 0; i < preference_info_count; i++) {
		if (strcmp(preference_infos[i].name, name) == 0) {
			return &preference_infos[i];
		}
	}
	return NULL;
}

/* "number,due,subject": words of the table, none twice. */
static bool is_list_of(const struct name_table *words, const char *value)
{
	char *copy = mem_strdup(NULL, value);
	uint64_t seen = 0;
	bool ok = true;
	for (char *word = copy; ok && word;) {
		char *comma = strchr(word, ',');
		if (comma) {
			*comma++ = '\0';
		}
		int number;
		ok = name_find(words, word, &number) && !(seen & UINT64_C(1) << number);
		seen |= ok ? UINT64_C(1) << number : 0;
		word = comma;
	}
	talloc_free(copy);
	return ok;
}

bool preference_check(const char *name, const char *value, struct error *err)
{
	const struct preference_info *info = find(name);
	int number;
	if (!info) {
		char *names = mem_strdup(NULL, "");
		for (size_t i = 0; i < preference_info_count; i++) {
			names = mem_check(talloc_asprintf_append_buffer(
				names, "%s%s", i ? ", " : "", preference_infos[i].name));
		}
		problem(err, PROBLEM_NO_PREFERENCE, name, names, NULL);
		talloc_free(names);
		return false;
	}
	if (*value == '\0' || (info->is_list ? is_list_of(info->words, value)
					     : name_find(info->words, value, &number))) {
		return true;
	}
	char *words = name_list(NULL, info->words);
	problem(err, PROBLEM_PREFERENCE_VALUE, name, value, words, NULL);
	talloc_free(words);
	return false;
}

const char *preference_value(const struct operator_ *operator_, const char *name)
{
	for (size_t i = 0; operator_ && i < operator_->preference_count; i++) {
		if (strcmp(operator_->preferences[i].name, name) == 0 &&
			*operator_->preferences[i].value) {
			return operator_->preferences[i].value;
		}
	}
	const struct preference_info *info = find(name);
	return info ? info->initial : NULL;
}
