/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/emerging.h"

#include <stdlib.h>
#include <string.h>

#include "insight/spoken.h"
#include "insight/themes.h"
#include "stats/emerging.h"

#define FLOW_WEEKS   13
#define THEMES_MOST  64
#define EMERGED_MOST 8 /* of a theme */

/* People by week and stratum. */
typedef uint32_t Strata[SPOKEN_STRATA];

struct looking {
	const struct emerging_question *q;
	struct arena *a;
	struct spoken spoken;
	Strata *people;  /* [weeks] */
	Strata *all_say; /* [themes x weeks] */
	Strata *says;    /* [weeks], of the theme at hand */
	uint32_t *week_people;
	struct emerging_themes *out;
};

static void count_people(struct looking *l)
{
	const struct spoken *s = &l->spoken;
	l->people = ARENA_ARRAY(l->a, Strata, s->weeks);
	l->all_say = ARENA_ARRAY(l->a, Strata, s->weeks * l->q->theme_count);
	l->week_people = ARENA_ARRAY(l->a, uint32_t, s->weeks);
	for (size_t i = 0; i < s->count; i++) {
		const struct spoken_unit *u = &s->units[i];
		l->people[u->week][u->stratum]++;
		l->week_people[u->week]++;
		for (uint64_t left = u->themes; left; left &= left - 1)
			l->all_say[(size_t)__builtin_ctzll(left) * s->weeks + u->week]
				  [u->stratum]++;
	}
}

/* The first baseline from a week on that has people enough; `weeks` when none has. */
static size_t baseline_at(const struct looking *l, size_t week)
{
	size_t weeks = l->spoken.weeks;
	for (; week + EMERGING_BASELINE <= weeks; week++) {
		uint64_t people = 0;
		for (size_t k = 0; k < EMERGING_BASELINE; k++)
			people += l->week_people[week + k];
		if (people >= EMERGING_PEOPLE && l->week_people[week] > 0)
			return week;
	}
	return weeks;
}

/* Of the theme at hand, each language and channel at its own. */
static void find_rates(const struct looking *l, size_t begin, double rate[SPOKEN_STRATA])
{
	double people[SPOKEN_STRATA] = { 0 }, says[SPOKEN_STRATA] = { 0 }, all = 0, said = 0;
	for (size_t week = begin; week < begin + EMERGING_BASELINE; week++)
		for (size_t s = 0; s < SPOKEN_STRATA; s++) {
			people[s] += l->people[week][s];
			says[s] += l->says[week][s];
		}
	for (size_t s = 0; s < SPOKEN_STRATA; s++) {
		all += people[s];
		said += says[s];
	}
	for (size_t s = 0; s < SPOKEN_STRATA; s++)
		rate[s] = (says[s] + EMERGING_DRAWN * (said + .5) / (all + 1)) /
		          (people[s] + EMERGING_DRAWN);
}

static struct emerging_week week_of(const struct looking *l, size_t week,
                                    const double rate[SPOKEN_STRATA])
{
	struct emerging_week w = { 0 };
	for (size_t s = 0; s < SPOKEN_STRATA; s++) {
		w.mentions += l->says[week][s];
		w.expected += l->people[week][s] * rate[s];
	}
	return w;
}

static int64_t comments_in(const struct looking *l, size_t theme, size_t from, size_t before)
{
	int64_t n = 0;
	for (size_t week = from; week < before; week++)
		n += l->spoken.comments[theme][week];
	return n;
}

static int by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static int64_t people_in(const struct looking *l, size_t theme, size_t from, size_t before)
{
	const struct spoken *s = &l->spoken;
	struct arena scratch = { 0 };
	size_t first = s->from[from], end = s->from[before], known = 0;
	uint32_t *people = ARENA_ARRAY(&scratch, uint32_t, end - first + 1);
	int64_t n = 0;
	for (size_t i = first; i < end; i++) {
		if (!(s->units[i].themes >> theme & 1))
			continue;
		if (s->units[i].person)
			people[known++] = s->units[i].person;
		else
			n++;
	}
	qsort(people, known, sizeof(people[0]), by_number);
	for (size_t i = 0; i < known; i++)
		n += i == 0 || people[i] != people[i - 1];
	arena_free(&scratch);
	return n;
}

static double share_in(const struct looking *l, size_t from, size_t before)
{
	double said = 0, people = 0;
	for (size_t week = from; week < before; week++)
		for (size_t s = 0; s < SPOKEN_STRATA; s++) {
			said += l->says[week][s];
			people += l->people[week][s];
		}
	return people > 0 ? said / people : 0;
}

