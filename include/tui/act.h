#ifndef ATENDE_TUI_ACT_H
#define ATENDE_TUI_ACT_H

#include "core/change.h"
#include "tui/command.h"
#include "tui/effect.h"
#include "tui/prompt.h"

#include <stdint.h>

/*
 * Commands that alter tickets. In the queue with marks they are for the marked ones, after asking,
 * and can be taken back as one.
 */
struct model;
struct prompt;

/* Applies the change (kind and fields; the ticket is put in) and says what became of it. */
void act_on(
	struct model *model, const struct change *change, int64_t ticket, struct effects *effects);

/* The ticket that a text for such a change is kept with: the first of the marked ones. */
int64_t act_first(const struct model *model, int64_t ticket);

/* Changes that differ, each of its ticket, as one: said together, taken back together. */
void act_on_each(
	struct model *model, const struct change *changes, size_t count, struct effects *effects);

/* The same for a change on change.customer. */
void act_on_customer(struct model *model, const struct change *change, struct effects *effects);

/* Asks for the reason first, where the desk has any: for resolve and for a reply that resolves. */
void reason_ask(
	struct model *model, const struct change *change, int64_t parent, struct effects *effects);

/* Asks what to do with a file of the open ticket, with a link. */
void file_ask(struct model *model, const struct attachment *file);
void link_ask(struct model *model, const char *link);

/* Asks what to do with a note that stays with a customer. */
void customer_note_ask(struct model *model, const struct customer_note *note);

/* Puts the operators but this one into the list of a prompt, with where they are; items of that
 * kind. */
void colleagues_offer(const struct model *model, struct prompt *prompt, int kind);

/* Ends the program; texts are saved, claims live on. */
void console_leave(struct model *model, struct effects *effects);
prompt_done_fn console_leave_asked; /* leaves after a yes */

/* --- the functions of the table, by file --- */

command_fn move_down, move_up, move_page_down, move_page_up, move_home, move_end, move_open,
	move_back, move_quit, move_next_ticket, move_previous_ticket, move_next_tab, talk_up,
	talk_down;
command_fn show_list, show_filter, show_find, show_pane, show_order, show_reload, show_drafts,
	show_bin, show_messages, show_help, show_line, show_palette, look_columns, look_theme;
command_fn part_next, part_previous, part_open, part_folds, find_in_talk, file_by_number;
command_fn copy_number, copy_address, copy_message, copy_link;
command_fn show_all, show_outbox, outbox_drop, show_memos;
command_fn day_leave;
command_fn mark_one, mark_all;
command_fn claim_take, claim_release, claim_next, claim_again, claim_separately, claim_take_over;
command_fn write_reply, write_note, write_continue, write_answer, write_customer_note, write_call,
	write_editor, write_complete, write_put_away;
command_fn state_wait, state_resolve, state_snooze, state_no_answer, state_reopen, state_discard;
command_fn memo_write, memo_write_about, memo_answer, ticket_ask_for, ticket_hand_over;
command_fn team_transfer, team_share, team_ask, team_answer, team_escalate, team_merge, team_split;
command_fn set_priority, set_tag, untag, set_subject;
command_fn review_wait, review_resolve, review_stay_open, review_edit, review_to_note, review_keep,
	review_recipients, review_attach, review_discard, write_review;
command_fn day_pause, day_resume, day_shift, day_sign_out;
command_fn undo_last, term_repaint_all, term_suspend, term_cancel;

#endif
