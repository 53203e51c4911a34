#include "test.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/timestamp.h"
#include "core/when.h"

#include <string.h>

/* Tuesday, 2026-11-24, 11:30 in São Paulo; work begins at 8:00 from Monday to Friday. */
static const struct zone zone = {.first_offset_ms = -3 * MS_HOUR};
static const struct interval week[] = {{1, 480, 1080}, {2, 480, 1080}, {3, 480, 1080},
	{4, 480, 1080}, {5, 510, 1080}, {6, 0, 120}};

static int64_t local(const char *text)
{
	int64_t at;
	assert_true(timestamp_parse(text, -3 * MS_HOUR, &at));
	return at;
}

struct desk {
	struct calendar calendar;
	int64_t holidays[2];
	struct when when;
};

static void open_desk(struct desk *desk)
{
	desk->holidays[0] = civil_days(2026, 11, 30);
	desk->holidays[1] = civil_days(2026, 12, 25);
	desk->calendar = (struct calendar){.interval_count = ARRAY_LEN(week),
		.intervals = (struct interval *)week,
		.holiday_count = 2,
		.holidays = desk->holidays};
	desk->when = (struct when){local("2026-11-24 11:30:00"), &zone, &desk->calendar};
}

struct saying {
	const char *text, *at;
};

static void are(const struct when *when, const struct saying *sayings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct error err = {0};
		int64_t at = 0;
		bool ok = when_parse(when, sayings[i].text, &at, &err);
		char *wanted = mem_printf(NULL, "%s:00", sayings[i].at);
		if (!ok || at != local(wanted)) {
			char *got = timestamp_format(wanted, at - 3 * (int64_t)MS_HOUR);
			fail_msg("\"%s\" is %s, not %s", sayings[i].text, ok ? got : "refused",
				sayings[i].at);
		}
		talloc_free(wanted);
	}
}

static void spans_go_from_now_on(void **state)
{
	(void)state;
	static const struct saying sayings[] = {
		{"2h", "2026-11-24 13:30"},
		{"30m", "2026-11-24 12:00"},
		{"1h30", "2026-11-24 13:00"},
		{"1h30m", "2026-11-24 13:00"},
		{"em 2 horas", "2026-11-24 13:30"},
		{"daqui a 2 horas e meia", "2026-11-24 14:00"},
		{"in an hour", "2026-11-24 12:30"},
		{"em uma hora", "2026-11-24 12:30"},
		{"dentro de 40 minutos", "2026-11-24 12:10"},
		{"meia hora", "2026-11-24 12:00"},
		{"half an hour", "2026-11-24 12:00"},
		{"em 14h", "2026-11-25 01:30"},
		{"48h", "2026-11-26 11:30"},
		{"em 1 dia e 2 horas", "2026-11-25 13:30"},
	};
	struct desk desk;
	open_desk(&desk);
	are(&desk.when, sayings, ARRAY_LEN(sayings));
}

static void days_begin_with_work(void **state)
{
	(void)state;
	static const struct saying sayings[] = {
		{"amanhã", "2026-11-25 08:00"},
		{"Tomorrow", "2026-11-25 08:00"},
		{"depois de amanhã", "2026-11-26 08:00"},
		{"the day after tomorrow", "2026-11-26 08:00"},
		{"sexta", "2026-11-27 08:30"},
		{"SEXTA-FEIRA", "2026-11-27 08:30"},
		{"fri", "2026-11-27 08:30"},
		{"sábado", "2026-11-28 09:00"},
		{"terça", "2026-12-01 08:00"},
		{"próxima segunda", "2026-11-30 09:00"},
		{"semana que vem", "2026-12-01 08:00"},
		{"next week", "2026-12-01 08:00"},
		{"próximo mês", "2026-12-01 08:00"},
		{"em 3 dias", "2026-11-27 08:30"},
		{"in 3 days", "2026-11-27 08:30"},
		{"2 semanas", "2026-12-08 08:00"},
		{"in a week", "2026-12-01 08:00"},
		{"em 3 meses", "2027-02-24 08:00"},
		{"26/11", "2026-11-26 08:00"},
		{"23/11", "2027-11-23 08:00"},
		{"dia 5", "2026-12-05 09:00"},
		{"dia 31", "2026-12-31 08:00"},
		{"29/02", "2028-02-29 08:00"},
	};
	struct desk desk;
	open_desk(&desk);
	are(&desk.when, sayings, ARRAY_LEN(sayings));
}

