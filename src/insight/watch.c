/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/watch.h"

#include "base/die.h"
#include "stats/changepoint.h"
#include "stats/nps_window.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CHANGES_MAX 32
#define POINTS      100
/* Where a baseline has too few answers a week, the next one is tried so many days later. */
#define SLIDE_DAYS 28

const char *watch_state_name(enum watch_state state)
{
	switch (state) {
#define WATCH_NAME(state, number, name) \
	case state:                     \
		return name;
		WATCH_STATES(WATCH_NAME)
#undef WATCH_NAME
	}
	return "";
}

static int by_person(const void *a, const void *b)
{
	const struct timed *left = a, *right = b;
	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	if (left->person != right->person)
		return left->person < right->person ? -1 : 1;
	return (left->score > right->score) - (left->score < right->score);
}

struct watch_people watch_people_of(struct arena *a, const struct timed *at, size_t count)
{
	struct watch_people out = { ARENA_ARRAY(a, struct watch_person, count + 1), 0 };
	struct timed *sorted = mem_alloc((count + 1) * sizeof(*sorted));
	if (count) {
		memcpy(sorted, at, count * sizeof(*sorted));
		qsort(sorted, count, sizeof(*sorted), by_person);
	}
	for (size_t i = 0, next; i < count; i = next) {
		double sum = 0;
		for (next = i; next < count && sorted[next].day == sorted[i].day &&
		               (next == i ||
		                (sorted[i].person != 0 && sorted[next].person == sorted[i].person));
		     next++)
			sum += (double)nps_group_of(sorted[next].score) - 1;
		out.at[out.count++] = (struct watch_person){ sorted[i].day, sorted[i].cluster,
			                                     sum / (double)(next - i) };
	}
	free(sorted);
	return out;
}

