#include "store/reads.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "core/problem.h"
#include "store/row.h"
#include "store/search.h"
#include "store/shape.h"
#include "store/statement.h"
#include "store/text_index.h"

#include <string.h>

/*
 * Candidates come from the full-text index, newest text first; each ticket is looked at once: may
 * the actor see it, do the terms hold, was it on an earlier page. Full rows are loaded only for
 * what is shown.
 */

enum { LIMIT_DEFAULT = 50, LIMIT_MAX = 1000, CANDIDATES_MAX = 5000, SEEN_SLOTS = 16384 };

/* A page ends between two stretches of texts when it has taken this long; among texts that are
 * asked themselves, too, but not before so many were. */
enum { ENOUGH_MS = 75, ASKED_MIN = 1000 };

struct hunt {
	struct desk *desk;
	const void *mem;
	void *scratch;
	const struct search_query *query;
	struct search_page *page;
	struct scope scope;
	struct filter filter;
	struct match match;
	size_t limit, room, shown; /* shown: rows that the text names as a whole */
	int64_t *direct;
	size_t direct_count;
	int64_t started;
	int64_t *seen; /* tickets looked at: open addressing, 0 is empty, never full */
};

/* True the first time. */
static bool see_first(struct hunt *hunt, int64_t ticket)
{
	size_t slot = (size_t)((uint64_t)ticket * UINT64_C(0x9E3779B97F4A7C15) >> 50);
	for (; hunt->seen[slot]; slot = (slot + 1) % SEEN_SLOTS) {
		if (hunt->seen[slot] == ticket) {
			return false;
		}
	}
	hunt->seen[slot] = ticket;
	return true;
}

/* --- one ticket --- */

static bool holds_terms(struct hunt *hunt, const struct ticket *ticket, const struct claim *claim)
{
	bool is_live = claim_is_live(claim, hunt->scope.now);
	struct filter_row row = {.ticket = ticket,
		.customer_name = "",
		.address = "",
		.holder = is_live ? claim->operator_id : 0};
	return filter_matches_terms(&hunt->filter, &row, hunt->desk->store.actor, hunt->scope.now);
}

/* May the actor see it, and do the terms hold? Without what only a shown row needs. */
static bool is_fit(struct hunt *hunt, int64_t number, bool *fits, struct error *err)
{
	void *strings = mem_context(hunt->scratch);
	struct ticket ticket;
	struct claim claim;
	struct sql_query *query = sql_query(hunt->desk->sql, SEARCH_TICKET);
	sql_bind_int(query, 1, number);
	bool ok = sql_first(query, fits, err);
	if (ok && *fits) {
		int column = shape_read(&ticket_shape, query, strings, 0, &ticket);
		shape_read(&claim_shape, query, strings, column, &claim);
	}
	sql_done(query);
	if (ok && *fits) {
		ok = row_sees(hunt->desk, &hunt->scope, &ticket, &claim, fits, err);
	}
	if (ok && *fits) {
		ticket_settle(&ticket, hunt->scope.now, hunt->scope.auto_resolve_ms);
		*fits = holds_terms(hunt, &ticket, &claim);
	}
	talloc_free(strings);
	return ok;
}

static bool load_text(
	struct hunt *hunt, const void *mem, int64_t id, char **text, struct error *err)
{
	struct sql_query *query = sql_query(hunt->desk->sql, SEARCH_TEXT);
	bool has_row;
	sql_bind_int(query, 1, id);
	bool ok = sql_first(query, &has_row, err);
	*text = mem_strdup(mem, ok && has_row ? sql_peek(query, 0) : "");
	sql_done(query);
	return ok;
}

/* What the ticket is called, which the index has beside each text; a line each. */
static bool load_about(
	struct hunt *hunt, const void *mem, int64_t ticket, char **about, struct error *err)
{
	struct sql_query *query = sql_query(hunt->desk->sql, INDEX_ABOUT);
	bool has_row, ok;
	*about = mem_strdup(mem, "");
	sql_bind_int(query, 1, ticket);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		*about = mem_check(
			talloc_asprintf_append_buffer(*about, "%s\n", sql_peek(query, 0)));
	}
	sql_done(query);
	return ok;
}

