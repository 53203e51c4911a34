#include "base/clock.h"
#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <stdlib.h>
#include <string.h>

/* Taking a ticket: the race is decided by the desk. */

static void look_again(struct model *model, int64_t ticket, struct effects *effects)
{
	queue_touch(model, &(struct touched){.ticket = ticket}, 0);
	queue_ask(model, effects);
	if (model->ticket.number == ticket) {
		ticket_ask(model, effects);
	}
}

static void separately(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	if (item->value) {
		claim_ask(model, prompt->change.ticket, true, effects);
	}
}

static void offer_separate(struct model *model, int64_t ticket, const char *why)
{
	void *work = mem_context(NULL);
	const char *title = words_put(work, _("{0} Take it separately?"), why, NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_ASK, title, NULL, separately);
	prompt->change.ticket = ticket;
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
	talloc_free(work);
}

/* Taken moments ago: a race that was lost. The span is problem.h's: "2s". */
static char *race_text(const void *mem, const struct error *err)
{
	const char *span = err->arg[2];
	char *end;
	long seconds = strtol(span, &end, 10);
	bool is_race = err->reason && strcmp(err->reason, "held") == 0 && end != span &&
		       strcmp(end, "s") == 0 && seconds >= 0;
	if (!is_race) {
		return words_error(mem, err);
	}
	/* TRANSLATORS: {0} a colleague, {1} a number, {2} a span: "2 s" */
	const char *pattern =
		seconds ? _("{0} took {1} {2} before you") : _("{0} took {1} just before you");
	return words_put(
		mem, pattern, err->arg[1], err->arg[0], words_age(mem, seconds * MS_SECOND), NULL);
}

/* The desk could not be asked. A text under a claim that was mine when the line went, here or on
 * another terminal, is written under that: the desk decides when it gets it. */
static bool waits(struct model *model, int64_t ticket, const struct error *err, const char *why)
{
	bool is_cancelled = err->reason && strcmp(err->reason, "cancelled") == 0;
	if (model->compose.ticket != ticket || err->code != ERROR_UNAVAILABLE || is_cancelled) {
		return false;
	}
	const struct held *held = claims_get(model, ticket);
	if (held && held->expires_at > model->now) {
		compose_claimed(model, ticket, held->generation);
	} else {
		compose_unclaimed(model, ticket, HOLD_UNASKED, why);
	}
	return true;
}

static void refused(struct model *model, int64_t ticket, const struct error *err)
{
	void *work = mem_context(NULL);
	char *why = race_text(work, err);
	if (waits(model, ticket, err, why)) {
		talloc_free(work);
		return;
	}
	compose_unclaimed(model, ticket, HOLD_REFUSED, why);
	notice_fail(model, why);
	/* A question would eat what is being typed. */
	bool is_asked_into =
		model->compose.ticket == ticket || model->keys.seen != model->claims.asked_at_key;
	if (err->reason && strcmp(err->reason, "covered") == 0 && !is_asked_into) {
		offer_separate(model, ticket, why);
	}
	talloc_free(work);
}

static void took(struct model *model, const struct applied *applied, struct effects *effects)
{
	int64_t ticket = applied->changes[0].ticket;
	const struct result *result = applied->ok ? &applied->results[0] : NULL;
	struct held *held = claims_find(model, ticket);
	if (held) {
		held->is_asked = false;
	}
	if (!result || !result->ok) {
		refused(model, ticket, result ? &result->err : applied->err);
		look_again(model, ticket, effects);
		return;
	}
	claims_took(model, ticket, result->generation);
	claims_find(model, ticket)->revision = result->revision;
	compose_claimed(model, ticket, result->generation);
	if (model->compose.ticket != ticket) {
		void *work = mem_context(NULL);
		notice_say(model,
			words_put(work, _("{0} is with you"), words_number(work, ticket), NULL));
		talloc_free(work);
	}
	look_again(model, ticket, effects);
}

void claim_ask(struct model *model, int64_t ticket, bool separate, struct effects *effects)
{
	struct change change = {.kind = CHANGE_CLAIM,
		.ticket = ticket,
		.separate = separate ? FLAG_YES : FLAG_UNSET};
	struct held *held = claims_find(model, ticket);
	if (held) {
		held->is_asked = true;
	}
	model->claims.asked_at_key = model->keys.seen;
	request_apply(model, &change, 1, took, effects);
}
