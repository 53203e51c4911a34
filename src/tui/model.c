#include "tui/model.h"

#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/words.h"

#include <string.h>

/* What is told in lines is laid out for no screen. */
enum { PAPER_COLUMNS = 10000, PAPER_ROWS = 24 };

struct model *model_create(const void *mem, const struct model_options *options)
{
	struct model *model = mem_new(mem, struct model);
	model->actor = options->actor;
	model->now = options->now;
	model->started_at = options->now;
	model->columns = options->linear ? PAPER_COLUMNS : options->columns;
	model->rows = options->linear ? PAPER_ROWS : options->rows;
	model->calm = (struct calm_part){options->a11y, true, options->now};
	model->linear.is_on = options->linear;
	model->linear.ascii = options->ascii;
	model->linear.columns = options->columns;
	model->slow = options->slow;
	model->theme = options->theme ? options->theme : theme_find(NULL);
	model->theme_is_given = options->theme != NULL;
	model->keymap = options->keymap ? options->keymap : keymap_create(model);
	model->no_copy = options->no_copy;
	model->save_folder = mem_strdup(model, options->save_folder ? options->save_folder : ".");
	model->open_command =
		mem_strdup(model, options->open_command ? options->open_command : "xdg-open");
	model->zone = options->zone;
	model->zone.name = mem_strdup(model, options->zone.name ? options->zone.name : "UTC");
	if (options->zone.count) {
		model->zone.changes = mem_dup(model, options->zone.changes,
			options->zone.count * sizeof *options->zone.changes);
	}
	model->queue.filter_text = mem_strdup(model, "");
	model->find.words = mem_strdup(model, "");
	model->help_find = mem_strdup(model, "");
	model->compose.talk_top = -1;
	model->preview.is_wished = !options->linear;
	model->presence.terminal = mem_strdup(model, options->terminal);
	model->presence.is_stale = true;
	model->is_dirty = true;
	model->start.lack = options->lack;
	model->screen = options->lack ? SCREEN_START : SCREEN_QUEUE;
	return model;
}

void model_destroy(struct model *model)
{
	talloc_free(model);
}

bool screen_is_review(enum screen screen)
{
	return screen == SCREEN_REVIEW || screen == SCREEN_NOTE_REVIEW;
}

bool screen_is_writing(enum screen screen)
{
	return screen == SCREEN_COMPOSE || screen_is_review(screen);
}

void screen_show(struct model *model, enum screen screen)
{
	if (model->screen == screen) {
		return;
	}
	if (model->back_count == SCREENS_BACK) {
		model->back_count--;
		memmove(model->back, model->back + 1, model->back_count * sizeof *model->back);
	}
	model->back[model->back_count++] = model->screen;
	model->screen = screen;
	model->lists[screen] = (struct list_part){0};
}

void screen_back(struct model *model)
{
	enum screen first = model->start.lack ? SCREEN_START : SCREEN_QUEUE;
	model->screen = model->back_count ? model->back[--model->back_count] : first;
}

const struct operator_ *model_operator(const struct model *model)
{
	return model->directory ? directory_operator(model->directory, model->actor) : NULL;
}

const char *model_login(const struct model *model, int64_t operator_id)
{
	if (operator_id == 0) {
		return "";
	}
	if (operator_id == model->actor) {
		return _("you");
	}
	return model->directory ? directory_login_of(model->directory, operator_id) : "?";
}

/* Renewals are not in the feed: a row is asked for again when its claim should be over, and until
 * the answer is there the holder is taken for granted. */
enum { HOLDER_SLACK_MS = 5000 };

const struct claim *model_holder(const struct model *model, const struct ticket_row *row)
{
	const struct claim *claim = &row->claim;
	if (claim->operator_id == 0) {
		return NULL;
	}
	bool is_kept = claim->operator_id == model->actor && claims_get(model, row->ticket.number);
	return is_kept || model->now < claim->expires_at + HOLDER_SLACK_MS ? claim : NULL;
}

bool model_is_mine(const struct model *model, const struct ticket_row *row)
{
	const struct claim *claim = model_holder(model, row);
	return claim && claim->operator_id == model->actor;
}

static int64_t found_ticket(const struct model *model)
{
	size_t at = model->lists[SCREEN_FIND].cursor;
	return at < model->find.count ? model->find.rows[at]->row.ticket.number : 0;
}

static int64_t draft_ticket(const struct model *model)
{
	const struct drafts *drafts = model->shows_bin ? &model->bin : &model->drafts;
	size_t at = model->lists[SCREEN_DRAFTS].cursor;
	return at < drafts->count ? drafts->items[at].ticket : 0;
}

static int64_t open_ticket(const struct model *model)
{
	return model->ticket.number;
}

static int64_t composed_ticket(const struct model *model)
{
	return model->compose.ticket;
}

static int64_t (*const ticket_of[SCREENS])(const struct model *model) = {
	[SCREEN_QUEUE] = queue_selected,
	[SCREEN_TICKET] = open_ticket,
	[SCREEN_COMPOSE] = composed_ticket,
	[SCREEN_REVIEW] = composed_ticket,
	[SCREEN_NOTE_REVIEW] = composed_ticket,
	[SCREEN_FIND] = found_ticket,
	[SCREEN_DRAFTS] = draft_ticket,
	[SCREEN_OUTBOX] = outbox_ticket,
	[SCREEN_MEMOS] = memos_ticket,
	[SCREEN_SHIFT] = shift_ticket,
};

int64_t model_ticket(const struct model *model)
{
	return ticket_of[model->screen] ? ticket_of[model->screen](model) : 0;
}

int64_t model_work(const struct model *model)
{
	bool is_work = model->screen == SCREEN_TICKET || screen_is_writing(model->screen);
	return is_work ? model_ticket(model) : 0;
}

const struct ticket_row *model_row(const struct model *model, int64_t ticket)
{
	if (ticket && model->ticket.view && model->ticket.number == ticket) {
		return &model->ticket.view->row;
	}
	struct list_row *row = queue_find(model, ticket);
	if (row) {
		return &row->row;
	}
	for (size_t i = 0; i < model->find.count; i++) {
		if (model->find.rows[i]->row.ticket.number == ticket) {
			return &model->find.rows[i]->row;
		}
	}
	return NULL;
}

bool model_is_calm(const struct model *model)
{
	return model->calm.is_on && !model->calm.is_owed;
}

bool model_is_dirty(struct model *model)
{
	bool was = model->is_dirty;
	model->is_dirty = false;
	return was;
}

char *model_title(const struct model *model, const void *mem)
{
	const struct ticket_row *row = model_row(model, model_ticket(model));
	bool is_open = model->screen == SCREEN_TICKET || screen_is_writing(model->screen);
	if (!is_open || !row) {
		return mem_strdup(mem, "atende");
	}
	return mem_printf(
		mem, "atende: %lld %s", (long long)row->ticket.number, row->ticket.subject);
}

char *model_key(const struct model *model, const void *mem, const char *name)
{
	const struct command *command = console_command_find(name);
	const char *keys = keymap_first(model->keymap, model->screen, command);
	for (int screen = 0; screen < SCREENS && !keys; screen++) {
		keys = keymap_first(model->keymap, (enum screen)screen, command);
	}
	return keys ? mem_strdup(mem, keys) : mem_printf(mem, ":%s", name);
}

const struct command *model_help(const struct model *model)
{
	for (size_t i = 0; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		if (command->run == show_help &&
			keymap_first(model->keymap, model->screen, command)) {
			return command;
		}
	}
	return NULL;
}
