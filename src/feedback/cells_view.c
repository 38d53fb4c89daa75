/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "feedback/cells_kept.h"

/* From counts by key to cells. */
struct reading {
	struct view_count count;
	const struct cell_question *q;
	struct cells *out;
	uint32_t *cell_of_key; /* CELLS_NOWHERE: no answer has the key */
	struct view_corrections corrections;
	const struct view_sums *made; /* to be kept */
};

static uint32_t number_of(const struct view_dim *dim, uint32_t code)
{
	return dim->number_of ? dim->number_of[code] : code;
}

static void numbers_of(const struct view_count *c, uint32_t key, uint32_t out[static 2])
{
	uint32_t pair = key / c->flags, codes = c->v->dims[1].codes;
	out[0] = number_of(&c->v->dims[0], pair / codes);
	out[1] = number_of(&c->v->dims[1], pair % codes);
}

static int64_t answers_of(const struct view_count *c, uint32_t key, bool before)
{
	int64_t sum = 0;
	for (int score = 0; score <= NPS_SCORE_MAX; score++)
		sum += view_count_of(c, key, before, score);
	return sum;
}

static void count_values(const struct view_count *c, struct cell_numbers *const values[2])
{
	for (int d = 0; d < 2; d++)
		memset(values[d]->answers, 0, values[d]->count * sizeof(*values[d]->answers));
	for (uint32_t key = 0; key < c->keys; key++) {
		uint32_t number[2];
		int64_t answers = answers_of(c, key, false) + answers_of(c, key, true);
		if (!answers)
			continue;
		numbers_of(c, key, number);
		for (int d = 0; d < 2; d++)
			values[d]->answers[number[d]] += answers;
	}
}

/* Which values there are, in their order, and so where each key stands. */
static bool rank_keys(struct reading *r, struct view_plan *v, struct err *err)
{
	const struct view_count *c = &r->count;
	struct cell_numbers *const values[2] = { &v->dims[0].values, &v->dims[1].values };
	uint32_t *places[2];
	count_values(c, values);
	for (int d = 0; d < 2; d++)
		if (!cells_rank(v->plan, d, values[d], r->out, &places[d], err))
			return false;
	r->cell_of_key = ARENA_ARRAY(v->plan->arena, uint32_t, c->keys);
	for (uint32_t key = 0; key < c->keys; key++) {
		uint32_t number[2];
		r->cell_of_key[key] = CELLS_NOWHERE;
		if (answers_of(c, key, false) + answers_of(c, key, true) == 0)
			continue;
		numbers_of(c, key, number);
		r->cell_of_key[key] =
		    places[0][number[0]] * (uint32_t)r->out->count[1] + places[1][number[1]];
	}
	return true;
}

static uint32_t cells_of(const struct reading *r)
{
	return (uint32_t)(r->out->count[0] * r->out->count[1]);
}

static void corrections_begin(struct reading *r)
{
	const struct cube_view *view = r->count.v->view;
	for (int i = 0; i < 2; i++)
		if (r->q->wants_clusters && (i == 0 || view->account_count > 1))
			r->corrections.of[i] = ARENA_ARRAY(r->count.v->plan->arena,
			                                   struct whose_cell, cells_of(r) + 1);
}

static void correct(struct reading *r)
{
	struct cells_whose *const whose[2] = { r->count.clusters, r->count.people };
	uint32_t cells = cells_of(r);
	corrections_begin(r);
	for (int i = 0; i < 2; i++)
		if (whose[i])
			cells_whose_read(whose[i], r->cell_of_key, cells, r->corrections.of[i],
			                 &r->corrections.of[i][cells]);
}

/* Each answer a cluster and a person of its own. */
static void add_alone(struct nps_sums *sums, const int64_t *by_score, bool wants_clusters)
{
	for (int score = 0; score <= NPS_SCORE_MAX; score++) {
		int64_t n = by_score[score], x = (int64_t)nps_group_of(score) - 1;
		if (!n)
			continue;
		sums->by_score[score] += n;
		if (!wants_clusters)
			continue;
		sums->people += n;
		sums->clusters += n;
		sums->ss += n * x * x;
		sums->sn += n * x;
		sums->nn += n;
		sums->sm += n * x * x * NPS_SM_UNITS;
	}
}

