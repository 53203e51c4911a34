#include "watch.h"

#include "base/mem.h"
#include "base/text.h"
#include "test.h"
#include "watch_texts.h"

#include <string.h>

/* A key's effect may come with the answer it waits for; so long the key is remembered. */
enum { SUBJECTS = 1024, SPOOL_MS = 500, READ_MS = 200 };

struct watch {
	/* The message being worked on. */
	enum msg_type type;
	uint64_t keys;
	int64_t now;
	bool is_replay; /* keys typed ahead come to their screen, or go on in a prompt of theirs */
	bool is_key_of_text; /* it may have altered the text as it liked */
	int64_t next;	     /* the ticket that the desk said is next */
	struct text before;  /* the text being written; ticket 0: none */
	struct text emptied; /* … of which nothing was left */

	/* The key that began what is going on, with its prompts. */
	const struct command *command; /* NULL: of no command; changes nothing */
	bool had_prompt;
	int64_t asked_at; /* when an answer of the desk asked something; 0: none did */
	bool is_any;	  /* … of a line or a list that can run any */
	enum screen screen;
	int64_t subjects[SUBJECTS];
	size_t subject_count;
	bool may_send;

	/* Where texts are. */
	struct texts spool, desk, bin, sent, removed;
	struct text opened; /* the text as it was when it was opened: a draft of the desk's */
	int64_t altered_at; /* 0: the spool has it */
};

struct watch *watch_create(const void *mem)
{
	return mem_new(mem, struct watch);
}

/* --- texts in places --- */

/* Where a crash of the console leaves it. */
static bool is_safe(const struct watch *watch, const struct text *text)
{
	return texts_hold(&watch->spool, text) || texts_hold(&watch->desk, text) ||
	       texts_hold(&watch->bin, text) || texts_hold(&watch->sent, text);
}

static bool is_somewhere(
	const struct watch *watch, const struct model *model, const struct text *text)
{
	const struct compose *compose = &model->compose;
	const struct draft *draft = drafts_find(model, text->ticket, text->kind);
	bool is_written =
		compose->ticket == text->ticket && strstr(editor_text(compose->editor), text->text);
	return is_written || (draft && strcmp(draft->text, text->text) == 0) ||
	       is_safe(watch, text);
}

/* --- before --- */

static void add_subject(struct watch *watch, int64_t ticket)
{
	if (ticket && watch->subject_count < SUBJECTS) {
		watch->subjects[watch->subject_count++] = ticket;
	}
}

static void note_subjects(struct watch *watch, const struct model *model)
{
	watch->subject_count = 0;
	add_subject(watch, model_ticket(model));
	for (size_t i = 0; i < model->queue.marked_count; i++) {
		add_subject(watch, model->queue.marked[i]->row.ticket.number);
	}
}

/* What the key would run on this screen; NULL for none, and for the first keys of a sequence. */
static const struct command *command_of(const struct model *model, const struct key *key)
{
	struct key keys[KEYS_PENDING + 1];
	size_t count = model->keys.pending_count % KEYS_PENDING;
	memcpy(keys, model->keys.pending, count * sizeof *keys);
	keys[count] = *key;
	const struct command *command = NULL;
	bool is_one = keymap_find(model->keymap, model->screen, keys, count + 1, &command) ==
		      KEYMAP_COMMAND;
	return is_one && !key->meta ? command : NULL;
}

static bool runs_any(const struct command *command)
{
	return command &&
	       (strcmp(command->name, "line") == 0 || strcmp(command->name, "palette") == 0);
}

