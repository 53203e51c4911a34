#include "tui/complete.h"

#include "base/mem.h"
#include "base/text.h"
#include "core/preference.h"
#include "core/when.h"
#include "tui/fuzzy.h"
#include "tui/i18n.h"
#include "tui/look.h"
#include "tui/model.h"
#include "tui/words.h"

#include <string.h>

/* Candidates are gathered in their order and then sifted by what was typed. */

enum { CANDIDATES_MAX = 200, NEAR = 3 };

struct pen {
	const struct model *model;
	const void *mem;
	struct completion *out;
	int64_t ticket;
};

static void offer(struct pen *pen, const char *text, const char *detail)
{
	struct completion *out = pen->out;
	if (out->count == CANDIDATES_MAX) {
		return;
	}
	out->items = mem_grow(pen->mem, out->items, struct candidate, out->count + 1);
	out->items[out->count++] = (struct candidate){
		mem_strdup(pen->mem, text), mem_strdup(pen->mem, detail ? detail : "")};
}

/* --- what commands take --- */

static void offer_colleagues(struct pen *pen)
{
	const struct directory *directory = pen->model->directory;
	for (size_t i = 0; directory && i < directory->team_count; i++) {
		offer(pen, directory->teams[i].key, directory->teams[i].name);
	}
	for (size_t i = 0; directory && i < directory->operator_count; i++) {
		const struct operator_ *operator_ = &directory->operators[i];
		if (operator_->enabled && operator_->id != pen->model->actor) {
			offer(pen, operator_->login, operator_->name);
		}
	}
}

static void offer_receivers(struct pen *pen)
{
	const struct operator_ *actor = model_operator(pen->model);
	offer_colleagues(pen);
	if (actor && actor->role >= ROLE_SUPERVISOR) {
		offer(pen, "all", _("whom you supervise"));
	}
}

static void offer_reasons(struct pen *pen)
{
	const struct directory *directory = pen->model->directory;
	for (size_t i = 0; directory && i < directory->reason_count; i++) {
		if (directory->reasons[i].enabled) {
			offer(pen, directory->reasons[i].key, directory->reasons[i].name);
		}
	}
}

static void offer_orders(struct pen *pen)
{
	for (int order = 0; order < QUEUE_ORDERS; order++) {
		offer(pen, name_of(&queue_order_names, order),
			words_order((enum queue_order)order));
	}
}

static void offer_columns(struct pen *pen)
{
	for (int column = 1; column < QUEUE_COLUMNS; column++) {
		offer(pen, name_of(&queue_column_names, column), _(look_column_titles[column]));
	}
}

static void offer_themes(struct pen *pen)
{
	for (size_t i = 0; i < theme_count; i++) {
		offer(pen, themes[i].name, _(themes[i].title));
	}
}

static bool is_offered(const struct completion *out, const char *text)
{
	for (size_t i = 0; i < out->count; i++) {
		if (strcmp(out->items[i].text, text) == 0) {
			return true;
		}
	}
	return false;
}

static void offer_tags_of(struct pen *pen, const struct ticket_row *row)
{
	const char *at = row ? row->ticket.tags : "";
	for (at += strspn(at, " "); *at; at += strspn(at, " ")) {
		size_t length = strcspn(at, " ");
		char *tag = mem_strndup(pen->mem, at, length);
		if (!is_offered(pen->out, tag)) {
			offer(pen, tag, "");
		}
		at += length;
	}
}

static void offer_tags(struct pen *pen)
{
	for (size_t i = 0; i < pen->model->queue.count; i++) {
		offer_tags_of(pen, &pen->model->queue.rows[i]->row);
	}
}

static void offer_its_tags(struct pen *pen)
{
	offer_tags_of(pen, model_row(pen->model, pen->ticket));
}

static void offer_row(struct pen *pen, const struct ticket_row *row)
{
	char *number = words_number(pen->mem, row->ticket.number);
	if (!is_offered(pen->out, number)) {
		offer(pen, number,
			mem_printf(pen->mem, "%s  %s", row->customer_name, row->ticket.subject));
	}
}

