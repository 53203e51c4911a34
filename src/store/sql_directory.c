#include "store/sql_directory.h"
#include "codec/zone.h"

#include "base/mem.h"
#include "store/shape.h"
#include "store/statement.h"

static bool load_settings(
	struct sql *sql, const void *mem, struct settings *settings, struct error *err)
{
	settings_init(mem, settings);
	struct sql_query *query = sql_query(sql, DIRECTORY_SETTINGS);
	bool has_row;
	bool ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		/* One that this version does not know is another's; it is kept and passed over. */
		settings_set(mem, settings, sql_peek(query, 0), sql_peek(query, 1), NULL);
	}
	sql_done(query);
	return ok;
}

static bool load_operator_teams(
	struct sql *sql, const void *mem, struct operator_ *operator_, struct error *err)
{
	struct sql_query *query = sql_query(sql, DIRECTORY_OPERATOR_TEAMS);
	sql_bind_int(query, 1, operator_->id);
	operator_->teams = mem_array(mem, int64_t, 1);
	bool has_row;
	bool ok;
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		operator_->teams = mem_grow(
			mem, operator_->teams, int64_t, (unsigned)operator_->team_count + 1);
		operator_->teams[operator_->team_count++] = sql_int(query, 0);
	}
	sql_done(query);
	return ok;
}

static bool load_preferences(
	struct sql *sql, const void *mem, struct operator_ *operator_, struct error *err)
{
	struct sql_query *query = sql_query(sql, DIRECTORY_PREFERENCES);
	bool has_row, ok;
	sql_bind_int(query, 1, operator_->id);
	while ((ok = sql_step(query, &has_row, err)) && has_row) {
		operator_->preferences = mem_grow(mem, operator_->preferences, struct preference,
			operator_->preference_count + 1);
		operator_->preferences[operator_->preference_count++] = (struct preference){
			.name = sql_text(query, mem, 0), .value = sql_text(query, mem, 1)};
	}
	sql_done(query);
	return ok;
}

static bool load_operators(
	struct sql *sql, const void *mem, struct directory *directory, struct error *err)
{
	void *rows;
	if (!shape_read_all(&operator_shape, sql_query(sql, DIRECTORY_OPERATORS), mem, &rows,
		    &directory->operator_count, err)) {
		return false;
	}
	directory->operators = rows;
	for (size_t i = 0; i < directory->operator_count; i++) {
		struct operator_ *operator_ = &directory->operators[i];
		if (!load_operator_teams(sql, mem, operator_, err) ||
			!load_preferences(sql, mem, operator_, err)) {
			return false;
		}
	}
	return true;
}

static bool load_calendars(
	struct sql *sql, const void *mem, struct directory *directory, struct error *err)
{
	void *rows;
	if (!shape_read_all(&calendar_shape, sql_query(sql, DIRECTORY_CALENDARS), mem, &rows,
		    &directory->calendar_count, err)) {
		return false;
	}
	directory->calendar_rows = rows;
	directory->calendars = mem_array(mem, struct calendar, directory->calendar_count + 1);
	for (size_t i = 0; i < directory->calendar_count; i++) {
		/* The change that wrote the row has checked it, so a failure is damage. */
		if (!calendar_load(
			    mem, &directory->calendar_rows[i], &directory->calendars[i], err)) {
			return false;
		}
	}
	return true;
}

/* Tables whose rows are read as they are. */
static bool load_plain(
	struct sql *sql, const void *mem, struct directory *directory, struct error *err)
{
	const struct {
		const struct shape *shape;
		int statement;
		void **rows;
		size_t *count;
	} plain[] = {
		{&team_shape, DIRECTORY_TEAMS, (void **)&directory->teams, &directory->team_count},
		{&reason_shape, DIRECTORY_REASONS, (void **)&directory->reasons,
			&directory->reason_count},
		{&answer_shape, DIRECTORY_ANSWERS, (void **)&directory->answers,
			&directory->answer_count},
		{&target_shape, DIRECTORY_TARGETS, (void **)&directory->targets,
			&directory->target_count},
	};
	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		if (!shape_read_all(plain[i].shape, sql_query(sql, plain[i].statement), mem,
			    plain[i].rows, plain[i].count, err)) {
			return false;
		}
	}
	return true;
}

bool directory_newest(struct sql *sql, int64_t *revision, struct error *err)
{
	return sql_number(sql_query(sql, DIRECTORY_REVISION), revision, err);
}

bool directory_load(struct sql *sql, const void *mem, struct directory **out, struct error *err)
{
	struct directory *directory = mem_new(mem, struct directory);
	if (!directory_newest(sql, &directory->revision, err) ||
		!load_settings(sql, directory, &directory->settings, err) ||
		!load_calendars(sql, directory, directory, err) ||
		!load_plain(sql, directory, directory, err) ||
		!load_operators(sql, directory, directory, err)) {
		talloc_free(directory);
		return false;
	}
	*out = directory;
	return true;
}
