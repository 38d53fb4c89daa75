/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells_make.h"

#include "feedback/cells_view.h"
#include "feedback/cells_view_visit.h"
#include "feedback/cells_view_walk.h"

static bool count(void *context, const struct cell_answer *a,
                  const struct cell_value values[static 2], bool again, struct err *err)
{
	(void)err;
	cell_counter_add(context, a, values, again);
	return true;
}

/* Of the view where it can tell, else of the tables. */
static bool walk(const struct facts *facts, struct cell_plan *plan, cell_answer_fn each,
                 void *context, struct err *err)
{
	struct view_plan view;
	bool can = false;
	if (facts->view && !view_plan_make(facts, plan, &view, &can, err))
		return false;
	return can ? cells_view_walk(facts, &view, each, context, err)
	           : cells_walk(facts, plan, each, context, err);
}

static bool count_each(const struct facts *facts, struct cell_plan *plan, struct cells *out,
                       struct err *err)
{
	struct cell_counter *counter = cell_counter_new(plan);
	bool ok = walk(facts, plan, count, counter, err) && cell_counter_read(counter, out, err);
	cell_counter_free(counter);
	return ok;
}

bool cells_make(const struct facts *facts, struct cell_plan *plan, struct cells *out,
                struct err *err)
{
	bool done = false;
	if (facts->view && !cells_view_make(facts, plan, out, &done, err))
		return false;
	return done || count_each(facts, plan, out, err);
}

/* Places of the values that the cells tell apart, by value. */
struct visit {
	struct cell_numbers values[2];
	uint32_t rest[2];                     /* CELLS_NOWHERE: there is none */
	struct cell_numbers clusters, people; /* of the tables: whom it has seen */
	fact_fn each;
	void *context;
};

static void learn(struct visit *v, int d, const struct cells *cells, enum dim_kind kind)
{
	v->rest[d] = CELLS_NOWHERE;
	for (uint32_t i = 0; i < cells->count[d]; i++) {
		struct cell_value value = cells->values[d][i];
		if (kind == DIM_ACCOUNT)
			value.text = (Str){ 0 };
		if (value.rest)
			v->rest[d] = i;
		else
			cell_number(&v->values[d], value);
	}
}

/* What came since the cells were made is in none of them. */
static uint32_t place_of(const struct visit *v, int d, struct cell_value value)
{
	uint32_t number = cell_number_find(&v->values[d], value);
	return number == CELLS_NOWHERE ? v->rest[d] : number;
}

/* 0 is nobody. */
static uint32_t owner_number(struct cell_numbers *seen, uint64_t key)
{
	return key ? cell_number(seen, (struct cell_value){ .id = (int64_t)key }) + 1 : 0;
}

static bool tell(void *context, const struct cell_answer *a,
                 const struct cell_value values[static 2], bool again, struct err *err)
{
	struct visit *v = context;
	struct fact fact = { .id = a->id, .at = a->at, .score = a->score };
	(void)again;
	for (int d = 0; d < 2; d++) {
		fact.values[d] = place_of(v, d, values[d]);
		if (fact.values[d] == CELLS_NOWHERE)
			return true;
	}
	fact.cluster = owner_number(&v->clusters, cell_cluster_of(a));
	fact.person = owner_number(&v->people, (uint64_t)a->person);
	if (a->now && !v->each(v->context, &fact, err))
		return false;
	fact.before = true;
	return !a->before || v->each(v->context, &fact, err);
}

static const uint32_t *places_of_codes(const struct visit *v, struct arena *a, int d,
                                       const struct view_dim *dim)
{
	uint32_t *place = ARENA_ARRAY(a, uint32_t, dim->codes + 1);
	for (uint32_t code = 0; code < dim->codes; code++)
		place[code] =
		    place_of(v, d, dim->values.at[dim->number_of ? dim->number_of[code] : code]);
	return place;
}

const uint32_t *cells_make_places(const struct cell_plan *plan, const struct cells *cells, int d,
                                  const struct view_dim *dim)
{
	struct visit v = { 0 };
	learn(&v, d, cells, plan->q->dims[d].kind);
	const uint32_t *place = places_of_codes(&v, plan->arena, d, dim);
	cell_numbers_free(&v.values[d]);
	return place;
}

/* The columns of the view where they can tell; *done is false where answers are to be walked through. */
static bool visit_columns(const struct facts *facts, struct cell_plan *plan, const struct visit *v,
                          bool *done, struct err *err)
{
	struct view_plan view;
	const uint32_t *place[2];
	const struct cell_question *q = plan->q;
	*done = false;
	if (!facts->view || q->vote != VOTE_ANSWER || dim_is_set(&q->dims[0]) ||
	    dim_is_set(&q->dims[1]))
		return true;
	if (!view_plan_make(facts, plan, &view, done, err))
		return false;
	if (!*done)
		return true;
	for (int d = 0; d < 2; d++)
		place[d] = places_of_codes(v, plan->arena, d, &view.dims[d]);
	return cells_view_visit(&view, place, v->each, v->context, err);
}

bool cells_make_visits(const struct facts *facts, struct cell_plan *plan, const struct cells *cells,
                       fact_fn each, void *context, struct err *err)
{
	struct visit v = { .each = each, .context = context };
	bool done;
	for (int d = 0; d < 2; d++)
		learn(&v, d, cells, plan->q->dims[d].kind);
	bool ok = visit_columns(facts, plan, &v, &done, err) &&
	          (done || walk(facts, plan, tell, &v, err));
	for (int d = 0; d < 2; d++)
		cell_numbers_free(&v.values[d]);
	cell_numbers_free(&v.clusters);
	cell_numbers_free(&v.people);
	return ok;
}
