#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* What can be done with a finished text. */

void write_review(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (compose_is_empty(model)) {
		compose_put_away(model, effects);
	} else {
		review_open(model, effects);
	}
}

void review_wait(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	review_send(model, OUTCOME_WAIT, 0, effects);
}

void review_stay_open(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	review_send(model, OUTCOME_STAY_OPEN, 0, effects);
}

void review_resolve(struct model *model, const struct call *call, struct effects *effects)
{
	struct change change = {.kind = CHANGE_REPLY, .ticket = call->ticket};
	reason_ask(model, &change, 0, effects);
}

void review_edit(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	if (!compose_is_sending(model)) {
		screen_back(model);
	}
}

void review_keep(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	compose_put_away(model, effects);
}

void review_discard(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	if (compose_is_sending(model)) {
		return;
	}
	compose_discard(model, effects);
	char *key = model_key(model, NULL, "bin");
	notice_say(model, words_put(key, _("thrown away; {0} finds it for seven days"), key, NULL));
	talloc_free(key);
}

void review_to_note(struct model *model, const struct call *call, struct effects *effects)
{
	if (compose_is_closed(model)) {
		return;
	}
	compose_carry(model, call->ticket, DRAFT_NOTE, effects);
	notice_say(model, _("an internal note now: colleagues who see the ticket read it, the "
			    "customer does not"));
}
