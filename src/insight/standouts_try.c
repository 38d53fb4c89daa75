/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insight/standouts_try.h"

#include "base/clock.h"
#include "feedback/cube_view.h"
#include "insight/funnel.h"
#include "people/personal.h"
#include "survey/survey.h"

#include <math.h>

#define SENT_WAIT (14 * CLOCK_DAY)

static void add_dim(struct standouts_try *t, enum dim_kind kind, Str name)
{
	if (t->dim_count < STANDOUTS_NAMES_MAX)
		t->dims[t->dim_count++] = (struct dim){ .kind = kind, .name = name };
}

static bool is_named(const struct standouts_try *t, Str name)
{
	for (size_t i = 0; i < t->dim_count; i++)
		if (str_eq(t->dims[i].name, name))
			return true;
	return false;
}

/* The dictionary knows every value there ever was, with none: those are the candidates. */
static void add_named(struct standouts_try *t, enum dim_kind kind,
                      const struct cube_property *properties, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct cube_property *p = &properties[i];
		if (p->values.count >= 3 && p->values.count <= STANDOUTS_VALUES_MAX + 1 &&
		    !personal_name(t->arena, p->name) && !is_named(t, p->name))
			add_dim(t, kind, p->name);
	}
}

void standouts_attributes(struct standouts_try *t)
{
	const struct cube_view *view = t->facts->view;
	add_dim(t, DIM_CHANNEL, (Str){ 0 });
	add_dim(t, DIM_LANGUAGE, (Str){ 0 });
	add_dim(t, DIM_SURVEY, (Str){ 0 });
	if (!view)
		return;
	add_dim(t, DIM_TENURE, (Str){ 0 });
	if (view->account_count > 1)
		add_dim(t, DIM_ACCOUNT_SIZE, (Str){ 0 });
	add_named(t, DIM_PROPERTY, view->properties, view->property_count);
	add_named(t, DIM_TRAIT, view->traits, view->trait_count);
}

static struct cell_question question(const struct standouts_try *t, const struct cell_part *part,
                                     const struct answer_filter *f)
{
	return (struct cell_question){ .scope = t->q->scope,
		                       .filter = f,
		                       .part = part,
		                       .zone = t->q->zone,
		                       .week_start = t->q->week_start,
		                       .hides_names = t->q->hides_names,
		                       .wants_clusters = true,
		                       .wants_across = true };
}

static int64_t answers_of(const struct nps_sums *sums)
{
	int64_t n = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		n += sums->by_score[score];
	return n;
}

static bool is_told(const struct cell_value *value)
{
	return value->text.at && value->text.len && !value->rest && !personal_value(value->text);
}

static void try_segment(struct standouts_try *t, const struct cells *cells, size_t x, size_t y,
                        struct standout row)
{
	const struct cell *cell = &cells->at[x * cells->count[1] + y];
	struct nps_pair pair;
	int64_t n = answers_of(&cell->sums), all = answers_of(&cells->all.sums);
	if (n < NPS_ANSWERS_FIRM || all - n < NPS_ANSWERS_FIRM)
		return;
	cells_rest(cells, cell, &row.rest, &pair);
	row.sums = cell->sums;
	row.from_rest = nps_difference_of(&row.sums, &row.rest, &pair);
	row.size = row.from_rest.change * (double)n / (double)all;
	row.p = row.from_rest.p;
	if (row.from_rest.shown)
		standouts_row(t, &row);
}

static const struct cell *before_of(const struct cells *before, const struct cell_value *value)
{
	for (size_t i = 0; i < before->count[0]; i++)
		if (str_eq(before->values[0][i].text, value->text) &&
		    is_told(&before->values[0][i]))
			return &before->at[i];
	return NULL;
}

/* Told is a change that is no chance, and no change of all: the larger p of both. The rest's people are taken for different
 * ones in both periods, which makes it larger still. */