/* Has this text of the ticket the prefixes from this one on? */
static bool has_prefixes(
	struct hunt *hunt, int64_t id, int64_t ticket, size_t from, bool *has, struct error *err)
{
	*has = true;
	if (from >= hunt->match.prefix_count) {
		return true;
	}
	void *scratch = mem_context(NULL);
	char *text, *about = NULL;
	bool ok = load_text(hunt, scratch, id, &text, err);
	for (size_t i = from; ok && *has && i < hunt->match.prefix_count; i++) {
		const char *prefix = hunt->match.prefixes[i];
		if (text_contains(text, prefix, true)) {
			continue;
		}
		ok = about || load_about(hunt, scratch, ticket, &about, err);
		*has = ok && text_contains(about, prefix, true);
	}
	talloc_free(scratch);
	return ok;
}

/* Does this text of the ticket fit the words? */
static bool is_match(
	struct hunt *hunt, int64_t id, int64_t ticket, bool *matches, struct error *err)
{
	if (!has_prefixes(hunt, id, ticket, 0, matches, err)) {
		return false;
	}
	if (!*matches) {
		return true;
	}
	char *words = match_within(hunt->scratch, &hunt->match, id);
	*matches = true;
	if (!words) {
		return true;
	}
	struct sql_query *query = sql_query(hunt->desk->sql, SEARCH_ONE);
	sql_bind_text(query, 1, words);
	sql_bind_int(query, 2, id);
	bool ok = sql_first(query, matches, err);
	sql_done(query);
	return ok;
}

/* On an earlier page already, for a newer text of the same ticket? */
static bool was_shown(struct hunt *hunt, int64_t ticket, bool *shown, struct error *err)
{
	*shown = false;
	if (hunt->query->before == 0) {
		return true;
	}
	struct sql_query *query = sql_query(hunt->desk->sql, SEARCH_NEWER);
	bool has_row, ok;
	sql_bind_int(query, 1, ticket);
	sql_bind_int(query, 2, hunt->query->before);
	while ((ok = sql_step(query, &has_row, err)) && has_row && !*shown) {
		ok = is_match(hunt, sql_int(query, 0), ticket, shown, err);
		if (!ok) {
			break;
		}
	}
	sql_done(query);
	return ok;
}

/* The text decides what is shown of it: id 0 for the ticket's newest public one. */
static bool show(struct hunt *hunt, int64_t number, int64_t id, struct error *err)
{
	struct search_page *page = hunt->page;
	if (page->count == hunt->room) {
		hunt->room = hunt->room ? 2 * hunt->room : 64;
		page->rows = mem_grow(hunt->mem, page->rows, struct ticket_row, hunt->room);
	}
	struct ticket_row *row = &page->rows[page->count];
	bool sees;
	char *text;
	if (!row_load(hunt->desk, page->rows, &hunt->scope, number, row, &sees, err)) {
		return false;
	}
	if (!sees) {
		return true;
	}
	id = id ? id : row->ticket.newest_public;
	if (!load_text(hunt, hunt->scratch, id, &text, err)) {
		return false;
	}
	row->key.text = id;
	row->snippet = snippet_make(page->rows, text, &hunt->filter);
	page->count++;
	return true;
}

/* --- what the text names as a whole --- */

static bool show_direct(struct hunt *hunt, struct error *err)
{
	if (!search_direct(hunt->desk, hunt->scratch, hunt->query->text, &hunt->direct,
		    &hunt->direct_count, err)) {
		return false;
	}
	for (size_t i = 0; i < hunt->direct_count; i++) {
		int64_t number = hunt->direct[i];
		bool is_first_page = hunt->query->before == 0;
		if (!see_first(hunt, number) || !is_first_page) {
			continue;
		}
		if (!show(hunt, number, 0, err)) {
			return false;
		}
	}
	return true;
}

/* --- candidates --- */

/* NULL words: every text. */
static struct sql_query *open_candidates(struct hunt *hunt, const char *words)
{
	struct sql_query *query = sql_query(hunt->desk->sql, words ? SEARCH_MATCH : SEARCH_ALL);
	sql_bind_int(query, 1, hunt->page->before);
	if (words) {
		sql_bind_text(query, 2, words);
	}
	return query;
}

static bool look_at(struct hunt *hunt, int64_t id, struct error *err)
{
	struct sql_query *owner = sql_query(hunt->desk->sql, SEARCH_OWNER);
	int64_t ticket;
	bool fits, shown;
	sql_bind_int(owner, 1, id);
	if (!sql_number(owner, &ticket, err)) {
		return false;
	}
	if (ticket == 0) {
		return true;
	}
	if (!has_prefixes(hunt, id, ticket, hunt->match.gathered_count, &fits, err)) {
		return false;
	}
	if (!fits || !see_first(hunt, ticket)) {
		return true;
	}
	if (!is_fit(hunt, ticket, &fits, err) || (fits && !was_shown(hunt, ticket, &shown, err))) {
		return false;
	}
	return !fits || shown || show(hunt, ticket, id, err);
}

