/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "feedback/cells.h"

#include <stdlib.h>

#include "base/die.h"
#include "feedback/cells.sql.h"
#include "feedback/cells_make.h"
#include "feedback/cube.h"
#include "stats/nps_rest.h"

struct facts facts_of_tables(struct db *db, int64_t workspace)
{
	return (struct facts){ .db = db, .workspace = workspace };
}

struct facts facts_of_view(const struct cube_view *view, struct db *db, int64_t workspace)
{
	return (struct facts){ .db = db, .workspace = workspace, .view = view };
}

/* A view that an arena holds. */
struct held {
	struct cubes *cubes;
	const struct cube_view *view;
};

static void give_back(void *what)
{
	struct held *held = what;
	cubes_return(held->cubes, held->view);
}

bool facts_open(struct cubes *cubes, struct db *db, int64_t workspace, unsigned wants,
                struct arena *a, struct facts *out, struct err *err)
{
	struct held *held = ARENA_NEW(a, struct held);
	int64_t as_of;
	held->cubes = cubes;
	if (!cubes_view(cubes, db, workspace, wants, &held->view, &as_of, err))
		return false;
	arena_defer(a, give_back, held);
	*out = facts_of_view(held->view, db, workspace);
	out->kept = cubes_kept(cubes, workspace);
	out->as_of = as_of;
	return true;
}

/* Accounts are told apart by id; people know them by name. */
struct account_names {
	Str name, external_id;
};

static bool account_row(struct db_rows *rows, void *out, struct arena *a, struct err *err)
{
	(void)err;
	*(struct account_names *)out =
	    (struct account_names){ db_text(rows, 0, a), db_text(rows, 1, a) };
	return true;
}

static bool name_accounts(const struct facts *facts, struct arena *a, struct cell_value *values,
                          size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		struct account_names names = { 0 };
		bool found;
		if (values[i].id == 0)
			continue;
		if (!db_one(facts->db, &sql_cells_account,
		            DB_ARGS(db_arg_i64(facts->workspace), db_arg_i64(values[i].id)),
		            account_row, &names, a, &found, err))
			return false;
		values[i].text = names.name.len ? names.name : names.external_id;
		if (!found)
			values[i].text = STR("");
	}
	return true;
}

static bool name_values(const struct facts *facts, struct arena *a, const struct cell_question *q,
                        struct cells *cells, struct err *err)
{
	for (int d = 0; d < 2; d++)
		if (q->dims[d].kind == DIM_ACCOUNT &&
		    !name_accounts(facts, a, cells->values[d], cells->count[d], err))
			return false;
	return true;
}

static void check(const struct facts *facts, const struct cell_question *q)
{
	MUST(q->scope && q->filter && facts->db);
	for (int d = 0; d < 2; d++)
		MUST(q->dims[d].kind != DIM_TIME || (q->zone && q->dims[d].unit));
}

bool cells_ask(const struct facts *facts, struct arena *a, const struct cell_question *q,
               struct cells *out, struct err *err)
{
	struct cell_plan plan;
	struct cells cells = { 0 };
	check(facts, q);
	if (!cell_plan_make(facts, a, q, &plan, err) || !cells_make(facts, &plan, &cells, err) ||
	    !name_values(facts, a, q, &cells, err))
		return false;
	cells.parts = plan.parts;
	cells.part_count = plan.part_count;
	cells.left_out = plan.left_out;
	cells.rev = facts->view ? facts->view->rev : 0;
	*out = cells;
	return true;
}

void cells_rest(const struct cells *cells, const struct cell *cell, struct nps_sums *rest,
                struct nps_pair *with_rest)
{
	nps_rest_of(&cells->all.sums, &cell->sums, &cell->across, rest, with_rest);
}

bool cells_visit(const struct facts *facts, struct arena *a, const struct cell_question *q,
                 const struct cells *cells, fact_fn each, void *context, struct err *err)
{
	struct cell_plan plan;
	check(facts, q);
	return cell_plan_make(facts, a, q, &plan, err) &&
	       cells_make_visits(facts, &plan, cells, each, context, err);
}

/* The newest answers of one cell: twice as many as are wanted, cut to half when full. */
struct newest {
	size_t cell, columns;
	size_t max, count;
	struct newest_answer {
		int64_t at, id;
	} * all;
};

static int newest_first(const void *a, const void *b)
{
	const struct newest_answer *left = a, *right = b;
	if (left->at != right->at)
		return left->at > right->at ? -1 : 1;
	return (left->id < right->id) - (left->id > right->id);
}

static void newest_cut(struct newest *n)
{
	if (n->count)
		qsort(n->all, n->count, sizeof(n->all[0]), newest_first);
	n->count = n->count < n->max ? n->count : n->max;
}

static bool keep_newest(void *context, const struct fact *fact, struct err *err)
{
	struct newest *n = context;
	(void)err;
	if (fact->before || fact->values[0] * n->columns + fact->values[1] != n->cell)
		return true;
	if (n->count == n->max * 2)
		newest_cut(n);
	n->all[n->count++] = (struct newest_answer){ fact->at, fact->id };
	return true;
}

bool cells_answers(const struct facts *facts, struct arena *a, const struct cell_question *q,
                   const struct cells *cells, size_t cell, size_t max, int64_t **ids, size_t *count,
                   struct err *err)
{
	struct cell_plan plan;
	struct newest n = { .cell = cell, .columns = cells->count[1], .max = max };
	check(facts, q);
	if (!cell_plan_make(facts, a, q, &plan, err))
		return false;
	n.all = mem_alloc((max * 2 + 1) * sizeof(n.all[0]));
	bool ok = cells_make_visits(facts, &plan, cells, keep_newest, &n, err);
	newest_cut(&n);
	*ids = ARENA_ARRAY(a, int64_t, n.count + 1);
	for (size_t i = 0; i < n.count; i++)
		(*ids)[i] = n.all[i].id;
	*count = n.count;
	free(n.all);
	return ok;
}