static void add_key(const struct reading *r, uint32_t key, bool before, struct nps_sums *cell,
                    int64_t all[static NPS_SCORE_MAX + 1])
{
	int64_t by_score[NPS_SCORE_MAX + 1];
	for (int score = 0; score <= NPS_SCORE_MAX; score++) {
		by_score[score] = view_count_of(&r->count, key, before, score);
		all[score] += by_score[score];
	}
	add_alone(cell, by_score, r->q->wants_clusters);
}

static void set_across(struct cell *cell)
{
	const struct nps_sums *s = &cell->sums;
	cell->across =
	    (struct nps_pair){ .ss = s->ss, .sn = s->sn, .ns = s->sn, .nn = s->nn, .sm = s->sm };
}

static void read_keys(const struct reading *r)
{
	struct cells *out = r->out;
	int64_t all[2][NPS_SCORE_MAX + 1] = { 0 };
	for (uint32_t key = 0; key < r->count.keys; key++) {
		if (r->cell_of_key[key] == CELLS_NOWHERE)
			continue;
		struct cell *cell = &out->at[r->cell_of_key[key]];
		add_key(r, key, false, &cell->sums, all[0]);
		if (r->count.before || !view_count_has_keys(&r->count))
			add_key(r, key, true, &cell->before, all[1]);
	}
	add_alone(&out->all.sums, all[0], r->q->wants_clusters);
	add_alone(&out->all.before, all[1], r->q->wants_clusters);
	if (!r->q->wants_across || !r->q->wants_clusters)
		return;
	for (size_t i = 0; i < cells_of(r); i++)
		set_across(&out->at[i]);
	set_across(&out->all);
}

static void add_pair(struct nps_pair *pair, const struct nps_pair *change)
{
	pair->clusters += change->clusters;
	pair->ss += change->ss;
	pair->sn += change->sn;
	pair->ns += change->ns;
	pair->nn += change->nn;
	pair->sm += change->sm;
}

static void add_clusters(struct cell *cell, const struct whose_cell *w, bool across)
{
	nps_add_sums(&cell->sums, &w->sums);
	nps_add_sums(&cell->before, &w->before);
	add_pair(&cell->pair, &w->pair);
	if (across)
		add_pair(&cell->across, &w->across);
}

static void add_people(struct cell *cell, const struct whose_cell *w, bool across)
{
	cell->sums.people += w->sums.clusters;
	cell->before.people += w->before.clusters;
	cell->pair.people += w->pair.clusters;
	cell->across.people += across ? w->across.clusters : 0;
}

/* Clusters are the people where nobody has an account. */
static void read_corrections(const struct reading *r)
{
	const struct whose_cell *clusters = r->corrections.of[0];
	const struct whose_cell *people = r->corrections.of[1] ? r->corrections.of[1] : clusters;
	uint32_t cells = cells_of(r);
	for (uint32_t i = 0; clusters && i <= cells; i++) {
		struct cell *cell = i < cells ? &r->out->at[i] : &r->out->all;
		add_clusters(cell, &clusters[i], r->q->wants_across);
		add_people(cell, &people[i], r->q->wants_across);
	}
}

static void read_left_out(const struct view_count *c, struct cell_plan *plan)
{
	for (uint32_t code = 1; code < c->v->view->wording_count; code++)
		for (unsigned state = RESPONSE_PARTIAL; state <= RESPONSE_DELETED; state++)
			if (c->left[code * VIEW_STATES + state])
				cell_plan_leave_out(plan, c->v->part_of[code],
				                    (enum response_state)state,
				                    c->left[code * VIEW_STATES + state]);
}

