#include "base/clock.h"
#include "base/mem.h"
#include "core/name.h"
#include "script.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* What happens at the desk, and what must be true of it. */

/* --- time --- */

static void wait_for(struct script *script)
{
	script_wait(script, script_duration(script, 1));
}

/* Nobody's program ran meanwhile: a lid was closed. */
static void sleep_for(struct script *script)
{
	script->fixture->now += script_duration(script, 1);
}

/* --- changes --- */

static const struct directory *directory_of(struct script *script)
{
	const struct directory *directory;
	struct error err = {0};
	assert_true(store_directory(script->fixture->desk, &directory, &err));
	return directory;
}

static int64_t id_of(struct script *script, enum change_field field, const char *word)
{
	const struct directory *directory = directory_of(script);
	char *end;
	int64_t number = strtoll(word, &end, 10);
	if (!*end && end != word) {
		return number;
	}
	if (field == F_TEAM && strcmp(word, "none") == 0) {
		return TEAM_NONE;
	}
	const struct team *team = directory_team_key(directory, word);
	const struct operator_ *operator_ = directory_login(directory, word);
	const struct reason *reason = directory_reason_key(directory, word);
	int64_t id = field == F_TEAM && team		? team->id
		     : field == F_OPERATOR && operator_ ? operator_->id
		     : field == F_REASON && reason	? reason->id
							: 0;
	if (!id) {
		script_fail(script, "there is no %s", word);
	}
	return id;
}

static void set_field(
	struct script *script, struct change *change, enum change_field field, const char *word)
{
	const struct change_field_info *info = &change_fields[field];
	char *at = (char *)change + info->offset;
	if (info->type == FIELD_NAME) {
		if (!name_find(info->names, word, (int *)(void *)at)) {
			script_fail(script, "%s is no %s", word, info->name);
		}
	} else if (info->type == FIELD_TEXT || info->type == FIELD_LINE) {
		*(const char **)(void *)at = word;
	} else {
		*(int64_t *)(void *)at = id_of(script, field, word);
	}
}

/* The words name=value from `from` on; the first that is none. */
static size_t set_fields(struct script *script, struct change *change, size_t from)
{
	for (; from < script->word_count; from++) {
		char *word = script->words[from].text;
		size_t n = script->words[from].is_quoted ? 0 : strcspn(word, "=");
		bool has_value = n && word[n] == '=';
		bool has_next = n && !word[n] && from + 1 < script->word_count &&
				script->words[from + 1].is_quoted;
		if (!has_value && !has_next) {
			break;
		}
		const char *value = has_value ? word + n + 1 : script->words[++from].text;
		word[n] = '\0';
		enum change_field field = 0;
		while (field < CHANGE_FIELDS && strcmp(change_fields[field].name, word) != 0) {
			field++;
		}
		if (strcmp(word, "ticket") == 0) {
			change->ticket = strtoll(value, NULL, 10);
		} else if (strcmp(word, "customer") == 0) {
			change->customer = strtoll(value, NULL, 10);
		} else if (field == CHANGE_FIELDS) {
			script_fail(script, "there is no field %s", word);
		} else {
			set_field(script, change, field, value);
		}
	}
	return from;
}

/* What a reply needs to know, as a console would. */
static void fill_reply(struct script *script, const char *login, struct change *change)
{
	if (change->kind == CHANGE_REPLY) {
		const struct ticket_view *view =
			fixture_view(script->fixture, login, change->ticket);
		change->seen = change->seen ? change->seen : view->row.ticket.newest_public;
		change->generation =
			change->generation ? change->generation : view->row.claim.generation;
	}
}

