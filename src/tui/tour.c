#include "tui/tour.h"

#include "base/mem.h"
#include "core/preference.h"
#include "tui/i18n.h"
#include "tui/look.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

static bool has_moved(const struct model *model)
{
	return model->queue.cursor > 0 || model->queue.count < 2;
}

static bool is_on_ticket(const struct model *model)
{
	return model->screen == SCREEN_TICKET;
}

static bool is_back(const struct model *model)
{
	return model->screen == SCREEN_QUEUE;
}

static bool lists_what_follows(const struct model *model)
{
	return model->keys.pending_count > 0 && model->keys.pending[0].rune == 's';
}

static bool has_left_it(const struct model *model)
{
	return model->keys.pending_count == 0;
}

static bool is_in_help(const struct model *model)
{
	return model->screen == SCREEN_HELP;
}

static const struct {
	const char *text;
	bool (*is_done)(const struct model *model); /* NULL: only the key for the next ends it */
} steps[] = {
	/* TRANSLATORS: the steps of the tour: at most 55 columns each */
	{N_("j goes down: what waits, most urgent first"), has_moved},
	{N_("Enter opens the ticket under the cursor"), is_on_ticket},
	{N_("what was written; r would reply. q goes back"), is_back},
	{N_("c takes it, so that nobody else answers. Press s"), lists_what_follows},
	{N_("what may follow: wait, resolve… Esc leaves the list"), has_left_it},
	{N_("? lists all keys, finds and runs them"), is_in_help},
	{N_("Esc goes back to the queue"), is_back},
	{N_("n takes the next to be answered. That was all"), NULL},
};

static void show(struct model *model, size_t step, struct effects *effects)
{
	model->tour.step = step > ARRAY_LEN(steps) ? 0 : step;
	if (model->tour.step == 0) {
		model->tour.is_seen = true;
		look_keep(model, "tour", "seen", effects);
	}
}

/* Starts it; while it runs, the next step. */
void tour_next(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	show(model, model->tour.step + 1, effects);
}

void tour_end(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	show(model, ARRAY_LEN(steps) + 1, effects);
}

void tour_watch(struct model *model, struct effects *effects)
{
	size_t step = model->tour.step;
	if (step && steps[step - 1].is_done && steps[step - 1].is_done(model)) {
		show(model, step + 1, effects);
	}
}

char *tour_text(const struct model *model, const void *mem)
{
	size_t step = model->tour.step;
	if (step == 0) {
		return NULL;
	}
	char *place = mem_printf(NULL, "%zu/%zu", step, ARRAY_LEN(steps));
	char *text = mem_printf(mem, "%s %s", place, _(steps[step - 1].text));
	talloc_free(place);
	return text;
}

bool tour_is_offered(const struct model *model)
{
	const struct operator_ *operator_ = model_operator(model);
	return operator_ && model->tour.step == 0 && !model->tour.is_seen &&
	       *preference_value(operator_, "tour") == '\0';
}
