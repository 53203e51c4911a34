#include "tui/start.h"

#include "base/mem.h"
#include "base/secret.h"
#include "tui/editor.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/prompt.h"
#include "tui/words.h"

#include <string.h>

size_t start_count(const struct model *model)
{
	const struct start_lack *lack = model->start.lack;
	size_t count = 0;
	for (size_t i = 0; lack && lack->directory && i < lack->directory->operator_count; i++) {
		count += lack->directory->operators[i].enabled;
	}
	return count;
}

const struct operator_ *start_operator(const struct model *model, size_t at)
{
	const struct start_lack *lack = model->start.lack;
	for (size_t i = 0; lack && lack->directory && i < lack->directory->operator_count; i++) {
		const struct operator_ *operator_ = &lack->directory->operators[i];
		if (operator_->enabled && at-- == 0) {
			return operator_;
		}
	}
	return NULL;
}

static void wish(struct model *model, enum start_deed deed, const char *desk, const char *login)
{
	struct start_wish *at = &model->start.wish;
	talloc_free(at->desk);
	talloc_free(at->login);
	*at = (struct start_wish){
		.deed = deed, .desk = mem_strdup(model, desk), .login = mem_strdup(model, login)};
}

static void set_out(struct model *model, struct effects *effects)
{
	struct effect *effect = effects_add(effects, EFFECT_START);
	effect->start = model->start.wish;
	effect->start.desk = mem_strdup(effect, model->start.wish.desk);
	effect->start.login = mem_strdup(effect, model->start.wish.login);
	effect->start.password = mem_strdup(effect, model->start.wish.password);
	secret_wipe_text(model->start.wish.password);
	model->is_leaving = true;
}

/* --- next time as well? --- */

static void keep_answered(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)text;
	model->start.wish.is_kept = item->value;
	set_out(model, effects);
}

static void ask_to_keep(struct model *model)
{
	struct prompt *prompt = prompt_create(model, PROMPT_ASK,
		_("The same the next time (written into atende.conf)?"), NULL, keep_answered);
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
}

/* --- a path --- */

static void paths_ask(struct model *model, const char *text, struct effects *effects)
{
	(void)model;
	struct effect *effect = effects_add(effects, EFFECT_PATHS);
	effect->text = mem_strdup(effect, text);
}

static void offer_paths(const struct model *model, struct prompt *prompt, const char *text)
{
	size_t length = strlen(text);
	prompt->is_exact = true;
	for (const char *at = model->start.paths ? model->start.paths : ""; *at;) {
		size_t size = strcspn(at, "\n");
		if (size >= length && strncmp(at, text, length) == 0) {
			char *path = mem_strndup(NULL, at, size);
			prompt_add(prompt, NULL, path, "", 0, 0);
			talloc_free(path);
		}
		at += size + (at[size] == '\n');
	}
}

void path_ask(struct model *model, const char *title, const char *path, prompt_done_fn *done,
	struct effects *effects)
{
	struct prompt *prompt = prompt_create(model, PROMPT_LINE, title, NULL, done);
	editor_set(prompt->line, path);
	prompt->offer = offer_paths;
	prompt->changed = paths_ask;
	prompt->is_open = true;
	prompt_ask(model, prompt);
	paths_ask(model, path, effects);
}

static void sample_named(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)item;
	(void)effects;
	if (*text) {
		wish(model, START_SAMPLE, text, NULL);
		ask_to_keep(model);
	}
}

void start_sample(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	path_ask(model, _("file of the sample desk:"), model->start.lack->sample_path, sample_named,
		effects);
}

static void login_given(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)item;
	(void)effects;
	if (*text) {
		char *desk = mem_strdup(NULL, model->start.wish.desk);
		wish(model, START_NEW, desk, text);
		talloc_free(desk);
		ask_to_keep(model);
	}
}

static void new_named(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)item;
	(void)effects;
	if (*text) {
		wish(model, START_NEW, text, NULL);
		struct prompt *next = prompt_create(
			model, PROMPT_LINE, _("your name on it, one word:"), NULL, login_given);
		editor_set(next->line, model->start.lack->login);
		prompt_ask(model, next);
	}
}

void start_new(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	path_ask(
		model, _("file of the new desk:"), model->start.lack->new_path, new_named, effects);
}

static void open_named(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)item;
	(void)effects;
	if (*text) {
		wish(model, START_OPEN, text, NULL);
		ask_to_keep(model);
	}
}

void start_open(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	path_ask(model, _("file of the desk, or its server (unix:PATH, https://HOST):"), "",
		open_named, effects);
}

/* --- signing in --- */

static void password_given(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	if (!*text) {
		return;
	}
	wish(model, START_SIGN_IN, NULL, prompt->change.key);
	model->start.wish.password = mem_strdup(model, text);
	set_out(model, effects);
}

static void name_given(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)item;
	(void)effects;
	if (*text) {
		struct prompt *next =
			prompt_create(model, PROMPT_LINE, _("password:"), NULL, password_given);
		next->change.key = mem_strdup(next, text);
		next->is_secret = true;
		prompt_ask(model, next);
	}
}

void start_sign_in(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	struct prompt *prompt =
		prompt_create(model, PROMPT_LINE, _("your name on the desk:"), NULL, name_given);
	editor_set(prompt->line, model->start.lack->login);
	prompt_ask(model, prompt);
}

bool start_is_signed_out(const struct model *model)
{
	const struct start_lack *lack = model->start.lack;
	const struct error *problem = lack ? lack->problem : NULL;
	const char *reason = problem && problem->reason ? problem->reason : "";
	return strcmp(reason, "signed_out") == 0 || strcmp(reason, "no_identity") == 0 ||
	       strcmp(reason, "no_uid") == 0;
}

/* --- without a path --- */

void start_choose(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	const struct operator_ *operator_ =
		start_operator(model, model->lists[SCREEN_START].cursor);
	if (operator_) {
		wish(model, START_ACT, NULL, operator_->login);
		ask_to_keep(model);
	}
}

void start_again(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	wish(model, START_AGAIN, NULL, NULL);
	set_out(model, effects);
}
