#include "cli/sample_make.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "core/attachment.h"

#include <string.h>

/* What happened on one ticket: who wrote what, when, and who answered. */

enum { VALUES = 9 };

struct value {
	const char *name, *value;
};

/* A ticket being told. */
struct story {
	struct sample_maker *maker;
	const struct sample_ticket *ticket;
	struct sample_events *events;
	const struct sample_customer *customer;
	const struct sample_topic *topic;
	const struct operator_ *operator_;
	struct value values[VALUES];
};

static const char *value_of(const struct story *story, const char *name, size_t length)
{
	for (size_t i = 0; i < VALUES; i++) {
		if (strlen(story->values[i].name) == length &&
			strncmp(story->values[i].name, name, length) == 0) {
			return story->values[i].value;
		}
	}
	return NULL;
}

/* The text with {words} replaced; {{variables}} of answers do not occur here. */
static char *fill(const struct story *story, const char *text)
{
	char *out = mem_strdup(story->maker->mem, "");
	for (const char *at = text; *at;) {
		size_t plain = strcspn(at, "{");
		size_t name = at[plain] ? strcspn(at + plain + 1, "}") : 0;
		const char *value = name ? value_of(story, at + plain + 1, name) : NULL;
		out = mem_check(talloc_asprintf_append_buffer(
			out, "%.*s%s", (int)plain, at, value ? value : ""));
		at += plain + (name ? name + 2 : 0);
	}
	return out;
}

static char *make_date(struct sample_maker *maker, int64_t at)
{
	struct civil day = civil_of(at);
	return mem_printf(maker->mem, "%02d/%02d", day.day, day.month);
}

static char *number(struct sample_maker *maker, int64_t value)
{
	return mem_printf(maker->mem, "%lld", (long long)value);
}

static void set_values(struct story *story)
{
	struct sample_maker *maker = story->maker;
	bool english = story->customer->is_english;
	int64_t ago = (2 + sample_random(maker, 6)) * (int64_t)MS_DAY;
	const char *full = story->operator_->name;
	const struct value values[VALUES] = {
		{"first", story->customer->first},
		{"order", number(maker, 80000 + sample_random(maker, 9999))},
		{"product", sample_pick(maker, english ? "thing" : "product")},
		{"value", mem_printf(maker->mem, "R$ %s,90",
				  number(maker, 29 + sample_random(maker, 460)))},
		{"carrier", sample_pick(maker, "carrier")},
		{"city", sample_pick(maker, "city")},
		{"date", make_date(maker, story->ticket->opened_at - ago)},
		{"code", mem_printf(maker->mem, "AU%06lldBR",
				 (long long)sample_random(maker, 999999))},
		{"operator", mem_strndup(maker->mem, full, strcspn(full, " "))},
	};
	memcpy(story->values, values, sizeof values);
}

static void choose_topic(struct story *story)
{
	const struct sample *sample = story->maker->sample;
	const char *language = story->customer->is_english ? "en" : "pt";
	do {
		story->topic =
			&sample->topics[sample_random(story->maker, (int64_t)sample->topic_count)];
	} while (strcmp(story->topic->language, language) != 0);
}

static struct change *add(struct story *story, enum change_kind kind, int64_t at)
{
	struct sample_events *events = story->events;
	size_t n = events->count++;
	events->events = mem_grow(events->mem, events->events, struct sample_event, events->count);
	events->events[n] = (struct sample_event){
		.at = at, .order = n, .change = {.kind = kind, .ticket = story->ticket->number}};
	return &events->events[n].change;
}

/* With a greeting and a closing, as people write; not in a chat's second line. */
static const char *letter(struct story *story, const char *body)
{
	struct sample_maker *maker = story->maker;
	char *text = fill(story, body);
	if (story->customer->is_english) {
		return text;
	}
	const char *greeting = sample_pick(maker, "greeting");
	const char *closing = fill(story, sample_pick(maker, "closing"));
	return mem_printf(maker->mem, "%s%s%s%s%s", greeting, *greeting ? "\n\n" : "", text,
		*closing ? "\n\n" : "", closing);
}

