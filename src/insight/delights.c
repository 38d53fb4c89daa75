/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/delights.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "stats/false_discovery.h"

/* Whose and when a comment is: a bit each. */
enum delight_cell { OTHERS_BEFORE, OTHERS_LATELY, PROMOTERS_BEFORE, PROMOTERS_LATELY, CELL_COUNT };

struct said {
	int64_t at;
	uint32_t person; /* 0: nobody else's */
	uint32_t theme;
	bool promoter;
};

struct sayings {
	struct said *at;
	size_t count, room;
	uint32_t person_last;
	bool by_theme;
};

static bool take(void *context, const struct fact *fact, struct err *err)
{
	struct sayings *s = context;
	(void)err;
	if (s->count == s->room) {
		s->room = s->room ? s->room * 2 : 1024;
		s->at = mem_resize(s->at, s->room * sizeof(s->at[0]));
	}
	s->at[s->count++] = (struct said){ .at = fact->at,
		                           .person = fact->person,
		                           .theme = s->by_theme ? fact->values[0] : 0,
		                           .promoter = nps_group_of(fact->score) == NPS_PROMOTER };
	s->person_last = fact->person > s->person_last ? fact->person : s->person_last;
	return true;
}

/* People in each cell, and in any of some cells. */
struct counted {
	int64_t in[CELL_COUNT], promoters, others, all;
	int64_t promoters_lately; /* comments */
};

static unsigned cell_of(const struct said *s, int64_t since)
{
	return 2U * s->promoter + (s->at >= since);
}

/* `seen` is [person_last + 1] and 0, and is left so. */
static struct counted count_people(const struct said *all, size_t count, int64_t since,
                                   uint8_t *seen)
{
	struct counted c = { 0 };
	const unsigned promoters = 1U << PROMOTERS_BEFORE | 1U << PROMOTERS_LATELY,
		       others = 1U << OTHERS_BEFORE | 1U << OTHERS_LATELY;
	for (size_t i = 0; i < count; i++) {
		unsigned cell = cell_of(&all[i], since), bit = 1U << cell,
			 before = all[i].person ? seen[all[i].person] : 0;
		c.promoters_lately += cell == PROMOTERS_LATELY;
		c.in[cell] += !(before & bit);
		c.promoters += (bit & promoters) && !(before & promoters);
		c.others += (bit & others) && !(before & others);
		c.all += before == 0;
		if (all[i].person)
			seen[all[i].person] = (uint8_t)(before | bit);
	}
	for (size_t i = 0; i < count; i++)
		seen[all[i].person] = 0;
	return c;
}

static int by_theme(const void *x, const void *y)
{
	const struct said *a = x, *b = y;
	return (a->theme > b->theme) - (a->theme < b->theme);
}

/* p of what is more often here; what is less often is none. */
static double p_of(const struct log_odds *o)
{
	return o->delta > 0 ? o->p : 1;
}

static struct delight delight_of(uint32_t theme, const struct counted *c,
                                 const struct counted *whole)
{
	struct delight d = {
		.theme = theme,
		.all = { c->all, whole->all },
		.promoters = { c->promoters, whole->promoters },
		.others = { c->others, whole->others },
		.lately = { c->in[PROMOTERS_LATELY], whole->in[PROMOTERS_LATELY] },
		.before = { c->in[PROMOTERS_BEFORE], whole->in[PROMOTERS_BEFORE] },
		.comments = c->promoters_lately,
	};
	d.from_others =
	    log_odds_of(d.promoters.people, d.promoters.of, d.others.people, d.others.of);
	d.from_before = log_odds_of(d.lately.people, d.lately.of, d.before.people, d.before.of);
	d.rate = fmax(p_of(&d.from_others), p_of(&d.from_before));
	return d;
}

static int surest_first(const void *x, const void *y)
{
	const struct delight *a = x, *b = y;
	if (a->rate < b->rate || a->rate > b->rate)
		return a->rate < b->rate ? -1 : 1;
	return (a->theme > b->theme) - (a->theme < b->theme);
}

static bool is_told(const struct delight *d)
{
	return d->rate <= DELIGHT_RATE && d->comments >= DELIGHT_COMMENTS &&
	       d->lately.people >= DELIGHT_PEOPLE &&
	       (double)d->all.people <= DELIGHT_SHARE * (double)d->all.of;
}

/* Those that stand behind one another, a theme each, are candidates where enough praise them at any time. */
static void find(struct arena *a, struct sayings *praise, const struct counted *whole,
                 uint8_t *seen, struct delights *out)
{
	size_t begin = 0, kept = 0;
	double *rates = ARENA_ARRAY(a, double, praise->count + 1);
	out->list = ARENA_ARRAY(a, struct delight, praise->count + 1);
	qsort(praise->at, praise->count, sizeof(praise->at[0]), by_theme);
	for (size_t i = 1; i <= praise->count; i++) {
		if (i < praise->count && praise->at[i].theme == praise->at[begin].theme)
			continue;
		struct counted c = count_people(praise->at + begin, i - begin, out->since, seen);
		if (i - begin >= DELIGHT_COMMENTS && c.all >= DELIGHT_PEOPLE)
			out->list[out->tried++] = delight_of(praise->at[begin].theme, &c, whole);
		begin = i;
	}
	qsort(out->list, out->tried, sizeof(out->list[0]), surest_first);
	for (size_t i = 0; i < out->tried; i++)
		rates[i] = out->list[i].rate;
	false_discovery_rates(rates, rates, out->tried);
	for (size_t i = 0; i < out->tried; i++) {
		out->list[i].rate = rates[i];
		if (is_told(&out->list[i]))
			out->list[kept++] = out->list[i];
	}
	out->count = kept;
}

/* When the last days of the comments begin; 0 without as many before them. */
static int64_t lately_since(const struct sayings *all)
{
	int64_t first = INT64_MAX, last = INT64_MIN, days = DELIGHT_DAYS * CLOCK_DAY;
	for (size_t i = 0; i < all->count; i++) {
		first = all->at[i].at < first ? all->at[i].at : first;
		last = all->at[i].at > last ? all->at[i].at : last;
	}
	return all->count > 0 && last - first >= 2 * days ? last - days : 0;
}

bool delights_find(const struct facts *facts, struct arena *a, const struct cell_question *q,
                   const struct cells *praised, struct delights *out, struct err *err)
{
	struct sayings all = { 0 }, praise = { .by_theme = true };
	struct cell_question whole = *q, by = *q;
	struct cells cells;
	*out = (struct delights){ 0 };
	whole.dims[0] = (struct dim){ 0 };
	by.dims[0] = (struct dim){ .kind = DIM_THEME, .saying = THEME_PRAISED };
	bool ok = cells_ask(facts, a, &whole, &cells, err) &&
	          cells_visit(facts, a, &whole, &cells, take, &all, err) &&
	          cells_visit(facts, a, &by, praised, take, &praise, err);
	if (ok)
		out->since = lately_since(&all);
	if (ok && out->since && praise.count) {
		uint32_t last =
		    all.person_last > praise.person_last ? all.person_last : praise.person_last;
		uint8_t *seen = mem_zeroed((size_t)last + 1, 1);
		struct counted c = count_people(all.at, all.count, out->since, seen);
		find(a, &praise, &c, seen, out);
		free(seen);
	}
	free(all.at);
	free(praise.at);
	return ok;
}
