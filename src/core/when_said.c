#include "core/when_said.h"

enum { FOUR_DIGITS = 4, CENTURY = 2000, HOURS_A_DAY = 24 };

static const struct when_token *token_at(const struct said *said, size_t ahead)
{
	size_t at = said->at;
	for (size_t i = 0; i < ahead && said->tokens[at].kind != WHEN_END; i++) {
		at++;
	}
	return &said->tokens[at];
}

/* How far ahead the next token is that is no filler. */
static size_t next_real(const struct said *said, size_t ahead)
{
	while (token_at(said, ahead)->kind == WHEN_FILLER) {
		ahead++;
	}
	return ahead;
}

static bool is_sign(const struct when_token *token, char sign)
{
	return token->kind == WHEN_SIGN && token->value == sign;
}

static bool set_date(struct said *said, int day, int month, int year)
{
	if (said->form != DAY_NONE) {
		return false;
	}
	bool is_swapped = month > MONTHS_A_YEAR && day <= MONTHS_A_YEAR;
	said->form = DAY_DATE;
	said->day = is_swapped ? month : day;
	said->month = is_swapped ? day : month;
	said->year = year;
	return said->month >= 1 && said->month <= MONTHS_A_YEAR && said->day >= 1;
}

/* "26/11", "26/11/2026", "2026-11-26". */
static bool take_date(struct said *said, char sign)
{
	const struct when_token *first = token_at(said, 0);
	const struct when_token *second = token_at(said, 2);
	const struct when_token *third = token_at(said, 4);
	bool has_third =
		is_sign(token_at(said, 3), sign) && third->kind == WHEN_NUMBER && third->is_glued;
	said->at += has_third ? 5 : 3;
	if (first->digits == FOUR_DIGITS) {
		return has_third && second->value <= MONTHS_A_YEAR &&
		       set_date(said, third->value, second->value, first->value);
	}
	int year = !has_third ? 0 : third->digits == 2 ? CENTURY + third->value : third->value;
	return set_date(said, first->value, second->value, year) && (!has_third || year > 0);
}

static bool take_clock(struct said *said)
{
	int hour = token_at(said, 0)->value;
	int minute = token_at(said, 2)->value;
	said->at += 3;
	if (is_sign(token_at(said, 0), ':') && token_at(said, 1)->kind == WHEN_NUMBER) {
		said->at += 2;
	}
	bool ok = said->clock == WHEN_NOT_SAID && hour < HOURS_A_DAY && minute < MINUTES_AN_HOUR;
	said->clock = hour * MINUTES_AN_HOUR + minute;
	return ok;
}

/* "26 de novembro de 2027", "Nov 26th"; `month` and `day` ahead. */
static bool take_named_date(struct said *said, size_t month, size_t day)
{
	const struct when_token *named = token_at(said, month);
	const struct when_token *numbered = token_at(said, day);
	size_t last = month > day ? month : day;
	size_t year = next_real(said, last + 1);
	const struct when_token *maybe = token_at(said, year);
	bool has_year = maybe->kind == WHEN_NUMBER && maybe->digits == FOUR_DIGITS &&
			!is_sign(token_at(said, year + 1), ':');
	said->at += has_year ? year + 1 : last + 1;
	return set_date(said, numbered->value, named->value, has_year ? maybe->value : 0);
}

static bool take_hours(struct said *said, int64_t number, const struct when_token *unit)
{
	const struct when_token *minutes = token_at(said, 0);
	int64_t all = number * MINUTES_AN_HOUR;
	if (minutes->kind == WHEN_NUMBER && minutes->is_glued) {
		all += minutes->value;
		said->at++;
		bool has_unit = token_at(said, 0)->kind == WHEN_MINUTES;
		said->at += has_unit;
	}
	bool ok = said->hours == WHEN_NOT_SAID;
	said->hours = (int)all;
	said->is_short = unit->value == 1;
	return ok;
}

/* So many of a unit; the unit is the next token. */
static bool take_units(struct said *said, int64_t number)
{
	const struct when_token *unit = token_at(said, 0);
	said->at++;
	switch (unit->kind) {
	case WHEN_MINUTES:
		said->span_min += number;
		return true;
	case WHEN_HOURS:
		return take_hours(said, number, unit);
	case WHEN_WEEKS:
		number *= DAYS_A_WEEK;
		/* fall through */
	case WHEN_DAYS:
		said->span_days += number;
		return true;
	default:
		said->span_months += number;
		return true;
	}
}

static bool is_unit(const struct when_token *token)
{
	return token->kind >= WHEN_MINUTES && token->kind <= WHEN_MONTHS;
}