static int pick_channel(struct sample_maker *maker)
{
	static const struct {
		int channel, share;
	} channels[] = {{CHANNEL_EMAIL, 42}, {CHANNEL_WHATSAPP, 18}, {CHANNEL_CHAT, 12},
		{CHANNEL_WEB, 13}, {CHANNEL_PHONE, 7}, {CHANNEL_SOCIAL, 4},
		{CHANNEL_MARKETPLACE, 3}, {CHANNEL_COUNTER, 1}};
	int64_t dice = sample_random(maker, 100);
	for (size_t i = 0; i < ARRAY_LEN(channels); i++) {
		dice -= channels[i].share;
		if (dice < 0) {
			return channels[i].channel;
		}
	}
	return CHANNEL_EMAIL;
}

static int pick_priority(struct sample_maker *maker)
{
	int64_t dice = sample_random(maker, 100);
	return dice < 3	   ? PRIORITY_URGENT
	       : dice < 12 ? PRIORITY_HIGH
	       : dice < 17 ? PRIORITY_LOW
			   : 0;
}

static void open_ticket(struct story *story, const char *subject, const char *text)
{
	struct sample_maker *maker = story->maker;
	const struct team *team = directory_team_key(maker->call->directory, story->topic->team);
	struct change *change = add(story, CHANGE_NEW, story->ticket->opened_at);
	change->ticket = 0;
	change->customer = story->customer->id;
	change->subject = subject;
	change->text = text;
	change->channel = pick_channel(maker);
	/* Nobody waits in a chat for a day. */
	bool waits_long = maker->now - story->ticket->last_at > 20 * MS_MINUTE;
	if (change->channel == CHANNEL_CHAT && story->ticket->end == END_OPEN && waits_long) {
		change->channel = CHANNEL_EMAIL;
	}
	change->team = team && sample_random(maker, 20) ? team->id : 0;
	change->priority = pick_priority(maker);
}

static int64_t reason_id(const struct story *story)
{
	const struct reason *reason =
		directory_reason_key(story->maker->call->directory, story->topic->reason);
	return reason ? reason->id : 0;
}

/* An answer, and before it the time spent on it. */
static void answer(struct story *story, int64_t at, const char *text, enum outcome outcome)
{
	int64_t spent_ms = (2 + sample_random(story->maker, 11)) * (int64_t)MS_MINUTE;
	struct change *worked = add(story, CHANGE_WORKED, at - 1);
	worked->operator_id = story->operator_->id;
	worked->from_at = at - 1 - spent_ms;
	worked->to_at = at - 1;
	struct change *reply = add(story, CHANGE_REPLY, at);
	reply->operator_id = story->operator_->id;
	reply->text = fill(story, text);
	reply->outcome = outcome;
	reply->reason = outcome == OUTCOME_RESOLVE ? reason_id(story) : 0;
}

static struct attachment_list picture(struct story *story, const char *name, size_t length)
{
	struct sample_maker *maker = story->maker;
	struct attachment *file = mem_new(maker->mem, struct attachment);
	file->name = mem_strndup(maker->mem, name, length);
	file->media_type = mem_strdup(maker->mem, attachment_media_type(file->name));
	file->blob = maker->picture;
	return (struct attachment_list){1, file};
}

/* "[foto.png] Segue a foto": the file comes along. */
static void ask_again(struct story *story, int64_t at)
{
	const char *text = story->topic->asked_again;
	const char *end = *text == '[' ? strchr(text, ']') : NULL;
	struct change *change = add(story, CHANGE_RECEIVE, at);
	if (end) {
		change->attachments = picture(story, text + 1, (size_t)(end - text - 1));
		text = end + 1 + strspn(end + 1, " ");
	}
	change->text = letter(story, text);
}

static void maybe_note(struct story *story, int64_t at)
{
	struct sample_maker *maker = story->maker;
	if (story->topic->note && sample_random(maker, 100) < 45) {
		struct change *note = add(story, CHANGE_NOTE, at);
		int who = (int)sample_random(maker, SAMPLE_OPERATORS);
		note->text = fill(story, story->topic->note);
		note->operator_id = sample_operator(maker, who)->id;
	}
	if (sample_random(maker, 100) < 9) {
		static const char *const tags[] = {"vip", "reincidente", "imprensa", "natal"};
		add(story, CHANGE_TAG, at)->key = tags[sample_random(maker, ARRAY_LEN(tags))];
	}
}

