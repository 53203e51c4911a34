#include "tui/attach.h"

#include "base/bytes.h"
#include "base/mem.h"
#include "core/attachment.h"
#include "core/recipient.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/start.h"
#include "tui/words.h"

#include <string.h>

/* --- where to --- */

static const struct ticket_view *view_of(const struct model *model)
{
	bool is_it = model->ticket.view && model->ticket.number == model->compose.ticket;
	return is_it ? model->ticket.view : NULL;
}

const char *recipient_address(const struct model *model)
{
	const struct ticket_view *view = view_of(model);
	const struct ticket_row *row = model_row(model, model->compose.ticket);
	if (model->compose.address && *model->compose.address) {
		return model->compose.address;
	}
	const struct address *usual =
		view ? recipient_of_view(view, view->row.ticket.channel) : NULL;
	if (usual) {
		return usual->value;
	}
	return row && !view ? row->customer_address : "";
}

static void recipient_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	(void)effects;
	struct compose *compose = &model->compose;
	if (compose->ticket != prompt->change.ticket || compose_is_closed(model)) {
		return;
	}
	talloc_free(compose->address);
	compose->address = mem_strdup(model, item->label);
	compose_changed(model);
	review_check(model);
}

void review_recipients(struct model *model, const struct call *call, struct effects *effects)
{
	(void)effects;
	const struct ticket_view *view = view_of(model);
	struct prompt *prompt =
		prompt_create(model, PROMPT_KEYS, _("send to:"), NULL, recipient_chosen);
	for (size_t i = 0; view && i < view->customer.address_count; i++) {
		const struct address *address = &view->customer.addresses[i];
		if (recipient_suits(address->kind, view->row.ticket.channel)) {
			prompt_add(prompt, NULL, address->value,
				strcmp(address->value, recipient_address(model)) == 0 ? _("now")
										      : "",
				address->id, 0);
		}
	}
	prompt->change.ticket = call->ticket;
	if (prompt->count < 2) {
		talloc_free(prompt);
		notice_say(model, _("the customer has no other address for this channel"));
		return;
	}
	prompt_number(prompt);
	prompt_ask(model, prompt);
}

/* --- which files --- */

static void path_given(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)item;
	struct compose *compose = &model->compose;
	if (!*text || compose->ticket != prompt->change.ticket || compose_is_closed(model)) {
		return;
	}
	struct effect *effect = request_ask(model, EFFECT_ATTACH, effects);
	effect->attach.path = mem_strdup(effect, text);
	effect->attach.max_bytes = model->directory->settings.max_attachment;
	compose->attach_request = effect->request;
	review_check(model);
}

static void ask_path(struct model *model, struct effects *effects)
{
	path_ask(model, _("attach the file:"), "", path_given, effects);
	model->prompt->change.ticket = model->compose.ticket;
}

enum { ANOTHER_FILE = -1 };

static void file_chosen(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)text;
	struct compose *compose = &model->compose;
	if (compose->ticket != prompt->change.ticket || compose_is_closed(model)) {
		return;
	}
	if (item->value == ANOTHER_FILE) {
		ask_path(model, effects);
		return;
	}
	struct attachment_list *list = &compose->attachments;
	size_t at = (size_t)item->value;
	if (at < list->count) {
		list->count--;
		memmove(list->items + at, list->items + at + 1,
			(list->count - at) * sizeof *list->items);
		compose_changed(model);
		review_check(model);
	}
}

void review_attach(struct model *model, const struct call *call, struct effects *effects)
{
	const struct attachment_list *list = &model->compose.attachments;
	if (compose_is_closed(model)) {
		return;
	}
	if (model->compose.kind == DRAFT_CUSTOMER_NOTE_EDIT) {
		notice_fail(model, _("a note on the customer has no files; an internal note may"));
		return;
	}
	if (!model->directory || list->count == 0) {
		ask_path(model, effects);
		return;
	}
	struct prompt *prompt =
		prompt_create(model, PROMPT_KEYS, _("files with this text:"), NULL, file_chosen);
	prompt_add(prompt, NULL, _("attach another one"), "", ANOTHER_FILE, 0);
	for (size_t i = 0; i < list->count; i++) {
		char *label = words_put(NULL, _("take out {0}"), list->items[i].name, NULL);
		char *size = bytes_format(label, list->items[i].size_bytes);
		prompt_add(prompt, NULL, label, size, (int64_t)i, 0);
		talloc_free(label);
	}
	prompt_number(prompt);
	prompt->change.ticket = call->ticket;
	prompt_ask(model, prompt);
}

void attach_came(struct model *model, struct response *response)
{
	struct compose *compose = &model->compose;
	if (compose->ticket == 0 || response->effect->request != compose->attach_request) {
		return;
	}
	compose->attach_request = 0;
	if (!response->ok) {
		notice_error(model, &response->err);
	} else if (compose->attachments.count >= ATTACHMENTS_MOST) {
		notice_fail(model, _("there are as many files as a text may have; take one out"));
	} else {
		attachment_list_add(compose->editor, &compose->attachments, &response->attachment);
		compose_changed(model);
	}
	if (screen_is_review(model->screen)) {
		review_check(model);
	}
}
