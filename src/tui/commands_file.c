#include "base/bytes.h"
#include "base/mem.h"
#include "core/attachment.h"
#include "core/link.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"
#include "tui/wrap.h"

#include <stdlib.h>
#include <string.h>

/* Files and links of a conversation: what a customer sent is opened only after a second key. */

enum deed { DEED_NONE, DEED_OPEN, DEED_SAVE };
enum { LINK_MARGIN = 4 };

/* What the prompt is about: names and keys of the file live on it. */
struct file_prompt {
	int64_t ticket;
	char *blob, *name; /* blob NULL: a link */
};

static void fetch(struct model *model, const struct file_prompt *about, enum deed deed,
	struct effects *effects)
{
	struct effect *effect = request_ask(model, EFFECT_FETCH, effects);
	const char *folder = deed == DEED_SAVE ? model->save_folder : NULL;
	effect->fetch = (struct fetch){
		.ticket = about->ticket,
		.blob = mem_strdup(effect, about->blob),
		.name = mem_strdup(effect, about->name),
		.folder = mem_strdup(effect, folder),
		.command = mem_strdup(effect, model->open_command),
	};
}

static void risk_taken(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	if (item->value == 1) {
		fetch(model, prompt->data, DEED_OPEN, effects);
	}
}

static struct prompt *ask(struct model *model, enum prompt_form form, const char *title,
	const struct file_prompt *about, prompt_done_fn *done)
{
	struct prompt *prompt = prompt_create(model, form, title, NULL, done);
	struct file_prompt *copy = mem_dup(prompt, about, sizeof *about);
	copy->blob = mem_strdup(copy, about->blob);
	copy->name = mem_strdup(copy, about->name);
	prompt->data = copy;
	return prompt;
}

static void ask_risk(struct model *model, const struct file_prompt *about)
{
	char *title = words_put(
		NULL, _("{0} may run a program that somebody sent. Open it?"), about->name, NULL);
	struct prompt *prompt = ask(model, PROMPT_ASK, title, about, risk_taken);
	prompt_yes_no(prompt);
	prompt_ask(model, prompt);
	talloc_free(title);
}

static void deed_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	const struct file_prompt *about = prompt->data;
	bool is_risky = about->blob && attachment_may_run(about->name);
	if (item->value == DEED_OPEN && is_risky) {
		ask_risk(model, about);
	} else if (item->value != DEED_NONE) {
		fetch(model, about, (enum deed)item->value, effects);
	}
}

void file_ask(struct model *model, const struct attachment *file)
{
	void *work = mem_context(NULL);
	struct file_prompt about = {model->ticket.number, file->blob, file->name};
	char *title = words_put(
		work, _("file: {0} {1}"), file->name, bytes_format(work, file->size_bytes), NULL);
	struct prompt *prompt = ask(model, PROMPT_KEYS, title, &about, deed_chosen);
	prompt_add(prompt, "s", words_put(work, _("save in {0}"), model->save_folder, NULL), "",
		DEED_SAVE, 0);
	prompt_add(prompt, "o", words_put(work, _("open with {0}"), model->open_command, NULL), "",
		DEED_OPEN, 0);
	prompt_ask(model, prompt);
	talloc_free(work);
}

/* --- by its number --- */

enum { KEYS_MOST = 9 };

static const struct talk_part *file_at(const struct talk *talk, int64_t number)
{
	for (size_t i = 0; i < talk->part_count; i++) {
		const struct talk_part *part = &talk->parts[i];
		if (part->kind == PART_FILE && (int64_t)part->number == number) {
			return part;
		}
	}
	return NULL;
}

static void go_to_file(struct model *model, int64_t number)
{
	struct ticket_part *ticket = &model->ticket;
	const struct talk_part *part = file_at(ticket->talk, number);
	if (!part) {
		char *count = words_number(NULL, (int64_t)ticket->talk->file_count);
		notice_fail(model, words_put(count,
					   ngettext("{0} file came with this ticket",
						   "{0} files came with this ticket",
						   ticket->talk->file_count),
					   count, NULL));
		talloc_free(count);
		return;
	}
	ticket->has_customer = false;
	ticket->part = (size_t)(part - ticket->talk->parts) + 1;
	ticket_show_line(model, part->line);
	file_ask(model, part->file);
}

static void file_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	(void)effects;
	if (model->ticket.number == prompt->change.ticket && model->ticket.talk) {
		go_to_file(model, item->value);
	}
}

static void ask_number(struct model *model)
{
	const struct talk *talk = model->ticket.talk;
	struct prompt *prompt =
		prompt_create(model, talk->file_count > KEYS_MOST ? PROMPT_PICK : PROMPT_KEYS,
			_("which file:"), NULL, file_chosen);
	prompt->change.ticket = model->ticket.number;
	for (size_t i = 0; i < talk->part_count; i++) {
		const struct talk_part *part = &talk->parts[i];
		if (part->kind == PART_FILE) {
			char *number = words_number(prompt, (int64_t)part->number);
			prompt_add(prompt, number, part->file->name,
				bytes_format(number, part->file->size_bytes), (int64_t)part->number,
				0);
		}
	}
	prompt_ask(model, prompt);
}

void file_by_number(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	const struct talk *talk = model->ticket.talk;
	if (!talk || talk->file_count == 0) {
		notice_say(model, _("no file came with this ticket"));
	} else if (*call->argument) {
		go_to_file(model, strtoll(call->argument, NULL, 10));
	} else if (talk->file_count == 1) {
		go_to_file(model, 1);
	} else {
		ask_number(model);
	}
}

/* Whole, however many lines it takes: who reads only its beginning is deceived. */
void link_ask(struct model *model, const char *link)
{
	void *work = mem_context(NULL);
	struct file_prompt about = {model->ticket.number, NULL, mem_strdup(work, link)};
	struct wrap wrap = wrap_text(work, link, model->columns - LINK_MARGIN);
	if (!link_is_whole(link) || (int)wrap.count + 2 > model->rows / 2) {
		notice_fail(
			model, _("this link is too long to be shown whole here; y l copies it"));
		talloc_free(work);
		return;
	}
	char *title = words_put(work, _("open it with {0}?"), model->open_command, NULL);
	struct prompt *prompt = ask(model, PROMPT_KEYS, title, &about, deed_chosen);
	for (size_t i = 0; i < wrap.count; i++) {
		char *line = mem_strndup(work, link + wrap.lines[i].offset, wrap.lines[i].length);
		prompt_add(prompt, NULL, line, "", DEED_NONE, 0);
	}
	/* TRANSLATORS: the key for "yes": one lower-case letter */
	prompt_add(prompt, _("y"), _("yes"), "", DEED_OPEN, 0);
	/* TRANSLATORS: the key for "no": one lower-case letter */
	prompt_add(prompt, _("n"), _("no"), "", DEED_NONE, 0);
	prompt_ask(model, prompt);
	talloc_free(work);
}

void file_came(struct model *model, struct response *response, struct effects *effects)
{
	(void)effects;
	const struct fetch *asked = &response->effect->fetch;
	if (!response->ok) {
		notice_error(model, &response->err);
		return;
	}
	char *text = asked->folder ? words_put(NULL, _("saved: {0}"), response->path, NULL)
				   : words_put(NULL, _("given to {0}: {1}"), asked->command,
					     asked->name, NULL);
	notice_say(model, text);
	talloc_free(text);
}
