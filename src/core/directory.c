#include "core/directory.h"

#include <string.h>

/* A desk has tens of these, not thousands: looking through them beats an index to keep. */

const struct operator_ *directory_operator(const struct directory *directory, int64_t id)
{
	for (size_t i = 0; id && i < directory->operator_count; i++) {
		if (directory->operators[i].id == id) {
			return &directory->operators[i];
		}
	}
	return NULL;
}

const struct operator_ *directory_login(const struct directory *directory, const char *login)
{
	for (size_t i = 0; i < directory->operator_count; i++) {
		if (strcmp(directory->operators[i].login, login) == 0) {
			return &directory->operators[i];
		}
	}
	return NULL;
}

const struct team *directory_team(const struct directory *directory, int64_t id)
{
	for (size_t i = 0; i < directory->team_count; i++) {
		if (directory->teams[i].id == id) {
			return &directory->teams[i];
		}
	}
	return NULL;
}

const struct team *directory_team_key(const struct directory *directory, const char *key)
{
	for (size_t i = 0; i < directory->team_count; i++) {
		if (strcmp(directory->teams[i].key, key) == 0) {
			return &directory->teams[i];
		}
	}
	return NULL;
}

const struct reason *directory_reason(const struct directory *directory, int64_t id)
{
	for (size_t i = 0; i < directory->reason_count; i++) {
		if (directory->reasons[i].id == id) {
			return &directory->reasons[i];
		}
	}
	return NULL;
}

const struct reason *directory_reason_key(const struct directory *directory, const char *key)
{
	for (size_t i = 0; i < directory->reason_count; i++) {
		if (strcmp(directory->reasons[i].key, key) == 0) {
			return &directory->reasons[i];
		}
	}
	return NULL;
}

const struct answer *directory_answer(const struct directory *directory, int64_t id)
{
	for (size_t i = 0; i < directory->answer_count; i++) {
		if (directory->answers[i].id == id) {
			return &directory->answers[i];
		}
	}
	return NULL;
}

const struct answer *directory_answer_key(const struct directory *directory, const char *key)
{
	for (size_t i = 0; i < directory->answer_count; i++) {
		if (strcmp(directory->answers[i].key, key) == 0) {
			return &directory->answers[i];
		}
	}
	return NULL;
}

const struct calendar *directory_calendar(const struct directory *directory, int64_t id)
{
	for (size_t i = 0; i < directory->calendar_count; i++) {
		if (directory->calendars[i].id == id) {
			return &directory->calendars[i];
		}
	}
	return NULL;
}

const char *directory_login_of(const struct directory *directory, int64_t id)
{
	const struct operator_ *operator_ = directory_operator(directory, id);
	return operator_ ? operator_->login : "";
}

/* How closely a row fits: team before channel before priority. -1: not at all. */
static int fit(
	const struct target *target, int64_t team, enum channel channel, enum priority priority)
{
	bool fits = (target->team == 0 || target->team == team) &&
		    (target->channel == CHANNEL_NONE || target->channel == channel) &&
		    (target->priority == PRIORITY_NONE || target->priority == priority);
	return fits ? (target->team != 0) * 4 + (target->channel != CHANNEL_NONE) * 2 +
			       (target->priority != PRIORITY_NONE)
		    : -1;
}

static void take_closer(int64_t *allowed_ms, int *best, int64_t offered_ms, int closeness)
{
	if (offered_ms && closeness > *best) {
		*allowed_ms = offered_ms;
		*best = closeness;
	}
}

struct target directory_target(const struct directory *directory, int64_t team,
	enum channel channel, enum priority priority)
{
	struct target found = {.team = team, .channel = channel, .priority = priority};
	int first = -1, next = -1, resolution = -1;
	for (size_t i = 0; i < directory->target_count; i++) {
		const struct target *target = &directory->targets[i];
		int closeness = fit(target, team, channel, priority);
		take_closer(&found.first_answer_ms, &first, target->first_answer_ms, closeness);
		take_closer(&found.next_answer_ms, &next, target->next_answer_ms, closeness);
		take_closer(&found.resolution_ms, &resolution, target->resolution_ms, closeness);
	}
	return found;
}

const struct calendar *directory_team_calendar(const struct directory *directory, int64_t team)
{
	const struct team *found = directory_team(directory, team);
	return found && found->calendar ? directory_calendar(directory, found->calendar) : NULL;
}

bool operator_in_team(const struct operator_ *operator_, int64_t team)
{
	for (size_t i = 0; i < operator_->team_count; i++) {
		if (operator_->teams[i] == team) {
			return true;
		}
	}
	return false;
}
