#include "base/mem.h"
#include "tui/act.h"
#include "tui/i18n.h"
#include "tui/model.h"
#include "tui/words.h"

/* In a conversation: the cursor of its parts, what is folded, words to be found. */

static bool is_in_sight(const struct model *model, const struct talk_part *part)
{
	const struct ticket_part *ticket = &model->ticket;
	return part->line >= ticket->top &&
	       part->line < ticket->top + (size_t)ticket_talk_rows(model);
}

/* From the cursor; from the edge of the screen when the cursor is out of sight or nowhere. */
static size_t part_beside(const struct model *model, bool is_forward)
{
	const struct ticket_part *ticket = &model->ticket;
	const struct talk *talk = ticket->talk;
	const struct talk_part *at = ticket_part(model);
	if (at && is_in_sight(model, at)) {
		return is_forward ? ticket->part + 1 : ticket->part - 1;
	}
	size_t bottom = ticket->top + (size_t)ticket_talk_rows(model);
	size_t below = 0;
	while (below < talk->part_count &&
		talk->parts[below].line < (is_forward ? ticket->top : bottom)) {
		below++;
	}
	return is_forward ? below + 1 : below;
}

static void go_to_part(struct model *model, bool is_forward)
{
	struct ticket_part *ticket = &model->ticket;
	if (!ticket->talk || ticket->talk->part_count == 0) {
		notice_say(model, _("there is nothing to open in this conversation"));
		return;
	}
	ticket->has_customer = false;
	size_t part = part_beside(model, is_forward);
	if (part == 0 || part > ticket->talk->part_count) {
		notice_say(model, is_forward ? _("nothing more to open further down")
					     : _("nothing more to open further up"));
		return;
	}
	ticket->part = part;
	ticket_show_line(model, ticket->talk->parts[part - 1].line);
}

void part_next(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	go_to_part(model, true);
}

void part_previous(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	go_to_part(model, false);
}

/* The line at the top stays there. */
static void lay_out_anew(struct model *model)
{
	talloc_free(model->ticket.talk);
	model->ticket.talk = NULL;
	model->ticket.is_at_end = false;
	ticket_layout(model);
}

static void toggle(struct model *model)
{
	struct ticket_part *ticket = &model->ticket;
	struct talk_place place = talk_part_place(ticket->talk, ticket->part - 1);
	talk_folds_toggle(&ticket->folds, model, &place);
	lay_out_anew(model);
}

void part_open(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	const struct talk_part *part = ticket_part(model);
	int64_t merged = model->ticket.view ? model->ticket.view->row.ticket.merged_into : 0;
	if (model->ticket.has_customer) {
		customer_enter(model, effects);
	} else if (!part && merged) {
		ticket_open_from_here(model, merged, effects);
	} else if (!part || !is_in_sight(model, part)) {
		go_to_part(model, true);
	} else if (part->kind == PART_FOLD) {
		toggle(model);
	} else if (part->kind == PART_FILE) {
		file_ask(model, part->file);
	} else {
		const char *text = model->ticket.talk->entries[part->entry].text + part->offset;
		char *link = mem_strndup(NULL, text, part->length);
		link_ask(model, link);
		talloc_free(link);
	}
}

void part_folds(struct model *model, const struct call *call, struct effects *effects)
{
	(void)call;
	(void)effects;
	struct ticket_part *ticket = &model->ticket;
	if (!ticket->talk) {
		return;
	}
	ticket->folds.all = !ticket->folds.all;
	ticket->folds.count = 0;
	notice_say(model, ticket->folds.all ? _("quoted lines and signatures are shown")
					    : _("quoted lines and signatures are folded"));
	lay_out_anew(model);
}

/* --- words --- */

static struct talk_place place_of_match(const struct talk *talk, const struct talk_match *match)
{
	const struct talk_entry *entry = &talk->entries[match->entry];
	return (struct talk_place){entry->kind, entry->id, (int64_t)match->offset};
}