/* do WHO KIND field=value … [refused REASON] */
static void do_change(struct script *script)
{
	const char *who = script_word(script, 1);
	const char *login = strcmp(who, "desk") == 0 ? NULL : who;
	struct change change = {0};
	if (!change_kind_find(script_word(script, 2), &change.kind)) {
		script_fail(script, "there is no change %s", script_word(script, 2));
	}
	size_t end = set_fields(script, &change, 3);
	fill_reply(script, login, &change);
	struct result result = fixture_try(script->fixture, login, change);
	if (script_is(script, end, "refused")) {
		const char *reason = script_word(script, end + 1);
		if (result.ok || strcmp(result.err.reason, reason) != 0) {
			script_fail(script, "not refused as %s but %s", reason,
				result.ok ? "done" : result.err.reason);
		}
	} else if (end < script->word_count) {
		script_fail(script, "not understood: %s", script_word(script, end));
	} else if (!result.ok) {
		script_fail(script, "refused: %s", error_sentence(script, &result.err, NULL));
	}
}

/* ticket NUMBER ADDRESS TEAM|none "SUBJECT" "TEXT" [field=value …] */
static void ticket(struct script *script)
{
	struct change change = {.kind = CHANGE_NEW,
		.channel = CHANNEL_EMAIL,
		.address = script_word(script, 2),
		.subject = script_word(script, 4),
		.text = script_word(script, 5)};
	if (!script_is(script, 3, "none")) {
		change.team = id_of(script, F_TEAM, script_word(script, 3));
	}
	set_fields(script, &change, 6);
	int64_t number = fixture_do(script->fixture, NULL, change).ticket;
	if (number != script_number(script, 1)) {
		script_fail(script, "the new ticket is %lld", (long long)number);
	}
}

/* receive NUMBER "TEXT" */
static void receive(struct script *script)
{
	fixture_do(script->fixture, NULL,
		(struct change){.kind = CHANGE_RECEIVE,
			.ticket = script_number(script, 1),
			.text = script_word(script, 2)});
}

/* --- facts --- */

static void check_word(struct script *script, const char *what, const char *is, const char *wanted)
{
	if (strcmp(is, wanted) != 0) {
		script_fail(script, "%s is %s", what, *is ? is : "nothing");
	}
}

static const char *holder_of(struct script *script, const struct ticket_view *view)
{
	const struct claim *claim = &view->row.claim;
	return claim_is_live(claim, script->fixture->now)
		       ? directory_login_of(directory_of(script), claim->operator_id)
		       : "free";
}

