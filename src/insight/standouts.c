/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/standouts.h"

#include "base/die.h"
#include "base/zone.h"
#include "insight/part_json.h"
#include "insight/standouts_try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A pair is told beside one of its values when it is so much further from its rest. */
#define PAIR_TIMES 1.5
#define PAIR_MORE  10

const char *standout_kind_name(enum standout_kind kind)
{
	switch (kind) {
	case STANDOUT_SEGMENT:
		return "segment";
	case STANDOUT_CHANGE:
		return "change";
	case STANDOUT_SHARE:
		return "share";
	case STANDOUT_CHANNELS:
		return "channels";
	case STANDOUT_RATE:
		return "rate";
	}
	UNREACHABLE();
}

struct standout *standouts_row(struct standouts_try *t, const struct standout *row)
{
	if (t->count == t->room) {
		t->room = t->room ? t->room * 2 : 256;
		t->rows = mem_resize(t->rows, t->room * sizeof(*t->rows));
	}
	struct standout *kept = &t->rows[t->count++];
	*kept = *row;
	for (size_t d = 0; d < row->dim_count; d++)
		kept->values[d].text = str_copy(t->arena, row->values[d].text);
	return kept;
}

static void set_days(struct standouts_try *t, int64_t first, int64_t last, struct answer_filter *f)
{
	struct civil from = { 0 }, before = { 0 };
	date_from_days(first, &from.year, &from.month, &from.day);
	date_from_days(last + 1, &before.year, &before.month, &before.day);
	*f = (struct answer_filter){ .from_day = part_day(t->arena, first),
		                     .to_day = part_day(t->arena, last),
		                     .from = zone_instant(t->q->zone, &from),
		                     .before = zone_instant(t->q->zone, &before) };
}

static void set_period(struct standouts_try *t, int64_t days, struct standouts *out)
{
	int64_t today = zone_day(t->q->zone, t->q->now);
	out->last_day = today;
	out->first_day = today - days + 1;
	out->before_last_day = out->first_day - 1;
	out->before_first_day = out->first_day - days;
	set_days(t, out->first_day, out->last_day, &t->now);
	set_days(t, out->before_first_day, out->before_last_day, &t->before);
	out->filter = t->now;
}

static bool ask_parts(struct standouts_try *t, struct standouts *out, struct err *err)
{
	struct cells *cells = &out->parts;
	const struct cell_question q = { .scope = t->q->scope,
		                         .filter = &t->now,
		                         .zone = t->q->zone,
		                         .week_start = t->q->week_start,
		                         .dims = { { .kind = DIM_PART } },
		                         .wants_clusters = true };
	if (!cells_ask(t->facts, t->arena, &q, cells, err))
		return false;
	out->answers = out->most = 0;
	for (size_t i = 0; i < cells->count[0]; i++) {
		struct nps_figure f = nps_figure_of(&cells->at[i].sums);
		out->answers += f.responses;
		out->most = f.responses > out->most ? f.responses : out->most;
	}
	return true;
}

static bool try_all(struct standouts_try *t, struct standouts *out, struct err *err)
{
	const struct cells *cells = &out->parts;
	set_period(t, STANDOUTS_DAYS, out);
	if (!ask_parts(t, out, err))
		return false;
	if (out->answers < STANDOUTS_FEW) {
		set_period(t, STANDOUTS_DAYS_LONG, out);
		if (!ask_parts(t, out, err))
			return false;
	}
	standouts_attributes(t);
	for (size_t i = 0; i < cells->count[0]; i++) {
		const struct cell_part *part = &cells->parts[cells->values[0][i].id];
		if (nps_figure_of(&cells->at[i].sums).responses >= NPS_ANSWERS_FIRM &&
		    !standouts_of_part(t, part, err))
			return false;
	}
	return standouts_of_surveys(t, err);
}

static struct findings find(struct standouts_try *t)
{
	struct candidate *tried = ARENA_ARRAY(t->arena, struct candidate, t->count + 1);
	for (size_t i = 0; i < t->count; i++)
		tried[i] = (struct candidate){ .size = t->rows[i].size,
			                       .p = t->rows[i].p,
			                       .topic = (int)t->rows[i].kind,
			                       .answers = t->rows[i].sketch };
	return findings_among(t->arena, tried, t->count);
}