static bool take_number(struct said *said)
{
	const struct when_token *number = token_at(said, 0);
	const struct when_token *sign = token_at(said, 1);
	bool is_pair = sign->kind == WHEN_SIGN && token_at(said, 2)->kind == WHEN_NUMBER;
	if (is_pair && is_sign(sign, ':')) {
		return take_clock(said);
	}
	if (is_pair) {
		return take_date(said, (char)sign->value);
	}
	if (is_unit(sign)) {
		said->at++;
		return take_units(said, number->value);
	}
	size_t real = next_real(said, 1);
	if (token_at(said, real)->kind == WHEN_MONTH) {
		return take_named_date(said, real, 0);
	}
	bool ok = said->bare == WHEN_NOT_SAID;
	said->bare = number->value;
	said->at++;
	return ok;
}

static bool set_form(struct said *said, enum day_form form, int day)
{
	bool ok = said->form == DAY_NONE;
	said->form = form;
	said->day = day;
	return ok;
}

static bool take_month_name(struct said *said)
{
	size_t real = next_real(said, 1);
	return token_at(said, real)->kind == WHEN_NUMBER && take_named_date(said, 0, real);
}

/* A unit without a number before it. */
static bool take_unit(struct said *said)
{
	const struct when_token *unit = token_at(said, 0);
	size_t real = next_real(said, 1);
	const struct when_token *next = token_at(said, real);
	bool is_next = said->is_next || next->kind == WHEN_NEXT;
	if (unit->kind == WHEN_DAYS && next->kind == WHEN_NUMBER && next->digits) {
		said->at += real + 1;
		return set_form(said, DAY_OF_MONTH, next->value);
	}
	if (unit->kind == WHEN_DAYS && next->kind == WHEN_AFTER) {
		said->at++;
		return true;
	}
	if (is_next && (unit->kind == WHEN_WEEKS || unit->kind == WHEN_MONTHS)) {
		said->at++;
		return set_form(said, unit->kind == WHEN_WEEKS ? DAY_NEXT_WEEK : DAY_NEXT_MONTH, 0);
	}
	return said->is_in && take_units(said, 1);
}

/* "meia hora", "meio-dia", "2 horas e meia". */
static bool take_half(struct said *said)
{
	size_t next = next_real(said, 1 + is_sign(token_at(said, 1), '-'));
	const struct when_token *of = token_at(said, next);
	if (of->kind == WHEN_NUMBER && of->digits == 0) { /* "half an hour" */
		next = next_real(said, next + 1);
		of = token_at(said, next);
	}
	said->at += of->kind == WHEN_HOURS || of->kind == WHEN_DAYS ? next + 1 : 1;
	if (of->kind == WHEN_DAYS) {
		said->part = WHEN_NOON;
	} else if (of->kind == WHEN_HOURS) {
		said->span_min += MINUTES_AN_HOUR / 2;
	} else if (said->hours != WHEN_NOT_SAID) {
		said->hours += MINUTES_AN_HOUR / 2;
	} else {
		return false;
	}
	return true;
}

static bool take_weekday(struct said *said)
{
	bool ok = said->weekday == WHEN_NOT_SAID;
	said->weekday = token_at(said, 0)->value;
	said->at++;
	return ok;
}

static bool take_day(struct said *said)
{
	int day = token_at(said, 0)->value;
	said->at++;
	return set_form(said, DAY_OFFSET, day);
}

static bool take_value(struct said *said, int *value)
{
	bool ok = *value == WHEN_NOT_SAID;
	*value = token_at(said, 0)->value;
	said->at++;
	return ok;
}

static bool take_flag(struct said *said, bool *flag)
{
	*flag = true;
	said->at++;
	return true;
}

static bool take_token(struct said *said)
{
	const struct when_token *token = token_at(said, 0);
	switch (token->kind) {
	case WHEN_NUMBER:
		return take_number(said);
	case WHEN_DAY:
		return take_day(said);
	case WHEN_WEEKDAY:
		return take_weekday(said);
	case WHEN_MONTH:
		return take_month_name(said);
	case WHEN_HALF:
		return take_half(said);
	case WHEN_PART:
		return take_value(said, &said->part);
	case WHEN_MERIDIEM:
		return take_value(said, &said->meridiem);
	case WHEN_NEXT:
		return take_flag(said, &said->is_next);
	case WHEN_AFTER:
		return take_flag(said, &said->is_after);
	case WHEN_IN:
		return take_flag(said, &said->is_in);
	case WHEN_AT:
		return take_flag(said, &said->is_at);
	case WHEN_FILLER:
		said->at++;
		return true;
	case WHEN_SIGN: /* "segunda-feira", "26.11." */
		said->at++;
		return !is_sign(token, ':') && !is_sign(token, '/');
	default:
		return is_unit(token) && take_unit(said);
	}
}

bool said_read(const void *mem, const char *folded, struct said *said)
{
	size_t count;
	*said = (struct said){.tokens = when_cut(mem, folded, &count),
		.weekday = WHEN_NOT_SAID,
		.clock = WHEN_NOT_SAID,
		.bare = WHEN_NOT_SAID,
		.hours = WHEN_NOT_SAID,
		.part = WHEN_NOT_SAID,
		.meridiem = WHEN_NOT_SAID};
	while (said->at < count) {
		if (!take_token(said)) {
			return false;
		}
	}
	return true;
}