static const char *fact(struct script *script, const struct ticket_view *view, const char *name)
{
	const struct ticket *it = &view->row.ticket;
	const struct directory *directory = directory_of(script);
	const struct team *team = it->team ? directory_team(directory, it->team) : NULL;
	const struct reason *reason = it->reason ? directory_reason(directory, it->reason) : NULL;
	const struct {
		const char *name, *value;
	} facts[] = {
		{"state", name_of(&ticket_state_names, (int)it->state)},
		{"holder", holder_of(script, view)},
		{"team", team ? team->key : "none"},
		{"reason", reason ? reason->key : "none"},
		{"priority", name_of(&priority_names, (int)it->priority)},
		{"assignee", it->assignee ? directory_login_of(directory, it->assignee) : "none"},
		{"subject", it->subject},
		{"tags", it->tags},
		{"messages", mem_printf(script, "%zu", view->message_count)},
		{"notes", mem_printf(script, "%zu", view->note_count)},
		{"questions", mem_printf(script, "%zu", view->question_count)},
		{"customer-notes", mem_printf(script, "%zu", view->customer.note_count)},
		{"name", view->row.customer_name},
		{"merged-into", mem_printf(script, "%lld", (long long)it->merged_into)},
		{"message",
			view->message_count ? view->messages[view->message_count - 1].text : ""},
		{"sending", view->message_count
				    ? name_of(&message_state_names,
					      (int)view->messages[view->message_count - 1].state)
				    : ""},
		{"note", view->note_count ? view->notes[view->note_count - 1].text : ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
		if (strcmp(facts[i].name, name) == 0) {
			return facts[i].value;
		}
	}
	script_fail(script, "there is no fact %s", name);
}

/* desk NUMBER fact=value … */
static void desk(struct script *script)
{
	const struct ticket_view *view =
		fixture_view(script->fixture, NULL, script_number(script, 1));
	for (size_t i = 2; i < script->word_count; i++) {
		char *word = script->words[i].text;
		size_t n = strcspn(word, "=");
		const char *value = word[n] ? word + n + 1 : script_word(script, ++i);
		word[n] = '\0';
		check_word(script, word, fact(script, view, word), value);
	}
}

static struct draft_list drafts_of(struct script *script, bool bin)
{
	struct draft_list list;
	struct error err = {0};
	assert_true(store_drafts(
		fixture_as(script->fixture, script_word(script, 1)), script, bin, &list, &err));
	return list;
}

static void check_drafts(struct script *script, const struct draft_list *list)
{
	int64_t number = script_number(script, 2);
	const char *wanted = script_word(script, 3);
	int64_t operator_id = fixture_id(
		script->fixture, seat_login(script, &(struct seat){.name = script->words[1].text}));
	const char *text = "none";
	for (size_t i = 0; i < list->count; i++) {
		bool is_mine =
			!list->drafts[i].operator_id || list->drafts[i].operator_id == operator_id;
		if (list->drafts[i].ticket == number && is_mine) {
			text = list->drafts[i].text;
		}
	}
	check_word(script, script->words[0].text, text, wanted);
}

/* draft LOGIN NUMBER "TEXT"|none, bin …; spool TERMINAL …. */
static void draft(struct script *script)
{
	struct draft_list list = drafts_of(script, false);
	check_drafts(script, &list);
}

static void bin(struct script *script)
{
	struct draft_list list = drafts_of(script, true);
	check_drafts(script, &list);
}

static void spool(struct script *script)
{
	const char *name = script_word(script, 1);
	for (size_t i = 0; i < SEATS && script->seats[i].name; i++) {
		if (strcmp(script->seats[i].name, name) == 0) {
			check_drafts(script, script->seats[i].spool);
			return;
		}
	}
	script_fail(script, "nobody sits at %s", name);
}

/* --- what was altered --- */

static int64_t revision(struct script *script)
{
	return fixture_feed(script->fixture, NULL, -1).revision;
}

static void remember(struct script *script)
{
	script->remembered = revision(script);
}

/* What was done since `remember`, in order; time worked is no deed. On the script. */
static char *done(struct script *script, bool with_numbers)
{
	struct feed feed = fixture_feed(script->fixture, NULL, script->remembered);
	char *text = mem_strdup(script, "");
	for (size_t i = 0; i < feed.count; i++) {
		const struct feed_item *item = &feed.items[i];
		if (item->kind == CHANGE_WORKED) {
			continue;
		}
		text = mem_printf(script, "%s %s", text, change_kinds[item->kind].name);
		if (with_numbers) {
			text = mem_printf(script, "%s %lld", text, (long long)item->ticket);
		}
	}
	return text;
}

static void unchanged(struct script *script)
{
	check_word(script, "done", done(script, true), "");
}

static void changed(struct script *script)
{
	char *wanted = mem_strdup(script, "");
	for (size_t i = 1; i < script->word_count; i++) {
		wanted = mem_printf(script, "%s %s", wanted, script_word(script, i));
	}
	check_word(script, "done", done(script, false), wanted);
	remember(script);
}

const struct desk_verb desk_verbs[] = {
	{"wait", wait_for},
	{"sleep", sleep_for},
	{"do", do_change},
	{"ticket", ticket},
	{"receive", receive},
	{"desk", desk},
	{"draft", draft},
	{"bin", bin},
	{"spool", spool},
	{"remember", remember},
	{"unchanged", unchanged},
	{"changed", changed},
};
const size_t desk_verb_count = ARRAY_LEN(desk_verbs);
