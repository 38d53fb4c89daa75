/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "stats/split.h"
#include "base/die.h"

#include <math.h>

static struct split_range point(double value)
{
	return (struct split_range){ value, value, value };
}

struct whole {
	double n[2], r[2];
};

static struct whole whole_of(const struct split_cell *cells, size_t count)
{
	struct whole w = { 0 };
	for (size_t i = 0; i < count; i++)
		for (int t = 0; t < 2; t++) {
			w.n[t] += cells[i].n[t];
			w.r[t] += cells[i].s[t];
		}
	for (int t = 0; t < 2; t++)
		w.r[t] = w.n[t] > 0 ? w.r[t] / w.n[t] : 0;
	return w;
}

/* A cell's score in both periods; where it has no answers, that of the other. */
static void rates_of(const struct split_cell *c, double r[2])
{
	for (int t = 0; t < 2; t++)
		r[t] = c->n[t] > 0 ? c->s[t] / c->n[t] : c->s[!t] / fmax(c->n[!t], 1e-300);
}

static enum split_kind kind_of(const struct split_cell *c)
{
	if (c->n[0] > 0)
		return c->n[1] > 0 ? SPLIT_STAYED : SPLIT_GONE;
	return c->n[1] > 0 ? SPLIT_FRESH : SPLIT_EMPTY;
}

static struct split_segment segment_of(const struct split_cell *c, const struct whole *whole)
{
	struct split_segment segment = { .kind = kind_of(c) };
	if (segment.kind == SPLIT_EMPTY)
		return segment;
	double r[2], w[2] = { c->n[0] / whole->n[0], c->n[1] / whole->n[1] };
	rates_of(c, r);
	double middle = (whole->r[0] + whole->r[1]) / 2;
	segment.mix = point(100 * (w[1] - w[0]) * ((r[0] + r[1]) / 2 - middle));
	segment.rate = point(100 * (r[1] - r[0]) * (w[0] + w[1]) / 2);
	return segment;
}

static void add_segment(struct split_one *out, const struct split_segment *segment)
{
	out->rate.value += segment->rate.value;
	switch (segment->kind) {
	case SPLIT_STAYED:
		out->mix.value += segment->mix.value;
		return;
	case SPLIT_FRESH:
		out->fresh.value += segment->mix.value;
		return;
	case SPLIT_GONE:
		out->gone.value += segment->mix.value;
		return;
	case SPLIT_EMPTY:
		return;
	}
	UNREACHABLE();
}

void split_one(struct arena *a, const struct split_cell *cells, size_t count, struct split_one *out)
{
	struct whole whole = whole_of(cells, count);
	*out = (struct split_one){ .count = count };
	out->segments = ARENA_ARRAY(a, struct split_segment, count);
	out->shown = whole.n[0] > 0 && whole.n[1] > 0;
	if (!out->shown)
		return;
	out->before = 100 * whole.r[0];
	out->now = 100 * whole.r[1];
	out->change = point(out->now - out->before);
	for (size_t i = 0; i < count; i++) {
		out->segments[i] = segment_of(&cells[i], &whole);
		add_segment(out, &out->segments[i]);
	}
	out->mix = point(out->mix.value);
	out->rate = point(out->rate.value);
	out->fresh = point(out->fresh.value);
	out->gone = point(out->gone.value);
}

double split_middle(const struct split_cell *cells, size_t count)
{
	struct whole whole = whole_of(cells, count);
	return (whole.r[0] + whole.r[1]) / 2;
}

/* Shapley's weight of a set of `size` out of `players` - 1 others. */
static double weight_of(size_t size, size_t players)
{
	double ways = 1;
	for (size_t i = 0; i < size; i++)
		ways = ways * (double)(players - 1 - i) / (double)(i + 1);
	return 1 / ((double)players * ways);
}

static size_t size_of(unsigned set)
{
	return (size_t)__builtin_popcount(set);
}

static bool is_same_within(const struct split_grid *g, size_t c, size_t d, unsigned attributes)
{
	for (size_t k = 0; k < g->attributes; k++)
		if (attributes >> k & 1 &&
		    g->codes[c * g->attributes + k] != g->codes[d * g->attributes + k])
			return false;
	return true;
}

/* Which margin a cell belongs to, for each set of attributes: margin[set * cells + c] is the first cell like it. Cells
 * are few next to answers, but may be thousands: they are found by a table of hashes. */
static size_t hash_within(const struct split_grid *g, size_t c, unsigned attributes)
{
	uint64_t h = attributes;
	for (size_t k = 0; k < g->attributes; k++)
		if (attributes >> k & 1)
			h = (h ^ g->codes[c * g->attributes + k]) * UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(h >> 20);
}

static void find_margin(struct arena *a, const struct split_grid *g, unsigned set, size_t *margin)
{
	size_t capacity = 16;
	while (capacity < 2 * g->cells)
		capacity *= 2;
	size_t *slots = ARENA_ARRAY(a, size_t, capacity); /* cell + 1 */
	for (size_t c = 0; c < g->cells; c++) {
		size_t at = hash_within(g, c, set) & (capacity - 1);
		while (slots[at] && !is_same_within(g, slots[at] - 1, c, set))
			at = (at + 1) & (capacity - 1);
		if (!slots[at])
			slots[at] = c + 1;
		margin[c] = slots[at] - 1;
	}
}