static void note_key(struct watch *watch, const struct model *model, const struct key *key)
{
	watch->keys++;
	watch->is_key_of_text = model->screen == SCREEN_COMPOSE || watch->is_key_of_text;
	if (model->keys.awaited || model->prompt) {
		return; /* its answer, or the prompt that it goes to, is of an earlier key */
	}
	watch->command = command_of(model, key);
	watch->screen = model->screen;
	watch->is_any = runs_any(watch->command) || model->screen == SCREEN_HELP;
	watch->may_send = model->screen == SCREEN_HELP
				  ? screen_is_review(model->help_for)
				  : screen_is_review(model->screen) && watch->command;
	if (model->screen != SCREEN_HELP) { /* what it runs is for where it was called */
		note_subjects(watch, model);
	}
}

static enum draft_kind draft_of(enum change_kind kind)
{
	static const enum draft_kind drafts[CHANGE_KINDS] = {[CHANGE_REPLY] = DRAFT_REPLY,
		[CHANGE_NOTE] = DRAFT_NOTE,
		[CHANGE_CALL] = DRAFT_CALL,
		[CHANGE_ASK] = DRAFT_QUESTION,
		[CHANGE_ANSWER_QUESTION] = DRAFT_QUESTION_ANSWER,
		[CHANGE_CUSTOMER_NOTE] = DRAFT_CUSTOMER_NOTE,
		[CHANGE_TRANSFER] = DRAFT_TRANSFER,
		[CHANGE_ESCALATE] = DRAFT_ESCALATION,
		[CHANGE_MEMO] = DRAFT_MEMO,
		[CHANGE_CUSTOMER_NOTE_EDIT] = DRAFT_CUSTOMER_NOTE_EDIT};
	return drafts[kind];
}

/* A remark on a customer names no ticket: its draft does. */
static void note_texts_of(struct watch *watch, const struct model *model,
	const struct effect *effect, const struct result *results)
{
	for (size_t i = 0; i < effect->apply.count; i++) {
		const struct change *change = &effect->apply.changes[i];
		enum draft_kind kind = draft_of(change->kind);
		int64_t ticket = change->ticket ? change->ticket : model->jot.ticket;
		if (kind != DRAFT_NONE && change->text && results[i].ok) {
			texts_put(watch, &watch->sent, ticket, kind, change->text);
		}
	}
}

/* A reply taken back is written on at once. */
static void note_undone(
	struct watch *watch, const struct effect *effect, const struct result *results)
{
	if (effect->apply.changes[0].kind == CHANGE_UNDO && results[0].ok) {
		watch->next = results[0].ticket;
	}
}

/* What the desk has taken, it has from now on. */
static void note_response(struct watch *watch, const struct model *model, const struct msg *msg)
{
	const struct response *response = &msg->response;
	const struct effect *effect = response->effect;
	const struct draft *draft = &effect->draft;
	watch->is_replay = watch->is_replay || (model->keys.awaited && model->keys.ahead_count > 0);
	watch->is_key_of_text = watch->is_replay;
	if (effect->type == EFFECT_NEXT && response->ok) {
		watch->next = response->row.ticket.number;
		add_subject(watch, watch->next); /* of questions that follow */
	} else if (effect->type == EFFECT_APPLY && response->ok) {
		note_texts_of(watch, model, effect, response->results);
		note_undone(watch, effect, response->results);
	} else if (effect->type == EFFECT_DRAFT_SAVE && response->ok) {
		texts_put(watch, &watch->desk, draft->ticket, draft->kind, draft->text);
	} else if (effect->type == EFFECT_DRAFT_DISCARD && response->ok) {
		struct text *old = texts_find(&watch->desk, draft->ticket, draft->kind);
		if (old) {
			texts_put(watch, &watch->bin, draft->ticket, draft->kind, old->text);
			texts_drop(&watch->desk, draft->ticket, draft->kind);
		}
	}
}

