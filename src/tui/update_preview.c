#include "base/mem.h"
#include "tui/model.h"

/* The ticket beside the list: it follows the cursor when the keys rest. */

enum { PREVIEW_MS = 150 };

void preview_came(struct model *model, struct response *response)
{
	struct preview_part *preview = &model->preview;
	if (response->effect->request != preview->request) {
		return;
	}
	preview->request = 0;
	talloc_free(preview->talk);
	talloc_free(preview->view);
	preview->talk = NULL;
	preview->view = response->ok ? talloc_steal(model, response->ticket) : NULL;
}

static bool is_preview_shown(const struct model *model)
{
	struct layout layout = layout_queue(model->columns, model->rows, model->preview.is_wished);
	return model->screen == SCREEN_QUEUE && layout.preview.rows > 0;
}

void preview_layout(struct model *model)
{
	struct preview_part *preview = &model->preview;
	struct layout layout = layout_queue(model->columns, model->rows, preview->is_wished);
	bool is_laid_out = preview->talk && preview->talk->columns == layout.preview.columns;
	if (!preview->view || layout.preview.rows == 0 || is_laid_out) {
		return;
	}
	talloc_free(preview->talk);
	preview->talk = talk_create(model, preview->view, layout.preview.columns,
		talk_newest_ours(preview->view), NULL);
}

void preview_follow(struct model *model)
{
	struct preview_part *preview = &model->preview;
	int64_t selected = queue_selected(model);
	if (!is_preview_shown(model) || selected == preview->number) {
		return;
	}
	preview->number = selected;
	preview->request = 0;
	preview->ask_at = selected ? model->now + PREVIEW_MS : 0;
}

void preview_tick(struct model *model, struct effects *effects)
{
	struct preview_part *preview = &model->preview;
	if (preview->ask_at == 0 || model->now < preview->ask_at) {
		return;
	}
	preview->ask_at = 0;
	struct effect *effect = request_ask(model, EFFECT_TICKET, effects);
	effect->ticket = preview->number;
	preview->request = effect->request;
}