struct plan {
	const struct split_grid *grid;
	size_t *margin; /* [sets * cells] */
	double *sizes;  /* [sets * cells * 2], at the first cell of a margin */
};

static struct plan plan_of(struct arena *a, const struct split_grid *g)
{
	size_t sets = (size_t)1 << g->attributes;
	struct plan p = { g, ARENA_ARRAY(a, size_t, sets * g->cells),
		          ARENA_ARRAY(a, double, 2 * sets * g->cells) };
	for (unsigned set = 0; set < sets; set++)
		find_margin(a, g, set, &p.margin[set * g->cells]);
	return p;
}

static void measure(const struct plan *p, const struct split_cell *cells)
{
	size_t count = p->grid->cells, sets = (size_t)1 << p->grid->attributes;
	for (size_t i = 0; i < 2 * sets * count; i++)
		p->sizes[i] = 0;
	for (size_t set = 0; set < sets; set++)
		for (size_t c = 0; c < count; c++) {
			size_t at = 2 * (set * count + p->margin[set * count + c]);
			p->sizes[at] += cells[c].n[0];
			p->sizes[at + 1] += cells[c].n[1];
		}
}

static const double *size_at(const struct plan *p, size_t c, unsigned set)
{
	size_t count = p->grid->cells;
	return &p->sizes[2 * (set * count + p->margin[set * count + c])];
}

/* Attribute k's factor of the cell's share, before and now. */
static void factor_of(const struct plan *p, size_t c, size_t k, double f[2])
{
	size_t attributes = p->grid->attributes;
	f[0] = f[1] = 1;
	for (unsigned set = 0; set < 1U << attributes; set++) {
		if (set >> k & 1)
			continue;
		const double *part = size_at(p, c, set | 1U << k), *of = size_at(p, c, set);
		double ratio[2], power = weight_of(size_of(set), attributes);
		for (int t = 0; t < 2; t++)
			ratio[t] = of[t] > 0 ? part[t] / of[t] : part[!t] / fmax(of[!t], 1e-300);
		f[0] *= pow(ratio[0], power);
		f[1] *= pow(ratio[1], power);
	}
}

/* What each attribute's change makes of the cell's share: the mean over all orders. */
static void share_out(double f[][2], size_t attributes, double effect[])
{
	double product[1 << SPLIT_ATTRIBUTES] = { 0 };
	for (unsigned set = 0; set < 1U << attributes; set++) {
		product[set] = 1;
		for (size_t k = 0; k < attributes; k++)
			product[set] *= f[k][set >> k & 1];
	}
	for (size_t k = 0; k < attributes; k++) {
		effect[k] = 0;
		for (unsigned set = 0; set < 1U << attributes; set++)
			if (!(set >> k & 1))
				effect[k] += weight_of(size_of(set), attributes) *
				             (product[set | 1U << k] - product[set]);
	}
}

static void split_cell(const struct plan *p, const struct split_cell *cells, size_t c,
                       const struct whole *whole, struct split_several *out)
{
	size_t attributes = p->grid->attributes;
	double f[SPLIT_ATTRIBUTES][2], effect[SPLIT_ATTRIBUTES], r[2];
	if (kind_of(&cells[c]) == SPLIT_EMPTY)
		return;
	rates_of(&cells[c], r);
	for (size_t k = 0; k < attributes; k++)
		factor_of(p, c, k, f[k]);
	share_out(f, attributes, effect);
	for (size_t k = 0; k < attributes; k++)
		out->mix[k].value += 100 * effect[k] * ((r[0] + r[1]) / 2 - p->grid->origin);
	double share = (cells[c].n[0] / whole->n[0] + cells[c].n[1] / whole->n[1]) / 2;
	out->rate_of_cell[c] = 100 * (r[1] - r[0]) * share;
	out->rate.value += out->rate_of_cell[c];
}

/* rate_of_cell is there, all 0. */
static void split_planned(const struct plan *p, const struct split_cell *cells,
                          struct split_several *out)
{
	struct whole whole = whole_of(cells, p->grid->cells);
	out->shown = whole.n[0] > 0 && whole.n[1] > 0;
	if (!out->shown)
		return;
	out->before = 100 * whole.r[0];
	out->now = 100 * whole.r[1];
	out->change = point(out->now - out->before);
	measure(p, cells);
	for (size_t c = 0; c < p->grid->cells; c++)
		split_cell(p, cells, c, &whole, out);
	out->rate = point(out->rate.value);
	for (size_t k = 0; k < p->grid->attributes; k++)
		out->mix[k] = point(out->mix[k].value);
}

void split_several(struct arena *a, const struct split_grid *grid, const struct split_cell *cells,
                   struct split_several *out)
{
	MUST(grid->attributes >= 1 && grid->attributes <= SPLIT_ATTRIBUTES);
	struct plan plan = plan_of(a, grid);
	*out = (struct split_several){ .rate_of_cell = ARENA_ARRAY(a, double, grid->cells) };
	split_planned(&plan, cells, out);
}
