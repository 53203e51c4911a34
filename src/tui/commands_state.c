#include "base/mem.h"
#include "core/when.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <stdlib.h>
#include <string.h>

/* The situation of a ticket, and small things about it. */

void state_wait(struct model *model, const struct call *call, struct effects *effects)
{
	act_on(model, &(struct change){.kind = CHANGE_WAIT}, call->ticket, effects);
}

void state_no_answer(struct model *model, const struct call *call, struct effects *effects)
{
	act_on(model, &(struct change){.kind = CHANGE_NO_ANSWER}, call->ticket, effects);
}

void state_reopen(struct model *model, const struct call *call, struct effects *effects)
{
	act_on(model, &(struct change){.kind = CHANGE_REOPEN}, call->ticket, effects);
}

/* --- resolve: with a reason where the desk has any --- */

static bool has_children(const struct directory *directory, int64_t parent)
{
	for (size_t i = 0; i < directory->reason_count; i++) {
		const struct reason *reason = &directory->reasons[i];
		if (reason->enabled && reason->parent == parent) {
			return true;
		}
	}
	return false;
}

static void reason_given(struct model *model, const struct change *change, struct effects *effects)
{
	bool is_shown = model->compose.ticket == change->ticket &&
			model->screen == SCREEN_REVIEW; /* it may have been settled meanwhile */
	if (change->kind == CHANGE_REPLY && !is_shown) {
		return;
	}
	if (change->kind == CHANGE_REPLY) {
		review_send(model, OUTCOME_RESOLVE, change->reason, effects);
	} else {
		act_on(model, change, change->ticket, effects);
	}
}

static void reason_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = prompt->change;
	change.reason = item->value;
	if (item->kind == 0 && has_children(model->directory, item->value)) {
		reason_ask(model, &change, item->value, effects);
	} else {
		reason_given(model, &change, effects);
	}
}

static void add_reasons(struct prompt *prompt, const struct directory *directory, int64_t parent)
{
	for (size_t i = 0; i < directory->reason_count; i++) {
		const struct reason *reason = &directory->reasons[i];
		if (reason->enabled && reason->parent == parent) {
			bool more = has_children(directory, reason->id);
			prompt_add(prompt, NULL, reason->name, more ? "…" : "", reason->id, 0);
		}
	}
}

static void resolve_confirmed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	if (item->value) {
		reason_given(model, &prompt->change, effects);
	}
}

void reason_ask(
	struct model *model, const struct change *change, int64_t parent, struct effects *effects)
{
	struct prompt *prompt;
	if (model->directory && has_children(model->directory, parent)) {
		prompt = prompt_create(model, PROMPT_KEYS, _("reason:"), NULL, reason_done);
		add_reasons(prompt, model->directory, parent);
		prompt_number(prompt);
	} else if (change->kind == CHANGE_REPLY) {
		prompt = prompt_create(
			model, PROMPT_ASK, _("Send and resolve?"), NULL, resolve_confirmed);
		prompt_yes_no(prompt);
	} else {
		reason_given(model, change, effects);
		return;
	}
	change_copy(prompt, &prompt->change, change);
	prompt_ask(model, prompt);
}

void state_resolve(struct model *model, const struct call *call, struct effects *effects)
{
	struct change change = {.kind = CHANGE_RESOLVE, .ticket = call->ticket};
	const struct reason *reason =
		model->directory ? directory_reason_key(model->directory, call->argument) : NULL;
	if (*call->argument && !reason) {
		notice_fail(model, _("there is no such reason; leave it out to choose from a "
				     "list"));
	} else if (reason) {
		change.reason = reason->id;
		act_on(model, &change, call->ticket, effects);
	} else {
		reason_ask(model, &change, 0, effects);
	}
}

/* --- snooze --- */

static bool read_time(
	const struct model *model, int64_t ticket, const char *text, int64_t *at, struct error *err)
{
	const struct ticket_row *row = model_row(model, ticket);
	struct when when = {.now = model->now, .zone = &model->zone};
	if (row && model->directory) {
		when.calendar = directory_team_calendar(model->directory, row->ticket.team);
	}
	return when_parse(&when, text, at, err);
}

static const char *const usual_times[] = {N_("1h"), N_("3h"), N_("tomorrow"), N_("next monday")};

static void offer_time(const struct model *model, struct prompt *prompt, const char *typed,
	const char *label, int64_t at)
{
	void *work = mem_context(NULL);
	char *when = words_when(work, &model->zone, at, model->now);
	/* TRANSLATORS: {0} a span: "3 h" */
	char *in = words_put(work, _("in {0}"), words_age(work, at - model->now), NULL);
	prompt_add(prompt, NULL, *typed ? when : label, *typed ? in : when, at, 0);
	talloc_free(work);
}

/* What the line means as it is typed; what is usual while it is empty. */
static void snooze_offer(const struct model *model, struct prompt *prompt, const char *text)
{
	struct error err = {0};
	int64_t at;
	prompt_note(prompt, NULL);
	for (size_t i = 0; i < ARRAY_LEN(usual_times) && !*text; i++) {
		const char *label = _(usual_times[i]);
		if (read_time(model, prompt->change.ticket, label, &at, &err)) {
			offer_time(model, prompt, text, label, at);
		}
	}
	if (*text && read_time(model, prompt->change.ticket, text, &at, &err)) {
		offer_time(model, prompt, text, text, at);
	} else if (*text) {
		char *why = words_error(prompt, &err);
		prompt_note(prompt, why);
		talloc_free(why);
	}
}

static void snooze_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct change change = {.kind = CHANGE_SNOOZE, .until_at = item->value};
	act_on(model, &change, prompt->change.ticket, effects);
}

void state_snooze(struct model *model, const struct call *call, struct effects *effects)
{
	struct change change = {.kind = CHANGE_SNOOZE};
	struct error err = {0};
	if (!*call->argument) {
		struct prompt *prompt =
			prompt_create(model, PROMPT_PICK, _("put off until:"), NULL, snooze_done);
		prompt->change.ticket = call->ticket;
		prompt->offer = snooze_offer;
		prompt_ask(model, prompt);
	} else if (read_time(model, call->ticket, call->argument, &change.until_at, &err)) {
		act_on(model, &change, call->ticket, effects);
	} else {
		notice_error(model, &err);
	}
}

/* --- priority, tags, subject --- */

void set_priority(struct model *model, const struct call *call, struct effects *effects)
{
	struct change change = {.kind = CHANGE_PRIORITY};
	if (!name_find(&priority_names, call->argument, &change.priority)) {
		notice_fail(model, _("there is no such priority: urgent, high, normal or low"));
		return;
	}
	act_on(model, &change, call->ticket, effects);
}

static void change_text(
	struct model *model, const struct call *call, struct change change, struct effects *effects)
{
	if (*call->argument) {
		act_on(model, &change, call->ticket, effects);
	} else {
		notice_fail(model, _("write it behind the command: \":tag vip\""));
	}
}

void set_tag(struct model *model, const struct call *call, struct effects *effects)
{
	change_text(
		model, call, (struct change){.kind = CHANGE_TAG, .key = call->argument}, effects);
}

void untag(struct model *model, const struct call *call, struct effects *effects)
{
	change_text(
		model, call, (struct change){.kind = CHANGE_UNTAG, .key = call->argument}, effects);
}

void set_subject(struct model *model, const struct call *call, struct effects *effects)
{
	change_text(model, call, (struct change){.kind = CHANGE_SUBJECT, .subject = call->argument},
		effects);
}
