#ifndef ATENDE_CORE_DIRECTORY_H
#define ATENDE_CORE_DIRECTORY_H

#include "base/error.h"
#include "core/calendar.h"
#include "core/ticket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a desk knows besides its tickets: operators, teams, reasons, answers, targets, settings.
 * Small, loaded whole, read-only; a newer one replaces it. All on one talloc context.
 */

enum role { ROLE_NONE, ROLE_OPERATOR, ROLE_SUPERVISOR, ROLE_ADMIN };

/* What an operator chose for himself: core/preference.h. */
struct preference {
	char *name;
	char *value;
};

struct operator_ { /* "operator" is a word of C++, and editors colour it */
	int64_t id;
	char *login; /* lower case, [a-z0-9._-]+ */
	char *name;
	enum role role;
	bool enabled;
	size_t team_count;
	int64_t *teams;	   /* ascending */
	int64_t paused_at; /* 0: not in a pause */
	char *pause_reason;
	int64_t signed_in_at; /* 0: signed out */
	int64_t worked_until; /* end of the last handle span */
	size_t preference_count;
	struct preference *preferences; /* those that were set */
};

struct team {
	int64_t id;
	char *key; /* one word, for command line and filter: "entrega" */
	char *name;
	int64_t calendar;    /* 0: day and night */
	int64_t question_ms; /* working time to answer another team's question; 0: no clock */
};

struct reason {
	int64_t id;
	int64_t parent; /* 0: top */
	char *key;
	char *name;
	bool enabled;
};

struct answer {
	int64_t id;
	char *key; /* shortcut typed after ';' */
	char *name;
	char *text;   /* with {{variables}}: core/template.h */
	int64_t team; /* 0: everybody's */
	bool enabled;
};

/* Working time allowed. The most specific row counts: team, then channel, then priority; 0 is any.
 */
struct target {
	int64_t team;
	enum channel channel;
	enum priority priority;
	int64_t first_answer_ms, next_answer_ms, resolution_ms; /* 0: no target */
};

struct settings {
	char *desk_name;
	char *language;		 /* of texts we write to customers: "pt_BR", "en" */
	int64_t claim_ms;	 /* a lease without renewal: 120 s */
	int64_t claim_idle_ms;	 /* renewed only this long after the last key: 10 min */
	int64_t claim_grace_ms;	 /* after a hang-up: 5 min */
	int64_t max_claims;	 /* an operator: 5 */
	int64_t reopen_ms;	 /* a customer's message reopens a resolved ticket: 7 days */
	int64_t auto_resolve_ms; /* waiting without a customer's message: 5 days */
	int64_t undo_ms;	 /* a reply waits this long before it goes out: 10 s */
	int64_t bin_ms;		 /* discarded drafts stay: 7 days */
	int64_t idle_ms;	 /* handle time stops after: 60 s */
	int64_t max_attachment;	 /* bytes of a file: 25 MB */
	bool delivery;		 /* this desk sends mail */
	int64_t session_idle_ms; /* a session that is not used ends after: 12 h */
	int64_t session_age_ms;	 /* … and however it is used: 30 days */
};

/* The settings that `setting` changes may set: name, kind, default. */
enum setting_type { SETTING_TEXT, SETTING_DURATION, SETTING_INT, SETTING_BYTES, SETTING_BOOL };
struct setting_info {
	const char *name;
	enum setting_type type;
	size_t offset; /* in struct settings */
	const char *initial;
	int64_t least, most; /* of durations (ms), numbers and sizes (bytes) */
	const char *summary; /* N_() */
};
extern const struct setting_info setting_infos[];
extern const size_t setting_info_count;

/* All defaults. */
void settings_init(const void *mem, struct settings *settings);
/* Sets one by name from text; INVALID for an unknown name or a bad value. */
bool settings_set(const void *mem, struct settings *settings, const char *name, const char *value,
	struct error *err);

/* A calendar as it is kept; core/calendar.h has what it means. */
struct calendar_row {
	int64_t id;
	char *key;
	char *zone;	/* IANA name */
	char *hours;	/* calendar_parse_hours */
	char *holidays; /* calendar_parse_holidays */
};

struct directory {
	struct settings settings;
	size_t operator_count, team_count, reason_count, answer_count, target_count, calendar_count;
	struct operator_ *operators;
	struct team *teams;
	struct reason *reasons;
	struct answer *answers;
	struct target *targets;
	struct calendar *calendars;	    /* as they are applied … */
	struct calendar_row *calendar_rows; /* … and as they are kept, in the same order */
	int64_t revision;		    /* as of this change */
};

/* NULL (or "" for names) when there is none. Keys and logins are compared exactly. */
const struct operator_ *directory_operator(const struct directory *directory, int64_t id);
const struct operator_ *directory_login(const struct directory *directory, const char *login);
const struct team *directory_team(const struct directory *directory, int64_t id);
const struct team *directory_team_key(const struct directory *directory, const char *key);
const struct reason *directory_reason(const struct directory *directory, int64_t id);
const struct reason *directory_reason_key(const struct directory *directory, const char *key);
const struct answer *directory_answer(const struct directory *directory, int64_t id);
const struct answer *directory_answer_key(const struct directory *directory, const char *key);
const struct calendar *directory_calendar(const struct directory *directory, int64_t id);
const char *directory_login_of(const struct directory *directory, int64_t id);

/* The allowances for a ticket, each the most specific that is set. */
struct target directory_target(const struct directory *directory, int64_t team,
	enum channel channel, enum priority priority);

/* The calendar of a team, NULL for day and night. */
const struct calendar *directory_team_calendar(const struct directory *directory, int64_t team);

bool operator_in_team(const struct operator_ *operator_, int64_t team);

#endif