/* Where the search goes on: behind the one before, when that is in sight, else at the top of the
 * screen. */
static struct talk_place search_from(const struct model *model)
{
	const struct ticket_part *ticket = &model->ticket;
	size_t line = talk_place_line(ticket->talk, &ticket->found);
	bool goes_on = ticket->found.id && line >= ticket->top &&
		       line < ticket->top + (size_t)ticket_talk_rows(model);
	struct talk_place from = goes_on ? ticket->found : ticket->top_place;
	from.offset += goes_on;
	return from;
}

static size_t next_match(const struct model *model, const struct talk_matches *matches)
{
	const struct talk *talk = model->ticket.talk;
	struct talk_place from = search_from(model);
	size_t entry = 0;
	while (entry < talk->entry_count &&
		(talk->entries[entry].id != from.id || talk->entries[entry].kind != from.kind)) {
		entry++;
	}
	size_t i = 0;
	while (i < matches->count &&
		(matches->items[i].entry < entry ||
			(matches->items[i].entry == entry &&
				(int64_t)matches->items[i].offset < from.offset))) {
		i++;
	}
	return i;
}

static void show_match(struct model *model, const struct talk_match *match)
{
	enum { CONTEXT = 3 };
	struct ticket_part *ticket = &model->ticket;
	ticket->has_customer = false;
	ticket->found = place_of_match(ticket->talk, match);
	size_t fold = talk_fold_of(ticket->talk, match->entry, match->offset);
	if (fold < ticket->talk->part_count) {
		struct talk_place place = talk_part_place(ticket->talk, fold);
		talk_folds_toggle(&ticket->folds, model, &place);
		lay_out_anew(model);
	}
	size_t line = talk_place_line(ticket->talk, &ticket->found);
	size_t rows = (size_t)ticket_talk_rows(model);
	ticket->part = 0;
	if (line < ticket->top || line >= ticket->top + rows) {
		long above = rows > CONTEXT * 2 ? CONTEXT : 0;
		ticket_scroll(model, (long)line - above - (long)ticket->top);
		ticket->is_at_end = false;
	}
}

static void find_words(struct model *model, const char *words)
{
	struct ticket_part *ticket = &model->ticket;
	void *work = mem_context(NULL);
	struct talk_matches matches = {0};
	if (ticket->talk) {
		matches = talk_find(work, ticket->talk, words, 0, ticket->talk->entry_count);
	}
	if (matches.count == 0) {
		ticket->found.id = 0;
		notice_fail(
			model, words_put(work, _("not in this conversation: {0}"), words, NULL));
		talloc_free(work);
		return;
	}
	size_t next = next_match(model, &matches);
	bool is_again = next == matches.count;
	next = is_again ? 0 : next;
	show_match(model, &matches.items[next]);
	notice_say(model, words_put(work,
				  is_again ? _("found {0} of {1}, from the beginning again")
					   : _("found {0} of {1}"),
				  words_number(work, (int64_t)next + 1),
				  words_number(work, (int64_t)matches.count), NULL));
	talloc_free(work);
}

static void words_typed(struct model *model, const struct prompt *prompt, const char *text,
	const struct prompt_item *item, struct effects *effects)
{
	(void)prompt;
	(void)item;
	(void)effects;
	struct ticket_part *ticket = &model->ticket;
	if (*text) {
		talloc_free(ticket->find);
		ticket->find = mem_strdup(model, text);
		ticket->found.id = 0;
	}
	if (ticket->find) {
		find_words(model, ticket->find);
	}
}

void find_in_talk(struct model *model, const struct call *call, struct effects *effects)
{
	if (*call->argument) {
		words_typed(model, NULL, call->argument, NULL, effects);
		return;
	}
	prompt_ask(model, prompt_create(model, PROMPT_LINE, _("find in the conversation:"), NULL,
				  words_typed));
}