static void try_change(struct standouts_try *t, const struct cells *now, const struct cells *before,
                       size_t x, struct standout row)
{
	static const struct nps_pair nobody = { 0 };
	const struct cell *cell = &now->at[x], *was = before_of(before, &now->values[0][x]);
	struct nps_sums rest, rest_was;
	struct nps_pair pair;
	if (!was || answers_of(&cell->sums) < NPS_ANSWERS_FIRM ||
	    answers_of(&was->sums) < NPS_ANSWERS_FIRM)
		return;
	cells_rest(now, cell, &rest, &pair);
	cells_rest(before, was, &rest_was, &pair);
	if (answers_of(&rest) < NPS_ANSWERS_FIRM || answers_of(&rest_was) < NPS_ANSWERS_FIRM)
		return;
	row.kind = STANDOUT_CHANGE;
	row.sums = cell->sums;
	row.was = cell->before;
	row.moved = nps_change_of(&cell->sums, &cell->before, &cell->pair);
	row.others = nps_change_of(&rest, &rest_was, &nobody);
	row.size =
	    row.moved.change * (double)answers_of(&cell->sums) / (double)answers_of(&now->all.sums);
	row.p = fmax(row.moved.p, nps_changes_apart(&row.moved, &row.others));
	if (row.moved.shown && row.others.shown)
		standouts_row(t, &row);
}

/* What the move of the share did to the score; where it did nothing it is still news, if small. */
static double size_of_share(const struct share_change *c, const struct nps_change *from_rest)
{
	double moved = c->change / 100 * (from_rest->shown ? from_rest->change : 0);
	double least = fabs(c->change) / 10;
	return fabs(moved) > least ? moved : copysign(least, c->change);
}

static void try_share(struct standouts_try *t, const struct cells *now, const struct cells *before,
                      size_t x, struct standout row)
{
	static const struct nps_sums none = { 0 };
	static const struct nps_pair nobody = { 0 };
	const struct cell *cell = &now->at[x], *was = before_of(before, &now->values[0][x]);
	int64_t larger = answers_of(&cell->sums);
	larger = was && answers_of(&was->sums) > larger ? answers_of(&was->sums) : larger;
	if (larger < NPS_ANSWERS_FIRM || answers_of(&before->all.sums) < NPS_ANSWERS_FIRM)
		return;
	struct nps_sums rest;
	struct nps_pair pair;
	cells_rest(now, cell, &rest, &pair);
	const struct nps_change from_rest = nps_difference_of(&cell->sums, &rest, &pair);
	row.kind = row.dims[0].kind == DIM_CHANNEL ? STANDOUT_CHANNELS : STANDOUT_SHARE;
	row.sums = cell->sums;
	row.now = share_of(&now->all.sums, &cell->sums, &cell->across);
	row.before =
	    share_of(&before->all.sums, was ? &was->sums : &none, was ? &was->across : &nobody);
	row.change = share_change_of(&row.now, &row.before);
	row.size = size_of_share(&row.change, &from_rest);
	row.p = row.change.p;
	if (row.change.shown)
		standouts_row(t, &row);
}

static bool single(struct standouts_try *t, struct arena *a, const struct cell_part *part, size_t d,
                   size_t *values, struct err *err)
{
	struct cells now, before;
	struct cell_question q = question(t, part, &t->now), p = question(t, part, &t->before);
	q.dims[0] = p.dims[0] = t->dims[d];
	q.before_from = t->before.from;
	q.before_before = t->before.before;
	if (!cells_ask(t->facts, a, &q, &now, err) || !cells_ask(t->facts, a, &p, &before, err))
		return false;
	*values = now.count[0];
	for (size_t x = 0; x < now.count[0]; x++) {
		const struct standout row = { .part = part,
			                      .dims = { t->dims[d] },
			                      .values = { now.values[0][x] },
			                      .dim_count = 1 };
		if (!is_told(&now.values[0][x]))
			continue;
		try_segment(t, &now, x, 0, row);
		try_change(t, &now, &before, x, row);
		try_share(t, &now, &before, x, row);
	}
	return true;
}

static bool pair_of(struct standouts_try *t, struct arena *a, const struct cell_part *part,
                    size_t d, size_t e, struct err *err)
{
	struct cells cells;
	struct cell_question q = question(t, part, &t->now);
	q.dims[0] = t->dims[d];
	q.dims[1] = t->dims[e];
	if (!cells_ask(t->facts, a, &q, &cells, err))
		return false;
	for (size_t x = 0; x < cells.count[0]; x++)
		for (size_t y = 0; y < cells.count[1]; y++) {
			const struct cell_value *one = &cells.values[0][x],
						*two = &cells.values[1][y];
			if (is_told(one) && is_told(two))
				try_segment(t, &cells, x, y,
				            (struct standout){ .part = part,
				                               .dims = { t->dims[d], t->dims[e] },
				                               .values = { *one, *two },
				                               .dim_count = 2 });
		}
	return true;
}

