#include "tui/claims.h"

#include "base/clock.h"
#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

enum { WARN_MS = 2 * MS_MINUTE, CLAIM_MS = 2 * MS_MINUTE, IDLE_MS = MS_MINUTE };

static const struct settings *settings_of(const struct model *model)
{
	return model->directory ? &model->directory->settings : NULL;
}

static int64_t claim_ms(const struct model *model)
{
	const struct settings *settings = settings_of(model);
	return settings ? settings->claim_ms : CLAIM_MS;
}

static int64_t claim_idle_ms(const struct model *model)
{
	const struct settings *settings = settings_of(model);
	return settings ? settings->claim_idle_ms : 5 * (int64_t)CLAIM_MS;
}

static int64_t idle_ms(const struct model *model)
{
	const struct settings *settings = settings_of(model);
	return settings ? settings->idle_ms : IDLE_MS;
}

struct held *claims_find(struct model *model, int64_t ticket)
{
	for (size_t i = 0; i < model->claims.count; i++) {
		if (model->claims.items[i].ticket == ticket) {
			return &model->claims.items[i];
		}
	}
	return NULL;
}

const struct held *claims_get(const struct model *model, int64_t ticket)
{
	for (size_t i = 0; i < model->claims.count; i++) {
		if (model->claims.items[i].ticket == ticket) {
			return &model->claims.items[i];
		}
	}
	return NULL;
}

static struct held *add(struct model *model, struct held held)
{
	struct claims *claims = &model->claims;
	claims->items = mem_grow(model, claims->items, struct held, claims->count + 1);
	claims->items[claims->count] = held;
	return &claims->items[claims->count++];
}

static void forget(struct model *model, const struct held *held)
{
	struct claims *claims = &model->claims;
	size_t at = (size_t)(held - claims->items);
	claims->count--;
	memmove(claims->items + at, claims->items + at + 1,
		(claims->count - at) * sizeof *claims->items);
}

/* Mine from another terminal, or from before: kept in mind, renewed only once it is worked on. */
static void learn_mine(struct model *model, const struct claim *claim)
{
	struct held *held = claims_find(model, claim->ticket);
	if (held && held->generation != claim->generation) {
		forget(model, held);
		held = NULL;
	}
	if (held) {
		held->expires_at =
			claim->expires_at > held->expires_at ? claim->expires_at : held->expires_at;
		return;
	}
	add(model, (struct held){.ticket = claim->ticket,
			   .generation = claim->generation,
			   .since = claim->since,
			   .expires_at = claim->expires_at});
}

void claims_took(struct model *model, int64_t ticket, int64_t generation)
{
	struct held *held = claims_find(model, ticket);
	if (!held) {
		held = add(model, (struct held){.ticket = ticket, .since = model->now});
	}
	model->claims.over = (struct held){0};
	held->generation = generation;
	held->expires_at = model->now + claim_ms(model);
	held->active_at = model->now;
	held->renew_at = model->now + claim_ms(model) / 3;
	held->is_warned = false;
}

void claims_end_span(struct model *model, struct held *held, struct effects *effects)
{
	if (held->worked_to > held->worked_from) {
		struct change change = {.kind = CHANGE_WORKED,
			.ticket = held->ticket,
			.from_at = held->worked_from,
			.to_at = held->worked_to};
		request_apply(model, &change, 1, NULL, effects);
	}
	held->worked_from = 0;
	held->worked_to = 0;
}

void claims_active(struct model *model, int64_t ticket, struct effects *effects)
{
	struct held *held = claims_find(model, ticket);
	if (!held || held->active_at == 0) {
		return; /* worked on at another terminal; claiming moves it here */
	}
	bool was_idle = held->active_at + claim_idle_ms(model) <= model->now;
	held->active_at = model->now;
	held->is_warned = false;
	if (was_idle || held->renew_at == 0) {
		held->renew_at = model->now;
	}
	if (held->worked_to && model->now - held->worked_to > idle_ms(model)) {
		claims_end_span(model, held, effects);
	}
	if (held->worked_from == 0) {
		held->worked_from = model->now;
	}
	held->worked_to = model->now;
	model->claims.worked_on = ticket;
}

void claims_watch(struct model *model, int64_t on_screen, struct effects *effects)
{
	int64_t before = model->claims.worked_on;
	if (before == 0 || before == on_screen) {
		return;
	}
	model->claims.worked_on = 0;
	struct held *held = claims_find(model, before);
	if (held) {
		claims_end_span(model, held, effects);
	}
}

void claims_drop(struct model *model, int64_t ticket, struct effects *effects)
{
	struct held *held = claims_find(model, ticket);
	if (held) {
		claims_end_span(model, held, effects);
		forget(model, claims_find(model, ticket));
	}
}

static bool is_worked_on(const struct model *model, const struct held *held)
{
	return held->active_at && model->now < held->active_at + claim_idle_ms(model);
}

