#ifndef ATENDE_CLI_COMMANDS_H
#define ATENDE_CLI_COMMANDS_H

#include "cli/command.h"
#include "core/query.h"

/* The commands, one a line: declared here, listed in commands.c, written in cmd_*.c. */
extern const struct subcommand command_console, command_queue, command_show, command_search,
	command_next, command_log, command_new, command_receive, command_call, command_claim,
	command_release, command_reply, command_note, command_answers, command_drafts,
	command_drafts_save, command_drafts_discard, command_drafts_restore, command_drafts_adopt,
	command_wait, command_resolve, command_reopen, command_snooze, command_no_answer,
	command_discard, command_priority, command_subject, command_tag, command_untag,
	command_merge, command_split, command_undo, command_transfer, command_take_over,
	command_escalate, command_ask, command_answer_question, command_customer,
	command_customer_new, command_customer_edit, command_customer_address,
	command_customer_note, command_customer_note_edit, command_customer_merge, command_sign_in,
	command_sign_out, command_pause, command_resume, command_init, command_sample,
	command_operator, command_operator_set, command_team, command_team_set, command_calendar,
	command_calendar_set, command_target, command_target_set, command_reasons,
	command_reasons_set, command_answers_set, command_setting, command_setting_set,
	command_import, command_export, command_backup, command_doctor, command_completion,
	command_complete, command_keys, command_help, command_version, command_manual,
	command_attachment, command_preference, command_ask_for, command_hand_over, command_memo,
	command_memos, command_presence, command_operator_password, command_token,
	command_token_list, command_token_add, command_token_revoke;

/* What several of them print. */

/* The files of a text, a line each: number, name, size. */
void print_attachments(struct call *call, const struct attachment_list *list);

/* A customer: addresses, notes, tickets but the one of number `but`. */
void print_customer(struct call *call, const struct customer_view *view, int64_t but);

#endif