void watch_before(struct watch *watch, const struct model *model, const struct msg *msg)
{
	const struct compose *compose = &model->compose;
	watch->type = msg->type;
	watch->had_prompt = model->prompt != NULL;
	watch->now = msg->now;
	watch->is_replay = watch->is_replay && (model->prompt || model->keys.awaited);
	watch->is_key_of_text = msg->type == MSG_PASTE || msg->type == MSG_EDITED;
	watch->next = 0;
	talloc_free(watch->before.text);
	watch->before = (struct text){0};
	watch->emptied = (struct text){0};
	if (compose->ticket && compose_is_empty(model)) {
		watch->emptied = (struct text){compose->ticket, compose->kind, NULL};
	} else if (compose->ticket) {
		watch->before = (struct text){compose->ticket, compose->kind,
			mem_strdup(watch, editor_text(compose->editor))};
	}
	if (msg->type == MSG_KEY) {
		note_key(watch, model, &msg->key);
	} else if (msg->type == MSG_RESPONSE) {
		note_response(watch, model, msg);
	}
}

/* --- effects --- */

/* Where it happened, and what began it. */
static void print_where(const struct watch *watch)
{
	static const char *const types[MSG_TYPES] = {[MSG_KEY] = "a key",
		[MSG_PASTE] = "a paste",
		[MSG_RESIZE] = "another size",
		[MSG_TICK] = "the clock",
		[MSG_FEED] = "the feed",
		[MSG_RESPONSE] = "an answer"};
	print_error("  after %s, begun by %s on screen %d\n",
		types[watch->type] ? types[watch->type] : "something",
		watch->command ? watch->command->name : "no command", (int)watch->screen);
}

static void complain(const struct watch *watch, const struct change *change, const char *what)
{
	print_error("%s: %s of %lld\n", what, change_kinds[change->kind].name,
		(long long)change->ticket);
	print_where(watch);
	fail();
}

static void print_text(const char *place, const struct text *text)
{
	if (text) {
		print_error("  %s: \"%s\"\n", place, text->text);
	}
}

static void complain_text(const struct watch *watch, const struct model *model,
	const struct text *text, const char *what)
{
	const struct draft *draft = drafts_find(model, text->ticket, text->kind);
	print_error("%s: %lld \"%s\"\n", what, (long long)text->ticket, text->text);
	print_where(watch);
	print_error("  draft: \"%s\"\n", draft ? draft->text : "none");
	print_text("spool", texts_find(&watch->spool, text->ticket, text->kind));
	print_text("desk", texts_find(&watch->desk, text->ticket, text->kind));
	print_text("bin", texts_find(&watch->bin, text->ticket, text->kind));
	print_text("sent", texts_find(&watch->sent, text->ticket, text->kind));
	print_text("written", &watch->before);
	fail();
}

/* Of several keys that come at once to the screen they waited for, each has its own. */
static bool is_subject(const struct watch *watch, int64_t ticket)
{
	bool is_it = ticket == 0 || ticket == watch->next || watch->is_replay;
	for (size_t i = 0; i < watch->subject_count && !is_it; i++) {
		is_it = watch->subjects[i] == ticket;
	}
	return is_it;
}

/* Commands that open something, and by it, once asked, this kind of change alone. */
static bool may_change(const struct command *command, enum change_kind kind)
{
	static const struct {
		const char *name;
		enum change_kind kind;
	} pairs[] = {{"continue", CHANGE_CLAIM}, {"open-part", CHANGE_CUSTOMER_NOTE_EDIT}};
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		if (pairs[i].kind == kind && strcmp(command->name, pairs[i].name) == 0) {
			return true;
		}
	}
	return false;
}

/* Going on with a text, or adopting one, takes its ticket; leaving the pause is its change. */
static bool says_so(const struct watch *watch, const struct change *change)
{
	const struct command *command = watch->command;
	enum change_kind kind = change->kind;
	bool is_next = kind == CHANGE_CLAIM && change->ticket == watch->next;
	return watch->is_any || watch->is_replay || is_next ||
	       (command && (command->is_change || may_change(command, kind)));
}

