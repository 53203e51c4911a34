#include "tui/memos.h"

#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

enum { MEMOS_KEPT = 100 };

void memos_ask(struct model *model, struct effects *effects)
{
	if (model->memos.request) {
		model->memos.is_again = true;
		return;
	}
	struct effect *effect = request_ask(model, EFFECT_MEMOS, effects);
	effect->memos.limit = MEMOS_KEPT;
	model->memos.request = effect->request;
}

const struct memo *memos_selected(const struct model *model)
{
	const struct memo_list *list = &model->memos.list;
	size_t at = model->lists[SCREEN_MEMOS].cursor;
	return at < list->count ? &list->items[at] : NULL;
}

int64_t memos_ticket(const struct model *model)
{
	const struct memo *memo = memos_selected(model);
	return memo ? memo->ticket : 0;
}

/* --- what is told --- */

static void tell(struct model *model, const struct memo *memo)
{
	void *work = mem_context(NULL);
	const char *author = memo->author ? model_login(model, memo->author) : _("the desk");
	const char *pattern =
		memo->ticket ? _("memo from {0} about {2}: {1}") : _("memo from {0}: {1}");
	notice_say(model, words_put(work, pattern, author, memo->text,
				  words_number(work, memo->ticket), NULL));
	talloc_free(work);
}

static void tell_waiting(struct model *model)
{
	void *work = mem_context(NULL);
	int64_t unread = model->memos.list.unread;
	notice_say(
		model, words_put(work,
			       ngettext("{0} memo that you have not read; {1} shows it",
				       "{0} memos that you have not read; {1} shows them",
				       (unsigned long)unread),
			       words_number(work, unread), model_key(model, work, "memos"), NULL));
	talloc_free(work);
}

/* The oldest first, so that the newest stands on the last line; but what is on a locked screen
 * anybody may read. */
static void tell_all(struct model *model)
{
	const struct memo_list *list = &model->memos.list;
	for (size_t i = list->count; i-- > 0 && model->screen != SCREEN_PAUSED;) {
		if (list->items[i].id > model->memos.told && list->items[i].is_unread) {
			tell(model, &list->items[i]);
		}
	}
	if (model->screen == SCREEN_PAUSED) {
		tell_waiting(model);
	}
}

static void tell_new(struct model *model, struct effects *effects)
{
	const struct memo_list *list = &model->memos.list;
	bool has_new = false, is_shown = false;
	for (size_t i = 0; i < list->count && list->items[i].id > model->memos.told; i++) {
		const struct memo *memo = &list->items[i];
		is_shown |= memo->ticket && memo->ticket == model->ticket.number;
		has_new |= memo->is_unread;
	}
	if (has_new && model->screen != SCREEN_MEMOS) {
		tell_all(model);
		effects_add(effects, EFFECT_BELL);
	}
	if (is_shown) {
		ticket_ask(model, effects);
	}
}

static void mark_read(struct model *model, struct effects *effects)
{
	const struct memo_list *list = &model->memos.list;
	if (model->screen == SCREEN_MEMOS && list->unread && list->count) {
		struct change change = {.kind = CHANGE_MEMO_READ, .seen = list->items[0].id};
		request_apply(model, &change, 1, NULL, effects);
	}
}

/* The cursor belongs to a memo, not to a row. */
static void follow(struct model *model, int64_t id)
{
	const struct memo_list *list = &model->memos.list;
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].id == id) {
			model->lists[SCREEN_MEMOS].cursor = i;
		}
	}
	if (model->screen == SCREEN_MEMOS) {
		list_move(model, 0);
	}
}

static void keep(struct model *model, struct memo_list *list)
{
	struct memos_part *memos = &model->memos;
	const struct memo *selected = memos_selected(model);
	int64_t id = selected ? selected->id : 0;
	talloc_free(memos->mem);
	memos->mem = mem_context(model);
	memos->list = *list;
	talloc_steal(memos->mem, memos->list.items);
	for (size_t i = 0; i < memos->list.count; i++) {
		talloc_steal(memos->mem, memos->list.items[i].text);
	}
	follow(model, id);
}

void memos_came(struct model *model, struct response *response, struct effects *effects)
{
	struct memos_part *memos = &model->memos;
	if (response->effect->request != memos->request) {
		return;
	}
	memos->request = 0;
	bool is_first = !memos->mem;
	memos->problem = response->ok ? (struct error){0} : response->err;
	if (response->ok) {
		keep(model, &response->memos);
		if (is_first && memos->list.unread) {
			tell_waiting(model);
		} else if (!is_first) {
			tell_new(model, effects);
		}
		memos->told = memos->list.count ? memos->list.items[0].id : 0;
		mark_read(model, effects);
	}
	if (memos->is_again) {
		memos->is_again = false;
		memos_ask(model, effects);
	}
}

/* --- a ticket between two --- */

void line_asked_for(struct model *model, const struct feed_item *item, struct effects *effects)
{
	if (item->actor == model->actor || !claims_get(model, item->ticket)) {
		return;
	}
	void *work = mem_context(NULL);
	model->memos.asked.ticket = item->ticket;
	model->memos.asked.by = item->actor;
	notice_say(model, words_put(work, _("{0} asks for {1}; {2} answers"),
				  model_login(model, item->actor), words_number(work, item->ticket),
				  model_key(model, work, "hand-over"), NULL));
	effects_add(effects, EFFECT_BELL);
	talloc_free(work);
}

static void got(struct model *model, const struct feed_item *item, struct effects *effects)
{
	void *work = mem_context(NULL);
	claims_took(model, item->ticket, item->revision);
	claims_find(model, item->ticket)->revision = item->revision;
	compose_claimed(model, item->ticket, item->revision);
	compose_handed(model, item->ticket, item->actor, effects);
	notice_say(model,
		words_put(work, _("{0} handed {1} over to you"), model_login(model, item->actor),
			words_number(work, item->ticket), NULL));
	effects_add(effects, EFFECT_BELL);
	drafts_ask(model, effects);
	talloc_free(work);
}

void line_handed_over(struct model *model, const struct feed_item *item, struct effects *effects)
{
	const struct held *held = claims_get(model, item->ticket);
	/* A ticket that was read meanwhile has told of the claim, but not where it came from. */
	if (item->to == model->actor && (!held || item->revision >= held->generation)) {
		got(model, item, effects);
	} else if (item->actor == model->actor && held && item->revision > held->generation) {
		void *work = mem_context(NULL);
		const char *why = words_put(work, _("you handed {0} over to {1}"),
			words_number(work, item->ticket), model_login(model, item->to), NULL);
		claims_drop(model, item->ticket, effects);
		compose_unclaimed(model, item->ticket, HOLD_LOST, why);
		talloc_free(work);
	}
}