static int by_p(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

/* The largest p that is no chance among so many; -1: none. */
static double real_until(struct standouts_try *t, size_t beyond_chance)
{
	double *p = ARENA_ARRAY(t->arena, double, t->count + 1);
	for (size_t i = 0; i < t->count; i++)
		p[i] = t->rows[i].p;
	if (beyond_chance == 0)
		return -1;
	qsort(p, t->count, sizeof(*p), by_p);
	return p[beyond_chance - 1];
}

static bool same_dim(const struct dim *a, const struct dim *b)
{
	return a->kind == b->kind && str_eq(a->name, b->name);
}

static bool is_parent(const struct standout *one, const struct standout *pair)
{
	if (one->kind != STANDOUT_SEGMENT || one->dim_count != 1 || one->part != pair->part)
		return false;
	for (size_t d = 0; d < 2; d++)
		if (same_dim(&one->dims[0], &pair->dims[d]) &&
		    str_eq(one->values[0].text, pair->values[d].text))
			return (one->size > 0) == (pair->size > 0);
	return false;
}

/* Stays among what was tried, and can no more be told. */
static void silence_pairs(struct standouts_try *t, double until)
{
	for (size_t i = 0; i < t->count; i++) {
		struct standout *pair = &t->rows[i];
		if (pair->kind != STANDOUT_SEGMENT || pair->dim_count != 2 || pair->p > until)
			continue;
		for (size_t j = 0; j < t->count && pair->p <= until; j++) {
			const struct standout *one = &t->rows[j];
			double far = fabs(pair->from_rest.change),
			       near = fabs(one->from_rest.change);
			if (one->p <= until && is_parent(one, pair) &&
			    (far < near * PAIR_TIMES || far < near + PAIR_MORE))
				pair->p = 1;
		}
	}
}

struct sketching {
	struct answer_sketch **of; /* by cell; NULL: nobody asks */
	size_t columns;
};

static bool sketch_one(void *context, const struct fact *fact, struct err *err)
{
	const struct sketching *s = context;
	(void)err;
	struct answer_sketch *sketch = s->of[fact->values[0] * s->columns + fact->values[1]];
	if (sketch)
		answer_sketch_add(sketch, fact->id);
	return true;
}

static bool same_value(const struct cell_value *a, const struct cell_value *b)
{
	return !b->rest && a->id == b->id && a->version == b->version && str_eq(a->text, b->text) &&
	       (a->text.at == NULL) == (b->text.at == NULL);
}

static size_t place_of(const struct cells *cells, int d, const struct cell_value *value)
{
	for (size_t i = 0; i < cells->count[d]; i++)
		if (same_value(value, &cells->values[d][i]))
			return i;
	return SIZE_MAX;
}

/* Is it told of answers, which others may be about, too? */
static bool is_of_answers(const struct standout *row)
{
	return row->kind == STANDOUT_SEGMENT || row->kind == STANDOUT_CHANGE;
}

static bool alike(const struct standout *a, const struct standout *b)
{
	return is_of_answers(b) && a->part == b->part && a->dim_count == b->dim_count &&
	       same_dim(&a->dims[0], &b->dims[0]) && same_dim(&a->dims[1], &b->dims[1]);
}

/* Of the row and of all others by the same attributes, in one walk over their answers. */
static bool sketch_like(struct standouts_try *t, size_t first, double until, struct err *err)
{
	const struct standout *like = &t->rows[first];
	const struct cell_question q = { .scope = t->q->scope,
		                         .filter = &t->now,
		                         .part = like->part,
		                         .zone = t->q->zone,
		                         .week_start = t->q->week_start,
		                         .dims = { like->dims[0], like->dims[1] },
		                         .hides_names = t->q->hides_names };
	struct cells cells;
	if (!cells_ask(t->facts, t->arena, &q, &cells, err))
		return false;
	struct sketching s = { .columns = cells.count[1] };
	s.of = ARENA_ARRAY(t->arena, struct answer_sketch *, cells.count[0] * cells.count[1] + 1);
	for (size_t i = first; i < t->count; i++) {
		struct standout *row = &t->rows[i];
		if (row->p > until || !alike(like, row))
			continue;
		size_t x = place_of(&cells, 0, &row->values[0]);
		size_t y = row->dim_count == 2 ? place_of(&cells, 1, &row->values[1]) : 0;
		if (x == SIZE_MAX || y == SIZE_MAX)
			continue;
		struct answer_sketch **sketch = &s.of[x * s.columns + y];
		*sketch = *sketch ? *sketch : ARENA_NEW(t->arena, struct answer_sketch);
		row->sketch = *sketch;
	}
	return cells_visit(t->facts, t->arena, &q, &cells, sketch_one, &s, err);
}

static bool sketch(struct standouts_try *t, double until, struct err *err)
{
	for (size_t i = 0; i < t->count; i++)
		if (is_of_answers(&t->rows[i]) && t->rows[i].p <= until && !t->rows[i].sketch &&
		    !sketch_like(t, i, until, err))
			return false;
	return true;
}

/* When one value's share rises, others' fall: the move of one attribute is told once. */
static bool is_other_side(const struct standouts *out, const struct standout *row)
{
	if (row->kind != STANDOUT_SHARE && row->kind != STANDOUT_CHANNELS)
		return false;
	for (size_t i = 0; i < out->count; i++)
		if (out->list[i].kind == row->kind && out->list[i].part == row->part &&
		    same_dim(&out->list[i].dims[0], &row->dims[0]))
			return true;
	return false;
}

/* Answers, and promoters less detractors. */
struct balance {
	double n, s;
};

static struct balance balance_of(const struct nps_sums *sums)
{
	struct nps_figure f = nps_figure_of(sums);
	return (struct balance){ (double)f.responses, (double)(f.promoters - f.detractors) };
}

/* All others stand above the rest when one value is far below, as it is in their rest: without those that were told on the
 * other side, is it still half as far? */
static bool is_mirror(const struct standouts *out, const struct standout *row)
{
	if (row->kind != STANDOUT_SEGMENT || row->dim_count != 1)
		return false;
	struct balance own = balance_of(&row->sums), rest = balance_of(&row->rest);
	double all = rest.n;
	for (size_t i = 0; i < out->count; i++) {
		const struct standout *told = &out->list[i];
		if (told->kind != STANDOUT_SEGMENT || told->dim_count != 1 ||
		    told->part != row->part || !same_dim(&told->dims[0], &row->dims[0]) ||
		    (told->size > 0) == (row->size > 0))
			continue;
		struct balance b = balance_of(&told->sums);
		rest.n -= b.n;
		rest.s -= b.s;
	}
	if (rest.n == all)
		return false;
	return rest.n < NPS_ANSWERS_FIRM ||
	       fabs(100 * (own.s / own.n - rest.s / rest.n)) < fabs(row->from_rest.change) / 2;
}

static bool choose(struct standouts_try *t, struct standouts *out, struct err *err)
{
	double until = real_until(t, find(t).beyond_chance);
	silence_pairs(t, until);
	if (!sketch(t, until, err))
		return false;
	struct findings found = find(t);
	out->tried = t->count;
	out->list = ARENA_ARRAY(t->arena, struct standout, found.count + 1);
	for (size_t i = 0; i < found.count; i++) {
		struct standout *row = &t->rows[found.list[i].candidate];
		row->certainty = found.list[i].certainty;
		if (!is_other_side(out, row) && !is_mirror(out, row))
			out->list[out->count++] = *row;
	}
	return true;
}

bool standouts_ask(const struct facts *facts, struct arena *a, const struct standouts_question *q,
                   struct standouts *out, struct err *err)
{
	struct standouts_try t = { .facts = facts, .arena = a, .q = q };
	struct standouts found = { 0 };
	bool ok = try_all(&t, &found, err) && choose(&t, &found, err);
	free(t.rows);
	if (ok)
		*out = found;
	return ok;
}
