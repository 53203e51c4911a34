#include "tui/fuzzy.h"

#include "test.h"

static void what_is_not_there_does_not_fit(void **state)
{
	(void)state;
	assert_int_equal(fuzzy_score("transfer to a team", "xyz"), 0);
	assert_int_equal(fuzzy_score("transfer to a team", "transfer xyz"), 0);
	assert_int_equal(fuzzy_score("transfer", "transfers"), 0);
	assert_true(fuzzy_score("transfer", "") > 0);
	assert_true(fuzzy_score("", "") > 0);
	assert_int_equal(fuzzy_score("", "a"), 0);
}

static void nearer_fits_better(void **state)
{
	(void)state;
	static const char *const texts[] = {/* the best first, for "resolve" */
		"resolve", "resolved", "send-resolve with its reason", "unresolved",
		"rest of love"};
	for (size_t i = 0; i + 2 < sizeof texts / sizeof *texts; i++) {
		assert_true(
			fuzzy_score(texts[i], "resolve") > fuzzy_score(texts[i + 1], "resolve"));
	}
}

static void letters_may_have_gaps(void **state)
{
	(void)state;
	assert_true(fuzzy_score("transfer to a team", "tsf") > 0);
	assert_true(fuzzy_score("take-over", "tko") > 0);
	assert_int_equal(fuzzy_score("transfer to a team", "rsf"), 0);	    /* begins no word */
	assert_int_equal(fuzzy_score("tags\nsomething far off", "tsf"), 0); /* not in details */
	assert_true(fuzzy_score("tags\nsomething far off", "far") > 0);
}

static void words_come_in_any_order(void **state)
{
	(void)state;
	assert_true(fuzzy_score("bruno reis (bruno)", "reis br") > 0);
	assert_true(fuzzy_score("bruno reis (bruno)", "  reis   br ") > 0);
}

static void distance_counts_slips(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		size_t distance;
	} cases[] = {
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"claim", "claim", 0},
		{"claim", "clam", 1},
		{"claim", "claimm", 1},
		{"claim", "claix", 1},
		{"claim", "calim", 1},
		{"snooze", "snoooze", 1},
		{"reply", "replay", 1},
		{"release", "resolve", 4},
		{"ab", "ba", 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(fuzzy_distance(cases[i].a, cases[i].b), cases[i].distance);
		assert_int_equal(fuzzy_distance(cases[i].b, cases[i].a), cases[i].distance);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_there_does_not_fit),
		cmocka_unit_test(nearer_fits_better),
		cmocka_unit_test(letters_may_have_gaps),
		cmocka_unit_test(words_come_in_any_order),
		cmocka_unit_test(distance_counts_slips),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