static void check_send(struct watch *watch, const struct change *change)
{
	bool is_replayed = watch->is_replay && watch->before.ticket;
	if (!watch->may_send && !is_replayed) {
		complain(watch, change, "sent without a review");
	}
	if (!watch->before.text || strcmp(watch->before.text, change->text) != 0) {
		complain(watch, change, "another text was sent");
	}
	watch->may_send = false;
}

/* What is about all that one holds, or has just done, and names no ticket. */
static bool is_of_all(const struct watch *watch, const struct change *change)
{
	const char *name = watch->command ? watch->command->name : "";
	return change->kind == CHANGE_UNDO || strcmp(name, "undo") == 0 ||
	       strcmp(name, "sign-out") == 0 ||
	       (change->kind == CHANGE_RELEASE && strcmp(name, "pause") == 0);
}

/* The claim of the reply that is being written, once the desk can be asked again. */
static bool is_asked_again(const struct watch *watch, const struct change *change)
{
	bool is_of_text =
		watch->before.ticket == change->ticket || watch->emptied.ticket == change->ticket;
	bool is_link = watch->type == MSG_LINK || watch->type == MSG_RESPONSE;
	return change->kind == CHANGE_CLAIM && is_of_text && is_link;
}

static void check_change(struct watch *watch, const struct change *change)
{
	bool is_retry = !uuid_is_zero(&change->id) || is_asked_again(watch, change);
	/* Time worked is told by itself; the first sign-in of a day, too; how somebody likes his
	 * list to look alters no ticket. */
	if (change->kind == CHANGE_WORKED || change->kind == CHANGE_SIGN_IN ||
		change->kind == CHANGE_PREFERENCE || is_retry) {
		return;
	}
	if (watch->type != MSG_KEY && watch->type != MSG_RESPONSE) {
		complain(watch, change, "changed by itself");
	}
	if (watch->asked_at && watch->now - watch->asked_at < READ_MS) {
		complain(watch, change, "changed by a key before its question could be read");
	}
	if (!says_so(watch, change)) {
		complain(watch, change, "changed without a command");
	}
	if (change->kind == CHANGE_REPLY || change->kind == CHANGE_NOTE) {
		check_send(watch, change);
	}
	if (!is_of_all(watch, change) && !is_subject(watch, change->ticket)) {
		complain(watch, change, "changed another ticket");
	}
}

/* What goes out of the spool: at the end of the update it must be safe elsewhere. */
static void note_removal(struct watch *watch, const struct draft *draft)
{
	const struct text *emptied = &watch->emptied;
	struct text *spooled = texts_find(&watch->spool, draft->ticket, draft->kind);
	bool is_thrown_away = watch->command && strcmp(watch->command->name, "throw-away") == 0;
	bool is_emptied = emptied->ticket == draft->ticket && emptied->kind == draft->kind;
	if (spooled && !is_thrown_away && !is_emptied && !text_is_blank(spooled->text)) {
		texts_put(watch, &watch->removed, draft->ticket, draft->kind, spooled->text);
	}
	texts_drop(&watch->spool, draft->ticket, draft->kind);
}

/* The operator took all words out of the line himself; it may be left by now. */
static bool is_emptied_line(const struct model *model, const struct text *text)
{
	const struct jot *jot = &model->jot;
	bool is_it = jot->ticket == text->ticket || jot->ticket == 0;
	return is_it && jot->kind == text->kind && text_is_blank(jot->text ? jot->text : "");
}

static void check_removed(struct watch *watch, const struct model *model)
{
	while (watch->removed.count > 0) {
		const struct text *text = &watch->removed.items[0];
		if (!is_safe(watch, text) && !is_emptied_line(model, text)) {
			complain_text(
				watch, model, text, "removed from the spool, and nowhere else");
		}
		texts_drop(&watch->removed, text->ticket, text->kind);
	}
}