static void offer_tickets(struct pen *pen)
{
	const struct model *model = pen->model;
	for (size_t i = 0; i < model->queue.count; i++) {
		offer_row(pen, &model->queue.rows[i]->row);
	}
	for (size_t i = 0; i < model->find.count; i++) {
		offer_row(pen, &model->find.rows[i]->row);
	}
}

static void offer_times(struct pen *pen)
{
	static const char *const times[] = {
		"30m", "1h", "3h", N_("tomorrow"), N_("next monday"), N_("friday")};
	struct when when = {.now = pen->model->now, .zone = &pen->model->zone};
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		struct error ignored = {0};
		int64_t at;
		if (when_parse(&when, _(times[i]), &at, &ignored)) {
			offer(pen, _(times[i]), words_when(pen->mem, when.zone, at, when.now));
		}
	}
}

static const struct {
	void (*offer)(struct pen *pen); /* NULL: nothing to offer */
	bool is_closed;			/* only what is offered will do */
	bool is_kept;			/* may be written down */
	const char *problem;		/* {0}: what was typed */
} kinds[ARGUMENT_KINDS] = {
	[ARGUMENT_TEXT] = {NULL, false, false, NULL},
	[ARGUMENT_FILTER] = {NULL, false, true, NULL},
	[ARGUMENT_COLLEAGUE] = {offer_colleagues, true, true,
		N_("there is no team or operator \"{0}\"; Tab lists them")},
	[ARGUMENT_MEMO] = {offer_receivers, false, false, NULL},
	[ARGUMENT_REASON] = {offer_reasons, true, true,
		N_("there is no reason \"{0}\"; Tab lists them")},
	[ARGUMENT_ORDER] = {offer_orders, true, true,
		N_("there is no order \"{0}\"; Tab lists them")},
	[ARGUMENT_COLUMNS] = {offer_columns, false, true, NULL},
	[ARGUMENT_THEME] = {offer_themes, true, true,
		N_("there are no colours \"{0}\"; Tab lists them")},
	[ARGUMENT_TAG] = {offer_tags, false, true, NULL},
	[ARGUMENT_ITS_TAG] = {offer_its_tags, true, true,
		N_("the ticket has no tag \"{0}\"; Tab lists those it has")},
	[ARGUMENT_TICKET] = {offer_tickets, false, true,
		N_("\"{0}\" is no number of a ticket; write its digits alone")},
	[ARGUMENT_TIME] = {offer_times, false, true, NULL},
};

bool complete_may_keep(const struct command *command)
{
	return !command->argument || kinds[command->takes].is_kept;
}

/* --- names --- */

static bool is_here(const struct model *model, const struct command *command)
{
	return command->screens & ON(model->screen);
}

static bool begins(const char *name, const char *typed)
{
	return strncmp(name, typed, strlen(typed)) == 0;
}

/* Those whose name begins so; all of them for "". An alias only where the name itself does not
 * begin with what was typed. */
static void offer_commands(struct pen *pen, const char *start, const char *typed)
{
	for (size_t i = 0; i < console_command_count; i++) {
		const struct command *command = &console_commands[i];
		if (is_here(pen->model, command) && begins(command->name, start)) {
			offer(pen, command->name, _(command->summary));
		}
	}
	for (size_t i = 0; *typed && i < command_alias_count; i++) {
		const struct command_alias *alias = &command_aliases[i];
		const struct command *command =
			begins(alias->alias, start) ? console_command_find(alias->alias) : NULL;
		if (command && !begins(command->name, typed) && is_here(pen->model, command)) {
			offer(pen, alias->alias, _(command->summary));
		}
	}
}

size_t complete_nearest(
	const struct model *model, const char *word, const char **names, size_t most)
{
	size_t count = 0;
	struct completion all = {0};
	void *work = mem_context(NULL);
	struct pen pen = {model, work, &all, 0};
	offer_commands(&pen, "", word);
	for (size_t distance = 0; distance < NEAR && count == 0; distance++) {
		for (size_t i = 0; i < all.count && count < most; i++) {
			const struct command *command = console_command_find(all.items[i].text);
			size_t apart = fuzzy_distance(word, all.items[i].text);
			apart = strncmp(word, all.items[i].text, strlen(word)) == 0 ? 1 : apart;
			if (apart == distance) {
				bool is_alias = strcmp(command->name, all.items[i].text) != 0;
				names[count++] =
					is_alias ? command_alias_of(command) : command->name;
			}
		}
	}
	talloc_free(work);
	return count;
}

