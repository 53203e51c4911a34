#include "tui/offer.h"

#include "tui/model.h"

struct situation {
	const struct model *model;
	const struct ticket_row *row; /* NULL: nothing is known of it */
	int64_t ticket;
};

static bool is_held_by_another(const struct situation *at)
{
	const struct claim *claim = at->row ? model_holder(at->model, at->row) : NULL;
	return claim && claim->operator_id != at->model->actor;
}

static bool is_answerable(const struct situation *at)
{
	return !is_held_by_another(at) && (!at->row || at->row->covered_by == 0);
}

static bool is_takeable(const struct situation *at)
{
	const struct held *held = claims_get(at->model, at->ticket);
	bool is_here = held && held->active_at;
	return is_answerable(at) && !is_here;
}

static bool is_mine(const struct situation *at)
{
	return claims_get(at->model, at->ticket) || (at->row && model_is_mine(at->model, at->row));
}

static bool is_answered(const struct situation *at)
{
	return !at->row || at->row->ticket.state != TICKET_OPEN;
}

static bool has_draft(const struct situation *at)
{
	const struct ticket_view *view = at->model->ticket.view;
	bool is_open = view && at->model->ticket.number == at->ticket;
	return (at->row && at->row->has_draft) || (is_open && view->draft_count) ||
	       drafts_has(at->model, at->ticket);
}

static bool takes_files(const struct situation *at)
{
	return at->model->compose.kind != DRAFT_CUSTOMER_NOTE_EDIT;
}

static bool is_handable(const struct situation *at)
{
	int64_t asked = at->model->memos.asked.ticket;
	return is_mine(at) || (asked && claims_get(at->model, asked));
}

static bool is_supervised(const struct situation *at)
{
	const struct operator_ *operator_ = model_operator(at->model);
	return is_held_by_another(at) && operator_ && operator_->role >= ROLE_SUPERVISOR;
}

static bool has_question(const struct situation *at)
{
	const struct ticket_view *view = at->model->ticket.view;
	for (size_t i = 0; view && i < view->question_count; i++) {
		if (view->questions[i].answered_at == 0) {
			return true;
		}
	}
	return false;
}

static bool has_undo(const struct situation *at)
{
	return at->model->now < at->model->undo.until_at;
}

static bool is_on_tour(const struct situation *at)
{
	return at->model->tour.step > 0;
}

static bool has_operators(const struct situation *at)
{
	return start_count(at->model) > 0;
}

static bool is_signed_out(const struct situation *at)
{
	return start_is_signed_out(at->model);
}

static bool (*const conditions[COMMAND_WHENS])(const struct situation *at) = {
	[WHEN_ANSWERABLE] = is_answerable,
	[WHEN_TAKEABLE] = is_takeable,
	[WHEN_MINE] = is_mine,
	[WHEN_ANSWERED] = is_answered,
	[WHEN_FILES] = takes_files,
	[WHEN_DRAFT] = has_draft,
	[WHEN_OTHERS] = is_held_by_another,
	[WHEN_HANDABLE] = is_handable,
	[WHEN_SUPERVISED] = is_supervised,
	[WHEN_QUESTION] = has_question,
	[WHEN_UNDO] = has_undo,
	[WHEN_TOUR] = is_on_tour,
	[WHEN_OPERATORS] = has_operators,
	[WHEN_SIGNED_OUT] = is_signed_out,
};

bool command_lacks_ticket(const struct model *model, const struct command *command, int64_t ticket)
{
	bool is_draft = command->when == WHEN_DRAFT && draft_selected(model);
	return command->needs_ticket && ticket == 0 && !is_draft;
}

bool command_is_apt(const struct model *model, const struct command *command, int64_t ticket)
{
	if (!(command->screens & ON(model->screen)) ||
		command_lacks_ticket(model, command, ticket)) {
		return false;
	}
	bool is_of_many = model->screen == SCREEN_QUEUE && model->queue.marked_count > 0;
	bool is_list = model->screen == SCREEN_DRAFTS || model->screen == SCREEN_SHIFT;
	bool is_of_one = !command->needs_ticket || !(is_of_many || is_list);
	struct situation at = {model, ticket ? model_row(model, ticket) : NULL, ticket};
	return !is_of_one || !conditions[command->when] || conditions[command->when](&at);
}
