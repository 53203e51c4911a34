#include "base/clock.h"
#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <stdlib.h>
#include <string.h>

/* Calls and visits at the counter, logged from any screen: two keys say what it was, a line what
 * was said. */

enum { MINUTES_MOST = 600 };

/* "12 min: text", "12m text": how long it was, cut off in front. 0: not said. */
static int64_t take_minutes(const char **text)
{
	char *end;
	long minutes = strtol(*text, &end, 10);
	if (end == *text || minutes < 1 || minutes > MINUTES_MOST) {
		return 0;
	}
	end += strspn(end, " ");
	size_t word = strcspn(end, " :,");
	bool is_unit = (word == 1 && *end == 'm') || (word == 3 && strncmp(end, "min", 3) == 0) ||
		       (word == 4 && strncmp(end, "min.", 4) == 0);
	if (!is_unit) {
		return 0;
	}
	end += word;
	*text = end + strspn(end, " :,");
	return minutes * MS_MINUTE;
}

static void call_ended(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	change.outcome = (int)item->value;
	if (change.outcome == OUTCOME_RESOLVE) {
		reason_ask(model, &change, 0, effects);
	} else {
		act_on(model, &change, change.ticket, effects);
	}
}

static void call_noted(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	struct change change = prompt->change;
	int64_t span_ms = take_minutes(&text);
	change.text = *text ? text : NULL;
	if (span_ms) {
		change.from_at = model->now - span_ms;
		change.to_at = model->now;
	}
	if (change.contact != CONTACT_ANSWERED) {
		act_on(model, &change, change.ticket, effects);
		return;
	}
	struct prompt *next =
		prompt_create(model, PROMPT_KEYS, _("and the ticket:"), prompt, call_ended);
	change_copy(next, &next->change, &change);
	prompt_add(next, "o", _("stays open"), "", OUTCOME_STAY_OPEN, 0);
	prompt_add(next, "w", _("waits for the customer"), "", OUTCOME_WAIT, 0);
	prompt_add(next, "r", _("is resolved"), "", OUTCOME_RESOLVE, 0);
	prompt_ask(model, next);
}

static void ask_words(struct model *model, const struct prompt *prompt,
	enum contact_outcome contact, struct effects *effects)
{
	struct prompt *next = prompt_create(model, PROMPT_LINE,
		_("what was said (\"12 min\" in front: how long):"), prompt, call_noted);
	next->change.contact = (int)contact;
	jot_begin(model, next, act_first(model, next->change.ticket), DRAFT_CALL, effects);
	prompt_ask(model, next);
}

static void result_given(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	ask_words(model, prompt, (enum contact_outcome)item->value, effects);
}

static void ask_result(struct model *model, const struct prompt *prompt)
{
	static const struct {
		const char *key;
		enum contact_outcome contact;
	} results[] = {{"a", CONTACT_ANSWERED}, {"n", CONTACT_NO_ANSWER}, {"b", CONTACT_BUSY},
		{"v", CONTACT_VOICEMAIL}, {"w", CONTACT_WRONG_NUMBER}};
	bool is_ours = prompt->change.direction == DIRECTION_OUT;
	struct prompt *next = prompt_create(model, PROMPT_KEYS,
		is_ours ? _("the call to the customer:") : _("the customer's call:"), prompt,
		result_given);
	for (size_t i = 0; i < ARRAY_LEN(results); i++) {
		if (is_ours || results[i].contact <= CONTACT_NO_ANSWER) {
			prompt_add(next, results[i].key, words_contact(results[i].contact), "",
				results[i].contact, 0);
		}
	}
	prompt_ask(model, next);
}

enum { WE_CALLED, THEY_CALLED, AT_THE_COUNTER };

static void way_given(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct prompt way = *prompt;
	way.change.channel = item->value == AT_THE_COUNTER ? CHANNEL_COUNTER : CHANNEL_PHONE;
	way.change.direction = item->value == WE_CALLED ? DIRECTION_OUT : DIRECTION_IN;
	if (item->value == AT_THE_COUNTER) {
		ask_words(model, &way, CONTACT_ANSWERED, effects);
	} else {
		ask_result(model, &way);
	}
}

void write_call(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	char *title =
		words_put(NULL, _("call about {0}:"), words_number(model, call->ticket), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_KEYS, title, NULL, way_given);
	talloc_free(title);
	prompt_add(prompt, "o", _("we called the customer"), "", WE_CALLED, 0);
	prompt_add(prompt, "i", _("the customer called"), "", THEY_CALLED, 0);
	prompt_add(prompt, "c", _("spoke at the counter"), "", AT_THE_COUNTER, 0);
	prompt->change.kind = CHANGE_CALL;
	prompt->change.ticket = call->ticket;
	prompt_ask(model, prompt);
}
