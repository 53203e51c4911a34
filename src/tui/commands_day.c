#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* An operator's day, and the terminal. */

void day_shift(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	screen_show(model, SCREEN_SHIFT);
	model->lists[SCREEN_SHIFT] = (struct list_part){0};
	shift_ask(model, effects); /* before the drafts, for which a server is asked */
	counts_ask(model, effects);
	drafts_ask(model, effects);
	model->keys.awaited = model->shift.mine_request;
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
	void *work = mem_context(NULL);
	struct shift_totals totals = shift_totals(model);
	size_t freed = totals.held + totals.assigned;
	char *rest = freed ? words_put(work,
				     ngettext("{0} ticket goes back to the team",
					     "{0} tickets go back to the team", freed),
				     words_number(work, (int64_t)freed), NULL)
			   : mem_strdup(work, _("no ticket is with you"));
	const char *title = words_put(work,
		totals.drafts ? _("Sign out? {0}, drafts stay: {1}") : _("Sign out? {0}"), rest,
		words_number(work, (int64_t)totals.drafts), NULL);
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
	if (model->pause.pin) {
		return; /* the shell is beyond the lock */
	}
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
