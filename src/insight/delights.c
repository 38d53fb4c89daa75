/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/delights.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/die.h"
#include "stats/false_discovery.h"

/* Whose and when a comment is: a bit each. */
enum delight_cell { OTHERS_BEFORE, OTHERS_LATELY, PROMOTERS_BEFORE, PROMOTERS_LATELY, CELL_COUNT };

/* People in each cell, and in any of some cells. */
struct counted {
	int64_t in[CELL_COUNT], promoters, others, all;
	int64_t promoters_lately; /* comments */
};

static unsigned cell_of(const struct comment_said *c, int64_t since)
{
	return 2U * (nps_group_of(c->score) == NPS_PROMOTER) + (c->at >= since);
}

/* Somebody who has comments in such cells, `people` times. */
static void add_people(struct counted *c, unsigned cells, int64_t people)
{
	const unsigned promoters = 1U << PROMOTERS_BEFORE | 1U << PROMOTERS_LATELY,
		       others = 1U << OTHERS_BEFORE | 1U << OTHERS_LATELY;
	for (unsigned cell = 0; cell < CELL_COUNT; cell++)
		c->in[cell] += cells >> cell & 1 ? people : 0;
	c->promoters += cells & promoters ? people : 0;
	c->others += cells & others ? people : 0;
	c->all += people;
}

/* `which` NULL: the first `count`. `seen` is [persons + 1] and 0, and is left so. */
static struct counted count_people(const struct comments_said *said, const uint32_t *which,
                                   size_t count, int64_t since, uint8_t *seen)
{
	struct counted c = { 0 };
	int64_t comments[CELL_COUNT] = { 0 }, people[1U << CELL_COUNT] = { 0 };
	for (size_t i = 0; i < count; i++) {
		const struct comment_said *one = &said->at[which ? which[i] : i];
		unsigned cell = cell_of(one, since);
		comments[cell]++;
		seen[one->person] |= (uint8_t)(1U << cell);
		people[1U << cell] += one->person == 0;
	}
	seen[0] = 0;
	for (size_t i = 0; i < count; i++) {
		uint8_t *cells = &seen[said->at[which ? which[i] : i].person];
		people[*cells]++;
		*cells = 0;
	}
	for (unsigned cells = 1; cells < 1U << CELL_COUNT; cells++)
		add_people(&c, cells, people[cells]);
	c.promoters_lately = comments[PROMOTERS_LATELY];
	return c;
}

/* What is praised: a theme, or behind the last one, nothing. */
struct praised {
	size_t theme;
	Str code; /* at NULL: nothing */
	const uint32_t *comments;
	size_t count;
};

/* Comments by what they praise, each list in their order. */
struct praise {
	uint32_t *comments;
	size_t *ends; /* [theme_count + 1] */
};

static bool praises(const struct fact_mention *m)
{
	return m->sayings & 1U << THEME_PRAISED;
}

/* How many comments praise each, or, with `into`, which: from starts[] on, which move. */
static void go_through(const struct comments_said *said, size_t theme_count, size_t *starts,
                       uint32_t *into)
{
	for (size_t i = 0; i < said->count; i++) {
		size_t count, praised = 0;
		const struct fact_mention *m = comments_said_mentions(said, i, &count);
		for (size_t k = 0; k < count; k++) {
			if (!praises(&m[k]))
				continue;
			praised++;
			if (into)
				into[starts[m[k].theme]] = (uint32_t)i;
			starts[m[k].theme]++;
		}
		if (praised)
			continue;
		if (into)
			into[starts[theme_count]] = (uint32_t)i;
		starts[theme_count]++;
	}
}

static struct praise praise_of(const struct comments_said *said, size_t theme_count)
{
	struct praise p = { .ends = mem_zeroed(theme_count + 1, sizeof(*p.ends)) };
	size_t end = 0;
	go_through(said, theme_count, p.ends, NULL);
	for (size_t t = 0; t <= theme_count; t++) {
		size_t own = p.ends[t];
		p.ends[t] = end;
		end += own;
	}
	p.comments = mem_alloc((end + 1) * sizeof(*p.comments));
	go_through(said, theme_count, p.ends, p.comments);
	return p;
}

/* As the values of a dimension stand: those with most comments first, nothing before the themes of as many. */
static int most_praised_first(const void *x, const void *y)
{
	const struct praised *a = x, *b = y;
	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	if (!a->code.at != !b->code.at)
		return a->code.at ? 1 : -1;
	return str_cmp(a->code, b->code);
}

static struct praised *list_praised(struct arena *a, const struct praise *p,
                                    const struct workspace_theme *themes, size_t theme_count)
{
	struct praised *list = ARENA_ARRAY(a, struct praised, theme_count + 1);
	for (size_t t = 0; t <= theme_count; t++) {
		size_t from = t ? p->ends[t - 1] : 0;
		list[t] = (struct praised){ .theme = t,
			                    .code = t < theme_count ? themes[t].code : (Str){ 0 },
			                    .comments = p->comments + from,
			                    .count = p->ends[t] - from };
	}
	qsort(list, theme_count + 1, sizeof(*list), most_praised_first);
	return list;
}

/* p of what is more often here; what is less often is none. */
static double p_of(const struct log_odds *o)
{
	return o->delta > 0 ? o->p : 1;
}

static struct delight delight_of(size_t theme, const struct counted *c, const struct counted *whole)
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

/* Candidates are those that enough praise at any time. */
static void find(struct arena *a, const struct comments_said *said, const struct praised *list,
                 size_t count, const struct counted *whole, uint8_t *seen, struct delights *out)
{
	size_t kept = 0;
	double *rates = ARENA_ARRAY(a, double, count + 1);
	out->list = ARENA_ARRAY(a, struct delight, count + 1);
	for (size_t i = 0; i < count; i++) {
		if (list[i].count < DELIGHT_COMMENTS)
			continue;
		struct counted c =
		    count_people(said, list[i].comments, list[i].count, out->since, seen);
		if (c.all >= DELIGHT_PEOPLE)
			out->list[out->tried++] = delight_of(i, &c, whole);
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
	for (size_t i = 0; i < kept; i++)
		out->list[i].theme = list[out->list[i].theme].theme;
}

/* When the last days of the comments begin; 0 without as many before them. */
static int64_t lately_since(const struct comments_said *all)
{
	int64_t first = INT64_MAX, last = INT64_MIN, days = DELIGHT_DAYS * CLOCK_DAY;
	for (size_t i = 0; i < all->count; i++) {
		first = all->at[i].at < first ? all->at[i].at : first;
		last = all->at[i].at > last ? all->at[i].at : last;
	}
	return all->count > 0 && last - first >= 2 * days ? last - days : 0;
}

void delights_find(struct arena *a, const struct comments_said *said,
                   const struct workspace_theme *themes, size_t theme_count, struct delights *out)
{
	*out = (struct delights){ .since = lately_since(said) };
	if (!out->since)
		return;
	struct praise praise = praise_of(said, theme_count);
	const struct praised *list = list_praised(a, &praise, themes, theme_count);
	uint8_t *seen = mem_zeroed((size_t)said->persons + 1, 1);
	struct counted whole = count_people(said, NULL, said->count, out->since, seen);
	find(a, said, list, theme_count + 1, &whole, seen, out);
	free(seen);
	free(praise.ends);
	free(praise.comments);
}
