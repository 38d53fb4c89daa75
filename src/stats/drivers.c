/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/drivers.h"
#include "base/die.h"
#include "stats/resample.h"

#include <gsl/gsl_cdf.h>

#include <math.h>
#include <string.h>

#define TAIL 0.025
/* One, the ratings and x; products of two of them, the lower triangle row by row. */
#define COLUMNS  (DRIVERS_MAX + 2)
#define PRODUCTS (COLUMNS * (COLUMNS + 1) / 2)
/* A rating that others tell but for this part of its variance adds nothing. */
#define TOLERANCE 1e-9
#define STRETCH   512

/* What a sample says: its matrix of covariances by column, ratings first and x last. */
struct moments {
	size_t count;
	double n, at[DRIVERS_MAX + 1][DRIVERS_MAX + 1];
};

struct estimate {
	double r2, dominance[DRIVERS_MAX], effect[DRIVERS_MAX], alone[DRIVERS_MAX];
	double pull[DRIVERS_MAX]; /* the coefficient, averaged over all sets */
};

/* ---- Sets of ratings ---- */

struct walk {
	size_t count;
	double r2[1 << DRIVERS_MAX], weight[DRIVERS_MAX + 1];
	double total; /* variance of x */
	double first[DRIVERS_MAX];
	struct estimate *out;
};

/* The mean over orders gives a set of `size` others this weight. */
static void set_weights(struct walk *w)
{
	double ways = 1;
	for (size_t size = 0; size < w->count; size++) {
		w->weight[size] = 1 / ((double)w->count * ways);
		ways = ways * (double)(w->count - 1 - size) / (double)(size + 1);
	}
}

/* The sweep of Beaton (1964): afterwards the last column holds, by row, the coefficients of a model with rating k in it. Only
 * ratings behind k are swept later, so only columns behind it are made, in `to`; those of the others are not looked at any more. */
static void sweep(const struct moments *m, size_t k, struct moments *to)
{
	const double *by = m->at[k];
	double pivot = by[k];
	size_t last = m->count;
	to->count = last;
	for (size_t j = k + 1; j <= last; j++) {
		const double *from = m->at[j];
		double *into = to->at[j], own = from[k];
		for (size_t i = 0; i <= last; i++)
			into[i] = from[i] - by[i] * own / pivot;
		into[k] = own / pivot;
	}
}

/* A set that is swept: what it tells, and its coefficients. */
static void note_set(struct walk *w, const struct moments *m, unsigned set, unsigned swept)
{
	const double *x = m->at[m->count];
	w->r2[set] = w->total > 0 ? 1 - x[m->count] / w->total : 0;
	double weight = set ? w->weight[__builtin_popcount(set) - 1] : 0;
	for (size_t k = 0; k < w->count; k++) {
		if (!(swept >> k & 1))
			continue;
		w->out->pull[k] += weight * x[k];
		if (set == (1U << w->count) - 1)
			w->out->effect[k] = x[k];
		if (set == 1U << k)
			w->out->alone[k] = x[k];
	}
}

/* All sets that add to `set` ratings from `next` on. Sweeps only go forward, each from a copy: nothing adds up. */
static void walk_sets(struct walk *w, const struct moments *m, unsigned set, unsigned swept,
                      size_t next)
{
	note_set(w, m, set, swept);
	for (size_t k = next; k < m->count; k++) {
		struct moments more;
		bool tells = m->at[k][k] > TOLERANCE * w->first[k];
		if (tells)
			sweep(m, k, &more);
		walk_sets(w, tells ? &more : m, set | 1U << k, tells ? swept | 1U << k : swept,
		          k + 1);
	}
}

static void estimate(const struct moments *m, struct walk *w, struct estimate *out)
{
	*out = (struct estimate){ 0 };
	w->count = m->count;
	w->out = out;
	w->total = m->at[m->count][m->count];
	for (size_t k = 0; k < m->count; k++)
		w->first[k] = m->at[k][k];
	set_weights(w);
	walk_sets(w, m, 0, 0, 0);
	for (size_t k = 0; k < m->count; k++)
		for (unsigned set = 0; set < 1U << m->count; set++)
			if (!(set >> k & 1))
				out->dominance[k] += w->weight[__builtin_popcount(set)] *
				                     (w->r2[set | 1U << k] - w->r2[set]);
	out->r2 = w->r2[(1U << m->count) - 1];
}

/* ---- Sums ---- */

/* The products of complete answers, by group of clusters. */
struct sums {
	size_t count, used, groups;
	int16_t middle[DRIVERS_MAX]; /* taken off, so that products stay small, whole and exact */
	double (*products)[PRODUCTS];
};

