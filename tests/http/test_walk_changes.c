#include "walk.h"

#include "base/mem.h"
#include "codec/change_json.h"
#include "core/name.h"
#include "test.h"

#include <string.h>

/* Every kind of change on a ticket by those who may not see it. */

/* All that the kind takes, so that nothing but the sight of the ticket is in its way. */
static struct change change_of(const struct walk *w, enum change_kind kind)
{
	const struct change_kind_info *info = &change_kinds[kind];
	struct change all = {.address = "joana@example.com",
		.name = "x",
		.subject = "x",
		.text = "x",
		.key = "x",
		.value = "x",
		.hours = "always",
		.holidays = "",
		.secret = "x",
		.channel = CHANNEL_EMAIL,
		.priority = PRIORITY_LOW,
		.outcome = OUTCOME_WAIT,
		.contact = CONTACT_ANSWERED,
		.discard = DISCARD_SPAM,
		.team = w->s->f->cobranca,
		.operator_id = 1,
		.other = w->hidden,
		.message = w->message,
		.question = w->question,
		.note = 1,
		.undo = w->message,
		.token = 1,
		.until_at = w->s->f->now + 1000,
		.from_at = w->s->f->now - 2000,
		.to_at = w->s->f->now - 1000};
	struct change change = {.id = uuid_make(w->s->f->now), .kind = kind};
	for (int i = 0; i < CHANGE_FIELDS; i++) {
		size_t offset = change_fields[i].offset;
		bool is_text = change_fields[i].type <= FIELD_LINE;
		size_t size = is_text				    ? sizeof(char *)
			      : change_fields[i].type == FIELD_NAME ? sizeof(int)
								    : sizeof(int64_t);
		if (info->required & FIELD_BIT(i)) {
			memcpy((char *)&change + offset, (const char *)&all + offset, size);
		}
	}
	change.ticket = info->subject == ON_TICKET && kind != CHANGE_NEW ? w->hidden : 0;
	change.customer =
		info->subject == ON_CUSTOMER && kind != CHANGE_CUSTOMER_NEW ? w->customer : 0;
	return change;
}

static struct reply apply(struct walk *w, enum who who, const struct change *change)
{
	struct json *array = json_array(w->s);
	json_add_copy(array, NULL, change_json(w->s, change));
	return walk_ask(w, who, "POST", "/v1/changes", json_print(w->s, array));
}

/* The reason of the refusal, of the request or of the change in it; "" when it was applied. */
static const char *reason_of(const struct reply *answer)
{
	const struct json *result = json_first(json_get(answer->json, "results"));
	const char *reason = answer->status == 200
				     ? json_text(json_get(json_get(result, "error"), "reason"))
				     : reply_text(answer, "reason");
	return reason ? reason : "";
}

static int64_t newest(struct walk *w)
{
	return fixture_feed(w->s->f, NULL, 0).revision;
}

/* What is not on a ticket, or not for operators at all, is refused for that. */
static const char *expected(enum change_kind kind, enum who who)
{
	const struct change_kind_info *info = &change_kinds[kind];
	bool is_token =
		kind == CHANGE_TOKEN_ADD || kind == CHANGE_TOKEN_REVOKE || kind == CHANGE_SESSION;
	if (kind == CHANGE_PASSWORD) {
		return "current";
	}
	if (who == READS || (who == WRITES && (is_token || info->subject == ON_DESK))) {
		return "right";
	}
	if (info->role == ROLE_NONE) {
		return "desk_only";
	}
	return info->role == ROLE_ADMIN || (info->role == ROLE_SUPERVISOR && who != LIA)
		       ? "role"
		       : "no_ticket";
}

static void nothing_is_changed_that_is_not_seen(void **state)
{
	struct walk *w = *state;
	static const enum who strangers[] = {READS, WRITES, CARLA, LIA};
	for (size_t p = 0; p < ARRAY_LEN(strangers); p++) {
		for (int i = 1; i < CHANGE_KINDS; i++) {
			enum change_kind kind = (enum change_kind)i;
			struct change change = change_of(w, kind);
			int64_t before = newest(w);
			struct reply answer = apply(w, strangers[p], &change);
			assert_false(walk_has_mark(&answer));
			const char *reason = expected(kind, strangers[p]);
			bool is_sight = strcmp(reason, "no_ticket") == 0;
			if (is_sight && !change.ticket) {
				continue; /* of his own day, or of what everybody sees */
			}
			if (strcmp(reason_of(&answer), reason) != 0 || newest(w) != before) {
				fail_msg("%s by %d: %d %s, not %s", change_kinds[i].name,
					strangers[p], answer.status, answer.body, reason);
			}
		}
	}
}

/* Named beside one's own ticket: to merge into, as the one that is duplicated, to take back. */
static void nothing_unseen_is_drawn_in(void **state)
{
	struct walk *w = *state;
	int64_t own = fixture_ticket(w->s->f, "joana@example.com", "cobranca");
	fixture_do(w->s->f, "bruno", (struct change){.kind = CHANGE_RELEASE, .ticket = w->hidden});
	const struct change changes[] = {
		{.kind = CHANGE_MERGE, .ticket = own, .other = w->hidden},
		{.kind = CHANGE_DISCARD,
			.ticket = own,
			.discard = DISCARD_DUPLICATE,
			.other = w->hidden},
		{.kind = CHANGE_UNDO, .undo = w->message},
		{.kind = CHANGE_UNDO, .ticket = own, .undo = w->message},
		{.kind = CHANGE_SPLIT, .ticket = own, .message = w->message, .subject = "x"},
		{.kind = CHANGE_ANSWER_QUESTION,
			.ticket = own,
			.question = w->question,
			.text = "x"},
	};
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		struct change change = changes[i];
		change.id = uuid_make(w->s->f->now);
		int64_t before = newest(w);
		struct reply answer = apply(w, CARLA, &change);
		assert_false(walk_has_mark(&answer));
		if (!*reason_of(&answer) || newest(w) != before) {
			fail_msg("%s: %d %s", change_kinds[change.kind].name, answer.status,
				answer.body);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_walk(nothing_is_changed_that_is_not_seen),
		with_walk(nothing_unseen_is_drawn_in),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