/* Texts that are asked themselves cost more than those that the index gives. */
static bool is_late(const struct hunt *hunt)
{
	return hunt->match.prefix_count > hunt->match.gathered_count &&
	       hunt->page->candidates >= ASKED_MIN && clock_monotonic() - hunt->started > ENOUGH_MS;
}

/* *is_full: the page ends before the candidates do. */
static bool walk(struct hunt *hunt, const char *words, bool *is_full, struct error *err)
{
	struct search_page *page = hunt->page;
	struct sql_query *query = open_candidates(hunt, words);
	bool has_row, ok;
	*is_full = false;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		if (page->count - hunt->shown >= hunt->limit ||
			page->candidates >= CANDIDATES_MAX || is_late(hunt)) {
			*is_full = true;
			break;
		}
		page->candidates++;
		page->before = sql_int(query, 0);
		if (!look_at(hunt, page->before, err)) {
			ok = false;
			break;
		}
	}
	sql_done(query);
	return ok;
}

/*
 * Words that are frequent each and rare together give few candidates for much work: stretch by
 * stretch, so that the page can end in time.
 */
static bool walk_stretches(struct hunt *hunt, struct error *err)
{
	struct search_page *page = hunt->page;
	bool is_full = false;
	while (page->before > 1 && !is_full) {
		int64_t newest = page->before - 1;
		char *words = match_within(hunt->scratch, &hunt->match, newest);
		if (!walk(hunt, words, &is_full, err)) {
			return false;
		}
		if (!is_full) {
			page->before = newest / TEXT_STRETCH * TEXT_STRETCH;
			is_full = page->before > 1 && clock_monotonic() - hunt->started > ENOUGH_MS;
		}
	}
	page->has_more = is_full;
	return true;
}

static bool walk_candidates(struct hunt *hunt, struct error *err)
{
	const struct match *match = &hunt->match;
	struct search_page *page = hunt->page;
	hunt->shown = page->count;
	hunt->started = clock_monotonic();
	bool is_plain = match->wanted && !match->has_long_prefix;
	if (match->prefix_count == 0 && (match->unwanted || is_plain)) {
		return walk_stretches(hunt, err);
	}
	bool has_words = match->wanted || match->prefix_count;
	const char *words = has_words ? match_everywhere(hunt->scratch, match) : NULL;
	if (!walk(hunt, words, &page->has_more, err)) {
		return false;
	}
	page->before = page->has_more ? page->before : 1;
	return true;
}

static bool tell_how_far(struct hunt *hunt, struct error *err)
{
	struct sql_query *query = sql_query(hunt->desk->sql, SEARCH_AT);
	sql_bind_int(query, 1, hunt->page->before);
	return sql_number(query, &hunt->page->looked_back_to, err);
}

static bool run(struct hunt *hunt, struct error *err)
{
	struct search_page *page = hunt->page;
	int64_t newest;
	if (!filter_parse(hunt->scratch, hunt->query->text, hunt->desk->directory,
		    hunt->query->offset_ms, &hunt->filter, err) ||
		!match_make(hunt->scratch, &hunt->filter, &hunt->match, err) ||
		!sql_number(sql_query(hunt->desk->sql, SEARCH_NEWEST), &newest, err) ||
		!show_direct(hunt, err)) {
		return false;
	}
	page->before = hunt->query->before ? hunt->query->before : newest + 1;
	if (hunt->match.is_void) {
		return true;
	}
	return walk_candidates(hunt, err) && tell_how_far(hunt, err);
}

bool desk_search(struct store *store, const void *mem, const struct search_query *query,
	struct search_page *page, struct error *err)
{
	struct desk *desk = desk_of(store);
	*page = (struct search_page){0};
	if (!desk_read_begin(desk, err)) {
		return false;
	}
	struct hunt hunt = {.desk = desk,
		.mem = mem,
		.scratch = mem_context(NULL),
		.query = query,
		.page = page,
		.limit = query->limit == 0	    ? LIMIT_DEFAULT
			 : query->limit > LIMIT_MAX ? LIMIT_MAX
						    : query->limit};
	hunt.seen = mem_array(hunt.scratch, int64_t, SEEN_SLOTS);
	scope_init(&hunt.scope, desk, hunt.scratch);
	bool ok = run(&hunt, err);
	talloc_free(hunt.scratch);
	desk_read_end(desk);
	return ok;
}
