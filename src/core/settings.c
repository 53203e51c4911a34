#include "base/bytes.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/mem.h"
#include "core/directory.h"
#include "core/problem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SETTING(member) offsetof(struct settings, member)

enum { CLAIMS_MOST = 1000, FILE_MOST = 500 * 1024 * 1024 };
#define SPAN_MOST (400 * (int64_t)MS_DAY)

const struct setting_info setting_infos[] = {
	{"desk_name", SETTING_TEXT, SETTING(desk_name), "", 0, 0,
		N_("name of the desk, for texts to customers")},
	{"language", SETTING_TEXT, SETTING(language), "pt_BR", 0, 0,
		N_("language of texts written to customers")},
	{"claim", SETTING_DURATION, SETTING(claim_ms), "120s", MS_SECOND, SPAN_MOST,
		N_("a claim without renewal ends after")},
	{"claim_idle", SETTING_DURATION, SETTING(claim_idle_ms), "10m", MS_SECOND, SPAN_MOST,
		N_("a claim is renewed this long after the last key")},
	{"claim_grace", SETTING_DURATION, SETTING(claim_grace_ms), "5m", 0, SPAN_MOST,
		N_("a claim lives on this long after a hang-up")},
	{"max_claims", SETTING_INT, SETTING(max_claims), "5", 1, CLAIMS_MOST,
		N_("tickets that one operator may hold at a time")},
	{"reopen", SETTING_DURATION, SETTING(reopen_ms), "7d", 0, SPAN_MOST,
		N_("a message reopens a ticket that was resolved less than this ago")},
	{"auto_resolve", SETTING_DURATION, SETTING(auto_resolve_ms), "5d", MS_MINUTE, SPAN_MOST,
		N_("a ticket that waits for the customer is resolved after")},
	{"undo", SETTING_DURATION, SETTING(undo_ms), "10s", 0, SPAN_MOST,
		N_("a reply can be undone for")},
	{"bin", SETTING_DURATION, SETTING(bin_ms), "7d", 0, SPAN_MOST,
		N_("a draft thrown away is kept for")},
	{"idle_after", SETTING_DURATION, SETTING(idle_ms), "60s", MS_SECOND, SPAN_MOST,
		N_("handle time stops this long after the last key")},
	{"max_attachment", SETTING_BYTES, SETTING(max_attachment), "25 MB", 1, FILE_MOST,
		N_("a file on a ticket may have up to")},
	{"delivery", SETTING_BOOL, SETTING(delivery), "no", 0, 0, N_("this desk sends mail")},
	{"session_idle", SETTING_DURATION, SETTING(session_idle_ms), "12h", 5 * MS_MINUTE,
		SPAN_MOST, N_("who signed in to the server and does nothing is signed out after")},
	{"session_age", SETTING_DURATION, SETTING(session_age_ms), "30d", 5 * MS_MINUTE, SPAN_MOST,
		N_("who signed in to the server signs in again after")},
};
const size_t setting_info_count = ARRAY_LEN(setting_infos);

static bool set_number(
	const struct setting_info *info, const char *value, int64_t *at, struct error *err)
{
	int64_t number;
	bool ok;
	if (info->type == SETTING_DURATION) {
		ok = config_duration(value, &number);
	} else if (info->type == SETTING_BYTES) {
		ok = bytes_parse(value, &number);
	} else {
		char *end;
		errno = 0;
		number = strtoll(value, &end, 10);
		ok = *value && !*end && !errno;
	}
	if (!ok || number < info->least || number > info->most) {
		return problem(err, PROBLEM_SETTING_VALUE, info->name, value, info->initial, NULL);
	}
	*at = number;
	return true;
}

static bool set_flag(
	const struct setting_info *info, const char *value, bool *at, struct error *err)
{
	if (strcmp(value, "yes") != 0 && strcmp(value, "no") != 0) {
		return problem(err, PROBLEM_SETTING_VALUE, info->name, value, "yes", NULL);
	}
	*at = strcmp(value, "yes") == 0;
	return true;
}

static bool set_value(const void *mem, struct settings *settings, const struct setting_info *info,
	const char *value, struct error *err)
{
	void *at = (char *)settings + info->offset;
	switch (info->type) {
	case SETTING_TEXT:
		*(char **)at = mem_strdup(mem, value);
		return true;
	case SETTING_DURATION:
	case SETTING_INT:
	case SETTING_BYTES:
		return set_number(info, value, at, err);
	case SETTING_BOOL:
		return set_flag(info, value, at, err);
	}
	return false;
}

void settings_init(const void *mem, struct settings *settings)
{
	*settings = (struct settings){0};
	for (size_t i = 0; i < setting_info_count; i++) {
		set_value(mem, settings, &setting_infos[i], setting_infos[i].initial, NULL);
	}
}

bool settings_set(const void *mem, struct settings *settings, const char *name, const char *value,
	struct error *err)
{
	for (size_t i = 0; i < setting_info_count; i++) {
		if (strcmp(setting_infos[i].name, name) == 0) {
			return set_value(mem, settings, &setting_infos[i], value, err);
		}
	}
	return problem(err, PROBLEM_NO_SETTING, name, NULL);
}
