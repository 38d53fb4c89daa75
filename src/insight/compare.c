/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/compare.h"

#include "base/zone.h"
#include "base/period.h"

static const char *const names[] = { "none", "previous", "year" };

bool compare_parse(Str text, enum compare_with *out, struct err *err)
{
	for (int with = COMPARE_PREVIOUS; with <= COMPARE_YEAR; with++)
		if (str_eq(text, str_of(names[with]))) {
			*out = (enum compare_with)with;
			return true;
		}
	return err_at(err, ERR_INVALID, "compare", "must be previous or year");
}

const char *compare_name(enum compare_with with)
{
	return names[with];
}

/* Months since year 0 when the day begins one, else -1. */
static int64_t month_of(int64_t day)
{
	int year, month, of_month;
	date_from_days(day, &year, &month, &of_month);
	return of_month == 1 ? (int64_t)year * 12 + month - 1 : -1;
}

static int64_t first_of(int64_t month)
{
	return date_to_days((int)(month / 12), (int)(month % 12) + 1, 1);
}

/* 29 February has no day a year before: it becomes the 28th. */
static int64_t year_before(int64_t day)
{
	int year, month, of_month;
	date_from_days(day, &year, &month, &of_month);
	bool is_there = date_is_valid(year - 1, month, of_month);
	return date_to_days(year - 1, month, is_there ? of_month : of_month - 1);
}

/* From `first` up to, not including, `next`. */
static void shift(enum compare_with with, int64_t *first, int64_t *next)
{
	int64_t from = month_of(*first), to = month_of(*next);
	if (from >= 0 && to >= 0) {
		int64_t months = with == COMPARE_YEAR ? 12 : to - from;
		*first = first_of(from - months);
		*next = first_of(to - months);
	} else if (with == COMPARE_YEAR) {
		*first = year_before(*first);
		*next = year_before(*next - 1) + 1;
	} else {
		int64_t days = *next - *first;
		*next = *first;
		*first -= days;
	}
}

static Str day_text(struct arena *a, int64_t day)
{
	char text[16];
	calendar_write_day(day, text);
	return str_copy(a, str_of(text));
}

bool compare_usual_days(struct arena *a, struct answer_filter *f, const struct zone *zone,
                        int64_t now, struct err *err)
{
	bool known;
	if (f->from_day.at)
		return true;
	int64_t next = f->to_day.at ? zone_day(zone, f->before) : zone_day(zone, now) + 1;
	return filter_set(f, a, STR("from"), day_text(a, next - COMPARE_USUAL_DAYS), zone, &known,
	                  err);
}

bool compare_period(struct arena *a, const struct answer_filter *f, const struct zone *zone,
                    int64_t now, struct compare_period *out, struct err *err)
{
	if (out->with == COMPARE_NONE)
		return true;
	if (!f->from_day.at)
		return err_at(err, ERR_INVALID, "compare",
		              "needs a first day to compare with the time before: say from");
	int64_t first = zone_day(zone, f->from);
	int64_t next = f->to_day.at ? zone_day(zone, f->before) : zone_day(zone, now) + 1;
	if (next <= first)
		return err_at(err, ERR_INVALID, "from", "is still to come");
	int64_t from = first, before = next;
	shift(out->with, &from, &before);
	if (before > first)
		return err_at(err, ERR_INVALID, "compare",
		              "a period of more than a year overlaps with the same days a year "
		              "before: ask for previous");
	*out = (struct compare_period){ out->with, day_text(a, from), day_text(a, before - 1),
		                        zone_day_start(zone, from), zone_day_start(zone, before) };
	return true;
}
