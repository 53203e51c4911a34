#ifndef ATENDE_CLI_CALL_H
#define ATENDE_CLI_CALL_H

#include "base/error.h"
#include "base/profile.h"
#include "cli/arguments.h"
#include "cli/cli.h"
#include "codec/json.h"
#include "core/calendar.h"
#include "core/change.h"
#include "core/directory.h"
#include "store/store.h"

#include <libintl.h>
#include <stdbool.h>
#include <stdint.h>

/* Translation, at the edge. */
#define _(text) gettext(text)

/*
 * One run of one command: what it was given, the desk it works on, where it prints. Everything it
 * makes lives on mem and goes with it.
 */
struct call {
	struct cli *cli;
	void *mem;
	struct arguments arguments;
	bool json;
	int status;			   /* of a run that succeeded; 0 */
	struct store *store;		   /* after call_open */
	const struct directory *directory; /* after call_open: as of then */
	struct profile profile;		   /* after call_profile, call_open */
	struct store_options options;	   /* that the desk was opened with */
	bool wants_copy;		   /* a console: goes on without its server */
	struct zone zone;		   /* of the reader */
	const char *desk, *as;		   /* chosen on the start screen; NULL: as given */
	const struct json *failure;	   /* with --json: what tells more than the error */
	const char *hints;		   /* lines to be said after the error */
};

/* --- what was given --- */

const char *call_value(const struct call *call, const char *option); /* NULL: not given */
bool call_flag(const struct call *call, const char *option);
const char *call_operand(const struct call *call, size_t index); /* NULL: not given */
/* Checked when parsed, so they cannot fail; 0 when not given. */
int64_t call_number(const struct call *call, const char *option);
int64_t call_ticket(const struct call *call); /* the first operand */
int64_t call_operand_number(const struct call *call, size_t index);
int call_name(const struct call *call, const char *option);
int call_operand_name(const struct call *call, size_t index);
int64_t call_span(const struct call *call, const char *option);
/* Instants: RFC 3339; "2026-12-01", "2026-12-01 14:00" and "14:00" (the next such) in the reader's
 * zone; a span from now. */
bool call_time(struct call *call, const char *option, int64_t *at, struct error *err);
/* A time to come, as people say it (core/when.h), by the working hours of a ticket. */
bool call_when(
	struct call *call, const char *option, int64_t ticket, int64_t *at, struct error *err);

/* Words of the desk as ids; true and 0 when not given, NOT_FOUND for an unknown one. "none" as a
 * team is TEAM_NONE. */
bool call_team(struct call *call, const char *option, int64_t *id, struct error *err);
bool call_operator(struct call *call, const char *option, int64_t *id, struct error *err);
bool call_reason(struct call *call, const char *option, int64_t *id, struct error *err);
/* A customer by number or address. */
bool call_customer(struct call *call, const char *text, int64_t *id, struct error *err);

/* The text of -F or -m, made clean, with a warning when it had to be; *text NULL when neither was
 * given and it is not needed. Trailing blank lines go. */
bool call_text(struct call *call, bool needed, const char **text, struct error *err);

/* The files of --attach, their content in the desk; *list on the call. After call_open. */
bool call_attachments(struct call *call, struct attachment_list *list, struct error *err);

/* --- the desk --- */

/* Which desk and who acts: command line, environment, configuration, what is usual. */
bool call_profile(struct call *call, struct error *err);
/* Opens it and acts as that operator. */
bool call_open(struct call *call, struct error *err);
/* Opens it for care: nobody acts. */
bool call_open_desk(struct call *call, struct error *err);
/* Makes a desk in a file, with its first admin, and has it open; what is there already is never
 * touched. The other one is full of made-up things, and acts as its admin. */
bool call_make(struct call *call, const char *path, const char *creator, struct error *err);
bool call_make_sample(struct call *call, const char *path, struct error *err);
/* Opens it for the console; what is missing is asked for, where there is a screen to ask on.
 * *is_left: whoever was asked left instead, by the status of the call. */
bool call_begin(struct call *call, bool *is_left, struct error *err);
/*
 * Signs in to the server that the profile names, keeps the token for the next time
 * (base/token_file.h) and acts for that operator from now on; the desk is not opened. INVALID,
 * reason "not_here", for a file.
 */
bool call_sign_in(struct call *call, const char *login, const char *password, struct error *err);
/* Ends the session, if there is one that was kept, and forgets it. */
bool call_sign_out(struct call *call, struct error *err);
/* The desk is a server's, not a file. */
bool call_has_server(const struct call *call);
/* Where the token to be known by comes from: ATENDE_TOKEN, token_command, or a sign-in that was
 * kept; *token NULL: from nowhere. On the call. */
bool call_token(struct call *call, const char **token, struct error *err);

/* The directory anew, after a change of it. */
bool call_directory(struct call *call, struct error *err);
/* Opens it, and asks for this role at least. */
bool call_open_role(struct call *call, enum role role, struct error *err);

/* --- changing --- */

/* A line to be said after the error, if this call fails. */
void call_hint(struct call *call, const char *text);

/* A change by the acting operator, with --change-id or an id of its own. */
struct change call_change(struct call *call, enum change_kind kind);
/* Applies one; a refusal names the holder of its ticket. *result may be NULL. */
bool call_apply(
	struct call *call, const struct change *change, struct result *result, struct error *err);
/* Prints what became of it: with --json the result, else `done` ({0} the ticket or customer, {1}
 * the revision, {2} `extra`), translated already. */
void call_done(struct call *call, const struct result *result, const char *done, const char *extra);
/* Both. */
bool call_apply_done(
	struct call *call, const struct change *change, const char *done, struct error *err);
/* A change of the ticket that is the first operand. */
bool call_ticket_change(
	struct call *call, struct change *change, const char *done, struct error *err);

#endif