static void renew(struct model *model, struct held *held, bool grace, struct effects *effects)
{
	struct effect *effect = request_ask(model, EFFECT_RENEW, effects);
	bool has_span = held->worked_to > held->worked_from;
	effect->renewal = (struct renewal){.ticket = held->ticket,
		.generation = held->generation,
		.grace = grace,
		.worked_from = has_span ? held->worked_from : 0,
		.worked_to = has_span ? held->worked_to : 0};
	held->renew_at = model->now + claim_ms(model) / 3;
}

static void warn(struct model *model, struct held *held)
{
	void *work = mem_context(NULL);
	held->is_warned = true;
	notice_fail(model,
		words_put(work,
			_("your claim on {0} ends in {1}; press a key in that ticket to keep it"),
			words_number(work, held->ticket),
			words_age(work, held->expires_at - model->now), NULL));
	talloc_free(work);
}

/* What a claim that ended says, wherever it is noticed. */
static void lose(struct model *model, int64_t ticket, const char *why, struct effects *effects)
{
	claims_drop(model, ticket, effects);
	compose_unclaimed(model, ticket, HOLD_LOST, why);
}

/* That of the claim held here, or of the one that ran out under the text that is still there. */
static int64_t own_generation(const struct model *model, int64_t ticket)
{
	const struct held *held = claims_get(model, ticket);
	const struct held *over = &model->claims.over;
	bool is_over = over->ticket == ticket && model->compose.ticket == ticket;
	return held ? held->generation : is_over ? over->generation : 0;
}

void claims_taken(struct model *model, int64_t ticket, int64_t who, int64_t generation,
	struct effects *effects)
{
	int64_t own = own_generation(model, ticket);
	if (own == 0 || generation <= own) {
		return;
	}
	void *work = mem_context(NULL);
	const char *why = words_put(work, _("{0} took {1}; your text is kept"),
		model_login(model, who), words_number(work, ticket), NULL);
	notice_fail(model, why);
	effects_add(effects, EFFECT_BELL);
	lose(model, ticket, why, effects);
	model->claims.over = (struct held){0};
	talloc_free(work);
}

void claims_learn(struct model *model, const struct claim *claim, struct effects *effects)
{
	if (!claim_is_live(claim, model->now)) {
		return;
	}
	if (claim->operator_id == model->actor) {
		learn_mine(model, claim);
	} else {
		claims_taken(model, claim->ticket, claim->operator_id, claim->generation, effects);
	}
}

static void end(struct model *model, int64_t ticket, const char *why, struct effects *effects)
{
	const struct held *held = claims_get(model, ticket);
	model->claims.over = held ? *held : (struct held){0};
	notice_fail(model, why);
	effects_add(effects, EFFECT_BELL);
	lose(model, ticket, why, effects);
}

void claims_expired(struct model *model, int64_t ticket, struct effects *effects)
{
	void *work = mem_context(NULL);
	end(model, ticket,
		words_put(work, _("your claim on {0} ran out; your text is kept"),
			words_number(work, ticket), NULL),
		effects);
	talloc_free(work);
}

void claims_tick(struct model *model, struct effects *effects)
{
	for (size_t i = model->claims.count; i-- > 0;) {
		struct held *held = &model->claims.items[i];
		if (is_worked_on(model, held)) {
			if (model->now >= held->renew_at) {
				renew(model, held, false, effects);
			}
		} else if (held->active_at == 0 && model->now >= held->expires_at) {
			/* Kept by another terminal, or over: its row tells. */
			int64_t ticket = held->ticket;
			forget(model, held);
			queue_touch(model, &(struct touched){.ticket = ticket}, 0);
		} else if (held->active_at == 0) {
			continue;
		} else if (model->now >= held->expires_at) {
			claims_expired(model, held->ticket, effects);
		} else if (!held->is_warned && held->expires_at - model->now <= WARN_MS) {
			warn(model, held);
		}
	}
}

void claims_renewed(struct model *model, const struct renewal *renewal, bool ok,
	const struct error *err, struct effects *effects)
{
	struct held *held = claims_find(model, renewal->ticket);
	if (!held || held->generation != renewal->generation) {
		return;
	}
	if (ok) {
		held->expires_at = renewal->expires_at;
	} else if (err->code == ERROR_CONFLICT) {
		char *why = words_error(NULL, err);
		end(model, renewal->ticket, why, effects);
		talloc_free(why);
	}
}

static int64_t held_deadline(const struct model *model, const struct held *held)
{
	if (is_worked_on(model, held)) {
		return held->renew_at;
	}
	if (held->active_at == 0) {
		return held->expires_at;
	}
	int64_t warn_at = held->expires_at - WARN_MS;
	return held->is_warned || warn_at <= model->now ? held->expires_at : warn_at;
}

int64_t claims_deadline(const struct model *model)
{
	int64_t first = 0;
	for (size_t i = 0; i < model->claims.count; i++) {
		int64_t at = held_deadline(model, &model->claims.items[i]);
		first = first == 0 || at < first ? at : first;
	}
	return first;
}

void claims_hangup(struct model *model, struct effects *effects)
{
	for (size_t i = 0; i < model->claims.count; i++) {
		if (model->claims.items[i].active_at) {
			renew(model, &model->claims.items[i], true, effects);
		}
	}
}