/* Cells are many and wide: those of one question go before the next is asked. */
static bool try_single(struct standouts_try *t, const struct cell_part *part, size_t d,
                       size_t *values, struct err *err)
{
	struct arena cells = { 0 };
	bool ok = single(t, &cells, part, d, values, err);
	arena_free(&cells);
	return ok;
}

static bool try_pair(struct standouts_try *t, const struct cell_part *part, size_t d, size_t e,
                     struct err *err)
{
	struct arena cells = { 0 };
	bool ok = pair_of(t, &cells, part, d, e, err);
	arena_free(&cells);
	return ok;
}

bool standouts_of_part(struct standouts_try *t, const struct cell_part *part, struct err *err)
{
	size_t values[STANDOUTS_NAMES_MAX];
	for (size_t d = 0; d < t->dim_count; d++)
		if (!try_single(t, part, d, &values[d], err))
			return false;
	for (size_t d = 0; d < t->dim_count; d++)
		for (size_t e = d + 1; e < t->dim_count; e++)
			if (values[d] > 1 && values[e] > 1 && values[d] <= STANDOUTS_PAIRED_MAX &&
			    values[e] <= STANDOUTS_PAIRED_MAX && !try_pair(t, part, d, e, err))
				return false;
	return true;
}

static void try_rate(struct standouts_try *t, const struct survey_place *survey, bool of_sent,
                     struct share now, struct share before)
{
	struct standout row = { .kind = STANDOUT_RATE,
		                .survey = *survey,
		                .of_sent = of_sent,
		                .now = now,
		                .before = before };
	if (now.of < NPS_ANSWERS_FIRM || before.of < NPS_ANSWERS_FIRM || now.hits > now.of ||
	    before.hits > before.of)
		return;
	row.change = share_change_of(&row.now, &row.before);
	row.size = row.change.change / 10;
	row.p = row.change.p;
	standouts_row(t, &row);
}

/* `wait`: so much earlier, as who was asked just now has not answered yet. */
static bool funnel_of(struct standouts_try *t, const struct survey *survey,
                      const struct answer_filter *f, int64_t wait, struct funnel *out,
                      struct err *err)
{
	const struct funnel_question q = { .scope = t->q->scope,
		                           .zone = t->q->zone,
		                           .from = f->from - wait,
		                           .before = f->before - wait,
		                           .days = t->q->days };
	return funnel_ask(t->facts->db, t->arena, survey, &q, out, err);
}

static bool rate_of_sent(struct standouts_try *t, const struct survey_place *place,
                         const struct survey *survey, struct err *err)
{
	struct funnel now, before;
	if (!funnel_of(t, survey, &t->now, SENT_WAIT, &now, err) ||
	    !funnel_of(t, survey, &t->before, SENT_WAIT, &before, err))
		return false;
	if (now.all.has_sent && before.all.has_sent)
		try_rate(t, place, true, share_alone(now.all.sent_scored, now.all.sent),
		         share_alone(before.all.sent_scored, before.all.sent));
	return true;
}

static bool rates_of(struct standouts_try *t, const struct survey_place *place, struct err *err)
{
	struct survey survey;
	struct funnel now, before;
	if (!survey_find(t->facts->db, t->arena, t->facts->workspace, place->id, &survey, err) ||
	    !funnel_of(t, &survey, &t->now, 0, &now, err) ||
	    !funnel_of(t, &survey, &t->before, 0, &before, err))
		return false;
	/* Counters that began within the days before would make a rate of less than all of them. */
	if (now.all.has_shown && before.all.has_shown && before.all.since <= t->before.from)
		try_rate(t, place, false, share_alone(now.all.scored, now.all.shown),
		         share_alone(before.all.scored, before.all.shown));
	return !now.all.has_sent || rate_of_sent(t, place, &survey, err);
}

bool standouts_of_surveys(struct standouts_try *t, struct err *err)
{
	const struct answer_filter any = { 0 };
	struct survey_place *places;
	size_t count;
	if (!filter_surveys(t->facts->db, t->arena, t->facts->workspace, t->q->scope, &any, &places,
	                    &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!rates_of(t, &places[i], err))
			return false;
	return true;
}
