/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/segments.h"

#include <stdlib.h>

#include "insight/attribute.h"
#include "stats/findings.h"
#include "stats/nps_rest.h"

static struct segment segment_of(const struct cells *cells, size_t i)
{
	const struct cell *cell = &cells->at[i];
	const struct cell_value *value = &cells->values[0][i];
	struct nps_sums rest;
	struct nps_pair pair;
	cells_rest(cells, cell, &rest, &pair);
	return (struct segment){
		.value = *value,
		.sums = &cell->sums,
		.figure = nps_figure_of(&cell->sums),
		.among = !value->rest && value->text.at,
		.from_rest = nps_difference_of(&cell->sums, &rest, &pair),
		.people_in_both = pair.people,
	};
}

static int by_p(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

/* The largest p that is still told as real among so many. */
static double real_until(struct arena *a, const double *p, size_t count)
{
	struct candidate *tried = ARENA_ARRAY(a, struct candidate, count + 1);
	double *sorted = ARENA_ARRAY(a, double, count + 1);
	for (size_t i = 0; i < count; i++) {
		tried[i] = (struct candidate){ .size = 1, .p = p[i] };
		sorted[i] = p[i];
	}
	struct findings found = findings_among(a, tried, count);
	if (found.beyond_chance == 0)
		return -1;
	qsort(sorted, count, sizeof(*sorted), by_p);
	return sorted[found.beyond_chance - 1];
}

static void mark_real(struct arena *a, struct segments *s)
{
	double *p = ARENA_ARRAY(a, double, s->count + 1);
	for (size_t i = 0; i < s->count; i++)
		if (s->list[i].from_rest.shown)
			p[s->looked_at++] = s->list[i].from_rest.p;
	double until = real_until(a, p, s->looked_at);
	for (size_t i = 0; i < s->count; i++)
		s->list[i].real = s->list[i].from_rest.shown && s->list[i].from_rest.p <= until;
}

static void set_side_by_side(struct arena *a, bool is_set, struct segments *s)
{
	struct nps_sums *sums = ARENA_ARRAY(a, struct nps_sums, s->count + 1);
	size_t count = 0, next = 0;
	for (size_t i = 0; i < s->count; i++)
		if (s->list[i].among)
			sums[count++] = *s->list[i].sums;
	s->funnel = nps_funnel_of(a, &s->all.sums, sums, count);
	s->ranking = nps_rank(a, sums, is_set ? 0 : count);
	for (size_t i = 0; i < s->count; i++) {
		struct segment *one = &s->list[i];
		if (!one->among)
			continue;
		one->side = nps_funnel_side(&s->funnel, &one->figure);
		if (!is_set)
			one->ranked = s->ranking.segments[next++];
		if (one->figure.effective_n > s->most)
			s->most = one->figure.effective_n;
	}
}

static bool ask_one(const struct facts *facts, struct arena *a, struct cell_question q,
                    struct segments *out, struct err *err)
{
	struct cells cells;
	q.dims[1] = (struct dim){ 0 };
	q.wants_across = true;
	if (!cells_ask(facts, a, &q, &cells, err))
		return false;
	out->all = cells.all;
	out->left_out = cells.left_out;
	out->list = ARENA_ARRAY(a, struct segment, cells.count[0] + 1);
	for (size_t i = 0; i < cells.count[0]; i++)
		if (cells.at[i].sums.clusters > 0)
			out->list[out->count++] = segment_of(&cells, i);
	mark_real(a, out);
	set_side_by_side(a, dim_is_set(&q.dims[0]), out);
	return true;
}

bool segments_ask(const struct facts *facts, struct arena *a, const struct segments_question *q,
                  struct segments *out, struct err *err)
{
	struct segments s = { 0 };
	struct cell_question cells = q->cells;
	cells.dims[0] = cells.dims[1] = (struct dim){ 0 };
	if (!one_part_choose(facts, a, &cells, q->part, &s.part, err))
		return false;
	if (s.part.has_answers) {
		cells = q->cells;
		cells.part = s.part.part;
		cells.wants_clusters = true;
		s.has_grid = cells.dims[1].kind != DIM_NONE;
		if (!ask_one(facts, a, cells, &s, err) ||
		    (s.has_grid && !cells_ask(facts, a, &cells, &s.grid, err)))
			return false;
	}
	*out = s;
	return true;
}

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t n = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		n += sums->by_score[score];
	return n;
}

static bool is_named(const struct cell_value *value, const struct segment_name *name)
{
	Str shown = attribute_shown(value, name->hides_names);
	return !value->rest && value->version == name->version && !shown.at == !name->text.at &&
	       str_eq(shown, name->text);
}

bool segments_answers(const struct facts *facts, struct arena *a, const struct segments_question *q,
                      const struct segment_name *name, size_t max, int64_t **ids, size_t *count,
                      int64_t *total, struct err *err)
{
	struct one_part part;
	struct cells found;
	struct cell_question cells = q->cells;
	*count = 0;
	*total = 0;
	cells.dims[0] = cells.dims[1] = (struct dim){ 0 };
	if (dim_is_set(&q->cells.dims[0]) && q->cells.vote == VOTE_ANSWER)
		return err_at(err, ERR_INVALID, "by", "the list of answers takes a tag itself");
	if (!one_part_choose(facts, a, &cells, q->part, &part, err))
		return false;
	if (!part.has_answers)
		return true;
	cells.dims[0] = q->cells.dims[0];
	cells.part = part.part;
	if (!cells_ask(facts, a, &cells, &found, err))
		return false;
	size_t at = 0;
	while (at < found.count[0] && !is_named(&found.values[0][at], name))
		at++;
	if (at == found.count[0])
		return true;
	*total = answers_of(&found.at[at].sums);
	return cells_answers(facts, a, &cells, &found, at, max, ids, count, err);
}
