#include "base/mem.h"
#include "tui/act.h"
#include "tui/model.h"

/* What the operator has written and is not sent for good. */

void outbox_ask(struct model *model, struct effects *effects)
{
	model->outbox.request = request_ask(model, EFFECT_OUTBOX, effects)->request;
}

void outbox_came(struct model *model, struct response *response, struct effects *effects)
{
	(void)effects;
	struct outbox_part *outbox = &model->outbox;
	if (response->effect->request != outbox->request) {
		return;
	}
	outbox->request = 0;
	outbox->problem = response->err;
	if (response->ok) {
		talloc_free(outbox->mem);
		outbox->mem = mem_context(model);
		outbox->list = response->outbox;
		talloc_steal(outbox->mem, outbox->list.rows);
		for (size_t i = 0; i < outbox->list.count; i++) {
			talloc_steal(outbox->mem, outbox->list.rows[i].message.text);
		}
		list_move(model, 0);
	}
}

int64_t outbox_ticket(const struct model *model)
{
	size_t at = model->lists[SCREEN_OUTBOX].cursor;
	return at < model->outbox.list.count ? model->outbox.list.rows[at].row.ticket.number : 0;
}

void show_outbox(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	outbox_ask(model, effects);
	screen_show(model, SCREEN_OUTBOX);
}
