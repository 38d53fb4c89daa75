/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/changepoint.h"
#include "base/die.h"

#include <math.h>
#include <stdlib.h>

#define QUANTILE      1.959963984540054
#define HELD          0.95
#define PENALTY       5.0
#define PENALTY_SLOPE 3.6
/* The square of a neighbours' difference is cut here, the 99 % quantile of its distribution (chi squared, 1 degree),
 * which takes this from its mean. */
#define CUT       6.6349
#define CUT_MEAN  0.9759
#define CUT_STEPS 20
/* A variance from few neighbours may be too small by chance: the penalty grows by so much over their number. */
#define LOOSE 6
/* A mean of thirty answers is nearly normal when they spread as scores do; of scores nearly all alike it takes more. */
#define USUAL_VARIANCE 0.3

struct series {
	size_t count;
	double *n, *s; /* [count + 1], sums of what stands before */
	double least, variance, penalty;
};

static double variance_within(const struct changepoint_bucket *buckets, size_t count)
{
	double squares = 0, degrees = 0;
	for (size_t i = 0; i < count; i++)
		if (buckets[i].n > 1) {
			squares += buckets[i].ss - buckets[i].s * buckets[i].s / buckets[i].n;
			degrees += buckets[i].n - 1;
		}
	return degrees > 0 ? squares / degrees : 0;
}

/* The mean of what neighbours differ by, each cut at CUT times `variance`. */
static double mean_difference(const struct changepoint_bucket *buckets, size_t count, double cut)
{
	const struct changepoint_bucket *last = NULL;
	double sum = 0, pairs = 0;
	for (size_t i = 0; i < count; i++) {
		if (!(buckets[i].n > 0))
			continue;
		if (last) {
			double d = buckets[i].s / buckets[i].n - last->s / last->n;
			sum += fmin(cut, d * d / (1 / buckets[i].n + 1 / last->n));
			pairs++;
		}
		last = &buckets[i];
	}
	return pairs > 0 ? sum / pairs : 0;
}

/* Between neighbours: the variance that is its own mean of cut differences. */
static double variance_between(const struct changepoint_bucket *buckets, size_t count)
{
	double variance = mean_difference(buckets, count, HUGE_VAL);
	for (int step = 0; step < CUT_STEPS; step++)
		variance = mean_difference(buckets, count, CUT * variance) / CUT_MEAN;
	return variance;
}

static double penalty_of(const struct changepoint_bucket *buckets, size_t count, bool is_loose)
{
	double filled = 0;
	for (size_t i = 0; i < count; i++)
		filled += buckets[i].n > 0;
	double penalty = PENALTY + PENALTY_SLOPE * log(fmax(1, log(fmax(1, filled))));
	return is_loose ? penalty * (1 + LOOSE / fmax(1, filled - 1)) : penalty;
}

static struct series series_of(struct arena *a, const struct changepoint_bucket *buckets,
                               size_t count, const struct changepoint_how *how)
{
	struct series x = { .count = count,
		            .n = ARENA_ARRAY(a, double, count + 1),
		            .s = ARENA_ARRAY(a, double, count + 1) };
	for (size_t i = 0; i < count; i++) {
		x.n[i + 1] = x.n[i] + buckets[i].n;
		x.s[i + 1] = x.s[i] + buckets[i].s;
	}
	double within = fmax(how->deff, 1) * variance_within(buckets, count);
	double between = variance_between(buckets, count);
	double usual = USUAL_VARIANCE * how->half_scale * how->half_scale;
	x.variance = fmax(within, between);
	x.penalty = penalty_of(buckets, count, between > within);
	x.least = fmax(1, how->least * fmax(1, usual / fmax(x.variance, 1e-9)));
	return x;
}

static double answers_in(const struct series *x, size_t from, size_t to)
{
	return x->n[to] - x->n[from];
}

static double mean_in(const struct series *x, size_t from, size_t to)
{
	return (x->s[to] - x->s[from]) / answers_in(x, from, to);
}

/* What a mean of its own explains of a segment. */
static double explained(const struct series *x, size_t from, size_t to)
{
	double s = x->s[to] - x->s[from];
	return s * s / answers_in(x, from, to) / x->variance;
}

