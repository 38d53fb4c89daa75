/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/nps_rank.h"
#include "base/die.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include <math.h>
#include <stdlib.h>

#define CONFIDENCE_TAIL 0.975
#define DRAWS_MAX       4000
#define DRAWS_MIN       1000
#define VALUES          400000 /* drawn in all */
#define SEED            20050426
#define HALVINGS        80

/* Scores and variances are of -1..1 in here. */
struct crowd {
	size_t k;
	double *y, *v;
	double mean, mean_variance, spread; /* spread: squared */
};

struct weighed {
	double mean, weight, q;
};

static struct weighed weigh(const double *y, const double *v, size_t k, double spread)
{
	struct weighed w = { 0 };
	for (size_t i = 0; i < k; i++) {
		w.weight += 1 / (v[i] + spread);
		w.mean += y[i] / (v[i] + spread);
	}
	w.mean /= w.weight;
	for (size_t i = 0; i < k; i++)
		w.q += (y[i] - w.mean) * (y[i] - w.mean) / (v[i] + spread);
	return w;
}

/* The sum falls as the spread grows, so it is found by halving. */
double nps_rank_spread(const double *y, const double *v, size_t k)
{
	if (k < 2 || weigh(y, v, k, 0).q <= (double)(k - 1))
		return 0;
	double low = 0, high = 1;
	while (weigh(y, v, k, high).q > (double)(k - 1))
		high *= 2;
	for (int i = 0; i < HALVINGS; i++) {
		double middle = (low + high) / 2;
		if (weigh(y, v, k, middle).q > (double)(k - 1))
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

static double variance_of(const struct nps_figure *f)
{
	struct nps_wald wald = nps_wald_of(f);
	return wald.se * wald.se;
}

static struct crowd crowd_of(struct arena *a, const struct nps_ranking *r, size_t count)
{
	struct crowd c = { .y = ARENA_ARRAY(a, double, count), .v = ARENA_ARRAY(a, double, count) };
	for (size_t i = 0; i < count; i++) {
		if (!r->segments[i].ranked)
			continue;
		c.y[c.k] = r->segments[i].figure.nps / 100;
		c.v[c.k++] = variance_of(&r->segments[i].figure);
	}
	if (c.k == 0)
		return c;
	c.spread = nps_rank_spread(c.y, c.v, c.k);
	struct weighed w = weigh(c.y, c.v, c.k, c.spread);
	c.mean = w.mean;
	c.mean_variance = 1 / w.weight;
	return c;
}

static double belief(const struct crowd *c, double v)
{
	return c->spread / (c->spread + v);
}

static void shrink(struct nps_ranked *s, const struct crowd *c)
{
	double y = s->figure.nps / 100, v = variance_of(&s->figure), b = belief(c, v);
	double shrunk = b * y + (1 - b) * c->mean;
	double se = sqrt(b * v + (1 - b) * (1 - b) * c->mean_variance);
	double half = gsl_cdf_ugaussian_Pinv(CONFIDENCE_TAIL) * se;
	s->shrunk = 100 * shrunk;
	s->lo = fmax(-100, 100 * (shrunk - half));
	s->hi = fmin(100, 100 * (shrunk + half));
}

struct drawn {
	double value;
	size_t which;
};

static int higher_first(const void *left, const void *right)
{
	const struct drawn *a = left, *b = right;
	return (a->value < b->value) - (a->value > b->value);
}

static void draw_all(gsl_rng *rng, const struct crowd *c, struct drawn *drawn)
{
	double mean = c->mean + gsl_ran_gaussian_ziggurat(rng, sqrt(c->mean_variance));
	for (size_t i = 0; i < c->k; i++) {
		double b = belief(c, c->v[i]);
		double off = gsl_ran_gaussian_ziggurat(rng, sqrt(b * c->v[i]));
		drawn[i] = (struct drawn){ b * c->y[i] + (1 - b) * mean + off, i };
	}
	qsort(drawn, c->k, sizeof(*drawn), higher_first);
}

static size_t draws_of(const struct crowd *c)
{
	size_t draws = VALUES / c->k;
	return draws > DRAWS_MAX ? DRAWS_MAX : draws < DRAWS_MIN ? DRAWS_MIN : draws;
}

/* Sums of ranks and of times in the top, of the ranked in their order. */
static void play(struct arena *a, const struct crowd *c, size_t top, double *ranks, double *tops)
{
	struct drawn *drawn = ARENA_ARRAY(a, struct drawn, c->k);
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	MUST(rng);
	gsl_rng_set(rng, SEED);
	for (size_t draw = draws_of(c); draw > 0; draw--) {
		draw_all(rng, c, drawn);
		for (size_t i = 0; i < c->k; i++) {
			ranks[drawn[i].which] += (double)(i + 1);
			tops[drawn[i].which] += i < top;
		}
	}
	gsl_rng_free(rng);
}

static void set_places(struct arena *a, struct nps_ranking *r, size_t count, const struct crowd *c)
{
	double *ranks = ARENA_ARRAY(a, double, c->k), *tops = ARENA_ARRAY(a, double, c->k);
	if (c->spread > 0)
		play(a, c, r->top, ranks, tops);
	for (size_t i = 0, k = 0; i < count; i++) {
		struct nps_ranked *s = &r->segments[i];
		if (!s->ranked)
			continue;
		s->top = (double)r->top / (double)c->k;
		s->rank = (double)(c->k + 1) / 2;
		if (c->spread > 0) {
			s->top = tops[k] / (double)draws_of(c);
			s->rank = ranks[k++] / (double)draws_of(c);
		}
	}
}

struct nps_ranking nps_rank(struct arena *a, const struct nps_sums *sums, size_t count)
{
	struct nps_ranking r = { .segments = ARENA_ARRAY(a, struct nps_ranked, count) };
	for (size_t i = 0; i < count; i++) {
		struct nps_figure f = nps_figure_of(&sums[i]);
		bool ranked = f.label != NPS_HIDDEN && f.effective_n >= NPS_RANK_ANSWERS;
		r.segments[i] = (struct nps_ranked){ .figure = f, .ranked = ranked };
		r.ranked += ranked;
	}
	struct crowd c = crowd_of(a, &r, count);
	if (c.k == 0)
		return r;
	r.top = (c.k + 2) / 3;
	r.mean = 100 * c.mean;
	r.spread = 100 * sqrt(c.spread);
	for (size_t i = 0; i < count; i++)
		if (r.segments[i].figure.label != NPS_HIDDEN)
			shrink(&r.segments[i], &c);
	set_places(a, &r, count, &c);
	return r;
}
