#include "base/clock.h"
#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/*
 * A pause locks the screen. What is held is told first; a PIN, if one was chosen, lives in memory
 * alone and is asked for at the end. Whoever forgot it leaves the console: nothing is lost by that.
 */

enum { WRONG_PIN_MS = 2 * MS_SECOND };

static void forget_pin(struct model *model)
{
	if (model->pause.pin) {
		memset(model->pause.pin, 0, strlen(model->pause.pin));
	}
	talloc_free(model->pause.pin);
	model->pause.pin = NULL;
}

static void lock(struct model *model, int64_t paused_at)
{
	model->paused_at = paused_at;
	notices_see(model);
	prompt_close(model);
	screen_show(model, SCREEN_PAUSED);
}

static void paused(struct model *model, const struct applied *applied, struct effects *effects)
{
	for (size_t i = 0; applied->ok && i + 1 < applied->count; i++) {
		if (applied->results[i].ok) {
			claims_drop(model, applied->changes[i].ticket, effects);
			queue_touch(model,
				&(struct touched){
					applied->changes[i].ticket, model->actor, CHANGE_RELEASE},
				0);
		}
	}
	const struct result *result = applied->ok ? &applied->results[applied->count - 1] : NULL;
	if (!result || !result->ok) {
		forget_pin(model);
		notice_error(model, result ? &result->err : applied->err);
		return;
	}
	jot_line_done(model, &applied->changes[applied->count - 1]);
	lock(model, model->now);
}

static void pause_now(struct model *model, const struct change *pause, struct effects *effects)
{
	size_t count = model->pause.lets_go ? model->claims.count : 0;
	struct change *changes = mem_array(NULL, struct change, count + 1);
	compose_save(model, true, effects);
	for (size_t i = 0; i < count; i++) {
		struct held *held = &model->claims.items[i];
		changes[i] = (struct change){.kind = CHANGE_RELEASE, .ticket = held->ticket};
		claims_end_span(model, held, effects);
	}
	changes[count] = *pause;
	changes[count].text = pause->text && *pause->text ? pause->text : NULL;
	/* Keys typed meanwhile are for the locked screen. */
	model->keys.awaited = request_apply(model, changes, count + 1, paused, effects);
	talloc_free(changes);
}

static void pin_typed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	forget_pin(model);
	model->pause.pin = *text ? mem_strdup(model, text) : NULL;
	pause_now(model, &prompt->change, effects);
}

static void ask_pin(struct model *model, const struct prompt *from, const char *reason)
{
	struct prompt *prompt = prompt_create(
		model, PROMPT_LINE, _("PIN to come back (Enter: none):"), from, pin_typed);
	prompt->change.text = mem_strdup(prompt, reason);
	prompt->is_secret = true;
	prompt_ask(model, prompt);
}

static void reason_typed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	(void)effects;
	ask_pin(model, prompt, text);
}

static void ask_reason(struct model *model, const struct prompt *from)
{
	if (*from->change.text) {
		ask_pin(model, from, from->change.text);
		return;
	}
	struct prompt *prompt = prompt_create(
		model, PROMPT_LINE, _("reason of the pause (may be empty):"), from, reason_typed);
	jot_line_begin(model, prompt);
	prompt_ask(model, prompt);
}

static void held_settled(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	(void)effects;
	model->pause.lets_go = item->value != 0;
	ask_reason(model, prompt);
}

static char *held_numbers(const struct model *model, const void *mem)
{
	char *numbers = mem_strdup(mem, "");
	for (size_t i = 0; i < model->claims.count; i++) {
		numbers = mem_check(talloc_asprintf_append_buffer(numbers, "%s%lld", i ? ", " : "",
			(long long)model->claims.items[i].ticket));
	}
	return numbers;
}

void day_pause(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	void *work = mem_context(NULL);
	const char *title = words_put(work, _("with you: {0}"), held_numbers(model, work), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_KEYS, title, NULL, held_settled);
	prompt_add(prompt, "k", _("keep them"), _("without work the claims run out by themselves"),
		0, 0);
	prompt_add(prompt, "x", _("let go"), _("colleagues can take them; drafts stay"), 1, 0);
	prompt->change.kind = CHANGE_PAUSE;
	prompt->change.text = mem_strdup(prompt, call->argument);
	model->pause.lets_go = false;
	if (model->claims.count) {
		prompt_ask(model, prompt);
	} else {
		ask_reason(model, prompt);
		talloc_free(prompt);
	}
	talloc_free(work);
}

/* --- coming back --- */

static void unlock(struct model *model)
{
	while (model->screen == SCREEN_PAUSED) {
		screen_back(model);
	}
	forget_pin(model);
	model->paused_at = 0;
}

static void resumed(struct model *model, const struct applied *applied, struct effects *effects)
{
	(void)effects;
	if (!applied->ok) {
		notice_error(model, applied->err);
		return;
	}
	unlock(model);
}

void pause_follow(struct model *model, struct effects *effects)
{
	const struct operator_ *operator_ = model_operator(model);
	bool is_paused = operator_ && operator_->paused_at;
	bool is_locked = model->screen == SCREEN_PAUSED;
	if (is_paused && !is_locked) {
		compose_save(model, true, effects);
		jot_save(model, true, effects);
		lock(model, operator_->paused_at);
	} else if (!is_paused && is_locked && !model->pause.pin) {
		unlock(model);
	}
}

static void resume(struct model *model, struct effects *effects)
{
	struct change change = {.kind = CHANGE_RESUME};
	request_apply(model, &change, 1, resumed, effects);
}

static void ask_to_resume(struct model *model, const char *note);

/* Whoever guesses has to wait after each guess. */
static void pin_given(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)item;
	bool is_right = model->pause.pin && strcmp(text, model->pause.pin) == 0;
	if (model->now < model->pause.deaf_until) {
		ask_to_resume(model, _("wait two seconds, then try again"));
	} else if (is_right) {
		resume(model, effects);
	} else {
		model->pause.deaf_until = model->now + WRONG_PIN_MS;
		ask_to_resume(model, _("that is not the PIN; Esc q leaves the console"));
	}
}

static void ask_to_resume(struct model *model, const char *note)
{
	struct prompt *prompt = prompt_create(model, PROMPT_LINE, _("PIN:"), NULL, pin_given);
	prompt->is_secret = true;
	prompt_note(prompt, note);
	prompt_ask(model, prompt);
}

void day_resume(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (model->pause.pin) {
		ask_to_resume(model, NULL);
	} else {
		resume(model, effects);
	}
}

void day_leave(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	struct prompt *prompt = prompt_create(model, PROMPT_ASK,
		_("Leave the console? Your texts are saved, the pause goes on."), NULL,
		console_leave_asked);
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
}
