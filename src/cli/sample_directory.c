#include "cli/sample_make.h"

#include "base/config.h"
#include "base/mem.h"
#include "core/name.h"

#include <string.h>

/* Who and what the sample desk has besides tickets. */

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

typedef void add_fn(struct sample_maker *maker, const struct sample_row *row);

static bool add_section(
	struct sample_maker *maker, const char *name, add_fn *add, struct error *err)
{
	const struct sample_section *section = sample_section(maker->sample, name);
	for (size_t i = 0; i < section->count; i++) {
		add(maker, &section->rows[i]);
	}
	return sample_apply(maker, err);
}

static void add_setting(struct sample_maker *maker, const struct sample_row *row)
{
	struct change *change = sample_change(maker, CHANGE_SETTING, 0);
	change->key = sample_field(row, 0);
	change->value = sample_field(row, 1);
}

static void add_calendar(struct sample_maker *maker, const struct sample_row *row)
{
	struct change *change = sample_change(maker, CHANGE_CALENDAR, 0);
	change->key = sample_field(row, 0);
	change->value = sample_field(row, 1);
	change->hours = sample_field(row, 2);
	change->holidays = or_null(sample_field(row, 3));
}

static int64_t calendar_id(const struct directory *directory, const char *key)
{
	for (size_t i = 0; i < directory->calendar_count; i++) {
		if (strcmp(directory->calendar_rows[i].key, key) == 0) {
			return directory->calendar_rows[i].id;
		}
	}
	return 0;
}

static int64_t team_id(const struct sample_maker *maker, const char *key)
{
	const struct team *team = directory_team_key(maker->call->directory, key);
	return team ? team->id : 0;
}

static void add_team(struct sample_maker *maker, const struct sample_row *row)
{
	struct change *change = sample_change(maker, CHANGE_TEAM, 0);
	change->key = sample_field(row, 0);
	change->name = sample_field(row, 1);
	change->calendar = calendar_id(maker->call->directory, sample_field(row, 2));
	config_duration(sample_field(row, 3), &change->question_ms);
}

static void add_operator(struct sample_maker *maker, const struct sample_row *row)
{
	const struct directory *directory = maker->call->directory;
	char *teams = mem_strdup(maker->mem, "");
	for (size_t i = 0; i < directory->team_count; i++) {
		teams = mem_check(
			talloc_asprintf_append_buffer(teams, "%s ", directory->teams[i].key));
	}
	struct change *change = sample_change(maker, CHANGE_OPERATOR, 0);
	change->key = sample_field(row, 0);
	change->name = sample_field(row, 1);
	change->value = teams;
	name_find(&role_names, sample_field(row, 2), &change->role);
}

static void add_top_reason(struct sample_maker *maker, const struct sample_row *row)
{
	if (!*sample_field(row, 2)) {
		struct change *change = sample_change(maker, CHANGE_REASON, 0);
		change->key = sample_field(row, 0);
		change->name = sample_field(row, 1);
	}
}

static void add_reason(struct sample_maker *maker, const struct sample_row *row)
{
	const struct reason *above =
		directory_reason_key(maker->call->directory, sample_field(row, 2));
	if (above) {
		struct change *change = sample_change(maker, CHANGE_REASON, 0);
		change->key = sample_field(row, 0);
		change->name = sample_field(row, 1);
		change->reason = above->id;
	}
}

static void add_answer(struct sample_maker *maker, const struct sample_row *row)
{
	struct change *change = sample_change(maker, CHANGE_ANSWER, 0);
	change->key = sample_field(row, 0);
	change->team = team_id(maker, sample_field(row, 1));
	change->name = sample_field(row, 2);
	change->text = sample_field(row, 3);
}

static void add_target(struct sample_maker *maker, const struct sample_row *row)
{
	struct change *change = sample_change(maker, CHANGE_TARGET, 0);
	change->team = team_id(maker, sample_field(row, 0));
	name_find(&channel_names, sample_field(row, 1), &change->channel);
	name_find(&priority_names, sample_field(row, 2), &change->priority);
	config_duration(sample_field(row, 3), &change->first_answer_ms);
	config_duration(sample_field(row, 4), &change->next_answer_ms);
	config_duration(sample_field(row, 5), &change->resolution_ms);
}

bool sample_directory(struct sample_maker *maker, struct error *err)
{
	return add_section(maker, "setting", add_setting, err) &&
	       add_section(maker, "calendar", add_calendar, err) &&
	       add_section(maker, "team", add_team, err) &&
	       add_section(maker, "operator", add_operator, err) &&
	       add_section(maker, "reason", add_top_reason, err) &&
	       add_section(maker, "reason", add_reason, err) &&
	       add_section(maker, "answer", add_answer, err) &&
	       add_section(maker, "target", add_target, err);
}
