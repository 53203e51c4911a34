#include "base/mem.h"
#include "base/text.h"
#include "core/attachment.h"
#include "core/template.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* What should be looked at once more before a text goes out. */

static void warn(struct model *model, const char *text)
{
	struct review *review = &model->compose.review;
	review->warnings = mem_grow(model, review->warnings, char *, review->warning_count + 1);
	review->warnings[review->warning_count++] = text_clean(model, text, strlen(text), NULL);
}

static void forget_warnings(struct review *review)
{
	for (size_t i = 0; i < review->warning_count; i++) {
		talloc_free(review->warnings[i]);
	}
	review->warning_count = 0;
	review->is_blocked = false;
}

void review_free(struct review *review)
{
	forget_warnings(review);
	talloc_free(review->warnings);
	talloc_free(review->refusal);
	*review = (struct review){.top = -1};
}

static const char *author_name(const struct model *model, int64_t author)
{
	return author ? model_login(model, author) : model->ticket.view->row.customer_name;
}

/* A call that one logged oneself, most likely in the middle of this very text. */
static bool is_own_call(const struct model *model, const struct message *message)
{
	return message->author == model->actor && message->contact != CONTACT_NONE;
}

/* All that was written since, whole: by the customer, and by colleagues to him or to each other. */
static void check_news(struct model *model, const void *work)
{
	struct compose *compose = &model->compose;
	const struct ticket_view *view = model->ticket.view;
	for (size_t i = 0; i < view->message_count; i++) {
		const struct message *message = &view->messages[i];
		if (message->id > compose->seen && !is_own_call(model, message)) {
			warn(model,
				words_put(work, _("{0} wrote meanwhile: {1}"),
					author_name(model, message->author), message->text, NULL));
		}
	}
	for (size_t i = 0; i < view->note_count; i++) {
		const struct note *note = &view->notes[i];
		if (note->id > compose->begun && note->author != model->actor) {
			warn(model, words_put(work, _("{0} noted meanwhile: {1}"),
					    author_name(model, note->author), note->text, NULL));
		}
	}
}

static void check_unseen(struct model *model, const void *work)
{
	struct compose *compose = &model->compose;
	const struct ticket_view *view = model->ticket.view;
	if (!view || model->ticket.number != compose->ticket) {
		return;
	}
	check_news(model, work);
	if (view->row.ticket.newest_public > compose->acknowledged) {
		compose->acknowledged = view->row.ticket.newest_public;
		compose->review.shown_at = model->now;
		compose->review.top = -1;
	}
}

static void check_hold(struct model *model, const void *work)
{
	struct compose *compose = &model->compose;
	const char *why = compose->hold_why ? compose->hold_why : "";
	if (compose->hold == HOLD_MINE || compose->hold == HOLD_NONE) {
		return;
	}
	compose->review.is_blocked = true;
	if (compose->hold == HOLD_CLAIMING) {
		warn(model, _("the claim is still being asked for"));
	} else if (compose->hold == HOLD_UNASKED) {
		warn(model,
			_("not yours yet: the desk does not answer; it is claimed as soon as it "
			  "does"));
	} else if (compose->hold == HOLD_MOVED) {
		warn(model, why);
	} else {
		warn(model,
			words_put(work, _("not yours to send: {0} ({1}, then {2} claims again)"),
				why, model_key(model, work, "edit"),
				model_key(model, work, "claim-again"), NULL));
	}
}

static void check_variables(struct model *model, const void *work)
{
	size_t length;
	const char *at = editor_text(model->compose.editor);
	while ((at = template_next(at, &length))) {
		model->compose.review.is_blocked = true;
		warn(model, words_put(work, _("{0} is not filled in; write what belongs there"),
				    mem_strndup(work, at, length), NULL));
		at += length;
	}
}

static void check_attachment(struct model *model, const void *work)
{
	const struct compose *compose = &model->compose;
	char *word = attachment_mention(work, editor_text(compose->editor));
	if (word && compose->attachments.count == 0 && compose->attach_request == 0) {
		warn(model, words_put(work,
				    _("the text speaks of \"{0}\", and no file is with it "
				      "(a attaches one)"),
				    word, NULL));
	}
}

static void check_reading(struct model *model)
{
	if (model->compose.attach_request) {
		model->compose.review.is_blocked = true;
		warn(model, _("a file is still being read"));
	}
}

static void check_other_tickets(struct model *model, const void *work)
{
	const struct ticket_view *view = model->ticket.view;
	for (size_t i = 0; view && i < view->customer.history_count; i++) {
		const struct history_row *row = &view->customer.history[i];
		if (row->state == TICKET_OPEN && row->number != model->compose.ticket) {
			warn(model, words_put(work, _("the same customer waits in {0} too: {1}"),
					    words_number(work, row->number), row->subject, NULL));
		}
	}
}

static void check_size(struct model *model, const void *work)
{
	size_t size = strlen(editor_text(model->compose.editor));
	if (size > CHANGE_TEXT_MAX) {
		model->compose.review.is_blocked = true;
		warn(model, words_put(work,
				    _("the text has {0} kB, at most {1} kB can be sent; "
				      "shorten it"),
				    words_number(work, (int64_t)(size / 1024 + 1)),
				    words_number(work, CHANGE_TEXT_MAX / 1024), NULL));
	}
}

/* A note on the customer that is changed: whose it is must be known, and that it is still there. */
static void check_note(struct model *model, const void *work)
{
	struct compose *compose = &model->compose;
	const struct ticket_view *view = model->ticket.view;
	if (!view || model->ticket.number != compose->ticket) {
		compose->review.is_blocked = true;
		warn(model, _("the desk has not answered yet; try again in a moment"));
		return;
	}
	const struct customer_note *note = customer_note_of(view, compose->note);
	if (!note || note->removed) {
		warn(model, _("this note was taken away meanwhile"));
	} else if (compose->note_text && strcmp(note->text, compose->note_text) != 0) {
		warn(model, words_put(work, _("it was changed meanwhile, and says now: {0}"),
				    note->text, NULL));
	}
}

static void check_reply(struct model *model, const void *work)
{
	check_unseen(model, work);
	check_variables(model, work);
	check_attachment(model, work);
	check_other_tickets(model, work);
}

void review_check(struct model *model)
{
	struct review *review = &model->compose.review;
	void *work = mem_context(NULL);
	forget_warnings(review);
	if (review->refusal) {
		warn(model, words_put(work, _("not sent: {0}"), review->refusal, NULL));
	}
	if (editor_is_blank(model->compose.editor)) {
		review->is_blocked = true;
		warn(model, _("there is no text yet"));
	}
	check_size(model, work);
	check_reading(model);
	check_hold(model, work);
	if (model->compose.kind == DRAFT_REPLY) {
		check_reply(model, work);
	} else if (model->compose.note) {
		check_note(model, work);
	}
	talloc_free(work);
}