static void a_day_has_its_time(void **state)
{
	(void)state;
	static const struct saying sayings[] = {
		{"amanhã 9h", "2026-11-25 09:00"},
		{"amanha 9", "2026-11-25 09:00"},
		{"9h30 amanhã", "2026-11-25 09:30"},
		{"hoje às 17h", "2026-11-24 17:00"},
		{"hoje 17", "2026-11-24 17:00"},
		{"sex 14:00", "2026-11-27 14:00"},
		{"fri 14:00", "2026-11-27 14:00"},
		{"ter 14:00", "2026-11-24 14:00"},
		{"ter 9:00", "2026-12-01 09:00"},
		{"próxima terça 14:00", "2026-12-01 14:00"},
		{"next monday 9am", "2026-11-30 09:00"},
		{"friday at 2:30 pm", "2026-11-27 14:30"},
		{"26/11 14h", "2026-11-26 14:00"},
		{"26/11/2026 14:00", "2026-11-26 14:00"},
		{"26/11/26 14:00", "2026-11-26 14:00"},
		{"26.11. 14:00", "2026-11-26 14:00"},
		{"11/26 14:00", "2026-11-26 14:00"},
		{"2026-12-01 10:00", "2026-12-01 10:00"},
		{"2026-12-01T10:00", "2026-12-01 10:00"},
		{"2026-12-01T10:00:00Z", "2026-12-01 07:00"},
		{"26 de novembro às 10h", "2026-11-26 10:00"},
		{"1 de janeiro de 2027 10:00", "2027-01-01 10:00"},
		{"Dec 3rd, 10:00", "2026-12-03 10:00"},
		{"quinta, 26/11 09:00", "2026-11-26 09:00"},
		{"thursday, 26 Nov 09:00", "2026-11-26 09:00"},
		{"em 3 dias às 9h", "2026-11-27 09:00"},
		{"amanhã de manhã", "2026-11-25 08:00"},
		{"amanhã à tarde", "2026-11-25 14:00"},
		{"tonight", "2026-11-24 19:00"},
		{"3 da tarde", "2026-11-24 15:00"},
		{"amanhã meio-dia", "2026-11-25 12:00"},
	};
	struct desk desk;
	open_desk(&desk);
	are(&desk.when, sayings, ARRAY_LEN(sayings));
}

static void a_time_alone_is_the_next_such(void **state)
{
	(void)state;
	static const struct saying sayings[] = {
		{"18:30", "2026-11-24 18:30"},
		{"9:00", "2026-11-25 09:00"},
		{"14h", "2026-11-24 14:00"},
		{"14h30", "2026-11-24 14:30"},
		{"9am", "2026-11-25 09:00"},
		{"12pm", "2026-11-24 12:00"},
		{"às 9", "2026-11-25 09:00"},
		{"noon", "2026-11-24 12:00"},
	};
	struct desk desk;
	open_desk(&desk);
	are(&desk.when, sayings, ARRAY_LEN(sayings));
}

static void without_a_calendar_work_begins_at_nine(void **state)
{
	(void)state;
	static const struct saying sayings[] = {
		{"amanhã", "2026-11-25 09:00"},
		{"next week", "2026-11-30 09:00"},
	};
	struct when when = {local("2026-11-24 11:30:00"), &zone, NULL};
	are(&when, sayings, ARRAY_LEN(sayings));
}

static void refused(const char *text, const char *reason)
{
	struct desk desk;
	struct error err = {0};
	int64_t at = 0;
	open_desk(&desk);
	if (when_parse(&desk.when, text, &at, &err) || strcmp(err.reason, reason) != 0) {
		char *got = timestamp_format(NULL, at - 3 * (int64_t)MS_HOUR);
		fail_msg("\"%s\" is %s, \"%s\"", text, got, err.reason ? err.reason : "no error");
	}
	assert_int_equal(err.code, ERROR_INVALID);
}

static void what_is_past_is_refused(void **state)
{
	(void)state;
	static const char *const past[] = {"hoje", "hoje 9h", "23/11/2026", "2026-11-24 11:30",
		"24/11 10:00", "2020-01-01", "0m"};
	for (size_t i = 0; i < ARRAY_LEN(past); i++) {
		refused(past[i], i == ARRAY_LEN(past) - 1 ? "when" : "past");
	}
	refused("9999 semanas", "far");
	refused("9999-12-31", "far");
}

static void what_is_no_time_is_refused(void **state)
{
	(void)state;
	static const char *const others[] = {"", "  ", "9", "banana", "amanhã banana", "31/02",
		"32/13", "25:00", "9:60", "amanhã sexta", "sexta 26/11", "13pm", "0am", "amanhã 24",
		"hoje em 2 horas", "às", "2", "de", "10:00 11:00", "123456", "2026-13-01",
		"depois de hoje", "em", "meia", "amanhã amanhã", "9h 9h"};
	for (size_t i = 0; i < ARRAY_LEN(others); i++) {
		refused(others[i], "when");
	}
}

/* 2018-11-04: the clock went from 00:00 to 01:00. */
static void a_clock_put_forward_is_reckoned_with(void **state)
{
	(void)state;
	struct zone_change changes[] = {{local("2018-11-04 00:00:00"), -2 * MS_HOUR}};
	struct zone summer = {.first_offset_ms = -3 * MS_HOUR, .count = 1, .changes = changes};
	struct when when = {local("2018-11-03 20:00:00"), &summer, NULL};
	int64_t at;
	assert_true(when_parse(&when, "amanhã 9h", &at, NULL));
	assert_int_equal(at, local("2018-11-04 08:00:00"));
	assert_true(when_parse(&when, "13h", &at, NULL));
	assert_int_equal(at, local("2018-11-04 12:00:00"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_go_from_now_on),
		cmocka_unit_test(days_begin_with_work),
		cmocka_unit_test(a_day_has_its_time),
		cmocka_unit_test(a_time_alone_is_the_next_such),
		cmocka_unit_test(without_a_calendar_work_begins_at_nine),
		cmocka_unit_test(what_is_past_is_refused),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(a_clock_put_forward_is_reckoned_with),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