static size_t group_of(uint64_t key, uint64_t seed)
{
	key = (key ^ seed) * UINT64_C(0x9e3779b97f4a7c15);
	key = (key ^ key >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
	return (size_t)(key >> 32) % DRIVER_GROUPS;
}

/* Of each rating, its values. */
struct columns {
	const int16_t *of[DRIVERS_MAX];
};

static struct columns columns_of(const struct driver_question *q)
{
	struct columns c = { 0 };
	for (size_t k = 0; k < q->count; k++)
		c.of[k] = blind_rating_values(q->ratings[k]);
	return c;
}

/* Some answers next to each other, and what is known of each when column after column was gone through. */
struct stretch {
	size_t count;
	bool lacks[STRETCH];   /* a value of some rating */
	uint16_t off[STRETCH]; /* a bit a rating: it is not in the middle */
};

_Static_assert(DRIVERS_MAX <= 16, "a bit a rating");

static void go_through(const struct driver_question *q, const struct columns *c,
                       const int16_t *middle, size_t from, struct stretch *out)
{
	*out = (struct stretch){ .count = q->answers - from };
	if (out->count > STRETCH)
		out->count = STRETCH;
	for (size_t k = 0; k < q->count; k++) {
		const int16_t *values = c->of[k] + from;
		for (size_t i = 0; i < out->count; i++) {
			out->lacks[i] |= values[i] == BLIND_NONE;
			out->off[i] |= (uint16_t)((values[i] != middle[k]) << k);
		}
	}
}

static void set_middles(const struct driver_question *q, const struct columns *c, struct sums *s)
{
	int64_t total[DRIVERS_MAX] = { 0 };
	struct stretch t;
	for (size_t from = 0; from < q->answers; from += STRETCH) {
		go_through(q, c, s->middle, from, &t);
		for (size_t i = 0; i < t.count; i++) {
			unsigned off = t.lacks[i] ? 0 : t.off[i];
			s->used += !t.lacks[i];
			for (; off; off &= off - 1) {
				unsigned k = (unsigned)__builtin_ctz(off);
				total[k] += c->of[k][from + i];
			}
		}
	}
	for (size_t k = 0; k < q->count && s->used > 0; k++)
		s->middle[k] = (int16_t)lround((double)total[k] / (double)s->used);
}

/* What is 0 adds nothing; of most ratings most answers are in the middle. */
static void add_answer(const struct driver_question *q, const struct columns *c, struct sums *s,
                       size_t i, unsigned off)
{
	double row[COLUMNS] = { 1 };
	size_t place[COLUMNS] = { 0 }, count = 1;
	for (; off; off &= off - 1) {
		unsigned k = (unsigned)__builtin_ctz(off);
		row[count] = c->of[k][i] - s->middle[k];
		place[count++] = k + 1;
	}
	row[count] = q->x[i];
	place[count] = q->count + 1;
	count += q->x[i] != 0;
	double *products = s->products[group_of(q->cluster[i], q->seed)];
	for (size_t j = 0; j < count; j++)
		for (size_t k = 0; k <= j; k++)
			products[place[j] * (place[j] + 1) / 2 + place[k]] += row[j] * row[k];
}

static struct sums sums_of(struct arena *a, const struct driver_question *q)
{
	struct sums s = { .count = q->count };
	const struct columns c = columns_of(q);
	struct stretch t;
	set_middles(q, &c, &s);
	s.products = arena_zeroed(a, DRIVER_GROUPS, sizeof *s.products);
	for (size_t from = 0; from < q->answers; from += STRETCH) {
		go_through(q, &c, s.middle, from, &t);
		for (size_t i = 0; i < t.count; i++)
			if (!t.lacks[i])
				add_answer(q, &c, &s, from + i, t.off[i]);
	}
	for (size_t g = 0; g < DRIVER_GROUPS; g++)
		s.groups += s.products[g][0] > 0;
	return s;
}

static double product_at(const double *products, size_t j, size_t k)
{
	return j > k ? products[j * (j + 1) / 2 + k] : products[k * (k + 1) / 2 + j];
}

static struct moments moments_of(const double *products, size_t count)
{
	struct moments m = { .count = count, .n = products[0] };
	for (size_t j = 0; j <= count; j++)
		for (size_t k = 0; k <= count; k++) {
			double product = product_at(products, j + 1, k + 1);
			double means =
			    product_at(products, j + 1, 0) / m.n * product_at(products, k + 1, 0);
			m.at[k][j] = (product - means) / m.n;
		}
	return m;
}

/* Null source: each group once, the sample itself. */
static struct moments draw_moments(const struct sums *s, struct resample *source)
{
	double sum[PRODUCTS] = { 0 };
	for (size_t g = 0; g < DRIVER_GROUPS; g++) {
		if (!(s->products[g][0] > 0))
			continue;
		double times = source ? resample_poisson(source, 1) : 1;
		if (!(times > 0))
			continue;
		for (size_t i = 0; i < PRODUCTS; i++)
			sum[i] += times * s->products[g][i];
	}
	return moments_of(sum, s->count);
}

/* ---- Ranges ---- */

struct draws {
	size_t count;
	double *dominance, *effect, *pull; /* [rating * rounds + draw] */
};

static void set_range(double *values, size_t count, double scale, double *lo, double *hi)
{
	resample_sort(values, count);
	*lo = scale * resample_quantile(values, count, TAIL);
	*hi = scale * resample_quantile(values, count, 1 - TAIL);
}

static double deviation_of(const double *values, size_t count)
{
	double mean = 0, squares = 0;
	for (size_t i = 0; i < count; i++)
		mean += values[i] / (double)count;
	for (size_t i = 0; i < count; i++)
		squares += (values[i] - mean) * (values[i] - mean);
	return sqrt(squares / (double)(count - 1));
}

static void draw_all(struct arena *a, const struct driver_question *q, const struct sums *s,
                     struct walk *w, struct draws *d)
{
	struct resample *source = resample_new(a, q->seed);
	d->dominance = ARENA_ARRAY(a, double, q->count * q->rounds);
	d->effect = ARENA_ARRAY(a, double, q->count * q->rounds);
	d->pull = ARENA_ARRAY(a, double, q->count * q->rounds);
	for (size_t round = 0; round < q->rounds; round++) {
		struct estimate e;
		struct moments m = draw_moments(s, source);
		if (!(m.n > 1))
			continue;
		estimate(&m, w, &e);
		for (size_t k = 0; k < q->count; k++) {
			d->dominance[k * q->rounds + d->count] = e.dominance[k];
			d->effect[k * q->rounds + d->count] = e.effect[k];
			d->pull[k * q->rounds + d->count] = e.pull[k];
		}
		d->count++;
	}
}

/* Few clusters and few draws both make a deviation that may be too small by chance. */
static bool stands(double pull, double deviation, const struct sums *s, size_t rounds)
{
	double degrees = 1 / (1 / ((double)s->groups - 1 - (double)s->count) + 1 / (double)rounds);
	double chance = DRIVER_CHANCE / 2 / (double)s->count;
	return deviation > 0 && fabs(pull) / deviation > gsl_cdf_tdist_Qinv(chance, degrees);
}

static bool is_enough(const struct driver_question *q, const struct sums *s)
{
	return s->used >= DRIVER_ANSWERS && s->used >= DRIVER_ANSWERS_EACH * q->count &&
	       s->groups > q->count + DRIVER_CLUSTERS_MORE;
}

static void fill(const struct driver_question *q, const struct sums *s, const struct moments *m,
                 const struct estimate *e, const struct draws *d, struct driver_list *out)
{
	out->r2 = e->r2;
	for (size_t k = 0; k < q->count; k++) {
		struct driver *item = &out->items[k];
		double *pull = &d->pull[k * q->rounds];
		item->dominance = e->dominance[k];
		item->effect = 100 * e->effect[k];
		item->alone = 100 * e->alone[k];
		item->spread = sqrt(fmax(0, m->at[k][k]));
		item->stands = stands(e->pull[k], deviation_of(pull, d->count), s, d->count);
		set_range(&d->dominance[k * q->rounds], d->count, 1, &item->lo, &item->hi);
		set_range(&d->effect[k * q->rounds], d->count, 100, &item->effect_lo,
		          &item->effect_hi);
	}
}

void drivers_of(struct arena *a, const struct driver_question *q, struct driver_list *out)
{
	MUST(q->count >= 1 && q->count <= DRIVERS_MAX && q->rounds >= 2);
	for (size_t k = 0; k < q->count; k++)
		MUST(blind_rating_count(q->ratings[k]) == q->answers);
	struct sums s = sums_of(a, q);
	*out = (struct driver_list){ .used = s.used, .count = q->count };
	out->shown = is_enough(q, &s);
	if (!out->shown)
		return;
	struct walk *w = ARENA_NEW(a, struct walk);
	struct moments m = draw_moments(&s, NULL);
	struct estimate e;
	struct draws d = { 0 };
	estimate(&m, w, &e);
	draw_all(a, q, &s, w, &d);
	MUST(d.count >= 2);
	fill(q, &s, &m, &e, &d, out);
}