void watch_effect(struct watch *watch, const struct effect *effect)
{
	if (effect->type == EFFECT_APPLY) {
		for (size_t i = 0; i < effect->apply.count; i++) {
			check_change(watch, &effect->apply.changes[i]);
		}
	} else if (effect->type == EFFECT_SPOOL_SAVE) {
		texts_put(watch, &watch->spool, effect->draft.ticket, effect->draft.kind,
			effect->draft.text);
	} else if (effect->type == EFFECT_SPOOL_REMOVE) {
		note_removal(watch, &effect->draft);
	}
}

/* --- after --- */

static void check_text(const struct watch *watch, const struct model *model)
{
	const struct compose *compose = &model->compose;
	const struct text *text = &watch->before;
	bool is_still = compose->ticket == text->ticket && compose->kind == text->kind;
	bool is_thrown_away = watch->command && strcmp(watch->command->name, "throw-away") == 0;
	if (text->ticket && !(is_still && watch->is_key_of_text) && !is_thrown_away &&
		!is_somewhere(watch, model, text)) {
		complain_text(watch, model, text, "lost");
	}
}

static bool is_spooled(const struct watch *watch, const struct model *model)
{
	const struct compose *compose = &model->compose;
	const struct text *spooled = texts_find(&watch->spool, compose->ticket, compose->kind);
	if (!compose->ticket) {
		return true;
	}
	const struct text *opened = &watch->opened;
	bool is_as_opened = opened->text && strcmp(opened->text, editor_text(compose->editor)) == 0;
	return is_as_opened || compose->is_editing || compose->send_request ||
	       compose_is_empty(model) ||
	       (spooled && strcmp(spooled->text, editor_text(compose->editor)) == 0);
}

void watch_spooled(struct watch *watch, const struct model *model)
{
	if (!is_spooled(watch, model)) {
		print_error("not spooled: %lld \"%s\"\n", (long long)model->compose.ticket,
			editor_text(model->compose.editor));
		fail();
	}
}

/* Half a second after the key the spool has the text. */
static void check_spool(struct watch *watch, const struct model *model)
{
	if (is_spooled(watch, model)) {
		watch->altered_at = 0;
	} else if (!watch->altered_at) {
		watch->altered_at = watch->now;
	} else if (watch->type == MSG_TICK && watch->now - watch->altered_at > SPOOL_MS) {
		watch_spooled(watch, model);
	}
}

static void note_opened(struct watch *watch, const struct compose *compose)
{
	struct text *opened = &watch->opened;
	if (opened->ticket != compose->ticket || opened->kind != compose->kind) {
		talloc_free(opened->text);
		*opened = (struct text){compose->ticket, compose->kind,
			compose->ticket ? mem_strdup(watch, editor_text(compose->editor)) : NULL};
	}
}

/* A question of the desk's is answered by who could read it; it says what it is about. */
static void note_question(struct watch *watch, const struct model *model)
{
	if (!model->prompt) {
		watch->asked_at = 0;
	} else if (watch->type == MSG_RESPONSE && !watch->had_prompt && !watch->is_replay) {
		watch->asked_at = watch->now;
		watch->is_any = true;
		watch->may_send = false;
		watch->subject_count = 0;
		add_subject(watch, model->prompt->change.ticket);
	}
}

/* Opened by keys that were typed ahead: the ticket it is for came with the answer they waited for.
 */
static void note_help(struct watch *watch, const struct model *model)
{
	if (watch->is_replay && model->screen == SCREEN_HELP) {
		add_subject(watch, model->help_ticket);
	}
}

void watch_after(struct watch *watch, const struct model *model)
{
	note_question(watch, model);
	note_help(watch, model);
	note_opened(watch, &model->compose);
	if (model->is_leaving) {
		watch_spooled(watch, model); /* there is no later */
	}
	check_removed(watch, model);
	check_text(watch, model);
	check_spool(watch, model);
}

uint64_t watch_keys(const struct watch *watch)
{
	return watch->keys;
}