static void maybe_call(struct story *story, int64_t at)
{
	struct sample_maker *maker = story->maker;
	static const int contacts[] = {CONTACT_ANSWERED, CONTACT_ANSWERED, CONTACT_VOICEMAIL,
		CONTACT_BUSY, CONTACT_ANSWERED};
	if (story->customer->is_english || sample_random(maker, 100) >= 9) {
		return;
	}
	const struct sample_section *calls = sample_section(maker->sample, "call");
	size_t which = (size_t)sample_random(maker, (int64_t)calls->count);
	struct change *call = add(story, CHANGE_CALL, at);
	call->contact = contacts[which];
	call->text = sample_field(&calls->rows[which], 0);
	call->operator_id = story->operator_->id;
	call->to_at = at;
	call->from_at = at - (1 + sample_random(maker, 6)) * (int64_t)MS_MINUTE;
}

static void tell_closed(struct story *story, int64_t at)
{
	struct sample_maker *maker = story->maker;
	int64_t first_ms = (8 + sample_random(maker, story->ticket->is_recent ? 80 : 500)) *
			   (int64_t)MS_MINUTE;
	maybe_note(story, at + first_ms / 3);
	if (!story->ticket->is_long) {
		answer(story, at + first_ms, story->topic->at_once, OUTCOME_RESOLVE);
		return;
	}
	int64_t again_at = at + first_ms + (3 + sample_random(maker, 60)) * (int64_t)MS_HOUR;
	answer(story, at + first_ms, story->topic->answered, OUTCOME_WAIT);
	maybe_call(story, at + first_ms + 20 * MS_MINUTE);
	ask_again(story, again_at);
	answer(story, again_at + (15 + sample_random(maker, 600)) * (int64_t)MS_MINUTE,
		story->topic->solved, OUTCOME_RESOLVE);
}

static void tell_open(struct story *story, int64_t at)
{
	int64_t last_at = story->ticket->last_at;
	if (story->ticket->is_long) {
		int64_t answered_at = at + (last_at - at) / 3;
		maybe_note(story, at + (last_at - at) / 5);
		answer(story, answered_at, story->topic->answered, OUTCOME_WAIT);
		maybe_call(story, answered_at + 30 * MS_MINUTE);
		ask_again(story, last_at);
	} else {
		maybe_note(story, at + MS_MINUTE);
	}
}

static void tell_rest(struct story *story, int64_t at)
{
	struct sample_maker *maker = story->maker;
	int64_t later_at = at + (1 + sample_random(maker, 20)) * (int64_t)MS_HOUR;
	if (story->ticket->end == END_WAITING) {
		answer(story, later_at, story->topic->answered, OUTCOME_WAIT);
	} else if (story->ticket->end == END_SNOOZED) {
		maybe_note(story, at + MS_HOUR);
		add(story, CHANGE_SNOOZE, later_at)->until_at =
			maker->now + (20 + sample_random(maker, 50)) * (int64_t)MS_HOUR;
	} else {
		add(story, CHANGE_DISCARD, at + 12 * MS_MINUTE)->discard = DISCARD_SPAM;
	}
}

void sample_tell(struct sample_maker *maker, const struct sample_ticket *ticket,
	struct sample_events *events)
{
	struct story story = {.maker = maker,
		.ticket = ticket,
		.events = events,
		.customer = &maker->customers[ticket->customer],
		.operator_ = sample_operator(
			maker, (int)sample_random(maker, 10) * SAMPLE_OPERATORS / 11)};
	choose_topic(&story);
	set_values(&story);
	if (ticket->end == END_SPAM) {
		const struct sample_section *spam = sample_section(maker->sample, "spam");
		const struct sample_row *row =
			&spam->rows[sample_random(maker, (int64_t)spam->count)];
		open_ticket(&story, sample_field(row, 0), sample_field(row, 1));
	} else {
		const char *subject = story.topic->subject[sample_random(maker, 2)];
		open_ticket(&story, fill(&story, subject), letter(&story, story.topic->asked));
	}
	if (ticket->end == END_CLOSED) {
		tell_closed(&story, ticket->opened_at);
	} else if (ticket->end == END_OPEN) {
		tell_open(&story, ticket->opened_at);
	} else {
		tell_rest(&story, ticket->opened_at);
	}
}
