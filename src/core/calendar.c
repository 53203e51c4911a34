#include "core/calendar.h"

#include "base/clock.h"
#include "core/ticket.h"

enum { DAYS_A_WEEK = 7 };

#define DAY INT64_C(86400000)
#define TEN_YEARS (3653 * DAY)

/*
 * Between two changes of its offset a zone's local time runs evenly, so a span is walked piece by
 * piece in local milliseconds: hours that a zone skips are never there, hours that it repeats count
 * twice, as they do for whoever works them.
 */
struct walk {
	const struct calendar *calendar;
	size_t first[DAYS_A_WEEK + 1]; /* interval where each weekday begins */
	int64_t week_ms;
	int64_t want, done; /* working time looked for, found so far */
	int64_t reached;    /* local time at which done became want */
};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int weekday_of(int64_t day)
{
	return (int)((day % DAYS_A_WEEK + 4 + DAYS_A_WEEK) % DAYS_A_WEEK);
}

/* Index of the first change after `at`. */
static size_t next_change(const struct zone *zone, int64_t at)
{
	size_t low = 0, high = zone->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (zone->changes[middle].at > at) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return low;
}

static int64_t offset_before(const struct zone *zone, size_t change)
{
	return change ? zone->changes[change - 1].offset_ms : zone->first_offset_ms;
}

int64_t zone_offset(const struct zone *zone, int64_t at)
{
	return offset_before(zone, next_change(zone, at));
}

int64_t zone_instant(const struct zone *zone, int64_t local_at)
{
	/* The offsets around it: one before and one after any change that is near. */
	int32_t before = zone_offset(zone, local_at - MS_DAY);
	int32_t after = zone_offset(zone, local_at + MS_DAY);
	int64_t first = local_at - before;
	if (zone_offset(zone, first) == before) {
		return first;
	}
	int64_t second = local_at - after;
	/* In a gap neither fits: moved forward by it. */
	return zone_offset(zone, second) == after ? second : first;
}

static size_t first_holiday(const struct calendar *calendar, int64_t day)
{
	size_t low = 0, high = calendar->holiday_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (calendar->holidays[middle] >= day) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return low;
}

static void begin_walk(struct walk *walk, const struct calendar *calendar, int64_t want)
{
	*walk = (struct walk){.calendar = calendar, .want = want};
	size_t i = 0;
	for (int day = 0; day <= DAYS_A_WEEK; day++) {
		while (i < calendar->interval_count && calendar->intervals[i].weekday < day) {
			walk->week_ms +=
				(calendar->intervals[i].to_min - calendar->intervals[i].from_min) *
				(int64_t)MS_MINUTE;
			i++;
		}
		walk->first[day] = i;
	}
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Whole weeks from `day` on that can be counted without looking: up to `end`, and short of the end
 * of what is wanted. */
static int64_t plain_weeks(const struct walk *walk, int64_t day, int64_t end)
{
	int64_t weeks = (end - day) / DAYS_A_WEEK;
	if (weeks > 0 && walk->week_ms > 0) {
		weeks = least(weeks, (walk->want - walk->done - 1) / walk->week_ms);
	}
	return weeks > 0 ? weeks : 0;
}

/* One local day, of which [from, to) counts. True when all that is wanted was found. */
static bool walk_day(struct walk *walk, int64_t day, int64_t from, int64_t to)
{
	int weekday = weekday_of(day);
	for (size_t i = walk->first[weekday]; i < walk->first[weekday + 1]; i++) {
		const struct interval *interval = &walk->calendar->intervals[i];
		int64_t begin = day * DAY + interval->from_min * (int64_t)MS_MINUTE;
		int64_t end = least(to, day * DAY + interval->to_min * (int64_t)MS_MINUTE);
		begin = begin < from ? from : begin;
		if (begin >= end) {
			continue;
		}
		if (end - begin >= walk->want - walk->done) {
			walk->reached = begin + walk->want - walk->done;
			walk->done = walk->want;
			return true;
		}
		walk->done += end - begin;
	}
	return false;
}

/* A piece of even local time. True when all that is wanted was found. */
static bool walk_piece(struct walk *walk, int64_t from, int64_t to)
{
	const struct calendar *calendar = walk->calendar;
	int64_t day = floor_div(from, DAY);
	int64_t last = floor_div(to, DAY); /* days before it are whole */
	size_t holiday = first_holiday(calendar, day);
	while (day * DAY < to) {
		int64_t next =
			holiday < calendar->holiday_count ? calendar->holidays[holiday] : INT64_MAX;
		if (next <= day) {
			holiday++;
			day += next == day;
			continue;
		}
		int64_t weeks = day * DAY >= from ? plain_weeks(walk, day, least(last, next)) : 0;
		walk->done += weeks * walk->week_ms;
		day += weeks * DAYS_A_WEEK;
		if (weeks > 0) {
			continue;
		}
		if (walk_day(walk, day, from, to)) {
			return true;
		}
		day++;
	}
	return false;
}

static bool walk_span(struct walk *walk, int64_t from, int64_t to)
{
	const struct zone *zone = &walk->calendar->zone;
	size_t change = next_change(zone, from);
	while (from < to) {
		int64_t offset = offset_before(zone, change);
		int64_t end = change < zone->count ? least(to, zone->changes[change].at) : to;
		if (walk_piece(walk, from + offset, end + offset)) {
			walk->reached -= offset;
			return true;
		}
		from = end;
		change++;
	}
	return false;
}

/* Far outside of what a desk can hold; keeps sums in range. */
static int64_t clamp(int64_t at)
{
	return at < -DUE_NEVER ? -DUE_NEVER : least(at, DUE_NEVER);
}

int64_t calendar_work(const struct calendar *calendar, int64_t from, int64_t to)
{
	from = clamp(from);
	to = clamp(to);
	if (from >= to) {
		return 0;
	}
	if (!calendar) {
		return to - from;
	}
	struct walk walk;
	begin_walk(&walk, calendar, INT64_MAX);
	walk_span(&walk, from, to);
	return walk.done;
}

int64_t calendar_add(const struct calendar *calendar, int64_t from, int64_t work_ms)
{
	from = clamp(from);
	if (work_ms <= 0) {
		return from;
	}
	int64_t end = least(from + TEN_YEARS, DUE_NEVER);
	if (!calendar) {
		return work_ms <= end - from ? from + work_ms : DUE_NEVER;
	}
	struct walk walk;
	begin_walk(&walk, calendar, work_ms);
	return walk_span(&walk, from, end) ? walk.reached : DUE_NEVER;
}