/* Enough of those who said so, and what is told of it. */
static bool tell(const struct looking *l, size_t theme, const struct emerging *e, size_t begin,
                 size_t week, struct emerged *out)
{
	size_t since = begin + EMERGING_BASELINE + e->since;
	*out = (struct emerged){ .theme = &l->q->themes[theme],
		                 .comments = comments_in(l, theme, since, week + 1) };
	if (out->comments < EMERGING_COMMENTS)
		return false;
	out->people = people_in(l, theme, since, week + 1);
	if (out->people < EMERGING_SAYERS)
		return false;
	struct emerging_rise rise = emerging_rise_of(e);
	out->times = rise.times;
	out->lo = rise.lo;
	out->hi = rise.hi;
	out->share_before = share_in(l, begin, begin + EMERGING_BASELINE);
	out->share_after = share_in(l, since, week + 1);
	out->since_day = l->spoken.first_day + (int64_t)since * 7;
	out->seen_day = l->spoken.first_day + (int64_t)(week + 1) * 7;
	return true;
}

/* One baseline and the weeks after it. Where the next one begins. */
static size_t watch(struct looking *l, size_t theme, size_t begin, bool *emerges,
                    struct emerged *found)
{
	struct emerging e;
	struct emerging_week baseline[EMERGING_BASELINE];
	double rate[SPOKEN_STRATA];
	size_t after = begin + EMERGING_BASELINE;
	find_rates(l, begin, rate);
	for (size_t k = 0; k < EMERGING_BASELINE; k++)
		baseline[k] = week_of(l, begin + k, rate);
	emerging_begin(&e, baseline, EMERGING_BASELINE, l->q->series);
	*emerges = false;
	for (size_t week = after; week < l->spoken.weeks; week++) {
		const struct emerging_week now = week_of(l, week, rate);
		if (week >= after + EMERGING_RENEW)
			return begin + EMERGING_RENEW;
		emerging_add(&e, &now);
		if (emerging_evidence(&e) < 1 || !tell(l, theme, &e, begin, week, found))
			continue;
		*emerges = true;
		return after + e.since;
	}
	return l->spoken.weeks;
}

static void look(struct looking *l, size_t theme)
{
	size_t begin = baseline_at(l, 0);
	int found = 0;
	l->says = l->all_say + theme * l->spoken.weeks;
	while (begin + EMERGING_BASELINE < l->spoken.weeks && found < EMERGED_MOST) {
		bool emerges;
		struct emerged *next = &l->out->list[l->out->count];
		int64_t day = l->spoken.first_day + (int64_t)begin * 7;
		l->out->is_watching = true;
		if (day > l->out->baseline_from)
			l->out->baseline_from = day;
		size_t begins = watch(l, theme, begin, &emerges, next);
		l->out->count += emerges;
		found += emerges;
		begin = begins < l->spoken.weeks ? baseline_at(l, begins) : begins;
	}
}

static int oldest_first(const void *x, const void *y)
{
	const struct emerged *a = x, *b = y;
	if (a->seen_day != b->seen_day)
		return a->seen_day < b->seen_day ? -1 : 1;
	return str_cmp(a->theme->code, b->theme->code);
}

bool emerging_find(const struct facts *facts, struct arena *a, const struct emerging_question *q,
                   struct emerging_themes *out, struct err *err)
{
	struct looking l = { .q = q, .a = a, .out = out };
	struct answer_filter filter = *q->cells->filter;
	struct cell_question cells = *q->cells;
	filter.comment = FILTER_YES;
	themes_only_said(&filter);
	cells.filter = &filter;
	*out = (struct emerging_themes){ 0 };
	if (!spoken_read(facts, a, &cells, q->themes, q->theme_count, q->today, &l.spoken, err))
		return false;
	out->list = ARENA_ARRAY(a, struct emerged, q->theme_count * EMERGED_MOST + 1);
	out->watched_to = l.spoken.first_day + (int64_t)l.spoken.weeks * 7 - 1;
	count_people(&l);
	for (size_t k = l.spoken.weeks - FLOW_WEEKS; k < l.spoken.weeks; k++)
		out->people_a_week += (double)l.week_people[k] / FLOW_WEEKS;
	for (size_t t = 0; t < q->theme_count; t++)
		look(&l, t);
	if (out->count)
		qsort(out->list, out->count, sizeof(out->list[0]), oldest_first);
	return true;
}

bool emerging_themes_list(struct db *db, struct arena *a, int64_t workspace,
                          struct workspace_theme **out, size_t *count, struct err *err)
{
	struct workspace_theme *all;
	size_t n, kept = 0;
	if (!theme_list(db, a, workspace, &all, &n, err))
		return false;
	for (size_t i = 0; i < n && kept < THEMES_MOST; i++)
		if (theme_is_shown(&all[i]))
			all[kept++] = all[i];
	*out = all;
	*count = kept;
	return true;
}
