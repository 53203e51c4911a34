#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* An operator's day, and the terminal. */

static void paused(struct model *model, const struct applied *applied, struct effects *effects)
{
	(void)effects;
	const struct error *err = applied->ok ? &applied->results[0].err : applied->err;
	if (!applied->ok || !applied->results[0].ok) {
		notice_error(model, err);
		return;
	}
	model->paused_at = model->now;
	screen_show(model, SCREEN_PAUSED);
}

void day_pause(struct model *model, const struct call *call, struct effects *effects)
{
	struct change change = {
		.kind = CHANGE_PAUSE, .text = *call->argument ? call->argument : NULL};
	request_apply(model, &change, 1, paused, effects);
}

static void resumed(struct model *model, const struct applied *applied, struct effects *effects)
{
	(void)effects;
	if (!applied->ok) {
		notice_error(model, applied->err);
		return;
	}
	while (model->screen == SCREEN_PAUSED) {
		screen_back(model);
	}
	model->paused_at = 0;
}

void day_resume(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	struct change change = {.kind = CHANGE_RESUME};
	request_apply(model, &change, 1, resumed, effects);
}

void day_shift(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	drafts_ask(model, effects);
	counts_ask(model, effects);
	screen_show(model, SCREEN_SHIFT);
}

static void signed_out(struct model *model, const struct applied *applied, struct effects *effects)
{
	const struct error *err = applied->ok ? &applied->results[0].err : applied->err;
	if (!applied->ok || !applied->results[0].ok) {
		notice_error(model, err);
		return;
	}
	compose_save(model, true, effects); /* what was begun while the desk had yet to answer */
	model->is_leaving = true;
	effects_add(effects, EFFECT_QUIT);
}

static void sign_out_confirmed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)text;
	if (!item->value) {
		return;
	}
	compose_save(model, true, effects);
	while (model->claims.count) {
		claims_drop(model, model->claims.items[0].ticket, effects);
	}
	struct change change = {.kind = CHANGE_SIGN_OUT};
	request_apply(model, &change, 1, signed_out, effects);
}

void day_sign_out(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	size_t count = model->claims.count;
	void *work = mem_context(NULL);
	const char *title = count == 0 ? _("Sign out?")
				       : words_put(work,
						 ngettext("Let {0} ticket go and sign out?",
							 "Let {0} tickets go and sign out?", count),
						 words_number(work, (int64_t)count), NULL);
	struct prompt *prompt = prompt_create(model, PROMPT_ASK, title, NULL, sign_out_confirmed);
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
	talloc_free(work);
}

void undo_last(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	undo_run(model, effects);
}

void term_repaint_all(struct model *model, const struct call *call, struct effects *effects)
{
	(void)model;
	(void)call;
	effects_add(effects, EFFECT_REPAINT);
}

void term_suspend(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	compose_save(model, true, effects);
	effects_add(effects, EFFECT_SUSPEND);
}

void term_cancel(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (model->link.outstanding) {
		effects_add(effects, EFFECT_CANCEL);
	}
}