/* The first person of the day or later. */
static size_t from_day(const struct watch_people *p, int64_t day)
{
	size_t from = 0, to = p->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (p->at[middle].day < day)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static int64_t people_in(const struct watch_people *p, int64_t from, int64_t to)
{
	return (int64_t)(from_day(p, to + 1) - from_day(p, from));
}

static double weekly(int64_t people, int64_t days)
{
	return (double)people * 7 / (double)days;
}

static int group_of(double x)
{
	return x > 1.0 / 3 ? NPS_SCORE_MAX : x < -1.0 / 3 ? 0 : 8;
}

static void take_baseline(struct watch *w, const struct watch_people *p, int64_t from, int64_t to)
{
	struct nps_window window = { 0 };
	for (size_t i = from_day(p, from); i < p->count && p->at[i].day <= to; i++)
		nps_window_add(&window, p->at[i].cluster, 0, group_of(p->at[i].x));
	struct nps_figure f = nps_figure_of(&window.sums);
	w->baseline_from = from;
	w->baseline_to = to;
	w->promoters = f.promoters;
	w->passives = f.passives;
	w->detractors = f.detractors;
	w->deff = f.deff > 1 ? f.deff : 1;
	nps_window_free(&window);
}

static bool is_worth_it(const struct watch *w)
{
	return (double)(w->promoters + w->passives + w->detractors) / w->deff >=
	       DRIFT_BASELINE_LEAST;
}

/* The earliest baseline from begin_day on that has enough people and enough of them a week. */
static bool find_baseline(struct watch *w, const struct watch_people *p, int64_t last)
{
	size_t first = from_day(p, w->begin_day);
	int64_t from = first < p->count ? p->at[first].day : last;
	for (; from + WATCH_BASELINE_SHORTEST - 1 <= last; from += SLIDE_DAYS) {
		int64_t to = from + WATCH_BASELINE_LONGEST - 1 <= last
		                 ? from + WATCH_BASELINE_LONGEST - 1
		                 : from + WATCH_BASELINE_SHORTEST - 1;
		int64_t people = people_in(p, from, to);
		if (people < WATCH_BASELINE_PEOPLE ||
		    weekly(people, to - from + 1) < DRIFT_ANSWERS_A_WEEK)
			continue;
		take_baseline(w, p, from, to);
		if (is_worth_it(w))
			return true;
	}
	w->baseline_from = w->baseline_to = 0;
	w->promoters = w->passives = w->detractors = 0;
	w->deff = 1;
	return false;
}

void watch_settle(struct watch *w, const struct watch_people *p, int64_t last)
{
	const int64_t days = (int64_t)WATCH_FLOW_WEEKS * 7;
	w->per_week = weekly(people_in(p, last - days + 1, last), days);
	w->watched_to = last;
	if (w->begin_day == 0)
		w->begin_day = last - WATCH_PAST_DAYS + 1;
	if (w->baseline_to && last - w->baseline_to > WATCH_RENEW_DAYS) {
		w->begin_day = w->baseline_to + 1;
		w->baseline_from = w->baseline_to = 0;
	}
	if (w->baseline_to || find_baseline(w, p, last)) /* as its answers are today */
		take_baseline(w, p, w->baseline_from, w->baseline_to);
	w->people = w->baseline_to ? people_in(p, w->baseline_to + 1, last) : 0;
	if (w->per_week < DRIFT_ANSWERS_A_WEEK)
		w->state = w->per_week > 0 ? WATCH_OFF_FLOW : WATCH_OFF_GONE;
	else
		w->state = w->baseline_to && is_worth_it(w) ? WATCH_ON : WATCH_OFF_BASELINE;
}

struct drift_baseline watch_baseline(const struct watch *w)
{
	return (struct drift_baseline){ w->promoters, w->passives, w->detractors,
		                        (double)(w->baseline_to - w->baseline_from + 1) / 7,
		                        w->deff };
}

struct drift_baseline watch_baseline_of_rises(const struct watch *w)
{
	struct drift_baseline b = watch_baseline(w);
	b.promoters = w->detractors;
	b.detractors = w->promoters;
	return b;
}

struct level {
	double n, sum, squares;
};

static struct level level_of(const struct watch_people *p, int64_t from, int64_t before)
{
	struct level l = { 0 };
	for (size_t i = from_day(p, from); i < p->count && p->at[i].day < before; i++) {
		double x = p->at[i].x * POINTS;
		l.n++;
		l.sum += x;
		l.squares += x * x;
	}
	return l;
}

static double variance_of_mean(const struct level *l)
{
	if (l->n < 2)
		return POINTS * POINTS;
	double mean = l->sum / l->n;
	return (l->squares - l->n * mean * mean) / (l->n - 1) / l->n;
}

/* As the search for changes sees it; where that sees none of this way, as the two sides of the day after the baseline
 * differ. `way`: -1 or 1. */
static void date_change(const struct watch *w, struct arena *a, const struct watch_people *p,
                        int way, struct watch_change *change)
{
	size_t days = (size_t)(change->seen_day - w->baseline_from + 1);
	struct changepoint_bucket *buckets = ARENA_ARRAY(a, struct changepoint_bucket, days);
	for (size_t i = from_day(p, w->baseline_from);
	     i < p->count && p->at[i].day <= change->seen_day; i++) {
		struct changepoint_bucket *b = &buckets[p->at[i].day - w->baseline_from];
		double x = p->at[i].x * POINTS;
		b->n++;
		b->s += x;
		b->ss += x * x;
	}
	const struct changepoint_how how = { .deff = w->deff,
		                             .least = NPS_ANSWERS_FIRM,
		                             .half_scale = POINTS };
	struct changepoint_list list = changepoint_find(a, buckets, days, &how);
	for (size_t i = list.count; i-- > 0;) {
		const struct changepoint *c = &list.items[i];
		if (c->size * way <= 0)
			continue;
		change->day = w->baseline_from + (int64_t)c->at;
		change->from = w->baseline_from + (int64_t)c->from;
		change->to = w->baseline_from + (int64_t)c->to;
		change->before = c->before;
		change->after = c->after;
		change->size = c->size;
		change->lo = c->lo;
		change->hi = c->hi;
		return;
	}
	change->day = change->from = w->baseline_to + 1;
	change->to = change->seen_day;
	struct level before = level_of(p, w->baseline_from, change->day);
	struct level after = level_of(p, change->day, change->seen_day + 1);
	change->before = before.sum / fmax(before.n, 1);
	change->after = after.sum / fmax(after.n, 1);
	change->size = change->after - change->before;
	double half = 1.96 * sqrt(w->deff * (variance_of_mean(&before) + variance_of_mean(&after)));
	change->lo = fmax(change->size - half, -2.0 * POINTS);
	change->hi = fmin(change->size + half, 2.0 * POINTS);
}

/* The day on which the watch saw a change, and which way; 0: none. */
static int64_t day_of_change(const struct watch *w, const struct watch_people *p, int64_t series,
                             int64_t last, int *way)
{
	struct drift falls, rises;
	const struct drift_baseline down = watch_baseline(w), up = watch_baseline_of_rises(w);
	drift_begin(&falls, &down, series);
	drift_begin(&rises, &up, series);
	for (size_t i = from_day(p, w->baseline_to + 1); i < p->count && p->at[i].day <= last;
	     i++) {
		drift_add(&falls, p->at[i].x);
		drift_add(&rises, -p->at[i].x);
		if (i + 1 < p->count && p->at[i + 1].day == p->at[i].day)
			continue;
		*way = drift_look(&falls) == DRIFT_FALLEN   ? -1
		       : drift_look(&rises) == DRIFT_FALLEN ? 1
		                                            : 0;
		if (*way)
			return p->at[i].day;
	}
	return 0;
}

struct watch_change *watch_look(struct watch *w, struct arena *a, const struct watch_people *p,
                                int64_t series, int64_t last, size_t *count)
{
	struct watch_change *changes = ARENA_ARRAY(a, struct watch_change, CHANGES_MAX);
	*count = 0;
	w->series = series;
	while (w->state == WATCH_ON && *count < CHANGES_MAX) {
		struct watch_change *change = &changes[*count];
		int way;
		change->seen_day = day_of_change(w, p, series, last, &way);
		if (!change->seen_day)
			break;
		date_change(w, a, p, way, change);
		change->people_before = people_in(p, w->baseline_from, change->day - 1);
		change->people_after = people_in(p, change->day, change->seen_day);
		++*count;
		w->begin_day = change->day;
		w->baseline_from = w->baseline_to = 0;
		watch_settle(w, p, last);
	}
	if (w->state != WATCH_ON)
		w->series = 0;
	return changes;
}
