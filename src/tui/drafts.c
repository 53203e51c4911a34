#include "tui/compose.h"

#include "base/mem.h"
#include "core/attachment.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* Texts at rest: this console's own copies, and what the store and the spool know. */

static struct draft *find(const struct model *model, int64_t ticket, enum draft_kind kind)
{
	for (size_t i = 0; i < model->drafts.count; i++) {
		struct draft *draft = &model->drafts.items[i];
		if (draft->ticket == ticket && draft->kind == kind &&
			draft->operator_id == model->actor) {
			return draft;
		}
	}
	return NULL;
}

const struct draft *drafts_find(const struct model *model, int64_t ticket, enum draft_kind kind)
{
	return find(model, ticket, kind);
}

bool drafts_has(const struct model *model, int64_t ticket)
{
	for (size_t i = 0; i < model->drafts.count; i++) {
		const struct draft *draft = &model->drafts.items[i];
		if (draft->ticket == ticket && draft->operator_id == model->actor) {
			return true;
		}
	}
	return false;
}

size_t drafts_count(const struct model *model)
{
	size_t count = 0;
	for (size_t i = 0; i < model->drafts.count; i++) {
		count += model->drafts.items[i].operator_id == model->actor;
	}
	return count;
}

/* All of it below its text. */
void draft_copy(const void *mem, struct draft *to, const struct draft *from)
{
	char *text = mem_strdup(mem, from->text);
	*to = *from;
	to->text = text;
	to->address = mem_strdup(text, from->address);
	to->attachments = attachment_list_copy(text, &from->attachments);
}

static void set(struct model *model, struct draft *to, const struct draft *from)
{
	char *former = to->text;
	draft_copy(model, to, from);
	talloc_free(former);
}

void drafts_keep(struct model *model, const struct draft *draft)
{
	struct draft *old = find(model, draft->ticket, draft->kind);
	if (old && draft->operator_id == model->actor) {
		set(model, old, draft);
		return;
	}
	struct drafts *drafts = &model->drafts;
	drafts->items = mem_grow(model, drafts->items, struct draft, drafts->count + 1);
	memmove(drafts->items + 1, drafts->items, drafts->count * sizeof *drafts->items);
	drafts->items[0] = (struct draft){0};
	drafts->count++;
	set(model, &drafts->items[0], draft);
}

void draft_store(struct model *model, const struct draft *draft, struct effects *effects)
{
	if (draft->ticket) {
		draft_copy_effect(request_ask(model, EFFECT_DRAFT_SAVE, effects), draft);
	}
}

void drafts_forget(struct model *model, int64_t ticket, enum draft_kind kind)
{
	struct draft *draft = find(model, ticket, kind);
	struct drafts *drafts = &model->drafts;
	drafts->is_stale = true;
	if (!draft) {
		return;
	}
	size_t at = (size_t)(draft - drafts->items);
	talloc_free(draft->text);
	drafts->count--;
	memmove(drafts->items + at, drafts->items + at + 1,
		(drafts->count - at) * sizeof *drafts->items);
}

void drafts_ask(struct model *model, struct effects *effects)
{
	model->drafts.request = request_ask(model, EFFECT_DRAFTS, effects)->request;
	model->drafts.asked_at = model->now;
	model->drafts.is_stale = false;
	if (model->shows_bin) {
		struct effect *effect = request_ask(model, EFFECT_DRAFTS, effects);
		effect->bin = true;
		model->bin.request = effect->request;
	}
}

static void free_items(struct drafts *drafts)
{
	for (size_t i = 0; i < drafts->count; i++) {
		talloc_free(drafts->items[i].text);
	}
	talloc_free(drafts->items);
}

static void bin_came(struct model *model, const struct response *response)
{
	if (response->effect->request != model->bin.request || !response->ok) {
		return;
	}
	free_items(&model->bin);
	model->bin = (struct drafts){.count = response->drafts.count};
	model->bin.items = mem_array(model, struct draft, response->drafts.count + 1);
	for (size_t i = 0; i < response->drafts.count; i++) {
		set(model, &model->bin.items[i], &response->drafts.drafts[i]);
	}
}

static void replace_all(struct model *model, const struct draft_list *list)
{
	struct drafts old = model->drafts;
	model->drafts.items = NULL;
	model->drafts.count = 0;
	for (size_t i = list->count; i-- > 0;) {
		drafts_keep(model, &list->drafts[i]);
	}
	for (size_t i = old.count; i-- > 0;) {
		const struct draft *mine = &old.items[i];
		const struct draft *stored = find(model, mine->ticket, mine->kind);
		bool is_written =
			mine->ticket == model->compose.ticket && mine->kind == model->compose.kind;
		bool is_newer = stored ? mine->updated_at > stored->updated_at
				       : is_written || mine->ticket == 0 ||
						 mine->updated_at >= old.asked_at;
		if (mine->operator_id == model->actor && is_newer) {
			drafts_keep(model, mine);
		}
	}
	free_items(&old);
}

/* Of two copies of one text the newer counts. */
static void settle_recovered(struct model *model, bool is_known, struct effects *effects)
{
	struct draft_list *list = model->drafts.recovered;
	if (!list) {
		return;
	}
	model->drafts.recovered = NULL;
	size_t count = 0;
	for (size_t i = list->count; i-- > 0;) {
		struct draft *draft = &list->drafts[i];
		draft->operator_id = model->actor;
		const struct draft *stored = find(model, draft->ticket, draft->kind);
		if (stored && stored->updated_at >= draft->updated_at) {
			continue;
		}
		count++;
		drafts_keep(model, draft);
		if (is_known) {
			draft_store(model, draft, effects);
		}
	}
	talloc_free(list);
	if (count == 0) {
		return;
	}
	void *work = mem_context(NULL);
	notice_say(model,
		words_put(work,
			ngettext(
				"{0} unfinished text was recovered: {1} lists it, {2} continues it",
				"{0} unfinished texts were recovered: {1} lists them, {2} "
				"continues "
				"one",
				count),
			words_number(work, (int64_t)count), model_key(model, work, "drafts"),
			model_key(model, work, "continue"), NULL));
	talloc_free(work);
}

void drafts_came(struct model *model, struct response *response, struct effects *effects)
{
	if (response->effect->bin) {
		bin_came(model, response);
		return;
	}
	if (response->effect->request != model->drafts.request) {
		return;
	}
	bool is_awaited = model->drafts.continues && model->keys.awaited == model->drafts.request;
	model->drafts.request = 0;
	if (model->drafts.is_stale) {
		drafts_ask(model, effects);
		model->keys.awaited = is_awaited ? model->drafts.request : model->keys.awaited;
		return;
	}
	if (response->ok) {
		replace_all(model, &response->drafts);
	} else {
		notice_error(model, &response->err);
	}
	settle_recovered(model, response->ok, effects);
	if (is_awaited) {
		drafts_continue(model, effects);
	}
	model->drafts.continues = 0; /* given up, or done */
}

void drafts_recover(struct model *model, struct draft_list *list, struct effects *effects)
{
	if (list->count == 0) {
		return;
	}
	struct draft_list *kept = mem_new(model, struct draft_list);
	kept->count = list->count;
	kept->drafts = mem_array(kept, struct draft, list->count);
	for (size_t i = 0; i < list->count; i++) {
		draft_copy(kept, &kept->drafts[i], &list->drafts[i]);
	}
	talloc_free(model->drafts.recovered);
	model->drafts.recovered = kept;
	drafts_ask(model, effects);
}
