#include "base/mem.h"
#include "tui/model.h"

/* What was found anywhere on the desk. */

enum { FIND_PAGE = 50 };

static void drop_rows(struct find_part *find)
{
	for (size_t i = 0; i < find->count; i++) {
		talloc_free(find->rows[i]);
	}
	find->count = 0;
}

void find_ask(struct model *model, const char *words, bool more, struct effects *effects)
{
	struct find_part *find = &model->find;
	if (!more) {
		char *copy = mem_strdup(model, words);
		talloc_free(find->words);
		find->words = copy;
		find->before = 0;
		drop_rows(find);
	}
	struct effect *effect = request_ask(model, EFFECT_SEARCH, effects);
	effect->search = (struct search_query){.text = mem_strdup(effect, find->words),
		.offset_ms = zone_offset(&model->zone, model->now),
		.before = find->before,
		.limit = FIND_PAGE};
	find->request = effect->request;
}

void find_more(struct model *model, struct effects *effects)
{
	const struct find_part *find = &model->find;
	bool is_end = model->lists[SCREEN_FIND].cursor + 1 >= find->count;
	if (model->screen == SCREEN_FIND && is_end && find->has_more && find->request == 0) {
		find_ask(model, NULL, true, effects);
	}
}

void find_came(struct model *model, struct response *response, struct effects *effects)
{
	(void)effects;
	struct find_part *find = &model->find;
	if (response->effect->request != find->request) {
		return;
	}
	find->request = 0;
	find->problem = response->ok ? (struct error){0} : response->err;
	if (response->ok) {
		const struct search_page *page = &response->found;
		find->rows = mem_grow(
			model, find->rows, struct list_row *, find->count + page->count + 1);
		for (size_t i = 0; i < page->count; i++) {
			find->rows[find->count++] = list_row_create(model, &page->rows[i]);
		}
		find->has_more = page->has_more;
		find->before = page->before;
		find->looked_back_to = page->looked_back_to;
		find->copied_at = page->copied_at;
		find->copied = page->copied;
	}
}
