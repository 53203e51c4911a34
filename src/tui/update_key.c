#include "base/mem.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/offer.h"
#include "tui/words.h"

#include <string.h>

/* Keys: to the prompt, to a command, to the text. */

enum { TYPED_AHEAD_MS = 200 };

static char *pending_text(const struct model *model, const void *mem, const struct key *last)
{
	char *text = mem_strdup(mem, "");
	for (size_t i = 0; i < model->keys.pending_count; i++) {
		char *name = key_format(text, &model->keys.pending[i]);
		text = mem_check(talloc_asprintf_append_buffer(text, "%s ", name));
	}
	char *name = key_format(mem, last);
	return mem_check(talloc_strdup_append_buffer(text, name));
}

static void unknown_key(struct model *model, const struct key *key)
{
	if (key->name == K_ESC) {
		return; /* Esc at the top does nothing, and is pressed to be sure */
	}
	const struct command *help = model_help(model);
	void *work = mem_context(NULL);
	char *typed = pending_text(model, work, key);
	notice_fail(model,
		help ? words_put(work,
			       _("{0} has no meaning here; {1} lists the keys of this screen"),
			       typed, keymap_first(model->keymap, model->screen, help), NULL)
		     : words_put(work, _("{0} has no meaning here"), typed, NULL));
	talloc_free(work);
}

void command_run(struct model *model, const struct command *command, int64_t ticket,
	const char *argument, struct effects *effects)
{
	model->next.after = 0;
	struct call call = {.ticket = ticket, .argument = argument ? argument : ""};
	if (command_lacks_ticket(model, command, ticket)) {
		notice_fail(model, _("there is no ticket here; choose one first"));
		return;
	}
	command->run(model, &call, effects);
}

/* A key that no command has: for the text, or for what is sought in the help. */
static bool text_key(struct model *model, const struct key *key, struct effects *effects)
{
	struct compose *compose = &model->compose;
	if (model->screen == SCREEN_COMPOSE) {
		if (compose_is_closed(model)) {
			return true;
		}
		uint64_t version = editor_version(compose->editor);
		bool used = editor_key(compose->editor, key);
		if (editor_version(compose->editor) != version) {
			compose_changed(model);
		}
		return used;
	}
	if (model->screen == SCREEN_HELP) {
		return help_key(model, key, effects);
	}
	return false;
}

static void screen_key(struct model *model, const struct key *key, struct effects *effects)
{
	struct keys_part *keys = &model->keys;
	const struct command *command = NULL;
	if (keys->pending_count && (key->name == K_ESC || (key->ctrl && key->rune == 'c'))) {
		keys->pending_count = 0;
		return;
	}
	if (keys->pending_count == KEYS_PENDING) {
		keys->pending_count = 0;
	}
	keys->pending[keys->pending_count] = *key;
	enum keymap_answer answer = keymap_find(
		model->keymap, model->screen, keys->pending, keys->pending_count + 1, &command);
	if (keys->pending_count == 0) {
		keys->pending_ticket = model_ticket(model);
	}
	if (answer == KEYMAP_PREFIX) {
		keys->pending_count++;
		return;
	}
	if (answer == KEYMAP_COMMAND) {
		bool is_same =
			!command->needs_ticket || keys->pending_ticket == model_ticket(model);
		keys->pending_count = 0;
		if (is_same) {
			command_run(model, command, keys->pending_ticket, command->preset, effects);
		} else {
			notice_fail(
				model, _("another ticket came under the cursor between the keys; "
					 "nothing was done, press them again"));
		}
	} else if (keys->pending_count || !text_key(model, key, effects)) {
		unknown_key(model, key);
		keys->pending_count = 0;
	}
}

static bool is_cancel(const struct key *key)
{
	return key->ctrl && key->rune == 'c';
}

static void keep_ahead(struct keys_part *keys, const struct key *key)
{
	if (keys->ahead_count < KEYS_AHEAD) {
		keys->ahead[keys->ahead_count++] = *key;
	}
}

bool keys_are_ahead(const struct model *model)
{
	int64_t shown_at = model->prompt		     ? model->keys.asked_at
			   : screen_is_review(model->screen) ? model->compose.review.shown_at
							     : 0;
	return model->now - shown_at < TYPED_AHEAD_MS;
}

/* $EDITOR has the terminal and the text: what was typed ahead of it would be lost with what it
 * brings back. */
static bool is_ahead_of_editor(struct model *model)
{
	if (model->compose.is_editing) {
		notice_fail(model, _("what was typed before your editor opened was left out"));
	}
	return model->compose.is_editing;
}

void update_key(struct model *model, const struct key *key, struct effects *effects)
{
	struct keys_part *keys = &model->keys;
	model->last_key_at = model->now;
	keys->seen++;
	if (keys->awaited) {
		if (is_cancel(key)) {
			effects_add(effects, EFFECT_CANCEL);
			keys->awaited = 0;
			keys->ahead_count = 0;
		} else {
			keep_ahead(keys, key);
		}
		return;
	}
	if (keys_are_ahead(model) || is_ahead_of_editor(model)) {
		return;
	}
	notices_see(model);
	claims_active(model, model_work(model), effects);
	if (key->meta) {
		return;
	}
	keys->is_pressed = true;
	if (model->prompt) {
		prompt_key(model, key, effects);
	} else {
		screen_key(model, key, effects);
	}
	keys->is_pressed = false;
}

/* The awaited answer is there: what was typed meanwhile is for the screen it brought. */
void keys_replay(struct model *model, uint64_t request, struct effects *effects)
{
	struct keys_part *keys = &model->keys;
	if (keys->awaited == 0 || keys->awaited != request) {
		return;
	}
	keys->awaited = 0;
	struct key ahead[KEYS_AHEAD];
	size_t count = keys->ahead_count;
	memcpy(ahead, keys->ahead, sizeof ahead);
	keys->ahead_count = 0;
	for (size_t i = 0; i < count; i++) {
		update_key(model, &ahead[i], effects); /* may await again: kept for that one */
	}
}

void update_paste(struct model *model, const char *text, struct effects *effects)
{
	if (is_ahead_of_editor(model)) {
		return;
	}
	if (model->prompt) {
		prompt_paste(model, text, effects);
	} else if (model->screen == SCREEN_COMPOSE) {
		compose_paste(model, text, effects);
	} else {
		notice_fail(model, _("a pasted text has no place here; r or i opens one for it"));
	}
}