/* --- sifting --- */

/* Those that begin with what was typed; when there are none, those that hold it anywhere. */
static void sift(struct completion *out, const char *typed)
{
	void *work = mem_context(NULL);
	char *wanted = text_fold(work, typed);
	size_t length = strlen(wanted);
	struct candidate *all = out->items;
	struct candidate *held = mem_array(work, struct candidate, out->count + 1);
	size_t begin = 0, holding = 0;
	for (size_t i = 0; i < out->count; i++) {
		char *text = text_fold(work, all[i].text);
		if (strncmp(text, wanted, length) == 0) {
			all[begin++] = all[i];
		} else if (fuzzy_score(
				   mem_printf(work, "%s\n%s", text, text_fold(work, all[i].detail)),
				   wanted)) {
			held[holding++] = all[i];
		}
	}
	out->is_exact = begin > 0;
	out->count = begin ? begin : holding;
	if (holding > 0 && begin == 0) {
		memcpy(all, held, holding * sizeof *all);
	}
	talloc_free(work);
}

/* Names are ASCII: most lines begin one, and the summaries of all others need not be looked at. */
static void offer_names(struct pen *pen, const char *line)
{
	char *folded = text_fold(NULL, line);
	offer_commands(pen, folded, line);
	if (pen->out->count == 0) {
		offer_commands(pen, "", line);
	}
	talloc_free(folded);
}

struct completion complete_line(const struct model *model, const void *mem, const char *line)
{
	struct completion out = {0};
	struct pen pen = {model, mem, &out, model_ticket(model)};
	size_t length = strcspn(line, " ");
	if (line[length] == '\0') {
		bool is_number = *line >= '0' && *line <= '9';
		if (is_number) {
			offer_tickets(&pen);
		} else {
			offer_names(&pen, line);
		}
		sift(&out, line);
		return out;
	}
	char *name = mem_strndup(mem, line, length);
	const struct command *command = console_command_find(name);
	out.start = length + strspn(line + length, " ");
	if (command && command->argument && kinds[command->takes].offer) {
		kinds[command->takes].offer(&pen);
		sift(&out, line + out.start);
	}
	return out;
}

/* --- checking --- */

/* What was offered under this text, or under this name. */
static char *find_offered(const struct completion *out, const void *mem, const char *argument)
{
	char *wanted = text_fold(NULL, argument);
	char *found = NULL;
	for (size_t i = 0; i < out->count && !found; i++) {
		char *text = text_fold(wanted, out->items[i].text);
		char *detail = text_fold(wanted, out->items[i].detail);
		if (strcmp(text, wanted) == 0 || strcmp(detail, wanted) == 0) {
			found = mem_strdup(mem, out->items[i].text);
		}
	}
	talloc_free(wanted);
	return found;
}

static bool is_ticket_number(const char *text)
{
	return *text && strspn(text, "0123456789") == strlen(text) && strlen(text) < 18;
}

char *complete_check(const struct model *model, const void *mem, const struct command *command,
	const char *argument, char **problem)
{
	if (!command->argument) {
		*problem = words_put(mem, _("{0} takes nothing behind its name; leave out \"{1}\""),
			command->name, argument, NULL);
		return NULL;
	}
	char *found = mem_strdup(mem, argument);
	if (kinds[command->takes].is_closed) {
		struct completion all = {0};
		struct pen pen = {model, mem, &all, model_ticket(model)};
		kinds[command->takes].offer(&pen);
		found = find_offered(&all, mem, argument);
	} else if (command->takes == ARGUMENT_TICKET && !is_ticket_number(argument)) {
		found = NULL;
	}
	if (!found) {
		*problem = words_put(mem, _(kinds[command->takes].problem), argument, NULL);
	}
	return found;
}