/* last[t]: where the last segment of the best cut of the first t buckets begins. */
static void cut(const struct series *x, double *cost, size_t *last)
{
	cost[0] = -x->penalty;
	for (size_t to = 1; to <= x->count; to++) {
		cost[to] = HUGE_VAL;
		for (size_t from = 0; from < to; from++) {
			if (cost[from] == HUGE_VAL || answers_in(x, from, to) < x->least)
				continue;
			double here = cost[from] + x->penalty - explained(x, from, to);
			if (here < cost[to]) {
				cost[to] = here;
				last[to] = from;
			}
		}
	}
}

struct date {
	size_t at;
	double weight;
};

static int by_weight(const void *a, const void *b)
{
	const struct date *p = a, *q = b;
	if (p->weight != q->weight)
		return p->weight > q->weight ? -1 : 1;
	return (p->at > q->at) - (p->at < q->at);
}

/* How likely each date between two neighbours is; returns how many. An empty bucket changes nothing: the change stands
 * at the first bucket with answers. */
static size_t weigh_dates(const struct series *x, size_t from, size_t to, struct date *dates)
{
	size_t count = 0;
	double most = -HUGE_VAL, sum = 0;
	for (size_t at = from + 1; at < to; at++) {
		double n = answers_in(x, from, at), m = answers_in(x, at, to);
		if (n < x->least || m < x->least || !(answers_in(x, at, at + 1) > 0))
			continue;
		double log_weight =
		    (explained(x, from, at) + explained(x, at, to) - log(n * m)) / 2;
		dates[count++] = (struct date){ at, log_weight };
		most = fmax(most, log_weight);
	}
	for (size_t i = 0; i < count; i++)
		sum += dates[i].weight = exp(dates[i].weight - most);
	for (size_t i = 0; i < count; i++)
		dates[i].weight /= sum;
	return count;
}

static void set_size(const struct series *x, size_t from, size_t to, const struct date *dates,
                     size_t count, struct changepoint *c)
{
	double mean = 0, square = 0;
	for (size_t i = 0; i < count; i++) {
		size_t at = dates[i].at;
		double size = mean_in(x, at, to) - mean_in(x, from, at);
		double noise =
		    x->variance * (1 / answers_in(x, from, at) + 1 / answers_in(x, at, to));
		mean += dates[i].weight * size;
		square += dates[i].weight * (size * size + noise);
	}
	double half = QUANTILE * sqrt(fmax(0, square - mean * mean));
	c->size = mean;
	c->lo = mean - half;
	c->hi = mean + half;
}

static struct changepoint look_at(const struct series *x, size_t from, size_t at, size_t to,
                                  struct date *dates)
{
	while (at + 1 < to && !(answers_in(x, at, at + 1) > 0))
		at++;
	struct changepoint c = { at, at, at, mean_in(x, from, at), mean_in(x, at, to), 0, 0, 0 };
	size_t count = weigh_dates(x, from, to, dates);
	set_size(x, from, to, dates, count, &c);
	qsort(dates, count, sizeof *dates, by_weight);
	double held = 0;
	for (size_t i = 0; i < count && held < HELD; i++) {
		held += dates[i].weight;
		c.from = dates[i].at < c.from ? dates[i].at : c.from;
		c.to = dates[i].at > c.to ? dates[i].at : c.to;
	}
	return c;
}

struct changepoint_list changepoint_find(struct arena *a, const struct changepoint_bucket *buckets,
                                         size_t count, const struct changepoint_how *how)
{
	struct series x = series_of(a, buckets, count, how);
	struct changepoint_list list = { .variance = x.variance };
	if (!(x.variance > 0) || x.n[count] < 2 * x.least)
		return list;
	double *cost = ARENA_ARRAY(a, double, count + 1);
	size_t *last = ARENA_ARRAY(a, size_t, count + 1);
	cut(&x, cost, last);
	for (size_t to = last[count]; to > 0; to = last[to])
		list.count++;
	list.items = ARENA_ARRAY(a, struct changepoint, list.count);
	struct date *dates = ARENA_ARRAY(a, struct date, count + 1);
	size_t end = count, at = last[count];
	for (size_t i = list.count; i-- > 0; end = at, at = last[at])
		list.items[i] = look_at(&x, last[at], at, end, dates);
	return list;
}
