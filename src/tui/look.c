#include "tui/look.h"

#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"

#include <string.h>

static void kept(struct model *model, const struct applied *applied, struct effects *effects)
{
	(void)effects;
	if (!applied->ok || !applied->results[0].ok) {
		notice_error(model, applied->ok ? &applied->results[0].err : applied->err);
	}
}

void look_keep(struct model *model, const char *name, const char *value, struct effects *effects)
{
	if (strcmp(preference_value(model_operator(model), name), value) == 0) {
		return;
	}
	struct change change = {
		.kind = CHANGE_PREFERENCE, .key = (char *)name, .value = (char *)value};
	request_apply(model, &change, 1, kept, effects);
}

/* --- columns --- */

/* Without these a row says nothing. */
enum { ALWAYS = 1U << QUEUE_COLUMN_NUMBER | 1U << QUEUE_COLUMN_SUBJECT };

const char *const look_column_titles[QUEUE_COLUMNS] = {
	[QUEUE_COLUMN_NUMBER] = N_("number"),
	[QUEUE_COLUMN_WAITING] = N_("waiting time"),
	[QUEUE_COLUMN_DUE] = N_("due time"),
	[QUEUE_COLUMN_CHANNEL] = N_("channel"),
	[QUEUE_COLUMN_TEAM] = N_("team, in wide windows if not chosen"),
	[QUEUE_COLUMN_PRIORITY] = N_("priority; else it stands before the subject"),
	[QUEUE_COLUMN_HOLDER] = N_("who has it"),
	[QUEUE_COLUMN_CUSTOMER] = N_("customer"),
	[QUEUE_COLUMN_SUBJECT] = N_("subject"),
};

static const unsigned usual_columns = ALWAYS | 1U << QUEUE_COLUMN_WAITING | 1U << QUEUE_COLUMN_DUE |
				      1U << QUEUE_COLUMN_CHANNEL | 1U << QUEUE_COLUMN_HOLDER |
				      1U << QUEUE_COLUMN_CUSTOMER;

bool look_has_column(const struct model *model, int column, bool usual)
{
	unsigned chosen = model->queue.columns;
	return chosen ? ((chosen | ALWAYS) & 1U << column) != 0 : usual;
}

static unsigned read_columns(const char *value)
{
	unsigned columns = 0;
	while (*value) {
		size_t length = strcspn(value, ",");
		char *word = mem_strndup(NULL, value, length);
		int column;
		if (name_find(&queue_column_names, word, &column)) {
			columns |= 1U << column;
		}
		talloc_free(word);
		value += length + strspn(value + length, ",");
	}
	return columns;
}

static char *write_columns(const void *mem, unsigned columns)
{
	char *value = mem_strdup(mem, "");
	for (int column = 1; column < QUEUE_COLUMNS; column++) {
		if (columns & 1U << column) {
			value = mem_printf(mem, "%s%s%s", value, *value ? "," : "",
				name_of(&queue_column_names, column));
		}
	}
	return value;
}

static void keep_columns(struct model *model, const char *text, struct effects *effects)
{
	(void)text;
	void *work = mem_context(NULL);
	look_keep(model, "columns", write_columns(work, model->queue.columns), effects);
	talloc_free(work);
}

static void columns_ask(struct model *model, size_t selected);

static void toggle_column(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	(void)effects;
	unsigned columns = model->queue.columns ? model->queue.columns : usual_columns;
	columns = (columns ^ 1U << item->value) | ALWAYS;
	model->queue.columns = columns == usual_columns ? 0 : columns;
	columns_ask(model, prompt->selected);
}

/* Stays until Esc, so that more than one can be changed while the list is looked at. */
static void columns_ask(struct model *model, size_t selected)
{
	struct prompt *prompt = prompt_create(
		model, PROMPT_KEYS, _("columns, Esc when done:"), NULL, toggle_column);
	prompt->cancelled = keep_columns;
	for (int column = 1; column < QUEUE_COLUMNS; column++) {
		if (ALWAYS & 1U << column) {
			continue;
		}
		bool is_usual = usual_columns & 1U << column;
		prompt_add(prompt, NULL, _(look_column_titles[column]),
			look_has_column(model, column, is_usual) ? _("shown") : "", column, 0);
	}
	prompt_number(prompt);
	prompt_ask(model, prompt);
	prompt->selected = selected;
}

void look_columns(struct model *model, const struct call *call, struct effects *effects)
{
	if (!*call->argument) {
		columns_ask(model, 0);
		return;
	}
	char *value = mem_strdup(NULL, call->argument);
	for (char *at = value; *at; at++) {
		*at = *at == ' ' ? ',' : *at;
	}
	struct error err = {0};
	if (!preference_check("columns", value, &err)) {
		notice_error(model, &err);
	} else {
		model->queue.columns = read_columns(value);
		keep_columns(model, "", effects);
	}
	talloc_free(value);
}

/* --- colours --- */

static void dress(struct model *model, const char *name, struct effects *effects)
{
	struct effect *effect = effects_add(effects, EFFECT_THEME);
	effect->text = mem_strdup(effect, name);
	model->theme = theme_find(name);
}

static void set_theme(struct model *model, const char *name, struct effects *effects)
{
	dress(model, name, effects);
	look_keep(model, "theme", name, effects);
}

static void theme_done(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)text;
	set_theme(model, themes[item->value].name, effects);
}

void look_theme(struct model *model, const struct call *call, struct effects *effects)
{
	if (*call->argument) {
		set_theme(model, call->argument, effects);
		return;
	}
	struct prompt *prompt = prompt_create(model, PROMPT_KEYS, _("colours:"), NULL, theme_done);
	for (size_t i = 0; i < theme_count; i++) {
		char *label = mem_printf(NULL, "%s: %s", themes[i].name, _(themes[i].title));
		prompt_add(prompt, NULL, label, model->theme == &themes[i] ? _("as now") : "",
			(int64_t)i, 0);
		talloc_free(label);
	}
	prompt_number(prompt);
	prompt_ask(model, prompt);
}

/* --- what the desk keeps --- */

void look_take(struct model *model, struct effects *effects)
{
	const struct operator_ *operator_ = model_operator(model);
	int order;
	model->queue.columns = read_columns(preference_value(operator_, "columns"));
	const char *theme = preference_value(operator_, "theme");
	if (!model->theme_is_given && theme_find(theme) != model->theme) {
		dress(model, theme, effects);
	}
	if (name_find(&queue_order_names, preference_value(operator_, "order"), &order) &&
		model->queue.order != (enum queue_order)order) {
		model->queue.order = (enum queue_order)order;
		queue_reload(model, effects);
	}
}