static void read_parts(const struct view_count *c, struct cell_plan *plan)
{
	for (size_t i = 0; c->seen && i < plan->part_count; i++) {
		plan->parts[i].first_at = c->seen[i].first;
		plan->parts[i].last_at = c->seen[i].last;
	}
	for (uint32_t key = 1; c->flags > 1 && key < c->keys; key += c->flags) {
		uint32_t part = c->v->part_of[key / c->flags];
		if (part != CELLS_NOWHERE)
			plan->parts[part].imported += answers_of(c, key, false);
	}
}

static void read_cells(const struct reading *r, struct cell_plan *plan)
{
	r->out->at = ARENA_ARRAY(plan->arena, struct cell, cells_of(r) + 1);
	read_keys(r);
	read_corrections(r);
	read_left_out(&r->count, plan);
	read_parts(&r->count, plan);
}

static void keep(struct reading *r, struct cells_kept *kept)
{
	r->made = view_sums_new(cells_kept_memory(kept), &r->count, r->cell_of_key, cells_of(r),
	                        &r->corrections);
}

/* Counts all of the view. */
static bool make_anew(struct reading *r, struct view_plan *v, struct cells_kept *kept,
                      struct err *err)
{
	const struct cube_view *view = v->view;
	bool wants = r->q->wants_clusters;
	const uint32_t owners[2] = { wants ? view->cluster_count : 0,
		                     wants && view->account_count > 1 ? view->person_count : 0 };
	view_count_begin(&r->count, v, owners);
	view_count_all(&r->count);
	view_count_close(&r->count);
	bool ok = rank_keys(r, v, err);
	if (ok) {
		correct(r);
		read_cells(r, v->plan);
		if (kept)
			keep(r, kept);
	}
	view_count_end(&r->count);
	return ok;
}

/* From what was counted of another view, or of this one. *done is false when that cannot be. */
static bool make_from(struct reading *r, struct view_plan *v, const struct view_sums *sums,
                      struct cells_kept *kept, bool *done, struct err *err)
{
	static const uint32_t nobody[2];
	struct view_move move;
	view_count_begin(&r->count, v, nobody);
	bool ok = true;
	*done = view_sums_bring(sums, &r->count, &move);
	if (*done) {
		ok = rank_keys(r, v, err);
		if (ok)
			corrections_begin(r);
		*done = !ok || view_sums_correct(sums, &move, r->cell_of_key, cells_of(r),
		                                 &r->corrections);
	}
	if (ok && *done) {
		read_cells(r, v->plan);
		if (sums->view != v->view)
			keep(r, kept);
	}
	view_move_end(&move);
	view_count_end(&r->count);
	return ok;
}

static bool make_kept(struct reading *r, struct view_plan *v, struct cells_kept *kept, Str question,
                      struct err *err)
{
	const struct view_sums *sums = cells_kept_take(kept, question, v->view);
	bool done = false;
	bool ok = !sums || make_from(r, v, sums, kept, &done, err);
	if (ok && !done)
		ok = make_anew(r, v, kept, err);
	view_sums_drop(sums);
	cells_kept_put(kept, question, r->made, !done);
	return ok;
}

/* Tags and themes put a row in several cells, and votes need to know of other rows first. */
static bool is_for_columns(const struct view_plan *v)
{
	const struct cell_question *q = v->plan->q;
	if (q->vote != VOTE_ANSWER || dim_is_set(&q->dims[0]) || dim_is_set(&q->dims[1]))
		return false;
	return view_count_keys(v) > 0;
}

bool cells_view_make(const struct facts *facts, struct cell_plan *plan, struct cells *out,
                     bool *done, struct err *err)
{
	struct view_plan v;
	struct reading r = { .q = plan->q, .out = out };
	Str question = { 0 };
	if (!view_plan_make(facts, plan, &v, done, err))
		return false;
	if (!*done || !is_for_columns(&v)) {
		*done = false;
		return true;
	}
	if (facts->kept)
		question = cells_kept_question(facts->kept, &v);
	return question.at ? make_kept(&r, &v, facts->kept, question, err)
	                   : make_anew(&r, &v, NULL, err);
}
